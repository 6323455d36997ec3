//! The form of what the overdrachtstafel decided on an offer.

use super::{Formulierdeel, aanbod::andere_ontvangers, code, opties, wanneer};
use crate::{
    Toestand,
    pages::{
        onderdelen::Feit,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
};
use app::{
    Wens,
    lezen::CasusBeeld,
    wens::{TafelWens, Tafelkeuze},
};
use domain::{afspraak::Bundel, ids::OrganisatieId, overdrachten::tafelpartijen};

const HANDELING: &str = "bespreek-aan-tafel";

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let naam = handeling.split_once(':').map_or(handeling, |(naam, _)| naam);
    let aanbod = beeld.staat.open_aanbod().or(beeld.staat.overdrachten.last()).filter(|_| naam == HANDELING)?;
    let ontvanger = toestand.app.naam_van(&aanbod.naar);
    let oppakken = format!("{ontvanger} pakt de casus op");
    let besluiten = [
        ("oppakken", oppakken.as_str()),
        ("ander-team", "Een ander team pakt de casus op"),
        ("aanhouden", "De casus wordt later besproken"),
        ("niet-overdragen", "Geen van de teams kan: de casus wordt niet overgedragen"),
    ];
    let partijen = tafelpartijen(bundel, &beeld.staat.gemeente);
    let aan_tafel = partijen.iter().map(|wie| Optie::new(wie.als_str(), toestand.app.naam_van(wie))).collect();
    Some(Formulierdeel {
        gevolg: format!("Dit verplaatst niets: het zicht gaat pas over als {ontvanger} zelf accepteert."),
        velden: vec![
            Veld::vinkjes("aanwezig", "Wie zaten er aan tafel?", aan_tafel),
            Veld::rondjes("besluit", "Wat besloot de tafel?", opties(&besluiten)),
            Veld::rondjes("naar", "Welk ander team?", andere_ontvangers(beeld, bundel))
                .hint("Alleen als een ander team de casus oppakt.")
                .optioneel(),
            Veld::datum("tot", "Op welke werkdag komt de casus terug?")
                .hint("Alleen als de casus later wordt besproken.")
                .optioneel(),
            Veld::tekstvak("reden", "Waarom?", 3)
                .hint(format!("Nodig als {ontvanger} de casus niet oppakt."))
                .optioneel(),
            Veld::tekstvak("afspraken", "Wat is er over deze casus afgesproken?", 4)
                .hint(format!("{ontvanger} leest en bewaart dit ook. Het verandert daarna niet meer."))
                .optioneel(),
            wanneer(),
        ],
        feiten: vec![Feit::new("Aangeboden aan", ontvanger)],
    })
}

/// The form without what is said elsewhere; `bijeenkomst` is the meeting from whose page it was opened.
pub(super) fn wens(naam: &str, bijeenkomst: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    if naam != HANDELING {
        return Ok(None);
    }
    let besluit: Option<Tafelkeuze> = code("besluit", waarden)?;
    let naar = waarden.gevuld("naar").filter(|_| besluit == Some(Tafelkeuze::AnderTeam));
    let tot = waarden.gevuld("tot").filter(|_| besluit == Some(Tafelkeuze::Aanhouden));
    let reden = waarden.gevuld("reden");
    let aanwezig = waarden.alle("aanwezig").into_iter().filter(|wie| !wie.is_empty()).map(OrganisatieId::from);
    let mut fouten = Vec::new();
    let mut eis = |goed: bool, veld: &str, tekst: &str| {
        if !goed {
            fouten.push(VeldFout::new(veld, tekst));
        }
    };
    eis(waarden.gevuld("aanwezig").is_some(), "aanwezig", "Kies wie er aan tafel zaten.");
    eis(besluit != Some(Tafelkeuze::AnderTeam) || naar.is_some(), "naar", "Kies welk team de casus oppakt.");
    eis(besluit != Some(Tafelkeuze::Aanhouden) || tot.is_some(), "tot", "Vul in wanneer de casus terugkomt.");
    eis(besluit == Some(Tafelkeuze::Oppakken) || reden.is_some(), "reden", "Schrijf op waarom.");
    if !fouten.is_empty() {
        return Err(fouten);
    }
    Ok(Some(Wens::BespreekAanTafel(TafelWens {
        overdracht: None,
        bijeenkomst: bijeenkomst.parse().ok(),
        aanwezig: aanwezig.collect(),
        besluit,
        naar: naar.map(OrganisatieId),
        tot,
        afspraken: waarden.gevuld("afspraken"),
        reden,
    })))
}
