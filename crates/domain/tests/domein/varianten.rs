//! What agreements elsewhere are built like, written as files: three invented regions and a local overlay, run by the
//! real rules.

use super::{
    steun::{Regio, afspraakbronnen, kalenderbron, t},
    zaak::{Wanneer, Zaak},
};
use domain::{
    Commando, Gebeurtenis, Weigering,
    afspraak::{Afspraken, Bron, Fase, MelderSoort},
    beoordelingen::Functie,
    commando::{BeantwoordCriteria, BesluitVervolg, BiedOverdrachtAan, LegContactGezinVast},
    gebeurtenis::*,
    ids::{MeldingId, OrganisatieId, OverdrachtId},
    monitoring::schemas,
    termijnen::termijnen,
    weigering::Code,
};
use std::sync::LazyLock;
use uuid::Uuid;

macro_rules! bron {
    ($pad:literal) => {
        Bron { bestand: concat!("verzonnen/", $pad).into(), tekst: include_str!(concat!("verzonnen/", $pad)).into() }
    };
}

/// The invented regions beside the real ones.
static AFSPRAKEN: LazyLock<Afspraken> = LazyLock::new(|| {
    let mut bronnen = afspraakbronnen();
    bronnen.extend([
        bron!("verzonnenland.toml"),
        bron!("sprookjesbos.toml"),
        bron!("sprookjesbos-toren.toml"),
        bron!("luilekkerland.toml"),
    ]);
    Afspraken::laad(&[kalenderbron()], bronnen).unwrap_or_else(|fouten| panic!("{fouten:?}"))
});

fn regio(naam: &'static str, gemeente: &'static str) -> Regio {
    Regio { naam, gemeente, teams: ["".into(), "".into()] }
}

fn op<'a>(moment: &str, door: &'a OrganisatieId) -> Wanneer<'a> {
    Wanneer { nu: t(moment), gebeurd_op: t(moment), door }
}

const MELDING: MeldingId = MeldingId(Uuid::from_u128(1));
const AANBOD: OverdrachtId = OverdrachtId(Uuid::from_u128(7));

/// Reported by a school, assessed with "nee" to everything; the decision is what is tried next.
fn beoordeeld(regio: &Regio) -> (Zaak<'static>, OrganisatieId) {
    let mut zaak = Zaak::nieuw(regio, &AFSPRAKEN).meld(1, "basisschool", Openheid::Open, "2026-03-02 10:00");
    let vt = zaak.vt(t("2026-03-02 10:00"));
    let bundel = &zaak.geldig(t("2026-03-02 10:00")).bundel;
    let antwoorden = bundel.criteria().into_iter().map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Nee)).collect();
    let antwoorden = BeantwoordCriteria { melding: MELDING, antwoorden, reden: false };
    let klaar = Commando::RondBeoordelingAf { melding: MELDING, taxatie: Taxatie::GeenAcuteOnveiligheid, antwoorden };
    zaak.doe(&klaar, op("2026-03-03 10:00", &vt)).unwrap();
    (zaak, vt)
}

fn besluit_direct() -> Commando {
    let besluit = BesluitSoort::DirecteOverdracht;
    Commando::BesluitVervolg(BesluitVervolg {
        melding: MELDING,
        besluit,
        voldoende_veilig: Some(true),
        overleg: [Functie::Medewerker, Functie::Gedragswetenschapper].into(),
        toewijzing: Default::default(),
        reden: false,
    })
}

fn aanbod(zaak: &Zaak<'_>, naar: &str, verzonden: bool) -> Commando {
    let bundel = &zaak.geldig(t("2026-03-03 10:00")).bundel;
    let onderdelen = bundel.onderdelen(Fase::Direct).into_iter().map(|(sleutel, _)| sleutel.to_owned()).collect();
    Commando::BiedOverdrachtAan(BiedOverdrachtAan {
        overdracht: AANBOD,
        naar: naar.into(),
        wijze: OverdrachtWijze::Digitaal,
        onderdelen,
        gezin_geinformeerd: true,
        verzonden,
        ontvangen: false,
        reden: false,
        mede_ontvangers: [].into(),
        oordelen: None,
        naar_afspraak: None,
    })
}

fn code(uitkomst: &Result<Vec<Gebeurtenis>, Weigering>) -> (Code, String) {
    let weigering = uitkomst.as_ref().expect_err("had to be refused");
    (weigering.reden.code, weigering.reden.clausule.0.clone())
}

