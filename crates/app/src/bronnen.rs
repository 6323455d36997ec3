//! Sources of information for the enrichment of a report, behind one port: registers and organisations outside. What does
//! not answer is unknown, and never "nothing found".

use crate::{
    Actor, Antwoord, App, AppFout, Opdracht, Wens,
    herkenning::{Huishouden, gegevens::Stuk, huishouden_uit},
    lezen::Herkend,
    namen::dag,
    wens::InformatieWens,
};
use async_trait::async_trait;
use domain::{
    afspraak::Informatiebron,
    ids::{CasusId, CommandId, OrganisatieId, VerzoekId},
    tijd::Instant,
    verrijking::{Bronuitkomst, Verzoek},
};
use std::{collections::BTreeMap, time::Duration};

/// How long a source may take before its answer is unknown; it can be asked again.
const BRON_SECONDEN_MAX: u64 = 5;
/// The worker by whose name the answer of a connected source stands in the log.
const AANSLUITING: &str = "aansluiting";

/// What a source is asked. It is sent outside: it holds what a register needs to find somebody and nothing of the report.
#[derive(Clone, Copy, Debug)]
pub struct Bronvraag<'a> {
    /// A key of `[bron]` in the agreement.
    pub bron: &'a str,
    pub verzoek: VerzoekId,
    pub gevraagd_op: Instant,
    pub nu: Instant,
    pub huishouden: &'a Huishouden,
}

/// What a source answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bronantwoord {
    Gevonden(String),
    NietsGevonden,
    /// There is no connection, or no answer yet.
    Onbekend,
}

/// A source failed; its answer is unknown. No content is ever in the message.
#[derive(Debug, thiserror::Error)]
#[error("informatiebron: {0}")]
pub struct BronFout(pub String);

/// The port to every source outside.
#[async_trait]
pub trait Informatiebronnen: Send + Sync {
    /// # Errors
    /// The source could not be reached.
    async fn vraag(&self, vraag: Bronvraag<'_>) -> Result<Bronantwoord, BronFout>;

    /// Whether this is a stand-in, which every answer and every page says.
    fn is_nagebootst(&self) -> bool {
        false
    }
}

/// Nothing is connected: a worker asks, and records what was said.
#[derive(Clone, Copy, Debug, Default)]
pub struct GeenAansluiting;

#[async_trait]
impl Informatiebronnen for GeenAansluiting {
    async fn vraag(&self, _: Bronvraag<'_>) -> Result<Bronantwoord, BronFout> {
        Ok(Bronantwoord::Onbekend)
    }
}

/// How a stand-in behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gedrag {
    Gevonden,
    #[default]
    NietsGevonden,
    /// Never answers.
    Stil,
    /// Cannot be reached.
    Storing,
    /// Answers when it is asked again after this many hours.
    Traag(u16),
}

/// A stand-in for each source: it says so in every answer, and knows nothing of anybody.
#[derive(Clone, Debug, Default)]
pub struct Nagebootst(BTreeMap<String, Gedrag>);

impl Nagebootst {
    /// A source that is not named finds nothing.
    pub fn new(gedrag: BTreeMap<String, Gedrag>) -> Self {
        Self(gedrag)
    }
}

#[async_trait]
impl Informatiebronnen for Nagebootst {
    async fn vraag(&self, vraag: Bronvraag<'_>) -> Result<Bronantwoord, BronFout> {
        const MICROSECONDEN_PER_UUR: i64 = 3_600_000_000;
        let gevonden = || {
            let tekst = "Nagebootste bron: dit is een voorbeeld van een antwoord, geen gegeven over dit gezin.";
            Bronantwoord::Gevonden(tekst.to_owned())
        };
        Ok(match self.0.get(vraag.bron).copied().unwrap_or_default() {
            Gedrag::Gevonden => gevonden(),
            Gedrag::NietsGevonden => Bronantwoord::NietsGevonden,
            Gedrag::Stil => Bronantwoord::Onbekend,
            Gedrag::Storing => return Err(BronFout("de nagebootste bron is niet bereikbaar".to_owned())),
            Gedrag::Traag(uren) => {
                let gewacht = vraag.nu.0.saturating_sub(vraag.gevraagd_op.0);
                if gewacht >= i64::from(uren) * MICROSECONDEN_PER_UUR { gevonden() } else { Bronantwoord::Onbekend }
            }
        })
    }

    fn is_nagebootst(&self) -> bool {
        true
    }
}

