//! What must hold at every step of a random story, whatever the step was.

use super::{
    model_controle::{is_aaneengesloten, tot},
    verhalen::SCHUILSCHOOL,
    zaak::{Wanneer, Zaak},
};
use domain::{
    Casus, Commando, Vastlegging, Weigering,
    afspraak::Bundels,
    ids::OrganisatieId,
    meldingen::Verplaatsing,
    overdrachten::Stand,
    publiek,
    termijnen::{Bij, Status, Termijn, status, termijnen},
    tijd::Instant,
    tijdlijn::{Tijdlijn, tijdlijn},
};

pub type Fout = String;

/// The functions under control; a planted fault replaces one of them.
pub struct Controle {
    tijdlijn: fn(&Casus, &Bundels) -> Tijdlijn,
    termijnen: fn(&Casus, &Bundels) -> Vec<Termijn>,
    als_bekend_op: fn(&[Vastlegging], Instant) -> Casus,
    ziet: fn(&Casus, &OrganisatieId, &Vastlegging) -> bool,
    schrijf: fn(&Vastlegging) -> String,
}

fn eis(voldaan: bool, wat: impl FnOnce() -> String) -> Result<(), Fout> {
    if voldaan { Ok(()) } else { Err(wat()) }
}

impl Controle {
    pub const ECHT: Self = Self {
        tijdlijn,
        termijnen,
        als_bekend_op: |stroom, k| Casus::als_bekend_op(stroom, k),
        ziet: publiek::ziet,
        schrijf: |vastlegging| serde_json::to_string(vastlegging).unwrap(),
    };

    /// A step that was carried out.
    pub fn stap(&self, was: &Zaak<'_>, is: &Zaak<'_>, commando: &Commando, op: Wanneer<'_>) -> Result<(), Fout> {
        let (oud, nieuw) = ((self.tijdlijn)(&was.casus, &was.bundels), (self.tijdlijn)(&is.casus, &is.bundels));
        eis(is_aaneengesloten(&is.casus, &nieuw.zicht), || format!("lijn niet aaneengesloten: {:#?}", nieuw.zicht))?;
        self.verleden(was, commando, op, (&oud, &nieuw))?;
        self.termijnen_gaan_niet_terug(was, is, commando, op)?;
        let nogmaals = was.probeer(commando, op);
        let eerder: Vec<_> = is.stroom[was.stroom.len()..].iter().map(|nieuw| nieuw.gebeurtenis.clone()).collect();
        eis(nogmaals.as_ref() == Ok(&eerder), || "dezelfde vraag gaf een ander antwoord".into())
    }

    /// A refusal: nothing changed, the same question is refused again, and it names a clause that the bundle knows.
    pub fn weigering(
        &self,
        was: &Zaak<'_>,
        is: &Zaak<'_>,
        commando: &Commando,
        op: Wanneer<'_>,
        weigering: &Weigering,
    ) -> Result<(), Fout> {
        eis(was.casus == is.casus && was.stroom == is.stroom, || "een weigering veranderde iets".into())?;
        eis(was.probeer(commando, op).as_ref() == Err(weigering), || "een andere weigering".into())?;
        let bekend = is.afspraken.alle().iter().any(|geldig| {
            let inhoud = &geldig.bundel.inhoud;
            inhoud.clausule.contains_key(&weigering.reden.clausule)
                || inhoud.hiaat.contains_key(&weigering.reden.clausule)
        });
        eis(bekend, || format!("weigering met onbekende clausule: {weigering:?}"))
    }

    /// What is behind does not change. A report that is recorded later than it arrived counts from its arrival; what
    /// lies before that arrival stays, and so does every passing.
    fn verleden(
        &self,
        was: &Zaak<'_>,
        commando: &Commando,
        op: Wanneer<'_>,
        (oud, nieuw): (&Tijdlijn, &Tijdlijn),
    ) -> Result<(), Fout> {
        let vast = match commando {
            Commando::Meld(meld) => meld.ontvangen_op.min(op.nu),
            _ => op.nu,
        };
        // Closed casussen end; what was expected after the end is no past.
        eis(tot(oud, vast) == tot(nieuw, vast), || {
            format!("het verleden voor {vast:?} veranderde door {commando:?}\n{:#?}\n{:#?}", oud.zicht, nieuw.zicht)
        })?;
        let overgangen = was.casus.overdrachten.iter().filter_map(|over| match &over.stand {
            Stand::Geaccepteerd(feit) if feit.vastgelegd_op < op.nu => Some(feit.vastgelegd_op),
            _ => None,
        });
        for overgang in overgangen {
            let blijft = oud.houder_op(overgang) == nieuw.houder_op(overgang);
            eis(blijft, || format!("een overgang op {overgang:?} verdween door {commando:?}"))?;
        }
        Ok(())
    }

