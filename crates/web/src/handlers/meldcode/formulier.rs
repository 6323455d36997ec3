//! The form of each act in a track: its questions, and the wish that is read from the answers.

use super::woorden;
use crate::{
    Toestand,
    pages::veld::{Optie, Veld, VeldFout, Waarden},
};
use app::eigen::{
    SpoorBeeld, SpoorWens,
    meldcode::{
        BeginWens, GesprekWens, HulpWens, KindcheckWens, MeldBesluitWens, OudBesluitWens, OverlegWens, PogingWens,
        SignaalWens, SluitSpoorWens, WeegWens,
    },
};
use domain::{
    ids::AfspraakNaam,
    meldcode::{
        BijzondereVorm, Gesprekspartner, Hulp, Overlegpartner, Signaalbron,
        kader::{Kader, Weegantwoord},
    },
    tijd::{Datum, Instant},
};
use serde::de::DeserializeOwned;

/// A form before it is filled.
pub(super) struct Deel {
    pub titel: &'static str,
    pub gevolg: &'static str,
    pub velden: Vec<Veld>,
}

fn opties<T: Copy>(alle: &[T], code: fn(T) -> String, tekst: fn(T) -> &'static str) -> Vec<Optie> {
    alle.iter().map(|waarde| Optie::new(code(*waarde), tekst(*waarde))).collect()
}

fn reden() -> Veld {
    Veld::tekstvak("reden", "Reden", 3).hint("Alleen als u van een afspraak afwijkt.").optioneel()
}

/// The regions that can be chosen, by the agreement in force today.
pub(crate) fn regios(toestand: &Toestand) -> Vec<Optie> {
    let vandaag = toestand.app.klok().nu().dag();
    let alle = toestand.app.afspraken().alle().iter();
    let geldig = alle.filter(|geldig| {
        geldig.bundel.is_regio()
            && geldig.bundel.veilig_thuis().is_some()
            && toestand
                .app
                .afspraken()
                .geldig(&geldig.bundel.afspraak, vandaag)
                .is_some_and(|nu| nu.hash == geldig.hash)
    });
    geldig
        .filter_map(|geldig| {
            let titel = geldig.bundel.eigen_laag().map(|laag| laag.titel.clone())?;
            Some(Optie::new(geldig.bundel.afspraak.als_str(), titel))
        })
        .collect()
}

/// The form of an act; nothing for an act that there is not.
pub(super) fn van(toestand: &Toestand, beeld: Option<&SpoorBeeld>, handeling: &str) -> Option<Deel> {
    let (titel, gevolg, velden) = match (handeling, beeld) {
        ("begin-spoor", None) => (
            "Een spoor beginnen",
            "U loopt de vijf stappen van de meldcode. Wat u vastlegt, leest alleen uw eigen organisatie.",
            begin(toestand),
        ),
        ("leg-signaal-vast", Some(_)) => (
            "Signaal vastleggen",
            "Schrijf feit, uitleg en bron los van elkaar op. Dan is later duidelijk wat u zag en wat u dacht.",
            signaal(),
        ),
        ("doe-kindcheck", Some(_)) => (
            "Kindcheck doen",
            "De cliënt is volwassen. Ga na of er minderjarige kinderen zijn die van de cliënt afhangen.",
            vec![
                Veld::tekst_smal("kinderen", "Hoeveel minderjarige kinderen zijn er?")
                    .hint("Vul 0 in als er geen zijn."),
                Veld::tekst("leeftijden", "Hoe oud zijn ze?")
                    .hint("Bijvoorbeeld: 3, 7. Gebruik 0 voor een kind onder 1 jaar.")
                    .optioneel(),
            ],
        ),
        ("leg-overleg-vast", Some(_)) => (
            "Overleg vastleggen",
            "Bij elke stap kunt u Veilig Thuis om advies vragen. Heeft u geen collega? Doe dat dan in elk geval.",
            overleg(),
        ),
        ("leg-gesprek-vast", Some(_)) => (
            "Gesprek vastleggen",
            "Praat met de ouders, het kind of de cliënt, of leg vast waarom dat niet kan.",
            gesprek(),
        ),
        ("leg-contactpoging-vast", Some(_)) => (
            "Contactpoging vastleggen",
            "Kwam het gezin niet, of kreeg u geen contact? Leg elke poging vast.",
            poging(),
        ),
        ("weeg", Some(beeld)) => (
            "Wegen",
            "De vragen volgen op elkaar: leidt een antwoord al tot een uitkomst, dan hoeft u niet verder. Twijfelt u? Dan vraagt u Veilig Thuis om advies.",
            beeld.kader.as_ref().map(weging).unwrap_or_default(),
        ),
        ("beslis-melden" | "beslis-hulp" | "neem-oud-besluit" | "sluit-spoor", Some(_)) => return besluit(handeling),
        _ => return None,
    };
    Some(Deel { titel, gevolg, velden })
}

