//! Meetings of an overdrachtstafel: planning one, its agenda, who sat there, and what it decided.

use super::{
    eigen::{Gedaan, antwoord, leeg_blad, weiger},
    meldcode::{knop, opdracht},
    overdrachtstafel,
    tafelbesluit::{aan_tafel, brief_pil, brief_schrijven, gevolg, in_woorden},
    tekst::{bundel_nu, clausule, functie, functies},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{is_veilig_thuis, kader},
    opmaak,
    pages::{
        bijeenkomst::{Agendaregel, BijeenkomstPagina, Briefregel},
        eigen::EigenFormulierPagina,
        kader::Plek,
        onderdelen::{Clausule, Feit, Flits, Link, Pil, Status},
        overdrachtstafel::Bijeenkomstregel,
        spoor::Knop,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    eigen::{
        BijeenkomstBeeld, BijeenkomstWens,
        bijeenkomsten::{AgendaBeeld, Besproken, Brief, HoudBijeenkomst, PlanBijeenkomst, ZegBijeenkomstAf, ZetAgenda},
    },
    opslag::{EigenRij, OverdrachtRij},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Bundel,
    beoordelingen::Functie,
    bijeenkomsten::{Agendapunt, Gepland},
    ids::{CasusId, OrganisatieId},
    overdrachten::Stand,
    tijd::Instant,
    weigering::Code,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// For which table a meeting is planned.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gemeente: String,
}

/// The address of a meeting.
pub(super) fn adres(id: CasusId) -> String {
    format!("/overdrachtstafel/bijeenkomsten/{id}")
}

/// A meeting in the list beside the table.
pub(super) fn in_lijst(rij: &EigenRij, nu: Instant) -> Bijeenkomstregel {
    let begin = rij.begonnen_op;
    let tekst = format!("{}, {}", opmaak::datum(begin.dag(), nu.dag()), opmaak::tijd(begin.lokaal().time()));
    Bijeenkomstregel {
        link: Link::new(tekst, adres(rij.stroom)),
        pil: match rij.stand.as_str() {
            "gehouden" => Pil::new(Status::Gehaald, "Gehouden"),
            "afgezegd" => Pil::new(Status::Vervallen, "Afgezegd"),
            _ => Pil::new(Status::Volgt, "Gepland"),
        },
    }
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, id: &str) -> Result<BijeenkomstBeeld, WebFout> {
    let id: CasusId = id.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.bijeenkomst(&wie.actor, id).await?)
}

fn gepland(beeld: &BijeenkomstBeeld) -> Result<&Gepland, WebFout> {
    beeld.staat.gepland.as_ref().ok_or(WebFout::NietGevonden)
}

/// One meeting.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(id): Path<String>,
    Query(gevraagd): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    let gepland = gepland(&beeld)?;
    let bundel = bundel_nu(&toestand, &gepland.afspraak).ok_or(WebFout::NietGevonden)?;
    let mag = is_veilig_thuis(&toestand, &wie);
    let agenda: Vec<_> = beeld.agenda.iter().map(|punt| regel(&toestand, &beeld, punt, mag)).collect();
    let besproken = agenda.iter().filter(|regel| !regel.besluit.is_empty()).count();
    let mut kader = kader(&toestand, &wie, Some(Plek::Overdrachtstafel)).await?;
    kader.flits = gevraagd.gedaan.as_deref().map(|naam| Flits::gelukt(vastgelegd(naam)));
    Ok(pagina(&BijeenkomstPagina {
        kader,
        terug: format!("Overdrachtstafel {}", gepland.gemeente),
        terug_href: overdrachtstafel::adres(&gepland.gemeente, None, None),
        titel: format!("Bijeenkomst {}", beeld.nummer),
        inleiding: format!(
            "{}, {}.",
            opmaak::datum_lang(gepland.begin.dag()),
            opmaak::tijd(gepland.begin.lokaal().time())
        ),
        pil: pil(&beeld),
        feiten: feiten(&toestand, &beeld, gepland),
        voortgang: format!("{besproken} van {} besproken", agenda.len()),
        agenda,
        brieven: brieven(&toestand, &beeld, bundel),
        knoppen: knoppen(&beeld, mag),
        regels: regels(&toestand, bundel),
    }))
}

