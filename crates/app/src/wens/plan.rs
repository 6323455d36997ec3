//! The plan of a household as it comes over the wire. Its words are kept under the part or line that they belong to, so
//! that a copy for who receives later still says what it is of.

use super::{Omgeving, VeldFout, Wens, fout, gevuld, nodig, vervolg};
use domain::{Commando, ids::*, plannen::*, publiek::Rol, publiek::rol};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wens! {
    /// `plan`: the kind, by its key; `inhoud`: the words per part of it.
    PlanOpstelWens {
        plan: Option<String>,
        inhoud: BTreeMap<String, String>,
        /// What there is to say besides the parts.
        tekst: Option<String>,
        termijn: Option<String>,
        evaluatie: Option<String>,
        met_gezin: bool,
        reden: Option<String>,
    }
    /// `plan`: the version that was looked at; the only one when absent.
    PlanEvaluatieWens {
        plan: Option<PlanId>,
        oordeel: Option<Planoordeel>,
        volgende: Option<String>,
        toelichting: Option<String>,
    }
    VoorwaardeWens { voorwaarde: Option<String>, uiterlijk: Option<String>, met_gezin: bool, reden: Option<String> }
    /// `voorwaarde`: the condition that it works out.
    VeiligheidsafspraakWens {
        voorwaarde: Option<PlanregelId>,
        wie: Option<String>,
        wat: Option<String>,
        waar: Option<String>,
        wanneer: Option<String>,
        met_gezin: bool,
        reden: Option<String>,
    }
    /// `regel`: a condition or agreement that holds; the only one when absent.
    ToetsWens { regel: Option<PlanregelId>, naleving: Option<Naleving>, toelichting: Option<String> }
    PlanregelVerwijzing { regel: Option<PlanregelId>, reden: Option<String> }
}

/// The kind of text of a part of a plan.
pub fn plantekst(plan: PlanId, onderdeel: &str) -> String {
    format!("plan:{plan}:{onderdeel}")
}

/// The kind of text of a condition, or of what is said in an agreement.
pub fn regeltekst(regel: PlanregelId, deel: &str) -> String {
    format!("planregel:{regel}:{deel}")
}

/// The words of a plan that belong to no part of it.
pub const OVERIG: &str = "tekst";
/// The words of a condition.
pub const VOORWAARDE: &str = "voorwaarde";

impl VeiligheidsafspraakWens {
    fn delen(&self) -> [(Afspraakdeel, &Option<String>); 4] {
        [
            (Afspraakdeel::Wie, &self.wie),
            (Afspraakdeel::Wat, &self.wat),
            (Afspraakdeel::Waar, &self.waar),
            (Afspraakdeel::Wanneer, &self.wanneer),
        ]
    }
}

