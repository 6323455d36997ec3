//! What an offer leads to: when zicht passes, who holds, and what the receiver has to do then.

use super::Aanbod;
use crate::{
    frame::houder,
    handlers::{formulier::nog_niet_gegeven, tekst},
    opmaak,
    pages::{
        onderdelen::{Clausule, Houder, HouderSoort, Pil, Status},
        overdracht::{Onbenoemd, Overgang, Plicht, Stand as StandBeeld, Voorwaarde},
    },
};
use domain::{
    afspraak::{AcceptatieNa, Anker, Bundel, Daad, Fase, Monitor, PartijSoort, TermijnRegel, Wie},
    casus::Feit,
    ids::ClausuleId,
    overdrachten::Stand,
    termijnen::Bij,
    tijd::{Eenheid, Instant},
};

fn clausule(aanbod: &Aanbod<'_>, id: &ClausuleId) -> Clausule {
    tekst::clausule(aanbod.toestand, &aanbod.bundel, id)
}

/// The conditions for passing, met or not.
pub(super) fn overgang(aanbod: &Aanbod<'_>) -> Overgang {
    let regel = aanbod.overgang();
    let overdracht = aanbod.overdracht;
    let mut voorwaarden = Vec::new();
    let (zender, ontvanger) = (aanbod.zender(), aanbod.ontvanger());
    match regel.map(|regel| regel.wacht_op()) {
        Some(AcceptatieNa::Aanbod) => {
            voorwaarden.push(stap(
                aanbod,
                &format!("{zender} biedt de overdracht aan"),
                Some(&overdracht.feit),
                &zender,
            ));
        }
        Some(AcceptatieNa::DocumentVerzonden) => {
            voorwaarden.push(stap(aanbod, "Het document is verstuurd", overdracht.verzonden.as_ref(), &zender));
        }
        Some(AcceptatieNa::WarmeOverdracht) => {
            let gehouden = overdracht.warm.as_ref().map(|warm| &warm.feit);
            voorwaarden.push(stap(aanbod, "Het gesprek met gezin en ontvanger is geweest", gehouden, &zender));
        }
        Some(AcceptatieNa::GegevensOntvangen) | None => {
            voorwaarden.push(stap(aanbod, "De gegevens zijn verstuurd", overdracht.verzonden.as_ref(), &zender));
            let naam = format!("{ontvanger} heeft de gegevens");
            voorwaarden.push(stap(aanbod, &naam, overdracht.ontvangen.as_ref(), &ontvanger));
        }
    }
    if overdracht.wacht_op_inhoud {
        voorwaarden.push(compleet(aanbod));
    }
    if aanbod.is_opgeschort() {
        voorwaarden.push(Voorwaarde {
            pil: Pil::new(Status::KanNiet, "Kan nog niet"),
            naam: "De nieuwe melding is gewogen".to_owned(),
            tekst: format!("Er kwam een nieuwe melding binnen. {zender} weegt die eerst."),
        });
    }
    // Content may come after the acceptance; all else comes before it.
    let klaar = overdracht.wacht_op_inhoud || voorwaarden.iter().all(|v| v.pil.status == Status::Gehaald);
    let klaar = klaar && !aanbod.is_opgeschort();
    voorwaarden.push(acceptatie(aanbod, klaar, regel.map(|regel| regel.naam.as_str())));
    Overgang { clausule: regel.map_or_else(|| Clausule::new(""), |regel| clausule(aanbod, &regel.grond)), voorwaarden }
}

/// Every mandatory part is with the receiver: where the agreement asks for it, zicht passes at the later of this and
/// the acceptance.
fn compleet(aanbod: &Aanbod<'_>) -> Voorwaarde {
    let nog = nog_niet_gegeven(aanbod.beeld, aanbod.overdracht, &aanbod.bundel);
    let namen: Vec<_> = nog.into_iter().map(|(_, naam)| naam).collect();
    let (pil, tekst) = match &aanbod.overdracht.compleet {
        Some(feit) => {
            (Pil::new(Status::Gehaald, "Gedaan"), format!("{}.", opmaak::hoofdletter(&aanbod.moment(feit.gebeurd_op))))
        }
        None if namen.is_empty() => (
            Pil::new(Status::Volgt, "Nog niet"),
            format!("{} moet nog bevestigen dat alles er is.", aanbod.ontvanger()),
        ),
        None => (Pil::new(Status::Deels, "Nog niet"), format!("Nog niet ingevuld: {}.", namen.join("; "))),
    };
    Voorwaarde { pil, naam: "De inhoud is compleet".to_owned(), tekst }
}

