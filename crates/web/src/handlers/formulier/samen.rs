//! The forms of support, coercion, the ladder and deviations.

use super::{Formulierdeel, opties, uit_tekst, wanneer};
use crate::{
    Toestand,
    handlers::tekst::clausule,
    pages::{
        onderdelen::Feit,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, wens::*};
use domain::{
    afspraak::{Bundel, Taxatiepartner},
    afstemming::{Ingang, ingangen},
    ids::{AfwijkingId, MaatregelId},
    maatregelen::Dwangpartner,
};

fn toelichting(vraag: &str) -> Veld {
    Veld::tekstvak("toelichting", vraag, 4)
}

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let (naam, bij) = handeling.split_once(':').unwrap_or((handeling, ""));
    let (gevolg, velden): (&str, Vec<Veld>) = match naam {
        "bied-steun" => (
            "Zo is te zien wat er is geprobeerd voordat er over dwang wordt gesproken.",
            vec![steun(bundel), wanneer(), toelichting("Wat is er besproken?").optioneel()],
        ),
        "bespreek-dwang" => {
            let wie = [
                ("veilig-thuis", "Veilig Thuis"),
                ("lokaal-team", "Het lokale team"),
                ("justitie", "Een partner uit justitie"),
                ("gemeente", "De gemeente"),
            ];
            let velden = vec![
                Veld::vinkjes("met", "Wie waren erbij?", opties(&wie)),
                wanneer(),
                toelichting("Wat is er besproken, en wat volgt?").optioneel(),
            ];
            ("Hiermee staat vast dat er over dwang is overlegd. Er is nog niets gevraagd.", velden)
        }
        "neem-initiatief" => return maatregel(toestand, bundel, bij),
        "leg-antwoord-maatregel-vast" => ("Wat eerder is geantwoord, blijft staan.", antwoord(beeld, bundel, bij)),
        "schaal-op" => (
            "De andere partij ziet deze stap en waarover het gaat.",
            vec![stappen(bundel, bij), toelichting("Waarover wordt u het niet eens?")],
        ),
        "leg-escalatiebesluit-vast" => (
            "Daarmee is dit verschil beslist. Een volgend verschil begint weer bij de eerste stap.",
            vec![wanneer(), toelichting("Wat is er besloten, en door wie?")],
        ),
        "leg-antwoord-gemeente-vast" => (
            "Hiermee is de termijn van de gemeente gehaald.",
            vec![wanneer(), toelichting("Welke stappen zet de gemeente?")],
        ),
        "stel-afwijking-voor" => (
            "Er verandert niets totdat de andere partij instemt. Tot dan geldt de afspraak zelf.",
            vec![
                Veld::keuzelijst("ingang", "Waarvan wilt u afwijken?", "Maak een keuze", afwijkbaar(bundel)),
                Veld::datum("uiterlijk", "Wordt het een andere dag? Welke?")
                    .hint("Alleen bij een termijn.")
                    .optioneel(),
                Veld::tekstvak("reden", "Waarom in deze casus?", 4).hint("De andere partij ziet deze reden."),
            ],
        ),
        "beantwoord-afwijking" => {
            let (velden, feiten) = voorstel(toestand, beeld, bundel)?;
            let gevolg = "Stemt u in, dan geldt de afwijking in deze casus vanaf nu. Anders geldt de afspraak zelf.";
            return Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten });
        }
        _ => return None,
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

fn steun(bundel: &Bundel) -> Veld {
    let mut vormen: Vec<_> = bundel.inhoud.steunvorm.iter().collect();
    vormen.sort_by_key(|(_, vorm)| vorm.volgorde);
    let vormen = vormen.into_iter().map(|(sleutel, vorm)| Optie::new(sleutel, &vorm.naam)).collect();
    Veld::rondjes("vorm", "Welke steun gaf Veilig Thuis?", vormen)
}

