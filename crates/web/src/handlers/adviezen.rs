//! Advice: the list of who asked and of Veilig Thuis, the form that has no place for a family, the answer.

use super::{
    eigen::{antwoord, leeg_blad},
    handeling::weigering_beeld,
    meldcode::{knop, opdracht, regios},
    tekst::{bundel_nu, clausule, moment},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{is_veilig_thuis, kader},
    opmaak,
    pages::{
        advies::{AdviesPagina, Antwoord},
        eigen::{Bevestiging, EigenFormulierPagina, EigenGroep, EigenLijstPagina, EigenRegel},
        kader::Plek,
        onderdelen::{Feit, Flits, Pil, Status},
        veld::{Optie, Veld, Waarden},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    eigen::{
        AdviesBeeld, AdviesWens, EigenOpdracht,
        advies::{GeefWens, OmzetWens, VraagWens, adviesvormen},
    },
    opslag::EigenRij,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    Weigering,
    adviezen::{Toestemming, Wijze},
    afspraak::{Adviesmoment, Bundel},
    ids::{AdviesId, AfspraakNaam, CasusId, OrganisatieId, SpoorId},
    weigering::Code,
};
use serde::Deserialize;

/// What the address of a page may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gedaan: Option<String>,
    /// The own track from which is asked; Veilig Thuis never hears of it.
    spoor: Option<SpoorId>,
    /// The region, once it is chosen: it decides which ways of support there are.
    regio: Option<String>,
}

/// What was asked, of others or of us.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let rijen = toestand.app.adviezen(&wie.actor).await?;
    let nu = toestand.app.klok().nu();
    let vt = is_veilig_thuis(&toestand, &wie);
    let regel = |rij: &EigenRij| {
        let ander = rij.ander.as_ref().map(|ander| toestand.app.naam_van(ander)).unwrap_or_default();
        EigenRegel {
            nummer: rij.nummer.clone(),
            href: format!("/adviezen/{}", rij.stroom),
            omschrijving: if vt { format!("Vraag van {ander}") } else { format!("Gevraagd aan {ander}") },
            wanneer: format!("gevraagd {}", opmaak::datum(rij.begonnen_op.dag(), nu.dag())),
            pil: stand(&rij.stand, vt),
        }
    };
    let groep = |id, titel: &str, leeg: &str, hoort: &dyn Fn(&EigenRij) -> bool| {
        EigenGroep::new(id, titel, leeg, rijen.iter().filter(|rij| hoort(rij)).map(regel))
    };
    let mut groepen = vec![
        groep("open", "Loopt", "Er loopt geen advies.", &|rij| !rij.aan_zet && !rij.gesloten),
        groep("klaar", "Afgerond", "Er is nog geen advies afgerond.", &|rij| rij.gesloten),
    ];
    if vt {
        groepen.insert(0, groep("wacht", "Wacht op u", "Er wacht geen vraag op u.", &|rij| rij.aan_zet));
    }
    Ok(pagina(&EigenLijstPagina {
        kader: kader(&toestand, &wie, Some(Plek::Advies)).await?,
        titel: "Adviezen".to_owned(),
        inleiding: "Advies staat op naam van wie het vraagt, nooit op een gezin. Vragen kan op elk moment.".to_owned(),
        knop: Some(if vt { "Vraag per telefoon opnemen" } else { "Advies vragen" }.to_owned()),
        knop_href: "/adviezen/nieuw".to_owned(),
        groepen,
    }))
}

fn stand(stand: &str, vt: bool) -> Pil {
    match (stand, vt) {
        ("gevraagd", true) => Pil::new(Status::AanZet, "Wacht op uw advies"),
        ("gevraagd", false) => Pil::new(Status::Volgt, "Wacht op Veilig Thuis"),
        ("beantwoord", _) => Pil::new(Status::Deels, "Er is advies gegeven"),
        _ => Pil::new(Status::Gehaald, "Afgerond"),
    }
}

fn bundel_van<'a>(toestand: &'a Toestand, beeld: &AdviesBeeld) -> Option<&'a Bundel> {
    bundel_nu(toestand, &beeld.staat.vraag.as_ref()?.afspraak)
}

