//! The agreements that the engine runs, readable: editions, and everything that one of them says.

mod lijsten;
pub mod verschil;

pub(super) use lijsten::soorten;

use super::{
    overdracht::{lengte, vanaf},
    tekst,
};
use crate::{
    Toestand,
    frame::kader,
    opmaak,
    pages::{
        afspraken::*,
        kader::Plek,
        onderdelen::{Link, Pil, Status},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    afspraak::{
        Bundel, Doelgroep, GeldigeBundel, Gemeente, Grens, Laag, Partij, PartijSoort, Soort, TermijnRegel, Wie,
        ZichtMoment, ZichtRegel,
    },
    ids::ClausuleId,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of the fingerprint that are shown.
const VINGERAFDRUK_TEKENS: usize = 12;

/// All agreements.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let vandaag = toestand.app.klok().nu().dag();
    let kader = kader(&toestand, &wie, Some(Plek::Afspraken)).await?;
    Ok(pagina(&AfsprakenPagina { kader, regios: regios(toestand.app.afspraken().alle(), vandaag) }))
}

/// One edition.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((afspraak, editie)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let vandaag = toestand.app.klok().nu().dag();
    let geldig = zoek(toestand.app.afspraken().alle(), &afspraak, &editie).ok_or(WebFout::NietGevonden)?;
    let bundel = &geldig.bundel;
    let laag = bundel.eigen_laag().ok_or(WebFout::NietGevonden)?;
    let lees = Lezer { toestand: &toestand, bundel };
    Ok(pagina(&AfspraakPagina {
        kader: kader(&toestand, &wie, Some(Plek::Afspraken)).await?,
        titel: laag.titel.clone(),
        editie: opmaak::hoofdletter(&versie(laag)),
        geldig: format!("{}. Bron: {}.", opmaak::hoofdletter(&periode(geldig.van, geldig.tot)), laag.document),
        pil: pil(geldig.van, geldig.tot, vandaag),
        basis: basis(bundel),
        vingerafdruk: geldig.hash.als_str().chars().take(VINGERAFDRUK_TEKENS).collect(),
        partijen: bundel.inhoud.partij.values().map(partij).collect(),
        gemeenten: bundel.inhoud.gemeente.iter().map(|(naam, gemeente)| gemeenterij(bundel, naam, gemeente)).collect(),
        overgangen: lees.overgangen(),
        termijnen: bundel.inhoud.termijn.values().map(|regel| lees.termijn(regel)).collect(),
        criteria: lees.criteria(),
        lijsten: lees.lijsten(),
        vergelijk: verschil::vergelijkingen(toestand.app.afspraken().alle(), geldig),
        clausules: lees.clausules(),
        hiaten: bundel
            .inhoud
            .hiaat
            .iter()
            .map(|(id, hiaat)| HiaatRij {
                id: id.0.clone(),
                wat_ontbreekt: hiaat.vraag.clone(),
                lezing: hiaat.lezing.clone(),
            })
            .collect(),
    }))
}

/// The newest bundle with this edition as its own layer.
fn zoek<'a>(alle: &'a [GeldigeBundel], afspraak: &str, editie: &str) -> Option<&'a GeldigeBundel> {
    let eigen = alle.iter().filter(|geldig| geldig.bundel.afspraak.als_str() == afspraak);
    let met_editie = eigen.filter(|geldig| geldig.bundel.eigen_laag().is_some_and(|laag| laag.editie == editie));
    met_editie.max_by_key(|geldig| geldig.van)
}

