//! A report reaches Veilig Thuis.

use super::gegevens::{self, OverMelding};
use crate::{
    afspraak::Bundel,
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::Meld,
    gebeurtenis::{Afwijking, Gebeurtenis, Melder, Openheid, PersoonRol},
    ids::CasusId,
    weigering::{Code, Reden},
};

pub(crate) fn meld(casus: &Casus, meld: &Meld, context: &Context<'_>) -> Uitslag {
    context.eis(casus.melding(meld.melding).is_none(), Code::Onbekend)?;
    context.eis(gegevens::kent(context.bundel, &meld.gegevens), Code::Onbekend)?;
    let mut redenen = gegevens::redenen(casus, &over(meld), &meld.gegevens.antwoorden, context.bundel);
    redenen.extend(om_bron_en_kind(casus, meld, context.bundel));
    let afwijkingen = toets(context.bundel, redenen, meld.reden)?;
    ontvangen(meld, None, afwijkingen, context)
}

fn over(meld: &Meld) -> OverMelding<'_> {
    OverMelding {
        melder: &meld.melder,
        openheid: meld.openheid,
        contact: meld.contact,
        personen: &meld.personen,
        versie: None,
    }
}

/// What a professional is asked to do otherwise. Citizens and police tell what they saw; Veilig Thuis parts it.
fn om_bron_en_kind(casus: &Casus, meld: &Meld, bundel: &Bundel) -> Vec<Reden> {
    let beroepskracht = matches!(meld.melder, Melder::Beroepskracht { .. });
    [(Code::BronOntbreekt, meld.zonder_bron), (Code::MeldingPerKind, over_meer_kinderen(casus, meld))]
        .into_iter()
        .filter(|(code, staat_in_de_weg)| *staat_in_de_weg && beroepskracht && heeft_regel(bundel, *code))
        .map(|(code, _)| Reden::volgens(bundel, code))
        .collect()
}

/// A guardian is there for one child; a report then is about one other child, not about several at once.
fn over_meer_kinderen(casus: &Casus, meld: &Meld) -> bool {
    let heeft_gi = |id| {
        let mut leden = casus.personen.iter().chain(&meld.personen);
        leden.any(|lid| lid.id == id && lid.gi.is_some())
    };
    let kinderen: Vec<_> = meld.personen.iter().filter(|lid| lid.rol == PersoonRol::Kind).collect();
    let met_voogd = casus.personen.iter().chain(&meld.personen).any(|lid| lid.gi.is_some());
    met_voogd && kinderen.len() > 1 && kinderen.iter().any(|kind| !heeft_gi(kind.id))
}