/// The region of an organisation, when it is a party of exactly one agreement.
fn eigen_regio(toestand: &Toestand, organisatie: &OrganisatieId) -> Option<AfspraakNaam> {
    let vandaag = toestand.app.klok().nu().dag();
    let alle = toestand.app.afspraken().alle().iter().filter(|geldig| geldig.bundel.is_regio());
    let mut namen: Vec<_> = alle
        .filter(|geldig| geldig.bundel.inhoud.partij.contains_key(organisatie))
        .map(|geldig| geldig.bundel.afspraak.clone())
        .filter(|naam| toestand.app.afspraken().geldig(naam, vandaag).is_some())
        .collect();
    namen.dedup();
    if namen.len() == 1 { namen.pop() } else { None }
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, advies: &str) -> Result<AdviesBeeld, WebFout> {
    let id: AdviesId = advies.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.advies(&wie.actor, id).await?)
}

/// One advice.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(advies): Path<String>,
    Query(gevraagd): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &advies).await?;
    let bundel = bundel_van(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let vraag = beeld.staat.vraag.as_ref().ok_or(WebFout::NietGevonden)?;
    let vormnamen = |vormen: &std::collections::BTreeSet<String>| {
        let namen =
            beeld.vormen.iter().filter(|(sleutel, ..)| vormen.contains(sleutel)).map(|(_, naam, _)| naam.clone());
        namen.collect::<Vec<_>>().join("; ")
    };
    let mut feiten = vec![
        Feit::new(
            "Gevraagd door",
            [beeld.naam.clone(), beeld.functie.clone(), toestand.app.naam_van(&vraag.vrager)]
                .into_iter()
                .filter(|deel| !deel.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Feit::new("Wanneer", moment(vraag.op, beeld.op)),
        Feit::new("Hoe", if vraag.wijze == Wijze::Telefoon { "per telefoon" } else { "met het formulier" }),
        Feit::new("Steun die wordt gezocht", vormnamen(&vraag.vormen)),
        Feit::new("Weet het gezin ervan", toestemming(vraag.toestemming)),
    ];
    if !beeld.telefoon.is_empty() {
        feiten.insert(1, Feit::new("Telefoon", beeld.telefoon.clone()));
    }
    let open = !beeld.staat.afgerond;
    let basis = format!("/adviezen/{}", beeld.id);
    let mut knoppen = Vec::new();
    if !beeld.eigen && open {
        knoppen.push(knop("Advies geven", format!("{basis}/doe/geef-advies"), true));
    }
    if beeld.eigen {
        knoppen.push(knop("Toch een melding doen", format!("{basis}/doe/maak-melding-van-advies"), false));
        if let Some(spoor) = gevraagd.spoor {
            let href = format!("/meldcode/{spoor}/doe/leg-overleg-vast?advies={}", beeld.id);
            knoppen.push(knop("Vastleggen in uw spoor van de meldcode", href, true));
        }
    }
    let mut kader = kader(&toestand, &wie, Some(Plek::Advies)).await?;
    kader.flits = gevraagd.gedaan.as_deref().and_then(vastgelegd);
    let regels =
        beeld.regels.iter().map(|(wanneer, id)| (uitleg(*wanneer).to_owned(), clausule(&toestand, bundel, id)));
    Ok(pagina(&AdviesPagina {
        nummer: beeld.nummer.clone(),
        inleiding: "Dit advies staat op naam van wie het vroeg. Over het gezin is hier niets vastgelegd.".to_owned(),
        pil: stand(stand_van(&beeld), !beeld.eigen),
        feiten,
        vraag: beeld.vraag.clone(),
        antwoorden: beeld
            .antwoorden
            .iter()
            .map(|antwoord| Antwoord {
                wanneer: moment(antwoord.op, beeld.op),
                tekst: antwoord.tekst.clone(),
                vormen: vormnamen(&antwoord.vormen),
            })
            .collect(),
        knoppen,
        regels: regels.collect(),
        kader,
    }))
}

fn stand_van(beeld: &AdviesBeeld) -> &'static str {
    match (beeld.staat.afgerond, beeld.antwoorden.is_empty()) {
        (true, _) => "afgerond",
        (false, true) => "gevraagd",
        (false, false) => "beantwoord",
    }
}

fn vastgelegd(naam: &str) -> Option<Flits> {
    let titel = match naam {
        "vraag-advies" => "Uw vraag is verstuurd. Veilig Thuis legt niets over het gezin vast.",
        "geef-advies" => "Het advies is gegeven.",
        _ => return None,
    };
    Some(Flits::gelukt(titel))
}

fn toestemming(toestemming: Toestemming) -> &'static str {
    match toestemming {
        Toestemming::Ja => "ja, en het gezin vindt het goed",
        Toestemming::Nee => "nee",
        Toestemming::Geweigerd => "ja, maar het gezin vindt het niet goed",
        Toestemming::GevaarVoorKind => "nee: het zou gevaarlijk zijn voor het kind",
        Toestemming::GevaarVoorBeroepskracht => "nee: het zou gevaarlijk zijn voor de beroepskracht",
        Toestemming::SchaadtVertrouwen => "nee: het zou het vertrouwen schaden",
    }
}

