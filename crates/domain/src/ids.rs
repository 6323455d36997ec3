//! Ids. Each is a type of its own, so that a melding can never be passed where a casus is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $naam:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $naam(pub Uuid);

        impl fmt::Display for $naam {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $naam {
            type Err = uuid::Error;
            fn from_str(tekst: &str) -> Result<Self, Self::Err> {
                Ok(Self(tekst.parse()?))
            }
        }
    )+};
}

uuid_id! {
    /// One household's story of (un)safety; also the name of its event stream.
    CasusId,
    /// One report.
    MeldingId,
    /// One offer of zicht op veiligheid to one accountable receiver.
    OverdrachtId,
    /// One member of a household; the name belonging to it is sealed elsewhere.
    PersoonId,
    /// One command as its sender named it: resending it has one effect.
    CommandId,
    /// One service of Veilig Thuis: Voorwaarden en Vervolg, or Onderzoek.
    DienstId,
    /// One task beside zicht: who watches what, until when.
    DeeltaakId,
    /// One document that was made.
    DocumentId,
    /// One file that was added.
    BijlageId,
    /// One request for information about a report.
    VerzoekId,
    /// One version of one part of the plan of a household.
    PlanId,
    /// One safety condition, or one safety agreement.
    PlanregelId,
    /// One measure that somebody took the initiative for.
    MaatregelId,
    /// One proposal to deviate from the agreement on a casus.
    AfwijkingId,
    /// One sealed piece of content.
    FragmentId,
    /// One walk through the steps of the meldcode within one organisation; also the name of its stream.
    SpoorId,
    /// One request for advice; also the name of its stream.
    AdviesId,
    /// Somebody on the list of contact persons of an agreement.
    ContactId,
    /// One shift of somebody who is on call.
    WachtdienstId,
    /// One alarm about something that cannot wait; a report has the same for ever.
    AlarmId,
    /// One meeting of an overdrachtstafel; also the name of its stream.
    BijeenkomstId,
}

macro_rules! naam_id {
    ($($(#[$doc:meta])* $naam:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $naam(pub String);

        impl $naam {
            /// The id as text.
            pub fn als_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $naam {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $naam {
            fn from(tekst: &str) -> Self {
                Self(tekst.to_owned())
            }
        }
    )+};
}

naam_id! {
    /// An organisation: the party of an agreement or the employer of a reporter, for instance `cjg-kennemerland`.
    OrganisatieId,
    /// A worker of an organisation; no name.
    MedewerkerId,
    /// A clause of a seed (`IJM-3.1.b`) or a gap that we filled (`HIAAT-3`).
    ClausuleId,
    /// A region's working agreement, for instance `ijmond`.
    AfspraakNaam,
    /// SHA-256, in hex, of the canonical bytes of a resolved bundle.
    BundelHash,
}

impl CommandId {
    /// Derives an id for something that this command creates, so that a resent command names the same thing.
    ///
    /// `rol` tells apart what one command creates, for instance `casus` and `melding`.
    pub fn afgeleid(&self, rol: &str) -> Uuid {
        use sha2::{Digest, Sha256};
        let som: [u8; 32] = Sha256::new_with_prefix(self.0.as_bytes()).chain_update(rol.as_bytes()).finalize().into();
        let mut bytes = [0u8; 16];
        for (doel, bron) in bytes.iter_mut().zip(som) {
            *doel = bron;
        }
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_herhaald_commando_benoemt_hetzelfde_en_rollen_verschillen() {
        let id = CommandId(Uuid::from_u128(7));
        assert_eq!(id.afgeleid("casus"), id.afgeleid("casus"));
        assert_ne!(id.afgeleid("casus"), id.afgeleid("melding"));
    }
}
