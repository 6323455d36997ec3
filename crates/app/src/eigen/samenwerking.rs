//! The agreement itself, as its parties keep it: one stream per edition, read and written by each of them.

use super::{EigenOpdracht, Gelezen, Omgeving, Soort, Stand, Teksten};
use crate::{
    Actor, Antwoord, App, AppFout,
    codec::Gebeurd,
    opslag::{EigenRij, ToegangRegel},
    toegang::Relatie,
    verzegel::{Onderwerp, Tekst},
    wens::VeldFout,
};
use domain::{
    Context, Vastlegging, Weigering,
    afspraak::{Bundel, GeldigeBundel},
    ids::*,
    samenwerking::{Commando, Gebeurtenis, Punt, Samenwerking, decide, deelnemers, evolve, kalender},
    tijd::Instant,
};
use serde::{Deserialize, Serialize};
use strum::AsRefStr;

/// An act on the agreement of a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamenwerkingWens {
    pub afspraak: AfspraakNaam,
    /// The edition that is kept; the stream belongs to it.
    pub editie: String,
    #[serde(flatten)]
    pub doe: SamenwerkingDaad,
}

impl AsRef<str> for SamenwerkingWens {
    fn as_ref(&self) -> &str {
        self.doe.as_ref()
    }
}

/// Every act, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum SamenwerkingDaad {
    ZetContact(ContactWens),
    LaatContactVervallen(ContactVerwijzing),
    BevestigContactlijst(Leeg),
    TekenAfspraak(Leeg),
    RondMijlpaalAf(SleutelWens),
    HoudEvaluatie(SleutelWens),
}

/// Somebody on the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactWens {
    pub naam: String,
    /// What this person is called for.
    pub waarvoor: String,
    pub bereikbaar: String,
    /// In whose place.
    pub vervangt: Option<ContactId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactVerwijzing {
    pub contact: ContactId,
}

/// A milestone or an evaluation, by its key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SleutelWens {
    pub sleutel: String,
    pub verslag: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Leeg {}

/// The stream of an edition, whoever writes first.
fn stroom(afspraak: &AfspraakNaam, editie: &str) -> CasusId {
    const BASIS: CommandId = CommandId(uuid::Uuid::from_u128(0x7a69_6368_742d_7361_6d65_6e77_6572_6b00));
    CasusId(BASIS.afgeleid(&format!("{afspraak}@{editie}")))
}

/// The kind.
pub(crate) struct Overeenkomst;

impl Soort for Overeenkomst {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Samenwerking;
    type Commando = Commando;
    type Wens = SamenwerkingWens;
    const LETTER: char = 'K';

    fn vaste_stroom(wens: &SamenwerkingWens) -> Option<CasusId> {
        Some(stroom(&wens.afspraak, &wens.editie))
    }

    fn vouw(staat: Samenwerking, vastlegging: &Vastlegging<Gebeurtenis>) -> Samenwerking {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Samenwerking) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.begonnen_op,
            afspraak: staat.afspraak.as_ref(),
        }
    }

    fn afspraak(wens: &SamenwerkingWens) -> Option<&AfspraakNaam> {
        Some(&wens.afspraak)
    }

    /// Whether an organisation is a party is the domain's question.
    fn relatie(_: &Samenwerking, _: &OrganisatieId) -> Relatie {
        Relatie::Eigen
    }

    fn ontleed(
        _: &Samenwerking,
        wens: &SamenwerkingWens,
        o: &Omgeving<'_>,
    ) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let eigenaren: Vec<_> = deelnemers(o.bundel).into_iter().collect();
        let mut t = Teksten::voor(&eigenaren);
        if o.bundel.eigen_laag().is_none_or(|laag| laag.editie != wens.editie) {
            t.mis("editie", "Deze editie geldt nu niet.");
        }
        let commando = match &wens.doe {
            SamenwerkingDaad::ZetContact(wens) => {
                t.eis(Onderwerp::Melder, "naam", &wens.naam, "Vul de naam in van de contactpersoon.");
                t.eis(Onderwerp::Melder, "waarvoor", &wens.waarvoor, "Schrijf op waarvoor men deze persoon belt.");
                t.eis(Onderwerp::Melder, "bereikbaar", &wens.bereikbaar, "Vul een telefoonnummer of adres in.");
                Commando::ZetContact { contact: ContactId(o.command_id.afgeleid("contact")), vervangt: wens.vervangt }
            }
            SamenwerkingDaad::LaatContactVervallen(wens) => Commando::LaatContactVervallen { contact: wens.contact },
            SamenwerkingDaad::BevestigContactlijst(_) => Commando::BevestigContactlijst,
            SamenwerkingDaad::TekenAfspraak(_) => Commando::TekenAfspraak,
            SamenwerkingDaad::RondMijlpaalAf(wens) => {
                t.zet(Onderwerp::Huishouden, "verslag", &wens.verslag);
                Commando::RondMijlpaalAf { mijlpaal: wens.sleutel.clone() }
            }
            SamenwerkingDaad::HoudEvaluatie(wens) => {
                t.eis(Onderwerp::Huishouden, "verslag", &wens.verslag, "Schrijf op wat de partijen afspraken.");
                Commando::HoudEvaluatie { termijn: wens.sleutel.clone() }
            }
        };
        t.klaar(Some(commando))
    }

    fn beslis(staat: &Samenwerking, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    /// It is in no list: every party finds it by the agreement.
    fn rijen(_: CasusId, _: &Samenwerking) -> Vec<EigenRij> {
        Vec::new()
    }
}

