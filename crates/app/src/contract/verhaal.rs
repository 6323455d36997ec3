//! Stories told to the application: a whole one with two handovers, and random ones.

use super::steun::{Dobbelsteen, Proefklok};
use crate::{Actor, Antwoord, App, AppFout, Opdracht, Wens, poorten::Klok, wens::*};
use domain::{
    gebeurtenis::*,
    ids::{CasusId, CommandId},
};
use std::collections::BTreeMap;

/// Who acts in a region: Veilig Thuis, two receivers, a reporter.
#[derive(Clone, Copy, Debug)]
pub struct Regio {
    pub gemeente: &'static str,
    pub vt: &'static str,
    pub teams: [&'static str; 2],
    pub school: &'static str,
    pub wijze: OverdrachtWijze,
}

pub const IJMOND: Regio = Regio {
    gemeente: "Beverwijk",
    vt: "veilig-thuis-kennemerland",
    teams: ["cjg-kennemerland", "socius"],
    school: "basisschool",
    wijze: OverdrachtWijze::Overdrachtstafel,
};
pub const NOG: Regio = Regio {
    gemeente: "Winterswijk",
    vt: "veilig-thuis-noord-oost-gelderland",
    teams: ["lokaal-team-winterswijk", "lokaal-team-aalten"],
    school: "basisschool",
    wijze: OverdrachtWijze::Telefoon,
};

pub fn actor(organisatie: &str) -> Actor {
    Actor { medewerker: format!("{organisatie}-m1").as_str().into(), organisatie: organisatie.into() }
}

/// A report by an organisation, with a household of two.
pub fn melding(regio: Regio, openheid: Openheid) -> MeldWens {
    let persoon = |rol, naam: &str, geboren: &str, bsn: &str| PersoonWens {
        rol,
        naam: Some(naam.into()),
        geboren: Some(geboren.into()),
        bsn: Some(bsn.into()),
        gezinsvoogd: None,
        bekend_als: None,
    };
    MeldWens {
        gemeente: regio.gemeente.into(),
        openheid: Some(openheid),
        contact: Some(Contactduur::Doorlopend),
        inhoud: "Wat de school zag.".into(),
        melder: MelderWens {
            soort: "beroepskracht".into(),
            beroepsgroep: Some("onderwijs".into()),
            organisatie: Some(regio.school.into()),
            ..MelderWens::default()
        },
        huishoudnaam: Some("Jansen".into()),
        adres: Some("Dorpsstraat 1".into()),
        woonadres: Some(AdresWens {
            straat: Some("Dorpsstraat".into()),
            huisnummer: Some("1".into()),
            postcode: Some("1941AA".into()),
            ..AdresWens::default()
        }),
        huishouden: vec![
            persoon(PersoonRol::Kind, "Sam", "2017-05-11", "111222333"),
            persoon(PersoonRol::Ouder, "Robin", "1990-01-02", ""),
        ],
        ..MeldWens::default()
    }
}

pub fn beoordeling() -> Wens {
    Wens::RondBeoordelingAf(BeoordelingWens {
        taxatie: Some(Taxatie::GeenAcuteOnveiligheid),
        contra_indicaties: BTreeMap::from([("overige".to_owned(), domain::gebeurtenis::Antwoord::Nee)]),
        reden: Some("Nagevraagd.".into()),
        ..BeoordelingWens::default()
    })
}

pub fn besluit(soort: BesluitSoort) -> Wens {
    Wens::BesluitVervolg(BesluitWens {
        besluit: Some(soort),
        voldoende_veilig: Some(true),
        overleg: [domain::beoordelingen::Functie::Gedragswetenschapper].into(),
        reden: Some("Het kan daar.".into()),
        ..BesluitWens::default()
    })
}

pub fn gesprek() -> Wens {
    Wens::LegContactGezinVast(ContactWens {
        wijze: Some(ContactWijze::Telefoon),
        gelukt: true,
        geinformeerd: true,
        teruggekoppeld: false,
        persoon: None,
        toelichting: Some("Gebeld.".into()),
        reden: None,
    })
}

pub fn aanbod(regio: Regio, naar: &str) -> Wens {
    let onderdelen = ["inhoud-melding", "contactgegevens-melder", "uitkomst-beoordeling", "informatie-beoordeling"];
    let aantal = if regio.gemeente == IJMOND.gemeente { 4 } else { 3 };
    Wens::BiedOverdrachtAan(AanbodWens {
        naar: Some(naar.into()),
        wijze: Some(regio.wijze),
        inhoud: onderdelen.iter().take(aantal).map(|sleutel| ((*sleutel).to_owned(), "Tekst.".to_owned())).collect(),
        gezin_geinformeerd: true,
        verzonden: true,
        gegevens_ontvangen: true,
        mede_ontvangers: Default::default(),
        oordelen: None,
        reden: Some("Past het best.".into()),
    })
}

pub fn weigering() -> Wens {
    Wens::WeigerOverdracht(WeigerWens {
        reden_code: Some(WeigerReden::Anders),
        reden: Some("Geen plek.".into()),
        ..WeigerWens::default()
    })
}

pub fn acceptatie() -> Wens {
    Wens::AccepteerOverdracht(OverdrachtVerwijzing::default())
}

/// A step of a story: hours after the step before, who, what.
pub type Stap = (i64, &'static str, Wens);

/// Report, assessment, refused by one team, accepted by the other, contact, a second report.
pub fn heel_verhaal(regio: Regio) -> Vec<Stap> {
    let [team, ander] = regio.teams;
    // Only one team receives where the agreement names one per municipality.
    let eerste = if regio.gemeente == IJMOND.gemeente { ander } else { team };
    let tweede = MeldWens {
        melder: MelderWens { soort: "burger".into(), naam: Some("Buurvrouw".into()), ..MelderWens::default() },
        adres: Some("Kerkstraat 9".into()),
        ..melding(regio, Openheid::Onbekend)
    };
    vec![
        (0, regio.school, Wens::Meld(Box::new(melding(regio, Openheid::Open)))),
        (3, regio.vt, Wens::WijsMedewerkerToe(ToewijsWens::default())),
        (20, regio.vt, beoordeling()),
        (1, regio.vt, gesprek()),
        (1, regio.vt, besluit(BesluitSoort::DirecteOverdracht)),
        (24, regio.vt, aanbod(regio, eerste)),
        (1, eerste, weigering()),
        (24, regio.vt, aanbod(regio, team)),
        (2, team, acceptatie()),
        (3, team, Wens::WijsMedewerkerToe(ToewijsWens::default())),
        (24, team, gesprek()),
        (100, regio.vt, Wens::Meld(Box::new(tweede))),
    ]
}

/// Plays steps against an application: the same seed names the same commands.
pub struct Speler<'a> {
    pub app: &'a App,
    pub klok: &'a Proefklok,
    pub zaad: u128,
    pub casus: Option<CasusId>,
}

impl<'a> Speler<'a> {
    pub fn new(app: &'a App, klok: &'a Proefklok, zaad: u128) -> Self {
        Self { app, klok, zaad, casus: None }
    }

