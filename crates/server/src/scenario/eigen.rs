//! Steps and controls about what is no casus: a track of the meldcode, and an advice.

use super::{
    Modus,
    dekking::moet,
    speler::{Speler, eis_gelijk},
    vorm::{Controle, Stap, VerwachtAdvies, VerwachtSpoor},
    wacht::dienst_van,
};
use anyhow::{Result, anyhow};
use app::{
    Actor, Antwoord, AppFout,
    codec::{Gebeurd, stroom_van},
    eigen::{AdviesWens, EigenOpdracht, SamenwerkingWens, SignaalWens, SpoorWens, VerzoekWens, WachtDaad},
};
use domain::{
    Casus,
    adviezen::{self, Gebeurtenis as AdviesGebeurtenis},
    afspraak::Bundel,
    gebeurtenis::Afwijking,
    ids::{AdviesId, CasusId, CommandId, SpoorId},
    meldcode::{self, Gebeurtenis as SpoorGebeurtenis},
    samenwerking, verwijsindex, verzoeken, wacht,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Clauses by what they are about.
type PerSleutel = BTreeMap<String, String>;

/// The kind of stream on which an act is; nothing for an act on a casus.
pub(super) fn soort_van(doe: &str) -> Option<&'static str> {
    if meldcode::Commando::NAMEN.contains(&doe) {
        Some(SpoorGebeurtenis::STROOM)
    } else if adviezen::Commando::NAMEN.contains(&doe) {
        Some(AdviesGebeurtenis::STROOM)
    } else if samenwerking::Commando::NAMEN.contains(&doe) {
        Some(samenwerking::Gebeurtenis::STROOM)
    } else if verzoeken::Commando::NAMEN.contains(&doe) {
        Some(verzoeken::Gebeurtenis::STROOM)
    } else if verwijsindex::Commando::NAMEN.contains(&doe) || doe == "verstuur-signaal" {
        Some(verwijsindex::Gebeurtenis::STROOM)
    } else if wacht::Commando::NAMEN.contains(&doe) {
        Some(wacht::Gebeurtenis::STROOM)
    } else {
        None
    }
}

fn gevuld(met: &mut Map<String, Value>, stap: &Stap, sleutel: &str, waarde: Value) {
    if !met.contains_key(sleutel) && !stap.ontbreekt.iter().any(|weg| weg == sleutel) {
        met.insert(sleutel.to_owned(), waarde);
    }
}

