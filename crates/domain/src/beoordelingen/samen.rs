//! Nobody decides alone: another worker than who assessed decides, or it was talked over. What form that takes is the
//! agreement's: with a colleague, or with people of more than one discipline.

use super::heeft_regel;
use crate::{
    afspraak::{Bundel, Oordeelvorm},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    commando::HoudOverleg,
    gebeurtenis::Gebeurtenis,
    ids::{MeldingId, OrganisatieId},
    meldingen::Melding,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// As what somebody takes part in a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Functie {
    Medewerker,
    Gedragswetenschapper,
    Vertrouwensarts,
    Teamleider,
    LokaalTeam,
    Jeugdgezondheidszorg,
    Politie,
    RaadVoorDeKinderbescherming,
    Anders,
}

impl Functie {
    pub const ALLE: [Functie; 9] = [
        Functie::Medewerker,
        Functie::Gedragswetenschapper,
        Functie::Vertrouwensarts,
        Functie::Teamleider,
        Functie::LokaalTeam,
        Functie::Jeugdgezondheidszorg,
        Functie::Politie,
        Functie::RaadVoorDeKinderbescherming,
        Functie::Anders,
    ];
}

/// Whether those who talked agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overleguitkomst {
    Eens,
    NietEens,
}

crate::gebeurtenis::als_str!(Functie, Overleguitkomst);

/// A talk about a report; what was weighed is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overleg {
    pub feit: Feit,
    pub melding: MeldingId,
    pub functies: BTreeSet<Functie>,
    pub organisaties: BTreeSet<OrganisatieId>,
    pub uitkomst: Overleguitkomst,
}

pub(crate) fn houd_overleg(casus: &Casus, overleg: &HoudOverleg, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(overleg.melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // Somebody alone talks with nobody.
    let samen = overleg.functies.len() + overleg.organisaties.len() > 1;
    context.eis(samen, Code::AlleenOverlegd)?;
    Ok(vec![Gebeurtenis::OverlegGehouden {
        melding: melding.id,
        functies: overleg.functies.clone(),
        organisaties: overleg.organisaties.clone(),
        uitkomst: overleg.uitkomst,
    }])
}

/// Speaks against a decision that one worker took alone.
pub(super) fn tegen_alleen(
    casus: &Casus,
    melding: &Melding,
    nu_samen: &BTreeSet<Functie>,
    context: &Context<'_>,
    bundel: &Bundel,
) -> Option<Reden> {
    let vorm = bundel.inhoud.oordeel.get("vervolg").map(|oordeel| oordeel.vorm)?;
    let eerder = casus.overleggen.iter().filter(|overleg| overleg.melding == melding.id);
    let mut gesproken = eerder.map(|overleg| &overleg.functies).chain([nu_samen]);
    let voldaan = match vorm {
        Oordeelvorm::Intercollegiaal => {
            let ander = melding.beoordeling.as_ref().is_some_and(|door| door.medewerker != *context.medewerker);
            ander || gesproken.any(|functies| !functies.is_empty())
        }
        Oordeelvorm::Multidisciplinair => gesproken.any(|functies| functies.len() > 1),
    };
    (!voldaan && heeft_regel(bundel, Code::AlleenBesloten)).then(|| Reden::volgens(bundel, Code::AlleenBesloten))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BesluitVervolg, Commando},
        gebeurtenis::{BesluitSoort, Openheid},
        proef::*,
    };

    fn beoordeeld(regio: &str) -> (Verhaal, MeldingId) {
        let verhaal = Verhaal::in_regio(regio).meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        (verhaal.op("2026-03-04 10:00").rond_beoordeling_af(), melding)
    }

    fn besluit(melding: MeldingId, overleg: &[Functie], reden: bool) -> Commando {
        Commando::BesluitVervolg(BesluitVervolg {
            melding,
            besluit: BesluitSoort::VervolgBijVeiligThuis,
            voldoende_veilig: None,
            overleg: overleg.iter().copied().collect(),
            toewijzing: [].into(),
            reden,
        })
    }

    fn overleg(melding: MeldingId, functies: &[Functie]) -> Commando {
        Commando::HoudOverleg(HoudOverleg {
            melding,
            functies: functies.iter().copied().collect(),
            organisaties: BTreeSet::new(),
            uitkomst: Overleguitkomst::Eens,
        })
    }

    #[test]
    fn wie_taxeerde_besluit_niet_alleen_maar_wel_met_een_ander_een_overleg_of_een_reden() {
        let (verhaal, melding) = beoordeeld("noord-holland-noord");
        let weigering = verhaal.probeer(&besluit(melding, &[], false)).geweigerd(Code::AlleenBesloten);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("LND-25.c", true));
        verhaal.medewerker("m2").probeer(&besluit(melding, &[], false)).toegestaan();
        verhaal.probeer(&besluit(melding, &[Functie::Teamleider], false)).toegestaan();
        verhaal.probeer(&besluit(melding, &[], true)).toegestaan();
        let besproken = verhaal.doe(&overleg(melding, &[Functie::Medewerker, Functie::Teamleider]));
        besproken.probeer(&besluit(melding, &[], false)).toegestaan();
    }

    #[test]
    fn zuid_holland_zuid_vraagt_meer_dan_een_discipline() {
        let (verhaal, melding) = beoordeeld("zuid-holland-zuid");
        for alleen in [&[][..], &[Functie::Medewerker][..]] {
            let weigering = verhaal.medewerker("m2").probeer(&besluit(melding, alleen, false));
            assert_eq!(weigering.geweigerd(Code::AlleenBesloten).reden.clausule.als_str(), "ZHZ-8.1.a");
        }
        let samen = [Functie::Medewerker, Functie::Vertrouwensarts];
        verhaal.probeer(&besluit(melding, &samen, false)).toegestaan();
        verhaal.doe(&overleg(melding, &samen)).probeer(&besluit(melding, &[], false)).toegestaan();
        verhaal.probeer(&overleg(melding, &[Functie::Medewerker])).geweigerd(Code::AlleenOverlegd);
    }
}
