//! What a resolved bundle must have before the engine may run it.

use super::{
    AfspraakBestand, AfspraakFout, Bundel, Documentregel, Fase, GeldigeBundel, Grens, MeldAntwoord, PartijSoort,
    Wachtregel, ZichtMoment, beroepskracht::MELDCODESTAPPEN, routes, samenhang, vervulling,
};
use crate::{adviezen, commando::Commando, gebeurtenis::OverdrachtWijze, ids::ClausuleId, meldcode, weigering::Code};

/// All mistakes of a resolved bundle, told at the file and line where they can be mended.
pub(super) fn controleer(bundel: &Bundel, lagen: &[&AfspraakBestand]) -> Vec<AfspraakFout> {
    let mut fouten = Fouten { lagen, gevonden: Vec::new() };
    verplichte_regels(bundel, &mut fouten);
    namen(bundel, &mut fouten);
    partijen(bundel, &mut fouten);
    termijnen(bundel, &mut fouten);
    overeenkomst(bundel, &mut fouten);
    meldvragen(bundel, &mut fouten);
    bronnen(bundel, &mut fouten);
    let bekend = |clausule: &ClausuleId| {
        bundel.inhoud.clausule.contains_key(clausule) || bundel.inhoud.hiaat.contains_key(clausule)
    };
    let kop = bundel.eigen_laag().into_iter().flat_map(|laag| &laag.clausules);
    for clausule in kop.filter(|clausule| !bekend(clausule)) {
        fouten.in_kop("clausules", format!("de clausule {clausule} staat niet onder [clausule] of [hiaat]"));
    }
    for (sectie, sleutel, clausule) in geciteerd(bundel) {
        if !samenhang::hoort_bij(bundel, clausule) {
            let melding = format!("{clausule} is een clausule van een andere afspraak en kan hier geen grond zijn");
            fouten.bij(sectie, &sleutel, melding);
        } else if !bekend(clausule) {
            fouten.bij(sectie, &sleutel, format!("de clausule {clausule} staat niet onder [clausule] of [hiaat]"));
        }
    }
    fouten.gevonden
}

/// The routes of a bundle that lead nowhere, which depends on the days on which it is in force.
pub(super) fn routes(geldig: &GeldigeBundel, lagen: &[&AfspraakBestand]) -> Vec<AfspraakFout> {
    let mut fouten = Fouten { lagen, gevonden: Vec::new() };
    for bezwaar in routes::bezwaren(geldig) {
        fouten.bij(bezwaar.sectie, &bezwaar.sleutel, bezwaar.melding);
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
    for stap in MELDCODESTAPPEN.iter().filter(|stap| !inhoud.meldcodestap.contains_key(**stap)) {
        fouten.bij(
            "meldcodestap",
            stap,
            "deze stap van de meldcode ontbreekt; geef naam, uitleg, volgorde en clausule".into(),
        );
    }
    if !inhoud.sluiting.contains_key("stabiel-veilig") {
        fouten.bij("sluiting", "stabiel-veilig", "niet gezegd wanneer een casus eindigt".into());
    }
}

/// After which kinds of handover somebody may monitor; a kind of receiver may follow, as in `direct-lokaal-team`.
const MONITORING: [&str; 3] = ["direct", "na-voorwaarden-en-vervolg", "na-onderzoek"];

/// An act on a casus, a track of the meldcode or an advice.
fn is_handeling(naam: &str) -> bool {
    [Commando::NAMEN, meldcode::Commando::NAMEN, adviezen::Commando::NAMEN].iter().any(|namen| namen.contains(&naam))
}

/// A name that nothing answers to would be passed over in silence.
fn namen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    let inhoud = &bundel.inhoud;
    let punten = inhoud.aandachtspunt.iter().map(|(sleutel, punt)| ("aandachtspunt", sleutel, &punt.bij));
    let volgorde = inhoud.volgorde.iter().map(|(sleutel, regel)| ("volgorde", sleutel, &regel.bij));
    let taken = inhoud.taak.iter().map(|(sleutel, taak)| ("taak", sleutel, &taak.bij));
    for (sectie, sleutel, bij) in punten.chain(volgorde).chain(taken) {
        for naam in bij.iter().filter(|naam| !is_handeling(naam)) {
            fouten.bij(sectie, sleutel, format!("'{naam}' is geen handeling; verwacht werd bijvoorbeeld meld"));
        }
    }
    for naam in inhoud.bevoegd.keys().filter(|naam| !Commando::NAMEN.contains(&naam.as_str())) {
        let melding = format!("onbekende handeling; verwacht werd een van {}", Commando::NAMEN.join(", "));
        fouten.bij("bevoegd", naam, melding);
    }
    let bekend_na = |sleutel: &str| {
        MONITORING.iter().filter_map(|na| sleutel.strip_prefix(na)).any(|rest| {
            rest.is_empty() || PartijSoort::ALLE.iter().any(|soort| rest.strip_prefix('-') == Some(soort.als_str()))
        })
    };
    for sleutel in inhoud.monitoring.keys().filter(|sleutel| !bekend_na(sleutel)) {
        let melding =
            format!("onbekende monitoring; verwacht werd {}, met of zonder een soort partij", MONITORING.join(", "));
        fouten.bij("monitoring", sleutel, melding);
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
        let is_eigen = fouten.lagen.last().is_some_and(|laag| laag.inhoud.termijn.contains_key(soort));
        for melding in vervulling::bezwaren(bundel, regel, is_eigen) {
            fouten.bij("termijn", soort, melding);
        }
    }
}