fn begin(toestand: &Toestand) -> Vec<Veld> {
    let vandaag = toestand.app.klok().nu().dag();
    let kaders = toestand.app.kaders().alle().iter().filter(|kader| kader.geldt_op(vandaag));
    let beroepen = kaders.map(|kader| Optie::new(&kader.beroep, &kader.naam)).collect();
    vec![
        Veld::keuzelijst("afspraak", "In welke regio werkt u?", "Kies een regio", regios(toestand)),
        Veld::keuzelijst("beroep", "In welk beroep werkt u?", "Kies een beroep", beroepen)
            .hint("Dit bepaalt met welk afwegingskader u in stap 4 weegt."),
        Veld::rondjes(
            "client",
            "Over wie heeft u zorgen?",
            vec![
                Optie::new("kind", "Een kind of jongere"),
                Optie::new("volwassene", "Een volwassene").hint("Dan doet u ook de kindcheck."),
            ],
        ),
        Veld::tekst("client_naam", "Hoe vindt u deze cliënt terug in uw eigen dossier?")
            .hint("Een nummer of voorletters. Dit leest alleen uw eigen organisatie."),
        Veld::tekst("eindverantwoordelijke", "Wie is eindverantwoordelijk voor het besluit om te melden?")
            .hint("De functie, met of zonder naam. Bijvoorbeeld: de directeur.")
            .optioneel(),
        Veld::datum_tijd("begonnen", "Wanneer begon u?").hint("Leeg laten betekent: nu.").optioneel(),
        reden(),
    ]
}

fn signaal() -> Vec<Veld> {
    let bronnen = [Signaalbron::ZelfGezien, Signaalbron::KindOfClient, Signaalbron::Ouder, Signaalbron::Ander];
    let vormen = [BijzondereVorm::GenitaleVerminking, BijzondereVorm::Eergerelateerd];
    vec![
        Veld::datum("datum", "Wanneer was dat?"),
        Veld::tekstvak("feit", "Wat was er te zien of te horen?", 4).hint("Alleen feiten: wat, waar, hoe laat."),
        Veld::tekstvak("uitleg", "Wat denkt u dat het betekent?", 3)
            .hint("Dit is uw uitleg, geen feit. Er kan ook een andere uitleg zijn.")
            .optioneel(),
        Veld::rondjes("bron", "Hoe weet u dit?", opties(&bronnen, Signaalbron::als_str, woorden::bron)),
        Veld::tekst("bron_tekst", "Van wie hoorde u het?").hint("Nodig als u het niet zelf zag of hoorde.").optioneel(),
        Veld::vinkje("onthulling", "Een kind vertelde zelf over geweld of mishandeling"),
        Veld::vinkjes(
            "vormen",
            "Wijst dit op een bijzondere vorm van geweld?",
            opties(&vormen, BijzondereVorm::als_str, woorden::vorm),
        )
        .hint("Sla niets over: deze vormen vragen een eigen aanpak.")
        .optioneel(),
    ]
}

