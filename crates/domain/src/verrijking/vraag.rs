//! Asking and answering. Veilig Thuis asks; who was asked by name answers itself, or Veilig Thuis records what was said.

use super::Bronuitkomst;
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::{Commando, VraagInformatie},
    gebeurtenis::Gebeurtenis,
    ids::VerzoekId,
    weigering::Code,
};

pub(crate) fn verrijk(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::VraagInformatie(vraag) => vraag_informatie(casus, vraag, context),
        Commando::LegInformatieVast { verzoek, uitkomst } => leg_informatie_vast(casus, *verzoek, *uitkomst, context),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// By the agreement under which the report was received, as everything of its assessment.
fn vraag_informatie(casus: &Casus, vraag: &VraagInformatie, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(vraag.melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let inhoud = &context.bundel_bij(&melding.feit).inhoud;
    let bron = inhoud.bron.get(&vraag.bron).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let grondslag = inhoud.grondslag.get(&bron.grondslag).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // Who is asked by name and has no account is named in the words of the request.
    context.eis(bron.bij_naam || vraag.aan.is_none(), Code::Onbekend)?;
    Ok(vec![Gebeurtenis::InformatieGevraagd {
        melding: melding.id,
        verzoek: vraag.verzoek,
        bron: vraag.bron.clone(),
        aan: vraag.aan.clone(),
        grondslag: grondslag.clausule.clone(),
    }])
}

fn leg_informatie_vast(casus: &Casus, verzoek: VerzoekId, uitkomst: Bronuitkomst, context: &Context<'_>) -> Uitslag {
    let gevraagd = casus.verzoek(verzoek).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let is_vt = casus.veilig_thuis.as_ref() == Some(context.organisatie);
    let mag = is_vt || gevraagd.aan.as_ref() == Some(context.organisatie);
    context.eis_bevoegd(mag, "leg-informatie-vast")?;
    context.eis(gevraagd.antwoord.is_none(), Code::VerzoekBeantwoord)?;
    Ok(vec![Gebeurtenis::InformatieOntvangen { verzoek, uitkomst }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gebeurtenis::Openheid, ids::MeldingId, proef::*};
    use uuid::Uuid;

    fn gemeld(regio: &str) -> (Verhaal, MeldingId) {
        let verhaal = Verhaal::in_regio(regio).meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        (verhaal.op("2026-03-02 11:00").door_vt(), melding)
    }

    fn vraag(melding: MeldingId, bron: &str, aan: Option<&str>, nummer: u128) -> Commando {
        Commando::VraagInformatie(VraagInformatie {
            melding,
            verzoek: VerzoekId(Uuid::from_u128(nummer)),
            bron: bron.into(),
            aan: aan.map(Into::into),
        })
    }

    fn antwoord(nummer: u128, uitkomst: Bronuitkomst) -> Commando {
        Commando::LegInformatieVast { verzoek: VerzoekId(Uuid::from_u128(nummer)), uitkomst }
    }

    #[test]
    fn bij_elk_verzoek_staat_de_grondslag_van_de_regio() {
        for (regio, grond) in
            [("zuid-holland-zuid", "ZHZ-8.1.b"), ("noord-holland-noord", "NHN-3.a"), ("ijmond", "HIAAT-32")]
        {
            let (verhaal, melding) = gemeld(regio);
            let staat = verhaal.doe(&vraag(melding, "politie", None, 1)).staat();
            assert_eq!(staat.verzoeken[0].grondslag.als_str(), grond);
            assert_eq!(staat.verzoeken[0].antwoord, None, "zonder antwoord is onbekend");
        }
    }

    #[test]
    fn opnieuw_vragen_vervangt_wat_onbekend_bleef_en_nooit_wat_beantwoord_is() {
        let (verhaal, melding) = gemeld("ijmond");
        let verhaal = verhaal.doe(&vraag(melding, "politie", None, 1)).doe(&vraag(melding, "politie", None, 2));
        let stand = |verhaal: &Verhaal| {
            let staat = verhaal.staat();
            let stand = staat.verzoeken_bij(melding, verhaal.bundel());
            (stand.len(), stand[0].id.0.as_u128(), stand[0].antwoord.as_ref().map(|(_, uitkomst)| *uitkomst))
        };
        assert_eq!(stand(&verhaal), (1, 2, None));
        let verhaal = verhaal.doe(&antwoord(2, Bronuitkomst::NietsGevonden));
        assert_eq!(stand(&verhaal), (1, 2, Some(Bronuitkomst::NietsGevonden)));
        let verhaal = verhaal.doe(&vraag(melding, "politie", None, 3));
        assert_eq!(stand(&verhaal), (1, 2, Some(Bronuitkomst::NietsGevonden)));
        verhaal.probeer(&antwoord(2, Bronuitkomst::Gevonden)).geweigerd(Code::VerzoekBeantwoord);
        assert_eq!(stand(&verhaal.doe(&antwoord(3, Bronuitkomst::Gevonden))), (1, 3, Some(Bronuitkomst::Gevonden)));
    }

    #[test]
    fn alleen_wie_gevraagd_is_en_veilig_thuis_leggen_een_antwoord_vast() {
        let (verhaal, melding) = gemeld("ijmond");
        verhaal.probeer(&vraag(melding, "beroepskracht", None, 1)).toegestaan();
        verhaal.probeer(&vraag(melding, "politie", Some("huisarts"), 1)).geweigerd(Code::Onbekend);
        verhaal.probeer(&vraag(melding, "buren", None, 1)).geweigerd(Code::Onbekend);
        let verhaal = verhaal.doe(&vraag(melding, "beroepskracht", Some("huisarts"), 1));
        let gevonden = antwoord(1, Bronuitkomst::Gevonden);
        verhaal.door("basisschool").probeer(&gevonden).geweigerd(Code::NietBevoegd);
        verhaal.door("huisarts").probeer(&gevonden).toegestaan();
        verhaal.probeer(&gevonden).toegestaan();
        verhaal.door("basisschool").probeer(&vraag(melding, "politie", None, 2)).geweigerd(Code::NietBevoegd);
    }
}
