//! Who held zicht on a casus at an instant, as known at an instant: for whoever runs the installation.
//!
//! The answer holds no content, so it needs no key. It is written in the access log of the Veilig Thuis of the casus,
//! where the people whose casus it is find it.

use super::waarom::ClausuleBeeld;
use crate::{App, AppFout, opslag::ToegangRegel, uitvoeren::Geladen, views};
use domain::{
    Casus,
    ids::{CasusId, MedewerkerId, OrganisatieId},
    tijd::Instant,
    tijdlijn::{Span, tijdlijn},
};

/// In whose access log a question stands that is about no casus of anybody.
const BEHEER: &str = "beheer";
const HANDELING: &str = "zicht-op";

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZichtOpVraag {
    pub casus: CasusId,
    pub op: Instant,
    /// What was recorded later did not exist yet; now when absent.
    pub bekend_op: Option<Instant>,
}

/// Who held, and what was known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZichtOp {
    pub casus: CasusId,
    pub nummer: String,
    pub op: Instant,
    pub bekend_op: Instant,
    pub houder: Houderschap,
}

/// The answer itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Houderschap {
    /// Exactly one, and the clause by which it began.
    Gehouden { span: Span, organisatie: OrganisatieId, naam: String, grond: Box<ClausuleBeeld> },
    /// The casus was not recorded yet.
    NogNietBekend { eerste_vastlegging: Instant },
    /// The first report arrived later.
    VoorDeMelding { ontvangen_op: Instant },
    /// The casus had ended.
    Afgelopen { sinds: Instant },
}

impl App {
    /// Every casus with this number: one, but for a coincidence.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn casussen_met_nummer(&self, nummer: &str) -> Result<Vec<CasusId>, AppFout> {
        Ok(self.store().casussen_met_nummer(nummer).await?)
    }

    /// Answers whoever runs the installation, after a line in the access log.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when there is no such casus; faults of the store, a stream that cannot be read.
    pub async fn zicht_op(&self, door: &MedewerkerId, vraag: ZichtOpVraag) -> Result<ZichtOp, AppFout> {
        let geladen = self.laad(vraag.casus).await?;
        let nu = self.klok().nu();
        let log = async |organisatie: OrganisatieId, uitkomst: &str| {
            let regel = ToegangRegel {
                op: nu,
                medewerker: door.clone(),
                organisatie,
                casus: Some(vraag.casus),
                handeling: HANDELING.to_owned(),
                uitkomst: uitkomst.to_owned(),
            };
            self.store().schrijf_toegang(regel).await
        };
        let eerste = geladen.stroom.first().map(|vastlegging| vastlegging.vastgelegd_op);
        let (Some(eerste), Some(vt)) = (eerste, geladen.casus.veilig_thuis.clone()) else {
            log(BEHEER.into(), "niet-gevonden").await?;
            return Err(AppFout::NietGevonden);
        };
        log(vt, "toegestaan").await?;
        let bekend_op = vraag.bekend_op.unwrap_or(nu);
        let houder = self.houderschap(&geladen, vraag.op, bekend_op, eerste)?;
        let nummer = views::nummer_van(vraag.casus, &geladen.casus);
        Ok(ZichtOp { casus: vraag.casus, nummer, op: vraag.op, bekend_op, houder })
    }

    fn houderschap(
        &self,
        geladen: &Geladen,
        op: Instant,
        bekend_op: Instant,
        eerste: Instant,
    ) -> Result<Houderschap, AppFout> {
        let staat = Casus::als_bekend_op(&geladen.stroom, bekend_op);
        let Some(ontvangen_op) = staat.meldingen.iter().map(|melding| melding.ontvangen_op).min() else {
            return Ok(Houderschap::NogNietBekend { eerste_vastlegging: eerste });
        };
        let lijn = tijdlijn(&staat, &self.bundels());
        if let Some(span) = lijn.zicht_op(op) {
            let organisatie = span.houder.clone().ok_or(AppFout::BundelOntbreekt)?;
            let (naam, grond) = (self.naam_bij(geladen, &organisatie), Box::new(self.grond(geladen, span)?));
            return Ok(Houderschap::Gehouden { span: span.clone(), organisatie, naam, grond });
        }
        match lijn.zicht.last().and_then(|span| span.tot) {
            Some(sinds) if op >= sinds => Ok(Houderschap::Afgelopen { sinds }),
            _ => Ok(Houderschap::VoorDeMelding { ontvangen_op }),
        }
    }

    /// The name of a party by the bundles of this casus, for an application that has no agreements loaded.
    fn naam_bij(&self, geladen: &Geladen, organisatie: &OrganisatieId) -> String {
        let bundels = self.bundels();
        let mut eigen = geladen.stroom.iter().rev().filter_map(|vastlegging| bundels.uit(&vastlegging.bundel));
        let partij = eigen.find_map(|bundel| bundel.inhoud.partij.get(organisatie));
        partij.map_or_else(|| self.naam_van(organisatie), |partij| partij.naam.clone())
    }

    /// The clause in words, by the newest bundle of this casus that knows it.
    fn grond(&self, geladen: &Geladen, span: &Span) -> Result<ClausuleBeeld, AppFout> {
        let bundels = self.bundels();
        let mut eigen = geladen.stroom.iter().rev().filter_map(|vastlegging| bundels.uit(&vastlegging.bundel));
        let kent = eigen.find(|bundel| {
            bundel.inhoud.clausule.contains_key(&span.grond) || bundel.inhoud.hiaat.contains_key(&span.grond)
        });
        kent.map(|bundel| self.clausule(bundel, &span.grond)).ok_or(AppFout::BundelOntbreekt)
    }
}
