//! The page of a casus, filled. [`vervolg`] fills what follows on the assessment, [`details`] says what an event holds.

mod details;
mod melding;
mod plichten;
mod vervolg;

use super::formulier::{HERSTEL, te_herstellen};
use super::tekst::{bundel, clausule, gebeurtenis, medewerker, moment, pil, uiterlijk};
use crate::{
    Toestand,
    frame::{self, houder, kader},
    opmaak,
    pages::{
        baan,
        casus::*,
        kader::Plek,
        onderdelen::{Bandstuk, Clausule, Houder, HouderSoort, Keuze, Link, Zichtband},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    lezen::{CasusBeeld, CasusVraag, GeschiedenisRegel, PersoonBeeld, Verband},
    toegang::Relatie,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    Gebeurtenis as DomeinGebeurtenis,
    afspraak::Bundel,
    gebeurtenis::PersoonRol,
    ids::{BundelHash, CasusId, OrganisatieId},
    overdrachten::Stand,
    termijnen::Status as TermijnStatus,
    tijd::Instant,
    tijdlijn::Span,
};
use serde::Deserialize;
use std::sync::Arc;

/// Which moment is looked at, as date and time inputs send it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    stand_datum: String,
    stand_tijd: String,
    bekend_datum: String,
    bekend_tijd: String,
    zoom: String,
    gedaan: Option<String>,
}

/// The page, now or at an earlier moment.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let id: CasusId = casus.parse().map_err(|_| WebFout::NietGevonden)?;
    let stand = tijdstip(&vraag.stand_datum, &vraag.stand_tijd);
    let bekend = tijdstip(&vraag.bekend_datum, &vraag.bekend_tijd);
    let fout = (stand.is_err() || bekend.is_err()).then(|| "Vul een datum en een tijd in die bestaan.".to_owned());
    let (stand, bekend) = (stand.unwrap_or_default(), bekend.unwrap_or_default());
    let mut fout = fout;
    let gevraagd = CasusVraag { casus: id, stand, bekend_op: bekend };
    let beeld = match toestand.app.casus(&wie.actor, gevraagd).await {
        // Before the first report there is nothing to show; that the casus exists now is known to this reader.
        Err(app::AppFout::NietGevonden) if stand.is_some() || bekend.is_some() => {
            fout = Some("Op dat moment was deze casus er nog niet.".to_owned());
            toestand.app.casus(&wie.actor, CasusVraag { casus: id, stand: None, bekend_op: None }).await?
        }
        anders => anders?,
    };
    let mut kader = kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?;
    kader.flits = frame::flits(vraag.gedaan.as_deref());
    let bundel = huidige_bundel(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let herkenning = super::herkenning::paneel(&toestand, &wie, &beeld).await?;
    let (acties, kan_niet) = super::handeling::keuzes(&toestand, &wie.actor.organisatie, &beeld, &bundel);
    Ok(pagina(&CasusPagina {
        kader,
        kop: kop_met(&toestand, &beeld, Deel::Overzicht),
        terugblik: terugblik(&beeld, &gevraagd),
        dubbel: beeld
            .verbanden
            .iter()
            .filter(|ander| open(&beeld) && !ander.gesloten)
            .map(|a| verband(a, ""))
            .collect(),
        veilig_contact: super::veilig_contact::waarschuwingen(&beeld),
        tijdreis: Tijdreis {
            actie: format!("/casussen/{id}"),
            datum: vraag.stand_datum.clone(),
            tijd: vraag.stand_tijd.clone(),
            bekend_datum: vraag.bekend_datum.clone(),
            bekend_tijd: vraag.bekend_tijd.clone(),
            fout,
        },
        termijnen: termijnen(&toestand, &beeld),
        acties,
        niets_te_doen: niets_te_doen(&beeld),
        kan_niet,
        toegewezen: toegewezen(&toestand, &wie, &beeld),
        huishouden: huishouden(&beeld),
        herkenning,
        meldingen: melding::meldingen(&toestand, &beeld, &bundel),
        vervolg: vervolg::vervolg(&toestand, &beeld),
        banen: baan::teken(&super::swimlane::gegevens(&toestand, &beeld, &vraag.zoom)),
        zoom: zoom(&beeld, &vraag.zoom),
        geschiedenis: geschiedenis(&toestand, &beeld),
        geschiedenis_meer: None,
        organisaties: organisaties(&toestand, &beeld),
    }))
}

