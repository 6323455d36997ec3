//! Streams that are no casus: a track of the meldcode within one organisation, an advice, an agreement as its parties
//! keep it, a request about a file, a signal in the verwijsindex, who is on call, a meeting of an overdrachtstafel. They
//! share the table of events, the chain, the sealing, the keys, the access log and the commit with casussen, and nothing
//! of their lists.
//!
//! What it does not know: a family. Start at [`App::voer_spoor_uit`] and [`App::voer_advies_uit`].

pub mod advies;
pub mod bijeenkomsten;
pub mod gegevens;
pub mod meldcode;
mod overnemen;
pub mod samenwerking;
pub mod signalen;
pub mod verzoeken;
pub mod wacht;

pub use advies::{AdviesBeeld, AdviesWens};
pub use bijeenkomsten::{BijeenkomstBeeld, BijeenkomstWens};
pub use meldcode::{SpoorBeeld, SpoorWens};
pub use overnemen::Overname;
pub use samenwerking::{SamenwerkingBeeld, SamenwerkingWens};
pub use signalen::{SignaalBeeld, SignaalWens};
pub use verzoeken::{VerzoekBeeld, VerzoekWens};
pub use wacht::{WachtBeeld, WachtDaad};

use crate::{
    Actor, Antwoord, App, AppFout, Conflict, Gedaan,
    codec::{self, Gebeurd},
    opslag::{Batch, EigenRij, EventRij, OpdrachtRij, ToegangRegel, Views},
    poorten::StoreFout,
    toegang::{Relatie, Vraag},
    uitvoeren::{POGINGEN_MAX, Verzegeld, context, vastleggingen},
    verzegel::{Geopend, Tekst},
    views::nummer_met,
    wens::VeldFout,
};
use domain::{
    Context, Vastlegging, Weigering,
    afspraak::{Bundel, GeldigeBundel},
    ids::*,
    tijd::Instant,
};
use serde::Serialize;

/// Rows in one list.
pub const EIGEN_MAX: u32 = 200;

/// A request to change a stream that is no casus.
#[derive(Clone, Debug)]
pub struct EigenOpdracht<W> {
    /// Made by the client, so that a retry has one effect.
    pub id: CommandId,
    /// Absent for what opens one.
    pub stroom: Option<CasusId>,
    /// The version that the worker saw; absent when it does not matter.
    pub verwacht: Option<u64>,
    pub actor: Actor,
    /// When it happened; now when absent.
    pub gebeurd_op: Option<Instant>,
    pub wens: W,
}

/// Where a stream stands, whatever its kind.
pub(crate) struct Stand<'a> {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub begonnen_op: Option<Instant>,
    pub afspraak: Option<&'a AfspraakNaam>,
}

/// What a wish needs to be parted into a command and what is sealed.
pub(crate) struct Omgeving<'a> {
    pub app: &'a App,
    pub actor: &'a Actor,
    pub bundel: &'a Bundel,
    pub command_id: CommandId,
    pub nu: Instant,
}

/// A kind of stream.
pub(crate) trait Soort: Send + Sync + 'static {
    type Gebeurtenis: Gebeurd;
    type Staat: Default + Clone + Send + Sync;
    type Commando: Send + Sync;
    type Wens: AsRef<str> + Serialize + Send + Sync;
    /// The first letter of its number.
    const LETTER: char;

    /// The stream that a wish is about, of a kind where that follows from the wish.
    fn vaste_stroom(_: &Self::Wens) -> Option<CasusId> {
        None
    }

    fn vouw(staat: Self::Staat, vastlegging: &Vastlegging<Self::Gebeurtenis>) -> Self::Staat;
    fn stand(staat: &Self::Staat) -> Stand<'_>;
    /// The agreement that is asked for when it is opened.
    fn afspraak(wens: &Self::Wens) -> Option<&AfspraakNaam>;
    fn relatie(staat: &Self::Staat, organisatie: &OrganisatieId) -> Relatie;
    fn ontleed(
        staat: &Self::Staat,
        wens: &Self::Wens,
        o: &Omgeving<'_>,
    ) -> Result<(Self::Commando, Vec<Tekst>), Vec<VeldFout>>;
    fn beslis(
        staat: &Self::Staat,
        commando: &Self::Commando,
        context: &Context<'_>,
    ) -> Result<Vec<Self::Gebeurtenis>, Weigering>;
    fn rijen(id: CasusId, staat: &Self::Staat) -> Vec<EigenRij>;
}

