//! The forms of deciding: talking a report over, and what follows on its assessment.

use super::{Formulierdeel, opties, uit_tekst, vervolg::andere_partijen};
use crate::{
    Toestand,
    handlers::tekst,
    pages::{
        onderdelen::Feit,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
};
use app::{
    Wens,
    lezen::CasusBeeld,
    wens::{BesluitWens, OverlegWens, TriageWens},
};
use domain::{
    afspraak::{Bundel, Oordeelvorm},
    beoordelingen::{
        Functie,
        instrument::{Instrument, Triagedeel, Triagevraag},
    },
    gebeurtenis::BesluitSoort,
    ids::OrganisatieId,
};
use std::collections::BTreeSet;

/// Before the key of a question, in the name of its field and in what is said to be wrong with it.
const TRIAGEVELD: &str = "antwoorden.";

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let (gevolg, velden) = match handeling {
        "vul-instrument-in" => (
            "De antwoorden staan bij de beoordeling. Alleen Veilig Thuis leest ze.",
            triagevelden(toestand.app.instrumenten().voor(beeld.staat.veilig_thuis.as_ref()?, beeld.op.dag())?),
        ),
        "houd-overleg" => (
            "Het overleg staat bij de beoordeling. Wat er is gewogen, leest alleen Veilig Thuis.",
            overleg(toestand, beeld, bundel),
        ),
        "besluit-vervolg:directe-overdracht" => (
            "Daarna kunt u de casus aanbieden. Veilig Thuis houdt het zicht tot de ontvanger accepteert.",
            vec![Veld::ja_nee("voldoende_veilig", "Is de casus veilig genoeg om direct over te dragen?")],
        ),
        "besluit-vervolg:vervolg-bij-veilig-thuis" => ("Veilig Thuis houdt het zicht op veiligheid.", Vec::new()),
        "besluit-vervolg:geen-verdere-stappen" => (
            "De melding sluit. Had een andere organisatie het zicht al, dan heeft die het weer; anders sluit de casus.",
            Vec::new(),
        ),
        _ => return None,
    };
    let mut velden = velden;
    if let Some(soort) = handeling.strip_prefix("besluit-vervolg:").and_then(uit_tekst::<BesluitSoort>) {
        velden.extend(toewijzing(bundel, soort));
        velden.push(met_wie(bundel));
    }
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: feiten(beeld) })
}

/// What the assessment found, and what was talked over.
fn feiten(beeld: &CasusBeeld) -> Vec<Feit> {
    let Some(melding) = beeld.staat.bedoelde_melding() else { return Vec::new() };
    let taxatie = melding.beoordeling.as_ref().map(|klaar| Feit::new("Taxatie", tekst::taxatie(klaar.taxatie)));
    let overleggen = beeld.staat.overleggen.iter().filter(|overleg| overleg.melding == melding.id);
    let overleggen = overleggen.map(|overleg| {
        let wanneer = tekst::moment(overleg.feit.gebeurd_op, beeld.op);
        Feit::new("Overleg", format!("{}, {wanneer}", tekst::functies(&overleg.functies)))
    });
    taxatie.into_iter().chain(overleggen).collect()
}

/// Every question of the instrument, A before B before C.
fn triagevelden(instrument: &Instrument) -> Vec<Veld> {
    let antwoorden = [("ja", "Ja"), ("nee", "Nee"), ("onbekend", "Onbekend")];
    let veld = |vraag: &Triagevraag| {
        let hint = std::iter::once(tekst::triagedeel(vraag.deel)).chain(vraag.uitleg.as_deref());
        Veld::rondjes(format!("{TRIAGEVELD}{}", vraag.sleutel), &vraag.tekst, opties(&antwoorden))
            .hint(hint.collect::<Vec<_>>().join(". "))
    };
    let mut velden: Vec<_> = Triagedeel::ALLE.into_iter().flat_map(|deel| instrument.vragen(deel)).map(veld).collect();
    velden.push(Veld::tekstvak("toelichting", "Toelichting", 4).optioneel());
    velden.push(super::wanneer());
    velden
}