fn overleg() -> Vec<Veld> {
    let met = [
        Overlegpartner::Collega,
        Overlegpartner::Aandachtsfunctionaris,
        Overlegpartner::VeiligThuis,
        Overlegpartner::Letselduiding,
        Overlegpartner::GeenCollega,
    ];
    vec![
        Veld::rondjes("met", "Met wie overlegde u?", opties(&met, Overlegpartner::als_str, woorden::overleg)),
        Veld::tekst("met_wie", "Naam of functie").optioneel(),
        Veld::tekst_smal("advies", "Nummer van het advies")
            .hint("Vult zich vanzelf als u het advies hier vroeg.")
            .optioneel(),
        Veld::tekstvak("verslag", "Wat kwam eruit?", 4),
        Veld::vinkje(
            "vormen_besproken",
            "Wij bespraken uitdrukkelijk of het gaat om genitale verminking of eergerelateerd geweld",
        ),
    ]
}

fn gesprek() -> Vec<Veld> {
    let met = [Gesprekspartner::Ouders, Gesprekspartner::Kind, Gesprekspartner::Client];
    vec![
        Veld::vinkjes("met", "Met wie?", opties(&met, Gesprekspartner::als_str, woorden::gesprek)),
        Veld::ja_nee("gehouden", "Is het gesprek gehouden?"),
        Veld::tekstvak("verslag", "Wat is er gezegd?", 4).optioneel(),
        Veld::tekstvak("reden", "Waarom kon het gesprek niet?", 3)
            .hint("Bijvoorbeeld: het maakt het gevaarlijker.")
            .optioneel(),
    ]
}

fn poging() -> Vec<Veld> {
    let wijzen = [
        ("telefoon", "Telefoon"),
        ("huisbezoek", "Huisbezoek"),
        ("brief", "Brief"),
        ("beveiligde-mail", "Beveiligde mail"),
        ("op-kantoor", "Op kantoor"),
    ];
    vec![
        Veld::keuzelijst("wijze", "Hoe?", "Kies hoe", wijzen.map(|(code, tekst)| Optie::new(code, tekst)).to_vec()),
        Veld::ja_nee("gelukt", "Kreeg u contact?"),
        Veld::tekstvak("toelichting", "Toelichting", 3).optioneel(),
    ]
}

fn weging(kader: &Kader) -> Vec<Veld> {
    let antwoorden = [Weegantwoord::Ja, Weegantwoord::Nee, Weegantwoord::Twijfel];
    let vraag = |vraag: &domain::meldcode::kader::Vraag| {
        let veld = Veld::rondjes(
            format!("antwoord_{}", vraag.sleutel),
            vraag.tekst.clone(),
            opties(&antwoorden, Weegantwoord::als_str, woorden::antwoord),
        );
        match &vraag.uitleg {
            Some(uitleg) => veld.hint(uitleg.clone()),
            None => veld,
        }
    };
    let mut velden: Vec<_> = kader.vraag.iter().map(vraag).collect();
    velden.push(Veld::tekstvak("toelichting", "Toelichting", 4).optioneel());
    velden
}