    /// Once met stays met, and lapsed stays lapsed unless the act turns out to have happened before; a correction may do
    /// otherwise. A due instant does not move; what is late is met in time only by an act that happened in time.
    fn termijnen_gaan_niet_terug(
        &self,
        was: &Zaak<'_>,
        is: &Zaak<'_>,
        commando: &Commando,
        op: Wanneer<'_>,
    ) -> Result<(), Fout> {
        if matches!(commando, Commando::HerstelVastlegging { .. }) {
            return Ok(());
        }
        let nieuw = (self.termijnen)(&is.casus, &is.bundels);
        for oud in (self.termijnen)(&was.casus, &was.bundels) {
            // There can be more than one planned day or crisis.
            let zelfde = nieuw.iter().find(|termijn| {
                (&termijn.soort, termijn.bij) == (&oud.soort, oud.bij)
                    && (oud.bij != Bij::Casus || termijn.anker == oud.anker)
            });
            let zelfde = zelfde.ok_or_else(|| format!("termijn {} verdween", oud.soort))?;
            // Telling the family may wait for somebody's safety; that moves its bound to later, never to earlier.
            let uitgesteld = matches!(commando, Commando::StelInformerenUit { .. })
                && oud.soort == "gezin-informeren"
                && zelfde.uiterlijk > oud.uiterlijk;
            eis(uitgesteld || zelfde.uiterlijk == oud.uiterlijk, || {
                format!("termijn {} verschoof door {commando:?}", oud.soort)
            })?;
            let (eerst, nu) = (status(&oud, op.nu), status(zelfde, op.nu));
            let mag = match (eerst, nu) {
                (Status::Gehaald, nu) => nu == Status::Gehaald,
                (Status::Vervallen, Status::Gehaald | Status::GehaaldTeLaat) => {
                    oud.vervallen_op.is_some_and(|vervallen| op.gebeurd_op <= vervallen)
                }
                (Status::Vervallen, nu) => nu == Status::Vervallen,
                (Status::TeLaat | Status::GehaaldTeLaat, Status::Gehaald) => op.gebeurd_op < oud.uiterlijk,
                (Status::TeLaat, nu) => matches!(nu, Status::TeLaat | Status::GehaaldTeLaat),
                (Status::GehaaldTeLaat, nu) => nu == Status::GehaaldTeLaat,
                (Status::Open | Status::Geen, _) => true,
            };
            eis(mag, || format!("termijn {} ging van {eerst:?} naar {nu:?} door {commando:?}", oud.soort))?;
        }
        Ok(())
    }

    /// The story as a whole.
    pub fn geheel(&self, zaak: &Zaak<'_>, organisaties: &[OrganisatieId]) -> Result<(), Fout> {
        eis(Casus::uit(&zaak.stroom) == zaak.casus, || "het logboek vouwt naar een andere staat".into())?;
        self.zichtbaar(zaak, organisaties)?;
        for vastlegging in &zaak.stroom {
            let tekst = (self.schrijf)(vastlegging);
            eis(!tekst.contains(SCHUILSCHOOL), || format!("afgeschermde melder in het logboek: {tekst}"))?;
            let gelezen: Vastlegging = serde_json::from_str(&tekst).map_err(|fout| fout.to_string())?;
            eis(gelezen == *vastlegging, || format!("anders gelezen dan geschreven: {tekst}"))?;
        }
        for k in zaak.stroom.iter().map(|vastlegging| vastlegging.vastgelegd_op) {
            for moment in [k.net_ervoor(), k] {
                let tot_dan = zaak.stroom.iter().take_while(|vastlegging| vastlegging.vastgelegd_op <= moment);
                let gelijk = (self.als_bekend_op)(&zaak.stroom, moment) == Casus::uit(tot_dan);
                eis(gelijk, || format!("als bekend op {moment:?} is niet het logboek tot dan"))?;
            }
        }
        Ok(())
    }

