//! What must hold between entries and between files: terms that somebody can meet, routes that lead somewhere, clauses
//! that are one's own.

use super::lader::{IJMOND, NHN, NOG, fouten, met, noemt, vervang};
use super::steun::{afspraakbronnen, kalenderbron};
use domain::afspraak::Afspraken;

#[test]
fn een_termijn_die_niemand_kan_halen_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| {
        vervang(tekst, "vervuld_door = \"overdracht-geaccepteerd\"", "vervuld_door = \"gezin-geinformeerd\"");
    });
    noemt(&bronnen, NOG, "[termijn.bevestiging-overdracht]", &["niemand kan", "informeer-gezin", "voor ontvanger"]);
    // Veilig Thuis cannot accept what it offers.
    let bronnen = met(IJMOND, |tekst| {
        vervang(tekst, "vervuld_door = \"beoordeling-afgerond\"", "vervuld_door = \"overdracht-geaccepteerd\"");
    });
    noemt(&bronnen, IJMOND, "[termijn.veiligheidsbeoordeling]", &["niemand kan", "alleen ontvanger"]);
}

#[test]
fn een_termijn_zonder_ontvanger_of_overdracht_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| {
        vervang(tekst, "anker = \"document-verzonden\"", "anker = \"ontvangst-melding\"");
    });
    noemt(&bronnen, NOG, "[termijn.bevestiging-overdracht]", &["niemand kan", "deze daad hoort niet bij dit anker"]);
    noemt(&bronnen, NOG, "[termijn.bevestiging-overdracht]", &["geen ontvanger"]);
}

#[test]
fn een_termijn_voor_wie_of_wat_niet_bij_het_anker_hoort_wordt_genoemd() {
    let beoordeling = "[termijn.veiligheidsbeoordeling]";
    let van = "wie = \"veilig-thuis\"\nvervuld_door = \"beoordeling-afgerond\"";
    for (wie, woord) in
        [("houder", "wie het zicht heeft"), ("monitor", "wie monitort"), ("crisisdienst", "crisisdienst")]
    {
        let bronnen = met(IJMOND, |tekst| vervang(tekst, van, &van.replace("veilig-thuis", wie)));
        noemt(&bronnen, IJMOND, beoordeling, &["niemand kan", "bij dit anker", woord]);
    }
    let bronnen = met(IJMOND, |tekst| vervang(tekst, van, &van.replace("beoordeling-afgerond", "monitormoment")));
    noemt(&bronnen, IJMOND, beoordeling, &["niemand kan", "deze daad hoort niet"]);
    let bronnen = met(IJMOND, |tekst| vervang(tekst, van, &format!("{van}\nfasen = [\"direct\"]")));
    noemt(&bronnen, IJMOND, beoordeling, &["niet per fase"]);
    // Only the crisis service may say that a crisis is over.
    let crisis = "wie = \"crisisdienst\"\nvervuld_door = \"crisis-gestabiliseerd\"";
    let bronnen = met(IJMOND, |tekst| vervang(tekst, crisis, &crisis.replace("crisisdienst", "veilig-thuis")));
    noemt(&bronnen, IJMOND, "[termijn.crisis-signaal]", &["niemand kan", "alleen crisisdienst"]);
}

#[test]
fn een_termijn_voor_een_soort_partij_die_er_niet_is_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| {
        vervang(tekst, "ontvangers = [\"lokaal-team\"]", "ontvangers = [\"gemeente\"]");
    });
    noemt(&bronnen, NOG, "[termijn.bevestiging-overdracht]", &["begint nooit", "soort gemeente"]);
}

#[test]
fn een_gemeente_zonder_ontvanger_wordt_genoemd() {
    let bronnen = met(NOG, |tekst| vervang(tekst, "gemeenten = [\"Putten\"]", "gemeenten = [\"Nunspeet\"]"));
    noemt(&bronnen, NOG, "[gemeente.\"Putten\"]", &["geen partij heeft hier de taak directe-overdracht"]);
    // Unless the agreement itself says so, by a clause.
    let bronnen = met(NOG, |tekst| {
        vervang(tekst, "gemeenten = [\"Putten\"]", "gemeenten = [\"Nunspeet\"]");
        vervang(tekst, "[gemeente.\"Putten\"]", "[gemeente.\"Putten\"]\ngeen_ontvanger = \"HIAAT-16\"");
    });
    assert!(Afspraken::laad(&[kalenderbron()], bronnen).is_ok());
}

#[test]
fn een_team_zonder_taken_en_een_route_zonder_team_worden_genoemd() {
    const TAKEN: &str = "gemeenten = [\"Heemskerk\"]\ndoelgroep = \"alle\"\ntaken = [\"directe-overdracht\", \"overdracht-na-dienst\", \"onderling\"]";
    let bronnen = met(IJMOND, |tekst| {
        vervang(tekst, TAKEN, "gemeenten = [\"Heemskerk\"]");
    });
    noemt(&bronnen, IJMOND, "[partij.met-heemskerk]", &["geef taken"]);
    let bronnen = met(IJMOND, |tekst| *tekst = tekst.replace("taken = [\"directe-overdracht", "taken = [\"preventie"));
    noemt(&bronnen, IJMOND, "[overgang.direct-lokaal-team]", &["geen partij kan dit zicht krijgen"]);
}

