//! Recognition for a worker of Veilig Thuis at intake: who of a report is known from another casus, and why.

use super::casus::CasusBeeld;
use crate::{
    Actor, App, AppFout,
    herkenning::{Grond, Huishouden, Treffer, Zoekvraag, gegevens::Stuk, huishouden_uit},
    opslag::{ToegangRegel, ZoeksleutelRij},
    toegang::{Relatie, Vraag, relatie},
    uitvoeren::Geladen,
    verzegel::{Geopend, Tekst, VerzegelFout},
    views,
};
use domain::{
    Casus, Gebeurtenis, gebeurtenis::Persoon, ids::*, meldingen::Verplaatsing, tijd::Instant, tijdlijn::tijdlijn,
};
use std::collections::BTreeMap;

/// Casussen that are shown for one report.
pub const KANDIDATEN_MAX: usize = 5;
/// Casussen that are looked at for it, best first; each is loaded.
const BEKEKEN_MAX: usize = 20;

/// Casussen about one household that are named on its page.
const VERBANDEN_MAX: usize = 20;

/// What recognition has to say of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Herkend {
    pub melding: MeldingId,
    /// Best first.
    pub kandidaten: Vec<Kandidaat>,
    /// There are more than are shown.
    pub meer: bool,
    /// Occurs too often to tell households apart; not searched by.
    pub te_algemeen: Vec<Grond>,
    /// Whether the report held anything to search by; if not, "nothing found" says nothing.
    pub doorzocht: bool,
}

/// A casus in which the same persons may occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kandidaat {
    pub casus: CasusId,
    pub nummer: String,
    pub gesloten: bool,
    pub overeenkomsten: Vec<Overeenkomst>,
    pub laatste_melding: Instant,
    /// Absent when the casus is closed.
    pub houder: Option<OrganisatieId>,
}

/// What is the same, of one person or of the household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overeenkomst {
    /// As in the report; absent for the household as a whole.
    pub persoon: Option<PersoonId>,
    pub naam: Option<String>,
    pub gronden: Vec<Grond>,
}

/// Another casus about the same household, as a worker decided here or there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verband {
    pub casus: CasusId,
    pub nummer: String,
    /// Two that are open at a time are an alarm on both.
    pub gesloten: bool,
}

impl App {
    /// Casussen of the same Veilig Thuis in which the persons of a report may be known. Without a report: of the newest.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] for who is not its Veilig Thuis; faults of store and keys.
    pub async fn herken(&self, actor: &Actor, id: CasusId, melding: Option<MeldingId>) -> Result<Herkend, AppFout> {
        let geladen = self.laad(id).await?;
        let nu = self.klok().nu();
        let mag = self.mag_herkennen(actor, &geladen.casus, nu)?;
        self.log_herkenning(actor, id, if mag { "toegestaan" } else { "niet-gevonden" }, nu).await?;
        let gemeld = personen_van(&geladen, melding).filter(|_| mag);
        let (melding, personen) = gemeld.ok_or(AppFout::NietGevonden)?;
        let stukken = self.open_stukken(id, &geladen.rijen, &actor.organisatie).await?;
        let huishouden = huishouden_uit(&personen, stukken.iter().map(Stuk::open).collect());
        let geheim = self.verzegelaar().zoekgeheim(self.store(), &actor.organisatie).await?;
        let vraag = Zoekvraag { eigenaar: &actor.organisatie, geheim: &geheim, casus: id, huishouden: &huishouden };
        let gevonden = self.herkenning().zoek(self.store(), vraag).await?;
        let per_casus = op_volgorde(&gevonden.treffers);
        let mut meer = gevonden.meer || per_casus.len() > BEKEKEN_MAX;
        let mut kandidaten = Vec::new();
        for (casus, treffers) in per_casus.into_iter().take(BEKEKEN_MAX) {
            let Some(kandidaat) = self.kandidaat(actor, casus, &treffers, &huishouden, nu).await? else { continue };
            if kandidaten.len() == KANDIDATEN_MAX {
                meer = true;
                break;
            }
            kandidaten.push(kandidaat);
        }
        self.log_getoond(actor, kandidaten.iter().map(|kandidaat| kandidaat.casus), nu).await?;
        let doorzocht = gevonden.gezocht > 0;
        Ok(Herkend { melding, kandidaten, meer, te_algemeen: gevonden.te_algemeen, doorzocht })
    }

    /// Casussen that a worker said are about the same household, from either side.
    pub(crate) async fn verbanden(
        &self,
        actor: &Actor,
        id: CasusId,
        relatie: Relatie,
        nu: Instant,
    ) -> Result<Vec<Verband>, AppFout> {
        if relatie != Relatie::VeiligThuis {
            return Ok(Vec::new());
        }
        let mut verbanden = Vec::new();
        for casus in self.store().verbanden(id, &actor.organisatie).await?.into_iter().take(VERBANDEN_MAX) {
            let Some(Geladen { casus: ander, .. }) = self.laad_leesbaar(casus).await? else { continue };
            if self.mag_herkennen(actor, &ander, nu)? {
                let nummer = views::nummer_van(casus, &ander);
                verbanden.push(Verband { casus, nummer, gesloten: ander.sluiting.is_some() });
            }
        }
        self.log_getoond(actor, verbanden.iter().map(|verband| verband.casus), nu).await?;
        Ok(verbanden)
    }

