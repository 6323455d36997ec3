//! The overdrachtstafel of a municipality: its agenda, the casus on the table, and both sides.
//!
//! A casus that is not on the table is a number. Answers are sent to the addresses of the handover itself.

use super::{
    bijeenkomsten,
    casus::{laad, zichtband},
    overdracht::{self, Aanbod, Ankers, Invoer, inhoud, redenen, termijnplichten, wanneer_plicht},
    tafelbesluit, tekst,
};
use crate::{
    Toestand,
    frame::{self, HTMX, houder, kader},
    opmaak,
    pages::{
        kader::Plek,
        onderdelen::{Clausule, Feit, Pil, Status},
        overdrachtstafel::*,
    },
    problem::{WebFout, pagina_met_status},
    session::Ingelogd,
};
use app::{
    lezen::{CasusBeeld, OverdrachtInLijst},
    opslag::{EigenRij, OverdrachtRij},
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    afspraak::{GeldigeBundel, Soort},
    gebeurtenis::Antwoord,
    ids::{OrganisatieId, OverdrachtId},
    overdrachten::{Stand, tafelpartijen},
    tijd::Instant,
    weigering::Code,
};
use serde::Deserialize;

/// Recent outcomes shown beside the table.
const VOORVALLEN_MAX: usize = 8;
/// Meetings listed beside the table.
const BIJEENKOMSTEN_MAX: usize = 6;

/// Which table, and which casus lies on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gemeente: Option<String>,
    casus: Option<String>,
    gedaan: Option<String>,
}

/// The table of a municipality, or the choice of one.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    headers: HeaderMap,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let tafels = tafels(&toestand, &wie.actor.organisatie);
    let gemeente = match (&vraag.gemeente, tafels.as_slice()) {
        (Some(gevraagd), _) if tafels.contains(gevraagd) => gevraagd.clone(),
        (Some(_), _) => return Err(WebFout::NietGevonden),
        (None, [enige]) => enige.clone(),
        (None, _) => return kies(&toestand, &wie, &tafels).await,
    };
    let lijst = toestand.app.tafel(&wie.actor, &gemeente).await?;
    let rij = op_tafel_van(&lijst, vraag.casus.as_deref(), &wie.actor.organisatie)?;
    // What polls asks for agenda and news only: then no casus is opened.
    let peilt = headers.contains_key("hx-request");
    let beeld = match rij.filter(|rij| !peilt && mag_openen(&rij.rij, &wie.actor.organisatie)) {
        Some(gevonden) => Some((laad(&toestand, &wie, &gevonden.rij.casus.to_string()).await?, gevonden)),
        None => None,
    };
    let mut gevuld = vul(&toestand, &wie, &gemeente, &lijst, rij).await?;
    if let Some((beeld, gevonden)) = &beeld {
        let aanbod = Aanbod::van(&toestand, &wie, beeld, &gevonden.rij.overdracht.to_string())?;
        leg_op_tafel(&mut gevuld, &aanbod, &Invoer::default());
    }
    gevuld.kader.flits = frame::flits(vraag.gedaan.as_deref());
    Ok(pagina_met_status(StatusCode::OK, &gevuld))
}

/// The table again after an answer that could not be recorded, with everything that was typed.
pub(super) async fn opnieuw(aanbod: &Aanbod<'_>, status: StatusCode, invoer: &Invoer) -> Result<Response, WebFout> {
    let gemeente = &aanbod.beeld.staat.gemeente;
    let lijst = aanbod.toestand.app.tafel(&aanbod.wie.actor, gemeente).await?;
    let rij = lijst.iter().find(|gevonden| gevonden.rij.overdracht == aanbod.overdracht.id);
    let mut gevuld = vul(aanbod.toestand, aanbod.wie, gemeente, &lijst, rij).await?;
    leg_op_tafel(&mut gevuld, aanbod, invoer);
    Ok(pagina_met_status(status, &gevuld))
}

