//! Steps that several walks share, in the words of the people who do them.

use anyhow::{Context, Result};
use e2e::{
    browser::{Browser, Script},
    demo::Demo,
    http::Antwoord,
};
use serde_json::json;

pub const SCHOOL: &str = "Basisschool De Duin";
pub const VT_IJMOND: &str = "Veilig Thuis Kennemerland";
pub const CJG: &str = "CJG Kennemerland";
pub const SOCIUS: &str = "Socius";
pub const HUISARTS: &str = "Huisartsenpraktijk Verzonnen";
pub const VT_NOG: &str = "Veilig Thuis Noord Oost Gelderland";
pub const TEAM: &str = "Lokaal team Winterswijk";
pub const BUITEN: &str = "Lokaal team Apeldoorn";

/// A demo and a browser on it.
pub struct Proef {
    pub browser: Browser,
    pub demo: Demo,
}

/// A casus as its number and its path.
#[derive(Clone, Debug)]
pub struct Casus {
    pub nummer: String,
    pub pad: String,
}

/// What is reported.
pub struct Melding {
    pub gemeente: &'static str,
    pub beroep: &'static str,
    pub contact: &'static str,
    pub gezin: &'static str,
}

pub const OP_SCHOOL: Melding =
    Melding { gemeente: "Beverwijk", beroep: "onderwijs", contact: "doorlopend", gezin: "Bedacht" };
pub const BIJ_DE_HUISARTS: Melding =
    Melding { gemeente: "Winterswijk", beroep: "gezondheidszorg", contact: "doorlopend", gezin: "Gedroomd" };

impl Proef {
    pub async fn op(nu: &str) -> Result<Self> {
        Self::met(nu, 0, Script::Aan).await
    }

    pub async fn met(nu: &str, casussen: u32, script: Script) -> Result<Self> {
        let demo = Demo::met_casussen(nu, casussen)?;
        let browser = Browser::start(&demo.basis, script).await?;
        browser.formaat(1280, 900)?;
        Ok(Self { browser, demo })
    }

    /// Cuts the power and starts again later; nobody is signed in any more.
    pub fn later(&mut self, nu: &str) -> Result<()> {
        self.demo.herstart(nu)?;
        self.browser.basis.clone_from(&self.demo.basis);
        self.browser.vergeet_aanmeldingen();
        Ok(())
    }

    /// A report over the JSON interface, for walks that are not about the form.
    pub async fn meld_via_json(&self, organisatie: &str, melding: &Melding) -> Result<Casus> {
        let token = self.token(&self.browser.account(organisatie).await?)?;
        let antwoord = self.meld_met(&token, melding, "6f0f2b1c-52a4-4f43-9c58-0f6a5c1d2e3f")?;
        anyhow::ensure!(antwoord.status == 201, "{antwoord:?}");
        let json = antwoord.json()?;
        let veld = |naam: &str| json.get(naam).and_then(|waarde| waarde.as_str()).map(str::to_owned);
        let pad = format!("/casussen/{}", veld("casus").context("geen casus")?);
        Ok(Casus { nummer: veld("nummer").context("geen nummer")?, pad })
    }

    pub fn token(&self, account: &str) -> Result<String> {
        let sessie = self.demo.verzoek("POST", "/api/v1/sessies").json(&json!({ "account": account })).stuur()?;
        let token = sessie.json()?.get("token").and_then(|token| token.as_str()).map(str::to_owned);
        token.with_context(|| format!("{sessie:?}"))
    }

    pub fn meld_met(&self, token: &str, melding: &Melding, sleutel: &str) -> Result<Antwoord> {
        let wens = json!({
            "gemeente": melding.gemeente, "openheid": "open", "contact": melding.contact,
            "inhoud": "Kwam voor de derde keer zonder jas.",
            "melder": { "soort": "beroepskracht", "beroepsgroep": melding.beroep, "naam": "Kim Verzonnen" },
            "huishoudnaam": melding.gezin,
            "huishouden": [{ "rol": "kind", "naam": format!("Fien {}", melding.gezin), "geboren": "2017-05-11" }],
        });
        let verzoek =
            self.demo.verzoek("POST", "/api/v1/meldingen").header("authorization", &format!("Bearer {token}"));
        verzoek.header("idempotency-key", sleutel).json(&wens).stuur()
    }

