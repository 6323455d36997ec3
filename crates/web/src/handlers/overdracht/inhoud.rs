//! What is handed over, on what it rests, and from what was deviated.

use super::Aanbod;
use crate::{
    handlers::{handeling::denk_aan, tekst},
    pages::{
        onderdelen::{Clausule, Feit, Link, Pil, Status},
        overdracht::{Inhoud, Onderdeel},
    },
};
use app::lezen::PersoonBeeld;
use domain::{
    Gebeurtenis,
    afspraak::{Fase, Ontvangt, Soort, VolgtUit},
    gebeurtenis::{Afwijking, Antwoord, Hulpadvies, Openheid, PersoonRol, Taxatie},
    ids::ClausuleId,
    overdrachten::Stand,
};
use std::collections::BTreeMap;

/// Members of a household that are named; a larger one is counted.
const NAMEN_MAX: usize = 12;

/// The items of the agreement with what was given for each.
pub(super) fn inhoud(aanbod: &Aanbod<'_>) -> Inhoud {
    let open = meldingen_open(aanbod);
    let mut onderdelen: Vec<_> = ontvangst(aanbod).into_iter().collect();
    let (mut nodig, mut compleet) = (0, 0);
    let mut clausule = None;
    for (sleutel, regel) in aanbod.bundel.onderdelen(aanbod.overdracht.fase) {
        let bevat = aanbod.overdracht.onderdelen.contains(sleutel);
        let mag = match regel.ontvanger {
            Ontvangt::Ja => true,
            Ontvangt::Nee => false,
            Ontvangt::AlleenBijOpenMelding => open,
            // What goes along only when needed is no part that is missing when it does not.
            Ontvangt::BijOpenMeldingIndienNodig if !(bevat && open) => continue,
            Ontvangt::BijOpenMeldingIndienNodig => true,
        };
        let gegeven = mag && bevat;
        let tekst = gegeven.then(|| tekst_van(aanbod, sleutel));
        clausule.get_or_insert(&regel.clausule);
        nodig += u64::from(mag);
        compleet += u64::from(gegeven);
        onderdelen.push(onderdeel(&regel.naam, mag, tekst, &aanbod.zender()));
    }
    Inhoud {
        clausule: clausule.map_or_else(|| Clausule::new(""), |id| clausule_van(aanbod, id)),
        pil: volledig(nodig, compleet),
        onderdelen,
    }
}

/// The newest text of a part: of the offer itself, or filled later.
fn tekst_van<'a>(aanbod: &Aanbod<'a>, sleutel: &str) -> Option<&'a str> {
    let aangevuld = aanbod.beeld.geschiedenis.iter().rev().filter_map(|regel| match &regel.vastlegging.gebeurtenis {
        Gebeurtenis::InhoudAangevuld { overdracht, .. } if *overdracht == aanbod.overdracht.id => {
            Some(regel.vastlegging.versie)
        }
        _ => None,
    });
    let soort = format!("onderdeel:{sleutel}");
    let mut versies = aangevuld.chain([aanbod.overdracht.feit.versie]);
    versies.find_map(|versie| aanbod.beeld.tekst_bij(versie, &soort))
}

fn clausule_van(aanbod: &Aanbod<'_>, id: &ClausuleId) -> Clausule {
    tekst::clausule(aanbod.toestand, &aanbod.bundel, id)
}

fn volledig(nodig: u64, compleet: u64) -> Pil {
    match nodig.saturating_sub(compleet) {
        0 => Pil::new(Status::Gehaald, format!("Compleet: {nodig} van {nodig}")),
        mist => Pil::new(Status::Deels, format!("Mist {mist} van {nodig}")),
    }
}