/// The address of a table. Municipality and casus only: no name of anybody.
pub(super) fn adres(gemeente: &str, casus: Option<&str>, gedaan: Option<&str>) -> String {
    let gemeente = percent_encoding::utf8_percent_encode(gemeente, percent_encoding::NON_ALPHANUMERIC);
    let casus = casus.map(|casus| format!("&casus={casus}")).unwrap_or_default();
    let gedaan = gedaan.map(|gedaan| format!("&gedaan={gedaan}")).unwrap_or_default();
    format!("/overdrachtstafel?gemeente={gemeente}{casus}{gedaan}")
}

/// Municipalities at whose table this organisation sits today.
pub(super) fn tafels(toestand: &Toestand, organisatie: &OrganisatieId) -> Vec<String> {
    let vandaag = toestand.app.klok().nu().dag();
    let afspraken = toestand.app.afspraken();
    let aan_tafel = |gemeente: &&str| {
        afspraken.voor_gemeente(gemeente, vandaag).is_some_and(|geldig| zit_aan(geldig, organisatie, gemeente))
    };
    afspraken.gemeenten(vandaag).into_iter().filter(aan_tafel).map(str::to_owned).collect()
}

fn zit_aan(geldig: &GeldigeBundel, organisatie: &OrganisatieId, gemeente: &str) -> bool {
    tafelpartijen(&geldig.bundel, gemeente).contains(organisatie)
}

/// The tables to choose from, or the plain message that there is none.
async fn kies(toestand: &Toestand, wie: &Ingelogd, tafels: &[String]) -> Result<Response, WebFout> {
    let mut gevuld = leeg(toestand, wie).await?;
    gevuld.inleiding = if tafels.is_empty() {
        let organisatie = toestand.app.naam_van(&wie.actor.organisatie);
        format!("{organisatie} werkt niet met een overdrachtstafel. Overdrachten vindt u bij 'Overdrachten'.")
    } else {
        "Kies hieronder een gemeente. Elke gemeente heeft een eigen tafel.".to_owned()
    };
    for gemeente in tafels {
        let lijst = toestand.app.tafel(&wie.actor, gemeente).await?;
        let open = lijst.iter().filter(|gevonden| is_open(&gevonden.rij)).count();
        gevuld.agenda.push(Agendapunt {
            nummer: gemeente.clone(),
            href: Some(adres(gemeente, None, None)),
            status: if open > 0 { Status::Volgt } else { Status::Gehaald },
            tekst: match open {
                0 => "niets op de agenda".to_owned(),
                _ => format!("{} op de agenda", opmaak::aantal(als_u64(open), "casus", "casussen")),
            },
            gekozen: false,
        });
    }
    Ok(pagina_met_status(StatusCode::OK, &gevuld))
}

async fn leeg(toestand: &Toestand, wie: &Ingelogd) -> Result<OverdrachtstafelPagina, WebFout> {
    Ok(OverdrachtstafelPagina {
        kader: kader(toestand, wie, Some(Plek::Overdrachtstafel)).await?,
        titel: "Overdrachtstafel".to_owned(),
        inleiding: String::new(),
        bijgewerkt: opmaak::tijd(toestand.app.klok().nu().lokaal().time()),
        ververs_href: "/overdrachtstafel".to_owned(),
        voortgang: String::new(),
        agenda: Vec::new(),
        op_tafel: None,
        net_gebeurd: Vec::new(),
        bijeenkomsten: Vec::new(),
        plan_href: None,
        fouten: Vec::new(),
        weigering: None,
        conflict: None,
        opdracht: String::new(),
        versie: String::new(),
    })
}

fn als_u64(aantal: usize) -> u64 {
    u64::try_from(aantal).unwrap_or(u64::MAX)
}

pub(super) fn is_open(rij: &OverdrachtRij) -> bool {
    matches!(rij.stand.as_str(), "open" | "opgeschort")
}

/// The casus that lies on the table: the one that was asked for, else the first that waits for an answer.
fn op_tafel_van<'a>(
    lijst: &'a [OverdrachtInLijst],
    casus: Option<&str>,
    eigen: &OrganisatieId,
) -> Result<Option<&'a OverdrachtInLijst>, WebFout> {
    match casus {
        Some(casus) => {
            let gevraagd = |gevonden: &&OverdrachtInLijst| gevonden.rij.casus.to_string() == casus;
            let gevonden = lijst.iter().find(gevraagd).filter(|gevonden| is_partij(&gevonden.rij, eigen));
            gevonden.map(Some).ok_or(WebFout::NietGevonden)
        }
        None => Ok(lijst.iter().find(|gevonden| is_open(&gevonden.rij) && mag_openen(&gevonden.rij, eigen))),
    }
}

