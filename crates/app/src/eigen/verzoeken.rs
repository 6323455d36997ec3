//! Requests to read a file or to have it destroyed: a list of work with a term, for the organisation that keeps the file.

use super::{EigenOpdracht, Omgeving, Soort, Stand, Teksten, nummer};
use crate::{
    Actor, Antwoord, App, AppFout,
    codec::Gebeurd,
    opslag::EigenRij,
    toegang::Relatie,
    verzegel::{Onderwerp, Tekst},
    wens::{VeldFout, lees_tijdstip},
};
use domain::{
    Context, Vastlegging, Weigering,
    afspraak::Afspraaktermijn,
    gebeurtenis::Antwoord as JaOfNee,
    ids::*,
    tijd::Instant,
    verzoeken::{Commando, Gebeurtenis, Uitkomst, Verzoek, VerzoekSoort, decide, evolve, termijn},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use strum::AsRefStr;

/// Every act on a request, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum VerzoekWens {
    NeemVerzoekOp(VerzoekOpnemen),
    BeslisVerzoek(VerzoekBeslissen),
}

/// What somebody asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VerzoekOpnemen {
    pub afspraak: Option<AfspraakNaam>,
    pub verzoek: Option<VerzoekSoort>,
    /// When it came in, local time; now when absent.
    pub ontvangen_op: Option<String>,
    /// Who asks; sealed.
    pub wie: String,
    /// Which file, by its number; sealed.
    pub dossier: String,
    pub vraag: String,
    pub geen_hg_km: bool,
}

/// What is decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VerzoekBeslissen {
    pub uitkomst: Option<Uitkomst>,
    pub gewogen: BTreeMap<String, JaOfNee>,
    pub reden: String,
}

/// The kind.
pub(crate) struct Verzoeken;

impl Soort for Verzoeken {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Verzoek;
    type Commando = Commando;
    type Wens = VerzoekWens;
    const LETTER: char = 'V';

    fn vouw(staat: Verzoek, vastlegging: &Vastlegging<Gebeurtenis>) -> Verzoek {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Verzoek) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.vraag.as_ref().map(|vraag| vraag.op),
            afspraak: staat.vraag.as_ref().map(|vraag| &vraag.afspraak),
        }
    }

    fn afspraak(wens: &VerzoekWens) -> Option<&AfspraakNaam> {
        match wens {
            VerzoekWens::NeemVerzoekOp(wens) => wens.afspraak.as_ref(),
            VerzoekWens::BeslisVerzoek(_) => None,
        }
    }

    fn relatie(staat: &Verzoek, organisatie: &OrganisatieId) -> Relatie {
        let eigen = staat.vraag.as_ref().is_none_or(|vraag| vraag.organisatie == *organisatie);
        if eigen { Relatie::Eigen } else { Relatie::Geen }
    }

    fn ontleed(_: &Verzoek, wens: &VerzoekWens, o: &Omgeving<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let eigenaren = [o.actor.organisatie.clone()];
        let mut t = Teksten::voor(&eigenaren);
        let commando = match wens {
            VerzoekWens::NeemVerzoekOp(wens) => {
                t.eis(Onderwerp::Huishouden, "wie", &wens.wie, "Vul in wie dit vraagt.");
                t.eis(
                    Onderwerp::Huishouden,
                    "dossier",
                    &wens.dossier,
                    "Vul het nummer van de casus of het dossier in.",
                );
                t.zet(Onderwerp::Huishouden, "vraag", &wens.vraag);
                let ontvangen_op = match wens.ontvangen_op.as_deref() {
                    Some(tekst) => lees_tijdstip("ontvangen_op", tekst).map_err(|fouten| t.fouten.extend(fouten)).ok(),
                    None => Some(o.nu),
                };
                t.kies("verzoek", &wens.verzoek).zip(ontvangen_op).map(|(verzoek, ontvangen_op)| {
                    Commando::NeemVerzoekOp { verzoek, ontvangen_op, geen_hg_km: wens.geen_hg_km }
                })
            }
            VerzoekWens::BeslisVerzoek(wens) => {
                t.zet(Onderwerp::Huishouden, "reden", &wens.reden);
                t.kies("uitkomst", &wens.uitkomst).map(|uitkomst| Commando::BeslisVerzoek {
                    uitkomst,
                    gewogen: wens.gewogen.clone(),
                    reden: !wens.reden.trim().is_empty(),
                })
            }
        };
        t.klaar(commando)
    }

    fn beslis(staat: &Verzoek, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    fn rijen(id: CasusId, staat: &Verzoek) -> Vec<EigenRij> {
        let Some(vraag) = &staat.vraag else { return Vec::new() };
        let besluit = staat.besluit.as_ref();
        vec![EigenRij {
            stroom: id,
            organisatie: vraag.organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: besluit.map_or_else(|| "open".to_owned(), |besluit| besluit.uitkomst.als_str()),
            kenmerk: vraag.soort.als_str(),
            ander: None,
            medewerker: None,
            aan_zet: besluit.is_none(),
            gesloten: besluit.is_some(),
            begonnen_op: vraag.op,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(vraag.op),
        }]
    }
}

