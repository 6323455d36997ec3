//! What an overdrachtstafel decided on a casus, in words: for the table itself, the page of a meeting and the history.

use super::{
    overdracht::Aanbod,
    tekst::{clausule, moment},
};
use crate::{
    Toestand, opmaak,
    pages::{
        bijeenkomst::Briefregel,
        onderdelen::{Link, Pil, Status},
        overdrachtstafel::Tafelgesprek,
    },
};
use app::toegang::Relatie;
use domain::{
    Casus,
    ids::{CasusId, OrganisatieId},
    overdrachten::{Bespreking, Overdracht, Stand, Tafelbesluit},
    plichten::{Stand as PlichtStand, plichten},
    tijd::Instant,
};
use std::collections::BTreeSet;

/// "Socius pakt de casus op".
pub(super) fn in_woorden(toestand: &Toestand, ontvanger: Option<&OrganisatieId>, besluit: &Tafelbesluit) -> String {
    let naam = |organisatie: &OrganisatieId| toestand.app.naam_van(organisatie);
    match besluit {
        Tafelbesluit::Oppakken => {
            let wie = ontvanger.map_or_else(|| "De ontvanger".to_owned(), naam);
            format!("{wie} pakt de casus op")
        }
        Tafelbesluit::AnderTeam { naar } => format!("Een ander team pakt de casus op: {}", naam(naar)),
        Tafelbesluit::Aanhouden { tot } => format!("Later bespreken: {}", opmaak::datum_met_jaar(tot.0)),
        Tafelbesluit::NietOverdragen => "Geen van de teams kan: niet overdragen".to_owned(),
    }
}

/// The same in one line of the history, with who sat there.
pub(super) fn regel(toestand: &Toestand, besluit: &Tafelbesluit, aanwezig: &BTreeSet<OrganisatieId>) -> String {
    format!("{}; aan tafel: {}", in_woorden(toestand, None, besluit), aan_tafel(toestand, aanwezig))
}

/// "CJG Kennemerland, Veilig Thuis Kennemerland".
pub(super) fn aan_tafel(toestand: &Toestand, aanwezig: &BTreeSet<OrganisatieId>) -> String {
    aanwezig.iter().map(|wie| toestand.app.naam_van(wie)).collect::<Vec<_>>().join(", ")
}

/// What came of the decision, or what is still to be done for it.
pub(super) fn gevolg(
    toestand: &Toestand,
    overdracht: &Overdracht,
    besluit: &Tafelbesluit,
    vervolg: Option<&Overdracht>,
    nu: Instant,
) -> String {
    let naam = |organisatie: &OrganisatieId| toestand.app.naam_van(organisatie);
    let stand = |aanbod: &Overdracht| {
        let wie = naam(&aanbod.naar);
        match &aanbod.stand {
            Stand::Open => format!("Wacht tot {wie} zelf accepteert. Tot dan gaat het zicht niet over."),
            Stand::Geaccepteerd(feit) => format!("{wie} accepteerde {}.", moment(feit.vastgelegd_op, nu)),
            Stand::Geweigerd(feit, _) => format!("{wie} weigerde {}.", moment(feit.vastgelegd_op, nu)),
            Stand::Ingetrokken(feit) => format!("Het aanbod is ingetrokken {}.", moment(feit.vastgelegd_op, nu)),
        }
    };
    let nog_open = overdracht.stand == Stand::Open;
    match (besluit, vervolg) {
        (Tafelbesluit::Oppakken | Tafelbesluit::AnderTeam { .. }, Some(vervolg)) => stand(vervolg),
        (Tafelbesluit::Oppakken, None) => stand(overdracht),
        (Tafelbesluit::AnderTeam { naar }, None) if nog_open => {
            format!("Veilig Thuis trekt dit aanbod in en biedt de casus aan {} aan.", naam(naar))
        }
        (Tafelbesluit::AnderTeam { naar }, None) => format!("Veilig Thuis biedt de casus aan {} aan.", naam(naar)),
        (Tafelbesluit::Aanhouden { .. }, _) => "Het aanbod blijft open. Het zicht gaat niet over.".to_owned(),
        (Tafelbesluit::NietOverdragen, _) if nog_open => {
            "Veilig Thuis trekt het aanbod in. Het zicht gaat niet over.".to_owned()
        }
        (Tafelbesluit::NietOverdragen, _) => stand(overdracht),
    }
}

/// Where a letter is written, or recorded as sent when it was written.
pub(super) fn brief_doen(staat: &Casus, casus: CasusId, soort: &str) -> Link {
    let geschreven = staat.documenten.iter().rfind(|brief| brief.soort == soort && brief.verzonden.is_empty());
    match geschreven {
        Some(brief) => {
            let href = format!("/casussen/{casus}/doe/verzend-document:{}", brief.id);
            Link::new("Vastleggen dat de brief is verstuurd", href)
        }
        None => brief_schrijven(casus, soort),
    }
}

/// Where a letter of this kind is written.
pub(super) fn brief_schrijven(casus: CasusId, soort: &str) -> Link {
    Link::new("Brief schrijven", format!("/casussen/{casus}/doe/maak-document:{soort}"))
}

/// How a letter stands.
pub(super) fn brief_pil(verstuurd: bool) -> Pil {
    if verstuurd { Pil::new(Status::Gehaald, "Verstuurd") } else { Pil::new(Status::AanZet, "Nog te sturen") }
}

/// What the table decided on this offer, the latest first.
pub(super) fn gesprekken(aanbod: &Aanbod<'_>) -> Vec<Tafelgesprek> {
    let (toestand, beeld) = (aanbod.toestand, aanbod.beeld);
    let tekst = |versie: u64, soort: &str| beeld.tekst_bij(versie, soort).unwrap_or_default().to_owned();
    let gesprek = |besproken: &Bespreking| {
        let vervolg = besproken.vervolg(&beeld.staat, aanbod.overdracht.id);
        Tafelgesprek {
            besluit: in_woorden(toestand, Some(&aanbod.overdracht.naar), &besproken.besluit),
            wanneer: aanbod.moment(besproken.feit.gebeurd_op),
            gevolg: gevolg(toestand, aanbod.overdracht, &besproken.besluit, vervolg, beeld.op),
            aan_tafel: aan_tafel(toestand, &besproken.aanwezig),
            reden: tekst(besproken.feit.versie, "reden"),
            afspraken: tekst(besproken.feit.versie, "tafelafspraken"),
        }
    };
    aanbod.overdracht.besproken.iter().rev().map(gesprek).collect()
}

/// The letters that follow, for who writes them.
pub(super) fn brieven(aanbod: &Aanbod<'_>) -> Vec<Briefregel> {
    let (toestand, beeld) = (aanbod.toestand, aanbod.beeld);
    if beeld.relatie != Relatie::VeiligThuis {
        return Vec::new();
    }
    let bundels = toestand.app.bundels();
    let alle = plichten(&beeld.staat, &bundels).into_iter();
    alle.filter_map(|stand| {
        let soort = stand.plicht.document.as_deref()?;
        let verstuurd = matches!(stand.stand, PlichtStand::Gedaan(_));
        Some(Briefregel {
            naam: stand.plicht.naam.clone(),
            nummer: beeld.nummer.clone(),
            pil: brief_pil(verstuurd),
            clausule: clausule(toestand, &aanbod.bundel, &stand.plicht.clausule),
            knop: (!verstuurd).then(|| brief_doen(&beeld.staat, beeld.id, soort)),
        })
    })
    .collect()
}