/// Whose offer it is; the others at the table only know that it is discussed.
fn is_partij(rij: &OverdrachtRij, eigen: &OrganisatieId) -> bool {
    rij.van == *eigen || rij.naar == *eigen
}

/// Whoever had an offer that ended does not see the casus any more; the others at the table see its number only.
fn mag_openen(rij: &OverdrachtRij, eigen: &OrganisatieId) -> bool {
    rij.van == *eigen || (rij.naar == *eigen && (is_open(rij) || rij.stand == "geaccepteerd"))
}

async fn vul(
    toestand: &Toestand,
    wie: &Ingelogd,
    gemeente: &str,
    lijst: &[OverdrachtInLijst],
    gekozen: Option<&OverdrachtInLijst>,
) -> Result<OverdrachtstafelPagina, WebFout> {
    let nu = toestand.app.klok().nu();
    let gekozen = gekozen.map(|gevonden| &gevonden.rij);
    let rijen: Vec<_> = lijst.iter().map(|gevonden| &gevonden.rij).collect();
    let gepland = toestand.app.bijeenkomsten(&wie.actor, gemeente).await?;
    // The first that is still to come, today's included, gives the order.
    let nog = |rij: &&EigenRij| rij.stand != "afgezegd" && rij.begonnen_op.dag() >= nu.dag();
    let volgorde = match gepland.iter().rev().find(nog) {
        Some(eerste) => toestand.app.agenda(&wie.actor, eerste.stroom).await?,
        None => Vec::new(),
    };
    let agenda = agenda(&rijen, gekozen, &wie.actor.organisatie, &volgorde, nu);
    let klaar = agenda.iter().filter(|punt| is_klaar(punt.status)).count();
    let mut gevuld = leeg(toestand, wie).await?;
    gevuld.kader.script = Some(HTMX.to_owned());
    gevuld.titel = format!("Overdrachtstafel {gemeente}");
    gevuld.inleiding = format!("{}.", opmaak::hoofdletter(&opmaak::datum_lang(nu.dag())));
    gevuld.ververs_href = adres(gemeente, gekozen.map(|rij| rij.casus.to_string()).as_deref(), None);
    gevuld.voortgang = format!("{klaar} van {} klaar", agenda.len());
    gevuld.agenda = agenda;
    gevuld.net_gebeurd = net_gebeurd(toestand, &rijen, nu);
    gevuld.bijeenkomsten = gepland.iter().take(BIJEENKOMSTEN_MAX).map(|rij| bijeenkomsten::in_lijst(rij, nu)).collect();
    let gecodeerd = percent_encoding::utf8_percent_encode(gemeente, percent_encoding::NON_ALPHANUMERIC);
    gevuld.plan_href = frame::is_veilig_thuis(toestand, wie)
        .then(|| format!("/overdrachtstafel/bijeenkomsten/nieuw?gemeente={gecodeerd}"));
    Ok(gevuld)
}

fn is_klaar(status: Status) -> bool {
    matches!(status, Status::Gehaald | Status::Geweigerd | Status::Vervallen)
}

/// What waits, and what was answered today: in the order of the meeting, and then in that in which it was offered.
fn agenda(
    rijen: &[&OverdrachtRij],
    gekozen: Option<&OverdrachtRij>,
    eigen: &OrganisatieId,
    volgorde: &[OverdrachtId],
    nu: Instant,
) -> Vec<Agendapunt> {
    let van_vandaag = |rij: &OverdrachtRij| rij.beslist_op.is_some_and(|op| op.dag() == nu.dag());
    let dit = |rij: &OverdrachtRij| gekozen.is_some_and(|gekozen| gekozen.overdracht == rij.overdracht);
    let mut op_agenda: Vec<_> = rijen.iter().filter(|rij| is_open(rij) || van_vandaag(rij) || dit(rij)).collect();
    let plaats = |rij: &OverdrachtRij| volgorde.iter().position(|id| *id == rij.overdracht).unwrap_or(usize::MAX);
    op_agenda.sort_by_key(|rij| (plaats(rij), rij.aangeboden_op));
    let punt = |rij: &&&OverdrachtRij| {
        let (status, tekst) = agendastatus(rij, dit(rij), nu);
        Agendapunt {
            nummer: rij.nummer.clone(),
            href: mag_openen(rij, eigen).then(|| adres(&rij.gemeente, Some(&rij.casus.to_string()), None)),
            status,
            tekst,
            gekozen: dit(rij),
        }
    };
    op_agenda.iter().map(punt).collect()
}

