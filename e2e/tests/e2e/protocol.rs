//! What the server says on the wire, beside what a browser shows of it.

use crate::steun::{BIJ_DE_HUISARTS, OP_SCHOOL};
use anyhow::{Context, Result};
use e2e::{
    demo::Demo,
    http::{Antwoord, Verzoek},
};
use serde_json::{Value, json};

const NU: &str = "2026-03-02T10:15:00";
const SLEUTEL: &str = "2f0f2b1c-52a4-4f43-9c58-0f6a5c1d2e3f";

/// The first account on the sign-in page whose organisation has this name.
fn account(demo: &Demo, organisatie: &str) -> Result<String> {
    let blad = demo.verzoek("GET", "/aanmelden").stuur()?;
    let (_, na) = blad.body.split_once(&format!("{organisatie}</span></h3>")).context("geen organisatie")?;
    let (_, na) = na.split_once("name=\"account\" value=\"").context("geen account")?;
    Ok(na.split('"').next().unwrap_or_default().to_owned())
}

/// Signs in and gives the cookie as a browser sends it.
fn koekje(demo: &Demo, organisatie: &str) -> Result<String> {
    let formulier = [("account", account(demo, organisatie)?)];
    let paren: Vec<_> = formulier.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
    let antwoord = demo.verzoek("POST", "/aanmelden").formulier(&paren).stuur()?;
    let gezet = antwoord.header("set-cookie").context("geen koekje")?;
    Ok(gezet.split(';').next().unwrap_or_default().to_owned())
}

fn token(demo: &Demo, organisatie: &str) -> Result<String> {
    let vraag = json!({ "account": account(demo, organisatie)? });
    let antwoord = demo.verzoek("POST", "/api/v1/sessies").json(&vraag).stuur()?;
    Ok(antwoord.json()?.get("token").and_then(Value::as_str).context("geen token")?.to_owned())
}

fn wens() -> Value {
    json!({
        "gemeente": OP_SCHOOL.gemeente, "openheid": "open", "contact": OP_SCHOOL.contact, "inhoud": "Zonder jas.",
        "melder": { "soort": "beroepskracht", "beroepsgroep": OP_SCHOOL.beroep },
        "huishouden": [{ "rol": "kind", "naam": "Fien Verzinsel", "geboren": "2017-05-11" }],
    })
}

fn meld(demo: &Demo, token: &str, sleutel: &str, wens: &Value) -> Result<Antwoord> {
    let verzoek = demo.verzoek("POST", "/api/v1/meldingen").header("authorization", &format!("Bearer {token}"));
    verzoek.header("idempotency-key", sleutel).json(wens).stuur()
}

fn met_koekje(verzoek: Verzoek, koekje: &str) -> Result<Antwoord> {
    verzoek.header("cookie", koekje).stuur()
}

/// What a policy for content lets in that it must not.
fn te_ruim(beleid: &str) -> Vec<&str> {
    ["unsafe-inline", "unsafe-eval", "data:", "http:", "https:", "*"]
        .into_iter()
        .filter(|deel| beleid.contains(deel))
        .collect()
}

#[test]
fn elk_antwoord_draagt_strenge_koppen() -> Result<()> {
    assert_eq!(te_ruim("default-src 'self'; style-src 'unsafe-inline'"), ["unsafe-inline"], "de proef ziet een fout");
    let demo = Demo::start(NU)?;
    let koekje = koekje(&demo, "Veilig Thuis Kennemerland")?;
    for pad in [
        "/aanmelden",
        "/formulier",
        "/werkvoorraad",
        "/melden",
        "/overdrachten",
        "/afspraken",
        "/bestaat-niet",
        "/api/v1/x",
    ] {
        let antwoord = met_koekje(demo.verzoek("GET", pad), &koekje)?;
        let beleid = antwoord.header("content-security-policy").with_context(|| pad.to_owned())?;
        assert!(beleid.contains("default-src 'none'") && te_ruim(beleid).is_empty(), "{pad}: {beleid}");
        assert_eq!(antwoord.header("cache-control"), Some("no-store"), "{pad}");
        assert_eq!(antwoord.header("x-content-type-options"), Some("nosniff"), "{pad}");
        assert_eq!(antwoord.header("referrer-policy"), Some("no-referrer"), "{pad}");
        for inhoud in ["<script>", " style=\"", "onclick=", "javascript:"] {
            assert!(!antwoord.body.contains(inhoud), "{pad} bevat {inhoud}");
        }
    }
    Ok(())
}