/// A stream that was read.
pub(crate) struct Gelezen<S: Soort> {
    pub rijen: Vec<EventRij>,
    pub stroom: Vec<Vastlegging<S::Gebeurtenis>>,
    pub staat: S::Staat,
}

impl<S: Soort> Gelezen<S> {
    fn uit(rijen: Vec<EventRij>) -> Result<Self, AppFout> {
        // Of another kind is as good as not there.
        if codec::stroomsoort(&rijen) != S::Gebeurtenis::STROOM {
            return Ok(Self { rijen: Vec::new(), stroom: Vec::new(), staat: S::Staat::default() });
        }
        let stroom = codec::stroom_van::<S::Gebeurtenis>(&rijen)?;
        let staat = stroom.iter().fold(S::Staat::default(), S::vouw);
        Ok(Self { rijen, stroom, staat })
    }
}

/// The stream that a command without one opens.
pub fn stroom_van(id: CommandId, soort: &str) -> CasusId {
    CasusId(id.afgeleid(soort))
}

pub(crate) fn nummer<S: Soort>(id: CasusId, staat: &S::Staat) -> String {
    nummer_met(S::LETTER, id, S::stand(staat).begonnen_op.unwrap_or(Instant(0)))
}

/// The rows of a stream that is no casus, by its kind.
pub(crate) fn views_van(id: CasusId, rijen: Vec<EventRij>) -> Result<Views, AppFout> {
    fn van<S: Soort>(id: CasusId, rijen: Vec<EventRij>) -> Result<Views, AppFout> {
        let gelezen = Gelezen::<S>::uit(rijen)?;
        Ok(Views { eigen: S::rijen(id, &gelezen.staat), ..Views::default() })
    }
    match codec::stroomsoort(&rijen) {
        <domain::meldcode::Gebeurtenis as Gebeurd>::STROOM => van::<meldcode::Meldcode>(id, rijen),
        <domain::adviezen::Gebeurtenis as Gebeurd>::STROOM => van::<advies::Adviezen>(id, rijen),
        <domain::samenwerking::Gebeurtenis as Gebeurd>::STROOM => van::<samenwerking::Overeenkomst>(id, rijen),
        <domain::verzoeken::Gebeurtenis as Gebeurd>::STROOM => van::<verzoeken::Verzoeken>(id, rijen),
        <domain::bijeenkomsten::Gebeurtenis as Gebeurd>::STROOM => van::<bijeenkomsten::Bijeenkomsten>(id, rijen),
        <domain::verwijsindex::Gebeurtenis as Gebeurd>::STROOM => van::<signalen::Signalen>(id, rijen),
        <domain::wacht::Gebeurtenis as Gebeurd>::STROOM => van::<wacht::Rooster>(id, rijen),
        _ => Err(codec::CodecFout::AndereStroom { versie: 1 }.into()),
    }
}

impl App {
    pub(crate) async fn laad_eigen<S: Soort>(&self, id: CasusId) -> Result<Gelezen<S>, AppFout> {
        Gelezen::uit(self.store().laad(id).await?)
    }

    /// Runs one request on a stream of a kind.
    pub(crate) async fn voer_eigen_uit<S: Soort>(
        &self,
        opdracht: &EigenOpdracht<S::Wens>,
    ) -> Result<Antwoord, AppFout> {
        let eigen = || S::vaste_stroom(&opdracht.wens);
        let id = opdracht.stroom.or_else(eigen).unwrap_or_else(|| stroom_van(opdracht.id, S::Gebeurtenis::STROOM));
        for _ in 0..POGINGEN_MAX {
            match self.probeer_eigen::<S>(id, opdracht).await {
                Err(AppFout::Store(StoreFout::Conflict)) => {}
                anders => return anders,
            }
        }
        Err(AppFout::TeDruk)
    }

