//! The page of the plan: conditions with the agreements that work them out, and the parts that each organisation wrote,
//! by phase. It is filled from what this organisation may know.

use super::{
    casus::{Deel, ziet},
    casus_deel::{self, Blik},
    eigen::Gedaan,
    tekst::{clausule, moment, uiterlijk},
};
use crate::{
    Toestand,
    frame::houder,
    opmaak,
    pages::{
        casus_deel::{Sectie, Stuk},
        onderdelen::{Feit, Link, Pil, Status},
    },
    problem::WebFout,
    session::Ingelogd,
};
use app::{
    lezen::CasusBeeld,
    wens::{OVERIG, VOORWAARDE, plantekst, regeltekst},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::{Invulling, Plan as Plansoort, Planfase},
    plannen::{Afspraakdeel, Naleving, Plan, Planoordeel, Planregel, Regelsoort},
    tijd::Datum,
};

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(gedaan): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let inleiding =
        "Eén gezin, één plan. Elke organisatie schrijft het eigen deel; wie met het gezin werkt, leest alles.";
    casus_deel::toon(&toestand, &wie, &casus, Deel::Plan, inleiding, &gedaan, secties).await
}

fn secties(blik: &Blik<'_>) -> Vec<Sectie> {
    let mut alle = vec![voorwaarden(blik), losse_afspraken(blik)];
    alle.extend(Planfase::ALLE.into_iter().map(|fase| plannen(blik, fase)));
    alle.retain(|sectie| !sectie.stukken.is_empty() || !sectie.leeg.is_empty());
    alle
}

fn voorwaarden(blik: &Blik<'_>) -> Sectie {
    let (mut lopend, mut eerder) = (Vec::new(), Vec::new());
    let mut gehouden = 0u64;
    for regel in zichtbaar(blik).filter(|regel| regel.is_voorwaarde()) {
        let stuk = voorwaarde(blik, regel);
        if regel.loopt() {
            gehouden += u64::from(regel.naleving() == Some(Naleving::Gehouden));
            lopend.push(stuk);
        } else {
            eerder.push(stuk);
        }
    }
    let stellen = blik.bundel.inhoud.bevoegd.get("stel-voorwaarde");
    Sectie {
        id: "voorwaarden".to_owned(),
        titel: "Veiligheidsvoorwaarden".to_owned(),
        bij: if lopend.is_empty() { String::new() } else { format!("{gehouden} van {} gehouden", lopend.len()) },
        clausule: stellen.map(|regel| clausule(blik.toestand, blik.bundel, &regel.clausule)),
        leeg: "Er zijn geen veiligheidsvoorwaarden gesteld.".to_owned(),
        stukken: lopend,
        eerder,
        knoppen: blik
            .kan("stel-voorwaarde")
            .then(|| blik.knop("stel-voorwaarde", "", "Voorwaarde stellen"))
            .into_iter()
            .collect(),
    }
}

fn zichtbaar<'a>(blik: &Blik<'a>) -> impl Iterator<Item = &'a Planregel> {
    let beeld = blik.beeld;
    beeld.staat.plannen.regels.iter().filter(move |regel| ziet(beeld, regel.feit.versie))
}

/// A condition with the agreements that work it out.
fn voorwaarde(blik: &Blik<'_>, regel: &Planregel) -> Stuk {
    let bij_deze = zichtbaar(blik).filter(|een| een.soort == Regelsoort::Afspraak { bij: Some(regel.id) });
    let mut stuk = regelstuk(blik, regel);
    stuk.onder = bij_deze.map(|afspraak| regelstuk(blik, afspraak)).collect();
    if regel.loopt() && blik.kan("maak-veiligheidsafspraak") {
        stuk.knoppen.push(blik.knop("maak-veiligheidsafspraak", &format!(":{}", regel.id), "Afspraak hierbij maken"));
    }
    stuk
}

