//! The plan of the household: what a step leaves out of it, and what a control asks of it.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{Stap, VerwachtPlan},
};
use anyhow::{Result, anyhow};
use app::{
    lezen::{CasusBeeld, CasusVraag},
    wens::{OVERIG, VOORWAARDE, plantekst, regeltekst},
};
use domain::{
    afspraak::{Bundel, GeldigeBundel, Invulling},
    ids::CasusId,
    plannen::{Afspraakdeel, Planregel},
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Keys of an act on the plan that name the step that made what it is about.
pub(super) fn verwijzingen(doe: &str) -> &'static [&'static str] {
    match doe {
        "evalueer-plan" => &["plan"],
        "maak-veiligheidsafspraak" => &["voorwaarde"],
        "toets-planregel" | "beeindig-planregel" => &["regel"],
        _ => &[],
    }
}

/// What a step leaves out was done properly.
pub(super) fn vul_in(
    bundel: &Bundel,
    met: &mut Map<String, Value>,
    stap: &Stap,
    vul: &mut impl FnMut(&mut Map<String, Value>, &str, Value),
) {
    let aanwezig = |sleutel: &str| !stap.ontbreekt.iter().any(|weg| weg == sleutel);
    match stap.doe.as_str() {
        "stel-voorwaarde" => {
            vul(met, "voorwaarde", json!("Niemand slaat, en de kinderen slapen op een rustige plek."));
            vul(met, "met_gezin", json!(true));
        }
        "maak-veiligheidsafspraak" => {
            for (deel, tekst) in [
                ("wie", "oma"),
                ("wat", "haalt de kinderen op bij ruzie"),
                ("waar", "bij de voordeur"),
                ("wanneer", "zodra een van de ouders belt"),
            ] {
                vul(met, deel, json!(tekst));
            }
            vul(met, "met_gezin", json!(true));
        }
        "toets-planregel" => vul(met, "naleving", json!("gehouden")),
        "beeindig-planregel" => vul(met, "reden", json!("Toelichting door de speler ingevuld.")),
        "evalueer-plan" => vul(met, "oordeel", json!("voortzetten")),
        "stel-plan-op" => {
            let soort = met.get("plan").and_then(Value::as_str).unwrap_or_default();
            let delen = bundel.inhoud.plan.get(soort).into_iter().flat_map(|plan| &plan.onderdelen);
            let woorden = delen.filter(|(sleutel, deel)| deel.invulling == Invulling::Woorden && aanwezig(sleutel));
            let woorden: Map<_, _> =
                woorden.map(|(sleutel, deel)| (sleutel.clone(), json!(format!("{} (ingevuld).", deel.naam)))).collect();
            vul(met, "inhoud", Value::Object(woorden));
            vul(met, "tekst", json!("Plan door de speler ingevuld."));
            vul(met, "met_gezin", json!(true));
        }
        "leg-antwoord-maatregel-vast" => vul(met, "antwoord", json!("in-behandeling")),
        "bespreek-dwang" => vul(met, "met", json!(["veilig-thuis", "lokaal-team"])),
        "schaal-op" => vul(met, "toelichting", json!("Toelichting door de speler ingevuld.")),
        "stel-afwijking-voor" => vul(met, "reden", json!("Toelichting door de speler ingevuld.")),
        "beantwoord-afwijking" => vul(met, "akkoord", json!(true)),
        _ => {}
    }
}