/// One measure: what the agreement asks before it.
fn maatregel(toestand: &Toestand, bundel: &Bundel, soort: &str) -> Option<Formulierdeel> {
    let regel = bundel.inhoud.maatregel.get(soort)?;
    let mut velden = vec![
        Veld::vinkje("samen", "Veilig Thuis en wie het zicht heeft, doen dit samen"),
        Veld::vinkje("eigen_informatie", "Er is genoeg informatie uit eigen contacten met het gezin"),
    ];
    if !regel.taxatie_met.is_empty() {
        let wie = regel.taxatie_met.iter().map(|wie| match wie {
            Taxatiepartner::Slachtoffer => Optie::new("slachtoffer", "Het slachtoffer"),
            Taxatiepartner::Pleger => Optie::new("pleger", "De pleger"),
        });
        velden.push(Veld::vinkjes("taxatie_met", "Met wie is de risicotaxatie gedaan?", wie.collect()));
    }
    velden.extend([wanneer(), toelichting("Wat wordt er gevraagd, en waarom?").optioneel()]);
    let mut feiten = vec![
        Feit::new("Maatregel", regel.naam.clone()),
        Feit::new("Beslist", regel.bij.clone()),
        Feit::new("Volgens", clausule(toestand, bundel, &regel.clausule).plaats),
    ];
    feiten.extend(regel.coordinatie.clone().map(|wie| Feit::new("Coördinatie", wie)));
    let gevolg = "Zicht legt vast dat dit is gevraagd, en verstuurt niets. Dien het verzoek zelf in.".to_owned();
    Some(Formulierdeel { gevolg, velden, feiten })
}

fn antwoord(beeld: &CasusBeeld, bundel: &Bundel, bij: &str) -> Vec<Veld> {
    let mut alle: Vec<_> = beeld
        .staat
        .maatregelen
        .ingezet
        .iter()
        .map(|maatregel| {
            let naam = bundel.inhoud.maatregel.get(&maatregel.soort).map_or(&maatregel.soort, |regel| &regel.naam);
            let mut optie = Optie::new(maatregel.id.to_string(), naam);
            optie.gekozen = optie.waarde == bij;
            optie
        })
        .collect();
    if let [enige] = alle.as_mut_slice() {
        enige.gekozen = true;
    }
    let antwoorden =
        [("in-behandeling", "In behandeling"), ("toegewezen", "Toegewezen of opgelegd"), ("afgewezen", "Afgewezen")];
    vec![
        Veld::rondjes("maatregel", "Welke maatregel?", alle),
        Veld::rondjes("antwoord", "Wat is het antwoord?", opties(&antwoorden)),
        Veld::datum("tot", "Tot en met welke dag geldt het?").optioneel(),
        wanneer(),
        toelichting("Wat werd er gezegd?").optioneel(),
    ]
}

fn stappen(bundel: &Bundel, bij: &str) -> Veld {
    let mut alle: Vec<_> = bundel.inhoud.escalatie.iter().collect();
    alle.sort_by_key(|(_, stap)| stap.volgorde);
    let opties = alle.into_iter().map(|(sleutel, stap)| {
        let mut optie = Optie::new(sleutel, &stap.stap).hint(format!("door {}", stap.wie));
        optie.gekozen = sleutel == bij;
        optie
    });
    Veld::rondjes("stap", "Welke stap zet u?", opties.collect())
}

fn afwijkbaar(bundel: &Bundel) -> Vec<Optie> {
    let mut alle: Vec<_> =
        ingangen(bundel).iter().map(|ingang| Optie::new(ingang.naam(), in_woorden(bundel, ingang))).collect();
    alle.sort_by(|een, ander| een.tekst.cmp(&ander.tekst));
    alle
}

/// An entry of the agreement as people know it.
pub(in crate::handlers) fn in_woorden(bundel: &Bundel, ingang: &Ingang) -> String {
    match ingang {
        Ingang::Regel(code) => format!("Regel: {}", code.uitleg()),
        Ingang::Termijn(soort) => {
            let naam = bundel.inhoud.termijn.get(soort).map_or(soort.as_str(), |regel| regel.naam.as_str());
            format!("Termijn: {naam}")
        }
    }
}

