//! The facts that the swimlane is drawn from.

use super::tekst::moment;
use crate::{
    Toestand,
    frame::soort_van,
    opmaak,
    pages::baan::{BaanGegevens, BaanSoort, BanenGegevens, MerkGegevens, MerkSoort, SpanGegevens},
};
use app::lezen::CasusBeeld;
use domain::{Gebeurtenis, termijnen::Status, tijd::Instant, tijdlijn::Span};

const DAG: i64 = 24 * 3600 * 1_000_000;
/// The axis runs on a little after now, so that what is expected can be seen.
const VOORUIT_DAGEN: i64 = 14;
/// The shortest axis.
const AS_DAGEN_MIN: i64 = 21;

/// What to draw, on the axis that was chosen: the whole casus, three months or four weeks.
pub(crate) fn gegevens(toestand: &Toestand, beeld: &CasusBeeld, zoom: &str) -> BanenGegevens {
    let begin = beeld.lijn.zicht.first().map_or(beeld.op, |span| span.van);
    let eind = beeld.staat.sluiting.as_ref().map_or(beeld.op, |sluiting| sluiting.feit.vastgelegd_op.min(beeld.op));
    let tot = eind.0 + VOORUIT_DAGEN * DAG;
    let van = match zoom {
        "4w" => tot - 28 * DAG,
        "3m" => tot - 92 * DAG,
        _ => (begin.0 - 2 * DAG).min(tot - AS_DAGEN_MIN * DAG),
    };
    let vandaag = opmaak::dag_maand(beeld.op.dag());
    BanenGegevens {
        van,
        tot,
        nu: beeld.op.0,
        nu_tekst: if beeld.is_nu { format!("vandaag, {vandaag}") } else { format!("stand op {vandaag}") },
        beschrijving: beschrijving(toestand, beeld),
        gebeurtenissen: merken(beeld),
        banen: vec![
            baan(toestand, beeld, BaanSoort::Zicht, &beeld.lijn.zicht, ""),
            baan(toestand, beeld, BaanSoort::Regie, &beeld.lijn.regie, "niemand (mag leeg zijn)"),
            BaanGegevens {
                merken: monitormomenten(beeld),
                ..baan(toestand, beeld, BaanSoort::Monitoring, &beeld.lijn.monitoring, "geen")
            },
            baan(toestand, beeld, BaanSoort::Crisis, &beeld.lijn.crisis, "geen"),
        ],
    }
}

fn beschrijving(toestand: &Toestand, beeld: &CasusBeeld) -> String {
    let delen: Vec<_> = beeld
        .lijn
        .zicht
        .iter()
        .filter_map(|span| {
            let wie = toestand.app.naam_van(span.houder.as_ref()?);
            Some(format!("{wie} vanaf {}", moment(span.van, beeld.op)))
        })
        .collect();
    format!("Zicht op veiligheid: {}.", delen.join(", daarna "))
}

fn baan(toestand: &Toestand, beeld: &CasusBeeld, soort: BaanSoort, spans: &[Span], leeg: &str) -> BaanGegevens {
    let spans = spans.iter().filter_map(|span| {
        let org = span.houder.as_ref()?;
        let grond = super::casus::plaats(toestand, beeld, span);
        let verwacht = span.van > beeld.op;
        let sinds = format!("vanaf {}", opmaak::dag_maand_kort(span.van.dag()));
        Some(SpanGegevens {
            van: span.van.0,
            tot: span.tot.map(|tot| tot.0),
            houder: soort_van(toestand, org),
            naam: toestand.app.naam_van(org),
            onder: format!("{}{sinds} · {grond}", if verwacht { "uiterlijk " } else { "" }),
            verwacht,
            door_overdracht: soort == BaanSoort::Zicht && door_overdracht(beeld, span),
            van_tekst: moment(span.van, beeld.op),
            tot_tekst: tot_tekst(beeld, span),
            grond,
        })
    });
    BaanGegevens { soort, spans: spans.collect(), merken: Vec::new(), leeg: leeg.to_owned() }
}

