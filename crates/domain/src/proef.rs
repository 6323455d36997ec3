//! Test support: stories told with the real agreements, `decide` and `evolve`.

use crate::{
    afspraak::{Afspraken, Bron, Bundel, Bundels, Fase, Ontvangt, lees_kalender},
    beoordelingen::Functie,
    besluit::{Context, decide},
    casus::{Casus, evolve},
    commando::*,
    gebeurtenis::*,
    ids::*,
    termijnen::{self, Status},
    tijd::{Instant, Kalender},
    tijdlijn::{self, Tijdlijn},
    weigering::{Code, Weigering},
};
use std::{collections::BTreeSet, sync::LazyLock};
use uuid::Uuid;

macro_rules! bestand {
    ($pad:literal) => {
        (concat!("afspraken/", $pad), include_str!(concat!("../../../afspraken/", $pad)))
    };
}

/// The agreement files, base first, each with its path.
pub const AFSPRAAKTEKSTEN: [(&str, &str); 5] = [
    bestand!("landelijk/2019-01-01.toml"),
    bestand!("ijmond/2024-07-04.toml"),
    bestand!("noord-oost-gelderland/2019.toml"),
    bestand!("noord-holland-noord/2019.toml"),
    bestand!("zuid-holland-zuid/2017.toml"),
];

fn bron((bestand, tekst): (&str, &str)) -> Bron {
    Bron { bestand: bestand.into(), tekst: tekst.into() }
}

fn kalenderbron() -> Bron {
    bron(bestand!("kalender/nederland.toml"))
}

