//! A report reaches Veilig Thuis.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::Meld,
    gebeurtenis::{Gebeurtenis, Melder, Openheid},
    ids::CasusId,
    weigering::Code,
};

pub(crate) fn meld(casus: &Casus, meld: &Meld, context: &Context<'_>) -> Uitslag {
    context.eis(casus.melding(meld.melding).is_none(), Code::Onbekend)?;
    ontvangen(meld, None, context)
}

/// The event of a report that reached this casus, from outside or from another casus.
pub(super) fn ontvangen(meld: &Meld, verplaatst_uit: Option<CasusId>, context: &Context<'_>) -> Uitslag {
    context.eis(meld.ontvangen_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let veilig_thuis = context.bundel.veilig_thuis().ok_or_else(|| context.weiger(Code::Onbekend))?;
    Ok(vec![Gebeurtenis::MeldingOntvangen {
        melding: meld.melding,
        ontvangen_op: meld.ontvangen_op,
        melder: zonder_afgeschermde_naam(&meld.melder, meld.openheid),
        openheid: meld.openheid,
        contact: meld.contact,
        spoed_gevraagd: meld.spoed_gevraagd,
        gemeente: meld.gemeente.clone(),
        afspraak: context.bundel.afspraak.clone(),
        veilig_thuis: veilig_thuis.clone(),
        personen: meld.personen.clone(),
        verplaatst_uit,
    }])
}

/// The log never names the organisation of a reporter who is not open, not even by mistake of a caller.
fn zonder_afgeschermde_naam(melder: &Melder, openheid: Openheid) -> Melder {
    match melder {
        Melder::Beroepskracht { beroepsgroep, .. } if openheid != Openheid::Open => {
            Melder::Beroepskracht { organisatie: None, beroepsgroep: beroepsgroep.clone() }
        }
        anders => anders.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proef::*;

    #[test]
    fn een_afgeschermde_melder_staat_niet_in_het_logboek_en_is_nooit_houder() {
        let casus = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Afgeschermd, "2026-03-02 10:00");
        assert_eq!(casus.staat().meldingen[0].melder.organisatie(), None);
        assert_eq!(casus.houder_op("2026-03-02 10:00"), ("veilig-thuis-kennemerland".into(), "HIAAT-1".into()));
    }

    #[test]
    fn dezelfde_melding_komt_er_geen_tweede_keer_bij() {
        let verhaal = Verhaal::in_regio("ijmond");
        let melding = verhaal.melding("basisschool", Openheid::Open, "2026-03-02 10:00");
        let verhaal = verhaal.op("2026-03-02 10:00").door("basisschool").doe(&melding);
        verhaal.probeer(&melding).geweigerd(Code::Onbekend);
    }

    #[test]
    fn een_melding_uit_de_toekomst_wordt_geweigerd() {
        let verhaal = Verhaal::in_regio("ijmond");
        let melding = verhaal.melding("basisschool", Openheid::Open, "2026-03-02 10:00");
        verhaal.op("2026-03-02 09:59").door("basisschool").probeer(&melding).geweigerd(Code::TijdstipInDeToekomst);
    }
}