/// Loads a casus as it stands; nonsense in the address is as unknown as a casus of others.
pub(crate) async fn laad(toestand: &Toestand, wie: &Ingelogd, casus: &str) -> Result<CasusBeeld, WebFout> {
    let casus = casus.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.casus(&wie.actor, CasusVraag { casus, stand: None, bekend_op: None }).await?)
}

/// An empty field is no moment; a date alone means the end of that day.
fn tijdstip(datum: &str, tijd: &str) -> Result<Option<Instant>, ()> {
    if datum.trim().is_empty() {
        return Ok(None);
    }
    let dag: jiff::civil::Date = datum.trim().parse().map_err(|_| ())?;
    let tijd = if tijd.trim().is_empty() { "23:59" } else { tijd.trim() };
    let tijd: jiff::civil::Time = tijd.parse().map_err(|_| ())?;
    Ok(Some(Instant::uit_lokaal(dag.to_datetime(tijd))))
}

/// The bundle by which the newest report was received: what the page explains itself by.
pub(crate) fn huidige_bundel(toestand: &Toestand, beeld: &CasusBeeld) -> Option<Arc<Bundel>> {
    beeld.staat.meldingen.last().and_then(|melding| bundel(toestand, &melding.feit.bundel))
}

fn bundel_hash(beeld: &CasusBeeld) -> Option<&BundelHash> {
    beeld.staat.meldingen.last().map(|melding| &melding.feit.bundel)
}

/// The parts of a casus with a page of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deel {
    Overzicht,
    Plan,
    Samenwerking,
    Bijlagen,
}

impl Deel {
    const ALLE: [Deel; 4] = [Deel::Overzicht, Deel::Plan, Deel::Samenwerking, Deel::Bijlagen];

    pub(crate) fn href(self, casus: CasusId) -> String {
        match self {
            Deel::Overzicht => format!("/casussen/{casus}"),
            Deel::Plan => format!("/casussen/{casus}/plan"),
            Deel::Samenwerking => format!("/casussen/{casus}/samenwerking"),
            Deel::Bijlagen => format!("/casussen/{casus}/bijlagen"),
        }
    }

    pub(super) fn naam(self) -> &'static str {
        match self {
            Deel::Overzicht => "Overzicht",
            Deel::Plan => "Plan",
            Deel::Samenwerking => "Samenwerking",
            Deel::Bijlagen => "Bijlagen",
        }
    }

    /// Whether this organisation works by it.
    pub(crate) fn is_voor(self, beeld: &CasusBeeld) -> bool {
        match self {
            Deel::Overzicht => true,
            Deel::Plan | Deel::Samenwerking => {
                matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Ontvanger | Relatie::Aangeboden)
            }
            // Who keeps a dossier of its own, or reported.
            Deel::Bijlagen => matches!(
                beeld.relatie,
                Relatie::VeiligThuis
                    | Relatie::Ontvanger
                    | Relatie::Deeltaak
                    | Relatie::Melder
                    | Relatie::MelderEnPartij
            ),
        }
    }
}

/// The header with the part that is shown.
pub(crate) fn kop_met(toestand: &Toestand, beeld: &CasusBeeld, gekozen: Deel) -> CasusKop {
    let delen: Vec<_> = Deel::ALLE.into_iter().filter(|deel| deel.is_voor(beeld)).collect();
    let keuze = |deel: Deel| Keuze::new(deel.naam(), deel.href(beeld.id), deel == gekozen);
    let tabs = if delen.len() > 1 { delen.into_iter().map(keuze).collect() } else { Vec::new() };
    CasusKop { tabs, ..kop(toestand, beeld) }
}