    /// Fills the report form completely; what is filled twice holds the last.
    pub async fn vul_melding(&self, melding: &Melding) -> Result<()> {
        let b = &self.browser;
        b.vul("melder_naam", "Kim Verzonnen").await?;
        b.vul("melder_functie", "Intern begeleider").await?;
        b.kies("melder_beroep", melding.beroep).await?;
        b.kies("openheid", "open").await?;
        b.kies("contact", melding.contact).await?;
        b.kies("spoed", "nee").await?;
        b.vul("zelf_tekst", "Kwam voor de derde keer zonder jas en zonder eten.").await?;
        b.kies("gemeente", melding.gemeente).await?;
        b.kies("persoon1_rol", "kind").await?;
        b.vul("persoon1_naam", &format!("Fien {}", melding.gezin)).await?;
        b.kies("gecontroleerd", "ja").await
    }

    /// The casus of the receipt that is open.
    pub async fn van_bewijs(&self) -> Result<Casus> {
        let nummer = self.browser.tekst(".receipt__number strong").await?;
        let href = self.browser.vind(".receipt a.button--primary").await?.attr("href").await?;
        Ok(Casus { nummer, pad: href.context("geen weg naar de casus")? })
    }

    /// Opens the page of an act from that of the casus, as a user finds it.
    pub async fn begin(&self, casus: &Casus, handeling: &str) -> Result<()> {
        self.browser.ga(&casus.pad).await?;
        // What is seldom needed stands under "Meer".
        let open = "document.querySelectorAll('.actions__more').forEach(e => e.open = true)";
        self.browser.script(open, vec![]).await?;
        let link = format!("a[href='{}/doe/{handeling}']", casus.pad);
        self.browser.volg(&link).await.with_context(|| handeling.to_owned())
    }

    /// Answers every question about direct handover with no, except these.
    pub async fn beantwoord(&self, ja: &[&str]) -> Result<()> {
        let script = "return [...document.querySelectorAll('.criterion input[value=\"nee\"]')].map(e => e.name)";
        let namen = self.browser.script(script, vec![]).await?;
        let namen = namen.as_array().context("geen vragen")?.iter().filter_map(|naam| naam.as_str());
        for naam in namen {
            let antwoord = if ja.iter().any(|ja| naam == format!("criterium_{ja}")) { "ja" } else { "nee" };
            self.browser.kies(naam, antwoord).await?;
        }
        Ok(())
    }

    /// Finishes the assessment, as Veilig Thuis.
    pub async fn rond_af(&self, casus: &Casus, ja: &[&str]) -> Result<()> {
        self.begin(casus, "rond-beoordeling-af").await?;
        self.browser.kies("taxatie", "geen-acute-onveiligheid").await?;
        self.beantwoord(ja).await?;
        self.browser.vul("toelichting", "Ouders werken mee. Verzorging vraagt hulp.").await?;
        self.vastleggen().await
    }

    /// Sends the form of an act, and sees that it was recorded.
    pub async fn vastleggen(&self) -> Result<()> {
        self.browser.knop("Vastleggen namens").await?;
        self.browser.vind(".alert--ok").await.map(drop)
    }

    pub async fn besluit_overdracht(&self, casus: &Casus) -> Result<()> {
        self.begin(casus, "besluit-vervolg:directe-overdracht").await?;
        self.browser.kies("voldoende_veilig", "ja").await?;
        self.samen("lokaal-team").await?;
        self.vastleggen().await
    }