/// The base first, then the regions by name; editions newest first.
fn regios(alle: &[GeldigeBundel], vandaag: Date) -> Vec<AfspraakRegio> {
    let mut per_afspraak: BTreeMap<(bool, &str), Vec<&GeldigeBundel>> = BTreeMap::new();
    for geldig in alle {
        let is_regio = geldig.bundel.lagen.len() > 1;
        per_afspraak.entry((is_regio, geldig.bundel.afspraak.als_str())).or_default().push(geldig);
    }
    let regio = |((is_regio, id), mut edities): ((bool, &str), Vec<&GeldigeBundel>)| {
        edities.sort_by_key(|geldig| std::cmp::Reverse(geldig.van));
        let nieuwste = edities.first().map(|geldig| &geldig.bundel)?;
        Some(AfspraakRegio {
            id: id.to_owned(),
            naam: nieuwste.eigen_laag().map(|laag| laag.titel.clone()).unwrap_or_default(),
            kenmerk: if is_regio { kenmerk(nieuwste, vandaag) } else { "de basis van elke regio".to_owned() },
            edities: edities.iter().filter_map(|geldig| editie(geldig, vandaag)).collect(),
        })
    };
    per_afspraak.into_iter().filter_map(regio).collect()
}

/// Municipalities that exist today, and parties.
fn kenmerk(bundel: &Bundel, vandaag: Date) -> String {
    let tel = |aantal: usize| u64::try_from(aantal).unwrap_or(u64::MAX);
    let bestaat = bundel.inhoud.gemeente.values().filter(|gemeente| gemeente.bestaat_op(vandaag)).count();
    let gemeenten = opmaak::aantal(tel(bestaat), "gemeente", "gemeenten");
    let partijen = opmaak::aantal(tel(bundel.inhoud.partij.len()), "partij", "partijen");
    format!("{gemeenten}, {partijen}")
}

fn editie(geldig: &GeldigeBundel, vandaag: Date) -> Option<Editie> {
    let laag = geldig.bundel.eigen_laag()?;
    Some(Editie {
        link: Link::new(format!("{}, {}", laag.document, versie(laag)), adres(laag)),
        geldig: periode(geldig.van, geldig.tot),
        pil: pil(geldig.van, geldig.tot, vandaag),
    })
}

fn adres(laag: &Laag) -> String {
    format!("/afspraken/{}/{}", laag.afspraak, laag.editie)
}

/// `versie van 4 juli 2024`, or the name of the edition when that is no date.
pub(super) fn versie(laag: &Laag) -> String {
    match laag.editie.parse::<Date>() {
        Ok(dag) => format!("versie van {}", dag_maand_jaar(dag)),
        Err(_) => format!("versie {}", laag.editie),
    }
}

fn dag_maand_jaar(dag: Date) -> String {
    format!("{}{}{}", opmaak::dag_maand(dag), opmaak::VASTE_SPATIE, dag.year())
}

fn periode(van: Date, tot: Option<Date>) -> String {
    let vanaf = format!("geldt vanaf {}", dag_maand_jaar(van));
    tot.map_or_else(|| vanaf.clone(), |tot| format!("{vanaf} tot {}", dag_maand_jaar(tot)))
}

fn pil(van: Date, tot: Option<Date>, vandaag: Date) -> Pil {
    if vandaag < van {
        Pil::new(Status::Later, format!("Gaat in op {}", dag_maand_jaar(van)))
    } else if tot.is_some_and(|tot| vandaag >= tot) {
        Pil::new(Status::Vervallen, "Verlopen")
    } else {
        Pil::new(Status::Gehaald, "Geldt nu")
    }
}

fn basis(bundel: &Bundel) -> Option<Link> {
    let onder = bundel.lagen.len().checked_sub(2).and_then(|index| bundel.lagen.get(index))?;
    Some(Link::new(format!("{}, {}", onder.titel, versie(onder)), adres(onder)))
}