/// `tekst`: absent when the item was not given, `Some(None)` when it was but its text is not here.
fn onderdeel(naam: &str, mag: bool, tekst: Option<Option<&str>>, zender: &str) -> Onderdeel {
    let (status, woord, tekst) = match tekst {
        _ if !mag => (
            Status::NietMeegestuurd,
            "Niet meegestuurd",
            "Niet meegestuurd, en dat hoort zo: de melding is niet open naar het gezin.".to_owned(),
        ),
        Some(Some(tekst)) => (Status::Gehaald, "Compleet", tekst.to_owned()),
        Some(None) => (Status::Gehaald, "Compleet", "Gegeven. De tekst is hier niet beschikbaar.".to_owned()),
        None => (Status::Volgt, "Ontbreekt", format!("Ontbreekt: niet ingevuld door {zender}.")),
    };
    Onderdeel { status, woord: woord.to_owned(), naam: naam.to_owned(), tekst, link: None }
}

/// For the receiver: the content was sent, and nobody said yet that it arrived.
fn ontvangst(aanbod: &Aanbod<'_>) -> Option<Onderdeel> {
    let loopt = matches!(aanbod.overdracht.stand, Stand::Open | Stand::Geaccepteerd(_));
    let onderweg = aanbod.overdracht.verzonden.is_some() && aanbod.overdracht.ontvangen.is_none();
    (aanbod.is_ontvanger() && loopt && onderweg).then(|| Onderdeel {
        status: Status::AanZet,
        woord: "U bent aan zet".to_owned(),
        naam: "Heeft uw team deze gegevens?".to_owned(),
        tekst: "Bevestig dat. Uw termijnen tellen vanaf de ontvangst.".to_owned(),
        link: Some(Link::new(
            "Ontvangst bevestigen",
            format!("/casussen/{}/doe/bevestig-ontvangst-gegevens", aanbod.beeld.id),
        )),
    })
}

fn heeft(aanbod: &Aanbod<'_>, openheid: Openheid) -> bool {
    aanbod.meldingen().any(|melding| melding.openheid == openheid)
}

fn meldingen_open(aanbod: &Aanbod<'_>) -> bool {
    aanbod.meldingen().all(|melding| melding.openheid == Openheid::Open)
}

/// What the reader needs to know before answering.
pub(super) fn feiten(aanbod: &Aanbod<'_>) -> Vec<Feit> {
    let mut feiten = vec![Feit::new("Huishouden", huishouden(&aanbod.beeld.personen))];
    if let Some(adres) = &aanbod.beeld.adres {
        feiten.push(Feit::new("Adres", adres.clone()));
    }
    if let Some(taxatie) = taxatie(aanbod) {
        feiten.push(Feit::new("Veiligheidstaxatie", taxatie));
    }
    feiten.push(Feit::new("Gezin weet ervan", geinformeerd(aanbod.overdracht.gezin_geinformeerd)));
    let antwoorden = criteria(aanbod);
    if !antwoorden.is_empty() {
        feiten.push(Feit::new("Mag het direct?", oordeel(&antwoorden)));
    }
    feiten.extend(
        antwoorden
            .iter()
            .filter(|vraag| vraag.antwoord == Some(Antwoord::Ja))
            .map(|vraag| Feit::new("Antwoord ja", vraag.vraag.clone())),
    );
    feiten.extend(antwoorden.iter().filter_map(|vraag| {
        let reden = vraag.was_ja.as_ref()?;
        Some(Feit::new("Was eerst ja", format!("{} Nu nee. {reden}", vraag.vraag)))
    }));
    feiten.extend(afwijkingen(aanbod));
    feiten.extend(dienst(aanbod));
    feiten.extend(warm(aanbod));
    feiten.extend(oordelen(aanbod));
    feiten.extend(mede_ontvangers(aanbod));
    feiten.extend(denk_aan(&aanbod.bundel, "accepteer-overdracht"));
    if let Some(uiterlijk) = super::antwoordtermijn(aanbod).filter(|_| aanbod.is_open()) {
        feiten.push(Feit::new("Antwoord uiterlijk", tekst::uiterlijk(uiterlijk, aanbod.beeld.op)));
    }
    if let Some(laag) = aanbod.bundel.eigen_laag() {
        feiten.push(Feit::new("Afspraak", format!("{}, {}", laag.titel, super::super::afspraken::versie(laag))));
    }
    feiten
}