/// Parties that are named elsewhere are parties, and periods have days.
fn overeenkomst(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    let inhoud = &bundel.inhoud;
    let contacten = inhoud.contact.iter().map(|(sleutel, contact)| ("contact", sleutel, &contact.partij));
    let routes = inhoud.meldroute.iter().map(|(sleutel, route)| ("meldroute", sleutel, &route.via));
    for (sectie, sleutel, partij) in contacten.chain(routes) {
        if let Some(id) = partij.as_ref().filter(|id| !inhoud.partij.contains_key(*id)) {
            fouten.bij(sectie, sleutel, format!("de partij '{id}' staat niet onder [partij]"));
        }
    }
    let delen = inhoud.pakket.iter().map(|(sleutel, deel)| ("pakket", sleutel, Some(deel.geldig_van), deel.geldig_tot));
    let perioden = inhoud.meldroute.iter().map(|(sleutel, route)| ("meldroute", sleutel, route.van, route.tot));
    for (sectie, sleutel, van, tot) in delen.chain(perioden) {
        if van.zip(tot).is_some_and(|(van, tot)| van.0 >= tot.0) {
            fouten.bij(sectie, sleutel, "dit geldt op geen dag: verwacht werd een begin voor het einde".into());
        }
    }
    for (sleutel, _) in inhoud.afspraaktermijn.iter().filter(|(_, regel)| !(1..=1200).contains(&regel.lengte)) {
        fouten.bij("afspraaktermijn", sleutel, "geef lengte (1 tot en met 1200)".into());
    }
    let kan = |regel: &Wachtregel| (1..=240).contains(&regel.minuten) && (1..=60).contains(&regel.dagen_vooruit);
    for (sleutel, _) in inhoud.wacht.iter().filter(|(_, regel)| !kan(regel)) {
        let melding = "geef minuten (1 tot en met 240) en dagen_vooruit (1 tot en met 60)";
        fouten.bij("wacht", sleutel, melding.into());
    }
}

/// A choice has something to choose, and an answer that does not go with a report is an answer.
fn meldvragen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    for (sleutel, vraag) in &bundel.inhoud.meldvraag {
        if (vraag.antwoord == MeldAntwoord::Keuze) != (vraag.keuzes.len() > 1) {
            let melding = "geef bij antwoord = \"keuze\" ten minste twee keuzes, en anders geen";
            fouten.bij("meldvraag", sleutel, melding.into());
        }
        for code in vraag.tegen.iter().flat_map(|tegen| &tegen.antwoorden).filter(|code| !vraag.kent(code)) {
            fouten.bij("meldvraag", sleutel, format!("'{code}' is geen antwoord op deze vraag"));
        }
    }
}

/// Nothing is asked without a ground, and no duty is due by a term that there is not.
fn bronnen(bundel: &Bundel, fouten: &mut Fouten<'_>) {
    for (sleutel, plicht) in &bundel.inhoud.plicht {
        if let Some(soort) = plicht.termijn.as_ref().filter(|soort| !bundel.inhoud.termijn.contains_key(*soort)) {
            fouten.bij("plicht", sleutel, format!("de termijn '{soort}' staat niet onder [termijn]"));
        }
        if let Some(soort) = plicht.document.as_ref().filter(|soort| !bundel.inhoud.document.contains_key(*soort)) {
            fouten.bij("plicht", sleutel, format!("het document '{soort}' staat niet onder [document]"));
        }
    }
    for (sleutel, bron) in &bundel.inhoud.bron {
        if !bundel.inhoud.grondslag.contains_key(&bron.grondslag) {
            fouten.bij("bron", sleutel, format!("de grondslag '{}' staat niet onder [grondslag]", bron.grondslag));
        }
    }
}

