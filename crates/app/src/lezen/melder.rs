//! Who reported, for the Veilig Thuis of the casus alone: it calls back.
//!
//! A reporter whom the family may not know is not in what is read with the casus. It is opened by itself, and that it was
//! opened stands in the access log first.

use super::CasusBeeld;
use crate::{Actor, App, AppFout, opslag::ToegangRegel, toegang::Relatie, verzegel::Geopend, wens::MelderWens};
use domain::{Casus, gebeurtenis::Openheid, ids::MeldingId, meldingen::Melding};

/// The kind under which a reporter is sealed.
const MELDER: &str = "melder";

/// A reporter as he left his details.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MelderBeeld {
    pub naam: Option<String>,
    pub functie: Option<String>,
    pub telefoon: Option<String>,
    /// By the name that people know.
    pub organisatie: Option<String>,
}

impl MelderBeeld {
    /// Nothing was left by which somebody can be called.
    pub fn is_leeg(&self) -> bool {
        *self == Self::default()
    }
}

/// What a casus says of the reporter of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Melderstand {
    /// The family may know too.
    Open(MelderBeeld),
    /// The family may not know: opened by [`App::melder`].
    Gesloten,
    /// The reporter left nothing.
    Geen,
    /// The details are with the Veilig Thuis that received the report.
    Elders,
}

impl App {
    /// What Veilig Thuis has of each reporter. Who may not be known is taken out of what was opened.
    pub(super) fn melders(
        &self,
        relatie: Relatie,
        staat: &Casus,
        stukken: &mut Vec<Geopend>,
    ) -> Vec<(MeldingId, Melderstand)> {
        let eigen: Vec<_> = staat.meldingen.iter().filter(|_| relatie == Relatie::VeiligThuis).collect();
        let standen = eigen.iter().map(|melding| (melding.id, self.melderstand(melding, stukken))).collect();
        let open = |stuk: &Geopend| {
            let van = staat.meldingen.iter().find(|melding| melding.feit.versie == stuk.versie);
            van.is_some_and(|melding| melding.openheid == Openheid::Open)
        };
        stukken.retain(|stuk| stuk.soort != MELDER || open(stuk));
        standen
    }

    fn melderstand(&self, melding: &Melding, stukken: &[Geopend]) -> Melderstand {
        match (self.melderbeeld(melding, stukken), melding.openheid) {
            (None, _) => Melderstand::Elders,
            (Some(melder), _) if melder.is_leeg() => Melderstand::Geen,
            (Some(melder), Openheid::Open) => Melderstand::Open(melder),
            (Some(_), Openheid::Afgeschermd | Openheid::Onbekend) => Melderstand::Gesloten,
        }
    }

    fn melderbeeld(&self, melding: &Melding, stukken: &[Geopend]) -> Option<MelderBeeld> {
        let stuk = stukken.iter().find(|stuk| stuk.versie == melding.feit.versie && stuk.soort == MELDER)?;
        let MelderWens { naam, functie, telefoon, organisatie, organisatie_naam, .. } =
            serde_json::from_str(&stuk.inhoud).ok()?;
        // As an agreement has it, as it was typed, and else as the id says.
        let bekend = organisatie.as_ref().and_then(|organisatie| self.partijnaam(organisatie));
        let uit_id = || organisatie.as_ref().map(|organisatie| self.naam_van(organisatie));
        let organisatie = bekend.or(organisatie_naam).or_else(uit_id);
        let [naam, functie, telefoon] = [naam, functie, telefoon].map(|tekst| tekst.filter(|t| !t.trim().is_empty()));
        Some(MelderBeeld { naam, functie, telefoon, organisatie })
    }

    /// Who made a report, also when the family may not know. Who opens it, is written down first.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] for any other organisation than the Veilig Thuis of the casus, and when it does not have
    /// the details; faults of store and keys.
    pub async fn melder(&self, actor: &Actor, beeld: &CasusBeeld, melding: MeldingId) -> Result<MelderBeeld, AppFout> {
        let geladen = self.laad(beeld.id).await?;
        let eigen = geladen.casus.veilig_thuis.as_ref() == Some(&actor.organisatie);
        let melder = match geladen.casus.melding(melding).filter(|melding| eigen && !melding.is_weg()) {
            Some(melding) => {
                let stukken = self.open_stukken(beeld.id, &geladen.rijen, &actor.organisatie).await?;
                self.melderbeeld(melding, &stukken)
            }
            None => None,
        };
        let uitkomst = if melder.is_some() { "toegestaan" } else { "niet-gevonden" };
        let nu = self.klok().nu();
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(beeld.id), "bekijk-melder", uitkomst, nu)).await?;
        melder.ok_or(AppFout::NietGevonden)
    }
}

impl CasusBeeld {
    /// What this organisation may know of a reporter; nothing for any other than Veilig Thuis.
    pub fn melder_van(&self, melding: MeldingId) -> Option<&Melderstand> {
        self.melders.iter().find(|(id, _)| *id == melding).map(|(_, stand)| stand)
    }
}