fn partij(partij: &Partij) -> String {
    let soort = match partij.soort {
        PartijSoort::VeiligThuis => "Veilig Thuis",
        PartijSoort::LokaalTeam => "lokaal team",
        PartijSoort::Jeugdgezondheidszorg => "jeugdgezondheidszorg",
        PartijSoort::GecertificeerdeInstelling => "gecertificeerde instelling",
        PartijSoort::Crisisdienst => "crisisdienst",
        PartijSoort::Politie => "politie",
        PartijSoort::RaadVoorDeKinderbescherming => "Raad voor de Kinderbescherming",
        PartijSoort::Beroepskracht => "beroepskracht",
        PartijSoort::Gemeente => "gemeente",
        PartijSoort::Anders => "andere partij",
    };
    match partij.doelgroep.and_then(Doelgroep::voor) {
        Some(doelgroep) => format!("{} ({soort}, voor {doelgroep})", partij.naam),
        None => format!("{} ({soort})", partij.naam),
    }
}

fn gemeenterij(bundel: &Bundel, naam: &str, gemeente: &Gemeente) -> GemeenteRij {
    let namen: Vec<_> = bundel
        .ontvangers(naam, domain::afspraak::Fase::Direct)
        .into_iter()
        .map(|(_, partij)| partij.naam.as_str())
        .collect();
    let ontvangers = match (gemeente.tot, &gemeente.opgegaan_in, namen.is_empty()) {
        (Some(tot), Some(nieuw), _) => format!("bestond tot {}; daarna {nieuw}", dag_maand_jaar(tot.0)),
        (_, _, true) => "geen team met deze taak: Veilig Thuis draagt hier niet direct over".to_owned(),
        (_, _, false) => namen.join(", "),
    };
    let naam = gemeente.van.map_or_else(|| naam.to_owned(), |van| format!("{naam} (vanaf {})", dag_maand_jaar(van.0)));
    GemeenteRij { gemeente: naam, ontvangers }
}

/// Reads a bundle for people.
struct Lezer<'a> {
    toestand: &'a Toestand,
    bundel: &'a Bundel,
}

impl Lezer<'_> {
    fn plaats(&self, id: &ClausuleId) -> String {
        tekst::clausule(self.toestand, self.bundel, id).plaats
    }

    fn overgangen(&self) -> Vec<OvergangRij> {
        let zicht = zichtmomenten(&self.bundel.inhoud.zicht).into_iter().map(|(wanneer, van_naar, regel)| {
            OvergangRij { wanneer, van_naar: van_naar.to_owned(), plaats: self.plaats(&regel.grond) }
        });
        let soorten = [(PartijSoort::LokaalTeam, "een lokaal team"), (PartijSoort::Anders, "een andere ontvanger")];
        let direct = soorten.into_iter().filter_map(|(soort, naar)| {
            let regel = self.bundel.overgang(domain::afspraak::Fase::Direct, soort)?;
            Some(OvergangRij {
                wanneer: format!("Directe overdracht: {}", regel.naam),
                van_naar: format!("van Veilig Thuis naar {naar}"),
                plaats: self.plaats(&regel.grond),
            })
        });
        zicht.chain(direct).collect()
    }

    fn termijn(&self, regel: &TermijnRegel) -> TermijnRij {
        TermijnRij {
            naam: regel.naam.clone(),
            lengte: match (regel.geen, lengte(regel.lengte, regel.eenheid)) {
                (true, _) => "geen termijn".to_owned(),
                (false, lengte) if regel.streven => format!("{lengte} (streven)"),
                (false, lengte) => lengte,
            },
            vanaf: vanaf(regel.anker).to_owned(),
            wie: regel.wie.map(wie).unwrap_or_default().to_owned(),
            plaats: self.plaats(&regel.clausule),
        }
    }

    fn criteria(&self) -> Vec<CriteriumRij> {
        let rij = |(_, criterium): (&str, &domain::afspraak::Criterium)| CriteriumRij {
            vraag: criterium.vraag.clone(),
            soort: criterium.soort.map_or("moet beantwoord zijn; een ja weigert niets", soort).to_owned(),
            plaats: self.plaats(&criterium.clausule),
        };
        self.bundel.criteria().into_iter().map(rij).collect()
    }

    /// The region's own clauses, then the base's, then our readings, so that every reference finds its place.
    fn clausules(&self) -> Vec<ClausuleRij> {
        let gebruik = gebruik(self.bundel);
        let mut ids: Vec<_> = self.bundel.inhoud.clausule.keys().collect();
        ids.sort_by_key(|id| (!self.bundel.is_eigen(id), natuurlijk(&id.0)));
        let mut rijen: Vec<_> = ids
            .into_iter()
            .filter_map(|id| {
                let clausule = self.bundel.inhoud.clausule.get(id)?;
                Some(ClausuleRij {
                    id: id.0.clone(),
                    anker: tekst::anker(id),
                    tekst: clausule.tekst.clone(),
                    plaats: self.plaats(id),
                    soort: gebruik.get(id).copied().unwrap_or("achtergrond").to_owned(),
                })
            })
            .collect();
        let mut hiaten: Vec<_> = self.bundel.inhoud.hiaat.iter().collect();
        hiaten.sort_by_key(|(id, _)| natuurlijk(&id.0));
        rijen.extend(hiaten.into_iter().map(|(id, hiaat)| ClausuleRij {
            id: id.0.clone(),
            anker: tekst::anker(id),
            tekst: format!("{} Onze lezing: {}", hiaat.vraag, hiaat.lezing),
            plaats: "staat niet in de afspraak".to_owned(),
            soort: "onze lezing, niet de tekst van de partijen".to_owned(),
        }));
        rijen
    }
}

