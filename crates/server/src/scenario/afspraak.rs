//! The controls on what the agreement says where somebody acts: what to keep in mind, what goes along with a handover,
//! what is talked over, and what it says about itself.

use super::{dekking::moet, speler::Speler, vorm::Controle};
use anyhow::{Result, anyhow};
use domain::{
    Casus,
    afspraak::{GeldigeBundel, Ontvangt},
    gebeurtenis::Openheid,
    tijd::Instant,
};
use std::collections::{BTreeMap, BTreeSet};

impl Speler<'_> {
    /// What the agreement asks to keep in mind at an act: exactly these clauses.
    pub(super) fn let_op(&mut self, controle: &Controle, geldig: &GeldigeBundel) -> Result<()> {
        for (handeling, verwacht) in &controle.let_op {
            let mut gegeven: Vec<_> =
                geldig.bundel.aandachtspunten(handeling).map(|id| id.als_str().to_owned()).collect();
            let mut gevraagd = verwacht.clone();
            gegeven.sort();
            gevraagd.sort();
            self.dekking.geef(gegeven.iter().map(String::as_str));
            moet!(Controle, gegeven == gevraagd, "bij {handeling} staat {gegeven:?}, verwacht {gevraagd:?}");
            gevraagd.iter().for_each(|id| self.dekking.toets(id));
        }
        Ok(())
    }

    /// What the agreement says about itself.
    pub(super) fn afspraak_zelf(&mut self, controle: &Controle, geldig: &GeldigeBundel) -> Result<()> {
        let inhoud = &geldig.bundel.inhoud;
        for verwacht in &controle.afspraaktermijnen {
            let regel = inhoud.afspraaktermijn.get(&verwacht.soort);
            let Some(regel) = regel else {
                moet!(Controle, false, "geen termijn voor de afspraak '{}'", verwacht.soort);
                return Ok(());
            };
            let editie = geldig.bundel.eigen_laag().map(|laag| Instant::begin_van(laag.geldig_van.0));
            let anker = verwacht.anker.map(|op| op.0).or(editie).ok_or_else(|| anyhow!("geen eigen editie"))?;
            let dag = regel.uiterlijk(&geldig.bundel.kalender, anker).net_ervoor().dag().to_string();
            let (soort, clausule) = (&verwacht.soort, regel.clausule.als_str());
            moet!(Controle, dag == verwacht.uiterlijk.to_string(), "{soort}: uiterlijk {dag}");
            moet!(Controle, clausule == verwacht.clausule, "{soort}: door {clausule}, niet {}", verwacht.clausule);
            let hiaat = regel.hiaat.as_ref().map(|id| id.als_str());
            moet!(Controle, hiaat == verwacht.hiaat.as_deref(), "{soort}: gelezen door {hiaat:?}");
            moet!(Controle, regel.herhaalt == verwacht.herhaalt, "{soort}: telkens opnieuw is {}", regel.herhaalt);
            self.dekking.toets(clausule);
            verwacht.hiaat.iter().for_each(|id| self.dekking.toets(id));
        }
        let mut stappen: Vec<_> =
            inhoud.escalatie.values().map(|stap| (stap.volgorde, stap.clausule.als_str())).collect();
        stappen.sort_unstable();
        let stappen: Vec<_> = stappen.into_iter().map(|(_, clausule)| clausule).collect();
        let gelijk = controle.escalatie.is_empty() || stappen == controle.escalatie;
        moet!(Controle, gelijk, "opschalen gaat door {stappen:?}, verwacht {:?}", controle.escalatie);
        controle.escalatie.iter().for_each(|id| self.dekking.toets(id));
        Ok(())
    }

    /// What goes along in a situation and to whom, and what is talked over: exactly this, by exactly these clauses.
    pub(super) fn gaat_mee(&mut self, controle: &Controle, casus: &Casus, geldig: &GeldigeBundel) -> Result<()> {
        let open = casus.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
        let krijgt = |wie: Ontvangt| match wie {
            Ontvangt::Ja => true,
            Ontvangt::AlleenBijOpenMelding | Ontvangt::BijOpenMeldingIndienNodig => open,
            Ontvangt::Nee => false,
        };
        for verwacht in &controle.gaat_mee {
            let delen = geldig.bundel.onderdelen(verwacht.fase);
            let voor = |wie: fn(&domain::afspraak::Onderdeel) -> Ontvangt| -> Vec<String> {
                delen.iter().filter(|(_, deel)| krijgt(wie(deel))).map(|(naam, _)| (*naam).to_owned()).collect()
            };
            let (ontvanger, gezin) = (voor(|deel| deel.ontvanger), voor(|deel| deel.gezin));
            let fase = verwacht.fase.als_str();
            moet!(Controle, ontvanger == verwacht.ontvanger, "{fase}: de ontvanger krijgt {ontvanger:?}");
            moet!(Controle, gezin == verwacht.gezin, "{fase}: het gezin krijgt {gezin:?}");
            self.door_deze(fase, delen.iter().map(|(_, deel)| deel.clausule.0.clone()), &verwacht.clausules)?;
        }
        for verwacht in &controle.gesprek {
            let punten = geldig.bundel.gesprekspunten(verwacht.moment);
            let namen: Vec<_> = punten.iter().map(|(naam, _)| (*naam).to_owned()).collect();
            moet!(Controle, namen == verwacht.punten, "{:?}: besproken wordt {namen:?}", verwacht.moment);
            let clausules = punten.iter().map(|(_, punt)| punt.clausule.0.clone());
            self.door_deze("gesprek", clausules, &verwacht.clausules)?;
        }
        Ok(())
    }

    fn door_deze(&mut self, wat: &str, ids: impl Iterator<Item = String>, verwacht: &BTreeSet<String>) -> Result<()> {
        let ids: BTreeSet<String> = ids.collect();
        moet!(Controle, ids == *verwacht, "{wat}: door {ids:?}, verwacht {verwacht:?}");
        ids.iter().for_each(|id| self.dekking.toets(id));
        Ok(())
    }
}

