//! Chromium, driven over WebDriver as a user drives it: by clicking and typing.
//!
//! One browser serves every account of a test: [`Browser::als`] changes who is signed in, open tabs stay open.

use crate::{http::Verzoek, proces::Proces};
use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator, cookies::Cookie, elements::Element, wd::WindowHandle};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, path::Path, process::Command, time::Duration};
use tempfile::TempDir;

/// How long a condition may take to come true.
const WACHT_SECONDEN: u64 = 15;
/// How often it is looked at.
const KIJK_MILLISECONDEN: u64 = 20;
/// Without these the browser calls home, or needs what a container lacks.
const ARGUMENTEN: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--lang=nl",
];
const KOEKJE: &str = "zicht_sessie";

/// A browser with a fresh profile.
pub struct Browser {
    client: Client,
    /// Address of the session at the driver.
    sessie: String,
    /// Address of the demo, to which paths belong.
    pub basis: String,
    koekjes: BTreeMap<String, Cookie<'static>>,
    // Dropped in this order: first the session, then the driver and what is left in its group, then the profile.
    _driver: Proces,
    _profiel: TempDir,
}

/// How the browser is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Aan,
    /// Off in the preferences, as a careful organisation may have it.
    Uit,
}

impl Browser {
    /// Starts a driver on a free port, and a browser under it.
    ///
    /// # Errors
    /// Chromium or its driver is missing, or does not come up.
    pub async fn start(basis: &str, script: Script) -> Result<Self> {
        let profiel = TempDir::new()?;
        let (driver, poort) = start_driver(&profiel.path().join("driver.txt"))?;
        let webdriver = format!("http://127.0.0.1:{poort}");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(mogelijkheden(profiel.path(), script))
            .connect(&webdriver)
            .await
            .context("chromium")?;
        let sessie = client.session_id().await?.context("geen sessie")?;
        let sessie = format!("{webdriver}/session/{sessie}");
        Ok(Self { client, sessie, basis: basis.into(), koekjes: BTreeMap::new(), _driver: driver, _profiel: profiel })
    }

    /// Opens a path.
    ///
    /// # Errors
    /// The page does not load.
    pub async fn ga(&self, pad: &str) -> Result<()> {
        let url = if pad.contains(':') { pad.to_owned() } else { format!("{}{pad}", self.basis) };
        self.client.goto(&url).await.with_context(|| pad.to_owned())
    }