fn stap(aanbod: &Aanbod<'_>, naam: &str, gedaan: Option<&Feit>, wie: &str) -> Voorwaarde {
    let (pil, tekst) = match gedaan {
        Some(feit) => {
            (Pil::new(Status::Gehaald, "Gedaan"), format!("{}.", opmaak::hoofdletter(&aanbod.moment(feit.gebeurd_op))))
        }
        None => (Pil::new(Status::Volgt, "Nog niet"), format!("{wie} heeft dit nog niet vastgelegd.")),
    };
    Voorwaarde { pil, naam: naam.to_owned(), tekst }
}

fn acceptatie(aanbod: &Aanbod<'_>, klaar: bool, heet: Option<&str>) -> Voorwaarde {
    let pil = match &aanbod.overdracht.stand {
        Stand::Geaccepteerd(_) => Pil::new(Status::Gehaald, "Gedaan"),
        Stand::Geweigerd(..) => Pil::new(Status::Geweigerd, "Geweigerd"),
        Stand::Ingetrokken(_) => Pil::new(Status::Vervallen, "Ingetrokken"),
        Stand::Open if klaar && aanbod.is_ontvanger() => Pil::new(Status::AanZet, "U bent aan zet"),
        Stand::Open => Pil::new(Status::Volgt, "Volgt"),
    };
    let naam = if aanbod.is_ontvanger() {
        "Uw team legt vast dat het de casus accepteert".to_owned()
    } else {
        format!("{} legt vast dat het de casus accepteert", aanbod.ontvanger())
    };
    let tekst = if aanbod.is_open() {
        let dan = match (aanbod.overdracht.wacht_op_inhoud, aanbod.is_ontvanger()) {
            (false, _) => "Op dat moment gaat het zicht over.",
            (true, true) => "Het zicht gaat over als de inhoud compleet is én u accepteert.",
            (true, false) => "Het zicht gaat over als de inhoud compleet is én de ontvanger accepteert.",
        };
        heet.map_or_else(|| dan.to_owned(), |heet| format!("{dan} De afspraak noemt dit: {heet}."))
    } else {
        aanbod.uitkomst()
    };
    Voorwaarde { pil, naam, tekst }
}

/// Who holds now, and who will.
pub(super) fn stand(aanbod: &Aanbod<'_>) -> StandBeeld {
    let toestand = aanbod.toestand;
    let span = aanbod.beeld.lijn.zicht_op(aanbod.beeld.op);
    let ontvanger = aanbod.ontvanger();
    let tot = match (aanbod.is_open(), aanbod.is_ontvanger()) {
        (false, _) if aanbod.wacht_na_acceptatie() => ", tot de inhoud compleet is".to_owned(),
        (false, _) => String::new(),
        (true, true) if aanbod.mist_inhoud() => ", tot de inhoud compleet is én u accepteert".to_owned(),
        (true, true) => ", tot u accepteert".to_owned(),
        (true, false) => format!(", tot {ontvanger} accepteert"),
    };
    let (nu, nu_tekst) = match span.and_then(|span| span.houder.as_ref().map(|wie| (span, wie))) {
        Some((span, wie)) => (houder(toestand, wie), format!("heeft het zicht sinds {}{tot}", aanbod.moment(span.van))),
        None => (Houder::new(HouderSoort::Overig, "niemand meer"), "de casus is gesloten".to_owned()),
    };
    let regel = aanbod.overgang().filter(|_| aanbod.overdracht.loopt());
    StandBeeld {
        nu,
        nu_tekst,
        straks: regel.map(|_| houder(toestand, &aanbod.overdracht.naar)),
        straks_kop: if aanbod.wacht_na_acceptatie() {
            "Als de inhoud compleet is".to_owned()
        } else if aanbod.is_ontvanger() && aanbod.mist_inhoud() {
            "Als de inhoud compleet is én u accepteert".to_owned()
        } else if aanbod.is_ontvanger() {
            "Als u accepteert".to_owned()
        } else {
            format!("Als {ontvanger} accepteert")
        },
        straks_tekst: regel
            .map(|regel| format!("direct, op dat moment · {}", clausule(aanbod, &regel.grond).plaats))
            .unwrap_or_default(),
        waarom_href: regel.map(|regel| tekst::href(&aanbod.bundel, &regel.grond)),
    }
}

