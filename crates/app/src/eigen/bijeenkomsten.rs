//! Meetings of an overdrachtstafel: one stream each, read by everybody who sits at that table. The agenda holds offers;
//! what of each a party reads, follows from its part in that casus.

use super::{EigenOpdracht, Gelezen, Omgeving, Soort, Stand, Teksten, nummer};
use crate::{
    Actor, Antwoord, App, AppFout,
    codec::Gebeurd,
    opslag::{EigenRij, ToegangRegel},
    toegang::Relatie,
    verzegel::{Onderwerp, Tekst},
    views::nummer_van,
    wens::{VeldFout, lees_tijdstip},
};
use domain::{
    Context, Vastlegging, Weigering,
    beoordelingen::Functie,
    bijeenkomsten::{Agendapunt, Bijeenkomst, Commando, Gebeurtenis, decide, evolve},
    ids::*,
    overdrachten::{Overdracht, tafelpartijen},
    plichten::{Stand as PlichtStand, plichten},
    tijd::Instant,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::AsRefStr;

/// Offers on one agenda.
pub const AGENDAPUNTEN_MAX: usize = 50;

/// Every act on a meeting, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum BijeenkomstWens {
    PlanBijeenkomst(PlanBijeenkomst),
    ZetAgenda(ZetAgenda),
    HoudBijeenkomst(HoudBijeenkomst),
    ZegBijeenkomstAf(ZegBijeenkomstAf),
}

/// `begin`: local time, `2026-03-10 13:30`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanBijeenkomst {
    pub afspraak: Option<AfspraakNaam>,
    pub gemeente: String,
    pub begin: String,
}

/// The whole agenda, in its order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ZetAgenda {
    pub punten: Vec<Agendapunt>,
}

/// `wie`: the names of who sat there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoudBijeenkomst {
    pub voorzitter: Option<OrganisatieId>,
    pub aanwezig: BTreeSet<OrganisatieId>,
    pub functies: BTreeSet<Functie>,
    pub wie: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ZegBijeenkomstAf {
    pub reden: String,
}

/// The kind.
pub(crate) struct Bijeenkomsten;

impl Soort for Bijeenkomsten {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Bijeenkomst;
    type Commando = Commando;
    type Wens = BijeenkomstWens;
    const LETTER: char = 'T';

    fn vouw(staat: Bijeenkomst, vastlegging: &Vastlegging<Gebeurtenis>) -> Bijeenkomst {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Bijeenkomst) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.gepland.as_ref().map(|gepland| gepland.begin),
            afspraak: staat.gepland.as_ref().map(|gepland| &gepland.afspraak),
        }
    }

    fn afspraak(wens: &BijeenkomstWens) -> Option<&AfspraakNaam> {
        match wens {
            BijeenkomstWens::PlanBijeenkomst(wens) => wens.afspraak.as_ref(),
            _ => None,
        }
    }

    fn relatie(staat: &Bijeenkomst, organisatie: &OrganisatieId) -> Relatie {
        let eigen = staat.gepland.as_ref().is_none_or(|gepland| gepland.genodigd.contains(organisatie));
        if eigen { Relatie::Eigen } else { Relatie::Geen }
    }

    fn ontleed(
        staat: &Bijeenkomst,
        wens: &BijeenkomstWens,
        o: &Omgeving<'_>,
    ) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let genodigd = staat.gepland.as_ref().map(|gepland| gepland.genodigd.iter().cloned().collect::<Vec<_>>());
        let eigenaren = genodigd.unwrap_or_default();
        let mut t = Teksten::voor(&eigenaren);
        let commando = match wens {
            BijeenkomstWens::PlanBijeenkomst(wens) => {
                if tafelpartijen(o.bundel, &wens.gemeente).is_empty() {
                    t.mis("gemeente", "Kies een gemeente met een overdrachtstafel.");
                }
                let begin = lees_tijdstip("begin", &wens.begin).map_err(|fouten| t.fouten.extend(fouten)).ok();
                begin.map(|begin| Commando::PlanBijeenkomst { gemeente: wens.gemeente.clone(), begin })
            }
            BijeenkomstWens::ZetAgenda(wens) => {
                if wens.punten.len() > AGENDAPUNTEN_MAX {
                    t.mis("agenda", &format!("Er passen {AGENDAPUNTEN_MAX} casussen op een agenda."));
                }
                Some(Commando::ZetAgenda { punten: wens.punten.clone() })
            }
            BijeenkomstWens::HoudBijeenkomst(wens) => {
                t.zet(Onderwerp::Huishouden, "wie", &wens.wie);
                let (aanwezig, functies) = (wens.aanwezig.clone(), wens.functies.clone());
                t.kies("voorzitter", &wens.voorzitter).map(|voorzitter| Commando::HoudBijeenkomst {
                    voorzitter,
                    aanwezig,
                    functies,
                })
            }
            BijeenkomstWens::ZegBijeenkomstAf(wens) => {
                t.eis(Onderwerp::Huishouden, "reden", &wens.reden, "Schrijf op waarom. De genodigden lezen dit.");
                Some(Commando::ZegBijeenkomstAf { reden: !wens.reden.trim().is_empty() })
            }
        };
        t.klaar(commando)
    }

    fn beslis(staat: &Bijeenkomst, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    /// It is in the list of everybody who was asked.
    fn rijen(id: CasusId, staat: &Bijeenkomst) -> Vec<EigenRij> {
        let Some(gepland) = &staat.gepland else { return Vec::new() };
        let stand = match (&staat.gehouden, staat.afgezegd) {
            (Some(_), _) => "gehouden",
            (None, Some(_)) => "afgezegd",
            (None, None) => "gepland",
        };
        let rij = |organisatie: &OrganisatieId| EigenRij {
            stroom: id,
            organisatie: organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: stand.to_owned(),
            kenmerk: gepland.gemeente.clone(),
            ander: None,
            medewerker: None,
            aan_zet: false,
            gesloten: stand != "gepland",
            begonnen_op: gepland.begin,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(gepland.begin),
        };
        gepland.genodigd.iter().map(rij).collect()
    }
}