/// When the zicht changes hands before and back to Veilig Thuis. Where every report makes Veilig Thuis the holder from
/// receipt, the moments after receipt change nothing and are left out.
fn zichtmomenten(regels: &BTreeMap<ZichtMoment, ZichtRegel>) -> Vec<(String, &'static str, &ZichtRegel)> {
    const BIJ_VT: &str = "naar Veilig Thuis";
    let elke = regels.contains_key(&ZichtMoment::ElkeMelding);
    let rij = |(moment, regel)| -> Option<(String, &'static str, &ZichtRegel)> {
        let (wanneer, naar) = match moment {
            ZichtMoment::Regie | ZichtMoment::Crisis => return None,
            ZichtMoment::OvernameNaMonitoring => {
                ("Veilig Thuis neemt het zicht terug bij een monitormoment".to_owned(), BIJ_VT)
            }
            ZichtMoment::Verplaatsing => ("Een melding gaat naar een andere casus".to_owned(), BIJ_VT),
            ZichtMoment::ElkeMelding => ("Er komt een melding binnen, van wie dan ook".to_owned(), BIJ_VT),
            ZichtMoment::Overname => ("Veilig Thuis besluit het zicht over te nemen".to_owned(), BIJ_VT),
            ZichtMoment::TerugNaGeenStappen => {
                ("Een nieuwe melding vraagt geen verdere stappen".to_owned(), "terug naar wie het had")
            }
            _ if elke => return None,
            ZichtMoment::BeroepskrachtOpen => (
                "Een beroepskracht meldt open, en niemand heeft het zicht nog".to_owned(),
                "naar de organisatie die meldt",
            ),
            ZichtMoment::AndereMelder => ("Iemand anders meldt, of de melding is niet open".to_owned(), BIJ_VT),
            ZichtMoment::Politie => ("De politie meldt".to_owned(), BIJ_VT),
            ZichtMoment::Spoed => ("Veilig Thuis legt vast dat de melding spoed heeft".to_owned(), BIJ_VT),
            ZichtMoment::Beoordeling => ("De veiligheidsbeoordeling is vastgelegd".to_owned(), BIJ_VT),
            ZichtMoment::Kalender => (kalendermoment(regel), BIJ_VT),
        };
        Some((wanneer, naar, regel))
    };
    regels.iter().map(|(moment, regel)| (*moment, regel)).filter_map(rij).collect()
}

