//! Every page with its sample: rendered once, checked for what holds on each page, and written for looking at.

use std::fs;
use std::path::Path;

use askama::Template;

use super::{
    aanmelden, aansluiting, advies, afspraken, beoordeling, bijeenkomst, bijlagen, burger, casus, casus_deel,
    documenten, eigen, fout, handeling, herkenning, melder, melding, melding_ontvangen, organisatie, overdracht,
    overdrachten, overdrachtstafel, spoor, stuk, veilig_contact, verhaal, verzoek, waarom, wacht, werkvoorraad,
};

fn alle() -> Vec<(&'static str, String)> {
    vec![
        ("casus", casus::tests::voorbeeld().render().unwrap()),
        ("casus-plan", casus_deel::tests::voorbeeld().render().unwrap()),
        ("werkvoorraad", werkvoorraad::tests::voorbeeld().render().unwrap()),
        ("casus-terugblik", casus::tests::voorbeeld_terugblik().render().unwrap()),
        ("waarom", waarom::tests::voorbeeld().render().unwrap()),
        ("handeling", handeling::tests::voorbeeld().render().unwrap()),
        ("handeling-geweigerd", handeling::tests::voorbeeld_geweigerd().render().unwrap()),
        ("beoordeling", beoordeling::tests::voorbeeld().render().unwrap()),
        ("verzoek", verzoek::tests::voorbeeld().render().unwrap()),
        ("huishouden", herkenning::tests::voorbeeld().render().unwrap()),
        ("burger", burger::tests::voorbeeld().render().unwrap()),
        ("burger-verstuurd", burger::tests::voorbeeld_verstuurd().render().unwrap()),
        ("melder", melder::tests::voorbeeld().render().unwrap()),
        ("melding", melding::tests::voorbeeld().render().unwrap()),
        ("melding-ontvangen", melding_ontvangen::tests::voorbeeld().render().unwrap()),
        ("overdrachten", overdrachten::tests::voorbeeld().render().unwrap()),
        ("overdracht", overdracht::tests::voorbeeld().render().unwrap()),
        ("overdracht-zender", overdracht::tests::voorbeeld_zender().render().unwrap()),
        ("overdrachtstafel", overdrachtstafel::tests::voorbeeld().render().unwrap()),
        ("overdrachtstafel-vt", overdrachtstafel::tests::voorbeeld_vt().render().unwrap()),
        ("meldcode", eigen::tests::voorbeeld().render().unwrap()),
        ("spoor", spoor::tests::voorbeeld().render().unwrap()),
        ("spoor-dossier", spoor::tests::voorbeeld_dossier().render().unwrap()),
        ("organisatie", organisatie::tests::voorbeeld().render().unwrap()),
        ("wacht", wacht::tests::voorbeeld().render().unwrap()),
        ("verhaal", verhaal::tests::voorbeeld().render().unwrap()),
        ("bijeenkomst", bijeenkomst::tests::voorbeeld().render().unwrap()),
        ("stuk", stuk::tests::voorbeeld().render().unwrap()),
        ("advies", advies::tests::voorbeeld().render().unwrap()),
        ("advies-vragen", eigen::tests::voorbeeld_formulier().render().unwrap()),
        ("documenten", documenten::tests::voorbeeld().render().unwrap()),
        ("bijlagen", bijlagen::tests::voorbeeld().render().unwrap()),
        ("veilig-contact", veilig_contact::tests::voorbeeld().render().unwrap()),
        ("aansluiting", aansluiting::tests::voorbeeld().render().unwrap()),
        ("document", documenten::tests::voorbeeld_document().render().unwrap()),
        ("aanmelden", aanmelden::tests::voorbeeld().render().unwrap()),
        ("fout-404", fout::tests::voorbeeld(fout::FoutSoort::NietGevonden).render().unwrap()),
        ("fout-500", fout::tests::voorbeeld(fout::FoutSoort::Storing).render().unwrap()),
        ("afspraken", afspraken::tests::voorbeeld_lijst().render().unwrap()),
        ("afspraak", afspraken::tests::voorbeeld().render().unwrap()),
        ("afspraak-verschil", afspraken::tests::voorbeeld_verschil().render().unwrap()),
    ]
}

#[test]
fn elke_pagina_houdt_zich_aan_de_afspraken_over_html() {
    for (naam, html) in alle() {
        assert!(html.starts_with("<!doctype html>"), "{naam}: doctype");
        assert!(html.contains(r#"<html lang="nl">"#), "{naam}: taal");
        assert_eq!(html.matches("<h1").count(), 1, "{naam}: precies een h1");
        assert_eq!(html.matches("<main").count(), 1, "{naam}: precies een main");
        assert!(!html.contains(" style="), "{naam}: geen stijl in de pagina");
        assert!(!html.contains("<style"), "{naam}: geen stijl in de pagina");
        assert!(!html.contains("placeholder="), "{naam}: geen label dat verdwijnt");
        assert!(!html.contains(" disabled"), "{naam}: geen knop die niets doet");
        assert!(!html.contains(" onclick"), "{naam}: geen script in de pagina");
        let titel = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!titel.contains("Verzinsel") && !titel.contains("Elders"), "{naam}: geen naam in de titel");
        for stuk in html.split("<form").skip(1) {
            let tag = stuk.split_once('>').unwrap().0;
            let binnen = stuk.split_once("</form>").unwrap().0;
            // Without an account there is no session to bind a form to; there its origin is checked.
            let zonder_account = naam == "burger";
            assert!(
                zonder_account || tag.contains("method=\"get\"") || binnen.contains(r#"name="csrf""#),
                "{naam}: csrf in elk POST-formulier"
            );
        }
        let mut namen: Vec<&str> = html.split(" id=\"").skip(1).map(|stuk| stuk.split_once('"').unwrap().0).collect();
        namen.sort_unstable();
        for paar in namen.windows(2) {
            assert_ne!(paar[0], paar[1], "{naam}: elke id is uniek");
        }
    }
}

#[test]
fn elke_verwijzing_binnen_de_pagina_komt_uit() {
    for (naam, html) in alle() {
        for soort in ["for=\"", "aria-labelledby=\"", "aria-describedby=\"", "href=\"#"] {
            for stuk in html.split(soort).skip(1) {
                for doel in stuk.split_once('"').unwrap().0.split_whitespace() {
                    assert!(html.contains(&format!(" id=\"{doel}\"")), "{naam}: {soort}{doel} bestaat niet");
                }
            }
        }
    }
}

/// Writes the samples to `target/voorbeelden`, to open in a browser.
#[test]
#[ignore = "schrijft bestanden om naar te kijken"]
fn schrijf_voorbeelden() {
    let wortel = Path::new(env!("CARGO_MANIFEST_DIR"));
    let doel = wortel.join("../../target/voorbeelden");
    fs::create_dir_all(&doel).unwrap();
    let stijl = wortel.join("static").canonicalize().unwrap();
    for (naam, html) in alle() {
        let html = html.replace("\"/static/", &format!("\"{}/", stijl.display()));
        fs::write(doel.join(format!("{naam}.html")), html).unwrap();
    }
}
