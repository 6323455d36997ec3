//! Acts on a casus: which there are, their forms, and the answer when one is refused.

mod groepen;

pub(crate) use groepen::keuzes;

use super::{
    casus::{Deel, huidige_bundel, kop_met, laad},
    formulier::{self, Formulierdeel, HERSTEL},
    tekst::{clausule, gebeurtenis, moment},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::kader,
    opmaak,
    pages::{
        handeling::HandelingPagina,
        kader::Plek,
        onderdelen::{Conflict, Feit, Icoon, TochDoen, Verandering, Weigergrond, Weigering},
        veld::{VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{Actor, Antwoord, AppFout, Opdracht, Wens, lezen::CasusBeeld};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    afspraak::{Bundel, Inhoud, Soort},
    contact::Contactweg,
    ids::{CasusId, CommandId},
    tijd::Instant,
    weigering::{Code, Reden},
};
use serde::Deserialize;

/// Acts that belong to a part of a casus with a page of its own: the name without what it is about, and that part.
pub(crate) fn blad_van(handeling: &str) -> Option<(&str, Deel)> {
    let naam = handeling.split(':').next().unwrap_or(handeling);
    let deel = match naam {
        "stel-voorwaarde"
        | "maak-veiligheidsafspraak"
        | "toets-planregel"
        | "beeindig-planregel"
        | "stel-plan-op"
        | "evalueer-plan" => Deel::Plan,
        "bied-steun"
        | "bespreek-dwang"
        | "neem-initiatief"
        | "leg-antwoord-maatregel-vast"
        | "schaal-op"
        | "leg-escalatiebesluit-vast"
        | "leg-antwoord-gemeente-vast"
        | "stel-afwijking-voor"
        | "beantwoord-afwijking" => Deel::Samenwerking,
        _ => return None,
    };
    Some((naam, deel))
}

/// Title and icon of an act, by its name.
pub(crate) fn titel(naam: &str) -> Option<(&'static str, Icoon)> {
    // Which document is said by the agreement, or by its own id; which meeting by its id.
    let eigen = [MAAK_DOCUMENT, VERZEND_DOCUMENT, VEILIG_CONTACT, ADRES, AAN_TAFEL, HERSTEL];
    let naam = eigen.into_iter().find(|eigen| deel_van(naam, eigen)).unwrap_or(naam);
    Some(match blad_van(naam).map_or(naam, |(kaal, _)| kaal) {
        "accepteer-overdracht" => ("Overdracht beantwoorden", Icoon::AanZet),
        "bevestig-ontvangst-gegevens" => ("Ontvangst van de gegevens bevestigen", Icoon::Document),
        "erken-spoed" => ("Spoed vaststellen", Icoon::Bliksem),
        "wijs-spoed-af" => ("Vastleggen dat er geen spoed is", Icoon::CirkelStreep),
        "rond-beoordeling-af" => ("Veiligheidsbeoordeling afronden", Icoon::Vink),
        "vul-instrument-in" => ("Triage-instrument invullen", Icoon::Document),
        "houd-overleg" => ("Overleg over de melding vastleggen", Icoon::Mensen),
        "vraag-informatie" => ("Informatie vragen", Icoon::Vraag),
        "leg-informatie-vast" => ("Antwoord op een verzoek vastleggen", Icoon::Document),
        "beantwoord-criteria" => ("Antwoorden over directe overdracht wijzigen", Icoon::Document),
        "besluit-vervolg:directe-overdracht" => ("Besluiten tot directe overdracht", Icoon::AanZet),
        "besluit-vervolg:vervolg-bij-veilig-thuis" => ("Besluiten: vervolg bij Veilig Thuis", Icoon::Oog),
        "besluit-vervolg:geen-verdere-stappen" => ("Besluiten: geen verdere stappen", Icoon::Slot),
        "leg-contact-gezin-vast" => ("Contact met het gezin vastleggen", Icoon::Telefoon),
        "maak-afspraak-gezin" => ("Afspraak met het gezin vastleggen", Icoon::Kalender),
        "informeer-gezin" => ("Vastleggen dat het gezin is geïnformeerd", Icoon::Mensen),
        "koppel-terug-aan-melder" => ("Terugkoppeling aan de melder vastleggen", Icoon::Telefoon),
        "bied-overdracht-aan" => ("Overdracht aanbieden", Icoon::AanZet),
        "verzend-gegevens" => ("Vastleggen dat de gegevens zijn verstuurd", Icoon::Document),
        "noteer-mondelinge-bevestiging" => ("Mondelinge bevestiging noteren", Icoon::Telefoon),
        "trek-overdracht-in" => ("Aanbod intrekken", Icoon::CirkelKruis),
        AAN_TAFEL => ("Besluit van de overdrachtstafel vastleggen", Icoon::Mensen),
        "wijs-medewerker-toe" => ("Mij deze casus toewijzen", Icoon::Mensen),
        "leg-incident-vast" => ("Incident vastleggen", Icoon::Driehoek),
        "leg-regie-vast" => ("Regie op andere leefgebieden vastleggen", Icoon::Mensen),
        "neem-zicht-over" => ("Zicht op veiligheid overnemen", Icoon::Oog),
        "start-dienst:voorwaarden-en-vervolg" => ("Dienst starten: Voorwaarden en Vervolg", Icoon::Plus),
        "start-dienst:onderzoek" => ("Dienst starten: Onderzoek", Icoon::Plus),
        "rond-dienst-af" => ("Dienst afronden", Icoon::Vink),
        "houd-huisbezoek" => ("Huisbezoek vastleggen", Icoon::Mensen),
        "houd-warme-overdracht" => ("Warme overdracht vastleggen", Icoon::Mensen),
        "vul-inhoud-aan" => ("Inhoud van de overdracht aanvullen", Icoon::Document),
        "leg-monitormoment-vast" => ("Monitormoment vastleggen", Icoon::CirkelVink),
        "plan-monitormoment" => ("Extra monitormoment plannen", Icoon::Kalender),
        "rond-monitoring-af" => ("Monitoring afronden", Icoon::CirkelStreep),
        "raadpleeg-veilig-thuis" => ("Overleg met Veilig Thuis vastleggen", Icoon::Telefoon),
        "spreek-deeltaak-af" => ("Deeltaak afspreken", Icoon::Plus),
        "leg-contactveiligheid-vast" => ("Vastleggen hoe contact veilig is", Icoon::Slot),
        "leg-adres-vast" => ("Adres vastleggen", Icoon::Huis),
        HERSTEL => ("Tijdstip herstellen", Icoon::Klok),
        "doe-tegenvoorstel" => ("Niet nu, maar vanaf een latere dag", Icoon::Kalender),
        "aanvaard-tegenvoorstel" => ("Akkoord met de latere dag", Icoon::Kalender),
        "stuur-aanbod-door" => ("Een ander team noemen dat beter past", Icoon::Pijl),
        "corrigeer-melding" => ("Uw melding verbeteren", Icoon::Vlag),
        "trek-melding-in" => ("Vragen uw melding in te trekken", Icoon::Vlag),
        "maak-document" => ("Document schrijven", Icoon::Document),
        "verzend-document" => ("Vastleggen dat een document is verstuurd", Icoon::Document),
        "rond-deeltaak-af" => ("Deeltaak afronden", Icoon::Vink),
        "leg-plicht-vast" => ("Vastleggen wie het heeft gehoord", Icoon::Mensen),
        "stel-informeren-uit" => ("Informeren van het gezin uitstellen", Icoon::Klok),
        "schakel-crisisdienst-in" => ("Crisisdienst inschakelen", Icoon::Bliksem),
        "meld-crisis-stabiel" => ("Vastleggen dat de crisis stabiel is", Icoon::Vink),
        "verhuis-gezin" => ("Verhuizing van het gezin vastleggen", Icoon::Huis),
        "sluit-casus:stabiel-veilig" => ("Casus sluiten: stabiel veilig", Icoon::Slot),
        "sluit-casus:gestopt" => ("Casus sluiten: hulp gestopt", Icoon::Slot),
        "sluit-casus:geen-hg-km" => ("Casus sluiten: geen geweld of mishandeling", Icoon::Slot),
        "sluit-casus:geen-gezin" => ("Casus sluiten: gezin niet te vinden", Icoon::Slot),
        "stem-in-met-sluiting" => ("Instemmen met sluiten", Icoon::Slot),
        "vul-melding-aan" => ("Melding aanvullen met de melder", Icoon::Vlag),
        "beslis-over-intrekking" => ("Beslissen over het intrekken van een melding", Icoon::Vlag),
        "leg-gi-vast" => ("Gezinsvoogd of casemanager vastleggen", Icoon::Mensen),
        "leg-contact-beroepskracht-vast" => ("Contact met een beroepskracht vastleggen", Icoon::Telefoon),
        anders => return titel_samen(anders),
    })
}

/// Those of the plan, and of what the parties do together.
fn titel_samen(naam: &str) -> Option<(&'static str, Icoon)> {
    Some(match naam {
        "stel-voorwaarde" => ("Veiligheidsvoorwaarde stellen", Icoon::Plus),
        "maak-veiligheidsafspraak" => ("Veiligheidsafspraak maken", Icoon::Plus),
        "toets-planregel" => ("Vastleggen of een voorwaarde of afspraak lukt", Icoon::CirkelVink),
        "beeindig-planregel" => ("Voorwaarde of afspraak beëindigen", Icoon::CirkelStreep),
        "stel-plan-op" => ("Eigen deel van het plan schrijven", Icoon::Document),
        "evalueer-plan" => ("Evaluatie van het plan vastleggen", Icoon::Kalender),
        "bied-steun" => ("Steun van Veilig Thuis vastleggen", Icoon::Mensen),
        "bespreek-dwang" => ("Overleg over dwang vastleggen", Icoon::Mensen),
        "neem-initiatief" => ("Maatregel vragen", Icoon::AanZet),
        "leg-antwoord-maatregel-vast" => ("Antwoord op een maatregel vastleggen", Icoon::Document),
        "schaal-op" => ("Opschalen", Icoon::Pijl),
        "leg-escalatiebesluit-vast" => ("Besluit van de leidinggevenden vastleggen", Icoon::Vink),
        "leg-antwoord-gemeente-vast" => ("Antwoord van de gemeente vastleggen", Icoon::Document),
        "stel-afwijking-voor" => ("Afwijking voorstellen", Icoon::RuitVraag),
        "beantwoord-afwijking" => ("Voorstel om af te wijken beantwoorden", Icoon::Vraag),
        _ => return None,
    })
}

const MAAK_DOCUMENT: &str = "maak-document";
const VERZEND_DOCUMENT: &str = "verzend-document";
const VEILIG_CONTACT: &str = "leg-contactveiligheid-vast";
const ADRES: &str = "leg-adres-vast";
const AAN_TAFEL: &str = "bespreek-aan-tafel";

/// Whether an act is this one, of whatever kind.
fn deel_van(naam: &str, handeling: &str) -> bool {
    naam.split_once(':').is_some_and(|(eigen, _)| eigen == handeling)
}

/// What to say after an act was recorded, by its name.
pub fn vastgelegd(naam: &str) -> Option<&'static str> {
    Some(match naam {
        "meld" => "De melding is vastgelegd.",
        "erken-spoed" => "De spoed is vastgelegd. Veilig Thuis heeft nu het zicht op veiligheid.",
        "wijs-spoed-af" => "Vastgelegd: er is geen spoed.",
        "rond-beoordeling-af" => "De veiligheidsbeoordeling is vastgelegd.",
        "vul-instrument-in" => "De antwoorden van het triage-instrument zijn vastgelegd.",
        "houd-overleg" => "Het overleg is vastgelegd.",
        "vraag-informatie" => "Het verzoek is vastgelegd. Zolang er geen antwoord is, is het onbekend.",
        "leg-informatie-vast" => "Het antwoord is vastgelegd.",
        "beantwoord-criteria" => "De antwoorden zijn vastgelegd.",
        "besluit-vervolg" => "Het besluit is vastgelegd.",
        "leg-contact-gezin-vast" => "Het contact met het gezin is vastgelegd.",
        "maak-afspraak-gezin" => "De afspraak met het gezin is vastgelegd.",
        "informeer-gezin" => "Vastgelegd: het gezin is geïnformeerd.",
        "koppel-terug-aan-melder" => "De terugkoppeling is vastgelegd.",
        "bied-overdracht-aan" => "De overdracht is aangeboden. Het zicht gaat pas over als de ontvanger accepteert.",
        "verzend-gegevens" => "Vastgelegd: de gegevens zijn verstuurd.",
        "bevestig-ontvangst-gegevens" => "De ontvangst is bevestigd.",
        "noteer-mondelinge-bevestiging" => {
            "De bevestiging is genoteerd. Het zicht verandert pas als de ontvanger zelf accepteert."
        }
        "accepteer-overdracht" => "De overdracht is geaccepteerd. Bovenaan staat wie nu het zicht op veiligheid heeft.",
        "weiger-overdracht" => "De overdracht is geweigerd. Veilig Thuis houdt het zicht op veiligheid.",
        "trek-overdracht-in" => "Het aanbod is ingetrokken. Veilig Thuis houdt het zicht op veiligheid.",
        "wijs-medewerker-toe" => "De casus is aan u toegewezen.",
        "leg-incident-vast" => "Het incident is vastgelegd.",
        "kies-huishouden" => "Het besluit over het gezin is vastgelegd. U kunt het later herzien.",
        "verplaats-melding" => "De melding gaat naar de andere casus. De termijnen lopen vanaf de ontvangst.",
        "leg-regie-vast" => "De regie is vastgelegd.",
        "neem-zicht-over" => "Veilig Thuis heeft het zicht op veiligheid overgenomen.",
        "sluit-casus" | "stem-in-met-sluiting" => "De casus is gesloten.",
        _ => return vastgelegd_vervolg(naam),
    })
}

fn vastgelegd_vervolg(naam: &str) -> Option<&'static str> {
    Some(match naam {
        SLUITING_VOORGESTELD => "Uw voorstel om te sluiten is vastgelegd. Een tweede medewerker moet nog instemmen.",
        "start-dienst" => "De dienst is gestart. Veilig Thuis houdt het zicht op veiligheid.",
        "houd-huisbezoek" => "Het huisbezoek is vastgelegd.",
        "rond-dienst-af" => "De dienst is afgerond.",
        "houd-warme-overdracht" => {
            "De warme overdracht is vastgelegd. Het zicht verandert pas als de ontvanger accepteert."
        }
        "vul-inhoud-aan" => "De inhoud is aangevuld.",
        "leg-monitormoment-vast" => "Het monitormoment is vastgelegd.",
        "plan-monitormoment" => "Het extra monitormoment is gepland.",
        "rond-monitoring-af" => "De monitoring is afgerond.",
        "raadpleeg-veilig-thuis" => "Het overleg met Veilig Thuis is vastgelegd.",
        "doe-tegenvoorstel" => "Uw tegenvoorstel is vastgelegd. Wie het zicht heeft, houdt het.",
        "aanvaard-tegenvoorstel" => "Afgesproken. U houdt het zicht tot de ontvanger op of na die dag accepteert.",
        AAN_TAFEL => "Het besluit van de tafel is vastgelegd. Het zicht gaat pas over na acceptatie.",
        "stuur-aanbod-door" => "Vastgelegd. Wie aanbood, houdt het zicht en biedt de casus opnieuw aan.",
        "corrigeer-melding" => "Uw verbetering is vastgelegd. Wat er stond, blijft erbij staan.",
        "trek-melding-in" => "Uw vraag is vastgelegd. Veilig Thuis beslist; tot dan verandert er niets.",
        VEILIG_CONTACT => "Vastgelegd hoe contact veilig is. Wie contact zoekt, ziet dit.",
        ADRES => "Het adres is vastgelegd.",
        HERSTEL => "Het tijdstip is hersteld. Wie het zicht had, verandert niet.",
        MAAK_DOCUMENT => "Het document is geschreven en bewaard. Het staat bij Documenten.",
        VERZEND_DOCUMENT => "Vastgelegd: het document is verstuurd.",
        "voeg-bijlagen-toe" => "De bestanden zijn toegevoegd. Ze staan hieronder.",
        "spreek-deeltaak-af" => "De deeltaak is afgesproken. Het zicht op veiligheid verandert niet.",
        "rond-deeltaak-af" => "De deeltaak is afgerond.",
        "leg-plicht-vast" => "Vastgelegd.",
        "stel-informeren-uit" => "Het uitstel is vastgelegd.",
        "schakel-crisisdienst-in" => "De crisisdienst is ingeschakeld. Het zicht op veiligheid verandert niet.",
        "meld-crisis-stabiel" => "Vastgelegd: de crisis is stabiel.",
        "verhuis-gezin" => "De verhuizing is vastgelegd.",
        "vul-melding-aan" => "De melding is aangevuld.",
        "beslis-over-intrekking" => {
            "De beslissing over het intrekken is vastgelegd. Wie het zicht heeft, verandert niet."
        }
        "leg-gi-vast" => "Vastgelegd, voor deze ene persoon.",
        "leg-contact-beroepskracht-vast" => "Het contact is vastgelegd.",
        "stel-voorwaarde" => "De veiligheidsvoorwaarde staat in het plan.",
        "maak-veiligheidsafspraak" => "De veiligheidsafspraak staat in het plan.",
        "toets-planregel" => "Vastgelegd hoe het gaat.",
        "beeindig-planregel" => "De voorwaarde of afspraak is beëindigd.",
        "stel-plan-op" => "Het deel van uw organisatie staat in het plan.",
        "evalueer-plan" => "De evaluatie is vastgelegd.",
        "bied-steun" => "De steun is vastgelegd.",
        "bespreek-dwang" => "Het overleg over dwang is vastgelegd.",
        "neem-initiatief" => "Vastgelegd dat u deze maatregel vraagt. Er is niets verstuurd.",
        "leg-antwoord-maatregel-vast" => "Het antwoord is vastgelegd.",
        "schaal-op" => "De stap is vastgelegd. De andere partij ziet dit.",
        "leg-escalatiebesluit-vast" => "Het besluit is vastgelegd.",
        "leg-antwoord-gemeente-vast" => "Het antwoord van de gemeente is vastgelegd.",
        "stel-afwijking-voor" => "Het voorstel is vastgelegd. Tot de andere partij instemt, geldt de afspraak zelf.",
        "beantwoord-afwijking" => "Uw antwoord op het voorstel is vastgelegd.",
        _ => return None,
    })
}

