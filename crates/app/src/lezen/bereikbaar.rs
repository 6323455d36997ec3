//! How the members of a household can be reached, as far as an organisation was told.

use super::{CasusBeeld, PersoonBeeld};
use crate::{
    Actor, App, AppFout,
    documenten::{ADRES, GEHEIM},
    herkenning::AdresWens,
    opslag::ToegangRegel,
};
use domain::{
    contact::{Adres, Contactveiligheid},
    ids::PersoonId,
};

/// One member, with what is known of contact.
pub struct Bereikbaarheid<'a> {
    pub persoon: &'a PersoonBeeld,
    /// Absent when nobody said anything, or not to this organisation.
    pub veiligheid: Option<&'a Contactveiligheid>,
    pub nummer: Option<String>,
    pub wanneer: Option<String>,
    pub toelichting: Option<String>,
    /// For who goes to the home.
    pub waarschuwing: Option<String>,
    pub adres: Option<AdresBeeld<'a>>,
}

/// An address with where it comes from; a secret one is covered here.
pub struct AdresBeeld<'a> {
    pub adres: &'a Adres,
    pub regel: String,
    /// This organisation may open it.
    pub eigen: bool,
}

impl CasusBeeld {
    /// Every member, in the order of the household.
    pub fn bereikbaarheid(&self) -> Vec<Bereikbaarheid<'_>> {
        self.personen.iter().map(|persoon| self.over(persoon)).collect()
    }

    fn over<'a>(&'a self, persoon: &'a PersoonBeeld) -> Bereikbaarheid<'a> {
        let ziet = |versie: u64| self.geschiedenis.iter().any(|regel| regel.vastlegging.versie == versie);
        let woord = |soort: &str| self.laatste_van(persoon.id, soort).filter(|tekst| !tekst.trim().is_empty());
        let bekend = &self.staat.bereikbaar;
        let adres = bekend.adres_van(persoon.id).filter(|adres| ziet(adres.feit.versie));
        Bereikbaarheid {
            persoon,
            veiligheid: bekend.van(persoon.id).filter(|bekend| ziet(bekend.feit.versie)),
            nummer: woord("contact-nummer"),
            wanneer: woord("contact-wanneer"),
            toelichting: woord("contact-toelichting"),
            waarschuwing: woord("contact-huisbezoek"),
            adres: adres.map(|adres| self.adresbeeld(adres)),
        }
    }

    fn laatste_van(&self, persoon: PersoonId, soort: &str) -> Option<String> {
        let onderwerp = format!("persoon:{persoon}");
        let eigen = self.stukken.iter().filter(|stuk| stuk.onderwerp == onderwerp && stuk.soort == soort);
        eigen.max_by_key(|stuk| stuk.versie).map(|stuk| stuk.inhoud.clone())
    }

    fn adresbeeld<'a>(&self, adres: &'a Adres) -> AdresBeeld<'a> {
        let tekst = self.tekst_bij(adres.feit.versie, ADRES);
        let regel = tekst.and_then(|json| serde_json::from_str::<AdresWens>(json).ok()).map(|adres| adres.regel());
        let regel = match (adres.geheim, regel) {
            (true, _) => GEHEIM.to_owned(),
            (false, Some(regel)) => regel,
            (false, None) => "Niet bij uw organisatie bekend".to_owned(),
        };
        AdresBeeld { adres, regel, eigen: tekst.is_some() }
    }
}

impl App {
    /// The address of a member as it is, also when it is secret. Who opens it, is written down first.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when this organisation does not have it; faults of store and keys.
    pub async fn open_adres(&self, actor: &Actor, beeld: &CasusBeeld, persoon: PersoonId) -> Result<String, AppFout> {
        let adres = beeld.staat.bereikbaar.adres_van(persoon);
        let geladen = self.laad(beeld.id).await?;
        let stukken = self.open_stukken(beeld.id, &geladen.rijen, &actor.organisatie).await?;
        let stuk =
            adres.and_then(|adres| stukken.iter().find(|stuk| stuk.versie == adres.feit.versie && stuk.soort == ADRES));
        let regel = stuk.and_then(|stuk| serde_json::from_str::<AdresWens>(&stuk.inhoud).ok());
        let uitkomst = if regel.is_some() { "toegestaan" } else { "niet-gevonden" };
        let nu = self.klok().nu();
        let log = ToegangRegel::van(actor, Some(beeld.id), "bekijk-geheim-adres", uitkomst, nu);
        self.store().schrijf_toegang(log).await?;
        regel.map(|adres| adres.regel()).ok_or(AppFout::NietGevonden)
    }
}