fn losse_afspraken(blik: &Blik<'_>) -> Sectie {
    let los = |regel: &&Planregel| regel.soort == Regelsoort::Afspraak { bij: None };
    let (lopend, eerder): (Vec<_>, Vec<_>) = zichtbaar(blik).filter(los).partition(|regel| regel.loopt());
    let maken = blik.kan("maak-veiligheidsafspraak");
    Sectie {
        id: "afspraken".to_owned(),
        titel: "Andere veiligheidsafspraken".to_owned(),
        leeg: if maken { "Er zijn geen andere afspraken.".to_owned() } else { String::new() },
        stukken: lopend.into_iter().map(|regel| regelstuk(blik, regel)).collect(),
        eerder: eerder.into_iter().map(|regel| regelstuk(blik, regel)).collect(),
        knoppen: maken
            .then(|| blik.knop("maak-veiligheidsafspraak", "", "Veiligheidsafspraak maken"))
            .into_iter()
            .collect(),
        ..Sectie::default()
    }
}

fn regelstuk(blik: &Blik<'_>, regel: &Planregel) -> Stuk {
    let beeld = blik.beeld;
    let tekst = |deel: &str| beeld.tekst_van(&regeltekst(regel.id, deel)).map(str::to_owned);
    let mut regels = Vec::new();
    if let Some(dag) = regel.uiterlijk {
        regels.push(format!("moet zijn gehaald op {}", opmaak::datum_met_jaar(dag.0)));
    }
    regels.extend(regel.toetsen.iter().rev().filter(|toets| ziet(beeld, toets.feit.versie)).map(|toets| {
        let bij = beeld.tekst_bij(toets.feit.versie, "toelichting").map(|tekst| format!(": {tekst}"));
        let wanneer = moment(toets.feit.gebeurd_op, beeld.op);
        format!("{}, bekeken {wanneer}{}", naleving(toets.naleving).1, bij.unwrap_or_default())
    }));
    if let Some(feit) = &regel.beeindigd {
        let reden = beeld.tekst_bij(feit.versie, "reden").map(|tekst| format!(": {tekst}")).unwrap_or_default();
        regels.push(format!("beëindigd {}{reden}", moment(feit.gebeurd_op, beeld.op)));
    }
    let feiten = match regel.soort {
        Regelsoort::Voorwaarde => Vec::new(),
        Regelsoort::Afspraak { .. } => {
            [(Afspraakdeel::Wie, "Wie"), (Afspraakdeel::Waar, "Waar"), (Afspraakdeel::Wanneer, "Wanneer")]
                .into_iter()
                .filter_map(|(deel, naam)| Some(Feit::new(naam, tekst(&deel.als_str())?)))
                .collect()
        }
    };
    let naam = tekst(if regel.is_voorwaarde() { VOORWAARDE } else { "wat" });
    Stuk {
        naam: naam.unwrap_or_else(|| "De tekst is hier niet beschikbaar".to_owned()),
        pil: Some(stand(regel)),
        houder: Some(houder(blik.toestand, &regel.feit.organisatie)),
        regels,
        feiten,
        knoppen: regelknoppen(blik, regel),
        ..Stuk::default()
    }
}

fn regelknoppen(blik: &Blik<'_>, regel: &Planregel) -> Vec<Link> {
    let bij = format!(":{}", regel.id);
    let eigen = !regel.is_voorwaarde() || blik.kan("stel-voorwaarde");
    let knop = |kan: bool, naam: &str, tekst: &str| {
        (kan && regel.loopt() && blik.kan(naam)).then(|| blik.knop(naam, &bij, tekst))
    };
    let toets = knop(true, "toets-planregel", "Vastleggen of het lukt");
    toets.into_iter().chain(knop(eigen, "beeindig-planregel", "Beëindigen")).collect()
}

fn stand(regel: &Planregel) -> Pil {
    match (regel.loopt(), regel.naleving()) {
        (false, _) => Pil::new(Status::Vervallen, "Beëindigd"),
        (true, Some(gevonden)) => Pil::new(naleving(gevonden).0, naleving(gevonden).1),
        (true, None) => Pil::new(Status::Volgt, "Nog niet bekeken"),
    }
}