/// What is wrong, with what exactly is missing, in plain Dutch.
pub(crate) fn uitleg(bundel: &Bundel, reden: &Reden) -> String {
    let inhoud = &bundel.inhoud;
    let namen: Vec<String> = reden
        .ontbreekt
        .iter()
        .map(|sleutel| match reden.code {
            Code::GeenDagOmTeBeginnen | Code::NogNietAfgesproken => sleutel
                .parse()
                .map_or_else(|_| sleutel.clone(), |dag| format!("dat kan vanaf {}", opmaak::datum_met_jaar(dag))),
            Code::DienstOverlapt => sleutel.replace(' ', "T").parse().map_or_else(
                |_| sleutel.clone(),
                |op: jiff::civil::DateTime| {
                    format!("al bezet vanaf {}, {}", opmaak::datum_met_jaar(op.date()), opmaak::tijd(op.time()))
                },
            ),
            Code::NogNietStabielVeilig => sleutel.parse().map_or_else(
                |_| sleutel.clone(),
                |dag| format!("kan op zijn vroegst op {}", opmaak::datum_met_jaar(dag)),
            ),
            Code::NietInTakenpakket => inhoud
                .partij
                .get(&sleutel.as_str().into())
                .map_or_else(|| sleutel.clone(), |partij| partij.naam.clone()),
            Code::VoorwaardeNietVoldaan => {
                let regels = inhoud.sluiting.values().filter_map(|regel| regel.voorwaarden.get(sleutel));
                regels.map(|voorwaarde| voorwaarde.tekst.clone()).next().unwrap_or_else(|| sleutel.clone())
            }
            Code::ContactOnveilig => match serde_json::from_value::<Contactweg>(sleutel.clone().into()) {
                Ok(weg) => format!("wel veilig: {}", crate::handlers::veilig_contact::weg(weg)),
                Err(_) => sleutel.clone(),
            },
            Code::TaxatieAndersDanInstrument => serde_json::from_value(sleutel.clone().into())
                .map_or_else(|_| sleutel.clone(), |deel| crate::handlers::tekst::triagedeel(deel).to_owned()),
            Code::TaxatieSpreektTegen => format!("de taxatie is: {}", sleutel.replace('-', " ")),
            Code::AndereWijze => format!("het moet via: {sleutel}"),
            Code::GezinNietAanwezig => format!("niet aanwezig: {}", sleutel.replace('-', " ")),
            Code::KeuzecriteriumNietBevestigd => {
                let regels = inhoud.dienst.values().filter_map(|regel| regel.keuzecriteria.get(sleutel));
                regels.map(|eis| eis.tekst.clone()).next().unwrap_or_else(|| sleutel.clone())
            }
            Code::RegievoorwaardeNietBevestigd => {
                inhoud.regievoorwaarde.get(sleutel).map_or_else(|| sleutel.clone(), |eis| eis.tekst.clone())
            }
            Code::GesprekspuntOntbreekt => {
                inhoud.gesprekspunt.get(sleutel).map_or_else(|| sleutel.clone(), |punt| punt.naam.clone())
            }
            Code::MonitorvraagNietBeantwoord => {
                inhoud.monitorvraag.get(sleutel).map_or_else(|| sleutel.clone(), |vraag| vraag.vraag.clone())
            }
            Code::MonitormomentOpen => {
                inhoud.termijn.get(sleutel).map_or_else(|| sleutel.clone(), |regel| regel.naam.clone())
            }
            _ => naam_van(inhoud, reden.code, sleutel),
        })
        .collect();
    match (reden.code, namen.len()) {
        (_, 0) => reden.code.uitleg().to_owned(),
        (Code::CriteriaNietBeantwoord, aantal) => {
            format!("{} Nog {aantal} van {}.", reden.code.uitleg(), inhoud.criterium.len())
        }
        _ => format!("{} {}", reden.code.uitleg(), opmaak::hoofdletter(&namen.join("; "))),
    }
}

