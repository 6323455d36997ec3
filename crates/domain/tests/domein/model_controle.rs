//! What must hold in every state and along every transition of the model. Written from the semantics, not from the
//! code: nothing here computes a line.

use super::model::{BesluitKeus, Door, Poging, Toestand};
use super::model_regels::{Wereld, melding_id, overdracht_id};
use domain::{
    Casus, Gebeurtenis, Vastlegging,
    gebeurtenis::BesluitSoort,
    ids::OrganisatieId,
    meldingen::{Melding, Spoed},
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
    tijdlijn::{Span, Tijdlijn},
};
use stateright::Property;

macro_rules! eigenschappen {
    ($($variant:ident = $naam:literal),+ $(,)?) => {
        /// A property; its number is its bit in `Toestand::gebroken`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Eigenschap { $($variant),+ }

        impl Eigenschap {
            pub fn naam(self) -> &'static str {
                match self { $(Eigenschap::$variant => $naam),+ }
            }
        }

        fn altijd() -> Vec<Property<Wereld>> {
            vec![$(Property::always($naam, |_: &Wereld, stand: &Toestand| {
                stand.gebroken & (1 << Eigenschap::$variant as u32) == 0
            })),+]
        }
    };
}

eigenschappen! {
    EenHouder = "precies één houder op elk moment, aaneengesloten van ontvangst tot einde",
    Verleden = "het verleden verandert niet",
    TeamDoorAcceptatie = "een team krijgt het zicht alleen door eigen acceptatie, of door terugkeer naar de vorige ontvanger",
    VerschuiftNiets = "aanbod, verzending, weigering, intrekking, notitie en herstel verschuiven de lijn niet",
    Kalender = "Veilig Thuis houdt uiterlijk vanaf de kalendergrens, en niet eerder door de kalender",
    Grond = "elke grond is een clausule of hiaat van de bundel",
    EenAanbod = "hoogstens één open aanbod, en alleen zolang wie aanbood of Veilig Thuis houdt",
    Acceptatie = "alleen de ontvanger accepteert, en alleen een open aanbod dat niet is opgeschort",
    NaAcceptatie = "wie accepteert houdt vanaf dat moment",
    NaBeoordeling = "na beoordeling, erkende spoed of overname houdt Veilig Thuis",
    NaMelding = "een melding brengt het zicht nooit bij wie het niet had, behalve bij Veilig Thuis",
    NaGeenStappen = "geen verdere stappen geeft terug aan wie het had, en nooit aan wie de casus opende",
    Bevoegd = "alleen wie het mag legt vast",
    Sluiting = "alleen de houder sluit, en gestopt alleen door de ontvanger",
    Herhaald = "een herhaald commando is geweigerd of verandert niets",
    Herstart = "na een crash geeft het logboek dezelfde staat en dezelfde lijn",
    Klok = "de klok alleen verandert geen antwoord",
}

/// A step of the model: from, to, and by what; nothing by the clock.
pub struct Overgang<'a> {
    pub voor: &'a Toestand,
    pub na: Toestand,
    pub gedaan: Option<(Poging, Door, &'a [Vastlegging])>,
}

type Conditie = fn(&Wereld, &Toestand) -> bool;