/// The service after which it is handed over.
fn dienst(aanbod: &Aanbod<'_>) -> Option<Feit> {
    let dienst = aanbod.beeld.staat.afgeronde_dienst(aanbod.overdracht.feit.versie)?;
    let afronding = dienst.afgerond.as_ref().filter(|_| aanbod.overdracht.fase == Fase::NaDienst)?;
    let (naam, conclusie) = (tekst::dienst(dienst.soort), tekst::conclusie(afronding.conclusie));
    Some(Feit::new("Dienst", format!("{naam}: {conclusie}")))
}

/// The talk of family, Veilig Thuis and receiver: held with whom and what was agreed, or not held yet.
fn warm(aanbod: &Aanbod<'_>) -> Vec<Feit> {
    let Some(gesprek) = &aanbod.overdracht.warm else {
        let hoort = aanbod.overdracht.fase == Fase::NaDienst && aanbod.overdracht.loopt();
        return hoort.then(|| Feit::new("Warme overdracht", "Nog niet gehouden")).into_iter().collect();
    };
    let wie: Vec<_> = gesprek.aanwezig.iter().map(|wie| wie.als_str().replace('-', " ")).collect();
    let op = aanbod.moment(gesprek.feit.gebeurd_op);
    let mut feiten = vec![Feit::new("Warme overdracht", format!("Gehouden {op}, met {}", opsomming(&wie)))];
    feiten.extend(gesprek.punten.iter().filter_map(|sleutel| {
        let punt = aanbod.bundel.inhoud.gesprekspunt.get(sleutel)?;
        let tekst = aanbod.beeld.tekst_bij(gesprek.feit.versie, &format!("gesprekspunt:{sleutel}"));
        Some(Feit::new(punt.naam.clone(), tekst.unwrap_or("Besproken.")))
    }));
    feiten.extend(gesprek.afwijkingen.iter().map(|afwijking| {
        let plaats = clausule_van(aanbod, &afwijking.clausule).plaats;
        let reden = aanbod.reden(gesprek.feit.versie).map(|reden| format!(" Reden: {reden}")).unwrap_or_default();
        Feit::new("Afgeweken bij het gesprek", format!("{} ({plaats}){reden}", afwijking.code.uitleg()))
    }));
    feiten
}

fn oordelen(aanbod: &Aanbod<'_>) -> Option<Feit> {
    let oordelen = aanbod.overdracht.oordelen?;
    let ja = |ja: bool| if ja { "ja" } else { "nee" };
    let advies = match oordelen.advies {
        Hulpadvies::Voortzetten => "doorgaan",
        Hulpadvies::Bijstellen => "doorgaan, maar anders",
        Hulpadvies::Uitbreiden => "Veilig Thuis gaat meedoen",
    };
    Some(Feit::new(
        "Oordelen",
        format!(
            "Kan het zelf: {}. Wil het zelf: {}. In staat, volgens Veilig Thuis: {}. Advies: {advies}.",
            ja(oordelen.kan),
            ja(oordelen.wil),
            ja(oordelen.in_staat)
        ),
    ))
}

fn mede_ontvangers(aanbod: &Aanbod<'_>) -> Option<Feit> {
    let namen: Vec<_> = aanbod.overdracht.mede_ontvangers.iter().map(|org| aanbod.toestand.app.naam_van(org)).collect();
    (!namen.is_empty())
        .then(|| Feit::new("Krijgen ook een deel", format!("{}, zonder zicht op veiligheid", opsomming(&namen))))
}

