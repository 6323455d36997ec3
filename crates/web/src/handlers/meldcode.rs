//! Tracks of the meldcode: the list, the stepper, the form of each act, and what parents may read.

mod formulier;
mod woorden;

use super::{
    eigen::{antwoord, leeg_blad, met_fouten, weiger},
    handeling::denk_aan,
    tekst::{bundel_nu, clausule, medewerker, moment},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{is_veilig_thuis, kader},
    opmaak,
    pages::{
        eigen::{EigenFormulierPagina, EigenGroep, EigenLijstPagina, EigenRegel},
        kader::Plek,
        onderdelen::{Clausule, Feit, Flits},
        spoor::{DossierPagina, Knop, Punt, Regel, SpoorPagina, Stap},
        veld::Waarden,
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    AppFout,
    eigen::{EigenOpdracht, SpoorBeeld, SpoorWens},
    opslag::EigenRij,
    wens::VeldFout,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    Weigering,
    afspraak::Bundel,
    ids::{AdviesId, AfspraakNaam, CasusId, CommandId, SpoorId},
};
use serde::Deserialize;

pub(super) use formulier::regios;

/// What the address of a page may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gedaan: Option<String>,
    /// The advice that a consultation of Veilig Thuis refers to.
    advies: Option<AdviesId>,
}

/// The tracks of the own organisation.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let rijen = toestand.app.sporen(&wie.actor).await?;
    let nu = toestand.app.klok().nu();
    let regel = |rij: &EigenRij| EigenRegel {
        nummer: rij.nummer.clone(),
        href: format!("/meldcode/{}", rij.stroom),
        omschrijving: woorden::beroep(&toestand, &rij.kenmerk),
        wanneer: format!("begonnen {}", opmaak::datum(rij.begonnen_op.dag(), nu.dag())),
        pil: woorden::stand(&rij.stand),
    };
    let groep = |id, titel: &str, leeg: &str, gesloten: bool| {
        EigenGroep::new(id, titel, leeg, rijen.iter().filter(|rij| rij.gesloten == gesloten).map(regel))
    };
    // Veilig Thuis is asked at the steps; it does not walk them.
    let loopt_stappen = !is_veilig_thuis(&toestand, &wie);
    Ok(pagina(&EigenLijstPagina {
        kader: kader(&toestand, &wie, Some(Plek::Meldcode)).await?,
        titel: "Meldcode".to_owned(),
        inleiding: "Loop de vijf stappen bij zorgen over iemand. Alleen uw eigen organisatie leest wat hier staat."
            .to_owned(),
        knop: loopt_stappen.then(|| "Nieuw spoor beginnen".to_owned()),
        knop_href: "/meldcode/nieuw".to_owned(),
        groepen: vec![
            groep("open", "Loopt", "Er loopt geen spoor.", false),
            groep("klaar", "Afgesloten", "Er is nog geen spoor afgesloten.", true),
        ],
    }))
}

pub(super) async fn laad(toestand: &Toestand, wie: &Ingelogd, spoor: &str) -> Result<SpoorBeeld, WebFout> {
    let id: SpoorId = spoor.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.spoor(&wie.actor, id).await?)
}

/// The agreement by which a track goes now.
fn bundel_van<'a>(toestand: &'a Toestand, beeld: &SpoorBeeld) -> Option<&'a Bundel> {
    bundel_nu(toestand, &beeld.staat.begin.as_ref()?.afspraak)
}

/// One track.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(spoor): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &spoor).await?;
    let bundel = bundel_van(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let mut kader = kader(&toestand, &wie, Some(Plek::Meldcode)).await?;
    kader.flits = vraag.gedaan.as_deref().and_then(woorden::vastgelegd).map(Flits::gelukt);
    let open = beeld.staat.gesloten.is_none();
    let basis = format!("/meldcode/{}", beeld.id);
    let stappen = (1..).zip(&beeld.stappen).map(|(nummer, stap)| Stap {
        nummer,
        naam: stap.naam.clone(),
        uitleg: stap.uitleg.clone(),
        pil: woorden::stap(stap.klaar),
        clausules: stap.clausules.iter().map(|id| clausule(&toestand, bundel, id)).collect(),
        inhoud: woorden::inhoud(&toestand, &beeld, &stap.sleutel),
        knoppen: if open { woorden::knoppen(&beeld, &stap.sleutel, &basis) } else { Vec::new() },
    });
    let openstaand = beeld.openstaand.iter().map(|(code, id, dwingend)| Punt {
        tekst: code.uitleg().to_owned(),
        clausule: clausule(&toestand, bundel, id),
        dwingend: *dwingend,
    });
    let te_melden = open && beeld.staat.gemeld_op.is_none() && !beeld.staat.signalen.is_empty();
    Ok(pagina(&SpoorPagina {
        nummer: beeld.nummer.clone(),
        feiten: woorden::feiten(&toestand, &beeld),
        pil: woorden::stand_van(&beeld),
        stappen: stappen.collect(),
        openstaand: openstaand.collect(),
        handelingen: if open { woorden::andere_handelingen(&basis) } else { Vec::new() },
        melden_href: te_melden.then(|| format!("/melden?spoor={}", beeld.id)),
        advies_href: open.then(|| format!("/adviezen/nieuw?spoor={}", beeld.id)),
        dossier_href: format!("{basis}/dossier"),
        geschiedenis: beeld
            .geschiedenis
            .iter()
            .map(|regel| Regel {
                wanneer: moment(regel.gebeurd_op, beeld.op),
                wat: woorden::gebeurtenis(&regel.gebeurtenis).to_owned(),
                door: medewerker(&toestand, &regel.medewerker),
            })
            .collect(),
        kader,
    }))
}