    /// With whom it was decided, and who does the follow-up where the agreement asks for it.
    pub async fn samen(&self, wie: &str) -> Result<()> {
        self.browser.kies("overleg", "medewerker").await?;
        self.browser.kies("overleg", "gedragswetenschapper").await?;
        if self.browser.aantal(&format!("[name=toewijzing][value={wie}]")).await? > 0 {
            self.browser.kies("toewijzing", wie).await?;
        }
        Ok(())
    }

    /// Offers the casus with everything that is asked; gives the path of the offer as the receiver finds it.
    pub async fn bied_aan(&self, casus: &Casus, naar: &str, wijze: &str) -> Result<()> {
        self.begin(casus, "bied-overdracht-aan").await?;
        self.browser.kies("naar", naar).await?;
        self.browser.kies("wijze", wijze).await?;
        for naam in self.lege_onderdelen().await? {
            self.browser.vul(&naam, "Besproken en vastgelegd.").await?;
        }
        for vinkje in ["gezin_geinformeerd", "verzonden", "gegevens_ontvangen"] {
            self.browser.kies(vinkje, "ja").await?;
        }
        self.vastleggen().await
    }

    async fn lege_onderdelen(&self) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll('textarea[name^=\"onderdeel_\"]')]\
                      .filter(e => !e.value.trim()).map(e => e.name)";
        let namen = self.browser.script(script, vec![]).await?;
        Ok(namen.as_array().into_iter().flatten().filter_map(|naam| naam.as_str()).map(str::to_owned).collect())
    }

    /// How many offers wait for an answer, as the menu counts them.
    pub async fn wachtend(&self) -> Result<u64> {
        self.browser.ga("/werkvoorraad").await?;
        if self.browser.aantal(".nav__count").await? == 0 {
            return Ok(0);
        }
        let teller = self.browser.tekst(".nav__count").await?;
        Ok(teller.split(' ').next().unwrap_or_default().parse()?)
    }

    /// Opens the one offer that waits for an answer, from the inbox; gives its path.
    pub async fn open_aanbod(&self, casus: &Casus) -> Result<String> {
        self.browser.ga("/overdrachten").await?;
        self.browser.klik_tekst(&casus.nummer).await?;
        self.browser.pad().await
    }

    /// Who holds zicht according to this account, and by which clause.
    pub async fn houder(&mut self, account: &str, casus: &Casus) -> Result<(String, String)> {
        self.browser.als(account).await?;
        self.browser.ga(&casus.pad).await?;
        self.band().await
    }

    /// The zichtband of the open page.
    pub async fn band(&self) -> Result<(String, String)> {
        let houder = self.browser.tekst(".case-head .band__now .band__holder strong").await?;
        Ok((houder, self.browser.tekst(".case-head .band__now .band__ground").await?))
    }

    /// Why an act cannot be done now, as the casus page says it.
    pub async fn kan_niet(&self, titel: &str) -> Result<String> {
        let script = "document.querySelectorAll('.cannot details').forEach(e => e.open = true); \
                      return [...document.querySelectorAll('.cannot li')].map(e => e.innerText)";
        let regels = self.browser.script(script, vec![]).await?;
        let regels: Vec<_> = regels.as_array().into_iter().flatten().filter_map(|regel| regel.as_str()).collect();
        let gevonden = regels.iter().find(|regel| regel.starts_with(titel));
        let gewoon = gevonden.map(|regel| regel.split_whitespace().collect::<Vec<_>>().join(" "));
        gewoon.with_context(|| format!("'{titel}' staat niet bij wat niet kan: {regels:?}"))
    }

    /// Sees that an address is told to be nobody's, whatever is behind it.
    pub async fn niet_gevonden(&self, pad: &str) -> Result<()> {
        self.browser.ga(pad).await?;
        let titel = self.browser.tekst("h1").await?;
        anyhow::ensure!(titel == "Deze pagina is er niet, of is niet voor u", "{pad} toont: {titel}");
        Ok(())
    }
}