/// The consequence, said before any button.
pub(super) fn gevolg(aanbod: &Aanbod<'_>) -> String {
    let (ontvanger, houder) = (aanbod.ontvanger(), aanbod.naam_houder());
    match &aanbod.overdracht.stand {
        Stand::Geaccepteerd(_) if aanbod.wacht_na_acceptatie() => {
            format!("{houder} houdt het zicht op veiligheid tot de inhoud compleet is.")
        }
        Stand::Geaccepteerd(_) => format!("Het zicht op veiligheid ging over naar {ontvanger}."),
        Stand::Geweigerd(..) => "Geweigerd: het zicht op veiligheid ging niet over.".to_owned(),
        Stand::Ingetrokken(_) => "Ingetrokken: het zicht op veiligheid ging niet over.".to_owned(),
        Stand::Open if aanbod.is_opgeschort() => format!("Dit aanbod wacht. {houder} houdt het zicht op veiligheid."),
        Stand::Open if aanbod.is_ontvanger() => match wacht_op(aanbod) {
            Some(wacht) => format!("{wacht} Daarna kunt u accepteren."),
            None if aanbod.mist_inhoud() => {
                "Het zicht op veiligheid gaat over als de inhoud compleet is én u accepteert.".to_owned()
            }
            None => "Vanaf dat moment heeft uw team het zicht op veiligheid.".to_owned(),
        },
        Stand::Open => format!("Tot {ontvanger} accepteert, houdt {houder} het zicht op veiligheid."),
    }
}

/// What must happen before the receiver can accept.
fn wacht_op(aanbod: &Aanbod<'_>) -> Option<String> {
    let overdracht = aanbod.overdracht;
    let verstuurd = overdracht.verzonden.is_some();
    let eerst_sturen = || format!("{} moet de gegevens nog versturen.", aanbod.zender());
    match aanbod.overgang().map(|regel| regel.wacht_op()) {
        Some(AcceptatieNa::Aanbod) => None,
        Some(AcceptatieNa::DocumentVerzonden) => (!verstuurd).then(eerst_sturen),
        Some(AcceptatieNa::WarmeOverdracht) => overdracht
            .warm
            .is_none()
            .then(|| "Eerst is er een gesprek van het gezin, Veilig Thuis en uw team samen.".to_owned()),
        Some(AcceptatieNa::GegevensOntvangen) | None if overdracht.ontvangen.is_some() => None,
        Some(AcceptatieNa::GegevensOntvangen) | None if verstuurd => {
            Some("Bevestig eerst dat uw team de gegevens heeft.".to_owned())
        }
        Some(AcceptatieNa::GegevensOntvangen) | None => Some(eerst_sturen()),
    }
}

/// The instants from which the receiver's terms run, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub(in crate::handlers) struct Ankers {
    pub verzonden: Option<Instant>,
    pub ontvangen: Option<Instant>,
    pub warm: Option<Instant>,
    /// Acceptance, as if it were now.
    pub nu: Instant,
}

impl Ankers {
    pub fn van(aanbod: &Aanbod<'_>) -> Self {
        Self {
            verzonden: aanbod.overdracht.verzonden.as_ref().map(|feit| feit.gebeurd_op),
            ontvangen: aanbod.overdracht.ontvangen.as_ref().map(|feit| feit.gebeurd_op),
            warm: aanbod.overdracht.warm.as_ref().map(|warm| warm.feit.gebeurd_op),
            nu: aanbod.beeld.op,
        }
    }

    fn van_regel(self, regel: &TermijnRegel) -> Option<Instant> {
        match regel.anker? {
            Anker::DocumentVerzonden => self.verzonden,
            Anker::GegevensOntvangen => self.ontvangen,
            Anker::ZichtOvergegaan => Some(self.nu),
            Anker::WarmeOverdracht => self.warm,
            Anker::OntvangstMelding
            | Anker::BeoordelingPlaatsgevonden
            | Anker::EersteTerugkoppeling
            | Anker::EindeBetrokkenheid
            | Anker::BriefGezin
            | Anker::CrisisBegonnen
            | Anker::MonitormomentGepland
            | Anker::VoorwaardeUiterlijk
            | Anker::EvaluatieAfgesproken
            | Anker::IncidentNaPlan
            | Anker::GemeenteGeinformeerd
            | Anker::IncidentTijdensMonitoring => None,
        }
    }
}