/// What must be reachable, so that the properties above are not true for want of cases.
pub fn eigenschappen() -> Vec<Property<Wereld>> {
    let mut alle = altijd();
    let soms: [(&'static str, Conditie); 8] = [
        ("soms houdt een team", |w, s| s.houder(w).is_some_and(|houder| w.is_team(houder))),
        ("soms keert de lijn terug naar het team", |w, s| {
            s.lijn.zicht.len() >= 3
                && s.casus.overnames.is_empty()
                && s.houder(w).is_some_and(|houder| w.is_team(houder))
                && s.lijn.zicht.last().is_some_and(|span| span.grond.als_str() == "LND-3.e")
        }),
        ("soms is een aanbod opgeschort", |_, s| {
            s.casus.open_aanbod().is_some_and(|aanbod| wacht_op_weging(&s.casus, aanbod))
        }),
        ("soms houdt Veilig Thuis zonder beoordeling", |w, s| {
            s.houder(w) == Some(&w.vt) && s.casus.meldingen.iter().all(|melding| melding.beoordeling.is_none())
        }),
        ("soms neemt Veilig Thuis over van een team", |_, s| {
            !s.casus.overnames.is_empty() && s.casus.laatste_overgang().is_some()
        }),
        ("soms stopt een team na directe overdracht", |_, s| {
            s.casus.sluiting.is_some() && s.casus.laatste_overgang().is_some()
        }),
        ("soms sluit geen verdere stappen de casus", |_, s| {
            s.casus.sluiting.is_some() && s.casus.laatste_overgang().is_none()
        }),
        ("soms accepteren twee teams na elkaar", |_, s| {
            s.casus.overdrachten.iter().filter(|over| matches!(over.stand, Stand::Geaccepteerd(_))).count() == 2
        }),
    ];
    alle.extend(soms.map(|(naam, conditie)| Property::sometimes(naam, conditie)));
    alle
}

impl Toestand {
    fn houder(&self, wereld: &Wereld) -> Option<&OrganisatieId> {
        self.lijn.houder_op(wereld.tikken[self.tik])
    }
}

/// The state after a step, with every property that the step or the state breaks.
pub fn oordeel(wereld: &Wereld, overgang: Overgang<'_>) -> Toestand {
    let mut gebroken = Gebroken(0);
    let Overgang { voor, na, gedaan } = overgang;
    let nu = wereld.tikken[voor.tik];
    in_elke_toestand(wereld, &na, &mut gebroken);
    gebroken.als(tot(&voor.lijn, nu) != tot(&na.lijn, nu), Eigenschap::Verleden);
    match gedaan {
        None => gebroken.als(voor.lijn != na.lijn, Eigenschap::Klok),
        Some((poging, door, nieuw)) => {
            let stap = Stap { wereld, voor, na: &na, nu, poging, door, nieuw };
            stap.houderwissel(&mut gebroken);
            stap.acceptatie(&mut gebroken);
            stap.gevolg(&mut gebroken);
            stap.herhaald(&mut gebroken);
        }
    }
    na.met_gebroken(gebroken.0)
}

struct Gebroken(u32);

impl Gebroken {
    fn als(&mut self, kapot: bool, eigenschap: Eigenschap) {
        if kapot {
            self.0 |= 1 << eigenschap as u32;
        }
    }
}

fn in_elke_toestand(wereld: &Wereld, stand: &Toestand, gebroken: &mut Gebroken) {
    let (casus, zicht) = (&*stand.casus, &stand.lijn.zicht);
    gebroken.als(!is_aaneengesloten(casus, zicht), Eigenschap::EenHouder);
    gebroken.als(!kalender_klopt(wereld, casus, &stand.lijn), Eigenschap::Kalender);
    let inhoud = &wereld.bundel.bundel.inhoud;
    let bekend = |span: &Span| inhoud.clausule.contains_key(&span.grond) || inhoud.hiaat.contains_key(&span.grond);
    gebroken.als(!zicht.iter().all(bekend), Eigenschap::Grond);
    let open: Vec<_> = casus.overdrachten.iter().filter(|over| over.stand == Stand::Open).collect();
    let houder = stand.houder(wereld);
    let van_houder = |over: &&Overdracht| houder == Some(&wereld.vt) || houder == Some(&over.feit.organisatie);
    gebroken.als(open.len() > 1 || !open.iter().all(van_houder), Eigenschap::EenAanbod);
}

/// Exactly one holder from the receipt of the first report to the end, with no seam between the spans.
pub fn is_aaneengesloten(casus: &Casus, zicht: &[Span]) -> bool {
    // What was moved here counts from when it came: before that the other casus had it.
    let hier = casus.meldingen.iter().filter(|melding| melding.aankomst.is_none());
    let Some(begin) = hier.map(|melding| melding.ontvangen_op).min() else {
        return zicht.is_empty();
    };
    let eind = casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op);
    if eind == Some(begin) {
        return zicht.is_empty();
    }
    let naden = zicht.windows(2).all(|paar| paar[0].tot == Some(paar[1].van));
    let lengten = zicht.iter().all(|span| span.tot.is_none_or(|tot| span.van < tot) && span.houder.is_some());
    let wisselt = zicht.windows(2).all(|paar| paar[0].houder != paar[1].houder);
    let randen = zicht.first().map(|span| span.van) == Some(begin) && zicht.last().map(|span| span.tot) == Some(eind);
    naden && lengten && wisselt && randen
}

