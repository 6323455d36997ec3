//! The overdrachtstafel: Veilig Thuis and the local parties talk about an offer, and decide which of them takes it. The
//! decision moves nothing: zicht passes when that party accepts, and by nothing else.

use super::{
    Overdracht, Stand,
    accepteer::{eis, niet_opgeschort},
    tegenvoorstel::{eis_komende_werkdag, eis_past_in_takenpakket},
};
use crate::{
    afspraak::{Bundel, Fase, PartijSoort},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::{Gebeurtenis, OverdrachtWijze},
    ids::{BijeenkomstId, OrganisatieId, OverdrachtId},
    tijd::Datum,
    weigering::{Code, Reden, Weigering},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How the table is called among the ways of handing over.
const TAFEL: &str = "overdrachtstafel";

/// What the table decided on an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tafelbesluit {
    /// The receiver of the offer takes it.
    Oppakken,
    /// Another party takes it: it needs an offer of its own.
    AnderTeam { naar: OrganisatieId },
    /// It is talked about again at a later table.
    Aanhouden { tot: Datum },
    /// None of the parties can: it is not handed over.
    NietOverdragen,
}

/// The overdrachtstafel talked about an offer, and decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BespreekAanTafel {
    pub overdracht: OverdrachtId,
    /// At which meeting; absent when there was no agenda for it.
    pub bijeenkomst: Option<BijeenkomstId>,
    /// The organisations that sat there.
    pub aanwezig: BTreeSet<OrganisatieId>,
    pub besluit: Tafelbesluit,
    pub reden: bool,
}

/// One time that the table talked about an offer; what was agreed is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bespreking {
    pub feit: Feit,
    pub bijeenkomst: Option<BijeenkomstId>,
    pub aanwezig: BTreeSet<OrganisatieId>,
    pub besluit: Tafelbesluit,
}

impl Bespreking {
    /// The handover that follows on the decision: the offer itself, or the first one after it to the other party.
    pub fn vervolg<'a>(&self, casus: &'a Casus, over: OverdrachtId) -> Option<&'a Overdracht> {
        match &self.besluit {
            Tafelbesluit::Oppakken => casus.overdracht(over),
            Tafelbesluit::AnderTeam { naar } => {
                let erna = casus.overdrachten.iter().filter(|aanbod| aanbod.feit.versie > self.feit.versie);
                erna.into_iter().find(|aanbod| aanbod.naar == *naar)
            }
            Tafelbesluit::Aanhouden { .. } | Tafelbesluit::NietOverdragen => None,
        }
    }
}

/// Who sits at the table of a municipality: Veilig Thuis and the local parties that may receive there. Nobody, where the
/// agreement knows no table.
pub fn tafelpartijen(bundel: &Bundel, gemeente: &str) -> BTreeSet<OrganisatieId> {
    let overgang = bundel.overgang(Fase::Direct, PartijSoort::LokaalTeam);
    let heeft_tafel = overgang.is_some_and(|overgang| overgang.wijzen.iter().any(|wijze| wijze == TAFEL));
    let lokaal = bundel.ontvangers(gemeente, Fase::Direct).into_iter().map(|(id, _)| id);
    lokaal.chain(bundel.veilig_thuis()).filter(|_| heeft_tafel).cloned().collect()
}

impl Overdracht {
    /// By what the table chose who takes it: its decision, or the acceptance there.
    pub fn gekozen_aan_tafel(&self) -> Option<&Feit> {
        let geaccepteerd = match &self.stand {
            Stand::Open => None,
            Stand::Geaccepteerd(feit) => Some(feit),
            Stand::Geweigerd(..) | Stand::Ingetrokken(_) => return None,
        };
        let laatste = self.besproken.last().filter(|bespreking| bespreking.besluit == Tafelbesluit::Oppakken);
        let besloten = laatste.map(|bespreking| &bespreking.feit);
        let op_tafel = self.wijze == OverdrachtWijze::Overdrachtstafel;
        [besloten, geaccepteerd].into_iter().flatten().filter(|_| op_tafel).min_by_key(|feit| feit.versie)
    }

    /// A decision that the answer of the receiver does not contradict.
    fn past_bij(&self, besluit: &Tafelbesluit) -> bool {
        match self.stand {
            Stand::Open => true,
            Stand::Geaccepteerd(_) => *besluit == Tafelbesluit::Oppakken,
            Stand::Geweigerd(..) => *besluit != Tafelbesluit::Oppakken,
            Stand::Ingetrokken(_) => false,
        }
    }
}