/// A term that the receiver gets by accepting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handlers) struct Plichttermijn {
    pub naam: String,
    pub clausule: ClausuleId,
    /// `14 dagen`.
    pub lengte: String,
    pub vanaf: &'static str,
    pub anker: Option<Instant>,
    /// Excluded bound; absent while the anchor is not known.
    pub uiterlijk: Option<Instant>,
}

/// The terms of a receiver of this kind, besides the one for the answer itself.
pub(in crate::handlers) fn termijnplichten(
    bundel: &Bundel,
    soort: PartijSoort,
    fase: Fase,
    ankers: Ankers,
) -> Vec<Plichttermijn> {
    let geldt = |regel: &&TermijnRegel| {
        regel.wie == Some(Wie::Ontvanger)
            && !regel.geen
            && regel.vervuld_door != Some(Daad::OverdrachtGeaccepteerd)
            && (regel.ontvangers.is_empty() || regel.ontvangers.contains(&soort))
            && (regel.fasen.is_empty() || regel.fasen.contains(&fase))
    };
    let plicht = |regel: &TermijnRegel| {
        let anker = ankers.van_regel(regel);
        Plichttermijn {
            naam: regel.naam.clone(),
            clausule: regel.clausule.clone(),
            lengte: lengte(regel.lengte, regel.eenheid),
            vanaf: vanaf(regel.anker),
            anker,
            uiterlijk: anker.and_then(|anker| regel.uiterlijk(&bundel.kalender, anker)),
        }
    };
    let mut plichten: Vec<_> = bundel.inhoud.termijn.values().filter(geldt).map(plicht).collect();
    plichten.sort_by(|a, b| {
        (a.uiterlijk.is_none(), a.uiterlijk, &a.naam).cmp(&(b.uiterlijk.is_none(), b.uiterlijk, &b.naam))
    });
    plichten
}

/// `Contact met het gezin, uiterlijk di 21 april 2026`, or within how long when the anchor is not known yet.
pub(in crate::handlers) fn wanneer_plicht(plicht: &Plichttermijn) -> String {
    match plicht.uiterlijk {
        Some(grens) => format!("{}, uiterlijk {}", plicht.naam, opmaak::datum_met_jaar(grens.net_ervoor().dag())),
        None => format!("{}, binnen {}", plicht.naam, plicht.lengte),
    }
}

/// A length with its unit: `5 werkdagen`.
pub(in crate::handlers) fn lengte(lengte: i64, eenheid: Option<Eenheid>) -> String {
    let (een, meer) = match eenheid {
        Some(Eenheid::Werkdag) => ("werkdag", "werkdagen"),
        Some(Eenheid::Dag) => ("dag", "dagen"),
        Some(Eenheid::Week) => ("week", "weken"),
        Some(Eenheid::Maand) => ("maand", "maanden"),
        Some(Eenheid::Uur) => ("uur", "uur"),
        None => return String::new(),
    };
    opmaak::aantal(u64::try_from(lengte).unwrap_or_default(), een, meer)
}

/// The event from which a term runs, inside a sentence.
pub(in crate::handlers) fn vanaf(anker: Option<Anker>) -> &'static str {
    match anker {
        Some(Anker::OntvangstMelding) => "ontvangst van de melding",
        Some(Anker::BeoordelingPlaatsgevonden) => "de veiligheidsbeoordeling",
        Some(Anker::GegevensOntvangen) => "ontvangst van de gegevens",
        Some(Anker::DocumentVerzonden) => "versturen van het document",
        Some(Anker::ZichtOvergegaan) => "overgang van het zicht",
        Some(Anker::WarmeOverdracht) => "de warme overdracht",
        Some(Anker::EersteTerugkoppeling) => "de eerste terugkoppeling",
        Some(Anker::EindeBetrokkenheid) => "het einde van de betrokkenheid van Veilig Thuis",
        Some(Anker::BriefGezin) => "de brief aan het gezin",
        Some(Anker::CrisisBegonnen) => "de start van de crisisdienst",
        Some(Anker::MonitormomentGepland) => "de geplande dag",
        Some(Anker::VoorwaardeUiterlijk) => "de dag die bij de voorwaarde staat",
        Some(Anker::EvaluatieAfgesproken) => "de dag die in het plan staat",
        Some(Anker::IncidentNaPlan) => "een incident nadat het plan er was",
        Some(Anker::GemeenteGeinformeerd) => "de kennisgeving aan de gemeente",
        Some(Anker::IncidentTijdensMonitoring) => "een incident tijdens de monitoring",
        None => "",
    }
}