fn agendastatus(rij: &OverdrachtRij, gekozen: bool, nu: Instant) -> (Status, String) {
    let op = rij.beslist_op.map(|op| format!(", {}", kort(op, nu))).unwrap_or_default();
    match rij.stand.as_str() {
        "geaccepteerd" => (Status::Gehaald, format!("geaccepteerd{op}")),
        "geweigerd" => (Status::Geweigerd, format!("geweigerd{op}")),
        "ingetrokken" => (Status::Vervallen, format!("ingetrokken{op}")),
        "opgeschort" => (Status::KanNiet, "opgeschort: nieuwe melding".to_owned()),
        _ if gekozen => (Status::AanZet, "nu op tafel".to_owned()),
        _ => (Status::Volgt, "volgt".to_owned()),
    }
}

/// `13.38 uur` today, else `6 apr`.
fn kort(op: Instant, nu: Instant) -> String {
    if op.dag() == nu.dag() { opmaak::tijd(op.lokaal().time()) } else { opmaak::dag_maand_kort(op.dag()) }
}

/// The latest outcomes and offers, newest first; numbers only.
fn net_gebeurd(toestand: &Toestand, rijen: &[&OverdrachtRij], nu: Instant) -> Vec<Voorval> {
    let naam = |organisatie: &OrganisatieId| toestand.app.naam_van(organisatie);
    let mut alle: Vec<(Instant, String)> = Vec::new();
    for rij in rijen {
        let (van, naar, nummer) = (naam(&rij.van), naam(&rij.naar), &rij.nummer);
        alle.push((rij.aangeboden_op, format!("{van} bood {nummer} aan {naar} aan")));
        let uitkomst = match rij.stand.as_str() {
            "geaccepteerd" => format!("{naar} accepteerde {nummer}"),
            "geweigerd" => format!("{naar} weigerde {nummer}. Het zicht ging niet over"),
            "ingetrokken" => format!("{van} trok het aanbod van {nummer} in"),
            _ => continue,
        };
        alle.extend(rij.beslist_op.map(|op| (op, uitkomst)));
    }
    alle.sort_by_key(|(op, _)| std::cmp::Reverse(*op));
    let voorval = |(op, tekst)| Voorval { tijd: kort(op, nu), tekst };
    alle.into_iter().take(VOORVALLEN_MAX).map(voorval).collect()
}

/// Lays the casus of an offer on the table.
fn leg_op_tafel(gevuld: &mut OverdrachtstafelPagina, aanbod: &Aanbod<'_>, invoer: &Invoer) {
    gevuld.op_tafel = Some(op_tafel(aanbod, invoer));
    gevuld.fouten.clone_from(&invoer.fouten);
    gevuld.weigering.clone_from(&invoer.weigering);
    gevuld.conflict.clone_from(&invoer.conflict);
    gevuld.opdracht = aanbod.toestand.nieuw_opdrachtnummer();
    gevuld.versie = aanbod.beeld.versie.to_string();
}