fn besluit(handeling: &str) -> Option<Deel> {
    let toelichting = || Veld::tekstvak("toelichting", "Toelichting", 3).optioneel();
    let (titel, gevolg, velden) = match handeling {
        "beslis-melden" => (
            "Besluit 1: moet ik melden?",
            "Bij acute of structurele onveiligheid meldt u altijd, ook als u zelf hulp kunt geven.",
            vec![
                Veld::ja_nee("melden", "Moet dit gemeld worden bij Veilig Thuis?"),
                Veld::vinkje("besproken", "Ik besprak vooraf met de cliënt dat ik meld en dat de situatie ernstig is"),
                Veld::vinkje("door_eindverantwoordelijke", "De eindverantwoordelijke functionaris nam dit besluit"),
                toelichting(),
                reden(),
            ],
        ),
        "beslis-hulp" => (
            "Besluit 2: kan ik hulp geven of regelen?",
            "Ook als u meldt, kan uw hulp nodig blijven. Veilig Thuis overlegt daarover met u.",
            vec![
                Veld::rondjes(
                    "hulp",
                    "Kunt u zelf hulp geven of regelen die genoeg is?",
                    opties(&[Hulp::Zelf, Hulp::Organiseren, Hulp::Niet], Hulp::als_str, woorden::hulp),
                ),
                Veld::tekstvak("toelichting", "Welke hulp is dat? Of waarom lukt dat niet?", 3).optioneel(),
            ],
        ),
        "neem-oud-besluit" => (
            "Besluiten: hulp regelen of melden",
            "Dit spoor begon voor 1 januari 2019. Het houdt het ene besluit van toen.",
            vec![
                Veld::rondjes(
                    "besluit",
                    "Wat besluit u?",
                    vec![Optie::new("hulp-organiseren", "Hulp regelen"), Optie::new("melden", "Melden")],
                ),
                toelichting(),
                reden(),
            ],
        ),
        "sluit-spoor" => (
            "Spoor afsluiten",
            "Een afgesloten spoor verandert niet meer. Bij nieuwe signalen begint u een nieuw spoor.",
            vec![
                Veld::rondjes(
                    "sluitreden",
                    "Waarom sluit u af?",
                    vec![
                        Optie::new("gemeld", "Ik heb gemeld"),
                        Optie::new("hulp-werkt", "De hulp werkt, en er is afgesproken wie blijft volgen"),
                        Optie::new("vermoeden-weerlegd", "Er is geen vermoeden meer"),
                    ],
                ),
                toelichting(),
                reden(),
            ],
        ),
        _ => return None,
    };
    Some(Deel { titel, gevolg, velden })
}

/// A choice by its code; an unknown code is no choice.
fn code<T: DeserializeOwned>(waarden: &Waarden, naam: &str) -> Option<T> {
    serde_json::from_value(waarden.gevuld(naam)?.into()).ok()
}

fn codes<T: DeserializeOwned + Ord>(waarden: &Waarden, naam: &str) -> std::collections::BTreeSet<T> {
    waarden.alle(naam).into_iter().filter_map(|waarde| serde_json::from_value(waarde.to_owned().into()).ok()).collect()
}

fn ja_of_nee(waarden: &Waarden, naam: &str) -> Option<bool> {
    match waarden.een(naam)? {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    }
}

/// When it happened, if that was filled in.
pub(super) fn gebeurd_op(waarden: &Waarden) -> Option<Instant> {
    let datum = waarden.gevuld("begonnen_datum")?;
    let tijd = waarden.gevuld("begonnen_tijd").unwrap_or_else(|| "12:00".to_owned());
    app::wens::lees_tijdstip("begonnen", &format!("{datum}T{tijd}")).ok()
}

