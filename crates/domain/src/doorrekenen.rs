//! What if another edition had held: a recorded casus, by the same facts, under another agreement.
//!
//! Nothing is changed by it and nothing that happened goes away. Three things are compared: when terms end, who held
//! what by which clause, and what the agreement says to each decision that was taken. Start at [`Anders::reken_door`].

use crate::{
    afspraak::{Bundel, Bundels, Daad},
    besluit::{Context, decide},
    casus::{Casus, evolve},
    commando::*,
    gebeurtenis::{Gebeurtenis, Vastlegging},
    ids::{AfspraakNaam, BundelHash, ClausuleId, OrganisatieId},
    termijnen::{Status, Termijn, status, termijnen},
    tijd::Instant,
    tijdlijn::{Span, tijdlijn},
    weigering::{Code, Weigering},
};
use std::{collections::BTreeMap, sync::Arc};

/// Other editions in the place of those by which casussen were decided.
pub struct Anders {
    oud: Bundels,
    nieuw: Bundels,
    /// By the agreement in whose place it comes.
    plaats: BTreeMap<AfspraakNaam, (BundelHash, Arc<Bundel>)>,
}

/// What would be otherwise in one casus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gevolgen {
    pub termijnen: Vec<AndereTermijn>,
    pub lijnen: Vec<AndereLijn>,
    pub oordelen: Vec<AnderOordeel>,
}

/// A term that ends otherwise, or is there under one of the two only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndereTermijn {
    pub oud: Option<(Termijn, Status)>,
    pub nieuw: Option<(Termijn, Status)>,
    /// A duty towards people: to inform, to feed back, to seek contact.
    pub plicht: bool,
}

/// A stretch of a line that is held otherwise: the spans that differ, between what both have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndereLijn {
    /// `zicht`, `regie`, `monitoring`, `crisis`.
    pub lijn: &'static str,
    pub oud: Vec<Span>,
    pub nieuw: Vec<Span>,
}

/// A decision that was taken, and that the other agreement judges otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnderOordeel {
    pub versie: u64,
    pub op: Instant,
    pub organisatie: OrganisatieId,
    /// The name of the act, as in `[bevoegd.*]`.
    pub handeling: &'static str,
    pub oud: Oordeel,
    pub nieuw: Oordeel,
}

/// What an agreement says to an act for which no reason is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oordeel {
    Mag,
    MagMetReden(Vec<(Code, ClausuleId)>),
    MagNiet(Vec<(Code, ClausuleId)>),
}

impl Gevolgen {
    pub fn is_leeg(&self) -> bool {
        self.termijnen.is_empty() && self.lijnen.is_empty() && self.oordelen.is_empty()
    }
}

impl Anders {
    /// Each bundle in the place of every edition of the agreement that it is named with.
    pub fn met(bekend: &Bundels, plaats: &[(AfspraakNaam, Arc<Bundel>)]) -> Self {
        let (mut nieuw, mut op_naam) = (bekend.clone(), BTreeMap::new());
        for (afspraak, bundel) in plaats {
            nieuw = nieuw.met(afspraak, bundel);
            op_naam.insert(afspraak.clone(), (bundel.hash(), Arc::clone(bundel)));
        }
        for (hash, bundel) in op_naam.values() {
            nieuw.voeg_toe(hash.clone(), Arc::clone(bundel));
        }
        Self { oud: bekend.clone(), nieuw, plaats: op_naam }
    }

    /// Whether something of this casus was decided by one of these agreements.
    pub fn gaat_over(&self, stroom: &[Vastlegging]) -> bool {
        stroom.iter().any(|vastlegging| self.in_plaats_van(&vastlegging.bundel).is_some())
    }

    /// What would be otherwise, as it stands at `nu`.
    pub fn reken_door(&self, stroom: &[Vastlegging], nu: Instant) -> Gevolgen {
        let oud = Casus::uit(stroom);
        let nieuw = self.volgens(oud.clone());
        Gevolgen {
            termijnen: self.termijnen(&oud, &nieuw, nu),
            lijnen: self.lijnen(&oud, &nieuw),
            oordelen: self.oordelen(stroom),
        }
    }

    fn in_plaats_van(&self, hash: &BundelHash) -> Option<&(BundelHash, Arc<Bundel>)> {
        self.plaats.get(&self.oud.uit(hash)?.afspraak)
    }

    /// The same facts, where the agreement decides what they count for.
    fn volgens(&self, mut casus: Casus) -> Casus {
        let alle = std::mem::take(&mut casus.overdrachten);
        let anders = alle.into_iter().map(|overdracht| match self.in_plaats_van(&overdracht.feit.bundel) {
            Some((_, bundel)) => overdracht.volgens(&casus, bundel),
            None => overdracht,
        });
        casus.overdrachten = anders.collect();
        casus
    }