fn vastgelegd(naam: &str) -> &'static str {
    match naam {
        "plan-bijeenkomst" => "De bijeenkomst is gepland. De genodigden zien haar bij de overdrachtstafel.",
        "zet-agenda" => "De agenda is vastgelegd.",
        "houd-bijeenkomst" => "Vastgelegd wie er aan tafel zaten.",
        "zeg-bijeenkomst-af" => "De bijeenkomst is afgezegd.",
        _ => "Het besluit van de tafel is vastgelegd. Het zicht gaat pas over na acceptatie.",
    }
}

fn pil(beeld: &BijeenkomstBeeld) -> Pil {
    match (&beeld.staat.gehouden, beeld.staat.afgezegd) {
        (Some(_), _) => Pil::new(Status::Gehaald, "Gehouden"),
        (None, Some(_)) => Pil::new(Status::Vervallen, "Afgezegd"),
        (None, None) => Pil::new(Status::Volgt, "Gepland"),
    }
}

fn feiten(toestand: &Toestand, beeld: &BijeenkomstBeeld, gepland: &Gepland) -> Vec<Feit> {
    let mut feiten = Vec::new();
    match &beeld.staat.gehouden {
        Some(gehouden) => {
            feiten.push(Feit::new("Voorzitter", toestand.app.naam_van(&gehouden.voorzitter)));
            feiten.push(Feit::new("Aan tafel", aan_tafel(toestand, &gehouden.aanwezig)));
            if !gehouden.functies.is_empty() {
                feiten.push(Feit::new("Functies", functies(&gehouden.functies)));
            }
            let er_niet: BTreeSet<_> = gepland.genodigd.difference(&gehouden.aanwezig).cloned().collect();
            if !er_niet.is_empty() {
                feiten.push(Feit::new("Niet aanwezig", aan_tafel(toestand, &er_niet)));
            }
        }
        None => feiten.push(Feit::new("Genodigd", aan_tafel(toestand, &gepland.genodigd))),
    }
    let woorden = [("Wie er zaten", &beeld.wie), ("Waarom afgezegd", &beeld.reden)];
    feiten.extend(woorden.iter().filter(|(_, tekst)| !tekst.is_empty()).map(|(kop, tekst)| Feit::new(*kop, *tekst)));
    feiten
}

fn regel(toestand: &Toestand, beeld: &BijeenkomstBeeld, punt: &AgendaBeeld, mag: bool) -> Agendaregel {
    let eigen = match punt {
        AgendaBeeld::Eigen(eigen) => eigen,
        AgendaBeeld::VanAnderen { nummer } => {
            return Agendaregel {
                nummer: nummer.clone().unwrap_or_else(|| "Casus voor een ander team".to_owned()),
                href: None,
                pil: Pil::new(Status::KanNiet, "Niet voor uw team"),
                besluit: String::new(),
                gevolg: String::new(),
                knop: None,
            };
        }
    };
    let (casus, aanbod) = (eigen.casus, &eigen.overdracht);
    let besproken = aanbod.besproken.last();
    let gemeente = beeld.staat.gepland.as_ref().map(|gepland| gepland.gemeente.as_str()).unwrap_or_default();
    let te_openen = mag || matches!(aanbod.stand, Stand::Open | Stand::Geaccepteerd(_));
    Agendaregel {
        nummer: eigen.nummer.clone(),
        href: te_openen.then(|| overdrachtstafel::adres(gemeente, Some(&casus.to_string()), None)),
        pil: match besproken {
            Some(_) => Pil::new(Status::Gehaald, "Besproken"),
            None => Pil::new(Status::Volgt, "Volgt"),
        },
        besluit: besproken
            .map(|besproken| in_woorden(toestand, Some(&aanbod.naar), &besproken.besluit))
            .unwrap_or_default(),
        gevolg: besproken
            .map(|besproken| gevolg(toestand, aanbod, &besproken.besluit, eigen.vervolg.as_ref(), beeld.op))
            .unwrap_or_default(),
        knop: (mag && !matches!(aanbod.stand, Stand::Ingetrokken(_))).then(|| besluit_knop(beeld, eigen)),
    }
}

/// The form of the decision, with who sat at this meeting filled in.
fn besluit_knop(beeld: &BijeenkomstBeeld, eigen: &Besproken) -> Link {
    let gehouden = beeld.staat.gehouden.as_ref().map(|gehouden| &gehouden.aanwezig);
    let aanwezig = gehouden.into_iter().flatten().map(|wie| wie.0.as_str()).collect::<Vec<_>>().join(",");
    let href = format!("/casussen/{}/doe/bespreek-aan-tafel:{}?aanwezig={aanwezig}", eigen.casus, beeld.id);
    Link::new("Besluit vastleggen", href)
}

