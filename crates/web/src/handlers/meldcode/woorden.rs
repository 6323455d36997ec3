//! A track in words: what was recorded in each step, what comes next, what can be done.

use crate::{
    Toestand,
    handlers::tekst,
    opmaak,
    pages::{
        onderdelen::{Feit, Pil, Status},
        spoor::{Blok, Knop},
    },
};
use app::eigen::SpoorBeeld;
use domain::meldcode::{
    BijzondereVorm, Client, Gebeurtenis, Gesprekspartner, Hulp, OudBesluit, Overlegpartner, Signaalbron, Sluitreden,
    kader::{Uitkomst, Weegantwoord},
};

use super::knop;

pub(super) fn beroep(toestand: &Toestand, beroep: &str) -> String {
    let vandaag = toestand.app.klok().nu().dag();
    toestand.app.kaders().voor(beroep, vandaag).map_or_else(|| beroep.to_owned(), |kader| kader.naam.clone())
}

/// What comes next, or how it ended, by the code in the list.
pub(super) fn stand(stand: &str) -> Pil {
    let (status, tekst) = match stand {
        "melding-doen" => (Status::AanZet, "Doe de melding"),
        "gemeld" => (Status::Gehaald, "Gemeld"),
        "hulp-werkt" => (Status::Gehaald, "Hulp werkt"),
        "vermoeden-weerlegd" => (Status::Gehaald, "Vermoeden weerlegd"),
        "signalen" => (Status::Volgt, "Stap 1: signalen"),
        "overleg" => (Status::Volgt, "Stap 2: overleggen"),
        "gesprek" => (Status::Volgt, "Stap 3: in gesprek gaan"),
        "wegen" => (Status::Volgt, "Stap 4: wegen"),
        "beslissen" => (Status::Volgt, "Stap 5: beslissen"),
        _ => (Status::Later, "Hulp loopt"),
    };
    Pil::new(status, tekst)
}

pub(super) fn stand_van(beeld: &SpoorBeeld) -> Pil {
    match beeld.staat.gesloten {
        Some(Sluitreden::Gemeld) => stand("gemeld"),
        Some(Sluitreden::HulpWerkt) => stand("hulp-werkt"),
        Some(Sluitreden::VermoedenWeerlegd) => stand("vermoeden-weerlegd"),
        None if beeld.staat.gemeld_op.is_some() => stand("gemeld"),
        None if beeld.staat.besloot_te_melden() => stand("melding-doen"),
        None => {
            let eerste = beeld.stappen.iter().find(|stap| !stap.klaar).map(|stap| stap.sleutel.as_str());
            stand(eerste.unwrap_or_default())
        }
    }
}

pub(super) fn stap(klaar: bool) -> Pil {
    if klaar { Pil::new(Status::Gehaald, "Gedaan") } else { Pil::new(Status::Volgt, "Nog te doen") }
}

/// To which step an act belongs.
pub(super) fn stap_van(handeling: &str) -> Option<&'static str> {
    Some(match handeling {
        "leg-signaal-vast" | "doe-kindcheck" | "begin-spoor" => "signalen",
        "leg-overleg-vast" => "overleg",
        "leg-gesprek-vast" => "gesprek",
        "weeg" => "wegen",
        "beslis-melden" | "beslis-hulp" | "neem-oud-besluit" | "sluit-spoor" => "beslissen",
        _ => return None,
    })
}

pub(super) fn feiten(toestand: &Toestand, beeld: &SpoorBeeld) -> Vec<Feit> {
    let Some(begin) = &beeld.staat.begin else { return Vec::new() };
    let onbekend = || "nog niet vastgelegd".to_owned();
    let mut feiten = vec![
        Feit::new("Over wie", beeld.client.clone()),
        Feit::new("Cliënt", if begin.client == Client::Kind { "kind" } else { "volwassene" }),
        Feit::new("Wie loopt de stappen", tekst::medewerker(toestand, &begin.uitvoerder)),
        Feit::new("Wie is eindverantwoordelijk", beeld.eindverantwoordelijke.clone().unwrap_or_else(onbekend)),
        Feit::new("Beroep", beroep(toestand, &begin.kader.beroep)),
        Feit::new("Begonnen", opmaak::datum_met_jaar(begin.op.dag())),
    ];
    if begin.oude_stap_vijf {
        feiten.push(Feit::new("Stap 5", "één besluit, zoals voor 1 januari 2019"));
    }
    if let Some(nummer) = beeld.melding_nummer() {
        feiten.push(Feit::new("Melding bij Veilig Thuis", nummer));
    }
    let vergeefs = beeld.staat.vergeefs();
    if vergeefs > 0 {
        feiten.push(Feit::new(
            "Niet verschenen of bereikt",
            opmaak::aantal(vergeefs as u64, "keer op rij", "keer op rij"),
        ));
    }
    if let Some(stap) = &beeld.volgens_protocol {
        feiten.push(Feit::new("Volgens uw eigen protocol", stap.clone()));
    }
    feiten
}