/// The name of what is missing, as the agreement has it.
fn naam_van(inhoud: &Inhoud, code: Code, sleutel: &String) -> String {
    let vraag = inhoud.criterium.get(sleutel).map(|criterium| criterium.vraag.clone());
    let naam = inhoud.onderdeel.get(sleutel).map(|onderdeel| onderdeel.naam.clone());
    let in_plan = inhoud.plan.values().find_map(|plan| plan.onderdelen.get(sleutel));
    let in_plan = in_plan.filter(|_| code == Code::PlanonderdeelOntbreekt);
    if let Some(deel) = in_plan {
        return deel.naam.clone();
    }
    if let Some(stap) = inhoud.escalatie.get(sleutel).filter(|_| code == Code::StapOvergeslagen) {
        return stap.stap.clone();
    }
    let gevraagd = inhoud.meldvraag.get(sleutel).map(|vraag| vraag.vraag.clone());
    let deel = inhoud.document.values().find_map(|document| document.deel.get(sleutel));
    let naam = naam.or(deel.map(|deel| deel.naam.clone()));
    let partij = inhoud.partij.get(&sleutel.as_str().into()).map(|partij| partij.naam.clone());
    vraag.or(naam).or(gevraagd).or(partij).unwrap_or_else(|| sleutel.clone())
}