fn brieven(toestand: &Toestand, beeld: &BijeenkomstBeeld, bundel: &Bundel) -> Vec<Briefregel> {
    let eigen = beeld.agenda.iter().filter_map(|punt| match punt {
        AgendaBeeld::Eigen(eigen) => Some(eigen),
        AgendaBeeld::VanAnderen { .. } => None,
    });
    let van_casus = |eigen: &Besproken| {
        let brief = |brief: &Brief| Briefregel {
            naam: brief.naam.clone(),
            nummer: eigen.nummer.clone(),
            pil: brief_pil(brief.verstuurd),
            clausule: clausule(toestand, bundel, &brief.clausule),
            knop: (!brief.verstuurd).then(|| brief_schrijven(eigen.casus, &brief.document)),
        };
        eigen.brieven.iter().map(brief).collect::<Vec<_>>()
    };
    eigen.flat_map(|eigen| van_casus(eigen)).collect()
}

fn knoppen(beeld: &BijeenkomstBeeld, mag: bool) -> Vec<Knop> {
    let loopt = beeld.staat.gehouden.is_none() && beeld.staat.afgezegd.is_none();
    if !mag || !loopt {
        return Vec::new();
    }
    let basis = format!("{}/doe", adres(beeld.id));
    vec![
        knop("Agenda zetten", format!("{basis}/zet-agenda"), beeld.agenda.is_empty()),
        knop("Vastleggen wie er zaten", format!("{basis}/houd-bijeenkomst"), !beeld.agenda.is_empty()),
        knop("Bijeenkomst afzeggen", format!("{basis}/zeg-bijeenkomst-af"), false),
    ]
}

/// Who convenes the table, and what it decides.
fn regels(toestand: &Toestand, bundel: &Bundel) -> Vec<(String, Clausule)> {
    let belegt = bundel.inhoud.bevoegd.get("bespreek-aan-tafel").map(|regel| &regel.clausule);
    let samen = bundel.inhoud.regel.get(&Code::NietAanTafel).map(|regel| &regel.clausule);
    let uitleg =
        ["Veilig Thuis belegt de tafel en legt de besluiten vast.", "Wie de casus oppakt, wordt aan tafel besloten."];
    let ids = belegt.into_iter().chain(samen);
    uitleg.into_iter().zip(ids).map(|(tekst, id)| (tekst.to_owned(), clausule(toestand, bundel, id))).collect()
}

/// Title, consequence, fields and button of a form.
struct Vorm {
    titel: &'static str,
    gevolg: &'static str,
    velden: Vec<Veld>,
    knop: &'static str,
}

fn vorm(toestand: &Toestand, beeld: &BijeenkomstBeeld, handeling: &str, rijen: &[OverdrachtRij]) -> Option<Vorm> {
    let genodigd = beeld.staat.gepland.iter().flat_map(|gepland| &gepland.genodigd);
    let partijen = || genodigd.clone().map(|wie| Optie::new(wie.als_str(), toestand.app.naam_van(wie))).collect();
    Some(match handeling {
        "zet-agenda" => Vorm {
            titel: "Agenda zetten",
            gevolg: "Wie aan tafel zit, ziet de nummers in deze volgorde. Zonder plaats staat een casus er niet op.",
            velden: rijen
                .iter()
                .map(|rij| {
                    let label = format!("Plaats van {}, voor {}", rij.nummer, toestand.app.naam_van(&rij.naar));
                    Veld::tekst_smal(veldnaam(rij), label).optioneel()
                })
                .collect(),
            knop: "Agenda vastleggen",
        },
        "houd-bijeenkomst" => Vorm {
            titel: "Vastleggen wie er aan tafel zaten",
            gevolg: "Daarna staat de agenda vast. Besluiten legt u per casus vast.",
            velden: vec![
                Veld::vinkjes("aanwezig", "Wie zaten er aan tafel?", partijen()),
                Veld::keuzelijst("voorzitter", "Wie zat voor?", "Kies een organisatie", partijen()),
                Veld::vinkjes(
                    "functies",
                    "Welke functies zaten er?",
                    Functie::ALLE.iter().map(|een| Optie::new(een.als_str(), functie(*een))).collect(),
                )
                .optioneel(),
                Veld::tekstvak("wie", "Namen", 3).hint("Alleen de genodigden lezen dit.").optioneel(),
            ],
            knop: "Vastleggen",
        },
        "zeg-bijeenkomst-af" => Vorm {
            titel: "Bijeenkomst afzeggen",
            gevolg: "De casussen blijven op tafel liggen. Wie het zicht heeft, houdt het.",
            velden: vec![Veld::tekstvak("reden", "Waarom?", 3).hint("De genodigden lezen dit.")],
            knop: "Afzeggen",
        },
        _ => return None,
    })
}

