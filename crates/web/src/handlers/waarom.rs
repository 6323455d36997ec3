//! "Waarom?": why a term falls on that day, and why somebody holds. One sentence first, then the counting and the rule.
//!
//! Texts of one term live in [`zinnen`], the days in [`kalender`].

mod kalender;
mod zinnen;

use super::{
    casus::{kop, laad},
    overdracht::{inhoud::opsomming, lengte, moment},
    tekst,
};
use crate::{
    Toestand,
    frame::kader,
    opmaak,
    pages::{
        kader::Plek,
        onderdelen::Feit,
        waarom::{Lezing, Regel, TermijnLink, WaaromPagina},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::lezen::{CasusBeeld, ClausuleBeeld, WaaromTermijn};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Casus,
    afspraak::{Bundel, Bundels, Laag, ZichtMoment},
    ids::{BundelHash, ClausuleId},
    meldingen::{Melding, Spoed},
    termijnen::{Bij, Status, Termijn},
    tijd::Instant,
    tijdlijn::{Span, kalendergrens},
};

/// Why a term is due when it is.
pub async fn termijn(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, nummer)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let nummer: usize = nummer.parse().map_err(|_| WebFout::NietGevonden)?;
    let (termijn, status) = beeld.termijnen.get(nummer).ok_or(WebFout::NietGevonden)?;
    let waarom = toestand.app.waarom_termijn(termijn)?;
    let bundel = tekst::bundel(&toestand, &termijn.bundel).ok_or(WebFout::NietGevonden)?;
    let anker = bundel.inhoud.termijn.get(&termijn.soort).and_then(|regel| regel.anker);
    let gevolg = gevolg(&toestand, &beeld, termijn, *status);
    let grens = gevolg.as_ref().map(|gevolg| gevolg.grens);
    let zicht_naar = gevolg.as_ref().and_then(|gevolg| gevolg.naar.clone());
    let (termijnen, afgesloten) = links(&beeld, Some(nummer));
    let mut clausule_ids = vec![termijn.clausule.0.clone()];
    clausule_ids.extend(gevolg.as_ref().map(|gevolg| gevolg.grond.0.clone()));
    clausule_ids.extend(waarom.hiaten.iter().map(|hiaat| hiaat.id.0.clone()));
    clausule_ids.dedup();
    let telling = kalender::Telraam {
        dagen: &waarom.dagen,
        eenheid: waarom.eenheid,
        anker: termijn.anker,
        anker_woord: zinnen::anker_kort(anker),
        gevolg: grens.zip(zicht_naar.as_deref()),
        kalender: &bundel.kalender,
        vandaag: beeld.op.dag(),
    };
    Ok(pagina(&WaaromPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop(&toestand, &beeld),
        termijnen,
        afgesloten,
        antwoord: zinnen::antwoord(termijn, *status, beeld.op),
        uitleg: zinnen::uitleg(termijn, anker, &waarom, &toestand.app.naam_van(&termijn.wie)),
        telling: telling.telling(),
        regel: regel("De regel", &waarom.regel, &bundel),
        gevolg: gevolg.map(|gevolg| gevolg.regel),
        hiaten: lezingen(&waarom.hiaten),
        versie: versie_termijn(&toestand, termijn, &waarom, zinnen::anker_zin(anker)),
        clausule_ids,
    }))
}

/// Why an organisation holds, held or will hold zicht op veiligheid.
pub async fn zicht(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, nummer)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let nummer: usize = nummer.parse().map_err(|_| WebFout::NietGevonden)?;
    let span = beeld.lijn.zicht.get(nummer).ok_or(WebFout::NietGevonden)?;
    let houder = span.houder.as_ref().ok_or(WebFout::NietGevonden)?;
    let naam = toestand.app.naam_van(houder);
    let bundels = toestand.app.bundels();
    let oorzaak = oorzaak(&beeld.staat, span, &bundels).ok_or(WebFout::NietGevonden)?;
    let bundel = tekst::bundel(&toestand, oorzaak.bundel).ok_or(WebFout::NietGevonden)?;
    let waarom = toestand.app.waarom_zicht(span, oorzaak.bundel)?;
    let is_hiaat = waarom.regel.vraag.is_some();
    let hiaten = if is_hiaat { lezingen(std::slice::from_ref(&waarom.regel)) } else { Vec::new() };
    let (termijnen, afgesloten) = links(&beeld, None);
    Ok(pagina(&WaaromPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop(&toestand, &beeld),
        termijnen,
        afgesloten,
        antwoord: zinnen::zicht(&naam, span, beeld.op),
        uitleg: format!("{} {}", oorzaak.waardoor.zin(), zinnen::tot(&naam, span, beeld.op)),
        telling: None,
        regel: regel("De regel", &waarom.regel, &bundel),
        gevolg: daarna(&toestand, &beeld, nummer, &bundels),
        hiaten,
        versie: vec![
            Feit::new("Geldige versie", lagen(&waarom.lagen)),
            Feit::new("Waarom deze", "Deze versie gold toen dit gebeurde. Een nieuwe versie verandert dat niet."),
        ],
        clausule_ids: vec![span.grond.0.clone()],
    }))
}