    /// The path of this page, with query and fragment.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn pad(&self) -> Result<String> {
        let url = self.client.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.basis).unwrap_or(&url).to_owned())
    }

    /// The title of the page.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn titel(&self) -> Result<String> {
        Ok(self.client.title().await?)
    }

    /// Goes on as the worker of another organisation; the first time by signing in on the page.
    ///
    /// # Errors
    /// Nobody can sign in for it.
    pub async fn als(&mut self, organisatie: &str) -> Result<()> {
        self.client.delete_all_cookies().await?;
        self.ga("/aanmelden").await?;
        if let Some(koekje) = self.koekjes.get(organisatie) {
            return Ok(self.client.add_cookie(koekje.clone()).await?);
        }
        let knop = self.vind_xpath(&format!("{}//button", plek_van(organisatie))).await?;
        self.verstuur_element(knop).await?;
        let koekje = self.client.get_named_cookie(KOEKJE).await?;
        self.koekjes.insert(organisatie.to_owned(), koekje);
        Ok(())
    }

    /// The name under which the interface for machines knows the first worker of an organisation.
    ///
    /// # Errors
    /// Nobody can sign in for it.
    pub async fn account(&self, organisatie: &str) -> Result<String> {
        self.ga("/aanmelden").await?;
        let veld = self.vind_xpath(&format!("{}//input[@name='account']", plek_van(organisatie))).await?;
        veld.prop("value").await?.with_context(|| format!("geen account voor {organisatie}"))
    }

    /// Forgets who signed in, because the server was started again at another time.
    pub fn vergeet_aanmeldingen(&mut self) {
        self.koekjes.clear();
    }

    /// The first element of a selector, as soon as it is there.
    ///
    /// # Errors
    /// It does not come.
    pub async fn vind(&self, css: &str) -> Result<Element> {
        self.wacht_op(Locator::Css(css)).await.with_context(|| format!("niet gevonden: {css}"))
    }

    async fn vind_xpath(&self, xpath: &str) -> Result<Element> {
        self.wacht_op(Locator::XPath(xpath)).await.with_context(|| format!("niet gevonden: {xpath}"))
    }

    async fn wacht_op(&self, zoek: Locator<'_>) -> Result<Element> {
        let wacht = self.client.wait().at_most(Duration::from_secs(WACHT_SECONDEN));
        let gevonden = wacht.every(Duration::from_millis(KIJK_MILLISECONDEN)).for_element(zoek).await;
        match gevonden {
            Ok(element) => Ok(element),
            Err(fout) => bail!("{fout}; {} zegt: {}", self.pad().await?, self.tekst("main").await.unwrap_or_default()),
        }
    }

    /// How many elements there are now.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn aantal(&self, css: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// The text of an element as it is shown, with ordinary spaces.
    ///
    /// # Errors
    /// It is not there.
    pub async fn tekst(&self, css: &str) -> Result<String> {
        let script = "const e = document.querySelector(arguments[0]); return e && e.innerText";
        let tekst = self.script(script, vec![json!(css)]).await?;
        Ok(gewoon(tekst.as_str().with_context(|| format!("niet gevonden: {css}"))?))
    }

    /// Everything that the page says, what is folded away included.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn alles(&self) -> Result<String> {
        Ok(gewoon(self.script("return document.body.textContent", vec![]).await?.as_str().unwrap_or_default()))
    }

    /// Follows the link, or opens the fold, whose text begins like this.
    ///
    /// # Errors
    /// There is none.
    pub async fn klik_tekst(&self, tekst: &str) -> Result<()> {
        let zoek = "(//a|//summary)[starts-with(normalize-space(.), $t)]".replace("$t", &aanhaling(tekst));
        let element = self.vind_xpath(&zoek).await?;
        if element.tag_name().await? == "summary" {
            let open = self.script("return arguments[0].parentElement.open", vec![json!(element)]).await?;
            return if open == json!(true) { Ok(()) } else { Ok(element.click().await?) };
        }
        self.verstuur_element(element).await
    }

    /// Follows the link of a selector.
    ///
    /// # Errors
    /// There is none.
    pub async fn volg(&self, css: &str) -> Result<()> {
        self.verstuur_element(self.vind(css).await?).await
    }

    /// Presses the button with this text and waits for the page that follows.
    ///
    /// # Errors
    /// There is no such button.
    pub async fn knop(&self, tekst: &str) -> Result<()> {
        let zoek = "//button[starts-with(normalize-space(.), $t)]".replace("$t", &aanhaling(tekst));
        self.verstuur_element(self.vind_xpath(&zoek).await?).await
    }

    /// Clicks what leads to another page, and waits for it.
    async fn verstuur_element(&self, element: Element) -> Result<()> {
        self.script("document.documentElement.setAttribute('data-oud', '')", vec![]).await?;
        element.click().await?;
        self.vind("html:not([data-oud]) body").await.map(drop)
    }

    /// Types into the field with this name, instead of what stood there.
    ///
    /// # Errors
    /// There is no such field, or it cannot be typed in.
    pub async fn vul(&self, naam: &str, tekst: &str) -> Result<()> {
        let element = self.vind(&format!("[name='{naam}']")).await?;
        let soort = element.prop("type").await?.unwrap_or_default();
        if matches!(soort.as_str(), "date" | "time") {
            // How these are typed depends on the language of the browser.
            let script = "document.getElementsByName(arguments[0])[0].value = arguments[1]";
            self.script(script, vec![json!(naam), json!(tekst)]).await?;
            return Ok(());
        }
        element.clear().await.with_context(|| format!("{naam} is niet te vullen"))?;
        element.send_keys(tekst).await.with_context(|| format!("{naam} is niet te vullen"))
    }

    /// Chooses a value of a group, a box or a list.
    ///
    /// # Errors
    /// There is no such choice, or it cannot be clicked.
    pub async fn kies(&self, naam: &str, waarde: &str) -> Result<()> {
        let css = format!("input[name='{naam}'][value='{waarde}'], select[name='{naam}'] option[value='{waarde}']");
        let element = self.vind(&css).await?;
        if !element.is_selected().await? {
            element.click().await.with_context(|| format!("{naam}={waarde} is niet te kiezen"))?;
        }
        Ok(())
    }

    /// What a field holds; of a group the chosen value.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn waarde(&self, naam: &str) -> Result<String> {
        let script = "const all = [...document.getElementsByName(arguments[0])]; \
                      const e = all.find(e => e.checked) ?? all[0]; \
                      return !e ? null : ['radio', 'checkbox'].includes(e.type) && !e.checked ? '' : e.value";
        let waarde = self.script(script, vec![json!(naam)]).await?;
        Ok(waarde.as_str().with_context(|| format!("geen veld {naam}"))?.to_owned())
    }

    /// Runs a script in the page; the page's own rules for scripts do not count for it.
    ///
    /// # Errors
    /// The script failed.
    pub async fn script(&self, script: &str, argumenten: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, argumenten).await?)
    }

    /// The same for a script that answers later, through its last argument.
    ///
    /// # Errors
    /// The script failed.
    pub async fn script_later(&self, script: &str, argumenten: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, argumenten).await?)
    }

    /// Opens a tab and goes there; gives the tab that was open.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn nieuw_tabblad(&self) -> Result<WindowHandle> {
        let oud = self.client.window().await?;
        let nieuw = self.client.new_window(true).await?;
        self.client.switch_to_window(nieuw.handle).await?;
        Ok(oud)
    }

    /// Goes to another tab.
    ///
    /// # Errors
    /// It was closed.
    pub async fn naar_tabblad(&self, tabblad: WindowHandle) -> Result<()> {
        Ok(self.client.switch_to_window(tabblad).await?)
    }

    /// Makes the page as wide and high as this, whatever the smallest window is.
    ///
    /// # Errors
    /// The driver failed.
    pub fn formaat(&self, breed: u32, hoog: u32) -> Result<()> {
        let maat = json!({ "width": breed, "height": hoog, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &maat).map(drop)
    }

    /// Light or dark, as the user's system asks.
    ///
    /// # Errors
    /// The driver failed.
    pub fn donker(&self, donker: bool) -> Result<()> {
        let waarde = if donker { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": waarde }] });
        self.devtools("Emulation.setEmulatedMedia", &media).map(drop)
    }

    /// A picture of the whole page.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn beeld(&self, breed: u32) -> Result<Vec<u8>> {
        self.formaat(breed, 900)?;
        let hoog = self.script("return document.documentElement.scrollHeight", vec![]).await?;
        self.formaat(breed, u32::try_from(hoog.as_u64().unwrap_or(900))?.max(900))?;
        Ok(self.client.screenshot().await?)
    }

    /// A command of the browser's own protocol, which WebDriver has no word for.
    ///
    /// # Errors
    /// The browser refused it.
    pub fn devtools(&self, opdracht: &str, met: &Value) -> Result<Value> {
        let verzoek = Verzoek::new("POST", &format!("{}/goog/cdp/execute", self.sessie));
        let antwoord = verzoek.json(&json!({ "cmd": opdracht, "params": met })).stuur()?;
        if antwoord.status != 200 {
            bail!("{opdracht}: {}", antwoord.body);
        }
        Ok(antwoord.json()?.get("value").cloned().unwrap_or_default())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Lets the browser close itself; whatever is left ends with the driver's group.
        let _ = Verzoek::new("DELETE", &self.sessie).stuur();
    }
}

