//! What a resolved bundle must have before the engine may run it.

use super::{AfspraakBestand, AfspraakFout, Bundel, Fase, Grens, PartijSoort, ZichtMoment};
use crate::{commando::Commando, gebeurtenis::OverdrachtWijze, ids::ClausuleId, weigering::Code};

/// All mistakes of a resolved bundle, told at the file and line where they can be mended.
pub(super) fn controleer(bundel: &Bundel, lagen: &[&AfspraakBestand]) -> Vec<AfspraakFout> {
    let mut fouten = Fouten { lagen, gevonden: Vec::new() };
    verplichte_regels(bundel, &mut fouten);
    namen(bundel, &mut fouten);
    partijen(bundel, &mut fouten);
    termijnen(bundel, &mut fouten);
    let bekend = |clausule: &ClausuleId| {
        bundel.inhoud.clausule.contains_key(clausule) || bundel.inhoud.hiaat.contains_key(clausule)
    };
    let kop = bundel.eigen_laag().into_iter().flat_map(|laag| &laag.clausules);
    for clausule in kop.filter(|clausule| !bekend(clausule)) {
        fouten.in_kop("clausules", format!("de clausule {clausule} staat niet onder [clausule] of [hiaat]"));
    }
    for (sectie, sleutel, clausule) in geciteerd(bundel) {
        if !bekend(clausule) {
            fouten.bij(sectie, &sleutel, format!("de clausule {clausule} staat niet onder [clausule] of [hiaat]"));
        }
    }
    fouten.gevonden
}

struct Fouten<'a> {
    lagen: &'a [&'a AfspraakBestand],
    gevonden: Vec<AfspraakFout>,
}

impl Fouten<'_> {
    /// Tells a mistake in the head of the region's own file.
    fn in_kop(&mut self, sleutel: &str, melding: String) {
        self.gevonden.extend(self.lagen.last().map(|eigen| AfspraakFout {
            bestand: eigen.bron.bestand.clone(),
            regel: eigen.bron.regel_met(sleutel),
            melding,
        }));
    }

    /// Tells a mistake at the topmost layer that has the entry, else at line 1 of the region's own file.
    fn bij(&mut self, sectie: &str, sleutel: &str, melding: String) {
        let plekken = self.lagen.iter().rev().map(|laag| (laag, laag.bron.regel_van(sectie, sleutel)));
        let plek = plekken.clone().find(|(_, regel)| *regel > 1).or_else(|| plekken.clone().next());
        if let Some((laag, regel)) = plek {
            let melding = format!("[{sectie}.{sleutel}]: {melding}");
            self.gevonden.push(AfspraakFout { bestand: laag.bron.bestand.clone(), regel, melding });
        }
    }
}

fn verplichte_regels(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    let inhoud = &bundel.inhoud;
    for code in Code::ALLE.iter().filter(|code| !inhoud.regel.contains_key(code)) {
        fouten.bij("regel", code.als_str(), "deze regel ontbreekt; geef soort en clausule".into());
    }
    for naam in Commando::NAMEN.iter().filter(|naam| !inhoud.bevoegd.contains_key(**naam)) {
        fouten.bij("bevoegd", naam, "niet gezegd wie dit mag; geef wie en clausule".into());
    }
    use ZichtMoment::*;
    let momenten = [
        BeroepskrachtOpen,
        AndereMelder,
        Politie,
        Spoed,
        Beoordeling,
        Kalender,
        Overname,
        TerugNaGeenStappen,
        OvernameNaMonitoring,
        Verplaatsing,
        Regie,
        Crisis,
    ];
    for moment in momenten.iter().filter(|moment| !inhoud.zicht.contains_key(moment)) {
        fouten.bij("zicht", &sleutel_van(*moment), "dit moment ontbreekt; geef de grond".into());
    }
    if let Some(regel) = inhoud.zicht.get(&Kalender) {
        let goed = regel.werkdagen.is_some_and(|dagen| (1..=60).contains(&dagen)) && regel.grens.is_some();
        if !goed {
            let melding =
                format!("geef werkdagen (1 tot en met 60) en grens ({:?} of {:?})", Grens::Begin, Grens::Einde);
            fouten.bij("zicht", "kalender", melding.to_lowercase());
        }
    }
    for fase in Fase::ALLE.iter().filter(|fase| !inhoud.overgang.contains_key(fase.als_str())) {
        fouten.bij("overgang", fase.als_str(), "niet gezegd wanneer het zicht overgaat".into());
    }
    if !inhoud.sluiting.contains_key("stabiel-veilig") {
        fouten.bij("sluiting", "stabiel-veilig", "niet gezegd wanneer een casus eindigt".into());
    }
}