    fn zichtbaar(&self, zaak: &Zaak<'_>, organisaties: &[OrganisatieId]) -> Result<(), Fout> {
        let lijn = (self.tijdlijn)(&zaak.casus, &zaak.bundels);
        let schuil = lijn.zicht.iter().any(|span| span.houder.as_ref().is_some_and(|h| h.als_str() == SCHUILSCHOOL));
        eis(!schuil, || "een afgeschermde melder is houder".into())?;
        for organisatie in organisaties {
            let gezien =
                zaak.stroom.iter().filter(|vastlegging| (self.ziet)(&zaak.casus, organisatie, vastlegging)).count();
            match publiek::rol(&zaak.casus, organisatie) {
                None => eis(gezien == 0, || format!("{organisatie} ziet {gezien} gebeurtenissen zonder rol"))?,
                Some(publiek::Rol::VeiligThuis) => {}
                Some(_) => {
                    eis(gezien < zaak.stroom.len() || zaak.stroom.len() < 3, || format!("{organisatie} ziet alles"))
                        .or_else(|_| eigen_deel(zaak, organisatie))?
                }
            }
            let bekend = publiek::betrokkenen(&zaak.casus).contains(organisatie);
            eis(bekend == publiek::rol(&zaak.casus, organisatie).is_some(), || {
                format!("{organisatie}: rol en lijst verschillen")
            })?;
        }
        // Whoever holds now is concerned, so that it knows.
        let houders = lijn.zicht.iter().filter_map(|span| span.houder.as_ref());
        // Whose report turned out to belong to another casus has no part in this one any more.
        let weg = zaak.casus.meldingen.iter().filter(|m| matches!(m.verplaatsing, Verplaatsing::Weg { .. }));
        let weg: Vec<_> = weg.filter_map(|melding| melding.melder.organisatie()).collect();
        for houder in houders.filter(|houder| !weg.contains(houder)) {
            eis(publiek::ziet_lijn(&zaak.casus, houder), || format!("{houder} houdt en ziet de lijn niet"))?;
        }
        Ok(())
    }

    /// Planted faults: name, and the word by which the failure is known.
    pub fn mutanten() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            ("acceptatie telt vanaf het aanbod", Self { tijdlijn: teruggedateerd, ..Self::ECHT }, "verleden"),
            ("een gat van een microseconde", Self { tijdlijn: met_gat, ..Self::ECHT }, "aaneengesloten"),
            ("termijn loopt vanaf de laatste vastlegging", Self { termijnen: verschuivend, ..Self::ECHT }, "verschoof"),
            ("bekend is wat toen gebeurde", Self { als_bekend_op: op_gebeurd, ..Self::ECHT }, "als bekend op"),
            ("iedereen ziet alles", Self { ziet: |_, _, _| true, ..Self::ECHT }, "zonder rol"),
            ("de schuilschool staat erin", Self { schrijf: met_naam, ..Self::ECHT }, "afgeschermde melder"),
            ("een veld gaat verloren", Self { schrijf: zonder_tijd, ..Self::ECHT }, "anders gelezen"),
        ]
    }
}

/// An organisation that reported or received may by chance see the whole of a short story; then all of it is its own.
fn eigen_deel(zaak: &Zaak<'_>, organisatie: &OrganisatieId) -> Result<(), Fout> {
    let vreemd = zaak
        .stroom
        .iter()
        .find(|vastlegging| matches!(publiek::publiek(&vastlegging.gebeurtenis), publiek::Publiek::VeiligThuis));
    eis(vreemd.is_none(), || format!("{organisatie} ziet wat van Veilig Thuis alleen is"))
}

fn teruggedateerd(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
    let mut casus = casus.clone();
    for over in &mut casus.overdrachten {
        let aangeboden_op = over.feit.vastgelegd_op;
        if let Stand::Geaccepteerd(feit) = &mut over.stand {
            feit.vastgelegd_op = aangeboden_op;
        }
    }
    tijdlijn(&casus, bundels)
}

fn met_gat(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
    let mut lijn = tijdlijn(casus, bundels);
    for span in lijn.zicht.iter_mut().skip(1) {
        span.van = Instant(span.van.0 + 1);
    }
    lijn
}

fn verschuivend(casus: &Casus, bundels: &Bundels) -> Vec<Termijn> {
    let mut alle = termijnen(casus, bundels);
    for termijn in &mut alle {
        termijn.uiterlijk = Instant(termijn.uiterlijk.0 + i64::try_from(casus.versie).unwrap());
    }
    alle
}

fn op_gebeurd(stroom: &[Vastlegging], k: Instant) -> Casus {
    Casus::uit(stroom.iter().filter(|vastlegging| vastlegging.gebeurd_op <= k))
}

fn met_naam(vastlegging: &Vastlegging) -> String {
    let tekst = serde_json::to_string(vastlegging).unwrap();
    tekst.replace(
        "\"soort\":\"beroepskracht\",",
        &format!("\"soort\":\"beroepskracht\",\"organisatie\":\"{SCHUILSCHOOL}\","),
    )
}

fn zonder_tijd(vastlegging: &Vastlegging) -> String {
    let anders = Vastlegging { gebeurd_op: vastlegging.vastgelegd_op, ..vastlegging.clone() };
    serde_json::to_string(&anders).unwrap()
}
