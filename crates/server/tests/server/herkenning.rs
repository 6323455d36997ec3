//! A worker of Veilig Thuis sees who is known, decides, and decides again: over HTTP, on the demo's own family.

use super::proces::{Antwoord, Zicht, meld_aan, tekst, vraag};

struct Sessie {
    adres: String,
    koekje: String,
}

impl Sessie {
    fn haal(&self, pad: &str) -> String {
        let antwoord = vraag(&self.adres, "GET", pad, &self.koekje, "");
        assert_eq!(antwoord.status, 200, "{pad}");
        antwoord.inhoud
    }

    /// Sends the choice on the page of a casus, with the hidden fields that the page gave.
    fn kies(&self, casus: &str, keuze: &str) -> Antwoord {
        let pad = format!("{casus}/huishouden");
        let pagina = self.haal(&pad);
        let vorm = pagina.split(&format!("action=\"{pad}\"")).nth(1).expect("het formulier");
        let veld = |naam: &str| waarde(vorm, &format!("name=\"{naam}\" value=\"")).to_owned();
        let verborgen = ["csrf", "opdracht", "versie"].map(|naam| format!("{naam}={}", veld(naam))).join("&");
        vraag(&self.adres, "POST", &pad, &self.koekje, &format!("{verborgen}&{keuze}"))
    }
}

fn waarde<'a>(html: &'a str, voor: &str) -> &'a str {
    html.split(voor).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

const DUBBEL: &str = "Er zijn twee open casussen over dit gezin";
const IN_LIJST: &str = "nog een open casus over dit gezin";

#[test]
fn veilig_thuis_ziet_wie_bekend_is_kiest_en_herziet_het_besluit() {
    let map = tempfile::tempdir().unwrap();
    let argumenten =
        ["demo", "--poort", "0", "--casussen", "40", "--nu", "2026-04-07T10:00", "--map", tekst(map.path())];
    let mut zicht = Zicht::start(&argumenten);
    let (_, adres) = zicht.wacht_op_adres();
    let koekje = meld_aan(&adres, "nadia-oefenaar");
    let vt = Sessie { adres, koekje };
    let lijst = vt.haal("/werkvoorraad?bereik=organisatie");
    assert!(!lijst.contains(IN_LIJST));
    let casussen: Vec<_> = lijst
        .split("href=\"")
        .filter(|stuk| stuk.starts_with("/casussen/"))
        .map(|stuk| stuk.split('"').next().unwrap())
        .collect();
    let nieuw = casussen
        .iter()
        .find(|casus| vt.haal(casus).contains("M. VAN DER NOOITGEDACHT"))
        .expect("het gezin van de demo");
    let pagina = vt.haal(nieuw);
    for stuk in [
        "Kennen we dit gezin?",
        "zelfde BSN, zelfde achternaam en geboortedatum",
        "zelfde adres",
        "Open casus",
        "Gesloten casus",
    ] {
        assert!(pagina.contains(stuk), "{stuk}");
    }
    let ander = waarde(&pagina, "value=\"zelfde:").to_owned();
    let eerder = format!("/casussen/{ander}");

    // Nothing chosen, and no reason for a move: it comes back with what is asked, and nothing is recorded.
    for (keuze, fout) in
        [(String::new(), "Kies wat u besluit."), (format!("huishouden=zelfde:{ander}"), "Schrijf op waarom")]
    {
        let antwoord = vt.kies(nieuw, &keuze);
        assert_eq!(antwoord.status, 400);
        assert!(antwoord.inhoud.contains(fout), "{fout}");
    }
    // A casus that is not there, or of others, cannot be chosen.
    let antwoord = vt.kies(nieuw, "huishouden=bekend:00000000-0000-0000-0000-000000000001");
    assert_eq!(antwoord.status, 400);
    assert!(vt.haal(nieuw).contains("Kennen we dit gezin?"));

    assert_eq!(vt.kies(nieuw, &format!("huishouden=bekend:{ander}")).status, 303);
    for casus in [*nieuw, &eerder] {
        assert!(vt.haal(casus).contains(DUBBEL), "{casus}");
    }
    assert_eq!(vt.haal("/werkvoorraad?bereik=organisatie").matches(IN_LIJST).count(), 2);
    assert!(!vt.haal(nieuw).contains("Kennen we dit gezin?"));

    assert_eq!(vt.kies(nieuw, "huishouden=nieuw").status, 303);
    assert!(!vt.haal(&eerder).contains(DUBBEL));

    assert_eq!(vt.kies(nieuw, &format!("huishouden=zelfde:{ander}&huishouden_reden=Zelfde+moeder")).status, 303);
    assert!(vt.haal(nieuw).contains("niemand meer: de casus is gesloten"));
    assert!(vt.haal(&eerder).contains("M. VAN DER NOOITGEDACHT"));

    // Who is not Veilig Thuis sees no such panel and has no such page.
    let koekje = meld_aan(&vt.adres, "sofie-verhaal");
    let ander_account = vraag(&vt.adres, "GET", &format!("{eerder}/huishouden"), &koekje, "");
    assert_eq!(ander_account.status, 404);
}