    /// The request for a step.
    pub fn opdracht(&self, nummer: usize, wie: &str, wens: &Wens) -> Opdracht {
        let id = CommandId(CommandId(uuid::Uuid::from_u128(self.zaad)).afgeleid(&format!("stap-{nummer}")));
        Opdracht { id, casus: self.casus, verwacht: None, actor: actor(wie), gebeurd_op: None, wens: wens.clone() }
    }

    pub async fn stap(&mut self, nummer: usize, wie: &str, wens: &Wens) -> Result<Antwoord, AppFout> {
        let antwoord = self.app.voer_uit(&self.opdracht(nummer, wie, wens)).await;
        if let Ok(Antwoord::Gedaan(gedaan)) = &antwoord {
            self.casus = Some(gedaan.casus);
        }
        antwoord
    }

    /// Plays a story of which every step must be done.
    pub async fn speel(&mut self, stappen: &[Stap]) -> CasusId {
        for (nummer, (uren, wie, wens)) in stappen.iter().enumerate() {
            self.klok.vooruit(*uren);
            let antwoord = self.stap(nummer, wie, wens).await;
            let naam = wens.naam();
            assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))), "stap {nummer} {naam} door {wie}: {antwoord:?}");
        }
        self.casus.unwrap()
    }
}

/// A random step: most are refused, and that is part of it.
pub fn willekeurige_stap(regio: Regio, klok: &Proefklok, d: &Dobbelsteen) -> (&'static str, Wens) {
    let team = *d.kies(&regio.teams);
    let met_reden = || Toelichting { reden: Some("Daarom.".into()), toelichting: None };
    let melding = || {
        let openheid = *d.kies(&[Openheid::Open, Openheid::Open, Openheid::Afgeschermd, Openheid::Onbekend]);
        let terug = i64::try_from(d.onder(30)).unwrap() * 7;
        let ontvangen = klok.nu().plus_uren(-terug).lokaal().to_string();
        MeldWens {
            openheid: Some(openheid),
            spoed: d.onder(3) == 0,
            ontvangen_op: (d.onder(2) == 0).then_some(ontvangen),
            melder: MelderWens {
                soort: (*d.kies(&["beroepskracht", "burger", "politie"])).to_owned(),
                organisatie: Some(regio.school.into()),
                ..MelderWens::default()
            },
            ..melding(regio, openheid)
        }
    };
    match d.onder(18) {
        0 => (regio.vt, Wens::Meld(Box::new(melding()))),
        1 => (regio.vt, Wens::ErkenSpoed(MeldingVerwijzing::default())),
        2 => (regio.vt, Wens::WijsSpoedAf(MeldingVerwijzing { reden: Some("Nee.".into()), melding: None })),
        3 | 4 => (regio.vt, beoordeling()),
        5 => (regio.vt, besluit(*d.kies(&[BesluitSoort::VervolgBijVeiligThuis, BesluitSoort::GeenVerdereStappen]))),
        6 | 7 => (regio.vt, besluit(BesluitSoort::DirecteOverdracht)),
        8 => (*d.kies(&[regio.vt, team]), gesprek()),
        9 | 10 => (regio.vt, aanbod(regio, team)),
        11 | 12 => (team, acceptatie()),
        13 => (team, weigering()),
        14 => {
            let reden = Some("Toch niet.".into());
            (regio.vt, Wens::TrekOverdrachtIn(OverdrachtVerwijzing { reden, overdracht: None }))
        }
        15 => (regio.vt, Wens::NeemZichtOver(met_reden())),
        16 => {
            let gebeurd_op = klok.nu().plus_uren(-48).lokaal().to_string();
            let versie = 1 + d.gooi() % 12;
            (regio.vt, Wens::HerstelVastlegging(HerstelWens { versie, gebeurd_op, reden: Some("Vergist.".into()) }))
        }
        _ => (team, Wens::MaakAfspraakGezin(Toelichting::default())),
    }
}