fn voorstel(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Option<(Vec<Veld>, Vec<Feit>)> {
    let voorstel = beeld.staat.afstemming.open().find(|voorstel| voorstel.aan == beeld.organisatie)?;
    let mut feiten = vec![
        Feit::new("Voorstel van", toestand.app.naam_van(&voorstel.feit.organisatie)),
        Feit::new("Afwijken van", in_woorden(bundel, &voorstel.ingang)),
    ];
    feiten.extend(voorstel.uiterlijk.map(|dag| Feit::new("Andere dag", crate::opmaak::datum_met_jaar(dag.0))));
    feiten.extend(beeld.tekst_bij(voorstel.feit.versie, "reden").map(|reden| Feit::new("Waarom", reden)));
    let velden = vec![
        Veld::ja_nee("akkoord", "Stemt u in?"),
        Veld::tekstvak("reden", "Waarom niet?", 3).hint("Alleen nodig als u niet instemt.").optioneel(),
    ];
    Some((velden, feiten))
}

/// The wish of one of these forms.
pub(super) fn wens(naam: &str, bij: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let aan = |naam: &str| waarden.bevat(naam, "ja");
    let kies = |veld: &str| vec![VeldFout::new(veld, "Maak een keuze.")];
    let vrij = || Toelichting { reden: tekst("reden"), toelichting: tekst("toelichting") };
    Ok(Some(match naam {
        "bied-steun" => {
            let vorm = tekst("vorm").ok_or_else(|| kies("vorm"))?;
            Wens::BiedSteun(SteunWens { vorm: Some(vorm), toelichting: tekst("toelichting") })
        }
        "bespreek-dwang" => {
            let met = Dwangpartner::ALLE.into_iter().filter(|wie| waarden.bevat("met", &wie.als_str()));
            Wens::BespreekDwang(DwangWens { met: met.collect(), toelichting: tekst("toelichting") })
        }
        "neem-initiatief" => Wens::NeemInitiatief(InitiatiefWens {
            soort: Some(bij.to_owned()),
            samen: aan("samen"),
            eigen_informatie: aan("eigen_informatie"),
            taxatie_met: waarden.alle("taxatie_met").into_iter().filter_map(uit_tekst).collect(),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        "leg-antwoord-maatregel-vast" => {
            let maatregel = tekst("maatregel").and_then(|id| id.parse::<MaatregelId>().ok());
            let antwoord = tekst("antwoord").and_then(|keuze| uit_tekst(&keuze));
            Wens::LegAntwoordMaatregelVast(MaatregelAntwoordWens {
                maatregel: Some(maatregel.ok_or_else(|| kies("maatregel"))?),
                antwoord: Some(antwoord.ok_or_else(|| kies("antwoord"))?),
                tot: tekst("tot"),
                toelichting: tekst("toelichting"),
            })
        }
        "schaal-op" => {
            let stap = tekst("stap").ok_or_else(|| kies("stap"))?;
            Wens::SchaalOp(EscalatieWens { stap: Some(stap), toelichting: tekst("toelichting") })
        }
        "leg-escalatiebesluit-vast" => Wens::LegEscalatiebesluitVast(vrij()),
        "leg-antwoord-gemeente-vast" => Wens::LegAntwoordGemeenteVast(vrij()),
        "stel-afwijking-voor" => {
            let ingang = tekst("ingang").ok_or_else(|| kies("ingang"))?;
            Wens::StelAfwijkingVoor(AfwijkingWens {
                ingang: Some(ingang),
                uiterlijk: tekst("uiterlijk"),
                reden: tekst("reden"),
            })
        }
        "beantwoord-afwijking" => {
            let akkoord = tekst("akkoord").ok_or_else(|| kies("akkoord"))?;
            Wens::BeantwoordAfwijking(AfwijkingAntwoordWens {
                afwijking: tekst("afwijking").and_then(|id| id.parse::<AfwijkingId>().ok()),
                akkoord: Some(akkoord == "ja"),
                reden: tekst("reden"),
            })
        }
        _ => return Ok(None),
    }))
}