    fn mag_herkennen(&self, actor: &Actor, casus: &Casus, nu: Instant) -> Result<bool, AppFout> {
        if casus.versie == 0 || casus.veilig_thuis.as_ref() != Some(&actor.organisatie) {
            return Ok(false);
        }
        let relatie = relatie(casus, &actor.organisatie, &self.geldig(casus, "", nu)?.bundel);
        let vraag = Vraag { actor, handeling: "bekijk-casus", relatie };
        Ok(relatie == Relatie::VeiligThuis && self.toegang().mag(&vraag))
    }

    /// A casus that cannot be read is not an answer.
    async fn kandidaat(
        &self,
        actor: &Actor,
        id: CasusId,
        treffers: &[Treffer],
        huishouden: &Huishouden,
        nu: Instant,
    ) -> Result<Option<Kandidaat>, AppFout> {
        let Some(geladen) = self.laad_leesbaar(id).await? else { return Ok(None) };
        let laatste_melding = geladen.casus.meldingen.iter().map(|melding| melding.ontvangen_op).max();
        let (true, Some(laatste_melding)) = (self.mag_herkennen(actor, &geladen.casus, nu)?, laatste_melding) else {
            return Ok(None);
        };
        // Who was reported in a report that stands elsewhere now, is found there.
        let hier = personen_hier(&geladen);
        let treffers: Vec<_> =
            treffers.iter().copied().filter(|treffer| treffer.daar.is_none_or(|daar| hier.contains(&daar))).collect();
        let verplaatst = geladen.casus.eigen_meldingen().next().is_none();
        if treffers.is_empty() || verplaatst {
            return Ok(None);
        }
        let lijn = tijdlijn(&geladen.casus, &self.bundels());
        Ok(Some(Kandidaat {
            casus: id,
            nummer: views::nummer_van(id, &geladen.casus),
            gesloten: geladen.casus.sluiting.is_some(),
            overeenkomsten: overeenkomsten(&treffers, huishouden),
            laatste_melding,
            houder: lijn.houder_op(nu).cloned(),
        }))
    }

    /// One line for each casus of which something is about to be shown.
    async fn log_getoond(
        &self,
        actor: &Actor,
        casussen: impl Iterator<Item = CasusId>,
        op: Instant,
    ) -> Result<(), AppFout> {
        let regels: Vec<_> =
            casussen.map(|casus| ToegangRegel::van(actor, Some(casus), "herken", "getoond", op)).collect();
        if regels.is_empty() {
            return Ok(());
        }
        Ok(self.store().schrijf_toegang_velen(regels).await?)
    }

    async fn log_herkenning(&self, actor: &Actor, id: CasusId, uitkomst: &str, op: Instant) -> Result<(), AppFout> {
        let regel = ToegangRegel::van(actor, Some(id), "herken", uitkomst, op);
        Ok(self.store().schrijf_toegang(regel).await?)
    }

    /// By what a casus will be found, with the texts that are about to be sealed. A report is never refused for what
    /// was sealed earlier: when that cannot be opened, it is found by what is new.
    pub(crate) async fn zoeksleutels_bij(
        &self,
        id: CasusId,
        casus: &Casus,
        vt_was: Option<&OrganisatieId>,
        versie: u64,
        teksten: &[Tekst],
    ) -> Result<Vec<ZoeksleutelRij>, AppFout> {
        let Some(vt) = &casus.veilig_thuis else { return Ok(Vec::new()) };
        let leesbaar = |tekst: &&Tekst| tekst.eigenaar == *vt && crate::herkenning::SOORTEN.contains(&&*tekst.soort);
        let nieuw: Vec<_> = teksten.iter().filter(leesbaar).map(|tekst| Stuk::nieuw(tekst, versie)).collect();
        // Another Veilig Thuis that takes over finds by the copies that it was given.
        if nieuw.is_empty() && vt_was.is_none_or(|was| was == vt) {
            return Ok(Vec::new());
        }
        let eerder = match self.verzegelaar().open_alles(self.store(), id, vt).await {
            Err(VerzegelFout::NietTeOpenen) => {
                tracing::error!("eerdere gegevens zijn niet te openen; een casus wordt alleen op nieuwe herkend");
                Vec::new()
            }
            anders => anders?,
        };
        self.indexeer(id, casus, vt, nieuw.into_iter().chain(eerder.iter().map(Stuk::open)).collect()).await
    }

