//! What an organisation must do next on a casus, in words. What it is, was found when something was recorded; how long
//! it waits already is counted here.

use super::tekst::dienst;
use crate::opmaak;
use app::stap::Stap;
use domain::{ids::OrganisatieId, tijd::Instant};

/// One thing to do or to wait for, in a row of the worklist.
pub(super) fn zin(stap: &Stap, naam: &dyn Fn(&OrganisatieId) -> String, nu: Instant) -> String {
    match stap {
        Stap::Kijken => "Melding met spoed: kijk direct".to_owned(),
        Stap::Plicht { naam } => naam.clone(),
        Stap::OverdrachtBeantwoorden => "Overdracht beantwoorden".to_owned(),
        Stap::OverdrachtAccepteren { per } if nu < *per => {
            format!("Overdracht accepteren vanaf {}, zoals afgesproken", dag(*per))
        }
        Stap::OverdrachtAccepteren { .. } => "Overdracht accepteren: de afgesproken dag is er".to_owned(),
        Stap::TegenvoorstelBeantwoorden { van, per } => {
            format!("Tegenvoorstel van {} beantwoorden: vanaf {}", naam(van), dag(*per))
        }
        Stap::MeldingWegen { voor } => {
            format!("Nieuwe melding wegen: de overdracht aan {} wacht daarop", naam(voor))
        }
        Stap::GegevensVersturen { naar } => format!("Gegevens van de overdracht versturen aan {}", naam(naar)),
        Stap::GesprekHouden { met } => format!("Gesprek houden met het gezin en {} samen", naam(met)),
        Stap::InhoudAanvullen { naar } => format!("Inhoud van de overdracht aan {} aanvullen", naam(naar)),
        Stap::IntrekkingBeslissen => "Beslissen over het intrekken van de melding".to_owned(),
        Stap::AfwijkingBeantwoorden => "Voorstel om af te wijken van de afspraak beantwoorden".to_owned(),
        Stap::SluitingBevestigen => "Sluiten bevestigen, door een tweede persoon".to_owned(),
        Stap::VervolgBesluiten => "Beslissen wat er na de beoordeling gebeurt".to_owned(),
        Stap::DienstStarten => "Dienst starten: Voorwaarden en Vervolg of Onderzoek".to_owned(),
        Stap::OverdrachtAanbieden { geweigerd_door: Some(wie) } => {
            format!("Overdracht opnieuw aanbieden: {} weigerde", naam(wie))
        }
        Stap::OverdrachtAanbieden { geweigerd_door: None } => "Overdracht aanbieden".to_owned(),
        Stap::Afronden { dienst: soort } => format!("{} is klaar: overdragen of sluiten", dienst(*soort)),
        Stap::DeeltaakDoen => "Uw taak doen en afronden".to_owned(),
        Stap::Wacht { op, sinds } => format!("Wacht op {}, {}", naam(op), al(*sinds, nu)),
        Stap::WachtTot { op, per } => format!("{} neemt het over vanaf {}, zoals afgesproken", naam(op), dag(*per)),
        Stap::DienstLoopt { dienst: soort } => format!("{} loopt: zicht houden op veiligheid", dienst(*soort)),
    }
}

/// `di 17 maart 2026`.
pub(super) fn dag(begin: Instant) -> String {
    opmaak::datum_met_jaar(begin.dag())
}

/// `al 20 dagen`, counted in days of the calendar.
pub(super) fn al(sinds: Instant, nu: Instant) -> String {
    let dagen = nu.dag().since(sinds.dag()).map_or(0, |verschil| verschil.get_days());
    match u64::try_from(dagen) {
        Ok(dagen @ 1..) => format!("al {}", opmaak::aantal(dagen, "dag", "dagen")),
        Ok(0) | Err(_) => "sinds vandaag".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handlers::overdracht::testhulp::op;

    #[test]
    fn wachten_wordt_geteld_in_dagen_van_de_kalender() {
        let sinds = op("2026-03-10T23:50:00");
        let al = |sinds, nu| al(sinds, nu).replace('\u{a0}', " ");
        assert_eq!(al(sinds, op("2026-03-10T23:59:00")), "sinds vandaag");
        assert_eq!(al(sinds, op("2026-03-11T00:01:00")), "al 1 dag");
        assert_eq!(al(sinds, op("2026-04-30T12:00:00")), "al 51 dagen");
    }

    #[test]
    fn een_afgesproken_dag_is_er_vanaf_het_begin_van_die_dag() {
        let stap = Stap::OverdrachtAccepteren { per: op("2026-03-17T00:00:00") };
        let gezegd = |nu: &str| zin(&stap, &|_| String::new(), op(nu)).replace('\u{a0}', " ");
        assert_eq!(gezegd("2026-03-16T23:59:00"), "Overdracht accepteren vanaf di 17 maart 2026, zoals afgesproken");
        assert_eq!(gezegd("2026-03-17T00:00:00"), "Overdracht accepteren: de afgesproken dag is er");
    }
}