impl Speler<'_> {
    pub(super) async fn eigen_stap(&mut self, stap: &Stap, nummer: usize) -> Result<()> {
        let soort = soort_van(&stap.doe).ok_or_else(|| anyhow!("'{}' is geen handeling", stap.doe))?;
        let geldig = self.geldig(stap.op.0, &Casus::default())?;
        let actor = self.actor(&stap.door, stap.medewerker.as_deref(), &geldig)?;
        let plek = (soort, stap.casus.clone().unwrap_or_default());
        let stroom = self.namen.eigen.get(&plek).copied();
        let id = CommandId(CommandId(self.zaad).afgeleid(&format!("stap-{nummer}")));
        let mut met = self.vul_eigen(stap, &geldig.bundel)?;
        self.vul_wacht(stap, &mut met).await?;
        let mut wens = json!({ "doe": stap.doe, "met": &met });
        if soort == samenwerking::Gebeurtenis::STROOM {
            let editie = geldig.bundel.eigen_laag().map(|laag| laag.editie.clone());
            wens = json!({ "afspraak": self.scenario.afspraak, "editie": editie, "doe": stap.doe, "met": met });
        }
        let voor = self.rijen(stroom).await?;
        let antwoord = self.stuur(soort, &wens, id, stroom, &actor, stap).await?;
        if self.modus == Modus::Dubbel {
            let tweede = self.stuur(soort, &wens, id, stroom, &actor, stap).await?;
            eis_gelijk(&antwoord, &tweede)?;
        }
        if let Ok(Antwoord::Gedaan(gedaan)) = &antwoord {
            self.namen.eigen.insert(plek.clone(), gedaan.casus);
            self.namen.nummers.insert(plek.clone(), gedaan.nummer.clone());
            let dienst = stap.id.iter().filter(|_| stap.doe == "zet-wachtdienst");
            self.namen.ids.extend(dienst.map(|naam| (naam.clone(), dienst_van(id).to_string())));
        }
        let ongewijzigd = self.rijen(stroom).await? == voor;
        match self.zoals_verwacht(stap, antwoord, ongewijzigd)? {
            Some(gedaan) => self.eigen_afwijkingen(stap, gedaan.casus, gedaan.eerste_versie).await,
            None => Ok(()),
        }
    }

    async fn rijen(&self, stroom: Option<CasusId>) -> Result<usize> {
        match stroom {
            Some(stroom) => Ok(self.samen.app.store().laad(stroom).await?.len()),
            None => Ok(0),
        }
    }

    async fn stuur(
        &self,
        soort: &str,
        wens: &Value,
        id: CommandId,
        stroom: Option<CasusId>,
        actor: &Actor,
        stap: &Stap,
    ) -> Result<Result<Antwoord, AppFout>> {
        fn opdracht<W: DeserializeOwned>(
            wens: &Value,
            id: CommandId,
            stroom: Option<CasusId>,
            actor: &Actor,
            stap: &Stap,
        ) -> Result<EigenOpdracht<W>> {
            let wens = serde_json::from_value(wens.clone()).map_err(|fout| anyhow!("stap '{}': {fout}", stap.doe))?;
            let gebeurd_op = stap.gebeurd_op.map(|op| op.0);
            Ok(EigenOpdracht { id, stroom, verwacht: None, actor: actor.clone(), gebeurd_op, wens })
        }
        let app = &self.samen.app;
        Ok(match soort {
            SpoorGebeurtenis::STROOM => {
                app.voer_spoor_uit(&opdracht::<SpoorWens>(wens, id, stroom, actor, stap)?).await
            }
            samenwerking::Gebeurtenis::STROOM => {
                app.voer_samenwerking_uit(&opdracht::<SamenwerkingWens>(wens, id, None, actor, stap)?).await
            }
            verzoeken::Gebeurtenis::STROOM => {
                app.voer_verzoek_uit(&opdracht::<VerzoekWens>(wens, id, stroom, actor, stap)?).await
            }
            wacht::Gebeurtenis::STROOM => {
                app.voer_wacht_uit(&opdracht::<WachtDaad>(wens, id, None, actor, stap)?).await
            }
            verwijsindex::Gebeurtenis::STROOM => {
                app.voer_signaal_uit(&opdracht::<SignaalWens>(wens, id, stroom, actor, stap)?).await
            }
            _ => app.voer_advies_uit(&opdracht::<AdviesWens>(wens, id, stroom, actor, stap)?).await,
        })
    }

    /// What a step leaves out was done properly; what decides is never filled.
    fn vul_eigen(&self, stap: &Stap, bundel: &Bundel) -> Result<Map<String, Value>> {
        let mut met = match serde_json::to_value(&stap.met)? {
            Value::Object(met) => met,
            _ => Map::new(),
        };
        let mut zet = |sleutel: &str, waarde: Value| gevuld(&mut met, stap, sleutel, waarde);
        match stap.doe.as_str() {
            "begin-spoor" => {
                zet("afspraak", json!(self.scenario.afspraak));
                zet("beroep", json!("algemeen"));
                zet("client", json!("kind"));
                zet("client_naam", json!("nummer 12"));
                zet("eindverantwoordelijke", json!("de directeur"));
            }
            "leg-signaal-vast" => {
                zet("datum", json!(stap.op.0.dag().to_string()));
                zet("bron", json!("zelf-gezien"));
                zet("feit", json!("Door de speler ingevuld feit."));
            }
            "leg-overleg-vast" => zet("verslag", json!("Door de speler ingevuld overleg.")),
            "leg-gesprek-vast" => {
                zet("met", json!(["ouders"]));
                zet("gehouden", json!(true));
                zet("verslag", json!("Door de speler ingevuld gesprek."));
            }
            "vraag-advies" => {
                zet("afspraak", json!(self.scenario.afspraak));
                zet("naam", json!("een beroepskracht"));
                zet("vraag", json!("Met wie praat ik eerst?"));
                zet("vormen", json!(bundel.inhoud.adviesvorm.keys().take(1).collect::<Vec<_>>()));
                zet("toestemming", json!("ja"));
            }
            "zet-contact" => {
                zet("naam", json!("Kim Verzonnen"));
                zet("waarvoor", json!("overdrachten"));
                zet("bereikbaar", json!("000 - 000 00 00"));
            }
            "houd-evaluatie" => zet("verslag", json!("Door de speler ingevuld verslag.")),
            "neem-verzoek-op" => {
                zet("afspraak", json!(self.scenario.afspraak));
                zet("wie", json!("een betrokkene"));
                zet("dossier", json!("Z26-0000000"));
            }
            "geef-signaal" => {
                zet("afspraak", json!(self.scenario.afspraak));
                zet("naam", json!("Noor Verzonnen"));
                zet("geboren", json!("2017-05-11"));
            }
            "zet-wachtdienst" => {
                zet("rang", json!("eerste"));
                zet("naam", json!("Kim Verzonnen"));
                zet("telefoon", json!("000 - 000 00 00"));
            }
            "geef-advies" => zet("antwoord", json!("Door de speler ingevuld advies.")),
            _ => {}
        }
        if let Some(Value::String(naam)) = met.get("advies").cloned() {
            let advies = self.namen.eigen.get(&(AdviesGebeurtenis::STROOM, naam.clone()));
            let advies = advies.ok_or_else(|| anyhow!("er is nog geen advies '{naam}'"))?;
            met.insert("advies".to_owned(), json!(advies));
        }
        if let Some(Value::String(naam)) = met.get("vrager").cloned() {
            let vrager = self.organisatie(&naam)?.ok_or_else(|| anyhow!("'{naam}' heeft geen organisatie"))?;
            met.insert("vrager".to_owned(), json!(vrager));
        }
        Ok(met)
    }

    /// What an act recorded as deviations with a reason.
    async fn eigen_afwijkingen(&mut self, stap: &Stap, stroom: CasusId, vanaf: u64) -> Result<()> {
        let Some(verwacht) = &stap.afwijkingen else { return Ok(()) };
        let rijen = self.samen.app.store().laad(stroom).await?;
        let afwijkingen: Vec<Afwijking> = if soort_van(&stap.doe) == Some(verzoeken::Gebeurtenis::STROOM) {
            let stroom = stroom_van::<verzoeken::Gebeurtenis>(&rijen)?;
            let verzoek = stroom.iter().fold(verzoeken::Verzoek::default(), verzoeken::evolve);
            verzoek.besluit.map(|besluit| besluit.afwijkingen).unwrap_or_default()
        } else if soort_van(&stap.doe) == Some(SpoorGebeurtenis::STROOM) {
            let stroom = stroom_van::<SpoorGebeurtenis>(&rijen)?;
            let nieuw = stroom.into_iter().filter(|vastlegging| vastlegging.versie >= vanaf);
            nieuw.flat_map(|vastlegging| spoor_afwijkingen(vastlegging.gebeurtenis)).collect()
        } else {
            let stroom = stroom_van::<AdviesGebeurtenis>(&rijen)?;
            let nieuw = stroom.into_iter().filter(|vastlegging| vastlegging.versie >= vanaf);
            nieuw.flat_map(|vastlegging| advies_afwijkingen(vastlegging.gebeurtenis)).collect()
        };
        let clausules: Vec<_> = afwijkingen.into_iter().map(|afwijking| afwijking.clausule.0).collect();
        moet!(Controle, clausules == *verwacht, "afgeweken van {clausules:?}, verwacht {verwacht:?}");
        verwacht.iter().for_each(|id| self.dekking.toets(id));
        Ok(())
    }

    pub(super) async fn eigen_controle(&mut self, controle: &Controle) -> Result<()> {
        if let Some(verwacht) = &controle.meldcode {
            self.spoor_controle(controle, verwacht).await?;
        }
        if let Some(verwacht) = &controle.advies {
            self.advies_controle(controle, verwacht).await?;
        }
        self.rondom_controle(controle).await
    }

    async fn spoor_controle(&mut self, controle: &Controle, verwacht: &VerwachtSpoor) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let stroom = self.namen.eigen.get(&(SpoorGebeurtenis::STROOM, verwacht.naam.clone())).copied();
        let id = SpoorId(stroom.ok_or_else(|| anyhow!("er is nog geen spoor '{}'", verwacht.naam))?.0);
        let beeld = self.samen.app.spoor(&self.actor(&verwacht.door, None, &geldig)?, id).await?;
        if let Some(klaar) = &verwacht.klaar {
            let is: Vec<_> = beeld.stappen.iter().filter(|stap| stap.klaar).map(|stap| stap.sleutel.clone()).collect();
            moet!(Controle, is == *klaar, "gedaan zijn {is:?}, verwacht {klaar:?}");
        }
        for (sleutel, clausules) in &verwacht.stappen {
            let stap = beeld.stappen.iter().find(|stap| stap.sleutel == *sleutel);
            let is: Vec<_> = stap.into_iter().flat_map(|stap| &stap.clausules).map(|id| id.0.clone()).collect();
            moet!(Controle, is == *clausules, "stap {sleutel} staat onder {is:?}, verwacht {clausules:?}");
            clausules.iter().for_each(|id| self.dekking.toets(id));
        }
        if let Some(open) = &verwacht.openstaand {
            let is: BTreeMap<_, _> =
                beeld.openstaand.iter().map(|(code, id, _)| (code.als_str().to_owned(), id.0.clone())).collect();
            moet!(Controle, is == *open, "nog te doen is {is:?}, verwacht {open:?}");
            open.values().for_each(|id| self.dekking.toets(id));
        }
        if let Some(uitkomst) = &verwacht.uitkomst {
            let is = beeld.uitkomst().map(|uitkomst| uitkomst.als_str());
            moet!(Controle, is.as_ref() == Some(uitkomst), "gewogen is {is:?}, verwacht {uitkomst}");
        }
        if let Some(gesloten) = verwacht.gesloten {
            moet!(Controle, beeld.staat.gesloten.is_some() == gesloten, "gesloten is {:?}", beeld.staat.gesloten);
        }
        if let Some(teksten) = &verwacht.dossier_van_ouders {
            let is: Vec<_> = beeld.voor_dossier_van_ouders().into_iter().map(|(_, tekst)| tekst).collect();
            moet!(Controle, is == *teksten, "in het dossier van ouders staat {is:?}, verwacht {teksten:?}");
        }
        for naam in &verwacht.onbekend_voor {
            let gezien = self.samen.app.spoor(&self.actor(naam, None, &geldig)?, id).await;
            moet!(Controle, matches!(gezien, Err(AppFout::NietGevonden)), "{naam} ziet het spoor");
        }
        Ok(())
    }

    async fn advies_controle(&mut self, controle: &Controle, verwacht: &VerwachtAdvies) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let stroom = self.namen.eigen.get(&(AdviesGebeurtenis::STROOM, verwacht.naam.clone())).copied();
        let id = AdviesId(stroom.ok_or_else(|| anyhow!("er is nog geen advies '{}'", verwacht.naam))?.0);
        let beeld = self.samen.app.advies(&self.actor(&verwacht.door, None, &geldig)?, id).await?;
        let regels = beeld.regels.iter().map(|(moment, id)| (moment.als_str().to_owned(), id.0.clone())).collect();
        let vormen = beeld.vormen.iter().map(|(sleutel, _, id)| (sleutel.clone(), id.0.clone())).collect();
        let contacten = geldig.bundel.inhoud.contact.values();
        let bellen = contacten.map(|contact| (contact.bereikbaar.clone(), contact.clausule.0.clone())).collect();
        let alle: [(&str, &Option<PerSleutel>, PerSleutel); 3] = [
            ("regels", &verwacht.regels, regels),
            ("vormen", &verwacht.vormen, vormen),
            ("bellen", &verwacht.bellen, bellen),
        ];
        for (wat, gevraagd, is) in alle {
            if let Some(gevraagd) = gevraagd {
                moet!(Controle, is == *gevraagd, "{wat}: {is:?}, verwacht {gevraagd:?}");
                gevraagd.values().for_each(|id| self.dekking.toets(id));
            }
        }
        if let Some(aantal) = verwacht.antwoorden {
            moet!(Controle, beeld.antwoorden.len() == aantal, "er zijn {} antwoorden", beeld.antwoorden.len());
        }
        for naam in &verwacht.onbekend_voor {
            let gezien = self.samen.app.advies(&self.actor(naam, None, &geldig)?, id).await;
            moet!(Controle, matches!(gezien, Err(AppFout::NietGevonden)), "{naam} ziet het advies");
        }
        Ok(())
    }
}

fn spoor_afwijkingen(gebeurtenis: SpoorGebeurtenis) -> Vec<Afwijking> {
    match gebeurtenis {
        SpoorGebeurtenis::SpoorBegonnen { afwijkingen, .. }
        | SpoorGebeurtenis::MeldenBesloten { afwijkingen, .. }
        | SpoorGebeurtenis::OudBesluitGenomen { afwijkingen, .. }
        | SpoorGebeurtenis::SpoorAfgesloten { afwijkingen, .. } => afwijkingen,
        _ => Vec::new(),
    }
}

fn advies_afwijkingen(gebeurtenis: AdviesGebeurtenis) -> Vec<Afwijking> {
    match gebeurtenis {
        AdviesGebeurtenis::AdviesGevraagd { afwijkingen, .. } => afwijkingen,
        _ => Vec::new(),
    }
}