    /// Makes anew by what a casus is found, from what is sealed; what was destroyed is not found any more.
    ///
    /// # Errors
    /// When the casus cannot be read, or the store or a key fails.
    pub async fn herbouw_herkenning(&self, id: CasusId) -> Result<(), AppFout> {
        let geladen = self.laad(id).await?;
        let Some(vt) = &geladen.casus.veilig_thuis else { return Ok(()) };
        let mut stukken: Vec<Geopend> = self.open_stukken(id, &geladen.rijen, vt).await?;
        // What came with a report that stands in another casus now is found there.
        let hier: Vec<_> = geladen.casus.eigen_meldingen().map(|melding| melding.feit.versie).collect();
        let weg = |versie: u64| geladen.casus.meldingen.iter().any(|melding| melding.feit.versie == versie);
        stukken.retain(|stuk| hier.contains(&stuk.versie) || !weg(stuk.versie));
        let rijen = self.indexeer(id, &geladen.casus, vt, stukken.iter().map(Stuk::open).collect()).await?;
        Ok(self.store().vervang_zoeksleutels(id, vt, rijen).await?)
    }

    async fn indexeer(
        &self,
        id: CasusId,
        casus: &Casus,
        vt: &OrganisatieId,
        stukken: Vec<Stuk<'_>>,
    ) -> Result<Vec<ZoeksleutelRij>, AppFout> {
        let personen: Vec<_> = casus.personen.iter().map(|persoon| persoon.id).collect();
        let geheim = self.verzegelaar().zoekgeheim(self.store(), vt).await?;
        Ok(self.herkenning().indexeer(vt, &geheim, id, &huishouden_uit(&personen, stukken)))
    }
}

impl CasusBeeld {
    /// The report for which a worker of Veilig Thuis must still say whether the household was known: the one that opened
    /// the casus. A further report was put with it by choice.
    pub fn huishouden_te_kiezen(&self) -> Option<MeldingId> {
        let eerste = self.staat.meldingen.first().filter(|_| self.mag_huishouden_kiezen())?;
        let gekozen = self.staat.huishoudens.iter().any(|(_, melding, _)| *melding == eerste.id);
        (!gekozen && eerste.verplaatsing == Verplaatsing::Geen).then_some(eerste.id)
    }

    /// The report that a choice is about: the one that waits for it, else the newest, of which it is made again.
    pub fn huishouden_van(&self) -> Option<MeldingId> {
        let nieuwste = || self.staat.eigen_meldingen().last().map(|melding| melding.id);
        self.huishouden_te_kiezen().or_else(nieuwste).filter(|_| self.mag_huishouden_kiezen())
    }

    fn mag_huishouden_kiezen(&self) -> bool {
        self.is_nu && self.relatie == Relatie::VeiligThuis && self.staat.sluiting.is_none()
    }
}

/// The reports of this casus with their persons, oldest first; one that was moved away is none.
fn meldingen_met_personen(geladen: &Geladen) -> Vec<(MeldingId, Vec<PersoonId>)> {
    let eigen = |id: MeldingId| geladen.casus.eigen_meldingen().any(|melding| melding.id == id);
    let meldingen = geladen.stroom.iter().filter_map(|vastlegging| match &vastlegging.gebeurtenis {
        Gebeurtenis::MeldingOntvangen { melding, personen, .. } => Some((*melding, personen)),
        _ => None,
    });
    let ids = |personen: &[Persoon]| personen.iter().map(|persoon| persoon.id).collect();
    meldingen.filter(|(id, _)| eigen(*id)).map(|(id, personen)| (id, ids(personen))).collect()
}

/// The persons of a report, or of the newest one.
fn personen_van(geladen: &Geladen, melding: Option<MeldingId>) -> Option<(MeldingId, Vec<PersoonId>)> {
    meldingen_met_personen(geladen).into_iter().rfind(|(id, _)| melding.is_none_or(|melding| *id == melding))
}

fn personen_hier(geladen: &Geladen) -> Vec<PersoonId> {
    meldingen_met_personen(geladen).into_iter().flat_map(|(_, personen)| personen).collect()
}

/// By casus, best first: the strongest ground, then how much is the same.
fn op_volgorde(treffers: &[Treffer]) -> Vec<(CasusId, Vec<Treffer>)> {
    let mut per_casus: BTreeMap<CasusId, Vec<Treffer>> = BTreeMap::new();
    for treffer in treffers {
        per_casus.entry(treffer.casus).or_default().push(*treffer);
    }
    let mut lijst: Vec<_> = per_casus.into_iter().collect();
    lijst.sort_by_key(|(casus, treffers)| {
        (treffers.iter().map(|treffer| treffer.grond).min(), std::cmp::Reverse(treffers.len()), *casus)
    });
    lijst
}

fn overeenkomsten(treffers: &[Treffer], huishouden: &Huishouden) -> Vec<Overeenkomst> {
    let personen = huishouden.personen.iter().map(|gegevens| (Some(gegevens.persoon), gegevens.namen.first().cloned()));
    personen
        .chain([(None, None)])
        .filter_map(|(persoon, naam)| {
            let eigen = treffers.iter().filter(|treffer| treffer.hier == persoon);
            let mut gronden: Vec<_> = eigen.map(|treffer| treffer.grond).collect();
            gronden.sort();
            gronden.dedup();
            (!gronden.is_empty()).then_some(Overeenkomst { persoon, naam, gronden })
        })
        .collect()
}