    fn termijnen(&self, oud: &Casus, nieuw: &Casus, nu: Instant) -> Vec<AndereTermijn> {
        // Of one kind and one report there may be more, as with planned days: they are told apart by their order.
        fn op_sleutel(alle: Vec<Termijn>) -> BTreeMap<(String, crate::termijnen::Bij, usize), Termijn> {
            let mut uit = BTreeMap::new();
            for termijn in alle {
                let zelfde =
                    uit.keys().filter(|(soort, bij, _)| *soort == termijn.soort && *bij == termijn.bij).count();
                uit.insert((termijn.soort.clone(), termijn.bij, zelfde), termijn);
            }
            uit
        }
        let mut straks = op_sleutel(termijnen(nieuw, &self.nieuw));
        let mut anders = Vec::new();
        let stand = |termijn: Termijn| (status(&termijn, nu), termijn);
        for (sleutel, was) in op_sleutel(termijnen(oud, &self.oud)) {
            let wordt = straks.remove(&sleutel);
            if !wordt.as_ref().is_some_and(|wordt| is_gelijk(&was, wordt)) {
                let plicht = self.is_plicht(&was);
                let (oud, nieuw) = (stand(was), wordt.map(stand));
                let om = |(status, termijn): (Status, Termijn)| (termijn, status);
                anders.push(AndereTermijn { oud: Some(om(oud)), nieuw: nieuw.map(om), plicht });
            }
        }
        anders.extend(straks.into_values().map(|wordt| {
            let (plicht, stand) = (self.is_plicht(&wordt), status(&wordt, nu));
            AndereTermijn { oud: None, nieuw: Some((wordt, stand)), plicht }
        }));
        anders
    }

    fn is_plicht(&self, termijn: &Termijn) -> bool {
        let uit = |bundels: &Bundels| bundels.uit(&termijn.bundel)?.inhoud.termijn.get(&termijn.soort)?.vervuld_door;
        let daad = uit(&self.oud).or_else(|| uit(&self.nieuw));
        matches!(
            daad,
            Some(
                Daad::GezinGeinformeerd
                    | Daad::MelderTeruggekoppeld
                    | Daad::TweedeTerugkoppeling
                    | Daad::EindTerugkoppeling
                    | Daad::ContactGezin
                    | Daad::ContactGezinTeruggekoppeld
                    | Daad::AfspraakGezin
            )
        )
    }

    fn lijnen(&self, oud: &Casus, nieuw: &Casus) -> Vec<AndereLijn> {
        let (was, wordt) = (tijdlijn(oud, &self.oud), tijdlijn(nieuw, &self.nieuw));
        let paren = [
            ("zicht", was.zicht, wordt.zicht),
            ("regie", was.regie, wordt.regie),
            ("monitoring", was.monitoring, wordt.monitoring),
            ("crisis", was.crisis, wordt.crisis),
        ];
        paren.into_iter().filter_map(|(lijn, oud, nieuw)| verschil(lijn, &oud, &nieuw)).collect()
    }

    /// Every decision of which the recorded facts say what was asked, judged by both.
    fn oordelen(&self, stroom: &[Vastlegging]) -> Vec<AnderOordeel> {
        let mut anders = Vec::new();
        let mut casus = Casus::default();
        for vastlegging in stroom {
            if let (Some(commando), Some((hash, bundel)), Some(eigen)) = (
                gevraagd(&vastlegging.gebeurtenis),
                self.in_plaats_van(&vastlegging.bundel),
                self.oud.uit(&vastlegging.bundel),
            ) {
                let oud = oordeel(&casus, &commando, vastlegging, (eigen, &vastlegging.bundel, &self.oud));
                let zo = self.volgens(casus.clone());
                let nieuw = oordeel(&zo, &commando, vastlegging, (bundel, hash, &self.nieuw));
                if oud != nieuw {
                    anders.push(AnderOordeel {
                        versie: vastlegging.versie,
                        op: vastlegging.gebeurd_op,
                        organisatie: vastlegging.organisatie.clone(),
                        handeling: commando.naam(),
                        oud,
                        nieuw,
                    });
                }
            }
            casus = evolve(casus, vastlegging);
        }
        anders
    }
}

/// The status needs no look of its own: it follows from these and the instant.
fn is_gelijk(oud: &Termijn, nieuw: &Termijn) -> bool {
    let bundel = nieuw.bundel.clone();
    Termijn { bundel, ..oud.clone() } == *nieuw
}

