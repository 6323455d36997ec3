//! One casus as one organisation may see it, at an instant and as known at an instant.

use super::{
    handelingen::{Handeling, handelingen, plan},
    herkennen::Verband,
    melder::Melderstand,
};
use crate::{
    Actor, App, AppFout,
    opslag::ToegangRegel,
    toegang::{Relatie, Vraag, relatie},
    uitvoeren::{Geladen, context},
    verzegel::Geopend,
    views,
};
use domain::{
    Casus, Vastlegging,
    gebeurtenis::PersoonRol,
    ids::*,
    publiek,
    termijnen::{Bij, Status, Termijn, status, termijnen},
    tijd::Instant,
    tijdlijn::{Tijdlijn, tijdlijn},
};

/// Which casus, and when.
#[derive(Clone, Copy, Debug)]
pub struct CasusVraag {
    pub casus: CasusId,
    /// The instant that is looked at; now when absent.
    pub stand: Option<Instant>,
    /// As known then; the same instant as `stand` when absent.
    pub bekend_op: Option<Instant>,
}

/// What an organisation sees of a casus.
pub struct CasusBeeld {
    pub id: CasusId,
    pub nummer: String,
    pub versie: u64,
    pub relatie: Relatie,
    /// The organisation that looks.
    pub organisatie: OrganisatieId,
    /// The instant that this answer is about.
    pub op: Instant,
    /// Whether this is the casus as it stands, on which can be acted.
    pub is_nu: bool,
    /// The state as far as known at that instant. Content is not in it.
    pub staat: Casus,
    pub lijn: Tijdlijn,
    /// Terms with their status; of others only when this organisation may know them.
    pub termijnen: Vec<(Termijn, Status)>,
    pub huishoudnaam: Option<String>,
    pub adres: Option<String>,
    pub personen: Vec<PersoonBeeld>,
    pub geschiedenis: Vec<GeschiedenisRegel>,
    pub handelingen: Vec<Handeling>,
    /// The kinds of plan of which this organisation draws up its part.
    pub opstelbaar: Vec<String>,
    /// Other casussen about the same household, as Veilig Thuis decided; for no other organisation.
    pub verbanden: Vec<Verband>,
    /// Who made each report, for Veilig Thuis alone.
    pub melders: Vec<(MeldingId, Melderstand)>,
    /// What was sealed for this organisation, opened; not who made a report of which the family may not know that.
    pub stukken: Vec<Geopend>,
}

/// A member of the household with the content that this organisation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersoonBeeld {
    pub id: PersoonId,
    pub rol: PersoonRol,
    pub naam: Option<String>,
    pub geboren: Option<jiff::civil::Date>,
    /// In whole years at the instant that is looked at.
    pub leeftijd: Option<i16>,
}

/// One event that this organisation may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeschiedenisRegel {
    pub vastlegging: Vastlegging,
    pub soort: String,
    /// Texts that belong to it: kind and content.
    pub teksten: Vec<(String, String)>,
}

impl App {
    /// Shows a casus to a worker.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or not for this worker; faults of store and keys.
    pub async fn casus(&self, actor: &Actor, vraag: CasusVraag) -> Result<CasusBeeld, AppFout> {
        let geladen = self.laad(vraag.casus).await?;
        let nu = self.klok().nu();
        let regel = |uitkomst: &str| ToegangRegel::van(actor, Some(vraag.casus), "bekijk-casus", uitkomst, nu);
        // Permissions are those of now, also when the past is shown.
        let mag = geladen.casus.versie > 0 && {
            let bundel = self.geldig(&geladen.casus, "", nu)?;
            let relatie = relatie(&geladen.casus, &actor.organisatie, &bundel.bundel);
            self.toegang().mag(&Vraag { actor, handeling: "bekijk-casus", relatie })
        };
        self.store().schrijf_toegang(regel(if mag { "toegestaan" } else { "niet-gevonden" })).await?;
        if !mag {
            return Err(AppFout::NietGevonden);
        }
        let op = vraag.stand.unwrap_or(nu);
        let bekend_op = vraag.bekend_op.or(vraag.stand).unwrap_or(nu);
        let staat = Casus::als_bekend_op(&geladen.stroom, bekend_op);
        let ontvangen_op = staat.meldingen.iter().map(|melding| melding.ontvangen_op).min();
        let Some(ontvangen_op) = ontvangen_op else { return Err(AppFout::NietGevonden) };
        let mut stukken = self.open_stukken(vraag.casus, &geladen.rijen, &actor.organisatie).await?;
        stukken.retain(|stuk| stuk.versie <= staat.versie);
        // Permissions are those of now: what is secret now is not read in what was written before.
        let geheim = self.geheime_adressen(vraag.casus, &geladen.casus, &geladen.rijen).await?;
        geheim.dek_af(&mut stukken);
        let bundels = self.bundels();
        let geldig = self.geldig(&staat, "", op.max(ontvangen_op))?;
        let is_nu = vraag.stand.is_none() && vraag.bekend_op.is_none();
        let relatie = relatie(&geladen.casus, &actor.organisatie, &geldig.bundel);
        let melders = self.melders(relatie, &staat, &mut stukken);
        let lijn = tijdlijn(&staat, &bundels);
        let verbanden = if is_nu { self.verbanden(actor, vraag.casus, relatie, nu).await? } else { Vec::new() };
        Ok(CasusBeeld {
            id: vraag.casus,
            nummer: views::nummer_van(vraag.casus, &staat),
            versie: staat.versie,
            op,
            is_nu,
            termijnen: termijnen_voor(&staat, &bundels, actor, relatie, op),
            huishoudnaam: laatste(&stukken, "huishouden", "huishoudnaam"),
            adres: laatste(&stukken, "huishouden", "adres"),
            personen: personen(&staat, &stukken, op),
            geschiedenis: geschiedenis(&geladen, &staat, &actor.organisatie, &stukken),
            handelingen: if is_nu { handelingen(&staat, actor, relatie, geldig, &bundels, nu) } else { Vec::new() },
            opstelbaar: if is_nu {
                plan::opstelbaar(&staat, &context(nu, actor, geldig, &bundels))
            } else {
                Vec::new()
            },
            verbanden,
            melders,
            relatie,
            organisatie: actor.organisatie.clone(),
            lijn,
            staat,
            stukken,
        })
    }
}