/// The other terms of the casus, open ones apart from the rest.
fn links(beeld: &CasusBeeld, gekozen: Option<usize>) -> (Vec<TermijnLink>, Vec<TermijnLink>) {
    let link = |(nummer, (termijn, status)): (usize, &(Termijn, Status))| {
        let gedaan = termijn.voldaan_op.map(|op| format!("{}, ", opmaak::datum(op.dag(), beeld.op.dag())));
        let getoond = TermijnLink {
            naam: termijn.naam.clone(),
            pil: tekst::pil(termijn, *status, beeld.op),
            wanneer: format!(
                "{}uiterlijk {}",
                gedaan.unwrap_or_default(),
                tekst::uiterlijk(termijn.uiterlijk, beeld.op)
            ),
            href: format!("/casussen/{}/termijnen/{nummer}", beeld.id),
            gekozen: gekozen == Some(nummer),
        };
        (matches!(status, Status::Open | Status::TeLaat), getoond)
    };
    let (open, dicht): (Vec<_>, Vec<_>) = beeld.termijnen.iter().enumerate().map(link).partition(|(open, _)| *open);
    let zonder = |lijst: Vec<(bool, TermijnLink)>| lijst.into_iter().map(|(_, link)| link).collect();
    (zonder(open), zonder(dicht))
}

fn regel(titel: &str, beeld: &ClausuleBeeld, bundel: &Bundel) -> Regel {
    let bron = match (&beeld.document, &beeld.plaats) {
        (Some(document), Some(plaats)) => format!("{document}, {plaats}"),
        _ => "Dit staat niet in de afspraak; het is onze lezing".to_owned(),
    };
    Regel { titel: titel.to_owned(), tekst: beeld.tekst.clone(), bron, clausule: tekst::verwijzing(beeld, bundel) }
}

fn lezingen(hiaten: &[ClausuleBeeld]) -> Vec<Lezing> {
    let lezing = |beeld: &ClausuleBeeld| Lezing {
        id: beeld.id.0.clone(),
        wat_ontbreekt: beeld.vraag.clone().unwrap_or_default(),
        lezing: beeld.tekst.clone(),
    };
    hiaten.iter().map(lezing).collect()
}

fn lagen(lagen: &[Laag]) -> String {
    let namen: Vec<_> =
        lagen.iter().map(|laag| format!("{}, {}", laag.titel, super::afspraken::versie(laag))).collect();
    opsomming(&namen)
}

fn versie_termijn(toestand: &Toestand, termijn: &Termijn, waarom: &WaaromTermijn, toen: &str) -> Vec<Feit> {
    vec![
        Feit::new("Geldige versie", lagen(&waarom.lagen)),
        Feit::new(
            "Waarom deze",
            format!("Deze versie gold toen {toen}. Een nieuwe versie verandert deze termijn niet."),
        ),
        Feit::new("Kalender", opmaak::hoofdletter(&waarom.kalender)),
        Feit::new("Hoe lang", lengte(waarom.lengte, waarom.eenheid)),
        Feit::new("Wie moet het doen", toestand.app.naam_van(&termijn.wie)),
    ]
}

/// What follows when the assessment is not done in time.
struct Gevolg {
    regel: Regel,
    grens: Instant,
    /// Who gets zicht then; absent when it does not change hands.
    naar: Option<String>,
    grond: ClausuleId,
}

