//! Form fields as data: label, hint, error, and an input that remembers what was typed.
//!
//! A handler declares the fields of a form once, without values.
//! After a refusal or an error it fills the same fields from what came in, so that nobody types twice.

/// What came in with a form, in the order in which it came; a name can occur more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waarden(Vec<(String, String)>);

impl Waarden {
    pub fn new(paren: Vec<(String, String)>) -> Self {
        Self(paren)
    }

    /// The first value under this name.
    pub fn een(&self, naam: &str) -> Option<&str> {
        self.0.iter().find(|(sleutel, _)| sleutel == naam).map(|(_, waarde)| waarde.as_str())
    }

    /// What was typed, without the space around it; nothing when there is nothing else.
    pub fn gevuld(&self, naam: &str) -> Option<String> {
        self.een(naam).map(str::trim).filter(|tekst| !tekst.is_empty()).map(str::to_owned)
    }

    /// Everything that came in under a name.
    pub fn alle(&self, naam: &str) -> Vec<&str> {
        self.0.iter().filter(|(sleutel, _)| sleutel == naam).map(|(_, waarde)| waarde.as_str()).collect()
    }

    /// The names that came in.
    pub fn namen(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(sleutel, _)| sleutel.as_str())
    }

    /// True when this name came in with exactly this value.
    pub fn bevat(&self, naam: &str, waarde: &str) -> bool {
        self.0.iter().any(|(sleutel, gevonden)| sleutel == naam && gevonden == waarde)
    }
}

/// An error at one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VeldFout {
    /// Name of the field.
    pub naam: String,
    /// What to do about it: "Vul in van wie u dit heeft gehoord".
    pub tekst: String,
}

impl VeldFout {
    pub fn new(naam: impl Into<String>, tekst: impl Into<String>) -> Self {
        Self { naam: naam.into(), tekst: tekst.into() }
    }
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veld {
    pub naam: String,
    pub label: String,
    pub hint: Option<String>,
    pub fout: Option<String>,
    /// Optional fields say so in their label; required is the rule.
    pub optioneel: bool,
    pub invoer: Invoer,
}

/// The kind of input, with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoer {
    /// `smal` for a number, a postcode or a short code.
    Tekst {
        waarde: String,
        smal: bool,
        autocomplete: Option<&'static str>,
    },
    Tekstvak {
        waarde: String,
        regels: u8,
    },
    Datum {
        waarde: String,
    },
    /// Posts `<naam>_datum` and `<naam>_tijd`.
    DatumTijd {
        datum: String,
        tijd: String,
    },
    /// `leeg` is the text of the empty choice, which is chosen until the user chooses.
    Keuzelijst {
        opties: Vec<Optie>,
        leeg: String,
    },
    /// `naast` puts short options beside each other.
    Rondjes {
        opties: Vec<Optie>,
        naast: bool,
    },
    Vinkjes {
        opties: Vec<Optie>,
    },
    /// A single statement; the label is the statement. Posts `ja`.
    Vinkje {
        aan: bool,
    },
    /// Files, one or several; what was chosen is not kept by a form that comes back.
    Bestanden {
        /// What a browser offers to choose from; what may go along is decided by what is in a file.
        soorten: &'static str,
    },
    /// A question per criterion; posts `<naam>_<code>` and `<naam>_<code>_reden`.
    Criteria {
        vragen: Vec<Criterium>,
    },
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optie {
    pub waarde: String,
    pub tekst: String,
    pub hint: Option<String>,
    pub gekozen: bool,
}

impl Optie {
    pub fn new(waarde: impl Into<String>, tekst: impl Into<String>) -> Self {
        Self { waarde: waarde.into(), tekst: tekst.into(), hint: None, gekozen: false }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// One criterion of an agreement: "not answered", "no" and "yes" are three different answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterium {
    /// The stable code, part of the field name.
    pub code: String,
    pub vraag: String,
    /// Document and section.
    pub plaats: String,
    /// `ja`, `nee`, or empty for not answered.
    pub antwoord: String,
    /// The optional (or, on a changed answer, asked) reason.
    pub reden: String,
    pub fout: Option<String>,
}

impl Veld {
    fn met(naam: impl Into<String>, label: impl Into<String>, invoer: Invoer) -> Self {
        Self { naam: naam.into(), label: label.into(), hint: None, fout: None, optioneel: false, invoer }
    }