/// What may stand in a file that parents can read.
pub async fn dossier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(spoor): Path<String>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &spoor).await?;
    let bundel = bundel_van(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let clausules = bundel.aandachtspunten("begin-spoor").map(|id| clausule(&toestand, bundel, id));
    let regels = beeld.voor_dossier_van_ouders().into_iter();
    Ok(pagina(&DossierPagina {
        kader: kader(&toestand, &wie, Some(Plek::Meldcode)).await?,
        terug_href: format!("/meldcode/{}", beeld.id),
        nummer: beeld.nummer.clone(),
        clausules: clausules.collect(),
        regels: regels.map(|(dag, tekst)| (opmaak::datum_met_jaar(dag), tekst)).collect(),
    }))
}

/// Where a form belongs: to a track, or to one that begins.
struct Plaats<'a> {
    beeld: Option<&'a SpoorBeeld>,
    bundel: Option<&'a Bundel>,
    handeling: &'a str,
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    plaats: &Plaats<'_>,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let formulier::Deel { titel, gevolg, velden } =
        formulier::van(toestand, plaats.beeld, plaats.handeling).ok_or(WebFout::NietGevonden)?;
    let (terug, terug_href, actie) = match plaats.beeld {
        Some(beeld) => (
            format!("Spoor {}", beeld.nummer),
            format!("/meldcode/{}", beeld.id),
            format!("/meldcode/{}/doe/{}", beeld.id, plaats.handeling),
        ),
        None => ("Meldcode".to_owned(), "/meldcode".to_owned(), "/meldcode/nieuw".to_owned()),
    };
    Ok(EigenFormulierPagina {
        terug,
        terug_href,
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: plaats.bundel.map(|bundel| clausules(toestand, bundel, plaats.handeling)).unwrap_or_default(),
        feiten: feiten(plaats),
        actie,
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: "Vastleggen".to_owned(),
        ..leeg_blad(toestand, wie, Plek::Meldcode, waarden, plaats.beeld.map_or(0, |beeld| beeld.versie)).await?
    })
}

/// The clauses of the step to which an act belongs.
fn clausules(toestand: &Toestand, bundel: &Bundel, handeling: &str) -> Vec<Clausule> {
    let stap = woorden::stap_van(handeling).and_then(|stap| bundel.inhoud.meldcodestap.get(stap));
    let ids = stap.into_iter().flat_map(|stap| std::iter::once(&stap.clausule).chain(&stap.ook));
    ids.map(|id| clausule(toestand, bundel, id)).collect()
}

/// What to have at hand with a form.
fn feiten(plaats: &Plaats<'_>) -> Vec<Feit> {
    let mut feiten = plaats.bundel.map(|bundel| denk_aan(bundel, plaats.handeling)).unwrap_or_default();
    if let (Some(kader), "weeg") = (plaats.beeld.and_then(|beeld| beeld.kader.as_ref()), plaats.handeling) {
        feiten.push(Feit::new("Afwegingskader", format!("{}, editie {}", kader.naam, kader.editie)));
        feiten.extend(kader.voorbeelden.iter().map(|voorbeeld| Feit::new("Bijvoorbeeld", voorbeeld.clone())));
    }
    feiten
}

/// The form that begins a track.
pub async fn nieuw(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let plaats = Plaats { beeld: None, bundel: None, handeling: "begin-spoor" };
    Ok(pagina(&blad(&toestand, &wie, &plaats, &Waarden::default()).await?))
}

/// The form of an act in a track.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((spoor, handeling)): Path<(String, String)>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &spoor).await?;
    let plaats = Plaats { beeld: Some(&beeld), bundel: bundel_van(&toestand, &beeld), handeling: &handeling };
    let vooraf = vraag.advies.map(|advies| vec![("advies".to_owned(), advies.to_string())]).unwrap_or_default();
    Ok(pagina(&blad(&toestand, &wie, &plaats, &Waarden::new(vooraf)).await?))
}