    async fn probeer_eigen<S: Soort>(
        &self,
        id: CasusId,
        opdracht: &EigenOpdracht<S::Wens>,
    ) -> Result<Antwoord, AppFout> {
        let (rijen, eerder) = self.store().laad_bij_opdracht(id, opdracht.id).await?;
        let gelezen = Gelezen::<S>::uit(rijen)?;
        let stand = S::stand(&gelezen.staat);
        let nu = self.nu_na(stand.laatst_vastgelegd);
        let naam = opdracht.wens.as_ref().to_owned();
        let log = async |uitkomst: String| {
            self.store().schrijf_toegang(ToegangRegel::van(&opdracht.actor, Some(id), &naam, uitkomst, nu)).await
        };
        let actor = &opdracht.actor;
        let relatie = S::relatie(&gelezen.staat, &actor.organisatie);
        let bestaat = opdracht.stroom.is_none() || stand.versie > 0;
        if !bestaat || !self.toegang().mag(&Vraag { actor, handeling: &naam, relatie }) {
            log("niet-gevonden".to_owned()).await?;
            return Err(AppFout::NietGevonden);
        }
        let digest = self.digest_van(&opdracht.wens, &actor.organisatie, opdracht.gebeurd_op).await?;
        if let Some(rij) = eerder {
            log(if rij.digest == digest { "herhaald" } else { "geweigerd opdracht-hergebruikt" }.to_owned()).await?;
            return if rij.digest == digest {
                Ok(gedaan::<S>(id, &gelezen.staat, rij.eerste_versie, rij.laatste_versie))
            } else {
                Err(AppFout::OpdrachtHergebruikt)
            };
        }
        if opdracht.verwacht.is_some_and(|verwacht| verwacht != stand.versie) {
            log("conflict".to_owned()).await?;
            return Ok(Antwoord::Conflict(Conflict { versie: stand.versie, veranderd: Vec::new() }));
        }
        let geldig = self.geldig_voor(stand.afspraak.or(S::afspraak(&opdracht.wens)), nu)?;
        let gebeurd_op = opdracht.gebeurd_op.unwrap_or(nu);
        let omgeving = Omgeving { app: self, actor, bundel: &geldig.bundel, command_id: opdracht.id, nu };
        let (commando, teksten) = S::ontleed(&gelezen.staat, &opdracht.wens, &omgeving).map_err(AppFout::Ongeldig)?;
        let bundels = self.bundels();
        let context = Context { gebeurd_op, ..context(nu, actor, geldig, &bundels) };
        match S::beslis(&gelezen.staat, &commando, &context) {
            Ok(gebeurtenissen) => {
                self.leg_eigen_vast::<S>(id, opdracht, gelezen, &context, (gebeurtenissen, teksten), digest).await
            }
            Err(weigering) => {
                log(format!("geweigerd {}", weigering.reden.code.als_str())).await?;
                Ok(Antwoord::Geweigerd(weigering))
            }
        }
    }

    async fn leg_eigen_vast<S: Soort>(
        &self,
        id: CasusId,
        opdracht: &EigenOpdracht<S::Wens>,
        gelezen: Gelezen<S>,
        context: &Context<'_>,
        (gebeurtenissen, teksten): (Vec<S::Gebeurtenis>, Vec<Tekst>),
        digest: Vec<u8>,
    ) -> Result<Antwoord, AppFout> {
        let eerste_versie = S::stand(&gelezen.staat).versie + 1;
        let vastleggingen = vastleggingen(eerste_versie, gebeurtenissen, &opdracht.actor, context);
        let staat = vastleggingen.iter().fold(gelezen.staat, S::vouw);
        let (sleutels, _) = self.sleutels_en_namen(id).await?;
        let laatste = gelezen.rijen.last();
        let Verzegeld { events, fragmenten, bijlagen, datasleutels } = self
            .verzegel_en_keten(id, opdracht.id, &vastleggingen, (laatste, &sleutels), (teksten, Vec::new()))
            .await?;
        let laatste_versie = S::stand(&staat).versie;
        let antwoord = gedaan::<S>(id, &staat, eerste_versie, laatste_versie);
        let batch = Batch {
            casus: id,
            events,
            opdracht: OpdrachtRij { id: opdracht.id, digest, eerste_versie, laatste_versie },
            views: Views { eigen: S::rijen(id, &staat), ..Views::default() },
            fragmenten,
            bijlagen,
            datasleutels,
            // Nothing of it is ever found by name, number or address.
            zoeksleutels: Vec::new(),
            toegang: ToegangRegel::van(
                &opdracht.actor,
                Some(id),
                opdracht.wens.as_ref().to_owned(),
                "toegestaan",
                context.nu,
            ),
        };
        self.store().commit(batch).await?;
        Ok(antwoord)
    }