fn uitleg(wanneer: Adviesmoment) -> &'static str {
    match wanneer {
        Adviesmoment::Vragen => "Advies vragen kan op elk moment.",
        Adviesmoment::Toestemming => "Liefst weet het gezin ervan; anders gaat het zonder namen.",
        Adviesmoment::Registratie => "Het staat op naam van wie het vraagt, zonder gegevens van het gezin.",
        Adviesmoment::EigenDossier => "Leg in uw eigen dossier vast dat u advies vroeg en wat eruit kwam.",
        Adviesmoment::WerdMelding => {
            "Een advies kan overgaan in een melding. Die verwijst alleen naar het nummer van het advies."
        }
    }
}

/// Where a form belongs: to an advice, or to a question that is asked.
struct Plaats<'a> {
    beeld: Option<&'a AdviesBeeld>,
    bundel: Option<&'a Bundel>,
    handeling: &'a str,
    spoor: Option<SpoorId>,
}

fn velden_vraag(toestand: &Toestand, wie: &Ingelogd, bundel: Option<&Bundel>) -> Vec<Veld> {
    let vt = is_veilig_thuis(toestand, wie);
    let vormen = match bundel {
        Some(bundel) => adviesvormen(bundel),
        // Before the region is known: all ways of support that some region has.
        None => {
            let mut alle: Vec<_> =
                toestand.app.afspraken().alle().iter().flat_map(|geldig| adviesvormen(&geldig.bundel)).collect();
            alle.sort_by(|een, ander| een.0.cmp(&ander.0));
            alle.dedup_by(|een, ander| een.0 == ander.0);
            alle
        }
    };
    let vormen = vormen.into_iter().map(|(sleutel, naam, _)| Optie::new(sleutel, naam)).collect();
    let redenen = [
        ("ja", "Ja, en het gezin vindt het goed"),
        ("geweigerd", "Ja, maar het gezin vindt het niet goed"),
        ("gevaar-voor-kind", "Nee, want dat is gevaarlijk voor het kind"),
        ("gevaar-voor-beroepskracht", "Nee, want dat is gevaarlijk voor mij"),
        ("schaadt-vertrouwen", "Nee, want dan is het vertrouwen weg"),
        ("nee", "Nee, om een andere reden"),
    ];
    let mut velden = Vec::new();
    if bundel.is_none() {
        velden.push(Veld::keuzelijst("afspraak", "In welke regio werkt u?", "Kies een regio", regios(toestand)));
    }
    if vt {
        velden.push(Veld::tekst("vrager", "Bij welke organisatie werkt wie belt?"));
    }
    let naam = if vt { "Naam van wie belt" } else { "Uw naam" };
    velden.extend([
        Veld::tekst("naam", naam).hint("Het advies staat op deze naam."),
        Veld::tekst("functie", "Functie").optioneel(),
        Veld::tekst_smal("telefoon", "Telefoonnummer om terug te bellen").optioneel(),
        Veld::tekstvak("vraag", "Wat is de vraag?", 8).hint(
            "Noem geen namen, geboortedata, adressen of nummers van het gezin. Schrijf bijvoorbeeld: een leerling van 7 jaar.",
        ),
        Veld::vinkjes("vormen", "Welke steun wordt gezocht?", vormen),
        Veld::rondjes(
            "toestemming",
            "Weet het gezin dat er advies wordt gevraagd?",
            redenen.map(|(code, tekst)| Optie::new(code, tekst)).to_vec(),
        ),
    ]);
    velden
}

