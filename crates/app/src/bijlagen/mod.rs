//! Files of a casus: sealed like all content, each under a key of its own, and opened one at a time.
//!
//! What it does not know: what a file says. It is kept as it came and given back to be saved; nobody draws it.

mod inhoud;
mod vorm;

pub use inhoud::Inhoud;
pub use vorm::Vorm;

use crate::{
    Actor, App, AppFout,
    codec::past_bij_event,
    lezen::CasusBeeld,
    opslag::{FragmentRij, ToegangRegel},
    verzegel::{Onderwerp, VerzegelFout, sha256},
};
use domain::{
    bijlagen::Bijlage,
    ids::{BijlageId, BundelHash, MedewerkerId, OrganisatieId},
    tijd::Instant,
};
use serde::{Deserialize, Serialize};

pub use domain::bijlagen::BIJLAGEN_MAX;

/// Largest file in bytes.
pub const BIJLAGE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest name of a file in characters; what comes after it is cut off.
const NAAM_TEKENS_MAX: usize = 120;

/// A file as the organisation that keeps it sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BijlageBeeld {
    pub id: BijlageId,
    /// A key of [`domain::bijlagen::soorten`].
    pub soort: String,
    pub gegevens: Gegevens,
    pub toegevoegd_op: Instant,
    pub door: OrganisatieId,
    pub medewerker: MedewerkerId,
    /// By which agreement its kind is named.
    pub bundel: BundelHash,
}

/// What is sealed about a file beside the file itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gegevens {
    /// As who added it called it, without the folder that it was in.
    pub naam: String,
    pub vorm: Vorm,
    pub bytes: usize,
}

impl Gegevens {
    /// Under what these are sealed; the kind stands in the event already.
    pub(crate) fn soort(bijlage_soort: &str) -> String {
        format!("bijlage:{bijlage_soort}")
    }
}

/// The last part of a path of any system, without what cannot be shown.
pub(crate) fn kale_naam(naam: &str) -> String {
    let laatste = naam.rsplit(['/', '\\']).next().unwrap_or_default();
    let kaal: String = laatste.chars().filter(|teken| !teken.is_control()).take(NAAM_TEKENS_MAX).collect();
    if kaal.trim().is_empty() { "bestand".to_owned() } else { kaal.trim().to_owned() }
}

impl App {
    /// The files that this organisation keeps in a casus, oldest first.
    pub fn bijlagen(&self, beeld: &CasusBeeld) -> Vec<BijlageBeeld> {
        let van = |bijlage: &Bijlage| {
            let onderwerp = Onderwerp::Bijlage(bijlage.id).als_tekst();
            let stuk = beeld.stukken.iter().find(|stuk| stuk.onderwerp == onderwerp)?;
            Some(BijlageBeeld {
                id: bijlage.id,
                soort: bijlage.soort.clone(),
                gegevens: serde_json::from_str(&stuk.inhoud).ok()?,
                toegevoegd_op: bijlage.feit.vastgelegd_op,
                door: bijlage.feit.organisatie.clone(),
                medewerker: bijlage.medewerker.clone(),
                bundel: bijlage.feit.bundel.clone(),
            })
        };
        beeld.staat.bijlagen.iter().filter_map(van).collect()
    }

    /// One file, as far as this organisation keeps it. A line in the access log comes before it.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it is not there or not for this organisation; altered or destroyed bytes; faults of
    /// the store.
    pub async fn bijlage(
        &self,
        actor: &Actor,
        beeld: &CasusBeeld,
        id: BijlageId,
    ) -> Result<(BijlageBeeld, Vec<u8>), AppFout> {
        let gevonden = self.bijlagen(beeld).into_iter().find(|bijlage| bijlage.id == id);
        let uitkomst = if gevonden.is_some() { "toegestaan" } else { "niet-gevonden" };
        let nu = self.klok().nu();
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(beeld.id), "bekijk-bijlage", uitkomst, nu)).await?;
        let bijlage = gevonden.ok_or(AppFout::NietGevonden)?;
        let onderwerp = Onderwerp::Bijlage(id).als_tekst();
        let rij = self.store().bijlage(beeld.id, &actor.organisatie, &onderwerp).await?;
        let bytes = self.open_bijlage(&rij.ok_or(VerzegelFout::NietTeOpenen)?).await?;
        Ok((bijlage, bytes))
    }

    /// Opens a sealed file, held against the event that it belongs to.
    async fn open_bijlage(&self, rij: &FragmentRij) -> Result<Vec<u8>, AppFout> {
        let events = self.store().laad(rij.casus).await?;
        past_bij_event(&events, rij.versie, rij.id, &sha256(&rij.verzegeld))?;
        let sleutels = self.store().datasleutels(rij.casus, &rij.eigenaar).await?;
        let sleutel = sleutels.iter().find(|sleutel| sleutel.onderwerp == rij.onderwerp);
        let sleutel = sleutel.ok_or(VerzegelFout::NietTeOpenen)?;
        Ok(self.verzegelaar().open_bytes(self.store(), rij, sleutel).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::kale_naam;

    #[test]
    fn van_een_naam_blijft_alleen_het_laatste_deel() {
        for (naam, kaal) in [
            ("C:\\Users\\iemand\\LIRIK Fien.pdf", "LIRIK Fien.pdf"),
            ("../../etc/passwd", "passwd"),
            ("regel\r\nX-Kop: ja.pdf", "regelX-Kop: ja.pdf"),
            ("  ", "bestand"),
            ("map/", "bestand"),
        ] {
            assert_eq!(kale_naam(naam), kaal);
        }
        assert_eq!(kale_naam(&"é".repeat(500)).chars().count(), 120);
    }
}