/// Only the assessment has a consequence for the line; every other term just stays visible as late.
fn gevolg(toestand: &Toestand, beeld: &CasusBeeld, termijn: &Termijn, status: Status) -> Option<Gevolg> {
    let Bij::Melding(melding) = termijn.bij else { return None };
    if termijn.soort != "veiligheidsbeoordeling" || status == Status::Gehaald {
        return None;
    }
    let melding = beeld.staat.melding(melding)?;
    let bundel = tekst::bundel(toestand, &melding.feit.bundel)?;
    let (grens, grond) = kalendergrens(melding, &bundel)?;
    let elke = bundel.inhoud.zicht.get(&ZichtMoment::ElkeMelding).map(|regel| &regel.grond);
    let grond = elke.unwrap_or(grond).clone();
    let naam = |op: Instant| beeld.lijn.houder_op(op).map(|wie| toestand.app.naam_van(wie));
    let (eerst, dan) = (naam(grens.net_ervoor()), naam(grens));
    let wisselt = eerst != dan;
    let clausule = toestand.app.clausule(&bundel, &grond);
    let tekst = zinnen::gevolg(grens, [eerst.as_deref(), dan.as_deref()], beeld.op);
    Some(Gevolg {
        regel: Regel { tekst, ..regel("Als het dan niet klaar is", &clausule, &bundel) },
        grens,
        naar: dan.filter(|_| wisselt),
        grond,
    })
}

/// What comes after a span: known already by the calendar or by what happened, or acceptance of a handover.
fn daarna(toestand: &Toestand, beeld: &CasusBeeld, nummer: usize, bundels: &Bundels) -> Option<Regel> {
    let volgende = nummer.checked_add(1).and_then(|nummer| beeld.lijn.zicht.get(nummer))?;
    let oorzaak = oorzaak(&beeld.staat, volgende, bundels)?;
    let bundel = tekst::bundel(toestand, oorzaak.bundel)?;
    let naam = toestand.app.naam_van(volgende.houder.as_ref()?);
    let werkwoord = if volgende.van <= beeld.op { "kreeg" } else { "krijgt" };
    let op = moment(volgende.van, beeld.op);
    let clausule = toestand.app.clausule(&bundel, &volgende.grond);
    Some(Regel {
        tekst: format!("{naam} {werkwoord} het zicht op veiligheid {op}. {}", clausule.tekst),
        ..regel("Wat daarna komt", &clausule, &bundel)
    })
}

/// Why a span began, and the bundle by which.
#[derive(Debug)]
struct Oorzaak<'a> {
    waardoor: Waardoor,
    bundel: &'a BundelHash,
}

/// What began a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waardoor {
    Ontvangst,
    Spoed,
    Beoordeling,
    Kalender,
    GeenVerdereStappen,
    Overname,
    Acceptatie,
}

impl Waardoor {
    fn zin(self) -> &'static str {
        match self {
            Self::Ontvangst => "Op dat moment kwam een melding binnen.",
            Self::Spoed => "Op dat moment legde Veilig Thuis vast dat de melding spoed heeft.",
            Self::Beoordeling => "Op dat moment werd de veiligheidsbeoordeling vastgelegd.",
            Self::Kalender => "Tot dat moment mag de veiligheidsbeoordeling duren. Daarna gaat het zicht vanzelf over.",
            Self::GeenVerdereStappen => {
                "Op dat moment besloot Veilig Thuis dat de melding geen verdere stappen vraagt."
            }
            Self::Overname => "Op dat moment besloot Veilig Thuis het zicht over te nemen.",
            Self::Acceptatie => "Op dat moment accepteerde de ontvanger de overdracht.",
        }
    }
}

/// Finds what began a span: the act, report or bound at that instant whose rule is the ground of the span.
fn oorzaak<'a>(casus: &'a Casus, span: &Span, bundels: &Bundels) -> Option<Oorzaak<'a>> {
    let geaccepteerd = casus.overdrachten.iter().find_map(|overdracht| {
        let feit = overdracht.overgegaan()?;
        let bundel = bundels.uit(&overdracht.feit.bundel)?;
        let overgang = bundel.overgang(overdracht.fase, bundel.soort_van(&overdracht.naar))?;
        let past = feit.vastgelegd_op == span.van && overgang.grond == span.grond;
        past.then_some(Oorzaak { waardoor: Waardoor::Acceptatie, bundel: &overdracht.feit.bundel })
    });
    let overgenomen = || {
        let overname = casus.overnames.iter().find(|overname| overname.feit.vastgelegd_op == span.van)?;
        Some(Oorzaak { waardoor: Waardoor::Overname, bundel: &overname.feit.bundel })
    };
    let gemeld = || {
        let oorzaak = |melding: &'a Melding| {
            let waardoor = van_melding(melding, span, bundels)?;
            Some(Oorzaak { waardoor, bundel: &melding.feit.bundel })
        };
        casus.meldingen.iter().find_map(oorzaak)
    };
    geaccepteerd.or_else(overgenomen).or_else(gemeld)
}

fn is_grond(bundels: &Bundels, hash: &BundelHash, moment: ZichtMoment, grond: &ClausuleId) -> bool {
    bundels.uit(hash).and_then(|bundel| bundel.inhoud.zicht.get(&moment)).is_some_and(|regel| regel.grond == *grond)
}