/// From the boundary of a report until its assessment Veilig Thuis holds; and while nothing but one report is known,
/// the line is exactly what the agreement says.
fn kalender_klopt(wereld: &Wereld, casus: &Casus, lijn: &Tijdlijn) -> bool {
    let eind = casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op);
    let grens_van = |melding: &Melding| {
        let tik = wereld.tikken.iter().position(|tik| *tik == melding.ontvangen_op).unwrap();
        (wereld.grens)(tik)
    };
    let alle_bij_vt = casus.meldingen.iter().all(|melding| {
        let van = grens_van(melding).unwrap_or(melding.ontvangen_op);
        let beoordeeld = melding.beoordeling.as_ref().map(|gedaan| gedaan.feit.vastgelegd_op);
        let mut raakt = lijn
            .zicht
            .iter()
            .filter(|span| span.tot.is_none_or(|tot| van < tot) && beoordeeld.is_none_or(|tot| span.van < tot));
        let gesloten = eind.is_some_and(|eind| eind <= van);
        let beoordeeld_ervoor = beoordeeld.is_some_and(|op| op <= van);
        gesloten || beoordeeld_ervoor || raakt.all(|span| span.houder.as_ref() == Some(&wereld.vt))
    });
    let [melding] = &casus.meldingen[..] else {
        return alle_bij_vt;
    };
    if melding.beoordeling.is_some() || matches!(melding.spoed, Spoed::Erkend(_)) || !casus.overnames.is_empty() {
        return alle_bij_vt;
    }
    let verwacht = match grens_van(melding) {
        None => vec![(melding.ontvangen_op, &wereld.vt, "NOG-5.a")],
        Some(grens) => vec![(melding.ontvangen_op, &wereld.school, "IJM-3.1.b"), (grens, &wereld.vt, "IJM-3.1.e")],
    };
    let gevonden = lijn.zicht.iter().map(|span| (span.van, span.houder.as_ref().unwrap(), span.grond.als_str()));
    alle_bij_vt && gevonden.eq(verwacht)
}

/// Holder and ground of everything before an instant.
pub fn tot(lijn: &Tijdlijn, nu: Instant) -> Vec<(Instant, Instant, &Option<OrganisatieId>, &str)> {
    let ervoor = lijn.zicht.iter().filter(|span| span.van < nu);
    ervoor.map(|span| (span.van, span.tot.map_or(nu, |tot| tot.min(nu)), &span.houder, span.grond.als_str())).collect()
}

/// A new report that Veilig Thuis has not weighed, or keeps.
fn wacht_op_weging(casus: &Casus, aanbod: &Overdracht) -> bool {
    casus.meldingen.iter().any(|melding| {
        let blijft = match &melding.besluit {
            None => true,
            Some(besluit) => besluit.soort == BesluitSoort::VervolgBijVeiligThuis,
        };
        melding.feit.versie > aanbod.feit.versie && blijft
    })
}

struct Stap<'a> {
    wereld: &'a Wereld,
    voor: &'a Toestand,
    na: &'a Toestand,
    nu: Instant,
    poging: Poging,
    door: Door,
    nieuw: &'a [Vastlegging],
}