#[test]
fn een_pakket_heeft_delen_met_een_eigen_vaststeller_editie_en_begin() {
    let bundel = &AFSPRAKEN.geldig(&"verzonnenland".into(), t("2026-03-02 10:00").dag()).unwrap().bundel;
    let delen: Vec<_> = bundel.inhoud.pakket.values().map(|deel| (&*deel.editie, &*deel.vastgesteld_door)).collect();
    assert_eq!(
        delen,
        [
            ("mei", "de secretarissen"),
            ("2025", "de colleges van Fabeldam en Verzinsel"),
            ("3", "de directie van Veilig Thuis Verzonnenland")
        ]
    );
}

#[test]
fn een_melding_van_de_politie_gaat_een_tijd_lang_langs_een_andere_partij() {
    let bundel = &AFSPRAKEN.geldig(&"verzonnenland".into(), t("2026-03-02 10:00").dag()).unwrap().bundel;
    let via = |dag: &str| {
        let route = bundel.meldroute(MelderSoort::Politie, t(dag).dag()).unwrap();
        route.via.as_ref().map(|via| via.als_str().to_owned())
    };
    assert_eq!(via("2026-06-30 23:59").as_deref(), Some("zorgtafel-verzonnenland"));
    assert_eq!(via("2026-07-01 00:00"), None);
    assert!(bundel.meldroute(MelderSoort::Burger, t("2026-03-02 10:00").dag()).is_none());
}

#[test]
fn een_termijn_telt_in_dagen_en_streven_is_geen_moeten() {
    let regio = regio("verzonnenland", "Fabeldam");
    let zaak = Zaak::nieuw(&regio, &AFSPRAKEN).meld(1, "basisschool", Openheid::Open, "2026-03-06 10:00");
    let alle = termijnen(&zaak.casus, &zaak.bundels);
    let uiterlijk = |soort: &str| alle.iter().find(|termijn| termijn.soort == soort).unwrap().uiterlijk;
    // A Friday: seven days, through the weekend.
    assert_eq!(uiterlijk("veiligheidsbeoordeling"), t("2026-03-14 00:00"));
    assert_eq!(uiterlijk("gezin-informeren"), t("2026-03-10 00:00"));
    let regels = &zaak.geldig(t("2026-03-06 10:00")).bundel.inhoud.termijn;
    assert!(regels["gezin-informeren"].streven && !regels["veiligheidsbeoordeling"].streven);
}

#[test]
fn zicht_gaat_over_als_de_brief_is_verstuurd_en_heet_daar_anders() {
    let regio = regio("sprookjesbos", "Kasteel");
    let (mut zaak, vt) = beoordeeld(&regio);
    zaak.doe(&besluit_direct(), op("2026-03-04 10:00", &vt)).unwrap();
    zaak.doe(&aanbod(&zaak, "team-kasteel", false), op("2026-03-04 11:00", &vt)).unwrap();
    let houder = |zaak: &Zaak<'_>, moment: &str| {
        let lijn = zaak.lijn();
        let span = lijn.zicht_op(t(moment)).unwrap();
        (span.houder.as_ref().unwrap().0.clone(), span.grond.0.clone())
    };
    assert_eq!(houder(&zaak, "2026-03-04 12:00").0, vt.0);
    zaak.doe(&Commando::VerzendGegevens { overdracht: AANBOD }, op("2026-03-05 09:00", &vt)).unwrap();
    assert_eq!(houder(&zaak, "2026-03-05 08:59").0, vt.0);
    assert_eq!(houder(&zaak, "2026-03-05 09:00"), ("team-kasteel".to_owned(), "SPB-3".to_owned()));
    let woord = &zaak.geldig(t("2026-03-05 09:00")).bundel.inhoud.woord["zicht-op-veiligheid"];
    assert_eq!(woord.hier, "zorgcoördinatie");
    // Where the receiver does accept, sending moves nothing.
    let (mut elders, vt) = beoordeeld(&self::regio("luilekkerland", "Rijstebrijberg"));
    let contact = Commando::LegContactGezinVast(LegContactGezinVast {
        wijze: ContactWijze::Telefoon,
        gelukt: true,
        geinformeerd: true,
        teruggekoppeld: false,
        persoon: None,
        reden: false,
    });
    elders.doe(&contact, op("2026-03-03 11:00", &vt)).unwrap();
    elders.doe(&besluit_direct(), op("2026-03-04 10:00", &vt)).unwrap();
    elders.doe(&aanbod(&elders, "wijkteam-luilekkerland", true), op("2026-03-04 11:00", &vt)).unwrap();
    assert_eq!(houder(&elders, "2026-03-05 09:00").0, vt.0);
}