fn verschil(lijn: &'static str, oud: &[Span], nieuw: &[Span]) -> Option<AndereLijn> {
    let zelfde = |(a, b): &(&Span, &Span)| (a.van, &a.houder, &a.grond) == (b.van, &b.houder, &b.grond);
    let voor = oud.iter().zip(nieuw).take_while(zelfde).count();
    let rest = |spans: &[Span]| spans.iter().skip(voor).cloned().collect::<Vec<_>>();
    let (mut oud, mut nieuw) = (rest(oud), rest(nieuw));
    while oud.last().zip(nieuw.last()).is_some_and(|paar| zelfde(&paar)) {
        oud.pop();
        nieuw.pop();
    }
    (!oud.is_empty() || !nieuw.is_empty()).then_some(AndereLijn { lijn, oud, nieuw })
}

fn oordeel(
    casus: &Casus,
    commando: &Commando,
    vastlegging: &Vastlegging,
    (bundel, bundel_hash, bundels): (&Bundel, &BundelHash, &Bundels),
) -> Oordeel {
    let context = Context {
        nu: vastlegging.vastgelegd_op,
        gebeurd_op: vastlegging.gebeurd_op,
        organisatie: &vastlegging.organisatie,
        medewerker: &vastlegging.medewerker,
        bundel,
        bundel_hash,
        bundels,
        noemt_melder: false,
    };
    match decide(casus, commando, &context) {
        Ok(_) => Oordeel::Mag,
        Err(Weigering { reden, mag_met_reden, ook }) => {
            let redenen = std::iter::once(reden).chain(ook).map(|reden| (reden.code, reden.clausule)).collect();
            if mag_met_reden { Oordeel::MagMetReden(redenen) } else { Oordeel::MagNiet(redenen) }
        }
    }
}