    /// The agreement of a region that holds now.
    pub(crate) fn geldig_voor(&self, afspraak: Option<&AfspraakNaam>, nu: Instant) -> Result<&GeldigeBundel, AppFout> {
        afspraak.and_then(|afspraak| self.afspraken().geldig(afspraak, nu.dag())).ok_or_else(|| {
            let melding = "Kies de regio waarin u werkt.".to_owned();
            AppFout::Ongeldig(vec![VeldFout { veld: "afspraak".into(), melding }])
        })
    }

    /// Opens a stream for reading: what is not for this worker looks like what does not exist.
    pub(crate) async fn lees_eigen<S: Soort>(
        &self,
        actor: &Actor,
        id: CasusId,
        handeling: &str,
    ) -> Result<(Gelezen<S>, Vec<Geopend>), AppFout> {
        let gelezen = self.laad_eigen::<S>(id).await?;
        let relatie = S::relatie(&gelezen.staat, &actor.organisatie);
        let mag = S::stand(&gelezen.staat).versie > 0 && self.toegang().mag(&Vraag { actor, handeling, relatie });
        let uitkomst = if mag { "toegestaan" } else { "niet-gevonden" };
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(id), handeling, uitkomst, self.klok().nu())).await?;
        if !mag {
            return Err(AppFout::NietGevonden);
        }
        let stukken = self.open_stukken(id, &gelezen.rijen, &actor.organisatie).await?;
        Ok((gelezen, stukken))
    }

    /// The streams of one kind in the list of a worker's organisation.
    pub(crate) async fn eigen_lijst(
        &self,
        actor: &Actor,
        soort: &str,
        handeling: &str,
    ) -> Result<Vec<EigenRij>, AppFout> {
        self.store().schrijf_toegang(ToegangRegel::van(actor, None, handeling, "toegestaan", self.klok().nu())).await?;
        Ok(self.store().eigen(&actor.organisatie, soort, EIGEN_MAX).await?)
    }
}

fn gedaan<S: Soort>(id: CasusId, staat: &S::Staat, eerste_versie: u64, versie: u64) -> Antwoord {
    Antwoord::Gedaan(Gedaan { casus: id, eerste_versie, versie, nummer: nummer::<S>(id, staat) })
}

/// Texts of one act, each sealed for these owners; empty ones are left out.
pub(crate) struct Teksten<'a> {
    pub eigenaren: &'a [OrganisatieId],
    pub alle: Vec<Tekst>,
    pub fouten: Vec<VeldFout>,
}

impl<'a> Teksten<'a> {
    pub fn voor(eigenaren: &'a [OrganisatieId]) -> Self {
        Self { eigenaren, alle: Vec::new(), fouten: Vec::new() }
    }

    pub fn zet(&mut self, onderwerp: crate::verzegel::Onderwerp, soort: &str, inhoud: &str) {
        if inhoud.trim().is_empty() {
            return;
        }
        if inhoud.chars().count() > crate::wens::TEKST_TEKENS_MAX {
            self.mis(soort, "De tekst is te lang.");
        }
        self.alle.extend(self.eigenaren.iter().map(|eigenaar| Tekst {
            eigenaar: eigenaar.clone(),
            onderwerp,
            soort: soort.to_owned(),
            inhoud: inhoud.to_owned(),
        }));
    }

    /// The same for a text that must be there.
    pub fn eis(&mut self, onderwerp: crate::verzegel::Onderwerp, soort: &str, inhoud: &str, melding: &str) {
        if inhoud.trim().is_empty() {
            self.mis(soort, melding);
        }
        self.zet(onderwerp, soort, inhoud);
    }

    pub fn mis(&mut self, veld: &str, melding: &str) {
        self.fouten.push(VeldFout { veld: veld.to_owned(), melding: melding.to_owned() });
    }

    /// A choice that must be made.
    pub fn kies<T: Clone>(&mut self, veld: &str, waarde: &Option<T>) -> Option<T> {
        if waarde.is_none() {
            self.mis(veld, "Kies of vul dit in.");
        }
        waarde.clone()
    }

    /// The command with its texts, or everything that is wrong.
    pub fn klaar<C>(self, commando: Option<C>) -> Result<(C, Vec<Tekst>), Vec<VeldFout>> {
        match commando {
            Some(commando) if self.fouten.is_empty() => Ok((commando, self.alle)),
            _ => Err(self.fouten),
        }
    }
}