fn kalendermoment(regel: &ZichtRegel) -> String {
    let dag = regel.werkdagen.unwrap_or_default();
    match regel.grens {
        Some(Grens::Begin) => format!("De beoordeling is niet klaar bij het begin van werkdag {dag}"),
        Some(Grens::Einde) | None => format!("De beoordeling is niet klaar aan het einde van werkdag {dag}"),
    }
}

fn wie(wie: Wie) -> &'static str {
    match wie {
        Wie::VeiligThuis => "Veilig Thuis",
        Wie::Houder => "wie het zicht heeft",
        Wie::HouderOfVeiligThuis => "wie het zicht heeft, en Veilig Thuis",
        Wie::Ontvanger => "de ontvanger",
        Wie::Betrokken => "elke betrokken organisatie",
        Wie::Aanbieder => "wie de overdracht aanbood",
        Wie::Monitor => "wie monitort",
        Wie::Crisisdienst => "de crisisdienst",
        Wie::Gemeente => "de gemeente",
    }
}

fn soort(soort: Soort) -> &'static str {
    match soort {
        Soort::Constitutief => "constitutief",
        Soort::Dwingend => "dwingend",
        Soort::Richtlijn => "richtlijn",
        Soort::RichtlijnSamen => "richtlijn, alleen samen",
    }
}

/// What each clause does here, the hardest use first: it moves the line, it refuses, it sets a term or content.
fn gebruik(bundel: &Bundel) -> BTreeMap<ClausuleId, &'static str> {
    let inhoud = &bundel.inhoud;
    let mut gebruik: BTreeMap<ClausuleId, &'static str> = BTreeMap::new();
    let mut zet = |ids: BTreeSet<&ClausuleId>, woord: &'static str| {
        for id in ids {
            gebruik.entry(id.clone()).or_insert(woord);
        }
    };
    let zicht = inhoud.zicht.values().map(|regel| &regel.grond);
    zet(zicht.chain(inhoud.overgang.values().map(|regel| &regel.grond)).collect(), "constitutief");
    for hardheid in [Soort::Constitutief, Soort::Dwingend, Soort::RichtlijnSamen, Soort::Richtlijn] {
        let regels = inhoud.regel.values().filter(|regel| regel.soort == Some(hardheid)).map(|regel| &regel.clausule);
        let criteria = inhoud.criterium.values().filter(|item| item.soort == Some(hardheid));
        let criteria = criteria.flat_map(|item| std::iter::once(&item.clausule).chain(&item.ook));
        zet(regels.chain(criteria).collect(), soort(hardheid));
    }
    zet(inhoud.termijn.values().map(|regel| &regel.clausule).collect(), "termijn");
    zet(inhoud.onderdeel.values().map(|item| &item.clausule).collect(), "inhoud van een overdracht");
    let sluiting = inhoud.sluiting.values().map(|regel| &regel.clausule);
    zet(sluiting.chain(inhoud.monitoring.values().map(|regel| &regel.clausule)).collect(), "na de overdracht");
    zet(inhoud.bevoegd.values().map(|regel| &regel.clausule).collect(), "wie wat vastlegt");
    gebruik
}

/// Sorts numbers inside a text as numbers: `LND-2.d` before `LND-11.a`.
fn natuurlijk(tekst: &str) -> Vec<(u64, String)> {
    let mut delen: Vec<(u64, String)> = Vec::new();
    let mut cijfers = String::new();
    for teken in tekst.chars() {
        if teken.is_ascii_digit() {
            cijfers.push(teken);
            continue;
        }
        if !cijfers.is_empty() {
            delen.push((cijfers.parse().unwrap_or(u64::MAX), String::new()));
            cijfers.clear();
        }
        delen.push((0, teken.to_string()));
    }
    if !cijfers.is_empty() {
        delen.push((cijfers.parse().unwrap_or(u64::MAX), String::new()));
    }
    delen
}

