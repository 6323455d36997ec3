//! The same promise for streams that are no casus: every line that was ever written is read for ever, and written as the
//! same bytes. Lines are added, never changed.

use domain::{Vastlegging, adviezen, bijeenkomsten, meldcode, samenwerking, verwijsindex, verzoeken, wacht};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;

const SPOREN: &str = include_str!("goud/sporen.jsonl");
const ADVIEZEN: &str = include_str!("goud/adviezen.jsonl");
const SAMENWERKINGEN: &str = include_str!("goud/samenwerkingen.jsonl");
const VERZOEKEN: &str = include_str!("goud/verzoeken.jsonl");
const SIGNALEN: &str = include_str!("goud/signalen.jsonl");
const WACHTEN: &str = include_str!("goud/wachten.jsonl");
const BIJEENKOMSTEN: &str = include_str!("goud/bijeenkomsten.jsonl");

fn spoor(gebeurtenis: &meldcode::Gebeurtenis) -> &'static str {
    use meldcode::Gebeurtenis::*;
    match gebeurtenis {
        SpoorBegonnen { .. } => "spoor-begonnen",
        SignaalVastgelegd { .. } => "signaal-vastgelegd",
        KindcheckGedaan { .. } => "kindcheck-gedaan",
        OverlegGevoerd { .. } => "overleg-gevoerd",
        GesprekGevoerd { .. } => "gesprek-gevoerd",
        Gewogen { .. } => "gewogen",
        MeldenBesloten { .. } => "melden-besloten",
        HulpBesloten { .. } => "hulp-besloten",
        OudBesluitGenomen { .. } => "oud-besluit-genomen",
        ContactpogingVastgelegd { .. } => "contactpoging-vastgelegd",
        MeldingGedaan => "melding-gedaan",
        SpoorAfgesloten { .. } => "spoor-afgesloten",
    }
}

fn advies(gebeurtenis: &adviezen::Gebeurtenis) -> &'static str {
    use adviezen::Gebeurtenis::*;
    match gebeurtenis {
        AdviesGevraagd { .. } => "advies-gevraagd",
        AdviesGegeven { .. } => "advies-gegeven",
        AdviesWerdMelding => "advies-werd-melding",
    }
}

fn samenwerking(gebeurtenis: &samenwerking::Gebeurtenis) -> &'static str {
    use samenwerking::Gebeurtenis::*;
    match gebeurtenis {
        SamenwerkingBegonnen { .. } => "samenwerking-begonnen",
        ContactGezet { .. } => "contact-gezet",
        ContactVervallen { .. } => "contact-vervallen",
        ContactlijstBevestigd { .. } => "contactlijst-bevestigd",
        AfspraakGetekend { .. } => "afspraak-getekend",
        MijlpaalGehaald { .. } => "mijlpaal-gehaald",
        EvaluatieGehouden { .. } => "evaluatie-gehouden",
    }
}

fn verzoek(gebeurtenis: &verzoeken::Gebeurtenis) -> &'static str {
    use verzoeken::Gebeurtenis::*;
    match gebeurtenis {
        VerzoekOntvangen { .. } => "verzoek-ontvangen",
        VerzoekBeslist { .. } => "verzoek-beslist",
    }
}

fn signaal(gebeurtenis: &verwijsindex::Gebeurtenis) -> &'static str {
    use verwijsindex::Gebeurtenis::*;
    match gebeurtenis {
        SignaalGegeven { .. } => "signaal-gegeven",
        SignaalVerstuurd { .. } => "signaal-verstuurd",
        SignaalBeeindigd { .. } => "signaal-beeindigd",
    }
}

fn wacht(gebeurtenis: &wacht::Gebeurtenis) -> &'static str {
    use wacht::Gebeurtenis::*;
    match gebeurtenis {
        RoosterBegonnen { .. } => "rooster-begonnen",
        OpeningGezet { .. } => "opening-gezet",
        WachtdienstGezet { .. } => "wachtdienst-gezet",
        WachtdienstVervallen { .. } => "wachtdienst-vervallen",
        AlarmVerzonden { .. } => "alarm-verzonden",
        AlarmBevestigd { .. } => "alarm-bevestigd",
    }
}

fn bijeenkomst(gebeurtenis: &bijeenkomsten::Gebeurtenis) -> &'static str {
    use bijeenkomsten::Gebeurtenis::*;
    match gebeurtenis {
        BijeenkomstGepland { .. } => "bijeenkomst-gepland",
        AgendaGezet { .. } => "agenda-gezet",
        BijeenkomstGehouden { .. } => "bijeenkomst-gehouden",
        BijeenkomstAfgezegd => "bijeenkomst-afgezegd",
    }
}

/// How many lines and kinds there are; the compiler keeps the arms complete, this keeps the lines complete.
fn nakijken<G: Serialize + DeserializeOwned>(goud: &str, soort: fn(&G) -> &'static str) -> (usize, usize) {
    let mut gezien = BTreeSet::new();
    for (nummer, regel) in goud.lines().enumerate() {
        let vastlegging: Vastlegging<G> =
            serde_json::from_str(regel).unwrap_or_else(|fout| panic!("regel {}: {fout}", nummer + 1));
        assert_eq!(serde_json::to_string(&vastlegging).unwrap(), regel, "regel {}", nummer + 1);
        let waarde: serde_json::Value = serde_json::from_str(regel).unwrap();
        assert_eq!(waarde["gebeurtenis"]["soort"], soort(&vastlegging.gebeurtenis));
        gezien.insert(soort(&vastlegging.gebeurtenis));
    }
    (goud.lines().count(), gezien.len())
}

#[test]
fn elke_ooit_geschreven_gebeurtenis_van_een_spoor_of_advies_wordt_met_dezelfde_bytes_geschreven() {
    assert_eq!(nakijken(SPOREN, spoor), (13, 12));
    assert_eq!(nakijken(ADVIEZEN, advies), (4, 3));
    assert_eq!(nakijken(SAMENWERKINGEN, samenwerking), (7, 7));
    assert_eq!(nakijken(VERZOEKEN, verzoek), (3, 2));
    assert_eq!(nakijken(SIGNALEN, signaal), (3, 3));
    assert_eq!(nakijken(WACHTEN, wacht), (6, 6));
    assert_eq!(nakijken(BIJEENKOMSTEN, bijeenkomst), (5, 4));
}

#[test]
fn een_andere_schrijfwijze_valt_op() {
    let regel = SPOREN.lines().next().unwrap().replace("spoor-begonnen", "spoor-gestart");
    assert!(serde_json::from_str::<Vastlegging<meldcode::Gebeurtenis>>(&regel).is_err());
    let regel = ADVIEZEN.lines().next().unwrap().replace("\"vrager\"", "\"wie\"");
    assert!(serde_json::from_str::<Vastlegging<adviezen::Gebeurtenis>>(&regel).is_err());
}
