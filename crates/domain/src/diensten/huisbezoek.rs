//! The home visit of a service: alone or together with the local team, about the topics of the agreement, and talking
//! with the children unless there is a reason not to.

use crate::{
    afspraak::{Bundel, Gespreksmoment},
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    commando::HoudHuisbezoek,
    gebeurtenis::{Afwijking, Gebeurtenis},
    ids::OrganisatieId,
    overdrachten::ontbrekende_punten,
    weigering::{Code, Reden},
};
use std::collections::BTreeSet;

/// One visit; what was said about each topic is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Huisbezoek {
    pub feit: Feit,
    pub samen_met: Option<OrganisatieId>,
    pub kinderen_gesproken: bool,
    /// Keys of what was talked over.
    pub punten: BTreeSet<String>,
    pub afwijkingen: Vec<Afwijking>,
}

pub(crate) fn houd_huisbezoek(casus: &Casus, bezoek: &HoudHuisbezoek, context: &Context<'_>) -> Uitslag {
    let dienst = casus.lopende_dienst().ok_or_else(|| context.weiger(Code::GeenLopendeDienst))?;
    let bundel = context.bundel_bij(&dienst.gestart);
    let bekend = bezoek.punten.iter().all(|punt| bundel.inhoud.gesprekspunt.contains_key(punt));
    context.eis(bekend && bezoek.samen_met.as_ref() != Some(context.organisatie), Code::Onbekend)?;
    let eerder: BTreeSet<_> = dienst.huisbezoeken.iter().flat_map(|eerder| &eerder.punten).collect();
    let afwijkingen = toets(bundel, redenen_tegen(casus, bezoek, &eerder, bundel), bezoek.reden)?;
    Ok(vec![Gebeurtenis::HuisbezoekGehouden {
        dienst: dienst.id,
        samen_met: bezoek.samen_met.clone(),
        kinderen_gesproken: bezoek.kinderen_gesproken,
        punten: bezoek.punten.clone(),
        afwijkingen,
    }])
}

/// A topic of an earlier visit in the same service needs not come back.
fn redenen_tegen(casus: &Casus, bezoek: &HoudHuisbezoek, eerder: &BTreeSet<&String>, bundel: &Bundel) -> Vec<Reden> {
    let mut redenen = Vec::new();
    let kinderen = casus.personen.iter().any(|persoon| persoon.rol == crate::gebeurtenis::PersoonRol::Kind);
    if kinderen && !bezoek.kinderen_gesproken && heeft_regel(bundel, Code::KinderenNietGesproken) {
        redenen.push(Reden::volgens(bundel, Code::KinderenNietGesproken));
    }
    let besproken =
        |sleutel: &str| bezoek.punten.contains(sleutel) || eerder.iter().any(|punt| punt.as_str() == sleutel);
    redenen.extend(ontbrekende_punten(bundel, &[Gespreksmoment::Huisbezoek], besproken));
    redenen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BesluitVervolg, Commando},
        gebeurtenis::{BesluitSoort, DienstSoort, Openheid},
        proef::*,
    };

    fn in_dienst(regio: &str) -> Verhaal {
        let verhaal = Verhaal::in_regio(regio)
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-04 10:00")
            .rond_beoordeling_af()
            .spreek_gezin();
        let besluit = BesluitSoort::VervolgBijVeiligThuis;
        let verhaal = verhaal.doe(&Commando::BesluitVervolg(BesluitVervolg {
            melding: verhaal.staat().meldingen[0].id,
            besluit,
            voldoende_veilig: None,
            overleg: samen(),
            toewijzing: verhaal.toewijzing(besluit),
            reden: false,
        }));
        verhaal.doe(&start(&verhaal, DienstSoort::Onderzoek))
    }

    fn bezoek(verhaal: &Verhaal, zonder: &str, kinderen_gesproken: bool) -> HoudHuisbezoek {
        let punten = verhaal.bundel().gesprekspunten(Gespreksmoment::Huisbezoek).into_iter();
        HoudHuisbezoek {
            samen_met: Some("lokaal-team-winterswijk".into()),
            kinderen_gesproken,
            punten: punten.map(|(sleutel, _)| sleutel.to_owned()).filter(|sleutel| sleutel != zonder).collect(),
            reden: false,
        }
    }

    #[test]
    fn bij_een_huisbezoek_komt_alles_aan_de_orde_en_wordt_met_de_kinderen_gesproken_of_er_is_een_reden() {
        let verhaal = in_dienst("noord-oost-gelderland");
        let zonder_kinderen = Commando::HoudHuisbezoek(bezoek(&verhaal, "", false));
        let weigering = verhaal.probeer(&zonder_kinderen).geweigerd(Code::KinderenNietGesproken);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("NOG-2.d", true));
        let half = bezoek(&verhaal, "huisbezoek-rollen", true);
        let weigering = verhaal.probeer(&Commando::HoudHuisbezoek(half.clone())).geweigerd(Code::GesprekspuntOntbreekt);
        assert_eq!(weigering.reden.ontbreekt, ["huisbezoek-rollen"]);
        let met_reden = Commando::HoudHuisbezoek(HoudHuisbezoek { reden: true, ..half });
        let verhaal = verhaal.doe(&met_reden);
        assert_eq!(verhaal.staat().diensten[0].huisbezoeken[0].afwijkingen.len(), 1);
        // The second visit only has to make up for what was left.
        let rest = HoudHuisbezoek { punten: ["huisbezoek-rollen".to_owned()].into(), ..bezoek(&verhaal, "", true) };
        verhaal.probeer(&Commando::HoudHuisbezoek(rest)).toegestaan();
    }

    #[test]
    fn een_huisbezoek_hoort_bij_een_dienst_en_elders_zijn_er_geen_vaste_punten() {
        let voor = klaar_voor_overdracht("noord-oost-gelderland").door_vt();
        let bezoek_nu = Commando::HoudHuisbezoek(bezoek(&voor, "", true));
        voor.probeer(&bezoek_nu).geweigerd(Code::GeenLopendeDienst);
        let ijmond = in_dienst("ijmond");
        let kaal = HoudHuisbezoek { samen_met: None, kinderen_gesproken: false, punten: BTreeSet::new(), reden: false };
        ijmond.probeer(&Commando::HoudHuisbezoek(kaal)).toegestaan();
    }
}