fn geinformeerd(ja: bool) -> &'static str {
    if ja { "Ja, het gezin is geïnformeerd over de overdracht" } else { "Nee, nog niet" }
}

/// Names with ages as far as this organisation has them.
pub(in crate::handlers) fn huishouden(personen: &[PersoonBeeld]) -> String {
    let naam = |persoon: &PersoonBeeld| {
        let rol = if persoon.rol == PersoonRol::Kind { "een kind" } else { "een volwassene" };
        let naam = persoon.naam.clone().unwrap_or_else(|| rol.to_owned());
        persoon.leeftijd.map_or_else(|| naam.clone(), |jaar| format!("{naam} ({jaar})"))
    };
    let genoemd: Vec<_> = personen.iter().take(NAMEN_MAX).map(naam).collect();
    let rest = personen.len().saturating_sub(NAMEN_MAX);
    if rest > 0 { format!("{} en {rest} anderen", genoemd.join(", ")) } else { opsomming(&genoemd) }
}

/// `a, b en c`.
pub(in crate::handlers) fn opsomming(delen: &[String]) -> String {
    match delen {
        [] => String::new(),
        [een] => een.clone(),
        [rest @ .., laatste] => format!("{} en {laatste}", rest.join(", ")),
    }
}

/// The outcome of the newest assessment on which the offer rests.
pub(in crate::handlers) fn taxatie(aanbod: &Aanbod<'_>) -> Option<&'static str> {
    let beoordeling = aanbod.meldingen().filter_map(|melding| melding.beoordeling.as_ref()).last()?;
    Some(match beoordeling.taxatie {
        Taxatie::GeenOnveiligheid => "Geen onveiligheid",
        Taxatie::GeenAcuteOnveiligheid => "Geen acute onveiligheid",
        Taxatie::StructureleOnveiligheid => "Structurele onveiligheid",
        Taxatie::AcuteOnveiligheid => "Acute onveiligheid",
    })
}

/// A criterion with its answer, and whether that changed from ja to nee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handlers) struct Beantwoord {
    pub vraag: String,
    /// Absent: a "ja" speaks against nothing by itself.
    pub soort: Option<Soort>,
    pub antwoord: Option<Antwoord>,
    /// Set when the answer was ja before: why it changed.
    pub was_ja: Option<String>,
}

impl Beantwoord {
    /// Whether this speaks against direct handover, or could, for want of an answer.
    pub(in crate::handlers) fn is_bezwaar(&self) -> bool {
        match self.antwoord {
            Some(Antwoord::Ja) => self.soort.is_some(),
            Some(Antwoord::Nee) => false,
            None => true,
        }
    }
}

/// The criteria of the reports on which the offer rests; empty when the reader may not know the answers.
pub(in crate::handlers) fn criteria(aanbod: &Aanbod<'_>) -> Vec<Beantwoord> {
    let Some(melding) = aanbod.meldingen().last() else { return Vec::new() };
    let reeks: Vec<_> = aanbod
        .beeld
        .geschiedenis
        .iter()
        .filter_map(|regel| match &regel.vastlegging.gebeurtenis {
            Gebeurtenis::CriteriaBeantwoord { melding: van, antwoorden } if *van == melding.id => {
                Some((regel.vastlegging.versie, antwoorden))
            }
            _ => None,
        })
        .collect();
    let verloop = verloop(&reeks);
    let bundel = aanbod.bundel_bij(&melding.feit.bundel);
    if verloop.is_empty() {
        return Vec::new();
    }
    let beantwoord = |(sleutel, regel): (&str, &domain::afspraak::Criterium)| {
        let gegeven = verloop.get(sleutel);
        let volgt = match regel.volgt_uit {
            Some(VolgtUit::MelderAfgeschermd) => heeft(aanbod, Openheid::Afgeschermd),
            Some(VolgtUit::MelderNietOpen) => !meldingen_open(aanbod),
            None => false,
        };
        Beantwoord {
            vraag: regel.vraag.clone(),
            soort: regel.soort,
            antwoord: if volgt { Some(Antwoord::Ja) } else { gegeven.map(|gegeven| gegeven.antwoord) },
            was_ja: gegeven.and_then(|gegeven| gegeven.van_ja_naar_nee).filter(|_| !volgt).map(|versie| {
                let reden = aanbod.reden(versie).map(|reden| format!("Reden: {reden}"));
                reden.unwrap_or_else(|| format!("De reden staat bij {}.", aanbod.zender()))
            }),
        }
    };
    bundel.criteria().into_iter().map(beantwoord).collect()
}