fn velden_antwoord(beeld: &AdviesBeeld) -> Vec<Veld> {
    let vormen = beeld.vormen.iter().map(|(sleutel, naam, _)| Optie::new(sleutel, naam)).collect();
    vec![
        Veld::tekstvak("antwoord", "Wat adviseert u?", 8).hint("Ook hier: geen gegevens van het gezin."),
        Veld::vinkjes("vormen", "Welke steun geeft u of sprak u af?", vormen).optioneel(),
        Veld::vinkje("laatste", "Dit advies is hiermee klaar"),
    ]
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    plaats: &Plaats<'_>,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let (titel, gevolg, velden, naam) = match (plaats.handeling, plaats.beeld) {
        ("vraag-advies", None) => (
            "Advies vragen aan Veilig Thuis",
            "Veilig Thuis krijgt de vraag op naam van wie hem stelt. Over het gezin legt Veilig Thuis niets vast.",
            velden_vraag(toestand, wie, plaats.bundel),
            "Vraag versturen",
        ),
        ("geef-advies", Some(beeld)) if !beeld.eigen => (
            "Advies geven",
            "Wie het vroeg, leest uw advies in de eigen omgeving.",
            velden_antwoord(beeld),
            "Advies geven",
        ),
        ("maak-melding-van-advies", Some(beeld)) if beeld.eigen => (
            "Van dit advies een melding maken",
            "U gaat naar het formulier om te melden. De melding verwijst alleen naar het nummer van dit advies; het advies verwijst niet naar de melding.",
            Vec::new(),
            "Naar het formulier om te melden",
        ),
        _ => return Err(WebFout::NietGevonden),
    };
    let moment = if plaats.handeling == "maak-melding-van-advies" {
        Adviesmoment::WerdMelding
    } else {
        Adviesmoment::Registratie
    };
    let clausules = plaats.bundel.and_then(|bundel| Some((bundel, bundel.inhoud.advies.get(&moment)?)));
    let bellen = plaats.bundel.into_iter().flat_map(|bundel| bundel.inhoud.contact.values());
    let (terug, terug_href) = match plaats.beeld {
        Some(beeld) => (format!("Advies {}", beeld.nummer), format!("/adviezen/{}", beeld.id)),
        None => ("Adviezen".to_owned(), "/adviezen".to_owned()),
    };
    let actie = match (plaats.beeld, plaats.spoor) {
        (Some(beeld), _) => format!("/adviezen/{}/doe/{}", beeld.id, plaats.handeling),
        (None, Some(spoor)) => format!("/adviezen/nieuw?spoor={spoor}"),
        (None, None) => "/adviezen/nieuw".to_owned(),
    };
    Ok(EigenFormulierPagina {
        terug,
        terug_href,
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: clausules.map(|(bundel, regel)| clausule(toestand, bundel, &regel.clausule)).into_iter().collect(),
        feiten: bellen
            .map(|contact| Feit::new("Liever bellen?", format!("{} ({})", contact.bereikbaar, contact.naam)))
            .collect(),
        actie,
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: naam.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Advies, waarden, plaats.beeld.map_or(0, |beeld| beeld.versie)).await?
    })
}

fn regio_van(toestand: &Toestand, wie: &Ingelogd, gekozen: Option<String>) -> Option<AfspraakNaam> {
    gekozen.map(AfspraakNaam).or_else(|| eigen_regio(toestand, &wie.actor.organisatie))
}

/// The form to ask.
pub async fn nieuw(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let regio = regio_van(&toestand, &wie, vraag.regio);
    let bundel = regio.as_ref().and_then(|regio| bundel_nu(&toestand, regio));
    let plaats = Plaats { beeld: None, bundel, handeling: "vraag-advies", spoor: vraag.spoor };
    Ok(pagina(&blad(&toestand, &wie, &plaats, &Waarden::default()).await?))
}

/// Asks.
pub async fn vraag(
    State(toestand): State<Toestand>,
    Query(gevraagd): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let regio = regio_van(&toestand, &wie, waarden.gevuld("afspraak"));
    let bundel = if waarden.gevuld("afspraak").is_some() {
        None
    } else {
        regio.as_ref().and_then(|regio| bundel_nu(&toestand, regio))
    };
    let plaats = Plaats { beeld: None, bundel, handeling: "vraag-advies", spoor: gevraagd.spoor };
    let vormen = waarden.alle("vormen").into_iter().map(str::to_owned).collect();
    let wens = AdviesWens::VraagAdvies(VraagWens {
        afspraak: regio,
        vrager: waarden.gevuld("vrager").map(|naam| super::melding::lezen::als_id(&naam)),
        naam: waarden.gevuld("naam").unwrap_or_default(),
        functie: waarden.gevuld("functie").unwrap_or_default(),
        telefoon: waarden.gevuld("telefoon").unwrap_or_default(),
        vraag: waarden.gevuld("vraag").unwrap_or_default(),
        vormen,
        toestemming: waarden.gevuld("toestemming").and_then(|code| serde_json::from_value(code.into()).ok()),
        toch: waarden.bevat("toch", "ja"),
    });
    verwerk(&toestand, &wie, &plaats, &waarden, wens).await
}