/// What a page that leads here has chosen already.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gekozen {
    bron: Option<String>,
    verzoek: Option<String>,
    plicht: Option<String>,
    /// Organisations, with a comma between them.
    aanwezig: Option<String>,
}

/// The form of an act.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, handeling)): Path<(String, String)>,
    Query(gekozen): Query<Gekozen>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let aanwezig = gekozen.aanwezig.unwrap_or_default();
    let aanwezig = aanwezig.split(',').filter(|wie| !wie.is_empty()).map(|wie| ("aanwezig", Some(wie.to_owned())));
    let gekozen = [("bron", gekozen.bron), ("verzoek", gekozen.verzoek), ("plicht", gekozen.plicht)].into_iter();
    let gekozen = gekozen.chain(aanwezig).filter_map(|(naam, waarde)| Some((naam.to_owned(), waarde?)));
    let waarden = Waarden::new(gekozen.collect());
    let mut blad = blad(&toestand, &wie, &beeld, &handeling, &waarden, Vec::new()).await?;
    weiger(&mut blad, vooraf(&toestand, &beeld, &handeling));
    Ok(pagina(&blad))
}

/// A guideline that stands in the way is told before anything is filled in, with the place for the reason.
fn vooraf(toestand: &Toestand, beeld: &CasusBeeld, handeling: &str) -> Option<Weigering> {
    let bekend = beeld.handelingen.iter().find(|bekend| bekend.naam == handeling)?;
    let weigering = bekend.weigering.as_ref()?;
    let bundel = huidige_bundel(toestand, beeld)?;
    Some(weigering_beeld(toestand, &bundel, weigering, &Waarden::default()))
}