#[test]
fn een_clausule_van_een_andere_regio_is_hier_geen_grond() {
    let bronnen = met(IJMOND, |tekst| vervang(tekst, "grond = \"IJM-3.3.1.b\"", "grond = \"NOG-1.g\""));
    noemt(&bronnen, IJMOND, "[overgang.direct-lokaal-team]", &["NOG-1.g", "andere afspraak"]);
    // Nor when its text is copied along.
    let bronnen = met(IJMOND, |tekst| {
        vervang(tekst, "grond = \"IJM-3.3.1.b\"", "grond = \"NOG-1.g\"");
        tekst.push_str("\n[clausule.\"NOG-1.g\"]\nplaats = \"1\"\ntekst = \"Proef.\"\n");
    });
    noemt(&bronnen, IJMOND, "[overgang.direct-lokaal-team]", &["NOG-1.g", "andere afspraak"]);
    noemt(&bronnen, IJMOND, "[clausule.\"NOG-1.g\"]", &["eigen clausule", "IJM-"]);
}

#[test]
fn een_voorvoegsel_of_hiaat_dat_al_van_een_ander_is_wordt_genoemd() {
    let bronnen = met(NHN, |tekst| vervang(tekst, "voorvoegsel = \"NHN\"", "voorvoegsel = \"NOG\""));
    noemt(&bronnen, NHN, "voorvoegsel", &["'NOG'", "noord-oost-gelderland"]);
    let bronnen = met(NHN, |tekst| {
        tekst.push_str("\n[hiaat.\"HIAAT-16\"]\nvraag = \"Anders?\"\nlezing = \"Anders.\"\n");
    });
    noemt(&bronnen, NHN, "[hiaat.\"HIAAT-16\"]", &["iets anders", "volgende nummer"]);
}

#[test]
fn een_gemeente_die_nergens_in_opgaat_wordt_genoemd() {
    let bronnen = met(NHN, |tekst| vervang(tekst, "opgegaan_in = \"Dijk en Waard\"\n", ""));
    noemt(&bronnen, NHN, "[gemeente.Heerhugowaard]", &["geef opgegaan_in"]);
    let bronnen = met(NHN, |tekst| vervang(tekst, "tot = 2022-01-01\n", ""));
    noemt(&bronnen, NHN, "[gemeente.Heerhugowaard]", &["geef tot"]);
    let bronnen = met(NHN, |tekst| vervang(tekst, "van = 2022-01-01", "van = 2022-02-01"));
    noemt(&bronnen, NHN, "[gemeente.Heerhugowaard]", &["'Dijk en Waard'", "2022-02-01"]);
    let bronnen =
        met(NHN, |tekst| vervang(tekst, "opgegaan_in = \"Dijk en Waard\"", "opgegaan_in = \"Heerhugowaard\""));
    assert!(!fouten(&bronnen).is_empty());
    let bronnen = met(NHN, |tekst| {
        vervang(tekst, "van = 2022-01-01\n", "tot = 2023-01-01\nopgegaan_in = \"Langedijk\"\n");
        vervang(tekst, "[gemeente.Langedijk]\ntot = 2022-01-01", "[gemeente.Langedijk]\ntot = 2024-01-01");
    });
    noemt(&bronnen, NHN, "[gemeente.Heerhugowaard]", &["kring"]);
    let bronnen = met(NHN, |tekst| {
        vervang(
            tekst,
            "[gemeente.\"Texel\"]\nbron = \"gemeentelijke indeling van Noord-Holland, door ons ingevuld\"",
            "[gemeente.\"Texel\"]",
        );
    });
    noemt(&bronnen, NHN, "[gemeente.\"Texel\"]", &["clausules of bron"]);
}

#[test]
fn de_echte_bestanden_hebben_geen_van_deze_fouten() {
    assert!(Afspraken::laad(&[kalenderbron()], afspraakbronnen()).is_ok());
}

#[test]
fn wat_een_afspraak_over_zichzelf_zegt_wordt_ook_nagekeken() {
    let met_rij = |rij: &str| met(IJMOND, |tekst| tekst.push_str(&format!("\n{rij}\n")));
    let bronnen =
        met_rij("[contact.lijn]\nnaam = \"Lijn\"\nbereikbaar = \"0\"\npartij = \"niemand\"\nclausule = \"IJM-1.1.b\"");
    noemt(&bronnen, IJMOND, "[contact.lijn]", &["'niemand'", "[partij]"]);
    let bronnen = met_rij("[volgorde.v]\neerst = \"a\"\ndan = \"b\"\nbij = [\"melden\"]\nclausule = \"IJM-1.1.b\"");
    noemt(&bronnen, IJMOND, "[volgorde.v]", &["'melden' is geen handeling"]);
    let route = "[meldroute.politie]\nmelder = \"politie\"\nweg = \"Eerst de tafel.\"\nclausule = \"IJM-1.1.b\"";
    let bronnen = met_rij(&format!("{route}\nvan = 2025-01-01\ntot = 2025-01-01"));
    noemt(&bronnen, IJMOND, "[meldroute.politie]", &["op geen dag"]);
    let bronnen = met_rij("[escalatie.een]\nstap = \"Praat\"\nwie = \"samen\"\nvolgorde = 1\nclausule = \"IJM-9.9\"");
    noemt(&bronnen, IJMOND, "[escalatie.een]", &["IJM-9.9"]);
    let termijn = "naam = \"E\"\nclausule = \"IJM-1.1.b\"\nanker = \"editie\"\neenheid = \"maand\"\nwie = \"wij\"";
    let bronnen = met_rij(&format!("[afspraaktermijn.e]\n{termijn}\nlengte = 0"));
    noemt(&bronnen, IJMOND, "[afspraaktermijn.e]", &["geef lengte"]);
    let goed = met_rij(&format!("[afspraaktermijn.e]\n{termijn}\nlengte = 24\n{route}"));
    assert!(Afspraken::laad(&[kalenderbron()], goed).is_ok());
}