#[test]
fn zonder_aanmelding_is_er_niets_te_zien() -> Result<()> {
    let demo = Demo::start(NU)?;
    for pad in ["/", "/werkvoorraad", "/melden", "/overdrachten", "/overdrachtstafel", "/afspraken", "/casussen/x"] {
        let antwoord = demo.verzoek("GET", pad).stuur()?;
        assert_eq!((antwoord.status, antwoord.header("location")), (303, Some("/aanmelden")), "{pad}");
        assert_eq!(antwoord.body, "", "{pad}");
    }
    let vals = demo.verzoek("GET", "/werkvoorraad").header("cookie", "zicht_sessie=00").stuur()?;
    assert_eq!(vals.status, 303);
    Ok(())
}

#[test]
fn het_koekje_is_alleen_voor_de_server_en_vervalt_bij_afmelden() -> Result<()> {
    let demo = Demo::start(NU)?;
    let naam = account(&demo, "Veilig Thuis Kennemerland")?;
    let antwoord = demo.verzoek("POST", "/aanmelden").formulier(&[("account", &naam)]).stuur()?;
    let gezet = antwoord.header("set-cookie").context("geen koekje")?.to_owned();
    for vlag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(gezet.contains(vlag), "{gezet}");
    }
    let koekje = gezet.split(';').next().unwrap_or_default();
    let blad = met_koekje(demo.verzoek("GET", "/werkvoorraad"), koekje)?;
    assert_eq!(blad.status, 200);
    let csrf = blad.invoer("csrf").context("geen csrf")?;
    let af = met_koekje(demo.verzoek("POST", "/afmelden").formulier(&[("csrf", csrf)]), koekje)?;
    assert_eq!(af.status, 303);
    assert_eq!(met_koekje(demo.verzoek("GET", "/werkvoorraad"), koekje)?.status, 303, "de sessie is echt voorbij");
    assert_eq!(demo.verzoek("POST", "/aanmelden").formulier(&[("account", "niemand")]).stuur()?.status, 404);
    Ok(())
}

#[test]
fn een_formulier_van_elders_doet_niets() -> Result<()> {
    let demo = Demo::start(NU)?;
    let koekje = koekje(&demo, "Basisschool De Duin")?;
    let csrf = met_koekje(demo.verzoek("GET", "/melden"), &koekje)?.invoer("csrf").context("geen csrf")?.to_owned();
    let post = |paren: &[(&str, &str)]| demo.verzoek("POST", "/melden").formulier(paren);
    assert_eq!(met_koekje(post(&[]), &koekje)?.status, 403);
    assert_eq!(met_koekje(post(&[("csrf", "verzonnen")]), &koekje)?.status, 403);
    for herkomst in ["cross-site", "same-site"] {
        let verzoek = post(&[("csrf", &csrf)]).header("sec-fetch-site", herkomst);
        assert_eq!(met_koekje(verzoek, &koekje)?.status, 403, "{herkomst}");
    }
    let eigen = post(&[("csrf", &csrf)]).header("sec-fetch-site", "same-origin");
    assert_eq!(met_koekje(eigen, &koekje)?.status, 400, "ons eigen formulier komt terug met wat ontbreekt");
    let groot = "x".repeat(600 * 1024);
    assert_eq!(met_koekje(post(&[("csrf", &csrf), ("zelf_tekst", &groot)]), &koekje)?.status, 413);
    let andere = koekje_van_een_ander(&demo)?;
    assert_eq!(met_koekje(post(&[("csrf", &csrf)]), &andere)?.status, 403, "csrf hoort bij één sessie");
    Ok(())
}

fn koekje_van_een_ander(demo: &Demo) -> Result<String> {
    koekje(demo, "Veilig Thuis Kennemerland")
}

#[test]
fn wat_niet_bestaat_en_wat_niet_voor_u_is_klinken_gelijk() -> Result<()> {
    let demo = Demo::start(NU)?;
    let gemeld = meld(&demo, &token(&demo, "Basisschool De Duin")?, SLEUTEL, &wens())?.json()?;
    let casus = gemeld.get("casus").and_then(Value::as_str).context("geen casus")?;
    let koekje = koekje(&demo, "Socius")?;
    let weg = |pad: &str| met_koekje(demo.verzoek("GET", pad), &koekje);
    let echt = weg(&format!("/casussen/{casus}"))?;
    for pad in ["/bestaat-niet", "/casussen/x", "/casussen/00000000-0000-4000-8000-000000000000"] {
        let antwoord = weg(pad)?;
        assert_eq!((antwoord.status, &antwoord.body), (404, &echt.body), "{pad}");
    }
    assert_eq!(echt.status, 404);
    assert_eq!(met_koekje(demo.verzoek("POST", "/werkvoorraad"), &koekje)?.status, 405);
    Ok(())
}