/// The refusal brings a place for the reason along; one place for it is enough.
fn weiger(blad: &mut HandelingPagina, weigering: Option<Weigering>) {
    if let Some(toch) = weigering.as_ref().and_then(|weigering| weigering.toch_doen.as_ref()) {
        blad.velden.retain(|veld| veld.naam != toch.naam);
    }
    blad.weigering = weigering;
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &CasusBeeld,
    handeling: &str,
    waarden: &Waarden,
    fouten: Vec<VeldFout>,
) -> Result<HandelingPagina, WebFout> {
    let (tekst, _) = titel(handeling).ok_or(WebFout::NietGevonden)?;
    let bundel = huidige_bundel(toestand, beeld).ok_or(WebFout::NietGevonden)?;
    let Formulierdeel { gevolg, velden, feiten } =
        formulier::van(toestand, beeld, &bundel, handeling).ok_or(WebFout::NietGevonden)?;
    let namens = toestand.app.naam_van(&wie.actor.organisatie);
    let naam = handeling.split(':').next().unwrap_or(handeling);
    let mut feiten = feiten;
    feiten.extend(denk_aan(&bundel, naam));
    let opdracht = waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned);
    Ok(HandelingPagina {
        kader: kader(toestand, wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop_met(toestand, beeld, blad_van(handeling).map_or(Deel::Overzicht, |(_, deel)| deel)),
        titel: tekst.to_owned(),
        gevolg,
        clausule: bundel.inhoud.bevoegd.get(naam).map(|regel| clausule(toestand, &bundel, &regel.clausule)),
        feiten,
        melders: super::melder::bij_formulier(toestand, wie, beeld, &bundel, naam).await?,
        actie: format!("/casussen/{}/doe/{handeling}", beeld.id),
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &fouten)).collect(),
        fouten,
        weigering: None,
        conflict: None,
        opdracht,
        versie: beeld.versie.to_string(),
        knop: format!("Vastleggen namens {namens}"),
        annuleer_href: terug(beeld, handeling),
    })
}