fn op_tafel(aanbod: &Aanbod<'_>, invoer: &Invoer) -> OpTafel {
    let beeld = aanbod.beeld;
    let antwoorden = inhoud::criteria(aanbod);
    let (oordeel, oordeel_tekst) = oordeel(&antwoorden, !inhoud::afwijkingen(aanbod).is_empty());
    let regel = aanbod.bundel.inhoud.regel.get(&Code::CriteriaNietBeantwoord);
    OpTafel {
        naam: beeld
            .huishoudnaam
            .as_deref()
            .map_or_else(|| format!("Casus {}", beeld.nummer), |naam| format!("Huishouden {naam}")),
        kenmerk: kenmerk(beeld),
        casus_href: Some(format!("/casussen/{}", beeld.id)),
        band: zichtband(aanbod.toestand, beeld),
        feiten: feiten(aanbod),
        oordeel,
        oordeel_tekst,
        clausule: regel.map_or_else(
            || Clausule::new(""),
            |regel| tekst::clausule(aanbod.toestand, &aanbod.bundel, &regel.clausule),
        ),
        criteria: antwoorden.iter().map(criterium).collect(),
        vt: kant_vt(aanbod),
        ontvanger: kant_ontvanger(aanbod, invoer),
        gesprekken: tafelbesluit::gesprekken(aanbod),
        besluit_href: aanbod
            .beeld
            .handelingen
            .iter()
            .any(|handeling| handeling.naam == "bespreek-aan-tafel" && handeling.kan())
            .then(|| format!("/casussen/{}/doe/bespreek-aan-tafel", beeld.id)),
        brieven: tafelbesluit::brieven(aanbod),
    }
}

fn kenmerk(beeld: &CasusBeeld) -> String {
    let personen = opmaak::aantal(als_u64(beeld.personen.len()), "persoon", "personen");
    format!("{} · {} · {personen}", beeld.nummer, beeld.staat.gemeente)
}

fn feiten(aanbod: &Aanbod<'_>) -> Vec<Feit> {
    let beeld = aanbod.beeld;
    let mut feiten = vec![Feit::new("Huishouden", inhoud::huishouden(&beeld.personen))];
    let van_aanbod = |sleutel: &str| beeld.tekst_bij(aanbod.overdracht.feit.versie, &format!("onderdeel:{sleutel}"));
    let ontvangen = aanbod.meldingen().last().map(|melding| tekst::moment(melding.ontvangen_op, beeld.op));
    if let Some(melding) = van_aanbod("inhoud-melding") {
        feiten.push(Feit::new("Melding", format!("{}. {melding}", ontvangen.unwrap_or_default())));
    }
    if let Some(taxatie) = inhoud::taxatie(aanbod) {
        feiten.push(Feit::new("Veiligheidstaxatie", taxatie));
    }
    let weet = if aanbod.overdracht.gezin_geinformeerd {
        "Geïnformeerd over de overdracht"
    } else {
        "Nog niet geïnformeerd"
    };
    feiten.push(Feit::new("Gezin", weet));
    feiten.extend(inhoud::afwijkingen(aanbod));
    feiten
}

/// Whether the answers allow a direct handover. The domain decided already; this says it in words.
fn oordeel(antwoorden: &[inhoud::Beantwoord], met_reden: bool) -> (Pil, String) {
    let ja = antwoorden.iter().any(|vraag| vraag.antwoord == Some(Antwoord::Ja));
    let leeg = antwoorden.iter().any(|vraag| vraag.antwoord.is_none());
    let pil = match (antwoorden.is_empty(), ja, leeg) {
        (true, _, _) | (false, _, true) => Pil::new(Status::KanNiet, "Kan nog niet"),
        (false, false, false) => Pil::new(Status::Gehaald, "Mag direct worden overgedragen"),
        (false, true, false) if met_reden => Pil::new(Status::Deels, "Mag, met een reden"),
        (false, true, false) => Pil::new(Status::KanNiet, "Mag niet direct"),
    };
    let tekst = if antwoorden.is_empty() {
        "De vragen zijn nog niet beantwoord".to_owned()
    } else {
        inhoud::oordeel(antwoorden)
    };
    (pil, tekst)
}

fn criterium(vraag: &inhoud::Beantwoord) -> TafelCriterium {
    let antwoord = match (vraag.antwoord, vraag.was_ja.is_some()) {
        (Some(Antwoord::Ja), _) => "ja",
        (Some(Antwoord::Nee), true) => "nee, was eerst ja",
        (Some(Antwoord::Nee), false) => "nee",
        (None, _) => "niet beantwoord",
    };
    let richtlijn = if vraag.soort == Some(Soort::Richtlijn) { " (richtlijn)" } else { "" };
    let reden = vraag.was_ja.as_ref().map(|reden| format!(" {reden}")).unwrap_or_default();
    TafelCriterium {
        antwoord: antwoord.to_owned(),
        bezwaar: vraag.is_bezwaar(),
        vraag: format!("{}{richtlijn}{reden}", vraag.vraag),
    }
}