/// A meeting as one of its parties sees it.
pub struct BijeenkomstBeeld {
    pub id: CasusId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub staat: Bijeenkomst,
    /// The names of who sat there.
    pub wie: String,
    /// Why it was called off.
    pub reden: String,
    pub agenda: Vec<AgendaBeeld>,
}

/// A place on the agenda.
pub enum AgendaBeeld {
    /// The casus is for others: its number while it waits for an answer, and then nothing.
    VanAnderen {
        nummer: Option<String>,
    },
    Eigen(Box<Besproken>),
}

/// An offer that this organisation made or was made.
pub struct Besproken {
    pub casus: CasusId,
    pub nummer: String,
    pub overdracht: Overdracht,
    /// To whom the handover went that follows on the decision, with how it stands; as far as this party is in it.
    pub vervolg: Option<Overdracht>,
    /// Letters that follow, with whether they left; for Veilig Thuis only.
    pub brieven: Vec<Brief>,
}

/// A letter that the agreement asks for after the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub naam: String,
    /// A key of `[document]`.
    pub document: String,
    pub verstuurd: bool,
    pub clausule: ClausuleId,
}

impl App {
    /// Runs one request on a meeting.
    ///
    /// # Errors
    /// A mistake in the request, an offer that does not lie on that table, or a fault; nothing was written then.
    pub async fn voer_bijeenkomst_uit(&self, opdracht: &EigenOpdracht<BijeenkomstWens>) -> Result<Antwoord, AppFout> {
        if let (BijeenkomstWens::ZetAgenda(wens), Some(id)) = (&opdracht.wens, opdracht.stroom) {
            let Gelezen::<Bijeenkomsten> { staat, .. } = self.laad_eigen(id).await?;
            let gemeente = staat.gepland.as_ref().map(|gepland| gepland.gemeente.as_str()).unwrap_or_default();
            let op_tafel = self.store().tafel(gemeente, &opdracht.actor.organisatie).await?;
            let ligt_er = |punt: &Agendapunt| {
                op_tafel.iter().any(|rij| rij.casus == punt.casus && rij.overdracht == punt.overdracht)
            };
            if !wens.punten.iter().all(ligt_er) {
                let melding = "Een van deze casussen ligt niet op deze tafel.".to_owned();
                return Err(AppFout::Ongeldig(vec![VeldFout { veld: "agenda".to_owned(), melding }]));
            }
        }
        self.voer_eigen_uit::<Bijeenkomsten>(opdracht).await
    }