/// The last answer to a criterion, and the version at which a ja became a nee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stapsgewijs {
    antwoord: Antwoord,
    van_ja_naar_nee: Option<u64>,
}

/// Walks the answers in the order in which they were recorded.
fn verloop(reeks: &[(u64, &BTreeMap<String, Antwoord>)]) -> BTreeMap<String, Stapsgewijs> {
    let mut verloop: BTreeMap<String, Stapsgewijs> = BTreeMap::new();
    for (versie, antwoorden) in reeks {
        for (sleutel, antwoord) in *antwoorden {
            let eerder = verloop.get(sleutel).copied();
            let van_ja_naar_nee = match (antwoord, eerder) {
                (Antwoord::Nee, Some(Stapsgewijs { antwoord: Antwoord::Ja, .. })) => Some(*versie),
                (Antwoord::Nee, Some(eerder)) => eerder.van_ja_naar_nee,
                (Antwoord::Ja, _) | (_, None) => None,
            };
            verloop.insert(sleutel.clone(), Stapsgewijs { antwoord: *antwoord, van_ja_naar_nee });
        }
    }
    verloop
}

/// `alle 8 vragen zijn met nee beantwoord`.
pub(in crate::handlers) fn oordeel(antwoorden: &[Beantwoord]) -> String {
    let tel = |gezocht: Option<Antwoord>| antwoorden.iter().filter(|vraag| vraag.antwoord == gezocht).count();
    let (ja, leeg, totaal) = (tel(Some(Antwoord::Ja)), tel(None), antwoorden.len());
    match (ja, leeg) {
        (0, 0) => format!("Alle {totaal} vragen zijn met nee beantwoord"),
        (_, 0) => format!("{ja} van de {totaal} vragen met ja beantwoord"),
        (0, _) => format!("{leeg} van de {totaal} vragen nog niet beantwoord"),
        _ => format!("{ja} van de {totaal} vragen met ja, {leeg} nog niet beantwoord"),
    }
}

/// Guidelines that were passed with a reason, by the decision and by the offer.
pub(in crate::handlers) fn afwijkingen(aanbod: &Aanbod<'_>) -> Vec<Feit> {
    let aangeboden = aanbod.overdracht.feit.versie;
    let van = |gebeurtenis: &Gebeurtenis, versie: u64| -> Vec<Afwijking> {
        match gebeurtenis {
            Gebeurtenis::VervolgBesloten { melding, afwijkingen, .. }
                if versie < aangeboden && aanbod.meldingen().any(|eigen| eigen.id == *melding) =>
            {
                afwijkingen.clone()
            }
            Gebeurtenis::OverdrachtAangeboden { overdracht, afwijkingen, .. }
                if *overdracht == aanbod.overdracht.id =>
            {
                afwijkingen.clone()
            }
            _ => Vec::new(),
        }
    };
    let mut feiten = Vec::new();
    for regel in &aanbod.beeld.geschiedenis {
        let v = &regel.vastlegging;
        let bundel = aanbod.bundel_bij(&v.bundel);
        let reden = aanbod.reden(v.versie).map_or_else(
            || format!("De reden staat bij {}.", aanbod.toestand.app.naam_van(&v.organisatie)),
            |reden| format!("Reden: {reden}"),
        );
        for afwijking in van(&v.gebeurtenis, v.versie) {
            let plaats = tekst::clausule(aanbod.toestand, &bundel, &afwijking.clausule).plaats;
            feiten.push(Feit::new(
                "Afgeweken van de richtlijn",
                format!("{} ({plaats}) {reden}", afwijking.code.uitleg()),
            ));
        }
    }
    feiten
}

