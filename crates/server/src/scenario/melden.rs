//! The controls on a report: what the reporter is still asked, what was attached, and whom Veilig Thuis speaks first.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{VerwachteContacten, VerwachteVragen, VerwachteVragenlijst},
};
use anyhow::{Result, anyhow};
use app::lezen::CasusBeeld;
use domain::{
    afspraak::GeldigeBundel,
    meldingen::{aan_te_vullen, meldvragen},
    plichten::contactvolgorde,
};
use std::collections::BTreeMap;

impl Speler<'_> {
    /// Exactly these questions are open, each by its clause; with none the report is complete.
    pub(super) fn meldvragen(&mut self, verwacht: &VerwachteVragen, beeld: &CasusBeeld) -> Result<()> {
        let id = self.namen.ids.get(&verwacht.melding);
        let melding = beeld.staat.meldingen.iter().find(|melding| Some(&melding.id.to_string()) == id);
        let melding = melding.ok_or_else(|| anyhow!("geen melding \"{}\"", verwacht.melding))?;
        let bundels = self.samen.app.bundels();
        let bundel = bundels.uit(&melding.feit.bundel).ok_or_else(|| anyhow!("bundel onbekend"))?;
        let rest = aan_te_vullen(&beeld.staat, melding, bundel);
        let vragen: BTreeMap<_, _> = rest.iter().flat_map(|rest| &rest.vragen).copied().collect();
        let open: BTreeMap<_, _> =
            vragen.iter().map(|(sleutel, vraag)| ((*sleutel).to_owned(), vraag.clausule.0.clone())).collect();
        moet!(Controle, open == verwacht.open, "nog te vragen is {open:?}, verwacht {:?}", verwacht.open);
        let telefoon = rest.as_ref().is_some_and(|rest| rest.na_telefoon);
        moet!(Controle, telefoon == verwacht.na_telefoon, "na telefoon aan te vullen is {telefoon}");
        let plicht = rest.as_ref().map(|rest| rest.clausule.0.clone());
        if let Some(clausule) = &verwacht.clausule {
            moet!(Controle, plicht.as_ref() == Some(clausule), "aan te vullen door {plicht:?}, verwacht {clausule}");
            self.dekking.toets(clausule);
        }
        open.values().for_each(|clausule| self.dekking.toets(clausule));
        for (sleutel, clausule) in &verwacht.bijgevoegd {
            let bij = bundel.inhoud.meldinstrument.get(sleutel).map(|instrument| instrument.clausule.0.clone());
            let er = melding.gegevens.instrumenten.contains_key(sleutel);
            moet!(Controle, er && bij.as_ref() == Some(clausule), "bijgevoegd {sleutel}: {er}, door {bij:?}");
            self.dekking.toets(clausule);
        }
        self.regels.push(format!("nog te vragen: {:?}", open.keys().collect::<Vec<_>>()));
        Ok(())
    }

    /// Exactly these questions are asked in each of these situations, with exactly these choices.
    pub(super) fn meldvragenlijst(&mut self, verwacht: &[VerwachteVragenlijst], geldig: &GeldigeBundel) -> Result<()> {
        for lijst in verwacht {
            let gesteld = meldvragen(&geldig.bundel, &lijst.bij);
            let vragen: BTreeMap<_, _> =
                gesteld.iter().map(|(sleutel, vraag)| ((*sleutel).to_owned(), vraag.clausule.0.clone())).collect();
            let bij = &lijst.bij;
            moet!(Controle, vragen == lijst.vragen, "bij {bij:?} wordt {vragen:?} gevraagd");
            let met_keuze = gesteld.iter().filter(|(_, vraag)| !vraag.keuzes.is_empty());
            let keuzes: BTreeMap<_, Vec<_>> = met_keuze
                .map(|(sleutel, vraag)| {
                    ((*sleutel).to_owned(), vraag.keuzes.iter().map(|keuze| keuze.code.clone()).collect())
                })
                .collect();
            moet!(Controle, keuzes == lijst.keuzes, "bij {bij:?} is te kiezen: {keuzes:?}");
            if let Some(verwacht) = &lijst.instrumenten {
                let instrumenten = geldig.bundel.inhoud.meldinstrument.iter();
                let mogelijk: BTreeMap<_, _> = instrumenten
                    .map(|(sleutel, instrument)| (sleutel.clone(), instrument.clausule.0.clone()))
                    .collect();
                moet!(Controle, mogelijk == *verwacht, "erbij kan {mogelijk:?}, verwacht {verwacht:?}");
            }
            vragen.values().for_each(|clausule| self.dekking.toets(clausule));
        }
        Ok(())
    }

    /// Whom was spoken and whom not, in the order of the agreement; without a clause there is no order.
    pub(super) fn contacten(
        &mut self,
        verwacht: &VerwachteContacten,
        beeld: &CasusBeeld,
        geldig: &GeldigeBundel,
    ) -> Result<()> {
        let volgorde = contactvolgorde(&beeld.staat, &geldig.bundel);
        let Some(clausule) = &verwacht.clausule else {
            moet!(Controle, volgorde.is_none(), "er is wel een volgorde: {volgorde:?}");
            return Ok(());
        };
        let Some(volgorde) = volgorde else {
            moet!(Controle, false, "er is geen volgorde");
            return Ok(());
        };
        let eigen = volgorde.clausule.als_str();
        moet!(Controle, eigen == clausule, "volgorde door {eigen}, verwacht {clausule}");
        let mut gesproken = BTreeMap::from([("gezin".to_owned(), volgorde.gezin_gesproken)]);
        let anderen = volgorde.instellingen.iter().chain(&volgorde.hulpverlener);
        gesproken.extend(anderen.map(|(wie, al)| (wie.0.clone(), *al)));
        let mut gevraagd = BTreeMap::new();
        for (naam, al) in &verwacht.gesproken {
            let wie = if naam == "gezin" { None } else { self.organisatie(naam)? };
            gevraagd.insert(wie.map_or_else(|| naam.clone(), |wie| wie.0), *al);
        }
        moet!(Controle, gesproken == gevraagd, "gesproken is {gesproken:?}, verwacht {gevraagd:?}");
        self.dekking.toets(clausule);
        Ok(())
    }
}
