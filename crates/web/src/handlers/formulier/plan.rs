//! The forms of the plan: conditions, agreements, whether they are kept, and the parts of an organisation.

use super::{Formulierdeel, opties, uit_tekst, wanneer};
use crate::{
    handlers::tekst::moment,
    opmaak,
    pages::{
        onderdelen::Feit,
        veld::{Invoer, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, wens::*};
use domain::{
    afspraak::{Bundel, Invulling},
    ids::{PlanId, PlanregelId},
    plannen::{Plan, Planregel},
};

fn met_gezin() -> Veld {
    Veld::vinkje("met_gezin", "Dit is samen met het gezin en, als dat kan, het netwerk gemaakt")
}

fn toelichting(vraag: &str) -> Veld {
    Veld::tekstvak("toelichting", vraag, 3).optioneel()
}

pub(super) fn van(beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let (naam, bij) = handeling.split_once(':').unwrap_or((handeling, ""));
    let (gevolg, velden): (&str, Vec<Veld>) = match naam {
        "stel-voorwaarde" => (
            "De voorwaarde zegt welk resultaat er moet zijn. Afspraken werken haar uit.",
            vec![
                Veld::tekstvak("voorwaarde", "Wat moet er bereikt zijn?", 3),
                Veld::datum("uiterlijk", "Op welke dag moet dat zo zijn?")
                    .hint("Zonder dag komt er geen termijn.")
                    .optioneel(),
                met_gezin(),
            ],
        ),
        "maak-veiligheidsafspraak" => ("Een afspraak is concreet en gaat meteen in.", veiligheidsafspraak(beeld, bij)),
        "toets-planregel" => {
            let uitkomsten = [("gehouden", "Wordt gehouden"), ("deels", "Deels"), ("niet-gehouden", "Niet gehouden")];
            let velden = vec![
                regel(beeld, bij, |_| true),
                Veld::rondjes("naleving", "Hoe gaat het?", opties(&uitkomsten)),
                wanneer(),
                toelichting("Wat zag of hoorde u?"),
            ];
            ("Zo is te zien of het lukt. Wat u eerder vastlegde, blijft staan.", velden)
        }
        "beeindig-planregel" => (
            "De voorwaarde of afspraak loopt daarna niet meer, en vraagt niets meer.",
            vec![regel(beeld, bij, |_| true), Veld::tekstvak("reden", "Waarom is dit niet meer nodig?", 3)],
        ),
        "stel-plan-op" => return opstellen(beeld, bundel, bij),
        "evalueer-plan" => ("Hiermee is de evaluatie gedaan.", evaluatie(beeld, bundel, bij)),
        _ => return None,
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

fn veiligheidsafspraak(beeld: &CasusBeeld, bij: &str) -> Vec<Veld> {
    let mut velden = Vec::new();
    if beeld.staat.plannen.lopende_regels().any(Planregel::is_voorwaarde) {
        let voorwaarde = regelkeuze("voorwaarde", "Bij welke voorwaarde?", beeld, bij, Planregel::is_voorwaarde);
        velden.push(voorwaarde.hint("Kiest u niets, dan staat de afspraak op zichzelf.").optioneel());
    }
    velden.extend([
        Veld::tekst("wat", "Wat is er afgesproken?"),
        Veld::tekst("wie", "Wie doet dat?"),
        Veld::tekst("waar", "Waar?"),
        Veld::tekst("wanneer", "Wanneer?"),
        met_gezin(),
    ]);
    velden
}

/// The line that the form is about, or the choice between those that hold.
fn regel(beeld: &CasusBeeld, bij: &str, welke: fn(&Planregel) -> bool) -> Veld {
    regelkeuze("regel", "Welke voorwaarde of afspraak?", beeld, bij, welke)
}

fn regelkeuze(naam: &str, vraag: &str, beeld: &CasusBeeld, bij: &str, welke: fn(&Planregel) -> bool) -> Veld {
    let lopend = beeld.staat.plannen.lopende_regels().filter(|regel| welke(regel));
    let mut alle: Vec<_> = lopend
        .map(|regel| {
            let deel = if regel.is_voorwaarde() { VOORWAARDE } else { "wat" };
            let tekst = beeld.tekst_van(&regeltekst(regel.id, deel)).unwrap_or("De tekst is hier niet beschikbaar");
            let mut optie = Optie::new(regel.id.to_string(), tekst);
            optie.gekozen = optie.waarde == bij;
            optie
        })
        .collect();
    if let [enige] = alle.as_mut_slice()
        && naam == "regel"
    {
        enige.gekozen = true;
    }
    Veld::rondjes(naam, vraag, alle)
}

/// Every part of the kind of plan, with what this organisation wrote before.
fn opstellen(beeld: &CasusBeeld, bundel: &Bundel, soort: &str) -> Option<Formulierdeel> {
    let regel = bundel.inhoud.plan.get(soort)?;
    let vorige = beeld.staat.plannen.geldend().find(|plan| plan.soort == soort && eigen(beeld, plan));
    let mut velden = Vec::new();
    for (sleutel, deel) in regel.delen() {
        let veld = match deel.invulling {
            Invulling::Woorden => ingevuld(
                Veld::tekstvak(format!("deel_{sleutel}"), deel.naam.clone(), 4),
                vorige.and_then(|plan| beeld.tekst_van(&plantekst(plan.id, sleutel))),
            ),
            Invulling::Termijn => ingevuld(
                Veld::datum("termijn", deel.naam.clone()),
                dag(vorige.and_then(|plan| plan.termijn)).as_deref(),
            ),
            Invulling::Evaluatie => ingevuld(
                Veld::datum("evaluatie", deel.naam.clone()),
                dag(vorige.and_then(|plan| plan.evaluatie)).as_deref(),
            ),
            // What stands in the plan already is not asked.
            Invulling::Afspraken => continue,
        };
        velden.push(veld);
    }
    let heeft = |invulling| regel.onderdelen.values().any(|deel| deel.invulling == invulling);
    if !heeft(Invulling::Evaluatie) {
        let veld = Veld::datum("evaluatie", "Wanneer wordt het plan geëvalueerd?").optioneel();
        velden.push(ingevuld(veld, dag(vorige.and_then(|plan| plan.evaluatie)).as_deref()));
    }
    let overig = vorige.and_then(|plan| beeld.tekst_van(&plantekst(plan.id, OVERIG)));
    let tekst = match regel.onderdelen.is_empty() {
        true => Veld::tekstvak("tekst", "Wat staat er in het plan?", 8),
        false => Veld::tekstvak("tekst", "Wat staat er verder in het plan?", 4).optioneel(),
    };
    velden.extend([ingevuld(tekst, overig), met_gezin()]);
    let gevolg = match vorige {
        Some(_) => "Dit vervangt het deel dat uw organisatie eerder schreef. Dat blijft in de geschiedenis staan.",
        None => "Dit is het deel van uw organisatie. Wat anderen schreven, verandert niet.",
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: feiten(beeld, regel.naam.clone()) })
}

/// What is written by this organisation is what it keeps the words of and may write anew.
fn eigen(beeld: &CasusBeeld, plan: &Plan) -> bool {
    beeld.organisatie == plan.feit.organisatie
}

fn feiten(beeld: &CasusBeeld, naam: String) -> Vec<Feit> {
    let mut feiten = vec![Feit::new("Plan", naam)];
    let afspraken = beeld.staat.plannen.lopende_regels().filter(|regel| !regel.is_voorwaarde()).count();
    let aantal = u64::try_from(afspraken).unwrap_or_default();
    feiten.push(Feit::new("Veiligheidsafspraken", opmaak::aantal(aantal, "afspraak", "afspraken")));
    if let Some(incident) = beeld.staat.incidenten.last() {
        feiten.push(Feit::new("Laatste incident", moment(incident.gebeurd_op, beeld.op)));
    }
    feiten
}

fn ingevuld(mut veld: Veld, met: Option<&str>) -> Veld {
    if let (Invoer::Tekstvak { waarde, .. } | Invoer::Datum { waarde }, Some(met)) = (&mut veld.invoer, met) {
        met.clone_into(waarde);
    }
    veld
}

fn dag(dag: Option<domain::tijd::Datum>) -> Option<String> {
    dag.map(|dag| dag.0.to_string())
}

fn evaluatie(beeld: &CasusBeeld, bundel: &Bundel, bij: &str) -> Vec<Veld> {
    let optie = |plan: &Plan| {
        let naam = bundel.inhoud.plan.get(&plan.soort).map_or(plan.soort.as_str(), |soort| soort.naam.as_str());
        let mut optie = Optie::new(plan.id.to_string(), naam);
        optie.hint = Some(format!("opgesteld {}", moment(plan.feit.gebeurd_op, beeld.op)));
        optie.gekozen = optie.waarde == bij;
        optie
    };
    let mut alle: Vec<_> = beeld.staat.plannen.geldend().map(optie).collect();
    if let [enige] = alle.as_mut_slice() {
        enige.gekozen = true;
    }
    let oordelen = [
        ("voortzetten", "Het plan gaat zo door"),
        ("bijstellen", "Het plan wordt bijgesteld"),
        ("doelen-behaald", "De doelen zijn gehaald"),
    ];
    vec![
        Veld::rondjes("plan", "Welk plan?", alle),
        Veld::rondjes("oordeel", "Wat kwam eruit?", opties(&oordelen)),
        Veld::datum("volgende", "Wanneer kijkt u weer?").optioneel(),
        wanneer(),
        toelichting("Wat is er besproken?"),
    ]
}

/// The wish of one of these forms.
pub(super) fn wens(naam: &str, bij: &str, waarden: &Waarden, bundel: &Bundel) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let aan = |naam: &str| waarden.bevat(naam, "ja");
    let regel = |veld: &str| tekst(veld).and_then(|id| id.parse::<PlanregelId>().ok());
    let gekozen_regel = || regel("regel").map(Some).ok_or_else(|| kies("regel"));
    Ok(Some(match naam {
        "stel-voorwaarde" => Wens::StelVoorwaarde(VoorwaardeWens {
            voorwaarde: tekst("voorwaarde"),
            uiterlijk: tekst("uiterlijk"),
            met_gezin: aan("met_gezin"),
            reden: tekst("reden"),
        }),
        "maak-veiligheidsafspraak" => Wens::MaakVeiligheidsafspraak(VeiligheidsafspraakWens {
            voorwaarde: regel("voorwaarde"),
            wie: tekst("wie"),
            wat: tekst("wat"),
            waar: tekst("waar"),
            wanneer: tekst("wanneer"),
            met_gezin: aan("met_gezin"),
            reden: tekst("reden"),
        }),
        "toets-planregel" => Wens::ToetsPlanregel(ToetsWens {
            regel: gekozen_regel()?,
            naleving: Some(keuze("naleving", waarden)?),
            toelichting: tekst("toelichting"),
        }),
        "beeindig-planregel" => {
            Wens::BeeindigPlanregel(PlanregelVerwijzing { regel: gekozen_regel()?, reden: tekst("reden") })
        }
        "stel-plan-op" => {
            let sleutels = bundel.inhoud.plan.get(bij).into_iter().flat_map(|plan| plan.onderdelen.keys());
            let woorden = sleutels.filter_map(|sleutel| Some((sleutel.clone(), tekst(&format!("deel_{sleutel}"))?)));
            Wens::StelPlanOp(PlanOpstelWens {
                plan: Some(bij.to_owned()),
                inhoud: woorden.collect(),
                tekst: tekst("tekst"),
                termijn: tekst("termijn"),
                evaluatie: tekst("evaluatie"),
                met_gezin: aan("met_gezin"),
                reden: tekst("reden"),
            })
        }
        "evalueer-plan" => {
            let plan = tekst("plan").and_then(|id| id.parse::<PlanId>().ok());
            Wens::EvalueerPlan(PlanEvaluatieWens {
                plan: Some(plan.ok_or_else(|| kies("plan"))?),
                oordeel: Some(keuze("oordeel", waarden)?),
                volgende: tekst("volgende"),
                toelichting: tekst("toelichting"),
            })
        }
        _ => return Ok(None),
    }))
}

fn kies(veld: &str) -> Vec<VeldFout> {
    vec![VeldFout::new(veld, "Maak een keuze.")]
}

fn keuze<T: serde::de::DeserializeOwned>(veld: &str, waarden: &Waarden) -> Result<T, Vec<VeldFout>> {
    waarden.gevuld(veld).and_then(|keuze| uit_tekst(&keuze)).ok_or_else(|| kies(veld))
}