/// A name that nothing answers to would be passed over in silence.
fn namen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    let inhoud = &bundel.inhoud;
    for (sleutel, punt) in &inhoud.aandachtspunt {
        for naam in punt.bij.iter().filter(|naam| !Commando::NAMEN.contains(&naam.as_str())) {
            fouten.bij(
                "aandachtspunt",
                sleutel,
                format!("'{naam}' is geen handeling; verwacht werd bijvoorbeeld meld"),
            );
        }
    }
    for naam in inhoud.bevoegd.keys().filter(|naam| !Commando::NAMEN.contains(&naam.as_str())) {
        let melding = format!("onbekende handeling; verwacht werd een van {}", Commando::NAMEN.join(", "));
        fouten.bij("bevoegd", naam, melding);
    }
    let per_soort = |fase: &Fase| PartijSoort::ALLE.map(|soort| format!("{}-{}", fase.als_str(), soort.als_str()));
    let bekend: Vec<_> = Fase::ALLE.iter().map(|fase| fase.als_str().to_owned()).collect();
    let bekend: Vec<_> = bekend.into_iter().chain(Fase::ALLE.iter().flat_map(per_soort)).collect();
    for (sleutel, overgang) in &inhoud.overgang {
        if !bekend.contains(sleutel) {
            let melding = "onbekende overgang; verwacht werd een fase, of een fase en een soort partij";
            fouten.bij("overgang", sleutel, format!("{melding}, zoals direct of na-dienst-lokaal-team"));
        }
        let onbekend = |wijze: &&String| serde_json::from_value::<OverdrachtWijze>((**wijze).clone().into()).is_err();
        for wijze in overgang.wijzen.iter().filter(onbekend) {
            fouten.bij(
                "overgang",
                sleutel,
                format!("onbekende wijze '{wijze}'; verwacht werd overdrachtstafel, telefoon of digitaal"),
            );
        }
    }
}

fn partijen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    if bundel.lagen.len() > 1 && bundel.veilig_thuis().is_none() {
        fouten.bij("partij", "veilig-thuis", "er is geen partij met soort veilig-thuis".into());
    }
    for (id, partij) in &bundel.inhoud.partij {
        for gemeente in partij.gemeenten.iter().filter(|gemeente| !bundel.inhoud.gemeente.contains_key(*gemeente)) {
            fouten.bij("partij", id.als_str(), format!("de gemeente '{gemeente}' staat niet onder [gemeente]"));
        }
    }
}

fn termijnen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    for (soort, regel) in bundel.inhoud.termijn.iter().filter(|(_, regel)| !regel.geen) {
        let compleet = regel.anker.is_some()
            && regel.eenheid.is_some()
            && regel.wie.is_some()
            && regel.vervuld_door.is_some()
            && (0..=1200).contains(&regel.lengte);
        if !compleet {
            let melding = "geef anker, lengte (0 tot en met 1200), eenheid, wie en vervuld_door, of geen = true";
            fouten.bij("termijn", soort, melding.into());
        }
    }
}