fn kant_vt(aanbod: &Aanbod<'_>) -> VtKolom {
    let ontvanger = aanbod.ontvanger();
    VtKolom {
        houder: houder(aanbod.toestand, &aanbod.overdracht.feit.organisatie),
        besluit: Some(format!("Overdragen aan {ontvanger}")),
        vastgelegd: format!("Aangeboden {}.", aanbod.moment(aanbod.overdracht.feit.vastgelegd_op)),
        opmerking: match (&aanbod.overdracht.stand, aanbod.is_opgeschort()) {
            (Stand::Open, true) => "Er kwam een nieuwe melding binnen. Weeg die eerst.".to_owned(),
            (Stand::Open, false) => {
                format!("Alleen {ontvanger} kan accepteren. Tot dan houdt {} het zicht.", aanbod.naam_houder())
            }
            _ => String::new(),
        },
        actie: (aanbod.is_open() && !aanbod.is_ontvanger()).then(|| VtActie {
            tekst: "Bekijk het aanbod".to_owned(),
            href: overdracht::href(aanbod.beeld.id, aanbod.overdracht),
        }),
    }
}

fn kant_ontvanger(aanbod: &Aanbod<'_>, invoer: &Invoer) -> OntvangerKolom {
    let ontvanger = aanbod.ontvanger();
    let kan_nu = aanbod.is_open() && !aanbod.is_opgeschort();
    let soort = aanbod.bundel.soort_van(&aanbod.overdracht.naar);
    let plichten = termijnplichten(&aanbod.bundel, soort, aanbod.overdracht.fase, Ankers::van(aanbod));
    let plichten: String = plichten.iter().map(|plicht| format!(" {}.", wanneer_plicht(plicht))).collect();
    let gevolg = match (aanbod.is_open(), aanbod.is_opgeschort(), aanbod.is_ontvanger()) {
        (false, _, _) => aanbod.uitkomst(),
        (true, true, _) => "Het aanbod wacht tot de nieuwe melding is gewogen.".to_owned(),
        (true, false, true) => format!("Vanaf uw akkoord heeft {ontvanger} het zicht op veiligheid.{plichten}"),
        (true, false, false) => {
            format!("Als {ontvanger} accepteert, heeft {ontvanger} het zicht op veiligheid.{plichten}")
        }
    };
    OntvangerKolom {
        houder: houder(aanbod.toestand, &aanbod.overdracht.naar),
        pil: kan_nu.then(|| aanbod.pil_aan_zet()),
        gevolg,
        antwoord: (kan_nu && aanbod.is_ontvanger()).then(|| TafelAntwoord {
            namens: ontvanger,
            accepteer_actie: format!("{}?van=tafel", aanbod.actie("accepteer")),
            weiger_actie: format!("{}?van=tafel", aanbod.actie("weiger")),
            redenen: redenen(&invoer.waarden),
            toelichting: invoer.een("weiger_toelichting"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::overdracht::testhulp::{bundel, op};
    use super::*;
    use domain::ids::{CasusId, OverdrachtId};

    fn rij(nummer: u128, stand: &str, aangeboden: &str, beslist: Option<&str>) -> OverdrachtRij {
        let id = format!("{nummer:032x}");
        OverdrachtRij {
            casus: id.parse::<CasusId>().unwrap(),
            organisatie: "socius".into(),
            overdracht: id.parse::<OverdrachtId>().unwrap(),
            nummer: format!("Z26-{nummer:07}"),
            van: "veilig-thuis-kennemerland".into(),
            naar: "socius".into(),
            gemeente: "Beverwijk".into(),
            wijze: "overdrachtstafel".into(),
            stand: stand.into(),
            compleet: true,
            aangeboden_op: op(aangeboden),
            beslist_op: beslist.map(op),
            uiterlijk: None,
            aan_zet: (stand == "open").then(|| "socius".into()),
            zet: None,
            per: None,
        }
    }

    #[test]
    fn op_de_agenda_staat_wat_wacht_en_wat_vandaag_is_beantwoord() {
        let nu = op("2026-04-07T13:48:00");
        let rijen = [
            rij(3, "open", "2026-04-07T09:00:00", None),
            rij(1, "geaccepteerd", "2026-04-02T09:00:00", Some("2026-04-07T13:38:00")),
            rij(2, "geweigerd", "2026-04-03T09:00:00", Some("2026-04-07T13:44:00")),
            rij(4, "geaccepteerd", "2026-03-01T09:00:00", Some("2026-03-02T10:00:00")),
        ];
        let rijen: Vec<_> = rijen.iter().collect();
        let agenda_in = |volgorde: &[OverdrachtId]| agenda(&rijen, Some(rijen[0]), &"socius".into(), volgorde, nu);
        let nummers = agenda_in(&[rijen[0].overdracht, rijen[1].overdracht]).into_iter().map(|punt| punt.nummer);
        let verwacht = ["Z26-0000003", "Z26-0000001", "Z26-0000002"];
        assert_eq!(nummers.collect::<Vec<_>>(), verwacht, "eerst de volgorde van de bijeenkomst");
        let agenda = agenda_in(&[]);
        let getoond: Vec<_> = agenda.iter().map(|punt| (punt.nummer.as_str(), punt.status, punt.gekozen)).collect();
        assert_eq!(
            getoond,
            [
                ("Z26-0000001", Status::Gehaald, false),
                ("Z26-0000002", Status::Geweigerd, false),
                ("Z26-0000003", Status::AanZet, true),
            ]
        );
        assert_eq!(agenda[0].tekst.replace('\u{a0}', " "), "geaccepteerd, 13.38 uur");
        assert!(agenda[1].href.is_none(), "wie weigerde, ziet de casus niet meer");
    }

    #[test]
    fn alleen_waar_de_afspraak_een_tafel_kent_is_er_een() {
        let heeft_tafel = |gemeente: &str| !tafelpartijen(&bundel(gemeente), gemeente).is_empty();
        assert!(heeft_tafel("Velsen") && !heeft_tafel("Zutphen") && !heeft_tafel("Alkmaar"));
    }

    #[test]
    fn een_team_zit_alleen_aan_de_tafel_van_zijn_gemeente() {
        let afspraken = super::super::overdracht::testhulp::afspraken();
        let dag = jiff::civil::date(2026, 4, 7);
        let zit = |organisatie: &str, gemeente: &str| {
            zit_aan(afspraken.voor_gemeente(gemeente, dag).unwrap(), &organisatie.into(), gemeente)
        };
        assert!(zit("socius", "Velsen") && !zit("socius", "Heemskerk"));
        assert!(zit("veilig-thuis-kennemerland", "Heemskerk"));
        assert!(!zit("sociaal-team-beverwijk", "Beverwijk"), "dit team heeft deze taak niet");
    }

    #[test]
    fn een_adres_noemt_gemeente_en_casus_en_is_gecodeerd() {
        assert_eq!(adres("Dijk en Waard", Some("7"), None), "/overdrachtstafel?gemeente=Dijk%20en%20Waard&casus=7");
    }

    #[test]
    fn niet_beantwoord_staat_in_de_weg_en_was_eerst_ja_blijft_staan() {
        let vraag = |antwoord, was_ja: Option<&str>| inhoud::Beantwoord {
            vraag: "Is er letsel?".into(),
            soort: Some(Soort::Dwingend),
            antwoord,
            was_ja: was_ja.map(str::to_owned),
        };
        assert_eq!(oordeel(&[vraag(None, None)], false).0.status, Status::KanNiet);
        assert_eq!(oordeel(&[], false).0.status, Status::KanNiet);
        assert_eq!(oordeel(&[vraag(Some(Antwoord::Ja), None)], true).0.status, Status::Deels);
        let was_ja = criterium(&vraag(Some(Antwoord::Nee), Some("Reden: oude foto.")));
        assert_eq!((was_ja.antwoord.as_str(), was_ja.bezwaar), ("nee, was eerst ja", false));
        assert!(was_ja.vraag.ends_with("Reden: oude foto."));
    }
}