impl Stap<'_> {
    fn wie(&self) -> &OrganisatieId {
        self.wereld.wie(self.door)
    }

    fn aanbod(&self, nr: u8) -> Option<&Overdracht> {
        self.voor.casus.overdracht(overdracht_id(nr))
    }

    /// The receiver who held last and from whom Veilig Thuis did not take over since.
    fn vorige_ontvanger(&self) -> Option<&OrganisatieId> {
        let (over, feit) = self.voor.casus.laatste_overgang()?;
        let overgenomen = self.voor.casus.overnames.iter().any(|overname| overname.feit.versie > feit.versie);
        (!overgenomen).then_some(&over.naar)
    }

    /// Who may become holder from now on by this step, at whatever instant.
    fn houderwissel(&self, gebroken: &mut Gebroken) {
        let naden = self.voor.lijn.zicht.iter().chain(&self.na.lijn.zicht).map(|span| span.van);
        for op in naden.chain([self.nu]).filter(|op| *op >= self.nu) {
            let (oud, nieuw) = (self.voor.lijn.houder_op(op), self.na.lijn.houder_op(op));
            let Some(team) = nieuw.filter(|nieuw| oud != Some(nieuw) && self.wereld.is_team(nieuw)) else {
                continue;
            };
            let mag = match self.poging {
                Poging::Accepteer(..) => self.wie() == team,
                Poging::Besluit(_, BesluitKeus::Geen, _) => self.vorige_ontvanger() == Some(team),
                _ => false,
            };
            gebroken.als(!mag, Eigenschap::TeamDoorAcceptatie);
        }
        let stil = matches!(
            self.poging,
            Poging::BiedAan(..)
                | Poging::Verzend(_)
                | Poging::Weiger(..)
                | Poging::TrekIn(..)
                | Poging::NoteerMondeling(_)
                | Poging::HerstelBeoordeling(_)
                | Poging::HerstelAcceptatie(..)
        );
        gebroken.als(stil && self.voor.lijn != self.na.lijn, Eigenschap::VerschuiftNiets);
    }

    /// An acceptance in the log, by whatever command it came there.
    fn acceptatie(&self, gebroken: &mut Gebroken) {
        let geaccepteerd = self.nieuw.iter().filter_map(|nieuw| match &nieuw.gebeurtenis {
            Gebeurtenis::OverdrachtGeaccepteerd { overdracht } => Some((overdracht, &nieuw.organisatie)),
            _ => None,
        });
        for (id, door) in geaccepteerd {
            let aanbod = self.voor.casus.overdracht(*id);
            let mag = aanbod.is_some_and(|aanbod| {
                let verzonden = aanbod.verzonden.is_some() || (self.wereld.grens)(0).is_some();
                aanbod.stand == Stand::Open
                    && aanbod.naar == *door
                    && verzonden
                    && !wacht_op_weging(&self.voor.casus, aanbod)
            });
            gebroken.als(!mag, Eigenschap::Acceptatie);
        }
    }

    /// What this command must lead to when it is carried out.
    fn gevolg(&self, gebroken: &mut Gebroken) {
        let span = self.na.lijn.zicht_op(self.nu);
        let houder = span.and_then(|span| span.houder.as_ref());
        let (was, vt) = (self.voor.lijn.houder_op(self.nu), Some(&self.wereld.vt));
        let door_vt = self.door == Door::Vt;
        match self.poging {
            Poging::Meld(_) => {
                let elke_melding = (self.wereld.grens)(0).is_none();
                let verwacht = if elke_melding { vt } else { was.or(Some(&self.wereld.school)) };
                let eerste_door_vt = houder == vt && was.is_none();
                gebroken.als(houder != verwacht && !eerste_door_vt, Eigenschap::NaMelding);
            }
            Poging::ErkenSpoed(..) | Poging::RondBeoordelingAf(..) | Poging::NeemOver(_) => {
                gebroken.als(!door_vt, Eigenschap::Bevoegd);
                gebroken.als(houder != vt, Eigenschap::NaBeoordeling);
            }
            Poging::Besluit(nr, keus, _) => {
                gebroken.als(!door_vt, Eigenschap::Bevoegd);
                if keus == BesluitKeus::Geen {
                    gebroken.als(!self.terug_klopt(nr, houder), Eigenschap::NaGeenStappen);
                } else {
                    gebroken.als(houder != was, Eigenschap::NaGeenStappen);
                }
            }
            Poging::BiedAan(..) => {
                let houdt = self.voor.lijn.houder_op(self.nu) == Some(self.wie());
                gebroken.als(!door_vt && !houdt, Eigenschap::Bevoegd);
            }
            Poging::TrekIn(nr, _) => {
                let eigen = self.aanbod(nr).is_some_and(|over| over.feit.organisatie == *self.wie());
                gebroken.als(!eigen, Eigenschap::Bevoegd);
            }
            Poging::Weiger(nr, _) => {
                let mag = self.aanbod(nr).is_some_and(|over| over.stand == Stand::Open && over.naar == *self.wie());
                gebroken.als(!mag, Eigenschap::Bevoegd);
            }
            Poging::Accepteer(..) => {
                let grond = if (self.wereld.grens)(0).is_some() { "IJM-3.3.1.b" } else { "NOG-1.g" };
                let goed = houder == Some(self.wie()) && span.is_some_and(|span| span.grond.als_str() == grond);
                gebroken.als(!goed, Eigenschap::NaAcceptatie);
            }
            Poging::Sluit(_) => {
                let ontvanger = self.vorige_ontvanger() == Some(self.wie());
                gebroken.als(was != Some(self.wie()) || !ontvanger || houder.is_some(), Eigenschap::Sluiting);
            }
            Poging::Verzend(_) | Poging::NoteerMondeling(_) => {}
            Poging::HerstelBeoordeling(_) | Poging::HerstelAcceptatie(..) => {}
        }
    }

    /// After "no further steps" on a report: it ends a casus that nobody else held; or another report keeps it with
    /// Veilig Thuis; or the line returns to who held when that report came.
    fn terug_klopt(&self, nr: u8, houder: Option<&OrganisatieId>) -> bool {
        let (casus, vt) = (&self.voor.casus, Some(&self.wereld.vt));
        if self.na.casus.sluiting.is_some() {
            return houder.is_none() && casus.laatste_overgang().is_none();
        }
        let overgang = casus.laatste_overgang().map_or(0, |(_, feit)| feit.versie);
        let mut anderen =
            casus.meldingen.iter().filter(|melding| melding.feit.versie > overgang && melding.id != melding_id(nr));
        let klaar = anderen.all(|ander| {
            ander.besluit.as_ref().is_some_and(|besluit| besluit.soort == BesluitSoort::GeenVerdereStappen)
        });
        match self.vorige_ontvanger() {
            Some(team) if klaar => houder == Some(team),
            Some(_) => houder == vt,
            None => {
                let opende = casus.meldingen.first().is_some_and(|melding| melding.id == melding_id(nr));
                houder == vt || (!opende && houder == Some(&self.wereld.school))
            }
        }
    }

    /// The same command once more, at once and without the table that would have recognised its id.
    fn herhaald(&self, gebroken: &mut Gebroken) {
        let (door, commando) = self.wereld.commando(self.voor, self.poging);
        let wie = self.wereld.wie(door);
        let Ok(nogmaals) = self.wereld.decide(&self.na.casus, &commando, wie, self.nu) else {
            return;
        };
        let nieuw = self.wereld.vastleggingen(&self.na.casus, nogmaals, wie, self.nu);
        let casus = nieuw.iter().fold((*self.na.casus).clone(), self.wereld.regels.evolve);
        let zelfde = self.wereld.lijn(&casus) == *self.na.lijn
            && casus.meldingen.len() == self.na.casus.meldingen.len()
            && casus.overdrachten.len() == self.na.casus.overdrachten.len();
        gebroken.als(!zelfde, Eigenschap::Herhaald);
    }
}