static AFSPRAKEN: LazyLock<Afspraken> = LazyLock::new(|| {
    Afspraken::laad(&[kalenderbron()], AFSPRAAKTEKSTEN.map(bron).to_vec())
        .unwrap_or_else(|fouten| panic!("{}", fouten.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
});

pub fn afspraken() -> &'static Afspraken {
    &AFSPRAKEN
}

pub fn kalender() -> Kalender {
    lees_kalender(&kalenderbron()).unwrap()
}

/// Local time, `2026-03-02 10:00`.
pub fn t(lokaal: &str) -> Instant {
    Instant::uit_lokaal(format!("{}:00", lokaal.replace(' ', "T")).parse().unwrap())
}

/// A story so far: events, and who acts when next.
#[derive(Clone)]
pub struct Verhaal {
    regio: AfspraakNaam,
    gemeente: String,
    stroom: Vec<Vastlegging>,
    bundels: Bundels,
    nu: Instant,
    gebeurd_op: Option<Instant>,
    organisatie: OrganisatieId,
    medewerker: MedewerkerId,
}

/// The answer to an attempt that changes nothing.
pub struct Poging(Result<Vec<Gebeurtenis>, Weigering>);

impl Poging {
    #[track_caller]
    pub fn geweigerd(self, code: Code) -> Weigering {
        let weigering = self.0.expect_err("had to be refused");
        assert_eq!(weigering.reden.code, code, "{weigering:?}");
        weigering
    }

    #[track_caller]
    pub fn fout(self) -> Weigering {
        self.0.expect_err("had to be refused")
    }

    #[track_caller]
    pub fn toegestaan(self) -> Vec<Gebeurtenis> {
        self.0.expect("had to be allowed")
    }
}

impl Verhaal {
    pub fn in_regio(regio: &str) -> Self {
        let gemeente = match regio {
            "ijmond" => "Beverwijk",
            "noord-oost-gelderland" => "Winterswijk",
            "zuid-holland-zuid" => "Dordrecht",
            _ => "Alkmaar",
        };
        Self {
            regio: regio.into(),
            gemeente: gemeente.into(),
            stroom: Vec::new(),
            bundels: AFSPRAKEN.bundels(),
            nu: t("2026-03-02 10:00"),
            gebeurd_op: None,
            organisatie: "niemand".into(),
            medewerker: "m1".into(),
        }
    }

    fn met(&self, verander: impl FnOnce(&mut Self)) -> Self {
        let mut ander = self.clone();
        verander(&mut ander);
        ander
    }

    pub fn op(&self, lokaal: &str) -> Self {
        self.met(|verhaal| (verhaal.nu, verhaal.gebeurd_op) = (t(lokaal), None))
    }

    pub fn gebeurd(&self, lokaal: &str) -> Self {
        self.met(|verhaal| verhaal.gebeurd_op = Some(t(lokaal)))
    }

    pub fn door(&self, organisatie: &str) -> Self {
        self.met(|verhaal| verhaal.organisatie = organisatie.into())
    }

    /// Another worker of the same organisation.
    pub fn medewerker(&self, medewerker: &str) -> Self {
        self.met(|verhaal| verhaal.medewerker = medewerker.into())
    }

    pub fn door_vt(&self) -> Self {
        let geldig = AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap();
        self.door(geldig.bundel.veilig_thuis().unwrap().als_str())
    }

    pub fn probeer(&self, commando: &Commando) -> Poging {
        let geldig = AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap();
        let context = Context {
            nu: self.nu,
            gebeurd_op: self.gebeurd_op.unwrap_or(self.nu),
            organisatie: &self.organisatie,
            medewerker: &self.medewerker,
            bundel: &geldig.bundel,
            bundel_hash: &geldig.hash,
            bundels: &self.bundels,
            noemt_melder: false,
        };
        Poging(decide(&self.staat(), commando, &context))
    }

    #[track_caller]
    pub fn doe(&self, commando: &Commando) -> Self {
        let gebeurtenissen = self.probeer(commando).toegestaan();
        self.met(|verhaal| {
            for gebeurtenis in gebeurtenissen {
                verhaal.leg_vast(gebeurtenis);
            }
            verhaal.gebeurd_op = None;
        })
    }

    fn leg_vast(&mut self, gebeurtenis: Gebeurtenis) {
        let bundel = AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap().hash.clone();
        self.stroom.push(Vastlegging {
            versie: self.stroom.len() as u64 + 1,
            gebeurd_op: self.gebeurd_op.unwrap_or(self.nu),
            vastgelegd_op: self.nu,
            medewerker: self.medewerker.clone(),
            organisatie: self.organisatie.clone(),
            bundel,
            gebeurtenis,
        });
    }

    pub fn bundel(&self) -> &'static Bundel {
        &AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap().bundel
    }

    pub fn termijn(&self, soort: &str) -> Option<termijnen::Termijn> {
        termijnen::termijnen(&self.staat(), &self.bundels).into_iter().rfind(|termijn| termijn.soort == soort)
    }

    /// The story without what came after this many events.
    pub fn tot_en_met(&self, aantal: usize) -> Self {
        self.met(|verhaal| verhaal.stroom.truncate(aantal))
    }

    pub fn stroom(&self) -> &[Vastlegging] {
        &self.stroom
    }

    pub fn staat(&self) -> Casus {
        self.stroom.iter().fold(Casus::default(), evolve)
    }

    pub fn tijdlijn(&self) -> Tijdlijn {
        tijdlijn::tijdlijn(&self.staat(), &self.bundels)
    }

    /// Holder and ground.
    pub fn houder_op(&self, lokaal: &str) -> (String, String) {
        let lijn = self.tijdlijn();
        let span = lijn.zicht_op(t(lokaal)).expect("somebody holds");
        (span.houder.as_ref().unwrap().0.clone(), span.grond.0.clone())
    }

    #[track_caller]
    pub fn status(&self, soort: &str, lokaal: &str) -> Status {
        let alle = termijnen::termijnen(&self.staat(), &self.bundels);
        let termijn = alle.iter().rfind(|termijn| termijn.soort == soort).expect("no such term");
        termijnen::status(termijn, t(lokaal))
    }

    pub fn melding(&self, melder: &str, openheid: Openheid, ontvangen_op: &str) -> Commando {
        Commando::Meld(Meld {
            melding: MeldingId(Uuid::from_u128(self.stroom.len() as u128 + 1)),
            ontvangen_op: t(ontvangen_op),
            melder: match melder {
                "burger" => Melder::Burger,
                "politie" => Melder::Politie,
                _ => Melder::Beroepskracht { organisatie: Some(melder.into()), beroepsgroep: "onderwijs".into() },
            },
            openheid,
            contact: Contactduur::Doorlopend,
            spoed_gevraagd: false,
            gemeente: self.gemeente.clone(),
            personen: vec![Persoon { id: PersoonId(Uuid::from_u128(99)), rol: PersoonRol::Kind, gi: None }],
            gegevens: Default::default(),
            zonder_bron: false,
            reden: false,
        })
    }

    pub fn meld_als(&self, melder: &str, openheid: Openheid, op: &str) -> Self {
        let verhaal = self.op(op).door(melder);
        let melding = verhaal.melding(melder, openheid, op);
        verhaal.doe(&melding)
    }

    fn laatste_melding(&self) -> MeldingId {
        self.staat().meldingen.last().expect("a report").id
    }

    fn alle_nee(&self, melding: MeldingId) -> BeantwoordCriteria {
        let geldig = AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap();
        let antwoorden = geldig.bundel.criteria().into_iter().map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Nee));
        BeantwoordCriteria { melding, antwoorden: antwoorden.collect(), reden: true }
    }

    /// Assesses the last report with "nee" to all criteria.
    pub fn rond_beoordeling_af(&self) -> Self {
        let melding = self.laatste_melding();
        let antwoorden = self.alle_nee(melding);
        let taxatie = Taxatie::GeenAcuteOnveiligheid;
        self.door_vt().doe(&Commando::RondBeoordelingAf { melding, taxatie, antwoorden })
    }

    pub fn antwoord(&self, sleutel: &str, antwoord: Antwoord) -> Self {
        let antwoorden = BeantwoordCriteria {
            melding: self.laatste_melding(),
            antwoorden: [(sleutel.to_owned(), antwoord)].into(),
            reden: true,
        };
        self.door_vt().doe(&Commando::BeantwoordCriteria(antwoorden))
    }

    pub fn spreek_gezin(&self) -> Self {
        let contact = Commando::LegContactGezinVast(LegContactGezinVast {
            wijze: ContactWijze::Telefoon,
            gelukt: true,
            geinformeerd: true,
            teruggekoppeld: false,
            persoon: None,
            reden: false,
        });
        self.door_vt().doe(&contact)
    }

    /// Everybody who may do the follow-up that goes with a decision.
    pub fn toewijzing(&self, besluit: BesluitSoort) -> BTreeSet<String> {
        let partijen = self.bundel().inhoud.vervolgpartij.iter();
        partijen.filter(|(_, partij)| partij.bij.contains(&besluit)).map(|(sleutel, _)| sleutel.clone()).collect()
    }

    pub fn besluit_direct(&self, reden: Option<&str>) -> Commando {
        Commando::BesluitVervolg(BesluitVervolg {
            melding: self.laatste_melding(),
            besluit: BesluitSoort::DirecteOverdracht,
            voldoende_veilig: reden.is_some().then_some(true),
            overleg: samen(),
            toewijzing: self.toewijzing(BesluitSoort::DirecteOverdracht),
            reden: reden.is_some(),
        })
    }

    pub fn rond_laatste_beoordeling_af_en_besluit_direct(&self) -> Self {
        let verhaal = self.rond_beoordeling_af().spreek_gezin();
        let besluit = verhaal.besluit_direct(Some("x"));
        verhaal.doe(&besluit)
    }

    pub fn aanbod(&self, naar: &str) -> Commando {
        let geldig = AFSPRAKEN.geldig(&self.regio, self.nu.dag()).unwrap();
        let is_vt = self.staat().veilig_thuis.as_ref() == Some(&self.organisatie);
        let fase = if is_vt { crate::overdrachten::fase_nu(&self.staat()) } else { Fase::Onderling };
        let tafel = geldig.bundel.overgang(fase, geldig.bundel.soort_van(&naar.into()));
        let tafel = tafel.is_some_and(|overgang| overgang.wijzen.iter().any(|wijze| wijze == "overdrachtstafel"));
        Commando::BiedOverdrachtAan(BiedOverdrachtAan {
            overdracht: OverdrachtId(Uuid::from_u128(1000 + self.stroom.len() as u128)),
            naar: naar.into(),
            wijze: if tafel { OverdrachtWijze::Overdrachtstafel } else { OverdrachtWijze::Telefoon },
            onderdelen: geldig
                .bundel
                .onderdelen(fase)
                .iter()
                .filter(|(_, onderdeel)| onderdeel.ontvanger != Ontvangt::BijOpenMeldingIndienNodig)
                .map(|(sleutel, _)| (*sleutel).to_owned())
                .collect(),
            gezin_geinformeerd: true,
            verzonden: true,
            ontvangen: true,
            reden: false,
            mede_ontvangers: BTreeSet::new(),
            oordelen: None,
            naar_afspraak: None,
        })
    }
}

