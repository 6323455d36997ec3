//! What a step leaves out was done properly: fills valid values from the agreement. An act that is a step of its own
//! is never filled, and neither are criteria.

use super::{
    plan,
    vorm::{Lid, Partij, Scenario, Stap},
};
use anyhow::{Result, anyhow, bail};
use app::Wens;
use domain::{
    afspraak::{Bundel, Fase, Gespreksmoment, Ontvangt, Vervolgpartij},
    casus::Casus,
    documenten::{Ontvanger, inhoud as documentinhoud},
    gebeurtenis::Openheid,
    ids::CasusId,
    overdrachten::{fase_nu, tafelpartijen},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What earlier steps made, by the name of the step.
#[derive(Clone, Debug, Default)]
pub struct Namen {
    /// Name to id of a report or an offer.
    pub ids: BTreeMap<String, String>,
    /// Name to the last version that the step recorded.
    pub versies: BTreeMap<String, u64>,
    /// Casussen by name in the file; the one that it is about has the name "".
    pub casussen: BTreeMap<String, CasusId>,
    /// Tracks of the meldcode and advices: kind and name in the file.
    pub eigen: BTreeMap<(&'static str, String), CasusId>,
    /// Their numbers, as people name them.
    pub nummers: BTreeMap<(&'static str, String), String>,
}

/// The wish of a step, and what was filled in by itself.
pub struct Ingevuld {
    pub wens: Wens,
    pub zelf: Vec<String>,
}

/// Everything that a step is filled in the light of.
pub struct Bron<'a> {
    pub scenario: &'a Scenario,
    pub namen: &'a Namen,
    pub bundel: &'a Bundel,
    pub casus: &'a Casus,
}

impl Bron<'_> {
    /// Turns a step into a wish.
    ///
    /// # Errors
    /// An undeclared party, an unknown name, or a key that the act does not have.
    pub fn vul_in(&self, stap: &Stap) -> Result<Ingevuld> {
        let mut met = match serde_json::to_value(&stap.met)? {
            Value::Object(met) => met,
            _ => Map::new(),
        };
        let mut zelf = Vec::new();
        self.verwijzingen(&mut met, stap)?;
        let mut vul = |met: &mut Map<String, Value>, sleutel: &str, waarde: Value| {
            if !met.contains_key(sleutel) && !stap.ontbreekt.iter().any(|weg| weg == sleutel) {
                zelf.push(format!("{}: {sleutel} = {waarde}", stap.doe));
                met.insert(sleutel.to_owned(), waarde);
            }
        };
        match stap.doe.as_str() {
            "meld" => {
                self.uit_eigen(&mut met)?;
                self.meld(&mut met, stap)?;
            }
            "rond-beoordeling-af" => vul(&mut met, "taxatie", json!("geen-acute-onveiligheid")),
            "leg-contact-gezin-vast" | "informeer-gezin" => {
                vul(&mut met, "wijze", json!("telefoon"));
                if stap.doe.starts_with("leg") {
                    vul(&mut met, "gelukt", json!(true));
                }
            }
            "bied-overdracht-aan" => {
                let wijze = self.wijze(&met, stap);
                vul(&mut met, "wijze", json!(wijze));
                if !stap.ontbreekt.iter().any(|weg| weg == "gezin-geinformeerd") {
                    vul(&mut met, "gezin_geinformeerd", json!(true));
                }
                self.inhoud(&mut met, stap);
            }
            "weiger-overdracht" => {
                vul(&mut met, "reden_code", json!("anders"));
                vul(&mut met, "reden", json!("Toelichting door de speler ingevuld."));
            }
            "trek-overdracht-in" | "neem-zicht-over" | "wijs-spoed-af" | "herstel-vastlegging" => {
                vul(&mut met, "reden", json!("Toelichting door de speler ingevuld."));
            }
            "noteer-mondelinge-bevestiging" => vul(&mut met, "wie", json!("een medewerker")),
            "sluit-casus" => self.sluiting(&mut met, stap, &mut vul),
            _ => self.vervolg(&mut met, stap, &mut vul),
        }
        let wens = serde_json::from_value(json!({ "doe": stap.doe, "met": met }))
            .map_err(|fout| anyhow!("stap '{}': {fout}", stap.doe))?;
        Ok(Ingevuld { wens, zelf })
    }

    /// A report names the track or the advice that it grew out of by its number.
    fn uit_eigen(&self, met: &mut Map<String, Value>) -> Result<()> {
        use app::codec::Gebeurd;
        let soorten = [
            ("spoor", domain::meldcode::Gebeurtenis::STROOM, "spoor_nummer"),
            ("advies", domain::adviezen::Gebeurtenis::STROOM, "advies_nummer"),
        ];
        for (sleutel, soort, veld) in soorten {
            if let Some(Value::String(naam)) = met.remove(sleutel) {
                let nummer = self.namen.nummers.get(&(soort, naam.clone()));
                let nummer = nummer.ok_or_else(|| anyhow!("er is nog geen {sleutel} '{naam}'"))?;
                met.insert(veld.to_owned(), json!(nummer));
            }
        }
        Ok(())
    }

    fn partij(&self, naam: &str) -> Result<&Partij> {
        let partij = self.scenario.partijen.get(naam);
        partij.ok_or_else(|| anyhow!("'{naam}' staat niet onder [partijen]"))
    }

    /// Names of parties become organisations, names of steps and casussen become ids.
    fn verwijzingen(&self, met: &mut Map<String, Value>, stap: &Stap) -> Result<()> {
        let casus_in = match stap.doe.as_str() {
            "verplaats-melding" => "naar",
            _ => "casus",
        };
        if let Some(Value::String(naam)) = met.get(casus_in).cloned() {
            let casus = self.namen.casussen.get(&naam).ok_or_else(|| anyhow!("geen casus '{naam}'"))?;
            met.insert(casus_in.to_owned(), json!(casus));
        }
        if let Some(Value::Object(mede)) = met.get("mede_ontvangers").cloned() {
            let mede: Result<Map<_, _>> = mede
                .into_iter()
                .map(|(naam, delen)| {
                    let organisatie = self.partij(&naam)?.organisatie.clone();
                    let organisatie = organisatie.ok_or_else(|| anyhow!("'{naam}' heeft geen organisatie"))?;
                    Ok((organisatie.0, delen))
                })
                .collect();
            met.insert("mede_ontvangers".to_owned(), Value::Object(mede?));
        }
        // A letter goes to a member of the household; everything else goes to a party.
        let persoon_in = if stap.doe == "verzend-document" { "aan" } else { "persoon" };
        let partij_in = ["naar", "organisatie", "aan"].into_iter();
        for sleutel in partij_in.filter(|sleutel| *sleutel != casus_in && *sleutel != persoon_in) {
            if let Some(Value::String(naam)) = met.get(sleutel).cloned() {
                let organisatie = self.partij(&naam)?.organisatie.clone();
                met.insert(sleutel.to_owned(), serde_json::to_value(organisatie)?);
            }
        }
        if let ("bespreek-aan-tafel", Some(Value::Array(namen))) = (stap.doe.as_str(), met.get("aanwezig")) {
            let organisatie = |naam: &Value| Ok(json!(self.partij(naam.as_str().unwrap_or_default())?.organisatie));
            let aanwezig = namen.iter().map(organisatie).collect::<Result<Vec<_>>>()?;
            met.insert("aanwezig".to_owned(), Value::Array(aanwezig));
        }
        let vaste = ["melding", "overdracht", "verzoek", "deeltaak", "afwijking"].into_iter();
        for sleutel in vaste.chain(plan::verwijzingen(&stap.doe).iter().copied()) {
            if let Some(Value::String(naam)) = met.get(sleutel).cloned() {
                let id = self.namen.ids.get(&naam).ok_or_else(|| anyhow!("geen stap met id = \"{naam}\""))?;
                met.insert(sleutel.to_owned(), json!(id));
            }
        }
        if let Some(Value::String(naam)) = met.get(persoon_in).cloned() {
            let index = self.scenario.huishouden.iter().position(|lid| lid.id == naam);
            let persoon = index.and_then(|index| self.casus.personen.get(index));
            let persoon = persoon.ok_or_else(|| anyhow!("'{naam}' staat niet in de casus"))?;
            met.insert(persoon_in.to_owned(), json!(persoon.id));
        }
        if stap.doe == "herstel-vastlegging"
            && let Some(Value::String(naam)) = met.remove("stap")
        {
            let versie = self.namen.versies.get(&naam).ok_or_else(|| anyhow!("geen stap met id = \"{naam}\""))?;
            met.insert("versie".to_owned(), json!(versie));
        }
        for sleutel in
            ["gebeurd_op", "ontvangen_op", "datum", "tot", "per", "uiterlijk", "termijn", "evaluatie", "volgende"]
        {
            if let Some(waarde) = met.get_mut(sleutel) {
                *waarde = json!(als_tekst(waarde));
            }
        }
        Ok(())
    }

    fn meld(&self, met: &mut Map<String, Value>, stap: &Stap) -> Result<()> {
        let naam = match met.remove("melder") {
            Some(Value::String(naam)) => naam,
            _ => stap.door.clone(),
        };
        let partij = self.partij(&naam)?;
        let soort = partij.soort.clone().unwrap_or_else(|| "beroepskracht".to_owned());
        met.insert(
            "melder".to_owned(),
            json!({ "soort": soort, "beroepsgroep": partij.beroepsgroep, "organisatie": partij.organisatie }),
        );
        met.entry("gemeente").or_insert_with(|| json!(self.scenario.gemeente));
        met.entry("openheid").or_insert_with(|| json!("open"));
        met.entry("inhoud").or_insert_with(|| json!("Inhoud door de speler ingevuld."));
        met.entry("huishoudnaam").or_insert_with(|| json!("Scenario"));
        let over = met.remove("over").and_then(|over| serde_json::from_value::<Vec<String>>(over).ok());
        let genoemd = |lid: &Lid| over.as_ref().is_none_or(|over| over.contains(&lid.id));
        let leden = self.scenario.huishouden.iter().enumerate().filter(|(_, lid)| genoemd(lid));
        let leden = leden.map(|(index, lid)| self.lid(index, lid)).collect::<Result<Vec<_>>>()?;
        met.entry("huishouden").or_insert_with(|| json!(leden));
        Ok(())
    }

    /// A second report is about the same people.
    fn lid(&self, index: usize, lid: &Lid) -> Result<Value> {
        let bekend = self.casus.personen.get(index).map(|persoon| persoon.id);
        let geboren = lid.geboren.as_ref().map(ToString::to_string);
        let naam = lid.naam.as_ref().unwrap_or(&lid.id);
        let voogd = lid.gezinsvoogd.as_ref().map(|wie| self.partij(wie)).transpose()?;
        let voogd = voogd.and_then(|partij| partij.organisatie.clone());
        Ok(json!({
            "rol": lid.rol,
            "naam": naam,
            "geboren": geboren,
            "bsn": lid.bsn,
            "gezinsvoogd": voogd,
            "bekend_als": bekend,
        }))
    }

    /// In what situation this party would offer now, to whom the step names.
    fn fase(&self, met: &Map<String, Value>, stap: &Stap) -> Fase {
        let wie = self.partij(&stap.door).ok().and_then(|partij| partij.organisatie.clone());
        let naar = met.get("naar").and_then(Value::as_str).unwrap_or_default();
        if wie.is_some() && wie != self.casus.veilig_thuis {
            Fase::Onderling
        } else if naar.starts_with("veilig-thuis-") {
            Fase::AnderVeiligThuis
        } else {
            fase_nu(self.casus)
        }
    }

    fn wijze(&self, met: &Map<String, Value>, stap: &Stap) -> String {
        let naar = met.get("naar").and_then(Value::as_str).unwrap_or_default();
        let soort = self.bundel.soort_van(&naar.into());
        let wijzen = self.bundel.overgang(self.fase(met, stap), soort).map(|overgang| overgang.wijzen.clone());
        wijzen.and_then(|wijzen| wijzen.first().cloned()).unwrap_or_else(|| "telefoon".to_owned())
    }

    /// `{ overige = "ja", x = "nee", y = "In eigen woorden." }`: parts that are present, else with a text of our own.
    fn inhoud(&self, met: &mut Map<String, Value>, stap: &Stap) {
        let gevraagd = match met.remove("inhoud") {
            Some(Value::Object(gevraagd)) => gevraagd,
            _ => Map::new(),
        };
        let overige = gevraagd.get("overige").and_then(Value::as_str).unwrap_or("ja").to_owned();
        let open = self.casus.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
        let mut inhoud = Map::new();
        for (sleutel, onderdeel) in self.bundel.onderdelen(self.fase(met, stap)) {
            let eigen = gevraagd.get(sleutel).and_then(Value::as_str);
            let mag = match onderdeel.ontvanger {
                Ontvangt::Ja => true,
                Ontvangt::AlleenBijOpenMelding => open,
                Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => false,
            };
            let weg = stap.ontbreekt.iter().any(|weg| weg == sleutel);
            if eigen.unwrap_or(if mag { &overige } else { "nee" }) != "nee" && !weg {
                let woorden = eigen.filter(|eigen| *eigen != "ja").map(str::to_owned);
                let tekst = woorden.unwrap_or_else(|| format!("{} (ingevuld).", onderdeel.naam));
                inhoud.insert(sleutel.to_owned(), json!(tekst));
            }
        }
        met.insert("inhoud".to_owned(), Value::Object(inhoud));
        let ontvangen = met.get("gegevens_ontvangen").and_then(Value::as_bool).unwrap_or(false);
        met.entry("verzonden").or_insert(json!(ontvangen));
    }

    /// Every part that belongs in this document now, with a text of our own.
    fn document(&self, met: &mut Map<String, Value>, stap: &Stap) {
        let soort = met.get("soort").and_then(Value::as_str).unwrap_or_default();
        let Some(regel) = self.bundel.inhoud.document.get(soort) else { return };
        let ontvanger = Ontvanger {
            lezer: regel.lezer,
            overdracht: self.casus.overdrachten.last().map(|overdracht| overdracht.id),
            melding: self.casus.bedoelde_melding().map(|melding| melding.id),
        };
        let mut delen = match met.remove("onderdelen") {
            Some(Value::Object(gegeven)) => gegeven,
            _ => Map::new(),
        };
        for deel in documentinhoud(self.casus, self.bundel, regel, &ontvanger).hoort {
            if !stap.ontbreekt.iter().any(|weg| weg == deel.sleutel) {
                delen.entry(deel.sleutel).or_insert_with(|| json!(format!("{} (ingevuld).", deel.naam)));
            }
        }
        met.insert("onderdelen".to_owned(), Value::Object(delen));
    }

    /// What follows on the assessment: everything that the agreement asks for, unless the step says that it is missing.
    fn vervolg(
        &self,
        met: &mut Map<String, Value>,
        stap: &Stap,
        vul: &mut impl FnMut(&mut Map<String, Value>, &str, Value),
    ) {
        let aanwezig = |sleutel: &str| !stap.ontbreekt.iter().any(|weg| weg == sleutel);
        let inhoud = &self.bundel.inhoud;
        match stap.doe.as_str() {
            "start-dienst" => {
                let soort = met.get("dienst").and_then(Value::as_str).unwrap_or_default();
                let criteria = inhoud.dienst.get(soort).into_iter().flat_map(|dienst| dienst.keuzecriteria.keys());
                vul(met, "keuzecriteria", json!(criteria.filter(|sleutel| aanwezig(sleutel)).collect::<Vec<_>>()));
            }
            "leg-regie-vast" => {
                let eisen = inhoud.regievoorwaarde.keys().filter(|sleutel| aanwezig(sleutel));
                vul(met, "bevestigd", json!(eisen.collect::<Vec<_>>()));
            }
            "rond-dienst-af" => {
                vul(met, "conclusie", json!("bevestigd"));
                vul(met, "voorwaarden_gesteld", json!(true));
            }
            "houd-huisbezoek" => {
                vul(met, "kinderen_gesproken", json!(true));
                let punten = self.bundel.gesprekspunten(Gespreksmoment::Huisbezoek).into_iter();
                let punten = punten.filter(|(sleutel, _)| aanwezig(sleutel));
                let punten: Map<_, _> = punten.map(|(sleutel, punt)| (sleutel.to_owned(), json!(punt.naam))).collect();
                vul(met, "punten", Value::Object(punten));
            }
            "houd-warme-overdracht" => {
                let allen = ["gezin", "veilig-thuis", "ontvanger"].into_iter().filter(|wie| aanwezig(wie));
                vul(met, "aanwezig", json!(allen.collect::<Vec<_>>()));
                let punten = inhoud.gesprekspunt.iter().filter(|(sleutel, _)| aanwezig(sleutel));
                let punten: Map<_, _> = punten.map(|(sleutel, punt)| (sleutel.clone(), json!(punt.naam))).collect();
                vul(met, "punten", Value::Object(punten));
            }
            "vul-inhoud-aan" => {
                let over = self.casus.lopend_aanbod().map(|aanbod| &aanbod.onderdelen);
                let nog = self.bundel.onderdelen(self.fase(met, stap)).into_iter().filter(|(sleutel, onderdeel)| {
                    onderdeel.ontvanger == Ontvangt::Ja && !over.is_some_and(|over| over.contains(*sleutel))
                });
                let nog = nog.filter(|(sleutel, _)| aanwezig(sleutel));
                let nog: Map<_, _> = nog.map(|(sleutel, deel)| (sleutel.to_owned(), json!(deel.naam))).collect();
                vul(met, "inhoud", Value::Object(nog));
            }
            "leg-monitormoment-vast" => {
                let vragen = inhoud.monitorvraag.keys().filter(|sleutel| aanwezig(sleutel));
                let antwoorden: Map<_, _> = vragen.map(|sleutel| (sleutel.clone(), json!("ja"))).collect();
                vul(met, "antwoorden", Value::Object(antwoorden));
                vul(met, "uitkomst", json!("voortzetten"));
            }
            "stel-informeren-uit" | "verplaats-melding" | "beslis-over-intrekking" => {
                vul(met, "reden", json!("Toelichting door de speler ingevuld."));
            }
            "doe-tegenvoorstel" | "stuur-aanbod-door" => {
                vul(met, "reden", json!("Toelichting door de speler ingevuld."));
            }
            "bespreek-aan-tafel" => {
                vul(met, "aanwezig", json!(tafelpartijen(self.bundel, &self.casus.gemeente)));
                vul(met, "besluit", json!("oppakken"));
                vul(met, "reden", json!("Toelichting door de speler ingevuld."));
                vul(met, "afspraken", json!("Wat er is afgesproken, door de speler ingevuld."));
            }
            "maak-document" => self.document(met, stap),
            "verzend-document" => vul(met, "wijze", json!("brief")),
            "besluit-vervolg" | "houd-overleg" | "leg-informatie-vast" => self.beoordeling(met, stap, vul),
            "spreek-deeltaak-af" => vul(met, "wat", json!("Let op hoe het met het kind gaat.")),
            _ => plan::vul_in(self.bundel, met, stap, vul),
        }
    }

    /// What goes into an assessment and the decision on it.
    fn beoordeling(
        &self,
        met: &mut Map<String, Value>,
        stap: &Stap,
        vul: &mut impl FnMut(&mut Map<String, Value>, &str, Value),
    ) {
        let inhoud = &self.bundel.inhoud;
        match stap.doe.as_str() {
            "besluit-vervolg" => {
                vul(met, "overleg", json!(["medewerker", "gedragswetenschapper"]));
                let besluit = met.get("besluit").cloned().unwrap_or_default();
                let past = |partij: &&Vervolgpartij| partij.bij.iter().any(|bij| json!(bij) == besluit);
                let mut alle: Vec<_> = inhoud.vervolgpartij.iter().filter(|(_, partij)| past(partij)).collect();
                alle.sort_by_key(|(_, partij)| partij.volgorde);
                let eerste: Vec<_> = alle.first().map(|(sleutel, _)| *sleutel).into_iter().collect();
                vul(met, "toewijzing", json!(eerste));
            }
            "houd-overleg" => {
                vul(met, "functies", json!(["medewerker", "gedragswetenschapper"]));
                vul(met, "uitkomst", json!("eens"));
                vul(met, "gewogen", json!("Wat er is gewogen, door de speler ingevuld."));
            }
            "leg-informatie-vast" => {
                vul(met, "uitkomst", json!("gevonden"));
                vul(met, "toelichting", json!("Wat er bekend is, door de speler ingevuld."));
            }
            _ => {}
        }
    }

    fn sluiting(
        &self,
        met: &mut Map<String, Value>,
        stap: &Stap,
        vul: &mut impl FnMut(&mut Map<String, Value>, &str, Value),
    ) {
        let wijze = met.get("wijze").and_then(Value::as_str).unwrap_or_default();
        if let Some(regel) = self.bundel.inhoud.sluiting.get(wijze) {
            let alle: Vec<_> =
                regel.voorwaarden.keys().filter(|sleutel| !stap.ontbreekt.contains(sleutel)).cloned().collect();
            vul(met, "bevestigd", json!(alle));
        }
    }
}

/// A date in TOML arrives as a table with one private key.
fn als_tekst(waarde: &Value) -> String {
    match waarde {
        Value::String(tekst) => tekst.clone(),
        Value::Object(tabel) => tabel.values().next().and_then(Value::as_str).unwrap_or_default().to_owned(),
        ander => ander.to_string(),
    }
}

/// Refuses a party that nobody declared.
///
/// # Errors
/// Names it.
pub fn eis_partij(scenario: &Scenario, naam: &str) -> Result<()> {
    if !scenario.partijen.contains_key(naam) {
        bail!("'{naam}' staat niet onder [partijen]");
    }
    Ok(())
}