/// A request with its words.
pub struct VerzoekBeeld {
    pub id: CasusId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub staat: Verzoek,
    pub wie: String,
    pub dossier: String,
    pub vraag: String,
    pub reden: String,
    pub termijn: Option<(Afspraaktermijn, Instant)>,
    /// What is weighed when somebody asks to read: key, words, clause.
    pub afschermingen: Vec<(String, String, ClausuleId)>,
}

/// A row of the list, with when it must be decided.
pub struct VerzoekRegel {
    pub rij: EigenRij,
    pub uiterlijk: Option<Instant>,
}

impl App {
    /// Runs one request on a request.
    ///
    /// # Errors
    /// A mistake in the request, one that is not this organisation's, or a fault; nothing was written then.
    pub async fn voer_verzoek_uit(&self, opdracht: &EigenOpdracht<VerzoekWens>) -> Result<Antwoord, AppFout> {
        self.voer_eigen_uit::<Verzoeken>(opdracht).await
    }

    /// The requests at this organisation, what is due first first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn verzoeken(&self, actor: &Actor) -> Result<Vec<VerzoekRegel>, AppFout> {
        let rijen = self.eigen_lijst(actor, Gebeurtenis::STROOM, "bekijk-verzoeken").await?;
        let mut regels = Vec::new();
        for rij in rijen {
            let uiterlijk = if rij.aan_zet { self.uiterlijk_van(rij.stroom).await? } else { None };
            regels.push(VerzoekRegel { rij, uiterlijk });
        }
        regels.sort_by_key(|regel| (!regel.rij.aan_zet, regel.uiterlijk));
        Ok(regels)
    }

    async fn uiterlijk_van(&self, stroom: CasusId) -> Result<Option<Instant>, AppFout> {
        let staat = self.laad_eigen::<Verzoeken>(stroom).await?.staat;
        Ok(self.termijn_van(&staat).map(|(_, uiterlijk)| uiterlijk))
    }

    /// By the edition that held when the request came in.
    fn termijn_van(&self, staat: &Verzoek) -> Option<(Afspraaktermijn, Instant)> {
        let vraag = staat.vraag.as_ref()?;
        let bundels = self.bundels();
        let bundel = bundels.uit(&vraag.bundel)?;
        let regel = termijn(bundel, vraag.soort)?;
        Some((regel.clone(), regel.uiterlijk(&bundel.kalender, vraag.op)))
    }

    /// Shows a request to the organisation that keeps the file.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or is at another; faults of store and keys.
    pub async fn verzoek(&self, actor: &Actor, id: CasusId) -> Result<VerzoekBeeld, AppFout> {
        let (gelezen, stukken) = self.lees_eigen::<Verzoeken>(actor, id, "bekijk-verzoek").await?;
        let (staat, nu) = (gelezen.staat, self.klok().nu());
        let geldig = self.geldig_voor(Verzoeken::stand(&staat).afspraak, nu)?;
        let tekst = |soort: &str| {
            stukken.iter().find(|stuk| stuk.soort == soort).map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
        };
        let afschermingen = geldig.bundel.afschermingen().into_iter();
        Ok(VerzoekBeeld {
            id,
            nummer: nummer::<Verzoeken>(id, &staat),
            versie: staat.versie,
            op: nu,
            wie: tekst("wie"),
            dossier: tekst("dossier"),
            vraag: tekst("vraag"),
            reden: tekst("reden"),
            termijn: self.termijn_van(&staat),
            afschermingen: afschermingen.map(|(k, v)| (k.to_owned(), v.naam.clone(), v.clausule.clone())).collect(),
            staat,
        })
    }
}