impl App {
    /// Asks every source that was asked and has not answered. What comes is recorded; what does not come stays unknown,
    /// and is asked anew with the next request.
    pub(crate) async fn haal_informatie_op(&self, id: CasusId) -> Result<(), AppFout> {
        let geladen = self.laad(id).await?;
        let Some(vt) = geladen.casus.veilig_thuis.clone() else { return Ok(()) };
        let stukken = self.open_stukken(id, &geladen.rijen, &vt).await?;
        let personen: Vec<_> = geladen.casus.personen.iter().map(|persoon| persoon.id).collect();
        let huishouden = huishouden_uit(&personen, stukken.iter().map(Stuk::open).collect());
        let bundels = self.bundels();
        for verzoek in geladen.casus.verzoeken.iter().filter(|verzoek| verzoek.antwoord.is_none()) {
            let melding = geladen.casus.melding(verzoek.melding);
            let bundel = melding.and_then(|melding| bundels.uit(&melding.feit.bundel));
            let bron = bundel.and_then(|bundel| bundel.inhoud.bron.get(&verzoek.bron));
            // Who is asked by name answers itself.
            let Some(bron) = bron.filter(|bron| !bron.bij_naam) else { continue };
            let antwoord = self.vraag_bron(id, &vt, bron, verzoek, &huishouden).await?;
            let (uitkomst, toelichting) = match antwoord {
                Bronantwoord::Gevonden(tekst) => (Bronuitkomst::Gevonden, Some(tekst)),
                Bronantwoord::NietsGevonden => (Bronuitkomst::NietsGevonden, None),
                Bronantwoord::Onbekend => continue,
            };
            self.leg_antwoord_vast(id, &vt, verzoek, uitkomst, toelichting).await?;
        }
        Ok(())
    }

    /// A source that fails or takes too long does not fail the request: what it knows is unknown.
    async fn vraag_bron(
        &self,
        id: CasusId,
        vt: &OrganisatieId,
        bron: &Informatiebron,
        verzoek: &Verzoek,
        huishouden: &Huishouden,
    ) -> Result<Bronantwoord, AppFout> {
        if bron.eigen_register {
            let actor = Actor { medewerker: AANSLUITING.into(), organisatie: vt.clone() };
            return Ok(uit_eigen_register(&self.herken(&actor, id, Some(verzoek.melding)).await?));
        }
        let vraag = Bronvraag {
            bron: &verzoek.bron,
            verzoek: verzoek.id,
            gevraagd_op: verzoek.feit.vastgelegd_op,
            nu: self.klok().nu(),
            huishouden,
        };
        let wachttijd = Duration::from_secs(BRON_SECONDEN_MAX);
        match tokio::time::timeout(wachttijd, self.bronnen().vraag(vraag)).await {
            Ok(Ok(antwoord)) => Ok(antwoord),
            Ok(Err(fout)) => {
                tracing::warn!(bron = verzoek.bron, %fout, "een informatiebron antwoordt niet");
                Ok(Bronantwoord::Onbekend)
            }
            Err(_) => {
                tracing::warn!(bron = verzoek.bron, "een informatiebron antwoordt te laat");
                Ok(Bronantwoord::Onbekend)
            }
        }
    }

    async fn leg_antwoord_vast(
        &self,
        id: CasusId,
        vt: &OrganisatieId,
        verzoek: &Verzoek,
        uitkomst: Bronuitkomst,
        toelichting: Option<String>,
    ) -> Result<(), AppFout> {
        let wens = InformatieWens { verzoek: Some(verzoek.id), uitkomst: Some(uitkomst), toelichting };
        let opdracht = Opdracht {
            id: CommandId(CommandId(verzoek.id.0).afgeleid("antwoord")),
            casus: Some(id),
            verwacht: None,
            actor: Actor { medewerker: AANSLUITING.into(), organisatie: vt.clone() },
            gebeurd_op: None,
            wens: Wens::LegInformatieVast(wens),
        };
        if let Antwoord::Geweigerd(weigering) = Box::pin(self.voer_uit(&opdracht)).await? {
            // Somebody was first, or the casus closed meanwhile.
            tracing::warn!(code = weigering.reden.code.als_str(), "een antwoord van een bron is niet vastgelegd");
        }
        Ok(())
    }
}

/// Without anything to search by, or with too much to tell apart, it is unknown.
fn uit_eigen_register(herkend: &Herkend) -> Bronantwoord {
    if !herkend.doorzocht {
        return Bronantwoord::Onbekend;
    }
    if herkend.kandidaten.is_empty() {
        return if herkend.te_algemeen.is_empty() { Bronantwoord::NietsGevonden } else { Bronantwoord::Onbekend };
    }
    let regel = |kandidaat: &crate::lezen::Kandidaat| {
        let stand = if kandidaat.gesloten { "gesloten" } else { "open" };
        format!("Casus {} ({stand}), laatste melding {}.", kandidaat.nummer, dag(kandidaat.laatste_melding.dag()))
    };
    Bronantwoord::Gevonden(herkend.kandidaten.iter().map(regel).collect::<Vec<_>>().join(" "))
}