#[cfg(test)]
mod tests {
    use super::*;

    fn antwoorden(paren: &[(&str, Antwoord)]) -> BTreeMap<String, Antwoord> {
        paren.iter().map(|(sleutel, antwoord)| ((*sleutel).to_owned(), *antwoord)).collect()
    }

    #[test]
    fn een_ja_die_nee_werd_blijft_zichtbaar() {
        let eerst = antwoorden(&[("letsel", Antwoord::Ja), ("psychiatrie", Antwoord::Nee)]);
        let later = antwoorden(&[("letsel", Antwoord::Nee)]);
        let nogmaals = antwoorden(&[("letsel", Antwoord::Nee)]);
        let verloop = verloop(&[(3, &eerst), (5, &later), (7, &nogmaals)]);
        assert_eq!(verloop["letsel"], Stapsgewijs { antwoord: Antwoord::Nee, van_ja_naar_nee: Some(5) });
        assert_eq!(verloop["psychiatrie"].van_ja_naar_nee, None);
    }

    #[test]
    fn weer_een_ja_is_gewoon_een_ja() {
        let (ja, nee) = (antwoorden(&[("letsel", Antwoord::Ja)]), antwoorden(&[("letsel", Antwoord::Nee)]));
        let verloop = verloop(&[(1, &ja), (2, &nee), (3, &ja)]);
        assert_eq!(verloop["letsel"], Stapsgewijs { antwoord: Antwoord::Ja, van_ja_naar_nee: None });
    }

    #[test]
    fn niet_beantwoord_is_geen_nee() {
        let vraag =
            |antwoord| Beantwoord { vraag: String::new(), soort: Some(Soort::Dwingend), antwoord, was_ja: None };
        assert_eq!(
            oordeel(&[vraag(Some(Antwoord::Nee)), vraag(Some(Antwoord::Nee))]),
            "Alle 2 vragen zijn met nee beantwoord"
        );
        let gemengd = [vraag(Some(Antwoord::Ja)), vraag(None), vraag(Some(Antwoord::Nee))];
        assert_eq!(oordeel(&gemengd), "1 van de 3 vragen met ja, 1 nog niet beantwoord");
        assert_eq!(oordeel(&gemengd[1..]), "1 van de 2 vragen nog niet beantwoord");
    }

    #[test]
    fn wat_ontbreekt_heet_ontbreken_en_wat_niet_mee_mag_niet() {
        assert_eq!(volledig(3, 2), Pil::new(Status::Deels, "Mist 1 van 3"));
        assert_eq!(volledig(3, 3).status, Status::Gehaald);
        let mist = onderdeel("Inhoud van de melding", true, None, "Veilig Thuis");
        assert_eq!((mist.status, mist.woord.as_str()), (Status::Volgt, "Ontbreekt"));
        let melder = onderdeel("Gegevens van de melder", false, Some(Some("Juf Jansen")), "Veilig Thuis");
        assert_eq!(melder.status, Status::NietMeegestuurd);
        assert!(!melder.tekst.contains("Jansen"), "wat niet mee mag, wordt niet getoond");
    }

    #[test]
    fn een_opsomming_eindigt_met_en() {
        let delen = |namen: &[&str]| namen.iter().map(|naam| (*naam).to_owned()).collect::<Vec<_>>();
        assert_eq!(opsomming(&delen(&["Els", "Daan", "Pim"])), "Els, Daan en Pim");
        assert_eq!(opsomming(&delen(&["Els"])), "Els");
        assert_eq!(opsomming(&[]), "");
    }
}
