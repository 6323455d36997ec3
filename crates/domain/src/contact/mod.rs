//! Safety in contact: by which way a member of the household can be reached without danger, and where somebody lives.
//! Numbers, hours and addresses are sealed elsewhere; here are the codes by which an unsafe way is refused.

mod leg_vast;

pub(crate) use leg_vast::{leg_adres_vast, leg_contactveiligheid_vast};

use crate::{
    afspraak::Bundel,
    casus::{Casus, Feit},
    gebeurtenis::{ContactWijze, Gebeurtenis, als_str},
    ids::PersoonId,
    tijd::Datum,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contactweg {
    Bellen,
    Voicemail,
    Bericht,
    Mail,
    Brief,
    Huisbezoek,
}

impl Contactweg {
    pub const ALLE: [Contactweg; 6] =
        [Self::Bellen, Self::Voicemail, Self::Bericht, Self::Mail, Self::Brief, Self::Huisbezoek];
}

/// How safe a way is; what nobody said is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wegstand {
    Veilig,
    /// Somebody else reads or hears it as well.
    Gedeeld,
    Onveilig,
}

/// From whom an address is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adresbron {
    Betrokkene,
    Melder,
    Basisregistratie,
    Politie,
    Hulpverlener,
    EigenWaarneming,
}

als_str!(Contactweg, Wegstand, Adresbron);

/// How somebody can be reached, as last recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contactveiligheid {
    pub feit: Feit,
    pub persoon: PersoonId,
    pub wegen: BTreeMap<Contactweg, Wegstand>,
    /// Who goes to the home must read the warning first.
    pub huisbezoek_waarschuwing: bool,
}

/// Where somebody lives, by whom it was said and as of when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adres {
    pub feit: Feit,
    pub persoon: PersoonId,
    pub bron: Adresbron,
    pub datum: Datum,
    pub geheim: bool,
}

/// What is recorded of contact with the members of the household.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bereikbaar {
    pub veiligheid: Vec<Contactveiligheid>,
    pub adressen: Vec<Adres>,
}

impl Bereikbaar {
    /// The newest word on how somebody can be reached.
    pub fn van(&self, persoon: PersoonId) -> Option<&Contactveiligheid> {
        self.veiligheid.iter().rfind(|eerder| eerder.persoon == persoon)
    }

    /// The newest address of somebody.
    pub fn adres_van(&self, persoon: PersoonId) -> Option<&Adres> {
        self.adressen.iter().rfind(|eerder| eerder.persoon == persoon)
    }

    /// Addresses that are secret, also of before: who was there may come back.
    pub fn geheime_adressen(&self) -> impl Iterator<Item = &Adres> {
        self.adressen.iter().filter(|adres| adres.geheim)
    }

    /// The newest words on everybody, or on one of them.
    fn over(&self, persoon: Option<PersoonId>) -> Vec<&Contactveiligheid> {
        let personen: BTreeSet<_> = self.veiligheid.iter().map(|eerder| eerder.persoon).collect();
        let gevraagd = personen.into_iter().filter(|ander| persoon.is_none_or(|persoon| persoon == *ander));
        gevraagd.filter_map(|persoon| self.van(persoon)).collect()
    }
}

/// The way that leaves something behind: a letter, a mail, a message on a machine.
fn laat_achter(wijze: ContactWijze) -> Option<Contactweg> {
    match wijze {
        ContactWijze::Brief => Some(Contactweg::Brief),
        ContactWijze::BeveiligdeMail => Some(Contactweg::Mail),
        ContactWijze::Voicemail => Some(Contactweg::Voicemail),
        ContactWijze::Telefoon | ContactWijze::Huisbezoek | ContactWijze::OpKantoor => None,
    }
}

/// Nothing is left behind where somebody else finds it; what is missing names the ways that are safe.
pub(crate) fn tegen_wijze(
    casus: &Casus,
    wijze: ContactWijze,
    persoon: Option<PersoonId>,
    bundel: &Bundel,
) -> Option<Reden> {
    let weg = laat_achter(wijze)?;
    let over = casus.bereikbaar.over(persoon);
    let veilig_bij = |bekend: &Contactveiligheid, weg| bekend.wegen.get(&weg) == Some(&Wegstand::Veilig);
    let onveilig = |bekend: &&Contactveiligheid| {
        bekend.wegen.get(&weg).is_some_and(|stand| matches!(stand, Wegstand::Gedeeld | Wegstand::Onveilig))
    };
    over.iter().copied().find(onveilig)?;
    let wel = Contactweg::ALLE.into_iter().filter(|weg| over.iter().all(|bekend| veilig_bij(bekend, *weg)));
    Some(Reden::volgens(bundel, Code::ContactOnveilig).met_ontbreekt(wel.map(Contactweg::als_str).collect()))
}

pub(crate) fn evolve(bereikbaar: &mut Bereikbaar, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::ContactveiligheidVastgelegd { persoon, wegen, huisbezoek_waarschuwing } => {
            bereikbaar.veiligheid.push(Contactveiligheid {
                feit,
                persoon: *persoon,
                wegen: wegen.clone(),
                huisbezoek_waarschuwing: *huisbezoek_waarschuwing,
            });
        }
        Gebeurtenis::AdresVastgelegd { persoon, bron, datum, geheim } => {
            bereikbaar.adressen.push(Adres { feit, persoon: *persoon, bron: *bron, datum: *datum, geheim: *geheim });
        }
        _ => {}
    }
}