/// What the receiver has to do after acceptance.
pub(super) fn plichten(aanbod: &Aanbod<'_>) -> Vec<Plicht> {
    let soort = aanbod.bundel.soort_van(&aanbod.overdracht.naar);
    let termijn = |plicht: &Plichttermijn| {
        let moment = plicht.anker.map(|anker| format!(", {}", aanbod.moment(anker))).unwrap_or_default();
        Plicht {
            titel: wanneer_plicht(plicht),
            tekst: format!("{} na {}{moment}.", plicht.lengte, plicht.vanaf),
            clausule: clausule(aanbod, &plicht.clausule),
        }
    };
    let termijnen = termijnplichten(&aanbod.bundel, soort, aanbod.overdracht.fase, Ankers::van(aanbod));
    let mut plichten: Vec<_> = termijnen.iter().map(termijn).collect();
    plichten.extend(actueel_beeld(aanbod));
    plichten.extend(monitoring(aanbod));
    plichten
}

fn team(aanbod: &Aanbod<'_>) -> String {
    if aanbod.is_ontvanger() { "Uw team".to_owned() } else { aanbod.ontvanger() }
}

fn actueel_beeld(aanbod: &Aanbod<'_>) -> Option<Plicht> {
    let regel = aanbod.bundel.inhoud.sluiting.get("stabiel-veilig")?;
    let eisen: Vec<_> = regel.voorwaarden.values().map(|voorwaarde| voorwaarde.tekst.as_str()).collect();
    let maanden = opmaak::aantal(u64::try_from(regel.maanden_zonder_incident).unwrap_or_default(), "maand", "maanden");
    Some(Plicht {
        titel: format!("{} houdt een actueel beeld van de veiligheid", team(aanbod)),
        tekst: format!("Tot het stabiel veilig is: {maanden} zonder incident of melding. {}", eisen.join(" ")),
        clausule: clausule(aanbod, &regel.clausule),
    })
}

fn monitoring(aanbod: &Aanbod<'_>) -> Option<Plicht> {
    let regel = domain::monitoring::regel_na(&aanbod.beeld.staat, aanbod.overdracht, &aanbod.bundel)?;
    let (titel, tekst) = match regel.wie {
        Monitor::VeiligThuis => (
            format!("{} monitort", aanbod.zender()),
            "Stopt de hulp eerder? Overleg dan eerst met Veilig Thuis.".to_owned(),
        ),
        Monitor::Ontvanger => {
            (format!("{} monitort", team(aanbod)), "De momenten staan vast in de afspraak.".to_owned())
        }
        Monitor::Geen => {
            ("Niemand monitort".to_owned(), "Dat is zo afgesproken; bij zorgen volgt een nieuwe melding.".to_owned())
        }
        Monitor::OntvangerIndienNodig => (
            format!("{} monitort als dat nodig is", team(aanbod)),
            "Na een directe overdracht monitort Veilig Thuis niet.".to_owned(),
        ),
    };
    Some(Plicht { titel, tekst, clausule: clausule(aanbod, &regel.clausule) })
}

/// Whether the agreement has a term for the answer of a receiver of this kind, in one situation or in any.
pub(in crate::handlers) fn heeft_antwoordtermijn(bundel: &Bundel, soort: PartijSoort, fase: Option<Fase>) -> bool {
    bundel.inhoud.termijn.values().any(|regel| {
        regel.vervuld_door == Some(Daad::OverdrachtGeaccepteerd)
            && !regel.geen
            && (regel.ontvangers.is_empty() || regel.ontvangers.contains(&soort))
            && (regel.fasen.is_empty() || fase.is_none_or(|fase| regel.fasen.contains(&fase)))
    })
}

/// When the answer is due, where the agreement has a term for it and it runs.
pub(in crate::handlers) fn antwoordtermijn(aanbod: &Aanbod<'_>) -> Option<Instant> {
    let is_antwoord = |soort: &str| {
        let regel = aanbod.bundel.inhoud.termijn.get(soort);
        regel.is_some_and(|regel| regel.vervuld_door == Some(Daad::OverdrachtGeaccepteerd))
    };
    let eigen = aanbod.beeld.termijnen.iter().map(|(termijn, _)| termijn);
    let van_dit_aanbod = eigen.filter(|termijn| termijn.bij == Bij::Overdracht(aanbod.overdracht.id));
    van_dit_aanbod.filter(|termijn| is_antwoord(&termijn.soort)).map(|termijn| termijn.uiterlijk).min()
}