/// The wish of a form; nothing for an act that there is not.
pub(super) fn wens(handeling: &str, w: &Waarden) -> Option<Result<SpoorWens, Vec<VeldFout>>> {
    let tekst = |naam: &str| w.gevuld(naam).unwrap_or_default();
    let ja = |naam: &str| w.bevat(naam, "ja");
    Some(Ok(match handeling {
        "begin-spoor" => SpoorWens::BeginSpoor(BeginWens {
            afspraak: w.gevuld("afspraak").map(AfspraakNaam),
            beroep: w.gevuld("beroep"),
            client: code(w, "client"),
            client_naam: tekst("client_naam"),
            eindverantwoordelijke: tekst("eindverantwoordelijke"),
            reden: tekst("reden"),
        }),
        "leg-signaal-vast" => SpoorWens::LegSignaalVast(SignaalWens {
            datum: w.gevuld("datum").and_then(|datum| datum.parse().ok()).map(Datum),
            bron: code(w, "bron"),
            feit: tekst("feit"),
            uitleg: tekst("uitleg"),
            bron_tekst: tekst("bron_tekst"),
            onthulling: ja("onthulling"),
            vormen: codes(w, "vormen"),
        }),
        "doe-kindcheck" => match kindcheck(w) {
            Ok(wens) => SpoorWens::DoeKindcheck(wens),
            Err(fout) => return Some(Err(vec![fout])),
        },
        "leg-overleg-vast" => SpoorWens::LegOverlegVast(OverlegWens {
            met: code(w, "met"),
            met_wie: tekst("met_wie"),
            verslag: tekst("verslag"),
            advies: w.gevuld("advies").and_then(|advies| advies.parse().ok()),
            vormen_besproken: ja("vormen_besproken"),
        }),
        "leg-gesprek-vast" => SpoorWens::LegGesprekVast(GesprekWens {
            met: codes(w, "met"),
            gehouden: ja_of_nee(w, "gehouden"),
            verslag: tekst("verslag"),
            reden: tekst("reden"),
        }),
        "leg-contactpoging-vast" => SpoorWens::LegContactpogingVast(PogingWens {
            wijze: code(w, "wijze"),
            gelukt: ja("gelukt"),
            toelichting: tekst("toelichting"),
        }),
        "weeg" => SpoorWens::Weeg(weegwens(w)),
        _ => return besluitwens(handeling, w).map(Ok),
    }))
}

fn kindcheck(w: &Waarden) -> Result<KindcheckWens, VeldFout> {
    let leeftijden = w.gevuld("leeftijden").unwrap_or_default();
    let leeftijden = leeftijden.split([',', ' ']).map(str::trim).filter(|deel| !deel.is_empty()).map(str::parse);
    let leeftijden = leeftijden
        .collect::<Result<Vec<u32>, _>>()
        .map_err(|_| VeldFout::new("leeftijden", "Schrijf alleen getallen, met een komma ertussen."))?;
    let kinderen = w.gevuld("kinderen").and_then(|aantal| aantal.parse().ok());
    Ok(KindcheckWens { kinderen, leeftijden })
}

fn weegwens(w: &Waarden) -> WeegWens {
    let namen = w.namen().filter_map(|naam| Some((naam.to_owned(), naam.strip_prefix("antwoord_")?.to_owned())));
    let antwoorden = namen.filter_map(|(naam, sleutel)| Some((sleutel, code(w, &naam)?)));
    WeegWens { antwoorden: antwoorden.collect(), toelichting: w.gevuld("toelichting").unwrap_or_default() }
}

fn besluitwens(handeling: &str, w: &Waarden) -> Option<SpoorWens> {
    let tekst = |naam: &str| w.gevuld(naam).unwrap_or_default();
    Some(match handeling {
        "beslis-melden" => SpoorWens::BeslisMelden(MeldBesluitWens {
            melden: ja_of_nee(w, "melden"),
            door_eindverantwoordelijke: w.bevat("door_eindverantwoordelijke", "ja"),
            besproken: w.bevat("besproken", "ja"),
            toelichting: tekst("toelichting"),
            reden: tekst("reden"),
        }),
        "beslis-hulp" => SpoorWens::BeslisHulp(HulpWens { hulp: code(w, "hulp"), toelichting: tekst("toelichting") }),
        "neem-oud-besluit" => SpoorWens::NeemOudBesluit(OudBesluitWens {
            besluit: code(w, "besluit"),
            toelichting: tekst("toelichting"),
            reden: tekst("reden"),
        }),
        "sluit-spoor" => SpoorWens::SluitSpoor(SluitSpoorWens {
            sluitreden: code(w, "sluitreden"),
            toelichting: tekst("toelichting"),
            reden: tekst("reden"),
        }),
        _ => return None,
    })
}
