//! The documents that an agreement knows: for whom each is, in what situation, and what it must hold.

use super::{Bundel, Fase, Ontvangt};
use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind of document.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documentregel {
    pub naam: String,
    pub clausule: ClausuleId,
    pub lezer: Documentlezer,
    pub volgorde: u32,
    /// It holds the parts of a handover, as this reader may have them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub met_overdracht: bool,
    /// Situations of the handover in which it is made; empty means every one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fasen: Vec<Fase>,
    /// It says that it also goes to the receiver of the handover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ook_naar_ontvanger: Option<ClausuleId>,
    /// Who gets it has been told of the report by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub informeert_gezin: bool,
    /// Its parts by key, beside those of the handover.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub deel: BTreeMap<String, Documentdeel>,
}

/// Who reads a document.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Documentlezer {
    Gezin,
    /// The receiver of a handover.
    Ontvanger,
    /// Who made one report.
    Melder,
    /// Nobody outside: it is kept in the own dossier.
    Dossier,
}

/// A part of a document.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documentdeel {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    /// When it must be there.
    #[serde(default)]
    pub hoort: DeelHoort,
}

/// When a part must be there.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeelHoort {
    #[default]
    Altijd,
    /// When the report rests on help that goes on.
    BijDoorlopendContact,
    /// It may be there.
    MagErbij,
}

/// A part of a document as it is for one reader: of a handover, or of the document itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deel<'a> {
    pub sleutel: &'a str,
    pub naam: &'a str,
    pub clausule: &'a ClausuleId,
    volgorde: u32,
    pub mag: Ontvangt,
    pub hoort: DeelHoort,
}

impl Documentregel {
    /// Its parts in order, for a handover in this situation; those that this reader never gets are there too, as such.
    pub fn delen<'a>(&'a self, bundel: &'a Bundel, fase: Fase) -> Vec<Deel<'a>> {
        let eigen = self.deel.iter().map(|(sleutel, deel)| Deel {
            sleutel,
            naam: &deel.naam,
            clausule: &deel.clausule,
            volgorde: deel.volgorde,
            mag: Ontvangt::Ja,
            hoort: deel.hoort,
        });
        let overdracht = if self.met_overdracht { bundel.onderdelen(fase) } else { Vec::new() };
        let overdracht = overdracht.into_iter().map(|(sleutel, onderdeel)| {
            let mag = if self.lezer == Documentlezer::Gezin { onderdeel.gezin } else { onderdeel.ontvanger };
            let hoort = match mag {
                Ontvangt::Ja | Ontvangt::AlleenBijOpenMelding => DeelHoort::Altijd,
                Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => DeelHoort::MagErbij,
            };
            let (naam, clausule, volgorde) = (onderdeel.naam.as_str(), &onderdeel.clausule, onderdeel.volgorde);
            Deel { sleutel, naam, clausule, volgorde, mag, hoort }
        });
        let mut alle: Vec<_> = overdracht.chain(eigen).collect();
        alle.sort_by_key(|deel| deel.volgorde);
        alle
    }

    /// Whether it is made for a handover in this situation.
    pub fn past_bij(&self, fase: Fase) -> bool {
        self.fasen.is_empty() || self.fasen.contains(&fase)
    }
}

impl Bundel {
    /// The kinds of documents in the order in which they are offered.
    pub fn documenten(&self) -> Vec<(&str, &Documentregel)> {
        let mut alle: Vec<_> = self.inhoud.document.iter().map(|(sleutel, regel)| (sleutel.as_str(), regel)).collect();
        alle.sort_by_key(|(_, regel)| regel.volgorde);
        alle
    }
}