    pub fn tekst(naam: impl Into<String>, label: impl Into<String>) -> Self {
        Self::met(naam, label, Invoer::Tekst { waarde: String::new(), smal: false, autocomplete: None })
    }

    pub fn tekst_smal(naam: impl Into<String>, label: impl Into<String>) -> Self {
        Self::met(naam, label, Invoer::Tekst { waarde: String::new(), smal: true, autocomplete: None })
    }

    pub fn tekstvak(naam: impl Into<String>, label: impl Into<String>, regels: u8) -> Self {
        Self::met(naam, label, Invoer::Tekstvak { waarde: String::new(), regels })
    }

    pub fn datum(naam: impl Into<String>, label: impl Into<String>) -> Self {
        Self::met(naam, label, Invoer::Datum { waarde: String::new() })
    }

    pub fn datum_tijd(naam: impl Into<String>, label: impl Into<String>) -> Self {
        Self::met(naam, label, Invoer::DatumTijd { datum: String::new(), tijd: String::new() })
    }

    pub fn keuzelijst(naam: impl Into<String>, label: impl Into<String>, leeg: &str, opties: Vec<Optie>) -> Self {
        Self::met(naam, label, Invoer::Keuzelijst { opties, leeg: leeg.to_owned() })
    }

    pub fn rondjes(naam: impl Into<String>, label: impl Into<String>, opties: Vec<Optie>) -> Self {
        Self::met(naam, label, Invoer::Rondjes { opties, naast: false })
    }

    /// Yes or no, beside each other.
    pub fn ja_nee(naam: impl Into<String>, label: impl Into<String>) -> Self {
        let opties = vec![Optie::new("ja", "Ja"), Optie::new("nee", "Nee")];
        Self::met(naam, label, Invoer::Rondjes { opties, naast: true })
    }

    pub fn vinkjes(naam: impl Into<String>, label: impl Into<String>, opties: Vec<Optie>) -> Self {
        Self::met(naam, label, Invoer::Vinkjes { opties })
    }

    pub fn vinkje(naam: impl Into<String>, label: impl Into<String>) -> Self {
        Self::met(naam, label, Invoer::Vinkje { aan: false })
    }

    pub fn bestanden(naam: impl Into<String>, label: impl Into<String>, soorten: &'static str) -> Self {
        Self::met(naam, label, Invoer::Bestanden { soorten })
    }

    pub fn criteria(naam: impl Into<String>, label: impl Into<String>, vragen: Vec<Criterium>) -> Self {
        Self::met(naam, label, Invoer::Criteria { vragen })
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn optioneel(mut self) -> Self {
        self.optioneel = true;
        self
    }

    /// The same field with what was typed and what is wrong with it.
    #[must_use]
    pub fn vul(mut self, waarden: &Waarden, fouten: &[VeldFout]) -> Self {
        let naam = self.naam.clone();
        let tekst_van = |naam: &str| waarden.een(naam).unwrap_or_default().to_owned();
        match &mut self.invoer {
            Invoer::Tekst { waarde, .. } | Invoer::Tekstvak { waarde, .. } | Invoer::Datum { waarde } => {
                if let Some(getypt) = waarden.een(&naam) {
                    getypt.clone_into(waarde);
                }
            }
            Invoer::DatumTijd { datum, tijd } => {
                if let Some(getypt) = waarden.een(&format!("{naam}_datum")) {
                    getypt.clone_into(datum);
                }
                if let Some(getypt) = waarden.een(&format!("{naam}_tijd")) {
                    getypt.clone_into(tijd);
                }
            }
            Invoer::Keuzelijst { opties, .. } | Invoer::Rondjes { opties, .. } | Invoer::Vinkjes { opties } => {
                for optie in opties {
                    optie.gekozen = optie.gekozen || waarden.bevat(&naam, &optie.waarde);
                }
            }
            Invoer::Bestanden { .. } => {}
            Invoer::Vinkje { aan } => *aan = *aan || waarden.bevat(&naam, "ja"),
            Invoer::Criteria { vragen } => {
                for vraag in vragen {
                    let veldnaam = format!("{naam}_{}", vraag.code);
                    if waarden.een(&veldnaam).is_some() {
                        vraag.antwoord = tekst_van(&veldnaam);
                    }
                    let redennaam = format!("{veldnaam}_reden");
                    if waarden.een(&redennaam).is_some() {
                        vraag.reden = tekst_van(&redennaam);
                    }
                    vraag.fout = fout_bij(fouten, &veldnaam);
                }
            }
        }
        self.fout = fout_bij(fouten, &naam);
        self
    }

    /// What `aria-describedby` refers to; nothing when there is neither hint nor error.
    pub fn beschreven_door(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("hint-{}", self.naam));
        let fout = self.fout.as_ref().map(|_| format!("fout-{}", self.naam));
        let delen: Vec<String> = hint.into_iter().chain(fout).collect();
        if delen.is_empty() { None } else { Some(delen.join(" ")) }
    }