#[test]
fn kijken_verandert_niets() -> Result<()> {
    let demo = Demo::start(NU)?;
    let gemeld = meld(&demo, &token(&demo, "Basisschool De Duin")?, SLEUTEL, &wens())?.json()?;
    let casus = gemeld.get("casus").and_then(Value::as_str).context("geen casus")?;
    let koekje = koekje(&demo, "Veilig Thuis Kennemerland")?;
    let vt = token(&demo, "Veilig Thuis Kennemerland")?;
    let stand = || -> Result<Value> {
        let verzoek = demo.verzoek("GET", &format!("/api/v1/casussen/{casus}"));
        verzoek.header("authorization", &format!("Bearer {vt}")).stuur()?.json()
    };
    let voor = stand()?;
    for handeling in
        ["rond-beoordeling-af", "erken-spoed", "wijs-medewerker-toe", "leg-incident-vast", "neem-zicht-over"]
    {
        for _ in 0..2 {
            let blad = met_koekje(demo.verzoek("GET", &format!("/casussen/{casus}/doe/{handeling}")), &koekje)?;
            assert_eq!(blad.status, 200, "{handeling}");
        }
    }
    for pad in [format!("/casussen/{casus}"), "/melden".into(), "/werkvoorraad".into(), "/overdrachtstafel".into()] {
        assert_eq!(met_koekje(demo.verzoek("GET", &pad), &koekje)?.status, 200, "{pad}");
    }
    assert_eq!(stand()?, voor);
    assert_eq!(voor.get("versie"), Some(&json!(1)));
    Ok(())
}

#[test]
fn dezelfde_melding_twee_keer_geeft_een_casus() -> Result<()> {
    let demo = Demo::start(NU)?;
    let token = token(&demo, "Basisschool De Duin")?;
    let koekje = koekje(&demo, "Veilig Thuis Kennemerland")?;
    let in_lijst = || -> Result<usize> {
        // A page holds fifty: of one municipality they fit.
        let pad = format!("/werkvoorraad?gemeente={}", OP_SCHOOL.gemeente);
        let blad = met_koekje(demo.verzoek("GET", &pad), &koekje)?;
        Ok(blad.body.matches("class=\"work__case\"").count())
    };
    let voor = in_lijst()?;
    let eerste = meld(&demo, &token, SLEUTEL, &wens())?;
    let tweede = meld(&demo, &token, SLEUTEL, &wens())?;
    assert_eq!((eerste.status, tweede.status), (201, 201));
    assert_eq!(eerste.json()?, tweede.json()?);
    let zicht = eerste.json()?.pointer("/zicht/0/houder").cloned();
    assert_eq!(zicht, Some(json!("basisschool-de-duin")));
    assert_eq!(in_lijst()?, voor + 1, "één casus erbij in de lijst");
    let mut anders = wens();
    anders["inhoud"] = json!("Iets anders.");
    let hergebruikt = meld(&demo, &token, SLEUTEL, &anders)?;
    assert_eq!(hergebruikt.status, 409);
    assert_eq!(hergebruikt.json()?.get("type"), Some(&json!("opdracht-hergebruikt")));
    Ok(())
}

#[test]
fn foute_json_noemt_het_veld() -> Result<()> {
    let demo = Demo::start(NU)?;
    let token = token(&demo, "Basisschool De Duin")?;
    let mut fout = wens();
    fout["gemeente"] = json!(BIJ_DE_HUISARTS.gemeente.len());
    probleem(&meld(&demo, &token, SLEUTEL, &fout)?, 400, "gemeente");
    fout["gemeente"] = json!("Nergenshuizen");
    probleem(&meld(&demo, &token, SLEUTEL, &fout)?, 400, "Nergenshuizen");
    fout = wens();
    fout["kleur"] = json!("blauw");
    probleem(&meld(&demo, &token, SLEUTEL, &fout)?, 400, "kleur");
    probleem(&meld(&demo, &token, "geen-uuid", &wens())?, 400, "Idempotency-Key");
    let los = demo.verzoek("POST", "/api/v1/meldingen").header("authorization", &format!("Bearer {token}"));
    probleem(&los.tekst("application/json", "{\"gemeente\":").stuur()?, 400, "ongeldige-invoer");
    probleem(&demo.verzoek("POST", "/api/v1/meldingen").json(&wens()).stuur()?, 401, "niet-aangemeld");
    let vreemd = meld(&demo, "00ff", SLEUTEL, &wens())?;
    probleem(&vreemd, 401, "niet-aangemeld");
    let niemand = demo.verzoek("POST", "/api/v1/sessies").json(&json!({ "account": "niemand" })).stuur()?;
    probleem(&niemand, 401, "niet-aangemeld");
    probleem(&demo.verzoek("POST", "/api/v1/sessies").json(&json!({ "naam": 1 })).stuur()?, 400, "account");
    Ok(())
}

/// A problem of RFC 9457 with this status, in which a word is named.
fn probleem(antwoord: &Antwoord, status: u16, noemt: &str) {
    assert_eq!(antwoord.status, status, "{antwoord:?}");
    assert_eq!(antwoord.header("content-type"), Some("application/problem+json"), "{antwoord:?}");
    assert!(antwoord.body.contains(noemt), "{antwoord:?}");
}
