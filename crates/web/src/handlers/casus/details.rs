//! What an event says besides its kind, and the icon before it.

use crate::{
    Toestand,
    handlers::{
        formulier::in_woorden,
        plan, samenwerking, tafelbesluit,
        tekst::{self, clausule},
    },
    opmaak,
    pages::onderdelen::Icoon,
};
use domain::{
    Gebeurtenis,
    afspraak::{Bundel, Onderdeel},
    afstemming::Afstemgebeurtenis,
    beoordelingen::Overleguitkomst,
    gebeurtenis::{Afwijking, Antwoord},
    maatregelen::Maatregelgebeurtenis,
    plannen::Plangebeurtenis,
    tijd::Datum,
    verrijking::Bronuitkomst,
};
use std::collections::BTreeSet;

/// What there is to say about an event besides its kind.
pub(super) fn details(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Gebeurtenis) -> Option<String> {
    match gebeurtenis {
        Gebeurtenis::VervolgBesloten { besluit, afwijkingen, overleg, toewijzing, .. } => {
            let namen = toewijzing.iter().filter_map(|sleutel| bundel.inhoud.vervolgpartij.get(sleutel));
            let namen: Vec<_> = namen.map(|partij| partij.naam.as_str()).collect();
            let wie = if namen.is_empty() { String::new() } else { format!(", door {}", namen.join(" en ")) };
            let samen =
                if overleg.is_empty() { String::new() } else { format!(", besloten met {}", tekst::functies(overleg)) };
            Some(format!("{}{wie}{samen}{}", tekst::besluit(*besluit), afgeweken(toestand, bundel, afwijkingen)))
        }
        // Only the own organisation knows that it was assigned.
        Gebeurtenis::MedewerkerToegewezen { medewerker, .. } => Some(tekst::medewerker(toestand, medewerker)),
        Gebeurtenis::BeoordelingAfgerond { taxatie, .. } => Some(tekst::taxatie(*taxatie).to_owned()),
        Gebeurtenis::InstrumentIngevuld { triage, .. } => Some(tekst::triage(triage)),
        Gebeurtenis::OverlegGehouden { functies, organisaties, uitkomst, .. } => {
            let anderen = organisaties.iter().map(|ander| toestand.app.naam_van(ander));
            let wie: Vec<_> =
                [tekst::functies(functies)].into_iter().chain(anderen).filter(|wie| !wie.is_empty()).collect();
            let eens = if *uitkomst == Overleguitkomst::Eens { "eens" } else { "niet eens" };
            Some(format!("met {}; {eens}", wie.join(", ")))
        }
        Gebeurtenis::InformatieGevraagd { bron, aan, .. } => {
            let naam = bundel.inhoud.bron.get(bron).map_or(bron.as_str(), |bron| bron.naam.as_str());
            Some(aan.as_ref().map_or_else(|| naam.to_owned(), |aan| toestand.app.naam_van(aan)))
        }
        Gebeurtenis::InformatieOntvangen { uitkomst, .. } => Some(
            match uitkomst {
                Bronuitkomst::Gevonden => "er is iets bekend",
                Bronuitkomst::NietsGevonden => "gekeken, niets bekend",
            }
            .to_owned(),
        ),
        Gebeurtenis::CriteriaBeantwoord { antwoorden, .. } => {
            let ja = antwoorden.values().filter(|antwoord| **antwoord == Antwoord::Ja).count();
            Some(format!("{} met ja, {} met nee", ja, antwoorden.len() - ja))
        }
        Gebeurtenis::OverdrachtAangeboden { naar, onderdelen, .. } => {
            let namen: Vec<_> = onderdelen
                .iter()
                .filter_map(|sleutel| bundel.inhoud.onderdeel.get(sleutel))
                .map(naam_onderdeel)
                .collect();
            Some(format!("aan {} ({} onderdelen)", toestand.app.naam_van(naar), namen.len()))
        }
        Gebeurtenis::ContactGezinVastgelegd { gelukt, teruggekoppeld, afwijkingen, .. } => {
            let gelukt = if *gelukt { "gelukt" } else { "niet gelukt" };
            let terug = if *teruggekoppeld { ", teruggekoppeld aan Veilig Thuis" } else { "" };
            Some(format!("{gelukt}{terug}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::RegieVastgelegd { organisatie, bevestigd } => {
            let wie = organisatie.as_ref().map_or_else(|| "niemand".to_owned(), |org| toestand.app.naam_van(org));
            let eisen = bevestigd.iter().filter_map(|sleutel| bundel.inhoud.regievoorwaarde.get(sleutel));
            let eisen: Vec<_> = eisen.map(|eis| eis.tekst.trim_end_matches('.')).collect();
            Some(if eisen.is_empty() { wie } else { format!("{wie} ({})", eisen.join("; ")) })
        }
        Gebeurtenis::CasusGesloten { wijze } | Gebeurtenis::SluitingVoorgesteld { wijze } => {
            Some(tekst::sluiting(*wijze).to_owned())
        }
        Gebeurtenis::MelderTeruggekoppeld { moment, .. } => Some(tekst::terugkoppeling(*moment).to_owned()),
        _ => van_vervolg(toestand, bundel, gebeurtenis),
    }
}

fn van_vervolg(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Gebeurtenis) -> Option<String> {
    let dag = |datum: &Datum| opmaak::datum_met_jaar(datum.0);
    match gebeurtenis {
        Gebeurtenis::InhoudAangevuld { onderdelen, .. } => {
            let namen = onderdelen.iter().filter_map(|sleutel| bundel.inhoud.onderdeel.get(sleutel));
            Some(namen.map(naam_onderdeel).collect::<Vec<_>>().join("; "))
        }
        Gebeurtenis::AdresVastgelegd { bron, datum, geheim, .. } => {
            let geheim = if *geheim { ", geheim" } else { "" };
            Some(format!("bron: {}, {}{geheim}", crate::handlers::veilig_contact::bron(*bron), dag(datum)))
        }
        Gebeurtenis::TegenvoorstelGedaan { per, .. } => Some(format!("vanaf {}", dag(per))),
        Gebeurtenis::AanbodDoorgestuurd { naar, .. } => Some(toestand.app.naam_van(naar)),
        Gebeurtenis::AanTafelBesproken { aanwezig, besluit, .. } => {
            Some(tafelbesluit::regel(toestand, besluit, aanwezig))
        }
        Gebeurtenis::DocumentGemaakt { document_soort, afwijkingen, .. } => {
            let naam = bundel.inhoud.document.get(document_soort).map_or(document_soort, |regel| &regel.naam);
            Some(format!("{naam}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::DocumentVerzonden { wijze, naar, .. } => {
            let naar = naar.as_ref().map(|naar| format!(", aan {}", toestand.app.naam_van(naar))).unwrap_or_default();
            Some(format!("{}{naar}", tekst::contactwijze(*wijze)))
        }
        Gebeurtenis::BijlagenToegevoegd { bijlage_soort, bijlagen, .. } => {
            let aantal = opmaak::aantal(u64::try_from(bijlagen.len()).unwrap_or(u64::MAX), "bestand", "bestanden");
            Some(format!("{}, {aantal}", crate::handlers::bijlagen::soortnaam(bundel, bijlage_soort)))
        }
        Gebeurtenis::DeeltaakAfgesproken { organisatie, tot, .. } => {
            let tot = tot.as_ref().map(|tot| format!(", tot {}", dag(tot))).unwrap_or_default();
            Some(format!("{}{tot}", toestand.app.naam_van(organisatie)))
        }
        Gebeurtenis::MonitormomentGepland { datum } => Some(dag(datum)),
        Gebeurtenis::MonitormomentVastgelegd { moment, uitkomst, afwijkingen, .. } => {
            let naam = bundel.inhoud.termijn.get(moment).map_or_else(|| moment.clone(), |regel| regel.naam.clone());
            let uitkomst = bundel.inhoud.monitoruitkomst.get(uitkomst).map_or(uitkomst, |regel| &regel.naam);
            Some(format!("{naam}; {uitkomst}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::PlichtVastgelegd { plicht, gedaan, .. } => {
            let naam = bundel.inhoud.plicht.get(plicht).map_or(plicht.as_str(), |regel| regel.naam.as_str());
            Some(format!("{naam}: {}", if *gedaan { "gedaan" } else { "niet gedaan" }))
        }
        Gebeurtenis::InformerenUitgesteld { tot } => Some(format!("tot {}", dag(tot))),
        Gebeurtenis::VastleggingHersteld { gebeurd_op, .. } => {
            let op = gebeurd_op.lokaal();
            Some(format!("naar {}, {}", opmaak::datum_met_jaar(op.date()), opmaak::tijd(op.time())))
        }
        Gebeurtenis::CrisisdienstIngeschakeld { organisatie } => Some(toestand.app.naam_van(organisatie)),
        Gebeurtenis::GezinVerhuisd { gemeente, .. } => Some(format!("naar {gemeente}")),
        Gebeurtenis::MeldingAangevuld { compleet, .. } => {
            Some(if *compleet { "compleet" } else { "nog niet compleet" }.to_owned())
        }
        Gebeurtenis::OverIntrekkingBeslist { gevolgd, .. } => {
            Some(if *gevolgd { "Veilig Thuis gaat erin mee" } else { "Veilig Thuis gaat er niet in mee" }.to_owned())
        }
        Gebeurtenis::GiVastgelegd { organisatie, .. } => {
            Some(organisatie.as_ref().map_or_else(|| "geen instelling meer".to_owned(), |gi| toestand.app.naam_van(gi)))
        }
        Gebeurtenis::ContactBeroepskrachtVastgelegd { organisatie, afwijkingen } => {
            Some(format!("{}{}", toestand.app.naam_van(organisatie), afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::MeldingOntvangen { afwijkingen, .. } if !afwijkingen.is_empty() => {
            Some(afgeweken(toestand, bundel, afwijkingen).trim_start_matches(", ").to_owned())
        }
        Gebeurtenis::ZichtOvergenomen { na_monitoring: true } => Some("na een monitormoment".to_owned()),
        anders => van_samen(toestand, bundel, anders),
    }
}

/// "4 punten besproken".
fn besproken(punten: &BTreeSet<String>) -> String {
    let aantal = u64::try_from(punten.len()).unwrap_or(u64::MAX);
    format!("{} besproken", opmaak::aantal(aantal, "punt", "punten"))
}

fn van_samen(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Gebeurtenis) -> Option<String> {
    match gebeurtenis {
        Gebeurtenis::DienstGestart { dienst_soort, afwijkingen, .. } => {
            Some(format!("{}{}", tekst::dienst(*dienst_soort), afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::DienstAfgerond { conclusie, voortijdig, .. } => {
            let eerder = if *voortijdig { ", eerder gestopt" } else { "" };
            Some(format!("{}{eerder}", tekst::conclusie(*conclusie)))
        }
        Gebeurtenis::HuisbezoekGehouden { samen_met, punten, afwijkingen, .. } => {
            let met =
                samen_met.as_ref().map_or("alleen".to_owned(), |wie| format!("met {}", toestand.app.naam_van(wie)));
            let besproken = besproken(punten);
            Some(format!("{met}; {besproken}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::WarmeOverdrachtGehouden { aanwezig, punten, afwijkingen, .. } => {
            let wie: Vec<_> = aanwezig.iter().map(|wie| wie.als_str().replace('-', " ")).collect();
            let besproken = besproken(punten);
            Some(format!("met {}; {besproken}{}", wie.join(", "), afgeweken(toestand, bundel, afwijkingen)))
        }
        Gebeurtenis::Plan(gebeurtenis) => van_plan(toestand, bundel, gebeurtenis),
        Gebeurtenis::Maatregel(gebeurtenis) => van_maatregel(toestand, bundel, gebeurtenis),
        Gebeurtenis::Afstemming(gebeurtenis) => van_afstemming(toestand, bundel, gebeurtenis),
        _ => None,
    }
}

fn van_maatregel(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Maatregelgebeurtenis) -> Option<String> {
    match gebeurtenis {
        Maatregelgebeurtenis::SteunGeboden { vorm } => bundel.inhoud.steunvorm.get(vorm).map(|een| een.naam.clone()),
        Maatregelgebeurtenis::DwangBesproken { .. } => None,
        Maatregelgebeurtenis::InitiatiefGenomen { maatregel_soort, afwijkingen, .. } => {
            let naam = bundel.inhoud.maatregel.get(maatregel_soort).map_or(maatregel_soort, |een| &een.naam);
            Some(format!("{naam}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Maatregelgebeurtenis::MaatregelBeantwoord { antwoord, .. } => {
            Some(samenwerking::uitkomst(*antwoord).1.to_lowercase())
        }
    }
}

fn van_afstemming(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Afstemgebeurtenis) -> Option<String> {
    match gebeurtenis {
        Afstemgebeurtenis::Opgeschaald { stap } => bundel.inhoud.escalatie.get(stap).map(|regel| regel.stap.clone()),
        Afstemgebeurtenis::AfwijkingVoorgesteld { ingang, aan, .. } => {
            Some(format!("{}, aan {}", in_woorden(bundel, ingang), toestand.app.naam_van(aan)))
        }
        Afstemgebeurtenis::AfwijkingBeantwoord { akkoord, .. } => {
            Some(if *akkoord { "afgesproken" } else { "niet afgesproken" }.to_owned())
        }
        Afstemgebeurtenis::GemeenteGeinformeerd { .. }
        | Afstemgebeurtenis::EscalatieBeslist
        | Afstemgebeurtenis::GemeenteGeantwoord => None,
    }
}

fn van_plan(toestand: &Toestand, bundel: &Bundel, gebeurtenis: &Plangebeurtenis) -> Option<String> {
    let dag = |datum: &Datum| opmaak::datum_met_jaar(datum.0);
    match gebeurtenis {
        Plangebeurtenis::PlanOpgesteld { plan_soort, afwijkingen, .. } => {
            let naam = bundel.inhoud.plan.get(plan_soort).map_or(plan_soort, |soort| &soort.naam);
            Some(format!("{naam}{}", afgeweken(toestand, bundel, afwijkingen)))
        }
        Plangebeurtenis::PlanGeevalueerd { oordeel, volgende, .. } => {
            let volgende = volgende.as_ref().map(|op| format!(", weer op {}", dag(op))).unwrap_or_default();
            Some(format!("{}{volgende}", plan::oordeel(*oordeel)))
        }
        Plangebeurtenis::VoorwaardeGesteld { uiterlijk, afwijkingen, .. } => {
            let op = uiterlijk.as_ref().map(|op| format!("gehaald op {}", dag(op)));
            let afgeweken = afgeweken(toestand, bundel, afwijkingen);
            (op.is_some() || !afgeweken.is_empty()).then(|| format!("{}{afgeweken}", op.unwrap_or_default()))
        }
        Plangebeurtenis::VeiligheidsafspraakGemaakt { afwijkingen, .. } if !afwijkingen.is_empty() => {
            Some(afgeweken(toestand, bundel, afwijkingen).trim_start_matches(", ").to_owned())
        }
        Plangebeurtenis::PlanregelGetoetst { naleving, .. } => Some(plan::naleving(*naleving).1.to_lowercase()),
        Plangebeurtenis::VeiligheidsafspraakGemaakt { .. } | Plangebeurtenis::PlanregelBeeindigd { .. } => None,
    }
}

/// From which clauses was deviated, to go behind what was done.
fn afgeweken(toestand: &Toestand, bundel: &Bundel, afwijkingen: &[Afwijking]) -> String {
    let plaatsen = afwijkingen.iter().map(|afwijking| clausule(toestand, bundel, &afwijking.clausule).plaats);
    let plaatsen: Vec<_> = plaatsen.collect();
    if plaatsen.is_empty() { String::new() } else { format!(", afgeweken van {}", plaatsen.join(" en ")) }
}

fn naam_onderdeel(onderdeel: &Onderdeel) -> &str {
    &onderdeel.naam
}

pub(super) fn icoon(gebeurtenis: &Gebeurtenis) -> Icoon {
    match gebeurtenis {
        Gebeurtenis::MeldingOntvangen { .. } | Gebeurtenis::MeldingAangevuld { .. } => Icoon::Vlag,
        Gebeurtenis::SpoedErkend { .. } | Gebeurtenis::SpoedAfgewezen { .. } => Icoon::Bliksem,
        Gebeurtenis::IncidentVastgelegd => Icoon::Driehoek,
        Gebeurtenis::OverdrachtAangeboden { .. }
        | Gebeurtenis::OverdrachtGeaccepteerd { .. }
        | Gebeurtenis::ZichtOvergenomen { .. } => Icoon::AanZet,
        Gebeurtenis::OverdrachtGeweigerd { .. } | Gebeurtenis::OverdrachtIngetrokken { .. } => Icoon::CirkelKruis,
        Gebeurtenis::ContactGezinVastgelegd { .. }
        | Gebeurtenis::ContactBeroepskrachtVastgelegd { .. }
        | Gebeurtenis::GezinGeinformeerd { .. } => Icoon::Telefoon,
        Gebeurtenis::CasusGesloten { .. } | Gebeurtenis::SluitingVoorgesteld { .. } => Icoon::Slot,
        Gebeurtenis::DienstGestart { .. } => Icoon::Oog,
        Gebeurtenis::DienstAfgerond { .. }
        | Gebeurtenis::MonitormomentVastgelegd { .. }
        | Gebeurtenis::MonitoringAfgerond
        | Gebeurtenis::DeeltaakAfgerond { .. }
        | Gebeurtenis::InhoudCompleet { .. } => Icoon::CirkelVink,
        Gebeurtenis::MonitormomentGepland { .. } | Gebeurtenis::AfspraakGezinGemaakt => Icoon::Kalender,
        Gebeurtenis::HuisbezoekGehouden { .. }
        | Gebeurtenis::WarmeOverdrachtGehouden { .. }
        | Gebeurtenis::DeeltaakAfgesproken { .. } => Icoon::Mensen,
        Gebeurtenis::VeiligThuisGeraadpleegd | Gebeurtenis::MelderTeruggekoppeld { .. } => Icoon::Telefoon,
        Gebeurtenis::InformerenUitgesteld { .. } => Icoon::Klok,
        Gebeurtenis::CrisisdienstIngeschakeld { .. } | Gebeurtenis::CrisisGestabiliseerd => Icoon::Bliksem,
        Gebeurtenis::Plan(Plangebeurtenis::PlanregelGetoetst { .. }) => Icoon::CirkelVink,
        Gebeurtenis::Plan(Plangebeurtenis::PlanGeevalueerd { .. }) => Icoon::Kalender,
        Gebeurtenis::GezinVerhuisd { .. } => Icoon::Huis,
        Gebeurtenis::BeoordelingAfgerond { .. } | Gebeurtenis::VervolgBesloten { .. } => Icoon::CirkelVink,
        Gebeurtenis::MedewerkerToegewezen { .. }
        | Gebeurtenis::GiVastgelegd { .. }
        | Gebeurtenis::RegieVastgelegd { .. } => Icoon::Mensen,
        _ => Icoon::Document,
    }
}