#[test]
fn wie_monitort_hangt_van_de_ontvanger_af_en_kan_niemand_zijn() {
    let regio = regio("sprookjesbos", "Kasteel");
    let monitor = |naar: &str| {
        let (mut zaak, vt) = beoordeeld(&regio);
        zaak.doe(&besluit_direct(), op("2026-03-04 10:00", &vt)).unwrap();
        zaak.doe(&aanbod(&zaak, naar, true), op("2026-03-04 11:00", &vt)).unwrap();
        schemas(&zaak.casus, &zaak.bundels).into_iter().map(|schema| schema.wie.0).collect::<Vec<_>>()
    };
    assert_eq!(monitor("team-kasteel"), [""; 0]);
    assert_eq!(monitor("kruidenvrouw"), ["kruidenvrouw"]);
}

#[test]
fn wie_ontvangt_hangt_af_van_gemeente_taak_en_periode() {
    let ontvangers = |gemeente: &str, fase: Fase, dag: &str| {
        let bundel = &AFSPRAKEN.voor_gemeente(gemeente, t(dag).dag()).unwrap().bundel;
        let alle = bundel.ontvangers(gemeente, fase).into_iter();
        alle.map(|(id, _)| id.0.clone()).filter(|id| id.starts_with("team")).collect::<Vec<_>>()
    };
    let (direct, na_dienst) = (Fase::Direct, Fase::NaDienst);
    assert_eq!(ontvangers("Toren", direct, "2025-12-31 12:00"), ["team-toren"]);
    assert_eq!(ontvangers("Toren", direct, "2026-01-01 12:00"), ["team-kasteel"]);
    assert_eq!(ontvangers("Toren", na_dienst, "2026-01-01 12:00"), ["team-toren"]);
    assert_eq!(ontvangers("Toren", direct, "2026-07-01 12:00"), ["team-toren"]);
    assert_eq!(ontvangers("Kasteel", direct, "2026-01-01 12:00"), ["team-kasteel"]);
    // What the overlay does not name is still the region's.
    let bundel = &AFSPRAKEN.voor_gemeente("Toren", t("2026-03-02 10:00").dag()).unwrap().bundel;
    assert_eq!(bundel.overgang(direct, bundel.soort_van(&"team-kasteel".into())).unwrap().grond.als_str(), "SPB-3");
}

#[test]
fn de_volgorde_van_spreken_verschilt_en_kan_hard_zijn() {
    let eerst = |naam: &str| {
        let bundel = &AFSPRAKEN.geldig(&naam.into(), t("2026-03-02 10:00").dag()).unwrap().bundel;
        let bij: Vec<_> = bundel.aandachtspunten("leg-contact-gezin-vast").map(|id| id.0.clone()).collect();
        let regel = bundel.inhoud.volgorde.values().next().unwrap();
        assert!(bij.contains(&regel.clausule.0), "{bij:?}");
        regel.eerst.clone()
    };
    assert_eq!(eerst("sprookjesbos"), "de beroepskracht die al betrokken is");
    assert_eq!(eerst("luilekkerland"), "het gezin");
    // In one region nothing is decided before the family was heard; in the other nobody asks for it.
    let (zaak, vt) = beoordeeld(&regio("luilekkerland", "Rijstebrijberg"));
    let uitkomst = zaak.probeer(&besluit_direct(), op("2026-03-04 10:00", &vt));
    assert_eq!(code(&uitkomst), (Code::GeenGesprekMetGezin, "LLL-2".to_owned()));
    let (zaak, vt) = beoordeeld(&regio("sprookjesbos", "Kasteel"));
    zaak.probeer(&besluit_direct(), op("2026-03-04 10:00", &vt)).unwrap();
}

#[test]
fn binnen_een_rechtspersoon_blijven_het_twee_partijen() {
    let bundel = &AFSPRAKEN.geldig(&"luilekkerland".into(), t("2026-03-02 10:00").dag()).unwrap().bundel;
    let van: Vec<_> = bundel.inhoud.partij.values().map(|partij| partij.rechtspersoon.as_deref()).collect();
    assert_eq!(van, [Some("Stichting Luilekkerland"); 2]);
    // The one offers, the other accepts; each is an organisation with files of its own.
    let ontvangers = bundel.ontvangers("Rijstebrijberg", Fase::Direct);
    assert_eq!(ontvangers.len(), 1);
    assert_ne!(Some(ontvangers[0].0), bundel.veilig_thuis());
}
