//! The bytes of a file, shared and not copied; on the wire they are base64, in a log they are a number.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, sync::Arc};

/// What is in a file.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Inhoud(Arc<[u8]>);

impl Inhoud {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Inhoud {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl fmt::Debug for Inhoud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inhoud({} bytes)", self.0.len())
    }
}

impl Serialize for Inhoud {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Inhoud {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tekst = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(tekst).map(Self::from).map_err(|_| D::Error::custom("dit is geen base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::Inhoud;

    #[test]
    fn op_de_draad_is_het_base64_en_in_een_log_staat_niets_van_wat_erin_zit() {
        let inhoud = Inhoud::from(b"geheim\0\xff".to_vec());
        let tekst = serde_json::to_string(&inhoud).unwrap();
        assert_eq!(tekst, "\"Z2VoZWltAP8=\"");
        assert_eq!(serde_json::from_str::<Inhoud>(&tekst).unwrap(), inhoud);
        assert!(serde_json::from_str::<Inhoud>("\"geen base64!\"").is_err());
        assert_eq!(format!("{inhoud:?}"), "Inhoud(8 bytes)");
    }
}