    /// The meetings of one table to which this organisation was asked, the latest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn bijeenkomsten(&self, actor: &Actor, gemeente: &str) -> Result<Vec<EigenRij>, AppFout> {
        let mut rijen = self.eigen_lijst(actor, Gebeurtenis::STROOM, "bekijk-bijeenkomsten").await?;
        rijen.retain(|rij| rij.kenmerk == gemeente);
        rijen.sort_by_key(|rij| std::cmp::Reverse(rij.begonnen_op));
        Ok(rijen)
    }

    /// The order in which a meeting talks about offers.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or not for this party; faults of the store.
    pub async fn agenda(&self, actor: &Actor, id: CasusId) -> Result<Vec<OverdrachtId>, AppFout> {
        let (gelezen, _) = self.lees_eigen::<Bijeenkomsten>(actor, id, "bekijk-bijeenkomst").await?;
        Ok(gelezen.staat.agenda.iter().map(|punt| punt.overdracht).collect())
    }

    /// Shows a meeting to a party of the table, with of each casus what this party may know.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or not for this party; faults of store and keys.
    pub async fn bijeenkomst(&self, actor: &Actor, id: CasusId) -> Result<BijeenkomstBeeld, AppFout> {
        let (gelezen, stukken) = self.lees_eigen::<Bijeenkomsten>(actor, id, "bekijk-bijeenkomst").await?;
        let staat = gelezen.staat;
        let tekst = |soort: &str| {
            stukken.iter().rfind(|stuk| stuk.soort == soort).map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
        };
        let gemeente = staat.gepland.as_ref().map(|gepland| gepland.gemeente.as_str()).unwrap_or_default();
        let rijen = self.store().tafel(gemeente, &actor.organisatie).await?;
        let mut agenda = Vec::with_capacity(staat.agenda.len());
        for punt in &staat.agenda {
            agenda.push(match self.besproken(actor, *punt).await? {
                Some(besproken) => AgendaBeeld::Eigen(Box::new(besproken)),
                None => {
                    let rij = rijen.iter().find(|rij| rij.overdracht == punt.overdracht);
                    AgendaBeeld::VanAnderen { nummer: rij.map(|rij| rij.nummer.clone()) }
                }
            });
        }
        Ok(BijeenkomstBeeld {
            id,
            nummer: nummer::<Bijeenkomsten>(id, &staat),
            versie: staat.versie,
            op: self.klok().nu(),
            wie: tekst("wie"),
            reden: tekst("reden"),
            staat,
            agenda,
        })
    }

    /// An offer on an agenda, for who made it and for whom it is.
    async fn besproken(&self, actor: &Actor, punt: Agendapunt) -> Result<Option<Besproken>, AppFout> {
        let Some(geladen) = self.laad_leesbaar(punt.casus).await? else { return Ok(None) };
        let eigen = &actor.organisatie;
        let partij = |overdracht: &&Overdracht| overdracht.naar == *eigen || overdracht.feit.organisatie == *eigen;
        let Some(overdracht) = geladen.casus.overdracht(punt.overdracht).filter(partij) else { return Ok(None) };
        let regel = ToegangRegel::van(actor, Some(punt.casus), "bekijk-bijeenkomst", "toegestaan", self.klok().nu());
        self.store().schrijf_toegang(regel).await?;
        let besluit = overdracht.besproken.last();
        let vervolg = besluit.and_then(|besluit| besluit.vervolg(&geladen.casus, overdracht.id)).filter(partij);
        let bundels = self.bundels();
        let mut brieven = Vec::new();
        if geladen.casus.veilig_thuis.as_ref() == Some(eigen) {
            brieven.extend(plichten(&geladen.casus, &bundels).iter().filter_map(|stand| {
                let document = stand.plicht.document.clone()?;
                let verstuurd = matches!(stand.stand, PlichtStand::Gedaan(_));
                let clausule = stand.plicht.clausule.clone();
                Some(Brief { naam: stand.plicht.naam.clone(), document, verstuurd, clausule })
            }));
        }
        Ok(Some(Besproken {
            casus: punt.casus,
            nummer: nummer_van(punt.casus, &geladen.casus),
            overdracht: overdracht.clone(),
            vervolg: vervolg.cloned(),
            brieven,
        }))
    }
}