/// Where the sign-in page lists an organisation.
fn plek_van(organisatie: &str) -> String {
    let naam = aanhaling(organisatie);
    format!("(//*[contains(@class, 'accounts__org')][h3[contains(normalize-space(.), {naam})]])[1]")
}

fn poort(regel: &str) -> Option<u16> {
    let (_, na) = regel.split_once("started successfully on port ")?;
    na.trim().trim_end_matches('.').parse().ok()
}

/// The driver takes a port that is free for one kind of address and then wants it for the other kind too, which another
/// process may hold; then it ends, and is started anew.
fn start_driver(fouten: &Path) -> Result<(Proces, u16)> {
    const KEREN_MAX: usize = 5;
    let mut keer = 1;
    loop {
        let mut opdracht = Command::new("chromedriver");
        opdracht.arg("--port=0");
        let mut driver = Proces::start(&mut opdracht, fouten)
            .context("installeer chromium en chromium-driver, of draai: cargo xtask test")?;
        match driver.tot(poort) {
            Ok(poort) => return Ok((driver, poort)),
            Err(fout) if keer < KEREN_MAX && fout.to_string().contains("Address already in use") => keer += 1,
            Err(fout) => return Err(fout.context("chromedriver")),
        }
    }
}

fn mogelijkheden(profiel: &Path, script: Script) -> Map<String, Value> {
    let mut argumenten: Vec<_> = ARGUMENTEN.iter().map(|argument| (*argument).to_owned()).collect();
    argumenten.push(format!("--user-data-dir={}", profiel.join("profiel").display()));
    let blokkeer = 2;
    let voorkeuren = match script {
        Script::Aan => json!({}),
        Script::Uit => json!({ "profile.managed_default_content_settings.javascript": blokkeer }),
    };
    let mut mogelijkheden = Map::new();
    mogelijkheden.insert("goog:chromeOptions".into(), json!({ "args": argumenten, "prefs": voorkeuren }));
    mogelijkheden
}

/// No-break spaces are right on a page and in the way of a comparison.
fn gewoon(tekst: &str) -> String {
    tekst.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn aanhaling(tekst: &str) -> String {
    if tekst.contains('\'') { format!("\"{tekst}\"") } else { format!("'{tekst}'") }
}