/// Begins a track.
pub async fn begin(State(toestand): State<Toestand>, formulier: Formulier) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    // The agreement is chosen in the form itself; a refusal cites its clauses.
    let afspraak = waarden.gevuld("afspraak").map(AfspraakNaam);
    let bundel = afspraak.as_ref().and_then(|afspraak| bundel_nu(&toestand, afspraak));
    verwerk(&toestand, &wie, &Plaats { beeld: None, bundel, handeling: "begin-spoor" }, &waarden).await
}

/// An act in a track.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((spoor, handeling)): Path<(String, String)>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &spoor).await?;
    let plaats = Plaats { beeld: Some(&beeld), bundel: bundel_van(&toestand, &beeld), handeling: &handeling };
    verwerk(&toestand, &wie, &plaats, &waarden).await
}

async fn verwerk(
    toestand: &Toestand,
    wie: &Ingelogd,
    plaats: &Plaats<'_>,
    waarden: &Waarden,
) -> Result<Response, WebFout> {
    let wens = match formulier::wens(plaats.handeling, waarden) {
        Some(Ok(wens)) => wens,
        Some(Err(fouten)) => {
            return Ok(met_fouten(blad(toestand, wie, plaats, waarden).await?, fouten, waarden));
        }
        None => return Err(WebFout::NietGevonden),
    };
    let gebeurd_op = formulier::gebeurd_op(waarden);
    let opdracht = opdracht(waarden, plaats.beeld.map(|beeld| CasusId(beeld.id.0)), wie, wens)?;
    let uitkomst = toestand.app.voer_spoor_uit(&EigenOpdracht { gebeurd_op, ..opdracht }).await;
    let toon = weiger(toestand, plaats.bundel, waarden);
    let weiger = |weigering: &Weigering, blad: &mut EigenFormulierPagina| {
        toon(weigering, blad)?;
        // The reason is asked in the refusal itself.
        if blad.weigering.as_ref().is_some_and(|beeld| beeld.toch_doen.is_some()) {
            blad.velden.retain(|veld| veld.naam != "reden");
        }
        Ok(())
    };
    let naar = |spoor| format!("/meldcode/{spoor}?gedaan={}", plaats.handeling);
    antwoord(toestand, uitkomst.map_err(bij_vragen), waarden, blad(toestand, wie, plaats, waarden), weiger, naar).await
}

/// The form names the questions of an afwegingskader in its own way.
fn bij_vragen(fout: AppFout) -> AppFout {
    let AppFout::Ongeldig(fouten) = fout else { return fout };
    let hernoemd =
        fouten.into_iter().map(|fout| VeldFout { veld: fout.veld.replace("antwoorden.", "antwoord_"), ..fout });
    AppFout::Ongeldig(hernoemd.collect())
}

/// The request of a form: its number, made with the form, and the version on which the reader decides.
pub(super) fn opdracht<W>(
    waarden: &Waarden,
    stroom: Option<CasusId>,
    wie: &Ingelogd,
    wens: W,
) -> Result<EigenOpdracht<W>, WebFout> {
    let nummer = waarden.een("opdracht").unwrap_or_default();
    let id = CommandId(nummer.parse().map_err(|_| WebFout::Ongeldig)?);
    let verwacht = stroom.and_then(|_| waarden.een("versie").and_then(|versie| versie.parse().ok()));
    Ok(EigenOpdracht { id, stroom, verwacht, actor: wie.actor.clone(), gebeurd_op: None, wens })
}

/// Records in a track that the report went out, with the number under which it is known. Sent twice, it counts once.
pub(super) async fn meldde(
    toestand: &Toestand,
    wie: &Ingelogd,
    spoor: SpoorId,
    melding: CommandId,
    nummer: &str,
) -> Result<(), WebFout> {
    let opdracht = EigenOpdracht {
        id: CommandId(melding.afgeleid("spoor-melding")),
        stroom: Some(CasusId(spoor.0)),
        verwacht: None,
        actor: wie.actor.clone(),
        gebeurd_op: None,
        wens: SpoorWens::LegMeldingVast(app::eigen::meldcode::GemeldWens { nummer: nummer.to_owned() }),
    };
    match toestand.app.voer_spoor_uit(&opdracht).await {
        // A track that was closed meanwhile stays as it is; the report is what counts.
        Ok(_) => Ok(()),
        Err(fout) => Err(fout.into()),
    }
}

/// The other acts of a track.
pub(super) fn knop(tekst: &str, href: String, eerst: bool) -> Knop {
    Knop { tekst: tekst.to_owned(), href, eerst }
}