/// Every clause that an entry cites, with the entry.
fn geciteerd(bundel: &Bundel) -> Vec<(&'static str, String, &ClausuleId)> {
    let i = &bundel.inhoud;
    let mut alle: Vec<(&'static str, String, &ClausuleId)> = Vec::new();
    alle.extend(i.zicht.iter().map(|(moment, regel)| ("zicht", sleutel_van(*moment), &regel.grond)));
    alle.extend(i.overgang.iter().map(|(k, v)| ("overgang", k.clone(), &v.grond)));
    alle.extend(i.onderdeel.iter().map(|(k, v)| ("onderdeel", k.clone(), &v.clausule)));
    alle.extend(i.criterium.iter().map(|(k, v)| ("criterium", k.clone(), &v.clausule)));
    alle.extend(i.criterium.iter().flat_map(|(k, v)| v.ook.iter().map(move |ook| ("criterium", k.clone(), ook))));
    alle.extend(i.regel.iter().map(|(k, v)| ("regel", k.als_str().to_owned(), &v.clausule)));
    alle.extend(i.bevoegd.iter().map(|(k, v)| ("bevoegd", k.clone(), &v.clausule)));
    alle.extend(i.termijn.iter().map(|(k, v)| ("termijn", k.clone(), &v.clausule)));
    alle.extend(i.termijn.iter().filter_map(|(k, v)| v.hiaat.as_ref().map(|hiaat| ("termijn", k.clone(), hiaat))));
    alle.extend(i.monitoring.iter().map(|(k, v)| ("monitoring", k.clone(), &v.clausule)));
    alle.extend(i.dienst.iter().map(|(k, v)| ("dienst", k.clone(), &v.clausule)));
    alle.extend(
        i.dienst.iter().flat_map(|(k, v)| {
            v.keuzecriteria.values().map(move |criterium| ("dienst", k.clone(), &criterium.clausule))
        }),
    );
    alle.extend(i.gesprekspunt.iter().map(|(k, v)| ("gesprekspunt", k.clone(), &v.clausule)));
    alle.extend(i.monitorvraag.iter().map(|(k, v)| ("monitorvraag", k.clone(), &v.clausule)));
    alle.extend(i.monitoruitkomst.iter().map(|(k, v)| ("monitoruitkomst", k.clone(), &v.clausule)));
    alle.extend(i.aandachtspunt.iter().map(|(k, v)| ("aandachtspunt", k.clone(), &v.clausule)));
    alle.extend(i.sluiting.iter().map(|(k, v)| ("sluiting", k.clone(), &v.clausule)));
    alle.extend(i.sluiting.iter().flat_map(|(k, v)| {
        v.voorwaarden.values().map(move |voorwaarde| ("sluiting", k.clone(), &voorwaarde.clausule))
    }));
    alle.extend(i.partij.iter().flat_map(|(k, v)| v.clausules.iter().map(move |id| ("partij", k.0.clone(), id))));
    alle.extend(i.gemeente.iter().flat_map(|(k, v)| v.clausules.iter().map(move |id| ("gemeente", k.clone(), id))));
    alle
}

fn sleutel_van(moment: ZichtMoment) -> String {
    let json = serde_json::to_value(moment).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::geciteerd;
    use crate::proef::afspraken;
    use std::collections::BTreeSet;

    /// A clause that no entry cites would be a text that does nothing. Of the base a region may replace every citation.
    #[test]
    fn elke_eigen_clausule_van_een_regio_doet_iets() {
        for geldig in afspraken().alle() {
            let bundel = &geldig.bundel;
            let mut gebruikt: BTreeSet<_> = geciteerd(bundel).into_iter().map(|(_, _, id)| id).collect();
            gebruikt.extend(bundel.lagen.iter().flat_map(|laag| &laag.clausules));
            let eigen = bundel.inhoud.clausule.keys().filter(|id| bundel.is_eigen(id));
            let dood: Vec<_> = eigen.filter(|id| !gebruikt.contains(id)).map(|id| id.als_str()).collect();
            assert!(dood.is_empty(), "{}: {dood:?}", bundel.afspraak);
        }
    }
}