/// Every clause that an entry cites, with the entry.
pub(super) fn geciteerd<'a>(bundel: &'a Bundel) -> Vec<(&'static str, String, &'a ClausuleId)> {
    let i = &bundel.inhoud;
    let mut alle: Vec<(&'static str, String, &'a ClausuleId)> = Vec::new();
    alle.extend(i.zicht.iter().map(|(moment, regel)| ("zicht", sleutel_van(*moment), &regel.grond)));
    alle.extend(i.overgang.iter().map(|(k, v)| ("overgang", k.clone(), &v.grond)));
    alle.extend(i.onderdeel.iter().map(|(k, v)| ("onderdeel", k.clone(), &v.clausule)));
    alle.extend(i.criterium.iter().map(|(k, v)| ("criterium", k.clone(), &v.clausule)));
    alle.extend(i.criterium.iter().flat_map(|(k, v)| v.ook.iter().map(move |ook| ("criterium", k.clone(), ook))));
    alle.extend(i.plicht.iter().map(|(k, v)| ("plicht", k.clone(), &v.clausule)));
    alle.extend(i.plicht.iter().flat_map(|(k, v)| v.ook.iter().map(move |ook| ("plicht", k.clone(), ook))));
    alle.extend(i.oordeel.iter().map(|(k, v)| ("oordeel", k.clone(), &v.clausule)));
    alle.extend(i.vervolgpartij.iter().map(|(k, v)| ("vervolgpartij", k.clone(), &v.clausule)));
    alle.extend(i.grondslag.iter().map(|(k, v)| ("grondslag", k.clone(), &v.clausule)));
    alle.extend(i.bron.iter().map(|(k, v)| ("bron", k.clone(), &v.clausule)));
    alle.extend(i.bron.iter().flat_map(|(k, v)| v.ook.iter().map(move |ook| ("bron", k.clone(), ook))));
    alle.extend(i.regel.iter().map(|(k, v)| ("regel", k.als_str().to_owned(), &v.clausule)));
    alle.extend(i.bevoegd.iter().map(|(k, v)| ("bevoegd", k.clone(), &v.clausule)));
    alle.extend(i.termijn.iter().map(|(k, v)| ("termijn", k.clone(), &v.clausule)));
    alle.extend(i.termijn.iter().filter_map(|(k, v)| v.hiaat.as_ref().map(|hiaat| ("termijn", k.clone(), hiaat))));
    alle.extend(i.monitoring.iter().map(|(k, v)| ("monitoring", k.clone(), &v.clausule)));
    for (k, v) in &i.dienst {
        let keuze = v.keuzecriteria.values().map(|criterium| &criterium.clausule);
        alle.extend(std::iter::once(&v.clausule).chain(keuze).map(|clausule| ("dienst", k.clone(), clausule)));
    }
    alle.extend(i.gesprekspunt.iter().map(|(k, v)| ("gesprekspunt", k.clone(), &v.clausule)));
    alle.extend(i.regievoorwaarde.iter().map(|(k, v)| ("regievoorwaarde", k.clone(), &v.clausule)));
    alle.extend(i.monitorvraag.iter().map(|(k, v)| ("monitorvraag", k.clone(), &v.clausule)));
    alle.extend(i.monitoruitkomst.iter().map(|(k, v)| ("monitoruitkomst", k.clone(), &v.clausule)));
    alle.extend(i.afspraaktermijn.iter().map(|(k, v)| ("afspraaktermijn", k.clone(), &v.clausule)));
    let hiaten = i.afspraaktermijn.iter().filter_map(|(k, v)| Some((k, v.hiaat.as_ref()?)));
    alle.extend(hiaten.map(|(k, hiaat)| ("afspraaktermijn", k.clone(), hiaat)));
    alle.extend(i.escalatie.iter().map(|(k, v)| ("escalatie", k.clone(), &v.clausule)));
    alle.extend(i.contact.iter().map(|(k, v)| ("contact", k.clone(), &v.clausule)));
    alle.extend(i.volgorde.iter().map(|(k, v)| ("volgorde", k.clone(), &v.clausule)));
    alle.extend(i.pakket.iter().map(|(k, v)| ("pakket", k.clone(), &v.clausule)));
    alle.extend(i.meldroute.iter().map(|(k, v)| ("meldroute", k.clone(), &v.clausule)));
    alle.extend(i.meldvraag.iter().map(|(k, v)| ("meldvraag", k.clone(), &v.clausule)));
    let tegen = i.meldvraag.iter().filter_map(|(k, v)| Some((k, v.tegen.as_ref()?)));
    alle.extend(tegen.map(|(k, tegen)| ("meldvraag", k.clone(), &tegen.clausule)));
    alle.extend(i.meldinstrument.iter().map(|(k, v)| ("meldinstrument", k.clone(), &v.clausule)));
    alle.extend(i.document.iter().map(|(k, v)| ("document", k.clone(), &v.clausule)));
    let ook_naar = i.document.iter().filter_map(|(k, v)| Some((k, v.ook_naar_ontvanger.as_ref()?)));
    alle.extend(ook_naar.map(|(k, clausule)| ("document", k.clone(), clausule)));
    let delen = |(k, v): (&String, &'a Documentregel)| {
        let sleutel = k.clone();
        v.deel.values().map(move |deel| ("document", sleutel.clone(), &deel.clausule))
    };
    alle.extend(i.document.iter().flat_map(delen));
    alle.extend(i.woord.iter().map(|(k, v)| ("woord", k.clone(), &v.clausule)));
    alle.extend(i.meldcodestap.iter().map(|(k, v)| ("meldcodestap", k.clone(), &v.clausule)));
    alle.extend(i.meldcodestap.iter().flat_map(|(k, v)| v.ook.iter().map(move |ook| ("meldcodestap", k.clone(), ook))));
    alle.extend(i.adviesvorm.iter().map(|(k, v)| ("adviesvorm", k.clone(), &v.clausule)));
    alle.extend(i.advies.iter().map(|(k, v)| ("advies", k.als_str().to_owned(), &v.clausule)));
    alle.extend(i.mijlpaal.iter().map(|(k, v)| ("mijlpaal", k.clone(), &v.clausule)));
    alle.extend(i.taak.iter().map(|(k, v)| ("taak", k.clone(), &v.clausule)));
    let indexen = i.verwijsindex.iter();
    alle.extend(indexen.flat_map(|(k, v)| [&v.clausule, &v.hiaat].map(|id| ("verwijsindex", k.clone(), id))));
    alle.extend(i.afscherming.iter().map(|(k, v)| ("afscherming", k.clone(), &v.clausule)));
    alle.extend(i.aandachtspunt.iter().map(|(k, v)| ("aandachtspunt", k.clone(), &v.clausule)));
    alle.extend(geciteerd_samen(bundel));
    alle.extend(i.sluiting.iter().map(|(k, v)| ("sluiting", k.clone(), &v.clausule)));
    alle.extend(i.sluiting.iter().flat_map(|(k, v)| {
        v.voorwaarden.values().map(move |voorwaarde| ("sluiting", k.clone(), &voorwaarde.clausule))
    }));
    alle.extend(i.partij.iter().flat_map(|(k, v)| v.clausules.iter().map(move |id| ("partij", k.0.clone(), id))));
    alle.extend(i.gemeente.iter().filter_map(|(k, v)| v.geen_ontvanger.as_ref().map(|id| ("gemeente", k.clone(), id))));
    alle.extend(i.gemeente.iter().flat_map(|(k, v)| v.clausules.iter().map(move |id| ("gemeente", k.clone(), id))));
    alle
}

/// The same, of the plan, of what the parties do together, and of alarms.
fn geciteerd_samen(bundel: &Bundel) -> Vec<(&'static str, String, &ClausuleId)> {
    let i = &bundel.inhoud;
    let mut alle: Vec<(&'static str, String, &ClausuleId)> = Vec::new();
    alle.extend(i.wacht.iter().flat_map(|(k, v)| [&v.clausule, &v.hiaat].map(|id| ("wacht", k.clone(), id))));
    alle.extend(i.steunvorm.iter().map(|(k, v)| ("steunvorm", k.clone(), &v.clausule)));
    alle.extend(i.maatregel.iter().map(|(k, v)| ("maatregel", k.clone(), &v.clausule)));
    alle.extend(i.plan.iter().map(|(k, v)| ("plan", k.clone(), &v.clausule)));
    alle.extend(
        i.plan.iter().flat_map(|(k, v)| v.onderdelen.values().map(move |deel| ("plan", k.clone(), &deel.clausule))),
    );
    alle
}

fn sleutel_van(moment: ZichtMoment) -> String {
    let json = serde_json::to_value(moment).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