/// The page from which an act is done.
fn terug(beeld: &CasusBeeld, handeling: &str) -> String {
    let bij_de_beoordeling = ["vraag-informatie", "leg-informatie-vast", "houd-overleg", "vul-instrument-in"];
    if bij_de_beoordeling.iter().any(|naam| handeling.starts_with(naam)) {
        return format!("/casussen/{}/beoordeling", beeld.id);
    }
    // A decision that a meeting took is recorded from the page of that meeting.
    if let Some((AAN_TAFEL, bijeenkomst)) = handeling.split_once(':') {
        return format!("/overdrachtstafel/bijeenkomsten/{bijeenkomst}");
    }
    blad_van(handeling).map_or(Deel::Overzicht, |(_, deel)| deel).href(beeld.id)
}

/// What the agreement asks to keep in mind at an act.
pub(crate) fn denk_aan(bundel: &Bundel, handeling: &str) -> Vec<Feit> {
    let teksten = bundel.aandachtspunten(handeling).filter_map(|id| bundel.inhoud.clausule.get(id));
    teksten.map(|clausule| Feit::new("Denk eraan", format!("{} ({})", clausule.tekst, clausule.plaats))).collect()
}

/// The act itself.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((casus, handeling)): Path<(String, String)>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &casus).await?;
    let bundel = huidige_bundel(&toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let (wens, gebeurd_op) = match formulier::wens(&toestand, &handeling, &waarden, &beeld, &bundel) {
        Ok(Some(gelezen)) => gelezen,
        Ok(None) => return Err(WebFout::NietGevonden),
        Err(fouten) => {
            let blad = blad(&toestand, &wie, &beeld, &handeling, &waarden, fouten).await?;
            return Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad));
        }
    };
    let opdracht = Opdracht { gebeurd_op, ..opdracht(&waarden, "", beeld.id, wie.actor.clone(), wens)? };
    match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => {
            let naam = gedaan(&opdracht.wens, &bundel);
            Ok(Redirect::to(&format!("{}?gedaan={naam}", terug(&beeld, &handeling))).into_response())
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            let fouten = fouten_bij(&weigering);
            let mut blad = blad(&toestand, &wie, &beeld, &handeling, &waarden, fouten).await?;
            // What is wrong stands above; beside the field it is only pointed at.
            blad.fouten = Vec::new();
            // What was refused is done anew with the reason: another request, so another number.
            blad.opdracht = toestand.nieuw_opdrachtnummer();
            weiger(&mut blad, Some(weigering_beeld(&toestand, &bundel, &weigering, &waarden)));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Ok(Antwoord::Conflict(conflict)) => {
            let mut blad = blad(&toestand, &wie, &beeld, &handeling, &waarden, Vec::new()).await?;
            blad.conflict = Some(conflict_beeld(&toestand, toestand.app.klok().nu(), &conflict));
            Ok(pagina_met_status(StatusCode::CONFLICT, &blad))
        }
        Err(AppFout::Ongeldig(fouten)) => {
            let naam = |veld: String| super::vragen::veldnaam(&veld).unwrap_or(veld);
            let fouten = fouten.into_iter().map(|fout| VeldFout::new(naam(fout.veld), fout.melding)).collect();
            let blad = blad(&toestand, &wie, &beeld, &handeling, &waarden, fouten).await?;
            Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad))
        }
        Err(fout) => Err(fout.into()),
    }
}