/// An agreement as one of its parties sees it.
pub struct SamenwerkingBeeld {
    pub afspraak: AfspraakNaam,
    pub editie: String,
    pub titel: String,
    pub document: String,
    pub geldig_van: jiff::civil::Date,
    /// The clauses and gaps that fix edition, parties and begin.
    pub clausules: Vec<ClausuleId>,
    pub versie: u64,
    pub op: Instant,
    pub punten: Vec<Punt>,
    pub contacten: Vec<ContactBeeld>,
    /// What the printed agreement gives, with its clause.
    pub gedrukt: Vec<(String, String, ClausuleId)>,
    pub bevestigd: Vec<(OrganisatieId, Option<Instant>)>,
}

/// Somebody on the list, with name and number.
pub struct ContactBeeld {
    pub contact: ContactId,
    pub organisatie: OrganisatieId,
    pub naam: String,
    pub waarvoor: String,
    pub bereikbaar: String,
    pub sinds: Instant,
}

impl App {
    /// Runs one request on an agreement.
    ///
    /// # Errors
    /// A mistake in the request, or a fault; nothing was written then.
    pub async fn voer_samenwerking_uit(&self, opdracht: &EigenOpdracht<SamenwerkingWens>) -> Result<Antwoord, AppFout> {
        self.voer_eigen_uit::<Overeenkomst>(opdracht).await
    }

    /// The agreements of which an organisation is a party today.
    pub fn afspraken_van(&self, organisatie: &OrganisatieId) -> Vec<&GeldigeBundel> {
        let vandaag = self.klok().nu().dag();
        let alle = self.afspraken().alle().iter().filter(|geldig| geldig.bundel.is_regio());
        let eigen = alle.filter(|geldig| deelnemers(&geldig.bundel).contains(organisatie));
        eigen
            .filter(|geldig| {
                let nu = self.afspraken().geldig(&geldig.bundel.afspraak, vandaag);
                nu.is_some_and(|nu| nu.hash == geldig.hash)
            })
            .collect()
    }

    /// Everything about the agreements of this worker's organisation.
    ///
    /// # Errors
    /// Faults of store and keys.
    pub async fn samenwerkingen(&self, actor: &Actor) -> Result<Vec<SamenwerkingBeeld>, AppFout> {
        let mut alle = Vec::new();
        for geldig in self.afspraken_van(&actor.organisatie) {
            alle.push(self.samenwerking(actor, &geldig.bundel).await?);
        }
        Ok(alle)
    }

    async fn samenwerking(&self, actor: &Actor, bundel: &Bundel) -> Result<SamenwerkingBeeld, AppFout> {
        let laag = bundel.eigen_laag().ok_or(AppFout::BundelOntbreekt)?;
        let (id, nu) = (stroom(&bundel.afspraak, &laag.editie), self.klok().nu());
        let regel = ToegangRegel::van(actor, Some(id), "bekijk-samenwerking", "toegestaan", nu);
        self.store().schrijf_toegang(regel).await?;
        let Gelezen::<Overeenkomst> { rijen, staat, .. } = self.laad_eigen(id).await?;
        let stukken = self.open_stukken(id, &rijen, &actor.organisatie).await?;
        let tekst = |versie: u64, soort: &str| {
            // The words of an act go with its first event; what puts somebody on the list may be a later one of it.
            let van_de_daad = stukken.iter().filter(|stuk| stuk.versie <= versie && stuk.soort == soort);
            let stuk = van_de_daad.max_by_key(|stuk| stuk.versie);
            stuk.map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
        };
        let nog = staat.contacten.iter().filter(|(_, persoon)| persoon.vervallen_op.is_none());
        let contacten = nog.map(|(id, persoon)| ContactBeeld {
            contact: *id,
            organisatie: persoon.organisatie.clone(),
            naam: tekst(persoon.versie, "naam"),
            waarvoor: tekst(persoon.versie, "waarvoor"),
            bereikbaar: tekst(persoon.versie, "bereikbaar"),
            sinds: persoon.op,
        });
        let mut contacten: Vec<_> = contacten.collect();
        contacten.sort_by(|a, b| (&a.organisatie, &a.naam).cmp(&(&b.organisatie, &b.naam)));
        let gedrukt = bundel.inhoud.contact.values();
        Ok(SamenwerkingBeeld {
            afspraak: bundel.afspraak.clone(),
            editie: laag.editie.clone(),
            titel: laag.titel.clone(),
            document: laag.document.clone(),
            geldig_van: laag.geldig_van.0,
            clausules: laag.clausules.clone(),
            versie: staat.versie,
            op: nu,
            punten: kalender(bundel, &staat),
            contacten,
            gedrukt: gedrukt.map(|c| (c.naam.clone(), c.bereikbaar.clone(), c.clausule.clone())).collect(),
            bevestigd: deelnemers(bundel)
                .into_iter()
                .map(|id| (id.clone(), staat.bevestigd.get(&id).copied()))
                .collect(),
        })
    }
}

impl SamenwerkingBeeld {
    /// What this organisation must do, by itself or with the others, first what is due first.
    pub fn te_doen<'a>(&'a self, organisatie: &'a OrganisatieId) -> impl Iterator<Item = &'a Punt> {
        self.punten.iter().filter(move |punt| punt.is_voor(organisatie))
    }

    /// The kind of this stream, for a list of kinds.
    pub const SOORT: &'static str = Gebeurtenis::STROOM;
}