pub(super) fn naleving(naleving: Naleving) -> (Status, &'static str) {
    match naleving {
        Naleving::Gehouden => (Status::Gehaald, "Wordt gehouden"),
        Naleving::Deels => (Status::Deels, "Deels"),
        Naleving::NietGehouden => (Status::Geweigerd, "Niet gehouden"),
    }
}

pub(super) fn oordeel(oordeel: Planoordeel) -> &'static str {
    match oordeel {
        Planoordeel::Voortzetten => "het plan gaat zo door",
        Planoordeel::Bijstellen => "het plan wordt bijgesteld",
        Planoordeel::DoelenBehaald => "de doelen zijn gehaald",
    }
}

/// A kind stands in the first of its phases.
fn plannen(blik: &Blik<'_>, fase: Planfase) -> Sectie {
    let mut soorten: Vec<_> = blik.bundel.inhoud.plan.iter().collect();
    soorten.sort_by_key(|(_, soort)| soort.volgorde);
    soorten.retain(|(_, soort)| soort.fasen.iter().min() == Some(&fase));
    let beeld = blik.beeld;
    let nu = beeld.staat.plannen.fase() == fase && !beeld.staat.plannen.is_leeg();
    let geldend: Vec<_> = beeld.staat.plannen.geldend().map(|plan| plan.id).collect();
    let mut sectie = Sectie {
        id: format!("fase-{}", fase as u8 + 1),
        titel: format!("Fase {}: {}", fase as u8 + 1, fasenaam(fase)),
        bij: if nu { "hier is het gezin nu".to_owned() } else { String::new() },
        clausule: soorten.first().map(|(_, soort)| clausule(blik.toestand, blik.bundel, &soort.clausule)),
        leeg: soorten.first().map(|_| "Hier is nog geen plan voor.".to_owned()).unwrap_or_default(),
        ..Sectie::default()
    };
    for (sleutel, soort) in soorten {
        let versies = beeld.staat.plannen.versies.iter().filter(|plan| plan.soort == *sleutel);
        for plan in versies.filter(|plan| ziet(beeld, plan.feit.versie)) {
            let stuk = planstuk(blik, plan, soort, geldend.contains(&plan.id));
            if geldend.contains(&plan.id) { sectie.stukken.push(stuk) } else { sectie.eerder.push(stuk) }
        }
        if beeld.opstelbaar.contains(sleutel) {
            let tekst = format!("{}: eigen deel schrijven", soort.naam);
            sectie.knoppen.push(blik.knop("stel-plan-op", &format!(":{sleutel}"), &tekst));
        }
    }
    sectie
}

pub(super) fn fasenaam(fase: Planfase) -> &'static str {
    match fase {
        Planfase::DirecteVeiligheid => "directe veiligheid",
        Planfase::StabieleVeiligheid => "stabiele veiligheid",
        Planfase::Herstel => "herstel",
    }
}