pub(crate) fn bespreek_aan_tafel(casus: &Casus, bespreking: &BespreekAanTafel, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(bespreking.overdracht).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(overdracht.wijze == OverdrachtWijze::Overdrachtstafel, Code::Onbekend)?;
    eis(overdracht.past_bij(&bespreking.besluit), Code::OverdrachtNietOpen, overdracht, context)?;
    let bundel = context.bundel_bij(&overdracht.feit);
    let neemt = match &bespreking.besluit {
        Tafelbesluit::Oppakken => {
            if overdracht.stand == Stand::Open {
                niet_opgeschort(casus, overdracht, context)?;
            }
            Some(&overdracht.naar)
        }
        Tafelbesluit::AnderTeam { naar } => {
            eis_past_in_takenpakket(casus, overdracht, naar, context)?;
            Some(naar)
        }
        Tafelbesluit::Aanhouden { tot } => {
            eis_komende_werkdag(*tot, context)?;
            None
        }
        Tafelbesluit::NietOverdragen => None,
    };
    eis_aan_tafel(&casus.gemeente, &bespreking.aanwezig, neemt, bundel)?;
    context.eis(bespreking.reden || bespreking.besluit == Tafelbesluit::Oppakken, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::AanTafelBesproken {
        overdracht: overdracht.id,
        bijeenkomst: bespreking.bijeenkomst,
        aanwezig: bespreking.aanwezig.clone(),
        besluit: bespreking.besluit.clone(),
    }])
}