/// The form of an act on an advice.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((advies, handeling)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &advies).await?;
    let bundel = bundel_van(&toestand, &beeld);
    let plaats = Plaats { beeld: Some(&beeld), bundel, handeling: &handeling, spoor: None };
    Ok(pagina(&blad(&toestand, &wie, &plaats, &Waarden::default()).await?))
}

/// An act on an advice.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((advies, handeling)): Path<(String, String)>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &advies).await?;
    let wens = match handeling.as_str() {
        "geef-advies" => AdviesWens::GeefAdvies(GeefWens {
            antwoord: waarden.gevuld("antwoord").unwrap_or_default(),
            vormen: waarden.alle("vormen").into_iter().map(str::to_owned).collect(),
            laatste: waarden.bevat("laatste", "ja"),
        }),
        "maak-melding-van-advies" => AdviesWens::MaakMeldingVanAdvies(OmzetWens {}),
        _ => return Err(WebFout::NietGevonden),
    };
    let bundel = bundel_van(&toestand, &beeld);
    let plaats = Plaats { beeld: Some(&beeld), bundel, handeling: &handeling, spoor: None };
    verwerk(&toestand, &wie, &plaats, &waarden, wens).await
}

async fn verwerk(
    toestand: &Toestand,
    wie: &Ingelogd,
    plaats: &Plaats<'_>,
    waarden: &Waarden,
    wens: AdviesWens,
) -> Result<Response, WebFout> {
    let afspraak = match &wens {
        AdviesWens::VraagAdvies(wens) => wens.afspraak.clone(),
        _ => None,
    };
    let opdracht: EigenOpdracht<AdviesWens> =
        opdracht(waarden, plaats.beeld.map(|beeld| CasusId(beeld.id.0)), wie, wens)?;
    let uitkomst = toestand.app.voer_advies_uit(&opdracht).await;
    let blad = blad(toestand, wie, plaats, waarden);
    let gekozen = afspraak.as_ref().and_then(|afspraak| bundel_nu(toestand, afspraak));
    let bundel = plaats.bundel.or(gekozen);
    let weiger = |weigering: &Weigering, blad: &mut EigenFormulierPagina| {
        weiger_of_waarschuw(toestand, bundel.ok_or(WebFout::Ongeldig)?, weigering, waarden, blad);
        Ok(())
    };
    antwoord(toestand, uitkomst, waarden, blad, weiger, |advies| naar(plaats, advies)).await
}

/// A warning that a tick passes, or a refusal.
fn weiger_of_waarschuw(
    toestand: &Toestand,
    bundel: &Bundel,
    weigering: &Weigering,
    waarden: &Waarden,
    blad: &mut EigenFormulierPagina,
) {
    if weigering.reden.code == Code::NoemtGegevens && weigering.mag_met_reden {
        blad.bevestig = Some(Bevestiging {
            titel: format!("Dit lijkt op: {}", weigering.reden.ontbreekt.join(", ")),
            uitleg: "Advies gaat zonder gegevens van het gezin. Haal het weg, of bevestig dat het iets anders is. Er is nog niets verstuurd."
                .to_owned(),
            clausule: clausule(toestand, bundel, &weigering.reden.clausule),
            vinkje: Veld::vinkje("toch", "Ik keek het na: dit zijn geen gegevens van het gezin"),
        });
    } else {
        blad.weigering = Some(weigering_beeld(toestand, bundel, weigering, waarden));
    }
}

/// Where the worker goes on.
fn naar(plaats: &Plaats<'_>, advies: CasusId) -> String {
    match (plaats.handeling, plaats.spoor) {
        ("maak-melding-van-advies", _) => format!("/melden?advies={advies}"),
        (handeling, Some(spoor)) => format!("/adviezen/{advies}?gedaan={handeling}&spoor={spoor}"),
        (handeling, None) => format!("/adviezen/{advies}?gedaan={handeling}"),
    }
}

/// The number of an advice of the own organisation, for the report that grows out of it.
pub(super) async fn nummer(toestand: &Toestand, wie: &Ingelogd, advies: AdviesId) -> Result<String, WebFout> {
    let beeld = toestand.app.advies(&wie.actor, advies).await?;
    if beeld.eigen { Ok(beeld.nummer) } else { Err(WebFout::NietGevonden) }
}