    /// A single tick box carries its label itself.
    pub fn is_vinkje(&self) -> bool {
        matches!(self.invoer, Invoer::Vinkje { .. })
    }

    /// A group of inputs has a legend in place of a label.
    pub fn is_groep(&self) -> bool {
        matches!(
            self.invoer,
            Invoer::Rondjes { .. } | Invoer::Vinkjes { .. } | Invoer::Criteria { .. } | Invoer::DatumTijd { .. }
        )
    }
}

fn fout_bij(fouten: &[VeldFout], naam: &str) -> Option<String> {
    fouten.iter().find(|fout| fout.naam == naam).map(|fout| fout.tekst.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waarden(paren: &[(&str, &str)]) -> Waarden {
        Waarden::new(paren.iter().map(|(naam, waarde)| ((*naam).to_owned(), (*waarde).to_owned())).collect())
    }

    #[test]
    fn een_veld_houdt_wat_getypt_is() {
        let veld = Veld::tekstvak("reden", "Reden", 3).vul(&waarden(&[("reden", "Omdat <b>")]), &[]);
        assert_eq!(veld.invoer, Invoer::Tekstvak { waarde: "Omdat <b>".to_owned(), regels: 3 });
        assert_eq!(veld.beschreven_door(), None);
    }

    #[test]
    fn een_fout_wordt_aan_het_veld_verbonden() {
        let fouten = [VeldFout::new("reden", "Vul een reden in")];
        let veld = Veld::tekst("reden", "Reden").hint("Kort").vul(&Waarden::default(), &fouten);
        assert_eq!(veld.beschreven_door().as_deref(), Some("hint-reden fout-reden"));
    }

    #[test]
    fn niet_beantwoord_blijft_iets_anders_dan_nee() {
        let vraag = |code: &str| Criterium {
            code: code.to_owned(),
            vraag: "Zichtbaar letsel?".to_owned(),
            plaats: "IJmond § 3.2".to_owned(),
            antwoord: String::new(),
            reden: String::new(),
            fout: None,
        };
        let veld = Veld::criteria("criterium", "Vragen", vec![vraag("e"), vraag("f")])
            .vul(&waarden(&[("criterium_e", "nee")]), &[]);
        let Invoer::Criteria { vragen } = veld.invoer else { panic!("criteria blijven criteria") };
        assert_eq!(vragen[0].antwoord, "nee");
        assert_eq!(vragen[1].antwoord, "");
    }

    #[test]
    fn niets_is_vooraf_gekozen() {
        let veld = Veld::ja_nee("gevaar", "Is iemand nu in gevaar?").vul(&Waarden::default(), &[]);
        let Invoer::Rondjes { opties, .. } = veld.invoer else { panic!("rondjes blijven rondjes") };
        assert!(opties.iter().all(|optie| !optie.gekozen));
    }
}