/// The sticky header that every page of a casus has.
pub(crate) fn kop(toestand: &Toestand, beeld: &CasusBeeld) -> CasusKop {
    let bundel = huidige_bundel(toestand, beeld);
    let laag = bundel.as_deref().and_then(Bundel::eigen_laag);
    let afspraak = laag.map(|laag| format!("Afspraak: {}, {}", laag.titel, opmaak::dag_maand(laag.geldig_van.0)));
    let jaar = laag.map(|laag| format!(" {}", laag.geldig_van.0.year())).unwrap_or_default();
    let personen = personen(beeld);
    let kinderen = personen.iter().filter(|persoon| persoon.rol == PersoonRol::Kind).count();
    let tel =
        |aantal: usize, een: &str, meer: &str| opmaak::aantal(u64::try_from(aantal).unwrap_or(u64::MAX), een, meer);
    let mut kenmerk = beeld.staat.gemeente.clone();
    if !personen.is_empty() {
        kenmerk = format!("{kenmerk} · {}", tel(personen.len(), "persoon", "personen"));
    }
    if kinderen > 0 {
        kenmerk = format!("{kenmerk}, {}", tel(kinderen, "kind", "kinderen"));
    }
    let volgende = beeld
        .termijnen
        .iter()
        .enumerate()
        .filter(|(_, (_, status))| matches!(status, TermijnStatus::Open | TermijnStatus::TeLaat))
        .min_by_key(|(_, (termijn, _))| termijn.uiterlijk);
    CasusKop {
        nummer: beeld.nummer.clone(),
        naam: format!("Huishouden {}", beeld.huishoudnaam.as_deref().unwrap_or("zonder bekende naam")),
        kenmerk,
        afspraak: afspraak.map(|afspraak| format!("{afspraak}{jaar}")).unwrap_or_default(),
        href: format!("/casussen/{}", beeld.id),
        tabs: Vec::new(),
        band: zichtband(toestand, beeld),
        volgende: volgende.map(|(nummer, (termijn, status))| VolgendeTermijn {
            naam: termijn.naam.clone(),
            pil: pil(termijn, *status, beeld.op),
            uiterlijk: uiterlijk(termijn.uiterlijk, beeld.op),
            waarom_href: format!("/casussen/{}/termijnen/{nummer}", beeld.id),
        }),
    }
}

/// Who holds at the moment that is looked at, and who is expected next.
pub(crate) fn zichtband(toestand: &Toestand, beeld: &CasusBeeld) -> Zichtband {
    let op = beeld.op;
    let nummer = beeld.lijn.zicht.iter().position(|span| span.omvat(op));
    let span = nummer.and_then(|nummer| beeld.lijn.zicht.get(nummer));
    let nu = match span.and_then(|span| span.houder.as_ref().map(|org| (span, org))) {
        Some((span, org)) => Bandstuk {
            houder: houder(toestand, org),
            sinds: format!("sinds {}", moment(span.van, op)),
            grond: plaats(toestand, beeld, span),
            waarom_href: nummer.map(|nummer| format!("/casussen/{}/zicht/{nummer}", beeld.id)),
        },
        None => Bandstuk {
            houder: Houder::new(HouderSoort::Overig, "niemand meer: de casus is gesloten"),
            sinds: beeld
                .staat
                .sluiting
                .as_ref()
                .map(|sluiting| format!("sinds {}", moment(sluiting.feit.vastgelegd_op, op)))
                .unwrap_or_default(),
            grond: String::new(),
            waarom_href: None,
        },
    };
    Zichtband { nu, straks: straks(toestand, beeld, span) }
}

/// Whether the event with this version is one that the reader may know.
pub(super) fn ziet(beeld: &CasusBeeld, versie: u64) -> bool {
    beeld.geschiedenis.iter().any(|regel| regel.vastlegging.versie == versie)
}

fn straks(toestand: &Toestand, beeld: &CasusBeeld, span: Option<&Span>) -> Option<Bandstuk> {
    let nu_houder = span?.houder.as_ref();
    // An offer is known to who offers and who was offered; others see what the line says.
    let kent_aanbod = matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Aangeboden | Relatie::Ontvanger);
    let aanbod = beeld
        .staat
        .lopend_aanbod()
        .filter(|aanbod| kent_aanbod && ziet(beeld, aanbod.feit.versie) && Some(&aanbod.naar) != nu_houder);
    if let Some(aanbod) = aanbod {
        let naam = toestand.app.naam_van(&aanbod.naar);
        let bundel = bundel(toestand, &aanbod.feit.bundel)?;
        let overgang = bundel.overgang(aanbod.fase, bundel.soort_van(&aanbod.naar))?;
        let wacht = if beeld.staat.is_opgeschort(aanbod) { "wacht op weging van een nieuwe melding" } else { "pas" };
        let inhoud = aanbod.wacht_op_inhoud && aanbod.compleet.is_none();
        let dan = match (aanbod.stand == Stand::Open, inhoud) {
            (true, false) => format!("als {naam} accepteert"),
            (true, true) => format!("als de inhoud compleet is én {naam} accepteert"),
            (false, _) => "als de inhoud compleet is".to_owned(),
        };
        return Some(Bandstuk {
            houder: houder(toestand, &aanbod.naar),
            sinds: format!("{wacht} {dan}"),
            grond: clausule(toestand, &bundel, &overgang.grond).plaats,
            waarom_href: Some(format!("/casussen/{}/overdrachten/{}", beeld.id, aanbod.id)),
        });
    }
    let (nummer, volgende) = beeld.lijn.zicht.iter().enumerate().find(|(_, span)| span.van > beeld.op)?;
    Some(Bandstuk {
        houder: houder(toestand, volgende.houder.as_ref()?),
        sinds: format!("uiterlijk {}, of eerder als de beoordeling klaar is", moment(volgende.van, beeld.op)),
        grond: plaats(toestand, beeld, volgende),
        waarom_href: Some(format!("/casussen/{}/zicht/{nummer}", beeld.id)),
    })
}

