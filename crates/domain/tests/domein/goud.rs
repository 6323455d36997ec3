//! How events are stored is a promise: every line that was ever written in `goud/gebeurtenissen.jsonl` must be read for
//! ever, and written as the same bytes. Lines are added, never changed.

use domain::{
    Gebeurtenis, Vastlegging, afstemming::Afstemgebeurtenis, maatregelen::Maatregelgebeurtenis,
    plannen::Plangebeurtenis,
};
use std::collections::BTreeSet;

const GOUD: &str = include_str!("goud/gebeurtenissen.jsonl");
/// Raise this with every line that is added; a line never goes.
const REGELS: usize = 122;

fn soort(gebeurtenis: &Gebeurtenis) -> &'static str {
    match gebeurtenis {
        Gebeurtenis::MeldingOntvangen { .. } => "melding-ontvangen",
        Gebeurtenis::SpoedErkend { .. } => "spoed-erkend",
        Gebeurtenis::SpoedAfgewezen { .. } => "spoed-afgewezen",
        Gebeurtenis::CriteriaBeantwoord { .. } => "criteria-beantwoord",
        Gebeurtenis::BeoordelingAfgerond { .. } => "beoordeling-afgerond",
        Gebeurtenis::VervolgBesloten { .. } => "vervolg-besloten",
        Gebeurtenis::PlichtVastgelegd { .. } => "plicht-vastgelegd",
        Gebeurtenis::HuisbezoekGehouden { .. } => "huisbezoek-gehouden",
        Gebeurtenis::OverlegGehouden { .. } => "overleg-gehouden",
        Gebeurtenis::InstrumentIngevuld { .. } => "instrument-ingevuld",
        Gebeurtenis::InformatieGevraagd { .. } => "informatie-gevraagd",
        Gebeurtenis::InformatieOntvangen { .. } => "informatie-ontvangen",
        Gebeurtenis::ContactGezinVastgelegd { .. } => "contact-gezin-vastgelegd",
        Gebeurtenis::GezinGeinformeerd { .. } => "gezin-geinformeerd",
        Gebeurtenis::AfspraakGezinGemaakt => "afspraak-gezin-gemaakt",
        Gebeurtenis::MelderTeruggekoppeld { .. } => "melder-teruggekoppeld",
        Gebeurtenis::OverdrachtAangeboden { .. } => "overdracht-aangeboden",
        Gebeurtenis::GegevensVerzonden { .. } => "gegevens-verzonden",
        Gebeurtenis::GegevensOntvangen { .. } => "gegevens-ontvangen",
        Gebeurtenis::MondelingeBevestigingGenoteerd { .. } => "mondelinge-bevestiging-genoteerd",
        Gebeurtenis::OverdrachtGeaccepteerd { .. } => "overdracht-geaccepteerd",
        Gebeurtenis::OverdrachtGeweigerd { .. } => "overdracht-geweigerd",
        Gebeurtenis::OverdrachtIngetrokken { .. } => "overdracht-ingetrokken",
        Gebeurtenis::TegenvoorstelGedaan { .. } => "tegenvoorstel-gedaan",
        Gebeurtenis::TegenvoorstelAanvaard { .. } => "tegenvoorstel-aanvaard",
        Gebeurtenis::AanbodDoorgestuurd { .. } => "aanbod-doorgestuurd",
        Gebeurtenis::AanTafelBesproken { .. } => "aan-tafel-besproken",
        Gebeurtenis::MedewerkerToegewezen { .. } => "medewerker-toegewezen",
        Gebeurtenis::ZichtOvergenomen { .. } => "zicht-overgenomen",
        Gebeurtenis::RegieVastgelegd { .. } => "regie-vastgelegd",
        Gebeurtenis::IncidentVastgelegd => "incident-vastgelegd",
        Gebeurtenis::VastleggingHersteld { .. } => "vastlegging-hersteld",
        Gebeurtenis::CasusGesloten { .. } => "casus-gesloten",
        Gebeurtenis::InhoudAangevuld { .. } => "inhoud-aangevuld",
        Gebeurtenis::InhoudCompleet { .. } => "inhoud-compleet",
        Gebeurtenis::WarmeOverdrachtGehouden { .. } => "warme-overdracht-gehouden",
        Gebeurtenis::SluitingVoorgesteld { .. } => "sluiting-voorgesteld",
        Gebeurtenis::DienstGestart { .. } => "dienst-gestart",
        Gebeurtenis::DienstAfgerond { .. } => "dienst-afgerond",
        Gebeurtenis::ContactveiligheidVastgelegd { .. } => "contactveiligheid-vastgelegd",
        Gebeurtenis::AdresVastgelegd { .. } => "adres-vastgelegd",
        Gebeurtenis::DocumentGemaakt { .. } => "document-gemaakt",
        Gebeurtenis::DocumentVerzonden { .. } => "document-verzonden",
        Gebeurtenis::BijlagenToegevoegd { .. } => "bijlagen-toegevoegd",
        Gebeurtenis::DeeltaakAfgesproken { .. } => "deeltaak-afgesproken",
        Gebeurtenis::DeeltaakAfgerond { .. } => "deeltaak-afgerond",
        Gebeurtenis::MonitormomentGepland { .. } => "monitormoment-gepland",
        Gebeurtenis::MonitormomentVastgelegd { .. } => "monitormoment-vastgelegd",
        Gebeurtenis::MonitoringAfgerond => "monitoring-afgerond",
        Gebeurtenis::VeiligThuisGeraadpleegd => "veilig-thuis-geraadpleegd",
        Gebeurtenis::InformerenUitgesteld { .. } => "informeren-uitgesteld",
        Gebeurtenis::CrisisdienstIngeschakeld { .. } => "crisisdienst-ingeschakeld",
        Gebeurtenis::CrisisGestabiliseerd => "crisis-gestabiliseerd",
        Gebeurtenis::GezinVerhuisd { .. } => "gezin-verhuisd",
        Gebeurtenis::HuishoudenGekozen { .. } => "huishouden-gekozen",
        Gebeurtenis::VerplaatsingBegonnen { .. } => "verplaatsing-begonnen",
        Gebeurtenis::MeldingVerplaatst { .. } => "melding-verplaatst",
        Gebeurtenis::VerplaatsingVoltooid { .. } => "verplaatsing-voltooid",
        Gebeurtenis::MeldingAangevuld { .. } => "melding-aangevuld",
        Gebeurtenis::MeldingGecorrigeerd { .. } => "melding-gecorrigeerd",
        Gebeurtenis::IntrekkingGevraagd { .. } => "intrekking-gevraagd",
        Gebeurtenis::OverIntrekkingBeslist { .. } => "over-intrekking-beslist",
        Gebeurtenis::GiVastgelegd { .. } => "gi-vastgelegd",
        Gebeurtenis::ContactBeroepskrachtVastgelegd { .. } => "contact-beroepskracht-vastgelegd",
        Gebeurtenis::Plan(gebeurtenis) => soort_in_plan(gebeurtenis),
        Gebeurtenis::Maatregel(gebeurtenis) => soort_van_maatregel(gebeurtenis),
        Gebeurtenis::Afstemming(gebeurtenis) => soort_van_afstemming(gebeurtenis),
    }
}

