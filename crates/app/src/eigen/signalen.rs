//! Signals in the verwijsindex: recorded here, told to the index, and ended by the data.

use super::{EigenOpdracht, Omgeving, Soort, Stand, Teksten, nummer};
use crate::{
    Actor, Antwoord, App, AppFout,
    codec::Gebeurd,
    opslag::EigenRij,
    toegang::Relatie,
    verwijsindex::Signaalbericht,
    verzegel::{Onderwerp, Tekst},
    wens::VeldFout,
};
use domain::{
    Context, Vastlegging, Weigering,
    ids::*,
    tijd::{Datum, Instant},
    verwijsindex::{Commando, EindeReden, Gebeurtenis, Ontvangst, Signaal, Stand as SignaalStand, decide, evolve},
};
use serde::{Deserialize, Serialize};
use strum::AsRefStr;

/// Every act on a signal, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum SignaalWens {
    GeefSignaal(SignaalGeven),
    /// Asks the index again, when no answer came.
    VerstuurSignaal(Leeg),
    /// What the index answered; nobody sends this.
    #[serde(skip_deserializing)]
    LegOntvangstVast(OntvangstWens),
    BeeindigSignaal(SignaalBeeindigen),
}

/// On whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignaalGeven {
    pub afspraak: Option<AfspraakNaam>,
    /// Sealed, with the birth date.
    pub naam: String,
    pub geboren: Option<Datum>,
    pub waarom: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Leeg {}

/// An answer of the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OntvangstWens {
    pub ontvangst: Ontvangst,
    pub nagebootst: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignaalBeeindigen {
    pub reden: Option<EindeReden>,
}

/// The kind.
pub(crate) struct Signalen;

impl Soort for Signalen {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Signaal;
    type Commando = Commando;
    type Wens = SignaalWens;
    const LETTER: char = 'J';

    fn vouw(staat: Signaal, vastlegging: &Vastlegging<Gebeurtenis>) -> Signaal {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Signaal) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.gegeven.as_ref().map(|gegeven| gegeven.op),
            afspraak: staat.gegeven.as_ref().map(|gegeven| &gegeven.afspraak),
        }
    }

    fn afspraak(wens: &SignaalWens) -> Option<&AfspraakNaam> {
        match wens {
            SignaalWens::GeefSignaal(wens) => wens.afspraak.as_ref(),
            _ => None,
        }
    }

    fn relatie(staat: &Signaal, organisatie: &OrganisatieId) -> Relatie {
        let eigen = staat.gegeven.as_ref().is_none_or(|gegeven| gegeven.organisatie == *organisatie);
        if eigen { Relatie::Eigen } else { Relatie::Geen }
    }

    fn ontleed(_: &Signaal, wens: &SignaalWens, o: &Omgeving<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let eigenaren = [o.actor.organisatie.clone()];
        let mut t = Teksten::voor(&eigenaren);
        let commando = match wens {
            SignaalWens::GeefSignaal(wens) => {
                t.eis(Onderwerp::Huishouden, "naam", &wens.naam, "Vul de naam in van het kind of de jongere.");
                t.zet(Onderwerp::Huishouden, "waarom", &wens.waarom);
                t.kies("geboren", &wens.geboren).map(|geboren| {
                    t.zet(Onderwerp::Huishouden, "geboren", &geboren.0.to_string());
                    Commando::GeefSignaal { leeftijd: leeftijd(geboren.0, o.nu.dag()) }
                })
            }
            SignaalWens::LegOntvangstVast(wens) => {
                Some(Commando::LegOntvangstVast { ontvangst: wens.ontvangst, nagebootst: wens.nagebootst })
            }
            SignaalWens::BeeindigSignaal(wens) => {
                t.kies("reden", &wens.reden).map(|reden| Commando::BeeindigSignaal { reden })
            }
            SignaalWens::VerstuurSignaal(_) => None,
        };
        t.klaar(commando)
    }

    fn beslis(staat: &Signaal, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    fn rijen(id: CasusId, staat: &Signaal) -> Vec<EigenRij> {
        let Some(gegeven) = &staat.gegeven else { return Vec::new() };
        vec![EigenRij {
            stroom: id,
            organisatie: gegeven.organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: staat.ontvangst.map_or_else(|| "onbekend".to_owned(), |(ontvangst, _)| ontvangst.als_str()),
            // When it ends by itself: a list tells what has ended by looking at the clock.
            kenmerk: gegeven.tot.0.to_string(),
            ander: None,
            medewerker: None,
            aan_zet: false,
            gesloten: staat.beeindigd.is_some(),
            begonnen_op: gegeven.op,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(gegeven.op),
        }]
    }
}