/// The short reference to the clause that started a span.
pub(crate) fn plaats(toestand: &Toestand, beeld: &CasusBeeld, span: &Span) -> String {
    let bundel = bundel_hash(beeld).and_then(|hash| bundel(toestand, hash));
    bundel.map(|bundel| clausule(toestand, &bundel, &span.grond).plaats).unwrap_or_default()
}

fn terugblik(beeld: &CasusBeeld, vraag: &CasusVraag) -> Option<Terugblik> {
    (!beeld.is_nu).then(|| Terugblik {
        stand_op: moment(beeld.op, Instant(0)),
        als_bekend_op: vraag.bekend_op.map(|op| moment(op, Instant(0))),
        terug_href: format!("/casussen/{}", beeld.id),
    })
}

fn termijnen(toestand: &Toestand, beeld: &CasusBeeld) -> Termijnlijst {
    let mut lijst = Termijnlijst { lopend: Vec::new(), afgesloten: Vec::new() };
    // What is due first stands first; the number of a term in an address is its place in the casus.
    let mut op_volgorde: Vec<_> = beeld.termijnen.iter().enumerate().collect();
    op_volgorde.sort_by_key(|(_, (termijn, _))| termijn.uiterlijk);
    for (nummer, (termijn, status)) in op_volgorde {
        let loopt = matches!(status, TermijnStatus::Open | TermijnStatus::TeLaat);
        let bundel = bundel(toestand, &termijn.bundel);
        let gedaan = termijn.voldaan_op.map(|op| format!("gedaan {}, ", moment(op, beeld.op))).unwrap_or_default();
        let getoond = Termijn {
            naam: termijn.naam.clone(),
            pil: pil(termijn, *status, beeld.op),
            wanneer: format!("{gedaan}uiterlijk {}", uiterlijk(termijn.uiterlijk, beeld.op)),
            wie: houder(toestand, &termijn.wie),
            clausule: bundel.map_or_else(|| Clausule::new(""), |bundel| clausule(toestand, &bundel, &termijn.clausule)),
            waarom_href: format!("/casussen/{}/termijnen/{nummer}", beeld.id),
        };
        if loopt { lijst.lopend.push(getoond) } else { lijst.afgesloten.push(getoond) }
    }
    lijst
}

/// Who holds goes on watching, also without anything to record.
fn niets_te_doen(beeld: &CasusBeeld) -> String {
    let tekst = if !open(beeld) {
        "Deze casus is gesloten. U kunt hier niets meer vastleggen."
    } else if beeld.lijn.houder_op(beeld.op) == Some(&beeld.organisatie) {
        "Uw organisatie kan nu niets vastleggen. Uw organisatie heeft wel het zicht op veiligheid: blijf kijken hoe het gaat, tot het zicht overgaat."
    } else {
        "Uw organisatie kan nu niets vastleggen."
    };
    format!("{tekst} Bij nieuwe zorgen: meld opnieuw.")
}

/// To whom the casus is assigned: only the own organisation knows its own.
fn toegewezen(toestand: &Toestand, wie: &Ingelogd, beeld: &CasusBeeld) -> Option<Toegewezen> {
    const WIJS_TOE: &str = "wijs-medewerker-toe";
    let kan = beeld.handelingen.iter().any(|handeling| handeling.naam == WIJS_TOE && handeling.kan());
    let doen = |tekst: &str| kan.then(|| Link::new(tekst, format!("/casussen/{}/doe/{WIJS_TOE}", beeld.id)));
    match beeld.staat.toegewezen_aan(&beeld.organisatie) {
        Some(ik) if *ik == wie.actor.medewerker => {
            Some(Toegewezen { tekst: "Toegewezen aan u.".to_owned(), doen: None })
        }
        Some(ander) => {
            let naam = medewerker(toestand, ander);
            Some(Toegewezen { tekst: format!("Toegewezen aan {naam}."), doen: doen("Overnemen") })
        }
        None => {
            doen("Mij toewijzen").map(|l| Toegewezen { tekst: "Nog aan niemand toegewezen.".to_owned(), doen: Some(l) })
        }
    }
}