impl Wens {
    pub(super) fn plan(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        let dag = |veld: &str, tekst: &Option<String>| {
            let gegeven = tekst.as_ref().filter(|tekst| !tekst.trim().is_empty());
            gegeven.map(|_| vervolg::dag(veld, tekst)).transpose()
        };
        Ok(Commando::Plan(match self {
            Wens::StelPlanOp(wens) => {
                let soort = nodig("plan", &wens.plan)?;
                let kent = o.bundel.inhoud.plan.get(&soort);
                let zonder_delen = kent.is_some_and(|plan| plan.onderdelen.is_empty());
                if zonder_delen && !gevuld(&wens.tekst) {
                    return Err(fout("tekst", "Schrijf op wat er in het plan staat."));
                }
                Plancommando::StelPlanOp(StelPlanOp {
                    plan: o.nieuw_plan(),
                    soort,
                    onderdelen: vervolg::gevulde(&wens.inhoud),
                    termijn: dag("termijn", &wens.termijn)?,
                    evaluatie: dag("evaluatie", &wens.evaluatie)?,
                    met_gezin: wens.met_gezin,
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::EvalueerPlan(wens) => Plancommando::EvalueerPlan {
                plan: o.plan(wens.plan)?,
                oordeel: nodig("oordeel", &wens.oordeel)?,
                volgende: dag("volgende", &wens.volgende)?,
            },
            Wens::StelVoorwaarde(wens) => {
                if !gevuld(&wens.voorwaarde) {
                    return Err(fout("voorwaarde", "Schrijf op wat er bereikt moet zijn."));
                }
                Plancommando::StelVoorwaarde {
                    regel: o.nieuwe_planregel(),
                    uiterlijk: dag("uiterlijk", &wens.uiterlijk)?,
                    met_gezin: wens.met_gezin,
                    reden: gevuld(&wens.reden),
                }
            }
            Wens::MaakVeiligheidsafspraak(wens) => {
                let delen: BTreeSet<_> =
                    wens.delen().into_iter().filter(|(_, tekst)| gevuld(tekst)).map(|(deel, _)| deel).collect();
                if !delen.contains(&Afspraakdeel::Wat) {
                    return Err(fout("wat", "Schrijf op wat er is afgesproken."));
                }
                Plancommando::MaakVeiligheidsafspraak(MaakVeiligheidsafspraak {
                    regel: o.nieuwe_planregel(),
                    voorwaarde: wens.voorwaarde,
                    delen,
                    met_gezin: wens.met_gezin,
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::ToetsPlanregel(wens) => Plancommando::ToetsPlanregel {
                regel: o.planregel(wens.regel)?,
                naleving: nodig("naleving", &wens.naleving)?,
            },
            Wens::BeeindigPlanregel(wens) => {
                Plancommando::BeeindigPlanregel { regel: o.planregel(wens.regel)?, reden: gevuld(&wens.reden) }
            }
            _ => return Err(fout("doe", "Deze handeling hoort niet bij het plan.")),
        }))
    }

    /// What is written in the plan, under what it belongs to.
    pub(super) fn woorden_van_plan(&self, o: &Omgeving<'_>) -> Vec<(String, String)> {
        let mut woorden = Vec::new();
        let mut zet = |soort: String, tekst: &str| {
            if !tekst.trim().is_empty() {
                woorden.push((soort, tekst.to_owned()));
            }
        };
        match self {
            Wens::StelPlanOp(wens) => {
                let plan = o.nieuw_plan();
                wens.inhoud.iter().for_each(|(deel, tekst)| zet(plantekst(plan, deel), tekst));
                zet(plantekst(plan, OVERIG), wens.tekst.as_deref().unwrap_or_default());
            }
            Wens::StelVoorwaarde(wens) => {
                let soort = regeltekst(o.nieuwe_planregel(), VOORWAARDE);
                zet(soort, wens.voorwaarde.as_deref().unwrap_or_default());
            }
            Wens::MaakVeiligheidsafspraak(wens) => {
                let regel = o.nieuwe_planregel();
                for (deel, tekst) in wens.delen() {
                    zet(regeltekst(regel, &deel.als_str()), tekst.as_deref().unwrap_or_default());
                }
            }
            _ => {}
        }
        woorden
    }
}

impl Omgeving<'_> {
    fn nieuw_plan(&self) -> PlanId {
        PlanId(self.command_id.afgeleid("plan"))
    }

    fn nieuwe_planregel(&self) -> PlanregelId {
        PlanregelId(self.command_id.afgeleid("planregel"))
    }

    /// The version that is named, or the only one there is.
    fn plan(&self, genoemd: Option<PlanId>) -> Result<PlanId, Vec<VeldFout>> {
        enige(genoemd, self.casus.plannen.geldend().map(|plan| plan.id)).ok_or_else(|| fout("plan", "Kies een plan."))
    }

    fn planregel(&self, genoemd: Option<PlanregelId>) -> Result<PlanregelId, Vec<VeldFout>> {
        let lopende = self.casus.plannen.lopende_regels().map(|regel| regel.id);
        enige(genoemd, lopende).ok_or_else(|| fout("regel", "Kies een voorwaarde of afspraak."))
    }

    /// Who keeps the words of the plan: all who work by it now. Who receives later gets a copy with the offer.
    pub(super) fn plan_lezers(&self) -> Vec<OrganisatieId> {
        let leest = |org: &OrganisatieId| {
            matches!(rol(self.casus, org), Some(Rol::VeiligThuis | Rol::Ontvanger | Rol::Aangeboden))
        };
        domain::publiek::betrokkenen(self.casus).into_iter().filter(leest).collect()
    }
}

fn enige<T>(genoemd: Option<T>, mut alle: impl Iterator<Item = T>) -> Option<T> {
    if genoemd.is_some() {
        return genoemd;
    }
    let eerste = alle.next()?;
    alle.next().is_none().then_some(eerste)
}