/// The fields that a refusal is about, each with what to do there.
fn fouten_bij(weigering: &domain::Weigering) -> Vec<VeldFout> {
    let redenen = std::iter::once(&weigering.reden).chain(&weigering.ook);
    let bij_veld = |reden: &Reden| {
        let wat = match reden.code {
            Code::MelderAfgeschermd => "Hier staat wie er meldde. Haal dat weg.",
            Code::InhoudOntbreekt | Code::DocumentOnvolledig => "Dit deel hoort erbij. Vul het in.",
            _ => return Vec::new(),
        };
        reden.ontbreekt.iter().map(|deel| VeldFout::new(format!("onderdeel_{deel}"), wat)).collect()
    };
    redenen.flat_map(bij_veld).collect()
}

/// Closing is a proposal first where the agreement asks for two workers.
const SLUITING_VOORGESTELD: &str = "sluiting-voorgesteld";

/// What to say that was recorded.
fn gedaan(wens: &Wens, bundel: &Bundel) -> String {
    let voorstel = match wens {
        Wens::SluitCasus(sluit) => sluit
            .wijze
            .and_then(|wijze| bundel.inhoud.sluiting.get(&wijze.als_str()))
            .is_some_and(|regel| regel.twee_personen),
        _ => false,
    };
    if voorstel { SLUITING_VOORGESTELD.to_owned() } else { wens.naam() }
}