fn huishouden(beeld: &CasusBeeld) -> Huishouden {
    let lid = |persoon: &PersoonBeeld| {
        let leeftijd = persoon.leeftijd.map(|jaar| format!("{jaar} jaar, ")).unwrap_or_default();
        Lid {
            naam: persoon.naam.clone().unwrap_or_else(|| "Naam niet bekend".to_owned()),
            kenmerk: format!("{leeftijd}{}", rol(persoon.rol)),
            kind: persoon.rol == PersoonRol::Kind,
        }
    };
    let personen = personen(beeld);
    let bekend = personen.iter().any(|persoon| persoon.naam.is_some()) || beeld.adres.is_some();
    Huishouden {
        adres: beeld.adres.clone(),
        thuis: personen.into_iter().map(lid).collect(),
        elders: Vec::new(),
        ook_in: beeld
            .verbanden
            .iter()
            .map(|ander| verband(ander, if ander.gesloten { ", gesloten" } else { ", open" }))
            .collect(),
        niet_beschikbaar: (!bekend).then(|| {
            "Uw organisatie heeft geen namen of adres gekregen. Dat zegt niet dat ze er niet zijn.".to_owned()
        }),
    }
}

fn open(beeld: &CasusBeeld) -> bool {
    beeld.staat.sluiting.is_none()
}

fn verband(ander: &Verband, bij: &str) -> Link {
    Link::new(format!("casus {}{bij}", ander.nummer), format!("/casussen/{}", ander.casus))
}

/// Who has a task beside zicht knows the members whose names it was given, and not how many others there are.
fn personen(beeld: &CasusBeeld) -> Vec<&PersoonBeeld> {
    let beperkt = matches!(beeld.relatie, Relatie::Deeltaak | Relatie::EerderVeiligThuis);
    beeld.personen.iter().filter(|persoon| !beperkt || persoon.naam.is_some()).collect()
}

/// A key as words, for what the agreement has no name for any more.
fn laatste_deel(sleutel: &str) -> String {
    sleutel.replace('-', " ")
}

fn rol(rol: PersoonRol) -> &'static str {
    match rol {
        PersoonRol::Kind => "kind",
        PersoonRol::Ouder => "ouder of verzorger",
        PersoonRol::Partner => "partner",
        PersoonRol::Grootouder => "grootouder",
        PersoonRol::Anders => "lid van het huishouden",
    }
}

fn zoom(beeld: &CasusBeeld, gekozen: &str) -> Vec<Keuze> {
    let keuze = |tekst: &str, waarde: &str| {
        let href = format!("/casussen/{}?zoom={waarde}#verantwoordelijk", beeld.id);
        Keuze::new(tekst, href, gekozen == waarde || (gekozen.is_empty() && waarde == "alles"))
    };
    vec![keuze("Hele casus", "alles"), keuze("3 maanden", "3m"), keuze("4 weken", "4w")]
}