fn veldnaam(rij: &OverdrachtRij) -> String {
    format!("plaats_{}", rij.overdracht)
}

/// The offers that lie on the table and wait for an answer, and those that have a place already.
async fn op_tafel(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &BijeenkomstBeeld,
) -> Result<Vec<OverdrachtRij>, WebFout> {
    let lijst = toestand.app.tafel(&wie.actor, &gepland(beeld)?.gemeente).await?;
    let geplaatst = |rij: &OverdrachtRij| beeld.staat.agenda.iter().any(|punt| punt.overdracht == rij.overdracht);
    let rijen = lijst.into_iter().map(|gevonden| gevonden.rij);
    Ok(rijen.filter(|rij| overdrachtstafel::is_open(rij) || geplaatst(rij)).collect())
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &BijeenkomstBeeld,
    handeling: &str,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let gepland = gepland(beeld)?;
    let rijen = op_tafel(toestand, wie, beeld).await?;
    let Vorm { titel, gevolg, velden, knop } = vorm(toestand, beeld, handeling, &rijen)
        .filter(|_| is_veilig_thuis(toestand, wie))
        .ok_or(WebFout::NietGevonden)?;
    let bundel = bundel_nu(toestand, &gepland.afspraak).ok_or(WebFout::NietGevonden)?;
    let nu = nu_op_agenda(beeld, &rijen);
    let velden = velden.into_iter().map(|veld| veld.vul(&nu, &[]).vul(waarden, &[]));
    Ok(EigenFormulierPagina {
        terug: format!("Bijeenkomst {}", beeld.nummer),
        terug_href: adres(beeld.id),
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: regels(toestand, bundel).into_iter().map(|(_, clausule)| clausule).collect(),
        actie: format!("{}/doe/{handeling}", adres(beeld.id)),
        velden: velden.collect(),
        knop: knop.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Overdrachtstafel, waarden, beeld.versie).await?
    })
}

/// The places that the offers have on the agenda now.
fn nu_op_agenda(beeld: &BijeenkomstBeeld, rijen: &[OverdrachtRij]) -> Waarden {
    let plaats = |rij: &OverdrachtRij| {
        let index = beeld.staat.agenda.iter().position(|punt| punt.overdracht == rij.overdracht)?;
        Some((veldnaam(rij), (index + 1).to_string()))
    };
    Waarden::new(rijen.iter().filter_map(plaats).collect())
}

/// The form of a new meeting.
pub async fn nieuw(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    Ok(pagina(&nieuw_blad(&toestand, &wie, &vraag.gemeente, &Waarden::default()).await?))
}

async fn nieuw_blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    gemeente: &str,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let bundel = bundel_van(toestand, wie, gemeente).ok_or(WebFout::NietGevonden)?;
    let terug_href = overdrachtstafel::adres(gemeente, None, None);
    Ok(EigenFormulierPagina {
        terug: format!("Overdrachtstafel {gemeente}"),
        actie: terug_href.replacen("/overdrachtstafel", "/overdrachtstafel/bijeenkomsten/nieuw", 1),
        terug_href,
        titel: format!("Bijeenkomst plannen: {gemeente}"),
        gevolg: "Iedereen die aan deze tafel zit, ziet wanneer de tafel bijeenkomt.".to_owned(),
        clausules: regels(toestand, bundel).into_iter().map(|(_, clausule)| clausule).collect(),
        velden: vec![Veld::datum_tijd("begin", "Wanneer komt de tafel bijeen?").vul(waarden, &[])],
        knop: "Bijeenkomst plannen".to_owned(),
        ..leeg_blad(toestand, wie, Plek::Overdrachtstafel, waarden, 0).await?
    })
}

/// The agreement of a municipality at whose table this organisation sits, for Veilig Thuis.
fn bundel_van<'a>(toestand: &'a Toestand, wie: &Ingelogd, gemeente: &str) -> Option<&'a Bundel> {
    let zit_er = overdrachtstafel::tafels(toestand, &wie.actor.organisatie).iter().any(|tafel| tafel == gemeente);
    let geldig = toestand.app.afspraken().voor_gemeente(gemeente, toestand.app.klok().nu().dag());
    geldig.filter(|_| zit_er && is_veilig_thuis(toestand, wie)).map(|geldig| &*geldig.bundel)
}

