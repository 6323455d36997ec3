//! Who is on call: alarms that nobody answered, who has duty now, when nobody does, and the roster itself.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Feit, Pil};
use super::spoor::Knop;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "wacht.html")]
pub struct WachtPagina {
    pub kader: Kader,
    pub organisatie: String,
    /// What stands above everything while there is no roster.
    pub leeg: Option<String>,
    /// Something was not sent to anybody, or nothing ever is.
    pub nagebootst: bool,
    pub alarmen: Vec<AlarmRij>,
    /// Who is on call now, and when the organisation is open.
    pub nu: Vec<Feit>,
    pub gaten: Vec<GatRij>,
    /// How far ahead is looked: "de komende 14 dagen".
    pub vooruit: String,
    pub diensten: Vec<DienstRij>,
    pub clausules: Vec<Clausule>,
}

/// An alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmRij {
    pub nummer: String,
    pub casus_href: String,
    pub wat: String,
    pub pil: Pil,
    /// What happened and what will: when, and what.
    pub verloop: Vec<(String, String)>,
    pub bevestig: Option<Bevestig>,
}

/// The button with which somebody says that the alarm was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevestig {
    pub actie: String,
    pub opdracht: String,
    pub versie: String,
}

/// A time in which nobody is on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatRij {
    pub wat: String,
    pub wanneer: String,
    pub pil: Pil,
    pub knop: Knop,
}

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DienstRij {
    pub naam: String,
    pub telefoon: String,
    pub rang: String,
    pub wanneer: String,
    pub nu: bool,
    pub knoppen: Vec<Knop>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;

    fn knop(tekst: &str, href: &str) -> Knop {
        Knop { tekst: tekst.into(), href: href.into(), eerst: false }
    }

    pub fn voorbeeld() -> WachtPagina {
        WachtPagina {
            kader: voorbeelden::veilig_thuis(Plek::Wacht),
            organisatie: "Veilig Thuis Kennemerland".into(),
            leeg: None,
            nagebootst: true,
            alarmen: vec![AlarmRij {
                nummer: "Z26-3K9XW2P".into(),
                casus_href: "/casussen/1".into(),
                wat: "Melding met spoed".into(),
                pil: Pil::new(Status::Spoed, "Niet bevestigd"),
                verloop: vec![
                    ("di 7 april, 22.00 uur".into(), "Eerste: Nadia Oefenaar. Niet bekend of het aankwam.".into()),
                    ("di 7 april, 22.15 uur".into(), "Tweede: Ruben Proefman. Nog niet verstuurd.".into()),
                ],
                bevestig: Some(Bevestig {
                    actie: "/wacht/doe/bevestig-alarm?sleutel=1&casus=1".into(),
                    opdracht: "0198-voorbeeld".into(),
                    versie: "3".into(),
                }),
            }],
            nu: vec![Feit::new("Eerste", "Nadia Oefenaar, 06 00 00 00 01"), Feit::new("Tweede", "niemand")],
            gaten: vec![GatRij {
                wat: "Niemand heeft als eerste dienst".into(),
                wanneer: "wo 8 april, 17.00 uur tot do 9 april, 09.00 uur".into(),
                pil: Pil::new(Status::AanZet, "Te doen"),
                knop: knop("Vul dit gat", "/wacht/doe/zet-wachtdienst?rang=eerste"),
            }],
            vooruit: "de komende 14 dagen".into(),
            diensten: vec![DienstRij {
                naam: "Nadia Oefenaar".into(),
                telefoon: "06 00 00 00 01".into(),
                rang: "Eerste".into(),
                wanneer: "di 7 april, 17.00 uur tot wo 8 april, 09.00 uur".into(),
                nu: true,
                knoppen: vec![knop("Van het rooster halen", "/wacht/doe/laat-wachtdienst-vervallen?sleutel=1")],
            }],
            clausules: vec![Clausule::new("Onze lezing").als_onze_lezing()],
        }
    }

    #[test]
    fn een_alarm_dat_misschien_niet_aankwam_heet_niet_verstuurd() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Niet bekend of het aankwam") && html.contains("Niet bevestigd"));
        assert!(html.contains(r#"action="/wacht/doe/bevestig-alarm?sleutel=1&#38;casus=1""#), "{html}");
        assert!(html.contains("Niemand heeft als eerste dienst") && html.contains("nagebootst"));
    }

    #[test]
    fn zonder_rooster_staat_er_wat_dat_betekent() {
        let leeg = WachtPagina {
            leeg: Some("Er is nog geen rooster.".into()),
            alarmen: Vec::new(),
            gaten: Vec::new(),
            diensten: Vec::new(),
            ..voorbeeld()
        };
        let html = leeg.render().unwrap();
        assert!(html.contains("Er is nog geen rooster.") && html.contains("Er is geen alarm."));
    }
}