fn tot_tekst(beeld: &CasusBeeld, span: &Span) -> String {
    match span.tot {
        None if span.van > beeld.op => "nog niet bekend".to_owned(),
        None => "nu".to_owned(),
        Some(tot) if tot > beeld.op => format!("uiterlijk {}", moment(tot, beeld.op)),
        Some(tot) => moment(tot, beeld.op),
    }
}

fn door_overdracht(beeld: &CasusBeeld, span: &Span) -> bool {
    beeld.staat.overdrachten.iter().any(|overdracht| match &overdracht.stand {
        domain::overdrachten::Stand::Geaccepteerd(feit) => feit.vastgelegd_op == span.van,
        _ => false,
    })
}

/// The events that this reader may know and that mark the story.
fn merken(beeld: &CasusBeeld) -> Vec<MerkGegevens> {
    let mut meldingen = 0;
    let mut merken = Vec::new();
    for regel in &beeld.geschiedenis {
        let v = &regel.vastlegging;
        let (op, soort, wat) = match &v.gebeurtenis {
            Gebeurtenis::MeldingOntvangen { ontvangen_op, .. } => {
                meldingen += 1;
                (*ontvangen_op, MerkSoort::Melding, format!("melding {meldingen}"))
            }
            Gebeurtenis::IncidentVastgelegd => (v.gebeurd_op, MerkSoort::Incident, "incident".to_owned()),
            Gebeurtenis::BeoordelingAfgerond { .. } => {
                (v.gebeurd_op, MerkSoort::Beoordeling, "beoordeling klaar".to_owned())
            }
            Gebeurtenis::OverdrachtGeaccepteerd { .. } => {
                (v.vastgelegd_op, MerkSoort::Overdracht, "overdracht geaccepteerd".to_owned())
            }
            Gebeurtenis::OverdrachtGeweigerd { .. } => {
                (v.vastgelegd_op, MerkSoort::Overdracht, "overdracht geweigerd".to_owned())
            }
            Gebeurtenis::WarmeOverdrachtGehouden { .. } => {
                (v.gebeurd_op, MerkSoort::Overdracht, "warme overdracht".to_owned())
            }
            Gebeurtenis::DienstAfgerond { .. } => (v.gebeurd_op, MerkSoort::Gedaan, "dienst afgerond".to_owned()),
            Gebeurtenis::ZichtOvergenomen { .. } => {
                (v.vastgelegd_op, MerkSoort::Overdracht, "zicht overgenomen".to_owned())
            }
            _ => continue,
        };
        merken.push(merk(op, soort, &wat, beeld.op));
    }
    // Moments of monitoring stand on their own line.
    let open = beeld.termijnen.iter().filter(|(termijn, status)| *status == Status::Open && termijn.vanaf.is_none());
    merken.extend(open.map(|(termijn, _)| {
        merk(termijn.uiterlijk.net_ervoor(), MerkSoort::Gepland, &termijn.naam.to_lowercase(), beeld.op)
    }));
    merken
}

/// What was done on the line of monitoring and what is still to come, for who may know it.
fn monitormomenten(beeld: &CasusBeeld) -> Vec<MerkGegevens> {
    let momenten = beeld.termijnen.iter().filter(|(t, _)| t.voldaan_op.is_some() || t.vervallen_op.is_none());
    momenten
        .filter_map(|(termijn, _)| {
            let vanaf = termijn.vanaf?;
            let naam = termijn.naam.to_lowercase();
            Some(match termijn.voldaan_op {
                Some(op) => merk(op, MerkSoort::Gedaan, &naam, beeld.op),
                None => merk(vanaf.max(beeld.op), MerkSoort::Gepland, &naam, beeld.op),
            })
        })
        .collect()
}

fn merk(op: Instant, soort: MerkSoort, wat: &str, nu: Instant) -> MerkGegevens {
    MerkGegevens {
        op: op.0,
        soort,
        titel: format!("{} · {wat}", opmaak::dag_maand_kort(op.dag())),
        detail: String::new(),
        op_tekst: moment(op, nu),
    }
}