/// Veilig Thuis talks with local parties, and decides about nobody who is not there.
pub(crate) fn eis_aan_tafel(
    gemeente: &str,
    aanwezig: &BTreeSet<OrganisatieId>,
    neemt: Option<&OrganisatieId>,
    bundel: &Bundel,
) -> Result<(), Weigering> {
    let partijen = tafelpartijen(bundel, gemeente);
    if let Some(vreemd) = aanwezig.difference(&partijen).next() {
        return Err(Weigering::om(Reden::volgens(bundel, Code::Onbekend).met_ontbreekt(vec![vreemd.0.clone()])));
    }
    let moeten = bundel.veilig_thuis().into_iter().chain(neemt);
    let weg: Vec<_> = moeten.filter(|wie| !aanwezig.contains(wie)).map(|wie| wie.0.clone()).collect();
    if weg.is_empty() && aanwezig.len() > 1 {
        return Ok(());
    }
    Err(Weigering::om(Reden::volgens(bundel, Code::NietAanTafel).met_ontbreekt(weg)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::WeigerReden, proef::*};

    const VT: &str = "veilig-thuis-kennemerland";
    const CJG: &str = "cjg-kennemerland";

    fn aangeboden() -> (Verhaal, OverdrachtId) {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-10 10:30").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod(CJG));
        let id = verhaal.staat().overdrachten[0].id;
        (verhaal, id)
    }

    fn besluit(overdracht: OverdrachtId, aanwezig: &[&str], besluit: Tafelbesluit) -> Commando {
        Commando::BespreekAanTafel(BespreekAanTafel {
            overdracht,
            bijeenkomst: None,
            aanwezig: aanwezig.iter().map(|naam| OrganisatieId::from(*naam)).collect(),
            besluit,
            reden: true,
        })
    }

    fn tot(dag: &str) -> Tafelbesluit {
        Tafelbesluit::Aanhouden { tot: Datum(dag.parse().unwrap()) }
    }

    #[test]
    fn het_besluit_verplaatst_niets_en_pas_de_acceptatie_wel() {
        let (verhaal, id) = aangeboden();
        let oppakken = besluit(id, &[VT, CJG], Tafelbesluit::Oppakken);
        verhaal.door(CJG).probeer(&oppakken).geweigerd(Code::NietBevoegd);
        let besloten = verhaal.doe(&oppakken);
        assert_eq!(besloten.houder_op("2026-06-01 00:00").0, VT);
        assert!(besloten.staat().overdrachten[0].gekozen_aan_tafel().is_some());
        let over = besloten.op("2026-03-10 11:00").door(CJG).doe(&Commando::AccepteerOverdracht { overdracht: id });
        assert_eq!(over.houder_op("2026-03-10 11:00"), (CJG.into(), "IJM-3.3.1.b".into()));
        // The first of both is when it was chosen.
        assert_eq!(over.staat().overdrachten[0].gekozen_aan_tafel().unwrap().vastgelegd_op, t("2026-03-10 10:30"));
    }

    #[test]
    fn wie_oppakt_zit_erbij_en_niemand_beslist_alleen() {
        let (verhaal, id) = aangeboden();
        for (aanwezig, weg) in [(&[VT][..], vec![CJG]), (&[CJG, "socius"], vec![VT]), (&[VT, "socius"], vec![CJG])] {
            let weigering =
                verhaal.probeer(&besluit(id, aanwezig, Tafelbesluit::Oppakken)).geweigerd(Code::NietAanTafel);
            assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-3.3.1.g", false));
            assert_eq!(weigering.reden.ontbreekt, weg);
        }
        verhaal.probeer(&besluit(id, &[VT], Tafelbesluit::NietOverdragen)).geweigerd(Code::NietAanTafel);
        verhaal.probeer(&besluit(id, &[VT, "socius"], Tafelbesluit::NietOverdragen)).toegestaan();
        verhaal.probeer(&besluit(id, &[VT, CJG, "basisschool"], Tafelbesluit::Oppakken)).geweigerd(Code::Onbekend);
        let ander = |naar: &str| besluit(id, &[VT, CJG, "socius"], Tafelbesluit::AnderTeam { naar: naar.into() });
        let besloten = verhaal.doe(&ander("socius"));
        let volgt = |verhaal: &Verhaal| {
            let casus = verhaal.staat();
            let besproken = &casus.overdrachten[0].besproken[0];
            besproken.vervolg(&casus, id).map(|aanbod| aanbod.naar.0.clone())
        };
        assert_eq!(volgt(&besloten), None);
        let terug = besloten.doe(&Commando::TrekOverdrachtIn { overdracht: id, reden: true });
        assert_eq!(volgt(&terug.doe(&terug.aanbod("socius"))), Some("socius".to_owned()));
        for naar in [CJG, "sociaal-team-beverwijk", VT] {
            verhaal.probeer(&ander(naar)).geweigerd(Code::NietInTakenpakket);
        }
    }

    #[test]
    fn later_bespreken_kan_op_een_werkdag_die_nog_komt_en_met_een_reden() {
        let (verhaal, id) = aangeboden();
        let weigering = verhaal.probeer(&besluit(id, &[VT, CJG], tot("2026-03-14")));
        assert_eq!(weigering.geweigerd(Code::GeenDagOmTeBeginnen).reden.ontbreekt, ["2026-03-16"]);
        verhaal.probeer(&besluit(id, &[VT, CJG], tot("2026-03-10"))).geweigerd(Code::GeenDagOmTeBeginnen);
        let Commando::BespreekAanTafel(mut zonder) = besluit(id, &[VT, CJG], tot("2026-03-17")) else { unreachable!() };
        zonder.reden = false;
        verhaal.probeer(&Commando::BespreekAanTafel(zonder)).geweigerd(Code::RedenOntbreekt);
        let verhaal = verhaal.doe(&besluit(id, &[VT, CJG], tot("2026-03-17")));
        assert!(verhaal.staat().overdrachten[0].gekozen_aan_tafel().is_none());
        let later = verhaal.op("2026-03-17 13:30").door_vt().doe(&besluit(id, &[VT, CJG], Tafelbesluit::Oppakken));
        assert_eq!(later.staat().overdrachten[0].besproken.len(), 2);
        assert!(later.staat().overdrachten[0].gekozen_aan_tafel().is_some());
    }

    #[test]
    fn een_besluit_spreekt_het_antwoord_van_de_ontvanger_niet_tegen() {
        let (verhaal, overdracht) = aangeboden();
        let oppakken = besluit(overdracht, &[VT, CJG], Tafelbesluit::Oppakken);
        let niet = besluit(overdracht, &[VT, CJG], Tafelbesluit::NietOverdragen);
        let ja = verhaal.door(CJG).doe(&Commando::AccepteerOverdracht { overdracht }).door_vt();
        ja.probeer(&oppakken).toegestaan();
        assert_eq!(ja.probeer(&niet).geweigerd(Code::OverdrachtNietOpen).reden.clausule.als_str(), "IJM-3.3.1.b");
        let weiger = Commando::WeigerOverdracht { overdracht, reden_code: WeigerReden::Anders, reden: true };
        let nee = verhaal.doe(&oppakken).door(CJG).doe(&weiger).door_vt();
        nee.probeer(&oppakken).geweigerd(Code::OverdrachtNietOpen);
        nee.probeer(&niet).toegestaan();
        assert!(nee.staat().overdrachten[0].gekozen_aan_tafel().is_none());
        let terug = verhaal.doe(&Commando::TrekOverdrachtIn { overdracht, reden: true });
        terug.probeer(&niet).geweigerd(Code::OverdrachtNietOpen);
    }

    #[test]
    fn wat_niet_via_een_tafel_gaat_wordt_er_niet_besproken() {
        let verhaal = klaar_voor_overdracht("noord-oost-gelderland").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod("lokaal-team-winterswijk"));
        let id = verhaal.staat().overdrachten[0].id;
        let aanwezig = ["veilig-thuis-noord-oost-gelderland", "lokaal-team-winterswijk"];
        verhaal.probeer(&besluit(id, &aanwezig, Tafelbesluit::Oppakken)).geweigerd(Code::Onbekend);
        assert!(tafelpartijen(verhaal.bundel(), "Winterswijk").is_empty());
    }
}
