//! What an organisation does when a family does not appear: its own protocol, as data. The agreements say that it is
//! followed and not what stands in it, so none is built in.

use crate::{
    afspraak::{AfspraakFout, Bron, ontleed},
    ids::OrganisatieId,
};
use serde::Deserialize;

/// The protocol of one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    pub organisatie: OrganisatieId,
    pub editie: String,
    /// In order: after so many attempts in vain, this.
    pub stap: Vec<Protocolstap>,
}

/// What follows after some attempts in vain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocolstap {
    pub na: usize,
    pub doe: String,
}

/// The protocols that this installation knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protocollen(Vec<Protocol>);

impl Protocollen {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// Every mistake, with file, line and what was expected.
    pub fn laad(bronnen: &[Bron]) -> Result<Self, Vec<AfspraakFout>> {
        let (mut alle, mut fouten): (Vec<Protocol>, Vec<AfspraakFout>) = (Vec::new(), Vec::new());
        for bron in bronnen {
            match ontleed::<Protocol>(bron) {
                Ok(protocol) => {
                    let oplopend =
                        protocol.stap.windows(2).all(|paar| matches!(paar, [een, ander] if een.na < ander.na));
                    if !oplopend || protocol.stap.iter().any(|stap| stap.na == 0) {
                        fouten.push(bron.fout("[[stap]]", "de stappen hebben een oplopende 'na', vanaf 1"));
                    }
                    if alle.iter().any(|ander| ander.organisatie == protocol.organisatie) {
                        fouten.push(bron.fout("organisatie", "deze organisatie heeft al een protocol"));
                    }
                    alle.push(protocol);
                }
                Err(fout) => fouten.push(fout),
            }
        }
        if fouten.is_empty() { Ok(Self(alle)) } else { Err(fouten) }
    }

    /// What this organisation does after so many attempts in a row that were in vain.
    pub fn volgende(&self, organisatie: &OrganisatieId, vergeefs: usize) -> Option<&str> {
        let protocol = self.0.iter().find(|protocol| protocol.organisatie == *organisatie)?;
        protocol.stap.iter().rfind(|stap| stap.na <= vergeefs).map(|stap| stap.doe.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROEF: &str = "organisatie = \"jgz\"\neditie = \"1\"\n[[stap]]\nna = 1\ndoe = \"Bel dezelfde week.\"\n\
                         [[stap]]\nna = 3\ndoe = \"Overleg met de aandachtsfunctionaris.\"\n";

    fn bron(tekst: &str) -> Bron {
        Bron { bestand: "protocollen/jgz.toml".into(), tekst: tekst.into() }
    }

    #[test]
    fn na_elke_vergeefse_poging_zegt_het_eigen_protocol_wat_volgt() {
        let protocollen = Protocollen::laad(&[bron(PROEF)]).unwrap();
        let zegt = |vergeefs| protocollen.volgende(&"jgz".into(), vergeefs);
        assert_eq!([zegt(0), zegt(1), zegt(2)], [None, Some("Bel dezelfde week."), Some("Bel dezelfde week.")]);
        assert_eq!(zegt(5), Some("Overleg met de aandachtsfunctionaris."));
        assert_eq!(protocollen.volgende(&"school".into(), 3), None, "van een ander geldt niet");
    }

    #[test]
    fn een_fout_in_een_protocol_wordt_met_bestand_en_regel_genoemd() {
        let melding = |tekst: &str| Protocollen::laad(&[bron(tekst)]).unwrap_err()[0].to_string();
        assert!(melding(&PROEF.replace("na = 3", "na = 1")).contains("protocollen/jgz.toml:3: de stappen"));
        assert!(melding(&PROEF.replace("doe = \"Bel", "wat = \"Bel")).contains("onbekende sleutel"));
    }
}
