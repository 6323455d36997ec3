//! Veilig Thuis starts a service, after its decision to keep the casus.

use crate::{
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::StartDienst,
    gebeurtenis::{BesluitSoort, Gebeurtenis},
    tijd::Instant,
    weigering::{Code, Reden},
};

pub(crate) fn start_dienst(casus: &Casus, start: &StartDienst, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let regel = bundel.dienst(start.soort).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(casus.diensten.iter().all(|dienst| dienst.id != start.dienst), Code::Onbekend)?;
    let bekend = start.keuzecriteria.iter().all(|sleutel| regel.keuzecriteria.contains_key(sleutel));
    context.eis(bekend, Code::Onbekend)?;
    let mut redenen = Vec::new();
    if casus.lopende_dienst().is_some() {
        redenen.push(Reden::volgens(bundel, Code::DienstLoopt).met_clausule(&regel.clausule));
    }
    if casus.lopend_aanbod().is_some() {
        redenen.push(Reden::volgens(bundel, Code::AanbodAlOpen));
    }
    if !mag_beginnen(casus) {
        redenen.push(Reden::volgens(bundel, Code::GeenBesluitTotDienst).met_clausule(&regel.clausule));
    }
    for (sleutel, criterium) in
        regel.keuzecriteria.iter().filter(|(sleutel, _)| !start.keuzecriteria.contains(*sleutel))
    {
        let reden = Reden::volgens(bundel, Code::KeuzecriteriumNietBevestigd).met_clausule(&criterium.clausule);
        redenen.push(reden.met_ontbreekt(vec![sleutel.clone()]));
    }
    if regel.na_gesprek && !met_gezin_gesproken(casus) && heeft_regel(bundel, Code::GeenGesprekMetGezin) {
        redenen.push(Reden::volgens(bundel, Code::GeenGesprekMetGezin).met_clausule(&regel.clausule));
    }
    Ok(vec![Gebeurtenis::DienstGestart {
        dienst: start.dienst,
        dienst_soort: start.soort,
        keuzecriteria: start.keuzecriteria.clone(),
        afwijkingen: toets(bundel, redenen, start.reden)?,
    }])
}

/// Every running report was weighed and one of them stays with Veilig Thuis, or Veilig Thuis took zicht on itself.
fn mag_beginnen(casus: &Casus) -> bool {
    let mut besluiten = casus.lopende_meldingen().filter_map(|melding| melding.besluit.as_ref());
    let houdt = besluiten.any(|besluit| besluit.soort == BesluitSoort::VervolgBijVeiligThuis);
    casus.onbesliste_meldingen().next().is_none() && (houdt || casus.op_zich_genomen())
}

/// Veilig Thuis kept the casus, or took it on itself, and no service followed yet.
pub fn dienst_te_starten(casus: &Casus) -> bool {
    let bezig = casus.sluiting.is_some() || casus.lopende_dienst().is_some() || casus.lopend_aanbod().is_some();
    if bezig || !mag_beginnen(casus) {
        return false;
    }
    let besloten = casus.lopende_meldingen().filter_map(|melding| melding.besluit.as_ref());
    let gehouden = besloten.filter(|besluit| besluit.soort == BesluitSoort::VervolgBijVeiligThuis);
    let op_zich = casus.overnames.last().map(|overname| &overname.feit).into_iter();
    let op_zich = op_zich.chain(casus.laatste_overgang().map(|(_, feit)| feit)).filter(|_| casus.op_zich_genomen());
    let sinds = gehouden.map(|besluit| &besluit.feit).chain(op_zich).map(|feit| feit.versie).max();
    casus.diensten.iter().all(|dienst| dienst.afgerond.as_ref().map(|afronding| afronding.feit.versie) < sinds)
}

fn met_gezin_gesproken(casus: &Casus) -> bool {
    let eerste = casus.lopende_meldingen().map(|melding| melding.ontvangen_op).min();
    // Veilig Thuis that took zicht on itself without a running report counts every talk.
    casus.sprak_gezin_sinds(eerste.unwrap_or(Instant(i64::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BesluitVervolg, Commando},
        gebeurtenis::{DienstSoort, Openheid},
        proef::*,
    };

    fn gehouden(regio: &str) -> Verhaal {
        let verhaal = Verhaal::in_regio(regio)
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-04 10:00")
            .rond_beoordeling_af();
        let besluit = Commando::BesluitVervolg(BesluitVervolg {
            melding: verhaal.staat().meldingen[0].id,
            besluit: BesluitSoort::VervolgBijVeiligThuis,
            voldoende_veilig: None,
            overleg: samen(),
            toewijzing: verhaal.toewijzing(BesluitSoort::VervolgBijVeiligThuis),
            reden: false,
        });
        verhaal.doe(&besluit)
    }

    #[test]
    fn een_dienst_begint_na_het_besluit_en_er_loopt_er_een_tegelijk() {
        let direct = klaar_voor_overdracht("ijmond").door_vt();
        direct.probeer(&start(&direct, DienstSoort::Onderzoek)).geweigerd(Code::GeenBesluitTotDienst);
        let verhaal = gehouden("ijmond");
        assert!(dienst_te_starten(&verhaal.staat()) && !dienst_te_starten(&direct.staat()));
        let verhaal = verhaal.doe(&start(&verhaal, DienstSoort::Onderzoek));
        assert!(!dienst_te_starten(&verhaal.staat()), "er loopt er een");
        let klaar = na_dienst("ijmond", DienstSoort::Onderzoek);
        assert!(!dienst_te_starten(&klaar.staat()), "er was er een");
        let Commando::StartDienst(mut tweede) = start(&verhaal, DienstSoort::VoorwaardenEnVervolg) else {
            unreachable!()
        };
        tweede.dienst = crate::ids::DienstId(uuid::Uuid::from_u128(51));
        verhaal.probeer(&Commando::StartDienst(tweede)).geweigerd(Code::DienstLoopt);
        assert_eq!(verhaal.houder_op("2026-06-01 00:00").0, "veilig-thuis-kennemerland");
    }

    #[test]
    fn voorwaarden_en_vervolg_vraagt_in_ijmond_drie_dingen_of_een_reden() {
        let verhaal = gehouden("ijmond");
        let Commando::StartDienst(mut keuze) = start(&verhaal, DienstSoort::VoorwaardenEnVervolg) else {
            unreachable!()
        };
        keuze.keuzecriteria.remove("kan-en-wil-meewerken");
        keuze.reden = false;
        let weigering =
            verhaal.probeer(&Commando::StartDienst(keuze.clone())).geweigerd(Code::KeuzecriteriumNietBevestigd);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-B2.b");
        assert_eq!(weigering.reden.ontbreekt, ["kan-en-wil-meewerken"]);
        keuze.reden = true;
        verhaal.probeer(&Commando::StartDienst(keuze)).toegestaan();
    }

    #[test]
    fn nog_kiest_een_dienst_na_een_gesprek_met_het_gezin() {
        let verhaal = gehouden("noord-oost-gelderland");
        let Commando::StartDienst(mut keuze) = start(&verhaal, DienstSoort::Onderzoek) else { unreachable!() };
        keuze.reden = false;
        let keuze = Commando::StartDienst(keuze);
        let weigering = verhaal.probeer(&keuze).geweigerd(Code::GeenGesprekMetGezin);
        assert_eq!(weigering.reden.clausule.als_str(), "NOG-2.a");
        verhaal.spreek_gezin().probeer(&keuze).toegestaan();
        assert!(na_dienst("noord-oost-gelderland", DienstSoort::Onderzoek).staat().lopende_dienst().is_none());
    }
}