#[cfg(test)]
mod tests {
    use super::super::overdracht::testhulp::{afspraken, bundel};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn de_basis_staat_voorop_en_elke_regio_heeft_een_editie() {
        let afspraken = afspraken();
        let regios = regios(afspraken.alle(), date(2026, 4, 7));
        let namen: Vec<_> = regios.iter().map(|regio| regio.id.as_str()).collect();
        assert_eq!(namen, ["landelijk", "ijmond", "noord-holland-noord", "noord-oost-gelderland", "zuid-holland-zuid"]);
        assert!(regios.iter().all(|regio| regio.edities.iter().any(|editie| editie.pil.tekst == "Geldt nu")));
        assert_eq!(regios[1].kenmerk.replace('\u{a0}', " "), "3 gemeenten, 8 partijen");
        assert_eq!(regios[4].kenmerk.replace('\u{a0}', " "), "10 gemeenten, 21 partijen");
        assert!(zoek(afspraken.alle(), "ijmond", "2024-07-04").is_some());
        assert!(zoek(afspraken.alle(), "ijmond", "2023").is_none());
    }

    #[test]
    fn een_editie_gaat_in_geldt_en_verloopt() {
        let (van, tot) = (date(2024, 7, 4), Some(date(2026, 7, 4)));
        assert_eq!(pil(van, tot, date(2024, 7, 3)).status, Status::Later);
        assert_eq!(pil(van, tot, date(2024, 7, 4)).tekst, "Geldt nu");
        assert_eq!(pil(van, tot, date(2026, 7, 4)).tekst, "Verlopen");
    }

    #[test]
    fn clausules_staan_in_de_volgorde_van_hun_nummers() {
        let mut ids = ["LND-11.a", "LND-2.d", "LND-25.b", "LND-25.a"];
        ids.sort_by_key(|id| natuurlijk(id));
        assert_eq!(ids, ["LND-2.d", "LND-11.a", "LND-25.a", "LND-25.b"]);
    }

    #[test]
    fn in_noord_oost_gelderland_telt_elke_melding_en_de_rest_niet() {
        let (nog, ijmond) = (bundel("Zutphen"), bundel("Velsen"));
        let nog: Vec<_> = zichtmomenten(&nog.inhoud.zicht).into_iter().map(|(wanneer, ..)| wanneer).collect();
        assert!(nog.iter().any(|wanneer| wanneer.contains("van wie dan ook")));
        assert!(!nog.iter().any(|wanneer| wanneer.contains("spoed") || wanneer.contains("werkdag")));
        let ijmond = zichtmomenten(&ijmond.inhoud.zicht);
        assert!(ijmond.iter().any(|(wanneer, ..)| wanneer.ends_with("bij het begin van werkdag 6")));
    }

    #[test]
    fn een_clausule_heet_naar_haar_hardste_gebruik() {
        let ijmond = bundel("Velsen");
        let gebruik = gebruik(&ijmond);
        assert_eq!(gebruik[&ClausuleId::from("IJM-3.1.e")], "constitutief");
        assert_eq!(gebruik[&ClausuleId::from("IJM-3.2.e")], "dwingend");
        assert_eq!(gebruik[&ClausuleId::from("IJM-3.3.2.a")], "richtlijn");
        assert_eq!(gebruik[&ClausuleId::from("IJM-3.3.2.c")], "termijn");
    }

    #[test]
    fn een_gemeente_zonder_team_wordt_zo_genoemd() {
        let nhn = bundel("Alkmaar");
        let rij = gemeenterij(&nhn, "Alkmaar", &nhn.inhoud.gemeente["Alkmaar"]);
        assert!(rij.ontvangers.starts_with("geen team met deze taak"));
        let oud = gemeenterij(&nhn, "Langedijk", &nhn.inhoud.gemeente["Langedijk"]);
        assert!(oud.ontvangers.contains("Dijk en Waard"));
    }
}
