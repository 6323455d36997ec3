//! The forms of enrichment: asking a source about a report, and recording what it answered.

use super::{Formulierdeel, opties, uit_tekst, vervolg::partijen};
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
    wens::{InformatieVraagWens, InformatieWens},
};
use domain::{
    afspraak::Bundel,
    ids::{MeldingId, OrganisatieId, VerzoekId},
    verrijking::Verzoek,
};

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let deel = |gevolg: &str, velden, feiten| Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten });
    match handeling {
        "vraag-informatie" => deel(
            "Dit verzoek staat vast met de grondslag. Zolang er geen antwoord is, is het onbekend.",
            vraag(toestand, beeld, bundel),
            bundel.inhoud.grondslag.values().map(|grond| Feit::new("Grondslag", &grond.tekst)).collect(),
        ),
        "leg-informatie-vast" => deel(
            "Het antwoord staat daarna bij de veiligheidsbeoordeling. Alleen Veilig Thuis en wie het gaf, lezen het.",
            antwoord(toestand, beeld, bundel),
            Vec::new(),
        ),
        _ => None,
    }
}

fn vraag(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Veld> {
    let bronnen = bundel.bronnen().into_iter();
    let bronnen = bronnen.map(|(sleutel, bron)| Optie::new(sleutel, &bron.naam).hint(&bron.wat)).collect();
    let eigen = beeld.staat.veilig_thuis.as_ref().map(|vt| vt.als_str().to_owned());
    let anderen = partijen(toestand, beeld, bundel).into_iter().filter(|optie| Some(&optie.waarde) != eigen.as_ref());
    vec![
        Veld::rondjes("bron", "Aan wie vraagt u dit?", bronnen),
        Veld::keuzelijst("aan", "Welke organisatie?", "Niet in deze lijst", anderen.collect())
            .hint("Alleen bij een beroepskracht of organisatie. Wie hier werkt met Zicht, antwoordt zelf.")
            .optioneel(),
        Veld::tekst("wie", "Wie vraagt u het? Naam, functie en telefoonnummer").optioneel(),
        Veld::tekstvak("vraag", "Wat vraagt u precies?", 4)
            .hint("Wie u het vraagt, leest dit. Noem over wie het gaat en wat u moet weten, en niet wie meldde.")
            .optioneel(),
    ]
}

/// Requests that wait for an answer, each by what was asked of whom.
fn antwoord(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Veld> {
    let optie = |verzoek: &Verzoek| {
        let wanneer = tekst::moment(verzoek.feit.vastgelegd_op, beeld.op);
        Optie::new(verzoek.id.to_string(), naam_van(toestand, beeld, bundel, verzoek))
            .hint(format!("gevraagd {wanneer}"))
    };
    let open = beeld.staat.verzoeken.iter().filter(|verzoek| verzoek.antwoord.is_none());
    let mut verzoeken: Vec<_> = open.map(optie).collect();
    if let [enige] = verzoeken.as_mut_slice() {
        enige.gekozen = true;
    }
    let mut velden = vec![Veld::rondjes("verzoek", "Op welk verzoek?", verzoeken)];
    velden.extend(antwoordvelden());
    velden
}

/// What an answer is, whoever gives it.
pub(in crate::handlers) fn antwoordvelden() -> [Veld; 2] {
    let uitkomsten = [("gevonden", "Er is iets bekend"), ("niets-gevonden", "Er is gekeken en er is niets bekend")];
    [
        Veld::rondjes("uitkomst", "Wat is het antwoord?", opties(&uitkomsten)),
        Veld::tekstvak("toelichting", "Wat is er bekend?", 6)
            .hint("Schrijf op wat u zelf weet en wat u van een ander hoorde, en zeg wat feit is en wat uw mening.")
            .optioneel(),
    ]
}

/// A source, with who was asked when that is somebody by name.
pub(in crate::handlers) fn naam_van(
    toestand: &Toestand,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    verzoek: &Verzoek,
) -> String {
    let bron = bundel.inhoud.bron.get(&verzoek.bron).map_or(verzoek.bron.as_str(), |bron| bron.naam.as_str());
    let wie = verzoek.aan.as_ref().map(|aan| toestand.app.naam_van(aan));
    let wie = wie.or_else(|| beeld.tekst_bij(verzoek.feit.versie, "informatie-aan").map(str::to_owned));
    wie.unwrap_or_else(|| bron.to_owned())
}

pub(super) fn wens(naam: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    Ok(Some(match naam {
        "vraag-informatie" => Wens::VraagInformatie(InformatieVraagWens {
            melding: waarden.gevuld("melding").and_then(|id| id.parse::<MeldingId>().ok()),
            bron: waarden.gevuld("bron").ok_or_else(|| vec![VeldFout::new("bron", "Maak een keuze.")])?,
            aan: waarden.gevuld("aan").map(OrganisatieId),
            wie: waarden.gevuld("wie"),
            vraag: waarden.gevuld("vraag"),
        }),
        "leg-informatie-vast" => Wens::LegInformatieVast(antwoordwens(waarden)?),
        _ => return Ok(None),
    }))
}

/// The answer of a form.
pub(in crate::handlers) fn antwoordwens(waarden: &Waarden) -> Result<InformatieWens, Vec<VeldFout>> {
    let verzoek = waarden.gevuld("verzoek").and_then(|id| id.parse::<VerzoekId>().ok());
    let uitkomst = waarden.gevuld("uitkomst").and_then(|keuze| uit_tekst(&keuze));
    let mut fouten = Vec::new();
    if verzoek.is_none() {
        fouten.push(VeldFout::new("verzoek", "Kies op welk verzoek dit het antwoord is."));
    }
    if uitkomst.is_none() {
        fouten.push(VeldFout::new("uitkomst", "Maak een keuze."));
    }
    if fouten.is_empty() {
        Ok(InformatieWens { verzoek, uitkomst, toelichting: waarden.gevuld("toelichting") })
    } else {
        Err(fouten)
    }
}
