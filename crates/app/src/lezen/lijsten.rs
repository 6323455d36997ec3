//! Lists: the worklist, the inbox of handovers, the table.

use crate::{
    Actor, App, AppFout,
    opslag::{OverdrachtRij, ToegangRegel, WerkRij, WerkTellingen, WerkVraag},
    verzegel::{Geopend, VerzegelFout},
};
use domain::{ids::OrganisatieId, tijd::Instant};
use jiff::ToSpan;

/// The worklist of an organisation.
pub struct Werkblad {
    pub rijen: Vec<WerkInLijst>,
    pub tellingen: WerkTellingen,
    pub nu: Instant,
    pub eind_vandaag: Instant,
    pub eind_week: Instant,
}

/// A row with the name of the household, opened.
pub struct WerkInLijst {
    pub rij: WerkRij,
    pub huishoudnaam: Option<String>,
    /// Another open casus is about the same household, as this organisation decided.
    pub dubbel: bool,
}

/// An offer in a list.
pub struct OverdrachtInLijst {
    pub rij: OverdrachtRij,
    pub huishoudnaam: Option<String>,
}

impl App {
    /// The bounds of today and of this week: the excluded ends of this day and of the coming Sunday.
    pub fn grenzen(nu: Instant) -> (Instant, Instant) {
        let dag = nu.dag();
        let tot_zondag = 7 - i64::from(dag.weekday().to_monday_zero_offset());
        (Instant::begin_van(dag.saturating_add(1.day())), Instant::begin_van(dag.saturating_add(tot_zondag.days())))
    }

    /// The worklist; `vraag` is filled by [`Self::werkvraag`].
    ///
    /// # Errors
    /// When the store or a key fails.
    pub async fn werkblad(&self, actor: &Actor, vraag: WerkVraag) -> Result<Werkblad, AppFout> {
        self.log_lijst(actor, "bekijk-werkvoorraad", vraag.nu).await?;
        let tellingen = self.store().werk_tellingen(vraag.clone()).await?;
        let (nu, eind_vandaag, eind_week) = (vraag.nu, vraag.eind_vandaag, vraag.eind_week);
        let organisatie = vraag.organisatie.clone();
        let gevonden = self.store().werkvoorraad(vraag).await?;
        let casussen: Vec<_> = gevonden.iter().map(|werk| werk.rij.casus).collect();
        let dubbel = self.store().dubbel_open(&organisatie, &casussen).await?;
        let mut rijen = Vec::new();
        for rij in gevonden {
            let casus = rij.rij.casus;
            let dubbel = dubbel.iter().any(|paar| paar.casus == casus || paar.ander == casus);
            let huishoudnaam = match &rij.naam {
                Some((fragment, sleutel)) => {
                    let geopend = self.verzegelaar().open(self.store(), fragment, sleutel).await;
                    naam_of_onleesbaar(geopend.map(|stuk| Some(stuk.inhoud)))?
                }
                None => None,
            };
            rijen.push(WerkInLijst { rij, huishoudnaam, dubbel });
        }
        Ok(Werkblad { rijen, tellingen, nu, eind_vandaag, eind_week })
    }

    /// A question for the worklist of a worker's organisation as it stands now.
    pub fn werkvraag(&self, actor: &Actor) -> WerkVraag {
        let nu = self.klok().nu();
        let (eind_vandaag, eind_week) = Self::grenzen(nu);
        WerkVraag {
            organisatie: actor.organisatie.clone(),
            nu,
            eind_vandaag,
            eind_week,
            medewerker: None,
            gemeente: None,
            houder: None,
            overslaan: 0,
            maximum: 50,
        }
    }

    /// Handovers that the organisation offered or was offered, newest first.
    ///
    /// # Errors
    /// When the store or a key fails.
    pub async fn overdrachten(&self, actor: &Actor, maximum: u32) -> Result<Vec<OverdrachtInLijst>, AppFout> {
        self.log_lijst(actor, "bekijk-overdrachten", self.klok().nu()).await?;
        let rijen = self.store().overdrachten(&actor.organisatie, maximum).await?;
        self.met_namen(actor, rijen).await
    }

    /// What lies on the table of a municipality. A name is shown only to who offered and to who was offered.
    ///
    /// # Errors
    /// When the store or a key fails.
    pub async fn tafel(&self, actor: &Actor, gemeente: &str) -> Result<Vec<OverdrachtInLijst>, AppFout> {
        self.log_lijst(actor, "bekijk-overdrachtstafel", self.klok().nu()).await?;
        let rijen = self.store().tafel(gemeente, &actor.organisatie).await?;
        self.met_namen(actor, rijen).await
    }

    async fn met_namen(&self, actor: &Actor, rijen: Vec<OverdrachtRij>) -> Result<Vec<OverdrachtInLijst>, AppFout> {
        let mut lijst = Vec::with_capacity(rijen.len());
        for rij in rijen {
            let stukken = self.verzegelaar().open_alles(self.store(), rij.casus, &actor.organisatie).await;
            let mag =
                rij.van == actor.organisatie || matches!(rij.stand.as_str(), "open" | "opgeschort" | "geaccepteerd");
            let nieuwste = |stukken: Vec<Geopend>| {
                stukken.into_iter().rfind(|stuk| stuk.soort == "huishoudnaam").map(|stuk| stuk.inhoud)
            };
            let naam = naam_of_onleesbaar(stukken.map(nieuwste))?;
            lijst.push(OverdrachtInLijst { rij, huishoudnaam: naam.filter(|_| mag) });
        }
        Ok(lijst)
    }

    async fn log_lijst(&self, actor: &Actor, handeling: &str, op: Instant) -> Result<(), AppFout> {
        let regel = ToegangRegel::van(actor, None, handeling, "toegestaan", op);
        Ok(self.store().schrijf_toegang(regel).await?)
    }

    /// The name of an organisation as people know it: from an agreement, else from its id.
    pub fn naam_van(&self, organisatie: &OrganisatieId) -> String {
        self.partijnaam(organisatie).unwrap_or_else(|| crate::namen::uit_id(organisatie))
    }

    /// The name of an organisation in an agreement.
    pub(super) fn partijnaam(&self, organisatie: &OrganisatieId) -> Option<String> {
        let partijen = self.afspraken().alle().iter().map(|geldig| &geldig.bundel.inhoud.partij);
        partijen.filter_map(|partijen| partijen.get(organisatie)).map(|partij| partij.naam.clone()).next()
    }
}

/// Shown for a name that cannot be opened.
const NAAM_ONLEESBAAR: &str = "naam niet te openen";

/// One altered piece does not take a whole list away, and is not shown as a household without a name either.
fn naam_of_onleesbaar(geopend: Result<Option<String>, VerzegelFout>) -> Result<Option<String>, AppFout> {
    match geopend {
        Err(VerzegelFout::NietTeOpenen) => {
            tracing::error!("een naam in een lijst is niet te openen");
            Ok(Some(NAAM_ONLEESBAAR.to_owned()))
        }
        anders => Ok(anders?),
    }
}