pub(super) fn bron(bron: Signaalbron) -> &'static str {
    match bron {
        Signaalbron::ZelfGezien => "Zelf gezien of gehoord",
        Signaalbron::KindOfClient => "Het kind of de cliënt vertelde het",
        Signaalbron::Ouder => "Een ouder vertelde het",
        Signaalbron::Ander => "Iemand anders vertelde het",
    }
}

pub(super) fn vorm(vorm: BijzondereVorm) -> &'static str {
    match vorm {
        BijzondereVorm::GenitaleVerminking => "vrouwelijke genitale verminking",
        BijzondereVorm::Eergerelateerd => "eergerelateerd geweld",
    }
}

pub(super) fn overleg(met: Overlegpartner) -> &'static str {
    match met {
        Overlegpartner::Collega => "Een collega",
        Overlegpartner::GeenCollega => "Er is geen collega",
        Overlegpartner::Aandachtsfunctionaris => "De aandachtsfunctionaris",
        Overlegpartner::VeiligThuis => "Veilig Thuis, voor advies",
        Overlegpartner::Letselduiding => "Een deskundige op het gebied van letsel",
    }
}

pub(super) fn gesprek(met: Gesprekspartner) -> &'static str {
    match met {
        Gesprekspartner::Ouders => "De ouders",
        Gesprekspartner::Kind => "Het kind",
        Gesprekspartner::Client => "De volwassen cliënt",
    }
}

pub(super) fn hulp(hulp: Hulp) -> &'static str {
    match hulp {
        Hulp::Zelf => "Ja, ik geef zelf hulp",
        Hulp::Organiseren => "Ja, ik regel hulp",
        Hulp::Niet => "Nee",
    }
}

pub(super) fn uitkomst(uitkomst: Uitkomst) -> &'static str {
    match uitkomst {
        Uitkomst::Afsluiten => "Geen vermoeden meer: leg dat vast en sluit af",
        Uitkomst::Melden => "Melden",
        Uitkomst::HulpEnVolgen => "Hulp geven of regelen, en blijven volgen",
    }
}

pub(super) fn antwoord(antwoord: Weegantwoord) -> &'static str {
    match antwoord {
        Weegantwoord::Ja => "Ja",
        Weegantwoord::Nee => "Nee",
        Weegantwoord::Twijfel => "Ik twijfel",
    }
}

fn tekst(beeld: &SpoorBeeld, versie: u64, soort: &str, naam: &str) -> Option<Feit> {
    beeld.tekst_bij(versie, soort).map(|tekst| Feit::new(naam, tekst))
}

/// What was recorded in a step.
pub(super) fn inhoud(toestand: &Toestand, beeld: &SpoorBeeld, stap: &str) -> Vec<Blok> {
    match stap {
        "signalen" => signalen(beeld),
        "overleg" => beeld.staat.overleggen.iter().map(|o| overlegblok(beeld, o)).collect(),
        "gesprek" => beeld.staat.gesprekken.iter().map(|g| gesprekblok(beeld, g)).collect(),
        "wegen" => weging(toestand, beeld),
        _ => besluiten(beeld),
    }
}

fn signalen(beeld: &SpoorBeeld) -> Vec<Blok> {
    let mut blokken: Vec<_> = beeld
        .staat
        .signalen
        .iter()
        .map(|signaal| {
            let van = tekst(beeld, signaal.versie, "bron_tekst", "Van wie");
            let mut feiten: Vec<_> = [
                tekst(beeld, signaal.versie, "feit", "Feit"),
                tekst(beeld, signaal.versie, "uitleg", "Wat ik ervan denk"),
                Some(Feit::new("Bron", bron(signaal.bron))),
                van,
            ]
            .into_iter()
            .flatten()
            .collect();
            if signaal.onthulling {
                feiten.push(Feit::new(
                    "Onthulling",
                    "Een kind vertelde het zelf: dat is een vorm van acute onveiligheid.",
                ));
            }
            feiten.extend(signaal.vormen.iter().map(|eigen| Feit::new("Bijzondere vorm", vorm(*eigen))));
            Blok { titel: format!("Signaal van {}", opmaak::datum_met_jaar(signaal.datum.0)), feiten }
        })
        .collect();
    if let Some(kinderen) = beeld.staat.kindcheck {
        let mut feiten = vec![Feit::new("Kinderen", kinderen.to_string())];
        feiten.extend(beeld.tekst("leeftijden").map(|jaren| Feit::new("Leeftijden", jaren)));
        blokken.push(Blok { titel: "Kindcheck".to_owned(), feiten });
    }
    blokken
}

