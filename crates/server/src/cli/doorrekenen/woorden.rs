//! What would be otherwise, as people say it: one sentence per thing, with its clauses, and the instants beside it.

use crate::cli::zicht_op::voluit;
use domain::{
    doorrekenen::{AnderOordeel, AndereLijn, AndereTermijn, Gevolgen, Oordeel},
    ids::ClausuleId,
    termijnen::{Status, Termijn},
    tijdlijn::Span,
    weigering::Code,
};
use std::{cmp::Ordering, collections::BTreeSet};

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Onderwerp {
    Termijn,
    Plicht,
    Overgang,
    Besluit,
}

impl Onderwerp {
    pub const ALLE: [Self; 4] = [Self::Termijn, Self::Plicht, Self::Overgang, Self::Besluit];

    pub fn kop(self) -> &'static str {
        match self {
            Self::Termijn => "Termijnen",
            Self::Plicht => "Plichten (informeren, terugkoppelen, contact)",
            Self::Overgang => "Wie wanneer wat heeft",
            Self::Besluit => "Overdrachten en andere besluiten",
        }
    }

    pub fn meervoud(self) -> &'static str {
        match self {
            Self::Termijn => "termijnen",
            Self::Plicht => "plichten",
            Self::Overgang => "stukken van een lijn",
            Self::Besluit => "besluiten",
        }
    }

    pub fn sleutel(self) -> &'static str {
        match self {
            Self::Termijn => "termijnen",
            Self::Plicht => "plichten",
            Self::Overgang => "lijnen",
            Self::Besluit => "besluiten",
        }
    }
}

/// One thing that would be otherwise.
pub struct Zin {
    pub onderwerp: Onderwerp,
    /// The same words for the same thing in any casus.
    pub tekst: String,
    /// What it is in this casus.
    pub precies: String,
}

pub fn zinnen(gevolgen: &Gevolgen) -> Vec<Zin> {
    let termijnen = gevolgen.termijnen.iter().map(termijn);
    termijnen.chain(gevolgen.lijnen.iter().flat_map(lijn)).chain(gevolgen.oordelen.iter().map(besluit)).collect()
}

fn termijn(anders: &AndereTermijn) -> Zin {
    let onderwerp = if anders.plicht { Onderwerp::Plicht } else { Onderwerp::Termijn };
    let tot = |termijn: &Termijn| voluit(termijn.uiterlijk.net_ervoor());
    let (tekst, precies) = match (&anders.oud, &anders.nieuw) {
        (Some((oud, was)), Some((nieuw, wordt))) => {
            let delen = verschillen(oud, *was, nieuw, *wordt).join(", ");
            let clausules = door(&oud.clausule, &nieuw.clausule);
            let precies = format!("Nu uiterlijk {}, dan uiterlijk {}.", tot(oud), tot(nieuw));
            (format!("{}: {delen}, {clausules}.", nieuw.naam), precies)
        }
        (Some((oud, _)), None) => {
            (format!("{}: is er dan niet; nu door {}.", oud.naam, oud.clausule), format!("Nu uiterlijk {}.", tot(oud)))
        }
        (None, Some((nieuw, _))) => {
            let precies = format!("Dan uiterlijk {}.", tot(nieuw));
            (format!("{}: komt erbij, door {}.", nieuw.naam, nieuw.clausule), precies)
        }
        (None, None) => (String::new(), String::new()),
    };
    Zin { onderwerp, tekst, precies }
}

fn verschillen(oud: &Termijn, was: Status, nieuw: &Termijn, wordt: Status) -> Vec<String> {
    let mut delen = Vec::new();
    match nieuw.uiterlijk.cmp(&oud.uiterlijk) {
        Ordering::Less => delen.push("eindigt eerder".to_owned()),
        Ordering::Greater => delen.push("eindigt later".to_owned()),
        Ordering::Equal => {}
    }
    if was != wordt {
        delen.push(format!("is dan {} en nu {}", stand(wordt), stand(was)));
    }
    if oud.wie != nieuw.wie {
        delen.push("is dan voor een andere partij".to_owned());
    }
    if delen.is_empty() {
        delen.push(if oud.naam == nieuw.naam { "is verder gelijk" } else { "heet anders" }.to_owned());
    }
    delen
}

fn stand(status: Status) -> &'static str {
    match status {
        Status::Open => "nog open",
        Status::Gehaald => "op tijd",
        Status::TeLaat => "te laat",
        Status::GehaaldTeLaat => "te laat gedaan",
        Status::Vervallen => "vervallen",
        Status::Geen => "er niet",
    }
}