fn planstuk(blik: &Blik<'_>, plan: &Plan, soort: &Plansoort, geldt: bool) -> Stuk {
    let beeld = blik.beeld;
    let dag = |dag: Datum| opmaak::datum_met_jaar(dag.0);
    let mut feiten = Vec::new();
    for (sleutel, deel) in soort.delen() {
        let waarde = match deel.invulling {
            Invulling::Woorden => beeld.tekst_van(&plantekst(plan.id, sleutel)).map(str::to_owned),
            Invulling::Afspraken => Some("Zie de veiligheidsafspraken hierboven.".to_owned()),
            Invulling::Termijn => plan.termijn.map(dag),
            Invulling::Evaluatie => plan.evaluatie.map(dag),
        };
        feiten.push(Feit::new(deel.naam.clone(), waarde.unwrap_or_else(|| "Niet ingevuld.".to_owned())));
    }
    let losse = |invulling| !soort.onderdelen.values().any(|deel| deel.invulling == invulling);
    feiten.extend(plan.termijn.filter(|_| losse(Invulling::Termijn)).map(|op| Feit::new("Gehaald op", dag(op))));
    feiten.extend(plan.evaluatie.filter(|_| losse(Invulling::Evaluatie)).map(|op| Feit::new("Evaluatie", dag(op))));
    let overig = beeld.tekst_van(&plantekst(plan.id, OVERIG));
    feiten.extend(overig.map(|tekst| Feit::new("Wat er verder in staat", tekst)));
    let met = if plan.met_gezin { "met het gezin" } else { "zonder het gezin" };
    let mut regels = vec![format!("opgesteld {}, {met}", moment(plan.feit.gebeurd_op, beeld.op))];
    regels.extend(plan.afwijkingen.iter().map(|afwijking| {
        let plaats = clausule(blik.toestand, blik.bundel, &afwijking.clausule).plaats;
        let reden = beeld.tekst_bij(plan.feit.versie, "reden").map(|tekst| format!(": {tekst}")).unwrap_or_default();
        format!("afgeweken van {plaats}{reden}")
    }));
    regels.extend(plan.evaluaties.iter().filter(|een| ziet(beeld, een.feit.versie)).map(|een| {
        let bij = beeld.tekst_bij(een.feit.versie, "toelichting").map(|tekst| format!(". {tekst}"));
        let volgende = een.volgende.map(|op| format!(", volgende keer {}", dag(op))).unwrap_or_default();
        let wanneer = moment(een.feit.gebeurd_op, beeld.op);
        format!("geëvalueerd {wanneer}: {}{volgende}{}", oordeel(een.oordeel), bij.unwrap_or_default())
    }));
    let open = beeld.termijnen.iter().map(|(termijn, _)| termijn);
    let open = open.filter(|t| t.bij == domain::termijnen::Bij::Plan(plan.id.0) && t.voldaan_op.is_none());
    regels.extend(open.map(|t| format!("{}: uiterlijk {}", t.naam, uiterlijk(t.uiterlijk, beeld.op))));
    let evalueren = (geldt && blik.kan("evalueer-plan"))
        .then(|| blik.knop("evalueer-plan", &format!(":{}", plan.id), "Evaluatie vastleggen"));
    Stuk {
        naam: soort.naam.clone(),
        houder: Some(houder(blik.toestand, &plan.feit.organisatie)),
        pil: (!geldt).then(|| Pil::new(Status::Vervallen, "Vervangen")),
        regels,
        feiten,
        knoppen: evalueren.into_iter().collect(),
        ..Stuk::default()
    }
}

/// The plan in words, for what is handed over: nothing that stands there is typed again.
pub(super) fn in_woorden(beeld: &CasusBeeld, onderdeel: Option<&str>) -> String {
    let plannen = &beeld.staat.plannen;
    let mut regels = Vec::new();
    if onderdeel.is_none() {
        for regel in plannen.lopende_regels() {
            let deel = if regel.is_voorwaarde() { VOORWAARDE } else { "wat" };
            let soort = if regel.is_voorwaarde() { "Voorwaarde" } else { "Afspraak" };
            let delen = [deel, "wie", "waar", "wanneer"].map(|deel| beeld.tekst_van(&regeltekst(regel.id, deel)));
            let delen: Vec<_> = delen.into_iter().flatten().collect();
            if !delen.is_empty() {
                regels.push(format!("{soort}: {}.", delen.join("; ").trim_end_matches('.')));
            }
        }
    }
    for plan in plannen.geldend() {
        let alle = plan.onderdelen.iter().map(String::as_str).chain([OVERIG]);
        let delen = alle.filter(|deel| onderdeel.is_none_or(|gevraagd| gevraagd == *deel));
        regels.extend(delen.filter_map(|deel| beeld.tekst_van(&plantekst(plan.id, deel)).map(str::to_owned)));
    }
    regels.join("\n")
}