fn soort_in_plan(gebeurtenis: &Plangebeurtenis) -> &'static str {
    match gebeurtenis {
        Plangebeurtenis::PlanOpgesteld { .. } => "plan-opgesteld",
        Plangebeurtenis::PlanGeevalueerd { .. } => "plan-geevalueerd",
        Plangebeurtenis::VoorwaardeGesteld { .. } => "voorwaarde-gesteld",
        Plangebeurtenis::VeiligheidsafspraakGemaakt { .. } => "veiligheidsafspraak-gemaakt",
        Plangebeurtenis::PlanregelGetoetst { .. } => "planregel-getoetst",
        Plangebeurtenis::PlanregelBeeindigd { .. } => "planregel-beeindigd",
    }
}

fn soort_van_maatregel(gebeurtenis: &Maatregelgebeurtenis) -> &'static str {
    match gebeurtenis {
        Maatregelgebeurtenis::SteunGeboden { .. } => "steun-geboden",
        Maatregelgebeurtenis::DwangBesproken { .. } => "dwang-besproken",
        Maatregelgebeurtenis::InitiatiefGenomen { .. } => "initiatief-genomen",
        Maatregelgebeurtenis::MaatregelBeantwoord { .. } => "maatregel-beantwoord",
    }
}

fn soort_van_afstemming(gebeurtenis: &Afstemgebeurtenis) -> &'static str {
    match gebeurtenis {
        Afstemgebeurtenis::Opgeschaald { .. } => "opgeschaald",
        Afstemgebeurtenis::GemeenteGeinformeerd { .. } => "gemeente-geinformeerd",
        Afstemgebeurtenis::EscalatieBeslist => "escalatie-beslist",
        Afstemgebeurtenis::GemeenteGeantwoord => "gemeente-geantwoord",
        Afstemgebeurtenis::AfwijkingVoorgesteld { .. } => "afwijking-voorgesteld",
        Afstemgebeurtenis::AfwijkingBeantwoord { .. } => "afwijking-beantwoord",
    }
}

/// Number of arms of [`soort`]; the compiler keeps the arms complete, this keeps the lines complete.
const SOORTEN: usize = 80;

#[test]
fn elke_ooit_geschreven_gebeurtenis_wordt_gelezen_en_met_dezelfde_bytes_geschreven() {
    let mut gezien = BTreeSet::new();
    for (nummer, regel) in GOUD.lines().enumerate() {
        let vastlegging: Vastlegging =
            serde_json::from_str(regel).unwrap_or_else(|fout| panic!("regel {}: {fout}", nummer + 1));
        assert_eq!(serde_json::to_string(&vastlegging).unwrap(), regel, "regel {}", nummer + 1);
        let waarde: serde_json::Value = serde_json::from_str(regel).unwrap();
        assert_eq!(waarde["gebeurtenis"]["soort"], soort(&vastlegging.gebeurtenis));
        gezien.insert(soort(&vastlegging.gebeurtenis));
    }
    let regels = GOUD.lines().count();
    println!("goud: {regels} regels, {} soorten gebeurtenissen", gezien.len());
    assert_eq!(regels, REGELS, "regels komen erbij en verdwijnen niet");
    assert_eq!(gezien.len(), SOORTEN, "elke soort heeft een regel: {gezien:?}");
}

#[test]
fn een_andere_schrijfwijze_of_een_onbekende_soort_valt_op() {
    let regel = GOUD.lines().next().unwrap();
    let hernoemd = regel.replace("\"spoed_gevraagd\"", "\"spoed\"");
    assert!(serde_json::from_str::<Vastlegging>(&hernoemd).is_err());
    let onbekend = regel.replace("melding-ontvangen", "melding-binnengekomen");
    assert!(serde_json::from_str::<Vastlegging>(&onbekend).is_err());
    let andere_volgorde = regel
        .replace("{\"versie\":1,\"gebeurd_op\":1772442000000000,", "{\"gebeurd_op\":1772442000000000,\"versie\":1,");
    let gelezen: Vastlegging = serde_json::from_str(&andere_volgorde).unwrap();
    assert_ne!(serde_json::to_string(&gelezen).unwrap(), andere_volgorde);
}