/// In whole years on a day; below 0 for who is not born.
fn leeftijd(geboren: jiff::civil::Date, op: jiff::civil::Date) -> i64 {
    let jaren = i64::from(op.year()) - i64::from(geboren.year());
    if (op.month(), op.day()) < (geboren.month(), geboren.day()) { jaren - 1 } else { jaren }
}

/// A signal with its words.
pub struct SignaalBeeld {
    pub id: CasusId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub staat: Signaal,
    pub stand: SignaalStand,
    pub naam: String,
    pub geboren: String,
    pub waarom: String,
    /// The clause and the gap by which it goes.
    pub clausules: Vec<ClausuleId>,
}

impl App {
    /// Runs one request on a signal, and tells the index what it must know. The answer of the index is recorded as an
    /// act of its own: a signal without one is shown as not known to have arrived.
    ///
    /// # Errors
    /// A mistake in the request, a signal that is not this organisation's, or a fault; nothing was written then.
    pub async fn voer_signaal_uit(&self, opdracht: &EigenOpdracht<SignaalWens>) -> Result<Antwoord, AppFout> {
        let stroom = match (&opdracht.wens, opdracht.stroom) {
            (SignaalWens::VerstuurSignaal(_), Some(stroom)) => stroom,
            (SignaalWens::GeefSignaal(_), _) => match self.voer_eigen_uit::<Signalen>(opdracht).await? {
                Antwoord::Gedaan(gedaan) => gedaan.casus,
                anders => return Ok(anders),
            },
            _ => return self.voer_eigen_uit::<Signalen>(opdracht).await,
        };
        let beeld = self.signaal(&opdracht.actor, stroom).await?;
        let organisatie = opdracht.actor.organisatie.als_str();
        let bericht = Signaalbericht { organisatie, naam: &beeld.naam, geboren: &beeld.geboren };
        let ontvangst = self.verwijsindex().plaats(bericht).await;
        let wens = OntvangstWens { ontvangst, nagebootst: self.verwijsindex().is_nagebootst() };
        let id = CommandId(opdracht.id.afgeleid("ontvangst"));
        let antwoord = EigenOpdracht {
            id,
            stroom: Some(stroom),
            verwacht: None,
            actor: opdracht.actor.clone(),
            gebeurd_op: None,
            wens: SignaalWens::LegOntvangstVast(wens),
        };
        self.voer_eigen_uit::<Signalen>(&antwoord).await
    }

    /// The signals of this organisation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn signalen_in_index(&self, actor: &Actor) -> Result<Vec<EigenRij>, AppFout> {
        self.eigen_lijst(actor, Gebeurtenis::STROOM, "bekijk-signalen").await
    }

    /// Shows a signal to the organisation that gave it.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or is another's; faults of store and keys.
    pub async fn signaal(&self, actor: &Actor, id: CasusId) -> Result<SignaalBeeld, AppFout> {
        let (gelezen, stukken) = self.lees_eigen::<Signalen>(actor, id, "bekijk-signaal").await?;
        let (staat, nu) = (gelezen.staat, self.klok().nu());
        let geldig = self.geldig_voor(Signalen::stand(&staat).afspraak, nu)?;
        let tekst = |soort: &str| {
            stukken.iter().find(|stuk| stuk.soort == soort).map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
        };
        let regel = domain::verwijsindex::regel(&geldig.bundel);
        Ok(SignaalBeeld {
            id,
            nummer: nummer::<Signalen>(id, &staat),
            versie: staat.versie,
            op: nu,
            stand: staat.stand(nu).ok_or(AppFout::NietGevonden)?,
            naam: tekst("naam"),
            geboren: tekst("geboren"),
            waarom: tekst("waarom"),
            clausules: regel.map(|regel| vec![regel.clausule.clone(), regel.hiaat.clone()]).unwrap_or_default(),
            staat,
        })
    }
}

/// Whether a row of the list is about a signal that runs at an instant.
pub fn loopt(rij: &EigenRij, nu: Instant) -> bool {
    !rij.gesloten && tot(rij).is_some_and(|tot| nu < tot)
}

/// When the signal of a row ends by itself; excluded.
pub fn tot(rij: &EigenRij) -> Option<Instant> {
    rij.kenmerk.parse().ok().map(Instant)
}

#[cfg(test)]
mod tests {
    use super::leeftijd;

    #[test]
    fn iemand_wordt_ouder_op_de_verjaardag() {
        let dag = |tekst: &str| tekst.parse().unwrap();
        assert_eq!(leeftijd(dag("2017-05-11"), dag("2026-05-10")), 8);
        assert_eq!(leeftijd(dag("2017-05-11"), dag("2026-05-11")), 9);
        assert_eq!(leeftijd(dag("2026-05-11"), dag("2026-05-10")), -1);
    }
}
