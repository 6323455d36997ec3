//! What the tracks of the meldcode and the advices share: a list, and one form per act.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::{Clausule, Conflict, Feit, Pil, Weigering};
use super::veld::{Veld, VeldFout};

/// The list of one kind.
#[derive(Debug, Clone, Template)]
#[template(path = "eigen_lijst.html")]
pub struct EigenLijstPagina {
    pub kader: Kader,
    pub titel: String,
    pub inleiding: String,
    /// What starts a new one; Veilig Thuis does not walk the meldcode.
    pub knop: Option<String>,
    pub knop_href: String,
    pub groepen: Vec<EigenGroep>,
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EigenGroep {
    pub id: &'static str,
    pub titel: String,
    pub leeg: String,
    pub rijen: Vec<EigenRegel>,
}

impl EigenGroep {
    /// Rows, or what stands there when there are none.
    #[must_use]
    pub fn new(id: &'static str, titel: &str, leeg: &str, rijen: impl IntoIterator<Item = EigenRegel>) -> Self {
        Self { id, titel: titel.to_owned(), leeg: leeg.to_owned(), rijen: rijen.into_iter().collect() }
    }
}

/// One track or advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EigenRegel {
    pub nummer: String,
    pub href: String,
    pub omschrijving: String,
    pub wanneer: String,
    pub pil: Pil,
}

/// The form of one act.
#[derive(Debug, Clone, Template)]
#[template(path = "eigen_formulier.html")]
pub struct EigenFormulierPagina {
    pub kader: Kader,
    /// Where the reader comes from: "Spoor S26-01A2B3C".
    pub terug: String,
    pub terug_href: String,
    pub titel: String,
    pub gevolg: String,
    pub clausules: Vec<Clausule>,
    pub feiten: Vec<Feit>,
    pub actie: String,
    pub velden: Vec<Veld>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    /// A warning that a tick passes.
    pub bevestig: Option<Bevestiging>,
    pub conflict: Option<Conflict>,
    pub opdracht: String,
    pub versie: String,
    pub knop: String,
}

impl EigenFormulierPagina {
    /// A form without content yet.
    #[must_use]
    pub fn leeg(kader: Kader, opdracht: String, versie: String) -> Self {
        Self {
            kader,
            terug: String::new(),
            terug_href: String::new(),
            titel: String::new(),
            gevolg: String::new(),
            clausules: Vec::new(),
            feiten: Vec::new(),
            actie: String::new(),
            velden: Vec::new(),
            fouten: Vec::new(),
            weigering: None,
            bevestig: None,
            conflict: None,
            opdracht,
            versie,
            knop: String::new(),
        }
    }
}

/// What seems wrong, and the tick that says it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevestiging {
    pub titel: String,
    pub uitleg: String,
    pub clausule: Clausule,
    pub vinkje: Veld,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::Status;
    use crate::pages::veld::Optie;

    pub fn voorbeeld() -> EigenLijstPagina {
        let rij = |nummer: &str, omschrijving: &str, pil: Pil| EigenRegel {
            nummer: nummer.into(),
            href: format!("/meldcode/{nummer}"),
            omschrijving: omschrijving.into(),
            wanneer: "begonnen ma 30 maart".into(),
            pil,
        };
        EigenLijstPagina {
            kader: voorbeelden::lokaal_team(Plek::Meldcode),
            titel: "Meldcode".into(),
            inleiding: "Sporen van uw eigen organisatie. Niemand anders leest ze.".into(),
            knop: Some("Nieuw spoor beginnen".into()),
            knop_href: "/meldcode/nieuw".into(),
            groepen: vec![
                EigenGroep {
                    id: "open",
                    titel: "Loopt".into(),
                    leeg: "Er loopt geen spoor.".into(),
                    rijen: vec![
                        rij("S26-00001AA", "Onderwijs", Pil::new(Status::AanZet, "Doe de melding")),
                        rij("S26-00002BB", "Onderwijs", Pil::new(Status::Volgt, "Stap 3: in gesprek gaan")),
                    ],
                },
                EigenGroep { id: "klaar", titel: "Afgesloten".into(), leeg: "Nog niets.".into(), rijen: Vec::new() },
            ],
        }
    }

    pub fn voorbeeld_formulier() -> EigenFormulierPagina {
        EigenFormulierPagina {
            kader: voorbeelden::lokaal_team(Plek::Advies),
            terug: "Adviezen".into(),
            terug_href: "/adviezen".into(),
            titel: "Advies vragen aan Veilig Thuis".into(),
            gevolg: "Veilig Thuis krijgt uw vraag op uw naam. Over het gezin legt Veilig Thuis niets vast.".into(),
            clausules: vec![Clausule::new("Zuid-Holland Zuid, § 9.1")],
            feiten: vec![Feit::new("Liever bellen?", "078 - 633 49 80")],
            actie: "/adviezen/nieuw".into(),
            velden: vec![
                Veld::tekstvak("vraag", "Wat wilt u weten?", 6),
                Veld::vinkjes("vormen", "Welke steun zoekt u?", vec![Optie::new("meedenken", "Meedenken")]),
            ],
            fouten: vec![VeldFout::new("vraag", "Schrijf op wat u wilt weten.")],
            weigering: None,
            bevestig: Some(Bevestiging {
                titel: "Dit lijkt een naam".into(),
                uitleg: "Haal de naam weg, of bevestig dat het geen gegevens van het gezin zijn.".into(),
                clausule: Clausule::new("Zuid-Holland Zuid, § 9.1"),
                vinkje: Veld::vinkje("toch", "Het zijn geen gegevens van het gezin"),
            }),
            conflict: None,
            opdracht: "0198-voorbeeld".into(),
            versie: "1".into(),
            knop: "Vraag versturen".into(),
        }
    }

    #[test]
    fn de_lijst_zegt_wat_er_te_doen_is_en_wat_er_niet_is() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Doe de melding") && html.contains("Nog niets."));
    }

    #[test]
    fn een_waarschuwing_staat_bij_een_vinkje_en_houdt_niets_tegen() {
        let html = voorbeeld_formulier().render().unwrap();
        assert!(html.contains(r#"name="toch""#) && html.contains("Dit lijkt een naam"));
    }
}