impl CasusBeeld {
    /// The text of a kind that names by itself what it is of, whenever this organisation got it.
    pub fn tekst_van(&self, soort: &str) -> Option<&str> {
        let stuk = self.stukken.iter().find(|stuk| stuk.soort == soort);
        stuk.map(|stuk| stuk.inhoud.as_str())
    }

    /// The newest text of a kind that belongs to an event.
    pub fn tekst_bij(&self, versie: u64, soort: &str) -> Option<&str> {
        let stuk = self.stukken.iter().find(|stuk| stuk.versie == versie && stuk.soort == soort);
        stuk.map(|stuk| stuk.inhoud.as_str())
    }
}

/// Veilig Thuis sees all terms; another organisation those on which it must act, and after it reported or received
/// those of the reports and offers that concern it.
fn termijnen_voor(
    casus: &Casus,
    bundels: &domain::afspraak::Bundels,
    actor: &Actor,
    relatie: Relatie,
    op: Instant,
) -> Vec<(Termijn, Status)> {
    let eigen_melding = |id: MeldingId| {
        casus.melding(id).is_some_and(|melding| melding.melder.organisatie() == Some(&actor.organisatie))
    };
    let mag = |termijn: &Termijn| match termijn.bij {
        _ if relatie == Relatie::VeiligThuis || termijn.wie == actor.organisatie => true,
        Bij::Melding(id) => eigen_melding(id),
        Bij::Overdracht(id) => casus.overdracht(id).is_some_and(|overdracht| overdracht.naar == actor.organisatie),
        Bij::Casus | Bij::Plan(_) => relatie == Relatie::Ontvanger,
    };
    termijnen(casus, bundels)
        .into_iter()
        .filter(mag)
        .map(|termijn| {
            let status = status(&termijn, op);
            (termijn, status)
        })
        .collect()
}

fn laatste(stukken: &[Geopend], onderwerp: &str, soort: &str) -> Option<String> {
    let eigen = stukken.iter().filter(|stuk| stuk.onderwerp == onderwerp && stuk.soort == soort);
    eigen.max_by_key(|stuk| stuk.versie).map(|stuk| stuk.inhoud.clone())
}

fn personen(casus: &Casus, stukken: &[Geopend], op: Instant) -> Vec<PersoonBeeld> {
    let beeld = |persoon: &domain::gebeurtenis::Persoon| {
        let onderwerp = format!("persoon:{}", persoon.id);
        let geboren = laatste(stukken, &onderwerp, "persoon-geboren").and_then(|tekst| tekst.parse().ok());
        PersoonBeeld {
            id: persoon.id,
            rol: persoon.rol,
            naam: laatste(stukken, &onderwerp, "persoon-naam"),
            geboren,
            leeftijd: geboren.map(|geboren| leeftijd(geboren, op.dag())),
        }
    };
    casus.personen.iter().map(beeld).collect()
}

/// Age in whole years; a child born on 29 February has its birthday on 1 March in other years.
pub(crate) fn leeftijd(geboren: jiff::civil::Date, dag: jiff::civil::Date) -> i16 {
    let nog_niet_jarig = (dag.month(), dag.day()) < (geboren.month(), geboren.day());
    dag.year() - geboren.year() - i16::from(nog_niet_jarig)
}

/// Facts as then, permissions as now: an offer that ended gives no sight of what its receiver could see while it stood.
fn geschiedenis(
    geladen: &Geladen,
    staat: &Casus,
    organisatie: &OrganisatieId,
    stukken: &[Geopend],
) -> Vec<GeschiedenisRegel> {
    publiek::voor(&geladen.casus, organisatie, &geladen.stroom)
        .filter(|vastlegging| vastlegging.versie <= staat.versie)
        .map(|vastlegging| GeschiedenisRegel {
            vastlegging: vastlegging.clone(),
            soort: geladen
                .rijen
                .iter()
                .find(|rij| rij.versie == vastlegging.versie)
                .map_or_else(String::new, |rij| rij.soort.clone()),
            teksten: stukken
                .iter()
                .filter(|stuk| stuk.versie == vastlegging.versie && is_toelichting(&stuk.soort))
                .map(|stuk| (stuk.soort.clone(), stuk.inhoud.clone()))
                .collect(),
        })
        .collect()
}

/// Texts that are told in the history; names, addresses and the reporter have places of their own.
fn is_toelichting(soort: &str) -> bool {
    matches!(soort, "reden" | "toelichting" | "wie" | "voorwaarden" | "deeltaak") || (soort.starts_with("melding-"))
}

#[cfg(test)]
mod tests {
    use super::leeftijd;
    use jiff::civil::date;

    #[test]
    fn leeftijd_op_de_dag_zelf() {
        assert_eq!(leeftijd(date(2017, 5, 11), date(2026, 5, 10)), 8);
        assert_eq!(leeftijd(date(2017, 5, 11), date(2026, 5, 11)), 9);
        assert_eq!(leeftijd(date(2020, 2, 29), date(2026, 2, 28)), 5);
        assert_eq!(leeftijd(date(2020, 2, 29), date(2026, 3, 1)), 6);
    }
}
