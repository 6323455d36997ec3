//! Requests for information: those of a report as Veilig Thuis sees them, and those to one organisation as that one does,
//! without the casus behind them.

use super::casus::CasusBeeld;
use crate::{
    Actor, App, AppFout,
    opslag::{EigenRij, ToegangRegel},
    views,
};
use domain::{
    afspraak::{Bundel, Informatiebron},
    ids::*,
    tijd::Instant,
    verrijking::{Bronuitkomst, Verzoek},
};

/// The kind under which a request stands in the list of who was asked.
pub(crate) const VERZOEK: &str = "verzoek";
/// Rows in that list.
const VERZOEKEN_MAX: u32 = 200;

/// A source with what was asked of it about a report, as it stands.
pub struct Bronstand<'a> {
    pub sleutel: &'a str,
    pub bron: &'a Informatiebron,
    /// None: not asked yet.
    pub verzoeken: Vec<&'a Verzoek>,
}

impl CasusBeeld {
    /// Every source of the agreement for a report, in its order.
    pub fn bronnen<'a>(&'a self, melding: MeldingId, bundel: &'a Bundel) -> Vec<Bronstand<'a>> {
        let gevraagd = self.staat.verzoeken_bij(melding, bundel);
        let stand = |(sleutel, bron): (&'a str, &'a Informatiebron)| Bronstand {
            sleutel,
            bron,
            verzoeken: gevraagd.iter().copied().filter(|verzoek| verzoek.bron == sleutel).collect(),
        };
        bundel.bronnen().into_iter().map(stand).collect()
    }
}

/// A request as who was asked sees it.
pub struct VerzoekBeeld {
    pub verzoek: VerzoekId,
    pub casus: CasusId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub veilig_thuis: OrganisatieId,
    pub gevraagd_op: Instant,
    /// By which agreement source and ground are explained.
    pub bundel: BundelHash,
    pub bron: String,
    pub vraag: Option<String>,
    pub antwoord: Option<(Instant, Bronuitkomst, Option<String>)>,
}

impl App {
    /// The casussen about which this organisation was asked, those that wait for an answer first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn informatieverzoeken(&self, actor: &Actor) -> Result<Vec<EigenRij>, AppFout> {
        let regel = ToegangRegel::van(actor, None, "bekijk-verzoeken", "toegestaan", self.klok().nu());
        self.store().schrijf_toegang(regel).await?;
        Ok(self.store().eigen(&actor.organisatie, VERZOEK, VERZOEKEN_MAX).await?)
    }

    /// The requests to this organisation about one casus, newest first.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it was not asked anything there; faults of store and keys.
    pub async fn verzoeken_aan(&self, actor: &Actor, casus: CasusId) -> Result<Vec<VerzoekBeeld>, AppFout> {
        let geladen = self.laad(casus).await?;
        let nu = self.klok().nu();
        let eigen: Vec<_> =
            geladen.casus.verzoeken.iter().filter(|verzoek| verzoek.aan.as_ref() == Some(&actor.organisatie)).collect();
        let mag = !eigen.is_empty();
        let uitkomst = if mag { "toegestaan" } else { "niet-gevonden" };
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(casus), "bekijk-verzoek", uitkomst, nu)).await?;
        if !mag {
            return Err(AppFout::NietGevonden);
        }
        let stukken = self.open_stukken(casus, &geladen.rijen, &actor.organisatie).await?;
        let tekst = |versie: u64, soort: &str| {
            let stuk = stukken.iter().find(|stuk| stuk.versie == versie && stuk.soort == soort);
            stuk.map(|stuk| stuk.inhoud.clone())
        };
        let beeld = |verzoek: &&Verzoek| {
            let melding = geladen.casus.melding(verzoek.melding)?;
            Some(VerzoekBeeld {
                verzoek: verzoek.id,
                casus,
                nummer: views::nummer_met('V', casus, verzoek.feit.vastgelegd_op),
                versie: geladen.casus.versie,
                op: nu,
                veilig_thuis: verzoek.feit.organisatie.clone(),
                gevraagd_op: verzoek.feit.vastgelegd_op,
                bundel: melding.feit.bundel.clone(),
                bron: verzoek.bron.clone(),
                vraag: tekst(verzoek.feit.versie, "informatievraag"),
                antwoord: verzoek
                    .antwoord
                    .as_ref()
                    .map(|(feit, uitkomst)| (feit.vastgelegd_op, *uitkomst, tekst(feit.versie, "informatie"))),
            })
        };
        Ok(eigen.iter().rev().filter_map(beeld).collect())
    }
}