fn geschiedenis(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Gebeurtenis> {
    beeld.geschiedenis.iter().rev().map(|regel| geschiedenis_regel(toestand, beeld, regel)).collect()
}

fn geschiedenis_regel(toestand: &Toestand, beeld: &CasusBeeld, regel: &GeschiedenisRegel) -> Gebeurtenis {
    let v = &regel.vastlegging;
    let bundel = bundel(toestand, &v.bundel);
    let gebeurd_op = match &v.gebeurtenis {
        DomeinGebeurtenis::MeldingOntvangen { ontvangen_op, .. } => *ontvangen_op,
        _ => v.gebeurd_op,
    };
    // Answers and assessments stand with the report itself, each with its question.
    let teksten = regel
        .teksten
        .iter()
        .filter(|(soort, _)| !soort.starts_with("meldvraag:") && !soort.starts_with("meldinstrument:"));
    let toelichting: Vec<_> = teksten.map(|(soort, tekst)| format!("{}{tekst}", voorzetsel(soort))).collect();
    // That something moves the line is known to all; what came of it is for who helps.
    let mag_details = !matches!(
        v.gebeurtenis,
        DomeinGebeurtenis::BeoordelingAfgerond { .. }
            | DomeinGebeurtenis::CasusGesloten { .. }
            | DomeinGebeurtenis::ZichtOvergenomen { .. }
    ) || matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Ontvanger | Relatie::Aangeboden);
    let details =
        bundel.as_ref().filter(|_| mag_details).and_then(|bundel| details::details(toestand, bundel, &v.gebeurtenis));
    let wat = match details {
        Some(details) => format!("{}: {details}", gebeurtenis(&regel.soort)),
        None => gebeurtenis(&regel.soort).to_owned(),
    };
    let span = beeld.lijn.zicht.iter().find(|span| span.van == v.vastgelegd_op);
    Gebeurtenis {
        icoon: details::icoon(&v.gebeurtenis),
        gebeurd: moment(gebeurd_op, beeld.op),
        vastgelegd: (gebeurd_op.0 / 60_000_000 != v.vastgelegd_op.0 / 60_000_000)
            .then(|| moment(v.vastgelegd_op, beeld.op)),
        wat,
        toelichting: (!toelichting.is_empty()).then(|| toelichting.join(" ")),
        door: toestand.app.naam_van(&v.organisatie),
        clausule: span.zip(bundel).map(|(span, bundel)| clausule(toestand, &bundel, &span.grond)),
        herstel_href: te_herstellen(beeld, v.versie)
            .map(|_| format!("/casussen/{}/doe/{HERSTEL}:{}", beeld.id, v.versie)),
    }
}

fn voorzetsel(soort: &str) -> &'static str {
    match soort {
        "reden" => "Reden: ",
        "wie" => "Gezegd door: ",
        "voorwaarden" => "Voorwaarden: ",
        "melding-van-anderen" => "Van anderen gehoord: ",
        "melding-bron" => "Bron: ",
        "melding-correctie" => "Verbeterd: ",
        "melding-inschatting" => "Eigen inschatting: ",
        "melding-eigen-hulp" => "Eigen hulp: ",
        "melding-afscherming" => "Waarom het gezin niet mag weten wie meldde: ",
        "melding-advies" => "Komt voort uit advies ",
        "melding-spoor" => "Spoor van de melder: ",
        _ => "",
    }
}

fn organisaties(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Betrokkene> {
    let houdt = beeld.lijn.houder_op(beeld.op);
    let mut alle: Vec<Betrokkene> = Vec::new();
    let mut genoemd: Vec<&OrganisatieId> = Vec::new();
    for span in &beeld.lijn.zicht {
        if let Some(org) = span.houder.as_ref().filter(|org| !genoemd.contains(org)) {
            genoemd.push(org);
            let rol = if houdt == Some(org) { "heeft nu het zicht op veiligheid" } else { "had of krijgt het zicht" };
            alle.push(Betrokkene { houder: houder(toestand, org), rol: rol.to_owned() });
        }
    }
    let mut voeg_toe = |org, rol: &str| {
        if !genoemd.contains(&org) {
            genoemd.push(org);
            alle.push(Betrokkene { houder: houder(toestand, org), rol: rol.to_owned() });
        }
    };
    let mag = matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Aangeboden | Relatie::Ontvanger);
    if let Some(aanbod) = beeld.staat.lopend_aanbod().filter(|aanbod| mag && ziet(beeld, aanbod.feit.versie)) {
        voeg_toe(&aanbod.naar, "heeft een aanbod om het zicht over te nemen");
    }
    for (lijn, rol) in [
        (&beeld.lijn.crisis, "crisisdienst, naast het zicht"),
        (&beeld.lijn.monitoring, "monitort"),
        (&beeld.lijn.regie, "regie op de andere leefgebieden"),
    ] {
        for org in lijn.iter().filter(|span| span.omvat(beeld.op)).filter_map(|span| span.houder.as_ref()) {
            voeg_toe(org, rol);
        }
    }
    for deeltaak in beeld.staat.deeltaken.iter().filter(|deeltaak| mag && deeltaak.afgerond.is_none()) {
        voeg_toe(&deeltaak.organisatie, "heeft een deeltaak");
    }
    let gezien = beeld.staat.overdrachten.iter().filter(|aanbod| mag && ziet(beeld, aanbod.feit.versie));
    for org in gezien.flat_map(|aanbod| &aanbod.mede_ontvangers) {
        voeg_toe(org, "kreeg een deel van de inhoud");
    }
    alle
}