impl Speler<'_> {
    /// What the plan shows one party.
    pub(super) async fn plan(&mut self, verwacht: &VerwachtPlan, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        let actor = self.actor(&verwacht.door, None, geldig)?;
        let vraag = CasusVraag { casus, stand: None, bekend_op: None };
        let beeld = self.samen.app.casus(&actor, vraag).await?;
        let plannen = &beeld.staat.plannen;
        if let Some(fase) = verwacht.fase {
            moet!(Controle, plannen.fase() == fase, "de fase is {:?}, verwacht {fase:?}", plannen.fase());
        }
        if let Some(delen) = &verwacht.delen {
            let mut eigen: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
            for plan in plannen.geldend() {
                eigen.entry(plan.soort.clone()).or_default().insert(plan.feit.organisatie.clone());
            }
            let mut bedoeld = BTreeMap::new();
            for (soort, namen) in delen {
                let wie: Result<BTreeSet<_>> = namen
                    .iter()
                    .map(|naam| self.organisatie(naam)?.ok_or_else(|| anyhow!("'{naam}' heeft geen organisatie")))
                    .collect();
                bedoeld.insert(soort.clone(), wie?);
            }
            moet!(Controle, eigen == bedoeld, "het plan heeft delen van {eigen:?}, verwacht {bedoeld:?}");
        }
        for (naam, stand) in &verwacht.regels {
            let id = self.namen.ids.get(naam);
            let regel = plannen.regels.iter().find(|regel| Some(&regel.id.to_string()) == id);
            let regel = regel.ok_or_else(|| anyhow!("geen voorwaarde of afspraak \"{naam}\""))?;
            let is = stand_van(regel);
            moet!(Controle, is == *stand, "\"{naam}\" is {is}, verwacht {stand}");
        }
        if let Some(leest) = verwacht.leest {
            let alles = leest_alles(&beeld);
            moet!(Controle, alles == leest, "{} leest alle woorden van het plan: {alles}", verwacht.door);
        }
        self.plansoorten(verwacht, &beeld, &geldig.bundel)
    }

    /// What the agreement asks of a plan, and who writes it.
    fn plansoorten(&mut self, verwacht: &VerwachtPlan, beeld: &CasusBeeld, bundel: &Bundel) -> Result<()> {
        let clausule = |soort: &String| Some((soort.clone(), bundel.inhoud.plan.get(soort)?.clausule.0.clone()));
        if let Some(schrijft) = &verwacht.schrijft {
            let eigen: BTreeMap<_, _> = beeld.opstelbaar.iter().filter_map(clausule).collect();
            moet!(Controle, eigen == *schrijft, "{} schrijft {eigen:?}, verwacht {schrijft:?}", verwacht.door);
            schrijft.values().for_each(|id| self.dekking.toets(id));
        }
        for (soort, delen) in &verwacht.onderdelen {
            let plan = bundel.inhoud.plan.get(soort);
            let eigen: BTreeMap<_, _> = plan
                .into_iter()
                .flat_map(|plan| &plan.onderdelen)
                .map(|(sleutel, deel)| (sleutel.clone(), deel.clausule.0.clone()))
                .collect();
            moet!(Controle, eigen == *delen, "in het {soort} hoort {eigen:?}, verwacht {delen:?}");
            delen.values().for_each(|id| self.dekking.toets(id));
        }
        for (soort, fasen) in &verwacht.fasen {
            let eigen = bundel.inhoud.plan.get(soort).map(|plan| &plan.fasen);
            moet!(Controle, eigen == Some(fasen), "het {soort} loopt door {eigen:?}, verwacht {fasen:?}");
        }
        Ok(())
    }
}

fn stand_van(regel: &Planregel) -> String {
    match (regel.loopt(), regel.naleving()) {
        (false, _) => "beeindigd".to_owned(),
        (true, None) => "open".to_owned(),
        (true, Some(naleving)) => naleving.als_str(),
    }
}

/// Whether every word of what stands is there for this party.
fn leest_alles(beeld: &CasusBeeld) -> bool {
    let plannen = &beeld.staat.plannen;
    let van_plan = plannen.geldend().flat_map(|plan| {
        plan.onderdelen
            .iter()
            .map(String::as_str)
            .chain([OVERIG])
            .map(|deel| plantekst(plan.id, deel))
            .collect::<Vec<_>>()
    });
    let van_regels = plannen.lopende_regels().flat_map(|regel| {
        let delen = Afspraakdeel::ALLE.map(Afspraakdeel::als_str);
        let delen = if regel.is_voorwaarde() { vec![VOORWAARDE.to_owned()] } else { delen.to_vec() };
        delen.into_iter().map(|deel| regeltekst(regel.id, &deel)).collect::<Vec<_>>()
    });
    van_plan.chain(van_regels).all(|soort| beeld.tekst_van(&soort).is_some())
}
