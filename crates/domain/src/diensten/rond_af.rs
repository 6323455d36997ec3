//! Veilig Thuis ends a service, with the conclusion that the agreement asks for.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::RondDienstAf,
    gebeurtenis::{Conclusie, Gebeurtenis, Geweldsaard},
    weigering::{Code, Reden, Weigering},
};
use std::collections::BTreeMap;

pub(crate) fn rond_dienst_af(casus: &Casus, rond_af: &RondDienstAf, context: &Context<'_>) -> Uitslag {
    let dienst = casus.lopende_dienst().filter(|dienst| dienst.id == rond_af.dienst);
    let dienst = dienst.ok_or_else(|| context.weiger(Code::Onbekend))?;
    let bundel = context.bundel_bij(&dienst.gestart);
    let regel = bundel.dienst(dienst.soort);
    context.eis(!rond_af.voortijdig || rond_af.reden, Code::RedenOntbreekt)?;
    let verplicht = regel.is_some_and(|regel| regel.conclusie_verplicht) && !rond_af.voortijdig;
    let conclusie = rond_af.conclusie.or(rond_af.voortijdig.then_some(Conclusie::NietOnderzocht));
    context.eis(conclusie.is_none_or(|conclusie| past(conclusie, &rond_af.per_aard)), Code::ConclusieSpreektTegen)?;
    match conclusie {
        Some(conclusie) if !(verplicht && conclusie == Conclusie::NietOnderzocht) => {
            Ok(vec![Gebeurtenis::DienstAfgerond {
                dienst: dienst.id,
                conclusie,
                per_aard: rond_af.per_aard.clone(),
                voorwaarden_gesteld: rond_af.voorwaarden_gesteld,
                voortijdig: rond_af.voortijdig,
            }])
        }
        Some(_) | None => {
            let reden = Reden::volgens(bundel, Code::ConclusieOntbreekt);
            let clausule = regel.map(|regel| &regel.clausule);
            Err(Weigering::om(match clausule {
                Some(clausule) => reden.met_clausule(clausule),
                None => reden,
            }))
        }
    }
}

/// Of violence that was found, at least one kind was; of violence that was not, none.
fn past(conclusie: Conclusie, per_aard: &BTreeMap<Geweldsaard, Conclusie>) -> bool {
    let gevonden = per_aard.values().any(|een| *een == Conclusie::Bevestigd);
    per_aard.is_empty() || gevonden == (conclusie == Conclusie::Bevestigd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{DienstSoort, TerugkoppelingMoment},
        proef::*,
        termijnen::Status,
    };

    fn lopend(soort: DienstSoort) -> Verhaal {
        let verhaal = na_dienst("ijmond", soort);
        verhaal.tot_en_met(verhaal.stroom().len() - 1)
    }

    #[test]
    fn een_onderzoek_eindigt_met_een_conclusie_en_voorwaarden_en_vervolg_mag_zonder() {
        let onderzoek = lopend(DienstSoort::Onderzoek).door_vt();
        let weigering = onderzoek.probeer(&rond_af(None)).geweigerd(Code::ConclusieOntbreekt);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-B2.c");
        onderzoek.probeer(&rond_af(Some(Conclusie::NietOnderzocht))).geweigerd(Code::ConclusieOntbreekt);
        onderzoek.probeer(&rond_af(Some(Conclusie::Weerlegd))).toegestaan();
        let venv = lopend(DienstSoort::VoorwaardenEnVervolg).door_vt();
        venv.probeer(&rond_af(None)).geweigerd(Code::ConclusieOntbreekt);
        venv.probeer(&rond_af(Some(Conclusie::NietOnderzocht))).toegestaan();
    }

    #[test]
    fn de_tweede_terugkoppeling_loopt_tien_weken_vanaf_de_eerste_of_vanaf_toen_die_er_had_moeten_zijn() {
        // Assessed on Wednesday 4 March: due by the end of Thursday 5 March, ten weeks later is 14 May.
        let verhaal = lopend(DienstSoort::Onderzoek);
        assert_eq!(verhaal.status("tweede-terugkoppeling", "2026-05-14 23:59"), Status::Open);
        assert_eq!(verhaal.status("tweede-terugkoppeling", "2026-05-15 00:00"), Status::TeLaat);
        let melding = verhaal.staat().meldingen[0].id;
        let koppel = |moment| Commando::KoppelTerugAanMelder { melding, moment: Some(moment) };
        let eerste = verhaal.op("2026-03-04 15:00").door_vt().doe(&koppel(TerugkoppelingMoment::Eerste));
        assert_eq!(eerste.status("tweede-terugkoppeling", "2026-05-13 23:59"), Status::Open);
        assert_eq!(eerste.status("tweede-terugkoppeling", "2026-05-14 00:00"), Status::TeLaat);
        let tweede = eerste.op("2026-05-01 09:00").doe(&koppel(TerugkoppelingMoment::Tweede));
        assert_eq!(tweede.status("tweede-terugkoppeling", "2026-06-01 00:00"), Status::Gehaald);
    }

    #[test]
    fn zonder_dienst_is_er_geen_tweede_terugkoppeling() {
        assert!(klaar_voor_overdracht("ijmond").termijn("tweede-terugkoppeling").is_none());
    }

    #[test]
    fn per_soort_geweld_spreekt_niets_de_conclusie_tegen() {
        let verhaal = lopend(DienstSoort::Onderzoek);
        let af = |conclusie, per_aard: &[(Geweldsaard, Conclusie)]| {
            let Commando::RondDienstAf(mut af) = rond_af(Some(conclusie)) else { unreachable!() };
            af.per_aard = per_aard.iter().copied().collect();
            verhaal.probeer(&Commando::RondDienstAf(af))
        };
        let (kind, partner) = (Geweldsaard::Kindermishandeling, Geweldsaard::Partnergeweld);
        let gemengd = [(kind, Conclusie::Bevestigd), (partner, Conclusie::Weerlegd)];
        af(Conclusie::Bevestigd, &gemengd).toegestaan();
        af(Conclusie::Bevestigd, &[]).toegestaan();
        let weigering = af(Conclusie::Weerlegd, &gemengd).geweigerd(Code::ConclusieSpreektTegen);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-26.b");
        af(Conclusie::Bevestigd, &[(partner, Conclusie::Weerlegd)]).geweigerd(Code::ConclusieSpreektTegen);
        af(Conclusie::Weerlegd, &[(partner, Conclusie::Weerlegd)]).toegestaan();
    }
}