/// What the pages of the acts say by the agreement: by which clause somebody may do it, what is asked, what may come
/// of it, and who may be chosen. That it is shown is no proof that a rule follows it, so no clause counts as covered.
pub(super) fn op_de_pagina(controle: &Controle, casus: &Casus, geldig: &GeldigeBundel) -> Result<()> {
    let inhoud = &geldig.bundel.inhoud;
    for (handeling, verwacht) in &controle.waarom {
        let eigen = inhoud.bevoegd.get(handeling).map(|regel| regel.clausule.als_str());
        moet!(Controle, eigen == Some(verwacht.as_str()), "{handeling} mag door {eigen:?}, verwacht {verwacht}");
    }
    if let Some(verwacht) = &controle.steunvormen {
        let vormen: BTreeMap<_, _> =
            inhoud.steunvorm.iter().map(|(naam, vorm)| (naam.clone(), vorm.clausule.0.clone())).collect();
        moet!(Controle, vormen == *verwacht, "steun kan zijn {vormen:?}, verwacht {verwacht:?}");
    }
    if !controle.vragen.is_empty() {
        let gesteld = geldig.bundel.criteria().into_iter().map(|(naam, vraag)| {
            let clausules = std::iter::once(&vraag.clausule).chain(&vraag.ook).map(|id| id.0.clone());
            (naam.to_owned(), clausules.collect::<Vec<_>>(), vraag.open_lijst)
        });
        let gesteld: Vec<_> = gesteld.collect();
        let verwacht = controle.vragen.iter().map(|v| (v.criterium.clone(), v.clausules.clone(), v.open_lijst));
        let verwacht: Vec<_> = verwacht.collect();
        moet!(Controle, gesteld == verwacht, "gevraagd wordt {gesteld:?}, verwacht {verwacht:?}");
    }
    if !controle.uitkomsten.is_empty() {
        let uitkomsten = inhoud.monitoruitkomst.iter();
        let mogelijk: BTreeMap<_, _> =
            uitkomsten.map(|(naam, regel)| (naam.as_str(), (regel.clausule.als_str(), regel.gevolg))).collect();
        let verwacht = controle.uitkomsten.iter();
        let verwacht: BTreeMap<_, _> =
            verwacht.map(|(naam, regel)| (naam.as_str(), (regel.clausule.as_str(), regel.gevolg))).collect();
        moet!(Controle, mogelijk == verwacht, "mogelijk is {mogelijk:?}, verwacht {verwacht:?}");
    }
    for verwacht in &controle.te_kiezen {
        let ontvangers = geldig.bundel.ontvangers(&casus.gemeente, verwacht.fase).into_iter();
        let partijen: BTreeMap<_, _> =
            ontvangers.map(|(id, partij)| (id.0.clone(), partij.doelgroep.unwrap_or_default())).collect();
        let fase = verwacht.fase.als_str();
        moet!(Controle, partijen == verwacht.partijen, "{fase}: te kiezen zijn {partijen:?}");
    }
    Ok(())
}