/// Plans a meeting.
pub async fn plan(
    State(toestand): State<Toestand>,
    Query(vraag): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let bundel = bundel_van(&toestand, &wie, &vraag.gemeente).ok_or(WebFout::NietGevonden)?;
    let deel = |naam: &str| waarden.gevuld(naam).unwrap_or_default();
    let wens = BijeenkomstWens::PlanBijeenkomst(PlanBijeenkomst {
        afspraak: Some(bundel.afspraak.clone()),
        gemeente: vraag.gemeente.clone(),
        begin: format!("{}T{}", deel("begin_datum"), deel("begin_tijd")),
    });
    let uitkomst = toestand.app.voer_bijeenkomst_uit(&opdracht(&waarden, None, &wie, wens)?).await;
    let blad = nieuw_blad(&toestand, &wie, &vraag.gemeente, &waarden);
    let weiger = weiger(&toestand, Some(bundel), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("{}?gedaan=plan-bijeenkomst", adres(id))).await
}

/// The form of an act on a meeting.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((id, handeling)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    Ok(pagina(&blad(&toestand, &wie, &beeld, &handeling, &Waarden::default()).await?))
}

/// An act on a meeting.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((id, handeling)): Path<(String, String)>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &id).await?;
    let gepland = gepland(&beeld)?;
    let wens = match handeling.as_str() {
        "zet-agenda" => {
            let rijen = op_tafel(&toestand, &wie, &beeld).await?;
            match agenda(&rijen, &waarden) {
                Ok(punten) => BijeenkomstWens::ZetAgenda(ZetAgenda { punten }),
                Err(fouten) => {
                    let blad = blad(&toestand, &wie, &beeld, &handeling, &waarden).await?;
                    return Ok(super::eigen::met_fouten(blad, fouten, &waarden));
                }
            }
        }
        "houd-bijeenkomst" => BijeenkomstWens::HoudBijeenkomst(HoudBijeenkomst {
            voorzitter: waarden.gevuld("voorzitter").map(OrganisatieId),
            aanwezig: waarden.alle("aanwezig").into_iter().map(OrganisatieId::from).collect(),
            functies: waarden
                .alle("functies")
                .into_iter()
                .filter_map(|code| serde_json::from_value(code.into()).ok())
                .collect(),
            wie: waarden.gevuld("wie").unwrap_or_default(),
        }),
        "zeg-bijeenkomst-af" => {
            BijeenkomstWens::ZegBijeenkomstAf(ZegBijeenkomstAf { reden: waarden.gevuld("reden").unwrap_or_default() })
        }
        _ => return Err(WebFout::NietGevonden),
    };
    let uitkomst = toestand.app.voer_bijeenkomst_uit(&opdracht(&waarden, Some(beeld.id), &wie, wens)?).await;
    let blad = blad(&toestand, &wie, &beeld, &handeling, &waarden);
    let weiger = weiger(&toestand, bundel_nu(&toestand, &gepland.afspraak), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("{}?gedaan={handeling}", adres(id))).await
}

/// The offers that got a place, in order; each place is a number, and used once.
fn agenda(rijen: &[OverdrachtRij], waarden: &Waarden) -> Result<Vec<Agendapunt>, Vec<VeldFout>> {
    let mut geplaatst: Vec<(u16, Agendapunt)> = Vec::new();
    let mut fouten = Vec::new();
    for rij in rijen {
        let Some(getypt) = waarden.gevuld(&veldnaam(rij)) else { continue };
        match getypt.parse() {
            Ok(plaats) if plaats > 0 && geplaatst.iter().all(|(eerder, _)| *eerder != plaats) => {
                geplaatst.push((plaats, Agendapunt { casus: rij.casus, overdracht: rij.overdracht }));
            }
            Ok(plaats) if plaats > 0 => {
                fouten.push(VeldFout::new(veldnaam(rij), format!("Plaats {plaats} is al voor een andere casus.")));
            }
            _ => fouten.push(VeldFout::new(veldnaam(rij), "Vul een plaats in: 1, 2, 3. Of laat dit leeg.")),
        }
    }
    geplaatst.sort_by_key(|(plaats, _)| *plaats);
    if fouten.is_empty() { Ok(geplaatst.into_iter().map(|(_, punt)| punt).collect()) } else { Err(fouten) }
}
