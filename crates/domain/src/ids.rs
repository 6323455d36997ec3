//! Ids. Each is a type of its own, so that a melding can never be passed where a casus is meant.

use crate::tijd::Instant;
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

/// Bytes of an id that tell when it was made.
const TIJD_BYTES: usize = 6;

impl CommandId {
    /// An id that was made at `op`, in milliseconds, told apart by ten random bytes (UUID version 7). Ids that were
    /// made after each other stand beside each other in a store.
    pub fn op_tijd(op: Instant, toeval: [u8; 10]) -> Self {
        let milliseconden = u64::try_from(op.0 / 1_000).unwrap_or_default();
        Self(uuid::Builder::from_unix_timestamp_millis(milliseconden, &toeval).into_uuid())
    }

    /// Derives an id for something that this command creates, so that a resent command names the same thing.
    ///
    /// `rol` tells apart what one command creates, for instance `casus` and `melding`. What is made by a command that
    /// carries its time carries the same.
    pub fn afgeleid(&self, rol: &str) -> Uuid {
        use sha2::{Digest, Sha256};
        let som: [u8; 32] = Sha256::new_with_prefix(self.0.as_bytes()).chain_update(rol.as_bytes()).finalize().into();
        let mut bytes = [0u8; 16];
        for (doel, bron) in bytes.iter_mut().zip(som) {
            *doel = bron;
        }
        if !self.draagt_tijd() {
            return uuid::Builder::from_custom_bytes(bytes).into_uuid();
        }
        for (doel, bron) in bytes.iter_mut().zip(self.0.as_bytes()).take(TIJD_BYTES) {
            *doel = *bron;
        }
        uuid::Builder::from_bytes(bytes)
            .with_variant(uuid::Variant::RFC4122)
            .with_version(uuid::Version::SortRand)
            .into_uuid()
    }

    /// Bytes that stand for a word may look like a version, not like a variant of it.
    fn draagt_tijd(&self) -> bool {
        self.0.get_variant() == uuid::Variant::RFC4122 && self.0.get_version() == Some(uuid::Version::SortRand)
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

    #[test]
    fn wat_een_commando_maakt_draagt_de_tijd_van_het_commando() {
        let id = CommandId::op_tijd(Instant(1_780_000_000_123_456), [9; 10]);
        assert_eq!(id.0.to_string(), "019e7044-887b-7909-8909-090909090909");
        let casus = CommandId(id.afgeleid("casus"));
        let fragment = casus.afgeleid("fragment-1");
        assert_ne!(casus.0, fragment);
        for gemaakt in [casus.0, fragment] {
            assert_eq!(gemaakt.as_bytes()[..TIJD_BYTES], id.0.as_bytes()[..TIJD_BYTES]);
            assert_eq!(gemaakt.get_version_num(), 7);
        }
        // A name of ours in letters has the digit of this version, and what was named after it before stays.
        let woord = CommandId(Uuid::from_u128(u128::from_be_bytes(*b"zicht-wachtroos\0")));
        assert_eq!((woord.0.get_version_num(), CommandId(woord.afgeleid("x")).0.get_version_num()), (7, 8));
        let later = CommandId::op_tijd(Instant(1_780_000_000_124_000), [0; 10]);
        assert!(later.afgeleid("casus") > casus.0);
    }
}