/// Two disciplines, as any agreement asks for at most.
pub fn samen() -> BTreeSet<Functie> {
    [Functie::Medewerker, Functie::Gedragswetenschapper].into()
}

/// Reported by a school, assessed, family spoken, decided: ready to offer.
pub fn klaar_voor_overdracht(regio: &str) -> Verhaal {
    Verhaal::in_regio(regio)
        .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
        .op("2026-03-04 10:00")
        .rond_laatste_beoordeling_af_en_besluit_direct()
}

/// The same, offered and accepted.
pub fn overgedragen(regio: &str, naar: &str) -> Verhaal {
    let verhaal = klaar_voor_overdracht(regio).op("2026-03-10 10:00").door_vt();
    let verhaal = verhaal.doe(&verhaal.aanbod(naar));
    let overdracht = verhaal.staat().overdrachten[0].id;
    verhaal.op("2026-03-10 11:00").door(naar).doe(&Commando::AccepteerOverdracht { overdracht })
}

/// Reported, assessed, kept by Veilig Thuis; a service ran and ended on 1 April.
pub fn na_dienst(regio: &str, soort: DienstSoort) -> Verhaal {
    let verhaal = Verhaal::in_regio(regio)
        .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
        .op("2026-03-04 10:00")
        .rond_beoordeling_af()
        .spreek_gezin();
    let besluit = Commando::BesluitVervolg(BesluitVervolg {
        melding: verhaal.laatste_melding(),
        besluit: BesluitSoort::VervolgBijVeiligThuis,
        voldoende_veilig: None,
        overleg: samen(),
        toewijzing: verhaal.toewijzing(BesluitSoort::VervolgBijVeiligThuis),
        reden: false,
    });
    let verhaal = verhaal.doe(&besluit).doe(&start(&verhaal, soort));
    verhaal.op("2026-04-01 10:00").doe(&rond_af(Some(Conclusie::Bevestigd)))
}