/// What a report can begin by its receipt.
const BIJ_ONTVANGST: [ZichtMoment; 4] =
    [ZichtMoment::ElkeMelding, ZichtMoment::BeroepskrachtOpen, ZichtMoment::AndereMelder, ZichtMoment::Politie];

/// What of this report began the span, if anything did.
fn van_melding(melding: &Melding, span: &Span, bundels: &Bundels) -> Option<Waardoor> {
    let bundel = bundels.uit(&melding.feit.bundel)?;
    let grond = |moment| is_grond(bundels, &melding.feit.bundel, moment, &span.grond);
    let beoordeeld = melding.beoordeling.as_ref().map(|beoordeling| beoordeling.feit.vastgelegd_op);
    let besloten = melding.besluit.as_ref().map(|besluit| besluit.feit.vastgelegd_op);
    let spoed = match &melding.spoed {
        Spoed::Erkend(feit) => Some(feit.vastgelegd_op),
        Spoed::NietGevraagd | Spoed::Gevraagd | Spoed::Afgewezen(_) => None,
    };
    let ontvangst = [melding.ontvangen_op, melding.feit.vastgelegd_op].contains(&span.van);
    if ontvangst && BIJ_ONTVANGST.into_iter().any(grond) {
        Some(Waardoor::Ontvangst)
    } else if spoed == Some(span.van) && grond(ZichtMoment::Spoed) {
        Some(Waardoor::Spoed)
    } else if beoordeeld == Some(span.van) && grond(ZichtMoment::Beoordeling) {
        Some(Waardoor::Beoordeling)
    } else if besloten == Some(span.van) && grond(ZichtMoment::TerugNaGeenStappen) {
        Some(Waardoor::GeenVerdereStappen)
    } else if kalendergrens(melding, bundel).is_some_and(|(grens, _)| grens == span.van) && grond(ZichtMoment::Kalender)
    {
        Some(Waardoor::Kalender)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::overdracht::testhulp::{afspraken, op};
    use super::*;
    use domain::{
        Vastlegging,
        gebeurtenis::{Contactduur, Gebeurtenis, Melder, Openheid},
    };

    fn melding(gemeente: &str, melder: Melder) -> (Casus, Bundels) {
        let afspraken = afspraken();
        let ontvangen_op = op("2026-03-30T10:00:00");
        let geldig = afspraken.voor_gemeente(gemeente, ontvangen_op.dag()).unwrap();
        let vastlegging = Vastlegging {
            versie: 1,
            gebeurd_op: ontvangen_op,
            vastgelegd_op: ontvangen_op,
            medewerker: "iemand".into(),
            organisatie: geldig.bundel.veilig_thuis().unwrap().clone(),
            bundel: geldig.hash.clone(),
            gebeurtenis: Gebeurtenis::MeldingOntvangen {
                melding: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
                ontvangen_op,
                melder,
                openheid: Openheid::Open,
                contact: Contactduur::Eenmalig,
                spoed_gevraagd: false,
                gemeente: gemeente.to_owned(),
                afspraak: geldig.bundel.afspraak.clone(),
                veilig_thuis: geldig.bundel.veilig_thuis().unwrap().clone(),
                personen: Vec::new(),
                verplaatst_uit: None,
                gegevens: Default::default(),
                afwijkingen: Vec::new(),
            },
        };
        (Casus::uit([&vastlegging]), afspraken.bundels())
    }

    fn school() -> Melder {
        Melder::Beroepskracht { organisatie: Some("basisschool".into()), beroepsgroep: "onderwijs".into() }
    }

    #[test]
    fn elk_stuk_van_de_lijn_heeft_een_oorzaak() {
        for (gemeente, melder, verwacht) in [
            ("Velsen", school(), vec![Waardoor::Ontvangst, Waardoor::Kalender]),
            ("Alkmaar", school(), vec![Waardoor::Ontvangst, Waardoor::Kalender]),
            ("Velsen", Melder::Burger, vec![Waardoor::Ontvangst]),
            ("Velsen", Melder::Politie, vec![Waardoor::Ontvangst]),
            ("Zutphen", school(), vec![Waardoor::Ontvangst]),
        ] {
            let (casus, bundels) = melding(gemeente, melder);
            let lijn = domain::tijdlijn::tijdlijn(&casus, &bundels);
            let oorzaken: Vec<_> =
                lijn.zicht.iter().map(|span| oorzaak(&casus, span, &bundels).unwrap().waardoor).collect();
            assert_eq!(oorzaken, verwacht, "{gemeente}");
        }
    }
}
