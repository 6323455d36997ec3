//! Files that are added: of which kind, and with what in them.

use super::{Omgeving, VeldFout, Wens, eis_code, nodig};
use crate::bijlagen::{BIJLAGE_BYTES_MAX, BIJLAGEN_MAX, Inhoud, Vorm};
use domain::{Commando, ids::BijlageId};
use serde::{Deserialize, Serialize};

wens! {
    /// Files of one kind for the own dossier; from who reported, with the report.
    BijlagenWens {
        /// A key of [`domain::bijlagen::soorten`].
        soort: Option<String>,
        bestanden: Vec<BestandWens>,
        toelichting: Option<String>,
    }
    /// One file as it came.
    BestandWens { naam: String, inhoud: Inhoud }
}

/// What to say at the field when files must be chosen anew: a browser does not keep them with a form.
pub const KIES_OPNIEUW: &str = "Kies het bestand opnieuw.";

impl Wens {
    /// The files that come with an act.
    pub(crate) fn bestanden(&self) -> &[BestandWens] {
        match self {
            Wens::VoegBijlagenToe(wens) => &wens.bestanden,
            _ => &[],
        }
    }

    pub(super) fn bijlage(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        let Wens::VoegBijlagenToe(wens) = self else {
            return Err(super::fout("doe", "Deze handeling hoort niet bij een bijlage."));
        };
        let soort = nodig("soort", &wens.soort).and_then(|soort| eis_code("soort", &soort).map(|()| soort));
        let bestanden = wens.eis_bestanden();
        match (soort, bestanden) {
            (Ok(soort), Ok(())) => {
                let id = |nummer: usize| BijlageId(o.command_id.afgeleid(&format!("bijlage-{nummer}")));
                Ok(Commando::VoegBijlagenToe { soort, bijlagen: (0..wens.bestanden.len()).map(id).collect() })
            }
            (soort, bestanden) => Err(soort.err().into_iter().chain(bestanden.err()).flatten().collect()),
        }
    }
}

impl BijlagenWens {
    fn eis_bestanden(&self) -> Result<(), Vec<VeldFout>> {
        let fout = |melding: String| Err(super::fout("bestanden", &melding));
        if self.bestanden.is_empty() {
            return fout("Kies een of meer bestanden.".to_owned());
        }
        if self.bestanden.len() > BIJLAGEN_MAX {
            return fout(format!("Kies per keer niet meer dan {BIJLAGEN_MAX} bestanden. {KIES_OPNIEUW}"));
        }
        let mis = self.bestanden.iter().find_map(|bestand| Some(format!("‘{}’ {}", bestand.naam, bestand.mis()?)));
        mis.map_or(Ok(()), |mis| fout(format!("{mis} {KIES_OPNIEUW}")))
    }
}

impl BestandWens {
    fn mis(&self) -> Option<String> {
        let bytes = self.inhoud.bytes();
        if bytes.is_empty() {
            return Some("is leeg.".to_owned());
        }
        if bytes.len() > BIJLAGE_BYTES_MAX {
            return Some(format!(
                "is te groot: een bestand is niet groter dan {} MB.",
                BIJLAGE_BYTES_MAX / 1024 / 1024
            ));
        }
        Vorm::van(bytes).is_none().then(|| {
            "kan niet mee: het moet een pdf zijn, een foto (jpg of png), gewone tekst, of een document (docx of odt)."
                .to_owned()
        })
    }
}