fn overlegblok(beeld: &SpoorBeeld, overleg_: &domain::meldcode::Overleg) -> Blok {
    let mut feiten: Vec<_> =
        [tekst(beeld, overleg_.versie, "met_wie", "Met wie"), tekst(beeld, overleg_.versie, "verslag", "Uitkomst")]
            .into_iter()
            .flatten()
            .collect();
    if overleg_.vormen_besproken {
        feiten.push(Feit::new("Bijzondere vorm", "uitdrukkelijk besproken"));
    }
    Blok { titel: overleg(overleg_.met).to_owned(), feiten }
}

fn gesprekblok(beeld: &SpoorBeeld, gesprek_: &domain::meldcode::Gesprek) -> Blok {
    let met: Vec<_> = gesprek_.met.iter().map(|met| gesprek(*met)).collect();
    let feiten =
        [tekst(beeld, gesprek_.versie, "verslag", "Besproken"), tekst(beeld, gesprek_.versie, "reden", "Waarom niet")];
    let titel = if gesprek_.gehouden { "Gesproken met" } else { "Niet gesproken met" };
    Blok {
        titel: format!("{titel}: {}", met.join(", ").to_lowercase()),
        feiten: feiten.into_iter().flatten().collect(),
    }
}

fn weging(toestand: &Toestand, beeld: &SpoorBeeld) -> Vec<Blok> {
    let Some(weging) = &beeld.staat.weging else { return Vec::new() };
    let kader = toestand.app.kaders().met_naam(&weging.kader);
    let vraag = |sleutel: &str| {
        kader.and_then(|kader| kader.vraag(sleutel)).map_or_else(|| sleutel.to_owned(), |vraag| vraag.tekst.clone())
    };
    let volgorde = kader.map(|kader| kader.vraag.iter().map(|vraag| vraag.sleutel.clone()).collect::<Vec<_>>());
    let volgorde = volgorde.unwrap_or_else(|| weging.antwoorden.keys().cloned().collect());
    let antwoorden = volgorde.iter().filter_map(|sleutel| Some((sleutel, weging.antwoorden.get(sleutel)?)));
    let mut feiten: Vec<_> =
        antwoorden.map(|(sleutel, gegeven)| Feit::new(vraag(sleutel), antwoord(*gegeven))).collect();
    feiten.extend(tekst(beeld, weging.versie, "weging", "Toelichting"));
    feiten.push(Feit::new("Uitkomst", uitkomst(weging.uitkomst)));
    vec![Blok { titel: format!("Gewogen op {}", opmaak::datum_met_jaar(weging.op.dag())), feiten }]
}

fn besluiten(beeld: &SpoorBeeld) -> Vec<Blok> {
    let mut blokken = Vec::new();
    if let Some(besluit) = &beeld.staat.melden {
        let mut feiten = vec![
            Feit::new("Melden", if besluit.melden { "Ja" } else { "Nee" }),
            Feit::new("Vooraf besproken", if besluit.besproken { "Ja" } else { "Nee" }),
        ];
        if besluit.door_eindverantwoordelijke {
            feiten.push(Feit::new("Besloten door", "de eindverantwoordelijke"));
        }
        feiten.extend(tekst(beeld, besluit.versie, "toelichting", "Toelichting"));
        feiten.extend(tekst(beeld, besluit.versie, "reden", "Reden om af te wijken"));
        blokken.push(Blok { titel: "Eerste besluit: melden?".to_owned(), feiten });
    }
    if let Some(besluit) = beeld.staat.hulp {
        let mut feiten = vec![Feit::new("Hulp geven of regelen", hulp(besluit))];
        feiten.extend(beeld.tekst("hulp").map(|tekst| Feit::new("Welke hulp", tekst)));
        blokken.push(Blok { titel: "Tweede besluit: hulp?".to_owned(), feiten });
    }
    if let Some(besluit) = beeld.staat.oud_besluit {
        let wat = if besluit == OudBesluit::Melden { "Melden" } else { "Hulp regelen" };
        blokken.push(Blok { titel: "Besluit".to_owned(), feiten: vec![Feit::new("Besluit", wat)] });
    }
    blokken
}