/// The request of a form: its number, made with the form, and the version on which the reader decides. A second form
/// on the same page has the number with a suffix, and so a number of its own.
pub(crate) fn opdracht(
    waarden: &Waarden,
    achtervoegsel: &str,
    casus: CasusId,
    actor: Actor,
    wens: Wens,
) -> Result<Opdracht, WebFout> {
    let nummer = waarden.een("opdracht").unwrap_or_default();
    let kaal = nummer.strip_suffix(achtervoegsel).unwrap_or(nummer);
    let id = CommandId(kaal.parse().map_err(|_| WebFout::Ongeldig)?);
    let id = if achtervoegsel.is_empty() { id } else { CommandId(id.afgeleid(achtervoegsel)) };
    let verwacht = waarden.een("versie").and_then(|versie| versie.parse().ok());
    Ok(Opdracht { id, casus: Some(casus), verwacht, actor, gebeurd_op: None, wens })
}

/// A refusal as shown: what is wrong, by which clause, what to do.
pub(crate) fn weigering_beeld(
    toestand: &Toestand,
    bundel: &Bundel,
    weigering: &domain::Weigering,
    ingevuld: &Waarden,
) -> Weigering {
    let reden = &weigering.reden;
    let wat_te_doen = if weigering.mag_met_reden {
        "Dit is een richtlijn. Wilt u er toch van afwijken? Schrijf dan op waarom; de andere partij ziet uw reden."
    } else if reden.soort == Soort::RichtlijnSamen {
        "Hiervan wijkt u alleen samen af. Stel dat voor op het blad Samenwerking: het geldt als de andere partij instemt."
    } else {
        "Dit kan nu niet, ook niet met een reden. Er is niets vastgelegd."
    };
    Weigering {
        titel: uitleg(bundel, reden),
        wat_te_doen: wat_te_doen.to_owned(),
        clausule: Some(clausule(toestand, bundel, &reden.clausule)),
        clausule_id: reden.clausule.0.clone(),
        toch_doen: weigering.mag_met_reden.then(|| TochDoen {
            naam: "reden".to_owned(),
            waarde: ingevuld.een("reden").unwrap_or_default().to_owned(),
            fout: None,
        }),
        ook: weigering
            .ook
            .iter()
            .map(|ook| Weigergrond {
                tekst: uitleg(bundel, ook),
                clausule: Some(clausule(toestand, bundel, &ook.clausule)),
            })
            .collect(),
    }
}

/// What changed since the reader looked.
pub(crate) fn conflict_beeld(toestand: &Toestand, nu: Instant, conflict: &app::Conflict) -> Conflict {
    let veranderingen = conflict.veranderd.iter().map(|verandering| Verandering {
        wanneer: moment(verandering.op, nu),
        wat: gebeurtenis(&verandering.soort).to_owned(),
        door: toestand.app.naam_van(&verandering.organisatie),
    });
    Conflict { veranderingen: veranderingen.collect() }
}
