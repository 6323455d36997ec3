//! The inbox of handovers: what waits for me, what waits for another, what is done.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Bladeren, Houder, Icoon, Pil};

/// The handovers of one organisation, as sender and as receiver.
#[derive(Debug, Clone, Template)]
#[template(path = "overdrachten.html")]
pub struct OverdrachtenPagina {
    pub kader: Kader,
    /// "Socius".
    pub organisatie: String,
    pub te_beantwoorden: Vec<OverdrachtRij>,
    pub wacht_op_ander: Vec<OverdrachtRij>,
    pub afgehandeld: Vec<OverdrachtRij>,
    pub bladeren: Option<Bladeren>,
}

/// One handover in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdrachtRij {
    pub nummer: String,
    pub huishouden: String,
    /// "Beverwijk · 4 personen, 2 kinderen".
    pub kenmerk: String,
    pub href: String,
    pub van: Houder,
    pub naar: Houder,
    /// "Na Voorwaarden & Vervolg".
    pub soort: String,
    /// "aangeboden vandaag, 09.40 uur".
    pub wanneer: String,
    pub pil: Pil,
    /// The reason of a refusal or withdrawal, or what is still missing.
    pub toelichting: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::{HouderSoort, Status};

    /// Number and household, sender and receiver, when, status, explanation.
    fn rij(wie: [&str; 2], route: [&Houder; 2], wanneer: &str, pil: Pil, toelichting: Option<&str>) -> OverdrachtRij {
        let ([nummer, huishouden], [van, naar]) = (wie, route);
        OverdrachtRij {
            nummer: nummer.into(),
            huishouden: huishouden.into(),
            kenmerk: "Beverwijk · 4 personen, 2 kinderen".into(),
            href: format!("/overdrachten/{nummer}"),
            van: van.clone(),
            naar: naar.clone(),
            soort: "Na Voorwaarden & Vervolg".into(),
            wanneer: wanneer.into(),
            pil,
            toelichting: toelichting.map(str::to_owned),
        }
    }

    pub fn voorbeeld() -> OverdrachtenPagina {
        let vt = Houder::new(HouderSoort::VeiligThuis, "Veilig Thuis");
        let socius = Houder::new(HouderSoort::LokaalTeam, "Socius");
        let cjg = Houder::new(HouderSoort::Overig, "CJG Kennemerland");
        OverdrachtenPagina {
            kader: voorbeelden::lokaal_team(Plek::Overdrachten),
            organisatie: "Socius".into(),
            te_beantwoorden: vec![
                rij(
                    ["Z26-00233", "Elders"],
                    [&vt, &socius],
                    "aangeboden vandaag, 09.40 uur",
                    Pil::new(Status::AanZet, "U bent aan zet"),
                    None,
                ),
                rij(
                    ["Z26-00402", "Luchtkasteel"],
                    [&vt, &socius],
                    "op de overdrachtstafel van vandaag, 13.30 uur",
                    Pil::new(Status::Vandaag, "Vandaag"),
                    None,
                ),
            ],
            wacht_op_ander: vec![rij(
                ["Z26-00118", "Van Wolk"],
                [&socius, &cjg],
                "aangeboden ma 6 april, 16.05 uur",
                Pil::new(Status::Volgt, "Wacht op CJG Kennemerland"),
                Some("Tot CJG Kennemerland accepteert, houdt Socius het zicht op veiligheid."),
            )],
            afgehandeld: vec![
                rij(
                    ["Z26-00441", "Regenboog"],
                    [&vt, &socius],
                    "geaccepteerd ma 30 maart, 11.20 uur",
                    Pil::new(Status::Gehaald, "Geaccepteerd"),
                    None,
                ),
                rij(
                    ["Z26-00415", "Zandkasteel"],
                    [&vt, &socius],
                    "geweigerd vr 27 maart, 13.44 uur",
                    Pil::new(Status::Geweigerd, "Geweigerd"),
                    Some("Een ander team past beter. Veilig Thuis houdt het zicht."),
                ),
            ],
            bladeren: None,
        }
    }

    #[test]
    fn wie_aan_zet_is_staat_bovenaan() {
        let html = voorbeeld().render().unwrap();
        let plaats = |tekst: &str| html.find(tekst).unwrap();
        assert!(plaats(r#"id="te-beantwoorden""#) < plaats("Wacht op een ander"));
        assert!(plaats("Wacht op een ander") < plaats("Afgehandeld"));
        assert!(html.contains("Een ander team past beter"));
    }

    #[test]
    fn niets_te_doen_wordt_gezegd() {
        let mut pagina = voorbeeld();
        pagina.te_beantwoorden.clear();
        assert!(pagina.render().unwrap().contains("Er wacht geen overdracht op Socius"));
    }
}