/// The decision that led to an event, without the reason that may have been given.
fn gevraagd(gebeurtenis: &Gebeurtenis) -> Option<Commando> {
    Some(match gebeurtenis.clone() {
        Gebeurtenis::VervolgBesloten { melding, besluit, voldoende_veilig, overleg, toewijzing, .. } => {
            let reden = false;
            Commando::BesluitVervolg(BesluitVervolg { melding, besluit, voldoende_veilig, overleg, toewijzing, reden })
        }
        Gebeurtenis::OverdrachtAangeboden {
            overdracht,
            naar,
            wijze,
            onderdelen,
            gezin_geinformeerd,
            mede_ontvangers,
            oordelen,
            naar_afspraak,
            ..
        } => Commando::BiedOverdrachtAan(BiedOverdrachtAan {
            overdracht,
            naar,
            wijze,
            onderdelen,
            gezin_geinformeerd,
            verzonden: false,
            ontvangen: false,
            reden: false,
            mede_ontvangers,
            oordelen,
            naar_afspraak,
        }),
        Gebeurtenis::OverdrachtGeaccepteerd { overdracht } => Commando::AccepteerOverdracht { overdracht },
        Gebeurtenis::WarmeOverdrachtGehouden { overdracht, aanwezig, punten, .. } => {
            Commando::HoudWarmeOverdracht(HoudWarmeOverdracht { overdracht, aanwezig, punten, reden: false })
        }
        Gebeurtenis::DienstGestart { dienst, dienst_soort, keuzecriteria, .. } => {
            Commando::StartDienst(StartDienst { dienst, soort: dienst_soort, keuzecriteria, reden: false })
        }
        Gebeurtenis::DienstAfgerond { dienst, conclusie, per_aard, voorwaarden_gesteld, voortijdig: false } => {
            let conclusie = Some(conclusie);
            Commando::RondDienstAf(RondDienstAf {
                dienst,
                conclusie,
                per_aard,
                voorwaarden_gesteld,
                voortijdig: false,
                reden: false,
            })
        }
        Gebeurtenis::MonitormomentVastgelegd { moment, antwoorden, uitkomst, .. } => {
            let moment = Some(moment);
            Commando::LegMonitormomentVast(LegMonitormomentVast { moment, antwoorden, uitkomst, reden: false })
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{afspraak::Grens, proef::*};

    /// The agreement of IJmond with one change in it.
    fn anders(verander: impl FnOnce(&mut Bundel)) -> Anders {
        let ijmond: AfspraakNaam = "ijmond".into();
        let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak == ijmond).unwrap();
        let mut bundel = Bundel::clone(&geldig.bundel);
        verander(&mut bundel);
        Anders::met(&afspraken().bundels(), &[(ijmond, Arc::new(bundel))])
    }

    fn na_overgang() -> Verhaal {
        overgedragen("ijmond", "cjg-kennemerland")
    }

    #[test]
    fn dezelfde_afspraak_verandert_niets() {
        for verhaal in [na_overgang(), na_dienst("ijmond", crate::gebeurtenis::DienstSoort::Onderzoek)] {
            let gevolgen = anders(|_| {}).reken_door(verhaal.stroom(), t("2027-01-01 00:00"));
            assert!(gevolgen.is_leeg(), "{gevolgen:?}");
        }
        // A casus of another region is not looked at.
        let elders = overgedragen("noord-oost-gelderland", "lokaal-team-winterswijk");
        assert!(!anders(|_| {}).gaat_over(elders.stroom()) && anders(|_| {}).gaat_over(na_overgang().stroom()));
    }

    #[test]
    fn een_kortere_termijn_maakt_te_laat_wat_op_tijd_was() {
        let korter = anders(|bundel| bundel.inhoud.termijn.get_mut("veiligheidsbeoordeling").unwrap().lengte = 1);
        let gevolgen = korter.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let [anders] = gevolgen.termijnen.as_slice() else { panic!("{gevolgen:?}") };
        let ((oud, was), (nieuw, wordt)) = (anders.oud.clone().unwrap(), anders.nieuw.clone().unwrap());
        assert!(nieuw.uiterlijk < oud.uiterlijk && !anders.plicht);
        assert_eq!((was, wordt), (Status::Gehaald, Status::GehaaldTeLaat));
        assert!(gevolgen.lijnen.is_empty() && gevolgen.oordelen.is_empty(), "{gevolgen:?}");
    }

    #[test]
    fn een_plicht_die_vervalt_en_een_die_erbij_komt() {
        let weg = anders(|bundel| drop(bundel.inhoud.termijn.remove("gezin-informeren")));
        let gevolgen = weg.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let [anders] = gevolgen.termijnen.as_slice() else { panic!("{gevolgen:?}") };
        assert!(anders.plicht && anders.nieuw.is_none() && anders.oud.is_some());
    }

    #[test]
    fn zicht_gaat_op_een_ander_moment_en_door_een_andere_clausule_over() {
        use crate::afspraak::ZichtMoment::Kalender;
        let eerder = anders(|bundel| {
            let regel = bundel.inhoud.zicht.get_mut(&Kalender).unwrap();
            (regel.werkdagen, regel.grens, regel.grond) = (Some(1), Some(Grens::Begin), "HIAAT-99".into());
        });
        let gevolgen = eerder.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let [lijn] = gevolgen.lijnen.as_slice() else { panic!("{gevolgen:?}") };
        assert_eq!((lijn.lijn, lijn.oud.len(), lijn.nieuw.len()), ("zicht", 1, 1), "{lijn:?}");
        assert!(lijn.nieuw[0].van < lijn.oud[0].van);
        assert_eq!(lijn.nieuw[0].grond.als_str(), "HIAAT-99");
    }

    #[test]
    fn een_overdracht_die_dan_is_geweigerd_en_een_die_pas_met_de_inhoud_overgaat() {
        let zonder_taak = anders(|bundel| {
            bundel.inhoud.partij.get_mut(&OrganisatieId::from("cjg-kennemerland")).unwrap().taken.clear();
        });
        let gevolgen = zonder_taak.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let [oordeel] = gevolgen.oordelen.as_slice() else { panic!("{gevolgen:?}") };
        assert_eq!((oordeel.handeling, &oordeel.oud), ("bied-overdracht-aan", &Oordeel::Mag));
        assert_eq!(oordeel.nieuw, Oordeel::MagNiet(vec![(Code::NietInTakenpakket, "IJM-1.1.a".into())]));
        // What was accepted without the content that is asked for now, would not have passed.
        let ook_inhoud = anders(|bundel| {
            let deel = bundel.inhoud.onderdeel["inhoud-melding"].clone();
            bundel.inhoud.onderdeel.insert("wat-nieuw-is".into(), deel);
            bundel.inhoud.overgang.values_mut().for_each(|overgang| overgang.ook_inhoud = true);
        });
        let gevolgen = ook_inhoud.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let zicht = gevolgen.lijnen.iter().find(|lijn| lijn.lijn == "zicht").unwrap();
        assert_eq!((zicht.oud.len(), zicht.nieuw.len()), (1, 0), "het zicht bleef bij Veilig Thuis: {zicht:?}");
    }

    #[test]
    fn een_besluit_waarvoor_dan_meer_wordt_gevraagd() {
        let vraagt_meer = anders(|bundel| {
            let vraag = bundel.inhoud.criterium["letsel"].clone();
            bundel.inhoud.criterium.insert("nog-een-vraag".into(), vraag);
        });
        let gevolgen = vraagt_meer.reken_door(na_overgang().stroom(), t("2027-01-01 00:00"));
        let besluit = gevolgen.oordelen.iter().find(|oordeel| oordeel.handeling == "besluit-vervolg").unwrap();
        let Oordeel::MagNiet(redenen) = &besluit.nieuw else { panic!("{besluit:?}") };
        assert_eq!((&besluit.oud, redenen[0].0), (&Oordeel::Mag, Code::CriteriaNietBeantwoord));
    }
}