/// A service with everything that the agreement asks for it.
pub fn start(verhaal: &Verhaal, soort: DienstSoort) -> Commando {
    let regel = &verhaal.bundel().inhoud.dienst[&soort.als_str()];
    let keuzecriteria = regel.keuzecriteria.keys().cloned().collect();
    Commando::StartDienst(StartDienst { dienst: DienstId(Uuid::from_u128(50)), soort, keuzecriteria, reden: true })
}

pub fn rond_af(conclusie: Option<Conclusie>) -> Commando {
    Commando::RondDienstAf(RondDienstAf {
        dienst: DienstId(Uuid::from_u128(50)),
        conclusie,
        per_aard: Default::default(),
        voorwaarden_gesteld: true,
        voortijdig: false,
        reden: false,
    })
}

/// The talk with everybody, about everything that the agreement names.
pub fn warm(verhaal: &Verhaal, overdracht: OverdrachtId) -> Commando {
    let punten = verhaal.bundel().inhoud.gesprekspunt.keys().cloned().collect();
    let aanwezig = [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger].into();
    Commando::HoudWarmeOverdracht(HoudWarmeOverdracht { overdracht, aanwezig, punten, reden: false })
}

/// Handed over after a service, with a talk, on 8 April; to the first local team of the region.
pub fn overgedragen_na_dienst(regio: &str, team: &str) -> Verhaal {
    let verhaal = na_dienst(regio, DienstSoort::VoorwaardenEnVervolg).op("2026-04-08 10:00").door_vt();
    let verhaal = verhaal.doe(&verhaal.aanbod(team));
    let overdracht = verhaal.staat().overdrachten[0].id;
    let verhaal = verhaal.doe(&warm(&verhaal, overdracht));
    verhaal.op("2026-04-08 11:00").door(team).doe(&Commando::AccepteerOverdracht { overdracht })
}