/// What can be done in a step.
pub(super) fn knoppen(beeld: &SpoorBeeld, stap: &str, basis: &str) -> Vec<Knop> {
    let doe = |tekst: &str, naam: &str, eerst: bool| knop(tekst, format!("{basis}/doe/{naam}"), eerst);
    let volwassene = beeld.staat.begin.as_ref().is_some_and(|begin| begin.client == Client::Volwassene);
    let oud = beeld.staat.begin.as_ref().is_some_and(|begin| begin.oude_stap_vijf);
    let leeg = |leeg: bool| leeg;
    match stap {
        "signalen" => {
            let mut alle = vec![doe("Signaal vastleggen", "leg-signaal-vast", leeg(beeld.staat.signalen.is_empty()))];
            if volwassene {
                alle.push(doe("Kindcheck doen", "doe-kindcheck", false));
            }
            alle
        }
        "overleg" => vec![doe("Overleg vastleggen", "leg-overleg-vast", leeg(beeld.staat.overleggen.is_empty()))],
        "gesprek" => vec![doe("Gesprek vastleggen", "leg-gesprek-vast", leeg(beeld.staat.gesprekken.is_empty()))],
        "wegen" if !oud => vec![doe("Wegen", "weeg", leeg(beeld.staat.weging.is_none()))],
        "beslissen" if oud => vec![doe("Besluiten", "neem-oud-besluit", true)],
        "beslissen" => vec![
            doe("Besluit 1: moet ik melden?", "beslis-melden", leeg(beeld.staat.melden.is_none())),
            doe("Besluit 2: kan ik hulp geven of regelen?", "beslis-hulp", false),
        ],
        _ => Vec::new(),
    }
}

pub(super) fn andere_handelingen(basis: &str) -> Vec<Knop> {
    vec![
        knop("Contactpoging vastleggen", format!("{basis}/doe/leg-contactpoging-vast"), false),
        knop("Spoor afsluiten", format!("{basis}/doe/sluit-spoor"), false),
    ]
}

pub(super) fn gebeurtenis(gebeurtenis: &Gebeurtenis) -> &'static str {
    match gebeurtenis {
        Gebeurtenis::SpoorBegonnen { .. } => "Spoor begonnen",
        Gebeurtenis::SignaalVastgelegd { .. } => "Signaal vastgelegd",
        Gebeurtenis::KindcheckGedaan { .. } => "Kindcheck gedaan",
        Gebeurtenis::OverlegGevoerd { .. } => "Overleg vastgelegd",
        Gebeurtenis::GesprekGevoerd { gehouden: true, .. } => "Gesprek vastgelegd",
        Gebeurtenis::GesprekGevoerd { .. } => "Vastgelegd waarom er geen gesprek was",
        Gebeurtenis::Gewogen { .. } => "Gewogen",
        Gebeurtenis::MeldenBesloten { melden: true, .. } => "Besloten om te melden",
        Gebeurtenis::MeldenBesloten { .. } => "Besloten om niet te melden",
        Gebeurtenis::HulpBesloten { .. } => "Besloten over hulp",
        Gebeurtenis::OudBesluitGenomen { .. } => "Besloten",
        Gebeurtenis::ContactpogingVastgelegd { gelukt: true, .. } => "Contact gehad",
        Gebeurtenis::ContactpogingVastgelegd { .. } => "Vergeefs contact gezocht",
        Gebeurtenis::MeldingGedaan => "Gemeld bij Veilig Thuis",
        Gebeurtenis::SpoorAfgesloten { .. } => "Spoor afgesloten",
    }
}

/// What to say after an act was recorded.
pub(super) fn vastgelegd(handeling: &str) -> Option<&'static str> {
    Some(match handeling {
        "begin-spoor" => "Het spoor is begonnen.",
        "leg-signaal-vast" => "Het signaal is vastgelegd.",
        "doe-kindcheck" => "De kindcheck is vastgelegd.",
        "leg-overleg-vast" => "Het overleg is vastgelegd.",
        "leg-gesprek-vast" => "Het gesprek is vastgelegd.",
        "weeg" => "De weging is vastgelegd.",
        "beslis-melden" => "Het besluit over melden is vastgelegd.",
        "beslis-hulp" => "Het besluit over hulp is vastgelegd.",
        "neem-oud-besluit" => "Het besluit is vastgelegd.",
        "leg-contactpoging-vast" => "De contactpoging is vastgelegd.",
        "sluit-spoor" => "Het spoor is afgesloten.",
        "meld" => "Uw melding is verstuurd. Het nummer staat in dit spoor.",
        _ => return None,
    })
}