/// The event of a report that reached this casus, from outside or from another casus.
pub(super) fn ontvangen(
    meld: &Meld,
    verplaatst_uit: Option<CasusId>,
    afwijkingen: Vec<Afwijking>,
    context: &Context<'_>,
) -> Uitslag {
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
        gegevens: meld.gegevens.clone(),
        afwijkingen,
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
    use crate::{
        commando::Commando,
        gebeurtenis::Persoon,
        ids::{OrganisatieId, PersoonId},
        proef::*,
    };
    use uuid::Uuid;

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

    fn meld(regio: &str, openheid: Openheid, verander: impl FnOnce(&mut Meld)) -> Poging {
        let verhaal = Verhaal::in_regio(regio).door("basisschool");
        let Commando::Meld(mut meld) = verhaal.melding("basisschool", openheid, "2026-03-02 10:00") else {
            unreachable!()
        };
        verander(&mut meld);
        verhaal.probeer(&Commando::Meld(meld))
    }

    fn antwoord(meld: &mut Meld, sleutel: &str, code: &str) {
        meld.gegevens.antwoorden.insert(sleutel.into(), code.into());
    }

    /// A child with an institution and so many others.
    fn kinderen(meld: &mut Meld, andere: u128) {
        let kind = |nummer, gi: Option<OrganisatieId>| Persoon {
            id: PersoonId(Uuid::from_u128(nummer)),
            rol: PersoonRol::Kind,
            gi,
        };
        meld.personen = vec![kind(1, Some("jeugdbescherming".into()))];
        meld.personen.extend((0..andere).map(|nummer| kind(2 + nummer, None)));
    }

    #[test]
    fn een_open_melding_waar_het_gezin_niet_van_weet_vraagt_in_zuid_holland_zuid_een_reden() {
        let zwijgt = |meld: &mut Meld| antwoord(meld, "gezin-verteld", "niet-verteld");
        let weigering = meld("zuid-holland-zuid", Openheid::Open, zwijgt).geweigerd(Code::AntwoordPastNiet);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("ZHZ-9.1.g", true));
        assert_eq!(weigering.reden.ontbreekt, ["gezin-verteld"]);
        let met_reden = meld("zuid-holland-zuid", Openheid::Open, |meld| {
            zwijgt(meld);
            meld.reden = true;
        });
        let gebeurtenissen = met_reden.toegestaan();
        let [Gebeurtenis::MeldingOntvangen { afwijkingen, .. }] = gebeurtenissen.as_slice() else { panic!() };
        assert_eq!(afwijkingen[0].clausule.0, "ZHZ-9.1.g");
        // A closed report is closed because the family may not know; elsewhere no clause speaks against it.
        meld("zuid-holland-zuid", Openheid::Afgeschermd, zwijgt).toegestaan();
        meld("ijmond", Openheid::Open, |meld| antwoord(meld, "gezin-verteld", "nee")).toegestaan();
    }

    #[test]
    fn wie_niets_beantwoordt_wordt_niet_geweigerd() {
        for regio in ["ijmond", "noord-oost-gelderland", "noord-holland-noord", "zuid-holland-zuid"] {
            meld(regio, Openheid::Open, |_| ()).toegestaan();
            meld(regio, Openheid::Afgeschermd, |_| ()).toegestaan();
        }
    }

    #[test]
    fn wat_anderen_zeiden_heeft_in_zuid_holland_zuid_een_bron() {
        let zonder = |meld: &mut Meld| meld.zonder_bron = true;
        let weigering = meld("zuid-holland-zuid", Openheid::Open, zonder).geweigerd(Code::BronOntbreekt);
        assert_eq!(weigering.reden.clausule.als_str(), "ZHZ-9.1.k");
        meld("ijmond", Openheid::Open, zonder).toegestaan();
        meld("zuid-holland-zuid", Openheid::Open, |meld| {
            zonder(meld);
            meld.melder = Melder::Politie;
        })
        .toegestaan();
    }

    #[test]
    fn naast_een_gezinsvoogd_is_er_een_melding_per_kind_na_contact_met_die_voogd() {
        let gesproken = |meld: &mut Meld| antwoord(meld, "gezinsvoogd-gesproken", "ja");
        let weigering = meld("zuid-holland-zuid", Openheid::Open, |meld| kinderen(meld, 1));
        let weigering = weigering.geweigerd(Code::MeldvraagNietBeantwoord);
        assert_eq!(weigering.reden.clausule.als_str(), "ZHZ-9.1.n");
        assert_eq!(weigering.ook.iter().map(|ook| ook.code).collect::<Vec<_>>(), [Code::MeldingPerKind]);
        assert!(weigering.mag_met_reden);
        let niet = meld("zuid-holland-zuid", Openheid::Open, |meld| {
            kinderen(meld, 0);
            antwoord(meld, "gezinsvoogd-gesproken", "nee");
        });
        assert_eq!(niet.geweigerd(Code::AntwoordPastNiet).reden.clausule.als_str(), "ZHZ-9.1.n");
        meld("zuid-holland-zuid", Openheid::Open, |meld| {
            kinderen(meld, 2);
            gesproken(meld);
        })
        .geweigerd(Code::MeldingPerKind);
        // About the child with the guardian alone, or where no agreement asks for it, one report does.
        meld("zuid-holland-zuid", Openheid::Open, |meld| {
            kinderen(meld, 0);
            gesproken(meld);
        })
        .toegestaan();
        meld("ijmond", Openheid::Open, |meld| kinderen(meld, 2)).toegestaan();
    }

    #[test]
    fn een_voogd_die_al_bekend_is_geldt_ook_voor_een_volgende_melding() {
        let verhaal = Verhaal::in_regio("zuid-holland-zuid").meld_als("burger", Openheid::Open, "2026-03-02 10:00");
        let persoon = verhaal.staat().personen[0].id;
        let gi = Commando::LegGiVast { persoon, organisatie: Some("jeugdbescherming".into()) };
        let verhaal = verhaal.op("2026-03-02 11:00").door_vt().doe(&gi);
        let Commando::Meld(mut volgende) = verhaal.melding("basisschool", Openheid::Open, "2026-03-02 11:00") else {
            unreachable!()
        };
        let kind = |nummer| Persoon { id: PersoonId(Uuid::from_u128(nummer)), rol: PersoonRol::Kind, gi: None };
        volgende.personen = vec![kind(1), kind(2)];
        antwoord(&mut volgende, "gezinsvoogd-gesproken", "ja");
        verhaal.probeer(&Commando::Meld(volgende.clone())).geweigerd(Code::MeldingPerKind);
        volgende.personen.pop();
        verhaal.probeer(&Commando::Meld(volgende)).toegestaan();
    }
}
