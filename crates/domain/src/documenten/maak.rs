//! A document is written, and sent to whom it is for.

use super::{Ontvanger, inhoud};
use crate::{
    afspraak::{Documentlezer, Documentregel},
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::MaakDocument,
    contact::tegen_wijze,
    gebeurtenis::{ContactWijze, Gebeurtenis, Openheid},
    ids::{DocumentId, PersoonId},
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn maak_document(casus: &Casus, maak: &MaakDocument, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let regel = bundel.inhoud.document.get(&maak.soort).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let ontvanger = ontvanger(casus, regel, maak, context)?;
    let inhoud = inhoud(casus, bundel, regel, &ontvanger);
    let bekend = |sleutel: &String| {
        let mut alle = inhoud.hoort.iter().chain(&inhoud.mag).chain(&inhoud.nooit);
        alle.any(|deel| deel.sleutel == sleutel)
    };
    context.eis(maak.onderdelen.iter().all(bekend), Code::Onbekend)?;
    let mut redenen = Vec::new();
    let nooit = inhoud.nooit.iter().map(|deel| deel.sleutel.to_owned()).filter(|deel| maak.onderdelen.contains(deel));
    let mut noemt: Vec<_> = nooit.collect();
    // The reporter may read of the reporter, and the own dossier is read by nobody else.
    if matches!(regel.lezer, Documentlezer::Gezin | Documentlezer::Ontvanger) {
        noemt.extend(maak.noemt_melder.iter().filter(|deel| !noemt.contains(deel)).cloned().collect::<Vec<_>>());
    }
    if !noemt.is_empty() {
        redenen.push(Reden::volgens(bundel, Code::MelderAfgeschermd).met_ontbreekt(noemt));
    }
    let leeg: Vec<_> = inhoud.hoort.iter().filter(|deel| !maak.onderdelen.contains(deel.sleutel)).collect();
    if let Some(eerste) = leeg.first() {
        let reden = Reden::volgens(bundel, Code::DocumentOnvolledig).met_clausule(eerste.clausule);
        redenen.push(reden.met_ontbreekt(leeg.iter().map(|deel| deel.sleutel.to_owned()).collect()));
    }
    let afwijkingen = toets(bundel, redenen, maak.reden)?;
    Ok(vec![Gebeurtenis::DocumentGemaakt {
        document: maak.document,
        document_soort: maak.soort.clone(),
        lezer: regel.lezer,
        overdracht: ontvanger.overdracht,
        melding: ontvanger.melding,
        onderdelen: maak.onderdelen.clone(),
        afwijkingen,
    }])
}

/// For whom it is, when there is somebody to write to.
fn ontvanger(
    casus: &Casus,
    regel: &Documentregel,
    maak: &MaakDocument,
    context: &Context<'_>,
) -> Result<Ontvanger, Weigering> {
    let overdracht = match maak.overdracht.and_then(|id| casus.overdracht(id)) {
        Some(overdracht) if regel.met_overdracht || regel.lezer == Documentlezer::Ontvanger => {
            context.eis(regel.past_bij(overdracht.fase), Code::Onbekend)?;
            Some(overdracht.id)
        }
        _ => None,
    };
    let melding = match maak.melding.and_then(|id| casus.melding(id)) {
        Some(melding) if regel.lezer == Documentlezer::Melder => {
            // Nobody can write to whom Veilig Thuis does not know either.
            context.eis(melding.openheid != Openheid::Onbekend, Code::Onbekend)?;
            Some(melding.id)
        }
        _ => None,
    };
    let compleet = match regel.lezer {
        Documentlezer::Ontvanger => overdracht.is_some(),
        Documentlezer::Melder => melding.is_some(),
        Documentlezer::Gezin | Documentlezer::Dossier => overdracht.is_some() || !regel.met_overdracht,
    };
    context.eis(compleet, Code::Onbekend)?;
    Ok(Ontvanger { lezer: regel.lezer, overdracht, melding })
}

/// It goes to whom it is for; who wrote it sends it, or Veilig Thuis.
pub(crate) fn verzend_document(
    casus: &Casus,
    id: DocumentId,
    wijze: ContactWijze,
    aan: Option<PersoonId>,
    context: &Context<'_>,
) -> Uitslag {
    let document = casus.documenten.iter().find(|document| document.id == id);
    let eigen = document.filter(|document| document.feit.organisatie == *context.organisatie);
    let document = eigen.ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(document.ontvanger.lezer != Documentlezer::Dossier, Code::Onbekend)?;
    if document.ontvanger.lezer == Documentlezer::Gezin {
        toets(context.bundel, tegen_wijze(casus, wijze, aan, context.bundel).into_iter().collect(), false)?;
    }
    let naar = document.ontvanger.organisatie(casus).cloned();
    let mut gebeurtenissen = vec![Gebeurtenis::DocumentVerzonden { document: id, wijze, naar }];
    let regel = context.bundel_bij(&document.feit).inhoud.document.get(&document.soort);
    if regel.is_some_and(|regel| regel.informeert_gezin) {
        gebeurtenissen.push(Gebeurtenis::GezinGeinformeerd { wijze });
    }
    Ok(gebeurtenissen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, documenten::Document, proef::*, termijnen::Status};
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const BRIEF: &str = "brief-gezin";
    const DOCUMENT: DocumentId = DocumentId(Uuid::from_u128(77));

    fn maak(verhaal: &Verhaal, soort: &str, onderdelen: &[&str], noemt: &[&str]) -> Commando {
        let set = |namen: &[&str]| namen.iter().map(|naam| (*naam).to_owned()).collect::<BTreeSet<_>>();
        Commando::MaakDocument(MaakDocument {
            document: DOCUMENT,
            soort: soort.to_owned(),
            overdracht: verhaal.staat().overdrachten.last().map(|overdracht| overdracht.id),
            melding: Some(verhaal.staat().meldingen[0].id),
            onderdelen: set(onderdelen),
            noemt_melder: set(noemt),
            reden: false,
        })
    }

    fn gemeld(openheid: Openheid) -> Verhaal {
        Verhaal::in_regio("noord-holland-noord").meld_als("basisschool", openheid, "2026-03-02 10:00").door_vt()
    }

    #[test]
    fn een_brief_aan_het_gezin_is_pas_af_met_elk_deel_en_informeert_bij_verzending() {
        let verhaal = gemeld(Openheid::Open).op("2026-03-03 09:00").door_vt();
        let weigering =
            verhaal.probeer(&maak(&verhaal, BRIEF, &["ontvangst"], &[])).geweigerd(Code::DocumentOnvolledig);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("LND-4.b", true));
        assert_eq!(weigering.reden.ontbreekt, ["vervolg"]);
        let gemaakt = verhaal.doe(&maak(&verhaal, BRIEF, &["ontvangst", "vervolg"], &[]));
        assert_eq!(gemaakt.status("gezin-informeren", "2026-03-11 00:00"), Status::TeLaat);
        let verstuurd =
            gemaakt.doe(&Commando::VerzendDocument { document: DOCUMENT, wijze: ContactWijze::Brief, aan: None });
        assert_eq!(verstuurd.status("gezin-informeren", "2026-03-11 00:00"), Status::Gehaald);
        let Document { verzonden, .. } = verstuurd.staat().documenten[0].clone();
        assert_eq!(verzonden.len(), 1);
    }

    #[test]
    fn wie_afgeschermd_meldde_staat_in_geen_document_voor_het_gezin() {
        let verhaal = gemeld(Openheid::Afgeschermd).op("2026-03-03 09:00").door_vt();
        let brief = maak(&verhaal, BRIEF, &["ontvangst", "vervolg"], &["vervolg"]);
        let weigering = verhaal.probeer(&brief).geweigerd(Code::MelderAfgeschermd);
        assert_eq!((weigering.mag_met_reden, weigering.reden.ontbreekt), (false, vec!["vervolg".to_owned()]));
        // To the reporter itself it may be said, and that letter is for that person alone.
        let delen = ["uitkomst", "wie-contact", "eerdere-meldingen", "advies"];
        let terugkoppeling = maak(&verhaal, "terugkoppeling-melder", &delen, &["uitkomst"]);
        let gemaakt = verhaal.doe(&terugkoppeling).staat();
        assert!(gemaakt.documenten[0].ontvanger.is_persoonlijk(&gemaakt));
    }

    #[test]
    fn het_document_voor_het_gezin_heeft_zonder_open_melding_geen_gegevens_van_de_melder() {
        let verhaal = klaar_voor_overdracht("noord-oost-gelderland");
        let verhaal = verhaal.door_vt().doe(&verhaal.aanbod("lokaal-team-winterswijk"));
        let delen = ["inhoud-melding", "uitkomst-beoordeling"];
        let weigering =
            verhaal.probeer(&maak(&verhaal, "overdracht-gezin", &delen, &[])).geweigerd(Code::DocumentOnvolledig);
        assert_eq!(weigering.reden.ontbreekt, ["contactgegevens-melder"]);
        assert_eq!(weigering.reden.clausule.als_str(), "NOG-1.d");
        let later = verhaal.meld_als("huisarts", Openheid::Afgeschermd, "2026-03-11 09:00").door_vt();
        later.probeer(&maak(&later, "overdracht-gezin", &delen, &[])).toegestaan();
        let alle = [delen.as_slice(), &["contactgegevens-melder"]].concat();
        later.probeer(&maak(&later, "overdracht-gezin", &alle, &[])).geweigerd(Code::MelderAfgeschermd);
    }

    #[test]
    fn aan_wie_niemand_kent_en_zonder_aanbod_is_er_niets_te_schrijven() {
        let verhaal = gemeld(Openheid::Onbekend).op("2026-03-03 09:00").door_vt();
        let terugkoppeling = maak(&verhaal, "terugkoppeling-melder", &["uitkomst", "wie-contact"], &[]);
        verhaal.probeer(&terugkoppeling).geweigerd(Code::Onbekend);
        verhaal.probeer(&maak(&verhaal, "overdracht-ontvanger", &[], &[])).geweigerd(Code::Onbekend);
        verhaal.probeer(&maak(&verhaal, BRIEF, &["verzonnen"], &[])).geweigerd(Code::Onbekend);
        let niet_van_ons = Commando::VerzendDocument { document: DOCUMENT, wijze: ContactWijze::Brief, aan: None };
        verhaal.probeer(&niet_van_ons).geweigerd(Code::Onbekend);
    }
}