fn functies() -> Vec<Optie> {
    Functie::ALLE.iter().map(|functie| Optie::new(functie.als_str(), tekst::functie(*functie))).collect()
}

fn met_wie(bundel: &Bundel) -> Veld {
    let vorm = bundel.inhoud.oordeel.get("vervolg").map(|oordeel| oordeel.vorm);
    let hint = match vorm {
        Some(Oordeelvorm::Multidisciplinair) => {
            "Dit besluit vraagt een overleg van meer disciplines. Is dat al vastgelegd, dan hoeft het hier niet."
        }
        _ => "Taxeerde u zelf, dan besluit u niet alleen. Is er al een overleg vastgelegd, dan hoeft het hier niet.",
    };
    Veld::vinkjes("overleg", "Met wie is dit besloten?", functies()).hint(hint).optioneel()
}

/// Who may do the follow-up that goes with this decision; nothing where the agreement lists nobody.
fn toewijzing(bundel: &Bundel, besluit: BesluitSoort) -> Option<Veld> {
    let mut partijen: Vec<_> =
        bundel.inhoud.vervolgpartij.iter().filter(|(_, partij)| partij.bij.contains(&besluit)).collect();
    partijen.sort_by_key(|(_, partij)| partij.volgorde);
    let opties: Vec<_> = partijen.into_iter().map(|(sleutel, partij)| Optie::new(sleutel, &partij.naam)).collect();
    (!opties.is_empty()).then(|| Veld::vinkjes("toewijzing", "Wie doet het vervolg?", opties))
}

fn overleg(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Veld> {
    let uitkomsten = [("eens", "Wij zijn het eens"), ("niet-eens", "Wij zijn het niet eens")];
    vec![
        Veld::vinkjes("functies", "Wie waren erbij?", functies()),
        Veld::tekst("wie", "Hun namen").optioneel(),
        Veld::vinkjes(
            "organisaties",
            "Welke andere organisaties waren erbij?",
            andere_partijen(toestand, beeld, bundel),
        )
        .optioneel(),
        Veld::tekstvak("gewogen", "Wat is er gewogen?", 6),
        Veld::rondjes("uitkomst", "Wat kwam eruit?", opties(&uitkomsten)),
        super::wanneer(),
    ]
}

pub(super) fn wens(naam: &str, soort: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    let alle = |naam: &str| waarden.alle(naam).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let functies = |naam: &str| alle(naam).iter().filter_map(|code| uit_tekst(code)).collect::<BTreeSet<Functie>>();
    Ok(Some(match naam {
        "besluit-vervolg" => Wens::BesluitVervolg(BesluitWens {
            melding: None,
            besluit: uit_tekst(soort),
            voldoende_veilig: waarden.gevuld("voldoende_veilig").map(|antwoord| antwoord == "ja"),
            overleg: functies("overleg"),
            toewijzing: alle("toewijzing"),
            reden: waarden.gevuld("reden"),
        }),
        "vul-instrument-in" => {
            let vragen = waarden.namen().filter_map(|naam| naam.strip_prefix(TRIAGEVELD));
            let antwoord = |sleutel: &str| uit_tekst(waarden.een(&format!("{TRIAGEVELD}{sleutel}"))?);
            Wens::VulInstrumentIn(TriageWens {
                melding: None,
                antwoorden: vragen.filter_map(|sleutel| Some((sleutel.to_owned(), antwoord(sleutel)?))).collect(),
                toelichting: waarden.gevuld("toelichting"),
            })
        }
        "houd-overleg" => Wens::HoudOverleg(OverlegWens {
            melding: None,
            functies: functies("functies"),
            organisaties: alle("organisaties").into_iter().map(OrganisatieId).collect(),
            uitkomst: super::code("uitkomst", waarden)?,
            wie: waarden.gevuld("wie"),
            gewogen: waarden.gevuld("gewogen"),
        }),
        _ => return Ok(None),
    }))
}