fn door(oud: &ClausuleId, nieuw: &ClausuleId) -> String {
    if oud == nieuw { format!("door {nieuw}") } else { format!("door {nieuw} in plaats van {oud}") }
}

fn lijn(anders: &AndereLijn) -> Vec<Zin> {
    let naam = match anders.lijn {
        "zicht" => "Het zicht op veiligheid",
        "regie" => "De regie op de andere leefgebieden",
        "monitoring" => "De monitoring",
        _ => "De lijn van de crisisdienst",
    };
    let zin = |tekst: String, precies: String| Zin { onderwerp: Onderwerp::Overgang, tekst, precies };
    let spans = |spans: &[Span]| {
        let een = |span: &Span| {
            let houder = span.houder.as_ref().map_or("niemand", |houder| houder.als_str());
            format!("{houder} vanaf {} ({})", voluit(span.van), span.grond)
        };
        spans.iter().map(een).collect::<Vec<_>>().join(", ")
    };
    let gronden = |spans: &[Span]| {
        let uniek: BTreeSet<_> = spans.iter().map(|span| span.grond.als_str()).collect();
        uniek.into_iter().collect::<Vec<_>>().join(", ")
    };
    let (oud, nieuw) = (&anders.oud, &anders.nieuw);
    let zelfde = oud.len() == nieuw.len() && oud.iter().zip(nieuw).all(|(oud, nieuw)| oud.houder == nieuw.houder);
    if zelfde {
        let paren = oud.iter().zip(nieuw).filter(|(oud, nieuw)| (oud.van, &oud.grond) != (nieuw.van, &nieuw.grond));
        let een = |(oud, nieuw): (&Span, &Span)| {
            let hoe = match nieuw.van.cmp(&oud.van) {
                Ordering::Less => "gaat eerder over",
                Ordering::Greater => "gaat later over",
                Ordering::Equal => "gaat op hetzelfde moment over",
            };
            let precies =
                format!("Nu {}; dan {}.", spans(std::slice::from_ref(oud)), spans(std::slice::from_ref(nieuw)));
            zin(format!("{naam} {hoe}, {}.", door(&oud.grond, &nieuw.grond)), precies)
        };
        return paren.map(een).collect();
    }
    let tekst = match (oud.is_empty(), nieuw.is_empty()) {
        (_, true) => format!("{naam} gaat dan niet over; nu wel, door {}.", gronden(oud)),
        (true, _) => format!("{naam} gaat dan wel over, door {}.", gronden(nieuw)),
        _ => format!("{naam} loopt dan anders: door {} in plaats van {}.", gronden(nieuw), gronden(oud)),
    };
    let of_niets = |tekst: String| if tekst.is_empty() { "niets".to_owned() } else { tekst };
    vec![zin(tekst, format!("Nu {}; dan {}.", of_niets(spans(oud)), of_niets(spans(nieuw))))]
}

fn besluit(anders: &AnderOordeel) -> Zin {
    let naam = match anders.handeling {
        "besluit-vervolg" => "Een besluit over het vervolg",
        "bied-overdracht-aan" => "Een overdracht aanbieden",
        "accepteer-overdracht" => "Een overdracht accepteren",
        "houd-huisbezoek" => "Een huisbezoek",
        "houd-warme-overdracht" => "Een warme overdracht",
        "start-dienst" => "Een dienst starten",
        "rond-dienst-af" => "Een dienst afronden",
        "leg-monitormoment-vast" => "Een monitormoment",
        anders => anders,
    };
    let redenen = |redenen: &[(Code, ClausuleId)]| {
        let alle = redenen.iter().map(|(code, clausule)| {
            format!("{} ({clausule})", code.uitleg().split(". ").next().unwrap_or_default().trim_end_matches('.'))
        });
        alle.collect::<Vec<_>>().join("; ")
    };
    let hoe = |oordeel: &Oordeel| match oordeel {
        Oordeel::Mag => "mag".to_owned(),
        Oordeel::MagMetReden(waarom) => format!("mag alleen met een reden: {}", redenen(waarom)),
        Oordeel::MagNiet(waarom) => format!("mag niet: {}", redenen(waarom)),
    };
    Zin {
        onderwerp: Onderwerp::Besluit,
        tekst: format!("{naam}: dan {}. Nu {}.", hoe(&anders.nieuw), hoe(&anders.oud)),
        precies: format!("Door {} op {}.", anders.organisatie, voluit(anders.op)),
    }
}