/// Said when the agreement has no term for the answer.
pub(super) fn hiaat(aanbod: &Aanbod<'_>) -> Option<Onbenoemd> {
    let soort = aanbod.bundel.soort_van(&aanbod.overdracht.naar);
    let geen = !heeft_antwoordtermijn(&aanbod.bundel, soort, Some(aanbod.overdracht.fase));
    (aanbod.is_open() && geen).then(|| Onbenoemd {
        titel: "De afspraak noemt geen termijn voor het antwoord.".to_owned(),
        lezing: format!(
            "het aanbod blijft open tot {} antwoordt of {} het intrekt.",
            aanbod.ontvanger(),
            aanbod.zender()
        ),
    })
}

#[cfg(test)]
pub(in crate::handlers) mod tests {
    use super::*;
    use domain::afspraak::{Afspraken, Bron};
    use std::sync::Arc;

    /// The agreements of this repository.
    pub fn afspraken() -> Afspraken {
        let bron = |pad: &str, tekst: &str| Bron { bestand: pad.to_owned(), tekst: tekst.to_owned() };
        let kalender = bron("kalender", include_str!("../../../../../afspraken/kalender/nederland.toml"));
        let regios = vec![
            bron("landelijk", include_str!("../../../../../afspraken/landelijk/2019-01-01.toml")),
            bron("ijmond", include_str!("../../../../../afspraken/ijmond/2024-07-04.toml")),
            bron("nog", include_str!("../../../../../afspraken/noord-oost-gelderland/2019.toml")),
            bron("nhn", include_str!("../../../../../afspraken/noord-holland-noord/2019.toml")),
            bron("zhz", include_str!("../../../../../afspraken/zuid-holland-zuid/2017.toml")),
        ];
        Afspraken::laad(&[kalender], regios).unwrap()
    }

    pub fn bundel(gemeente: &str) -> Arc<Bundel> {
        let dag = jiff::civil::date(2026, 4, 7);
        Arc::clone(&afspraken().voor_gemeente(gemeente, dag).unwrap().bundel)
    }

    pub fn op(lokaal: &str) -> Instant {
        Instant::uit_lokaal(lokaal.parse().unwrap())
    }

    #[test]
    fn in_ijmond_telt_contact_met_het_gezin_vanaf_de_gegevens() {
        let nu = op("2026-04-07T13:48:00");
        let ankers = Ankers { verzonden: Some(nu), ontvangen: Some(nu), warm: None, nu };
        let plichten = termijnplichten(&bundel("Beverwijk"), PartijSoort::LokaalTeam, Fase::Direct, ankers);
        let titels: Vec<_> = plichten.iter().map(|plicht| wanneer_plicht(plicht).replace('\u{a0}', " ")).collect();
        assert_eq!(
            titels,
            ["Medewerker toewijzen, uiterlijk wo 8 april 2026", "Contact met het gezin, uiterlijk di 21 april 2026"]
        );
        let nog_niet = Ankers { ontvangen: None, ..ankers };
        let plichten = termijnplichten(&bundel("Beverwijk"), PartijSoort::LokaalTeam, Fase::Direct, nog_niet);
        assert_eq!(wanneer_plicht(&plichten[1]).replace('\u{a0}', " "), "Contact met het gezin, binnen 14 dagen");
    }

    #[test]
    fn de_termijn_voor_het_antwoord_is_geen_plicht_erna() {
        let nu = op("2026-04-07T13:48:00");
        let ankers = Ankers { verzonden: Some(nu), ontvangen: None, warm: None, nu };
        let nog = bundel("Zutphen");
        let plichten = termijnplichten(&nog, PartijSoort::LokaalTeam, Fase::Direct, ankers);
        let namen: Vec<_> = plichten.iter().map(|plicht| plicht.naam.as_str()).collect();
        assert_eq!(namen, ["Medewerker toewijzen", "Afspraak met het gezin"]);
        assert!(heeft_antwoordtermijn(&nog, PartijSoort::LokaalTeam, Some(Fase::Direct)));
        assert!(!heeft_antwoordtermijn(&bundel("Velsen"), PartijSoort::LokaalTeam, None));
        assert!(!heeft_antwoordtermijn(&nog, PartijSoort::Anders, None));
    }
}
