//! The panels of what follows on the assessment. Everything is filled from what this organisation may know: an event
//! that its history does not show, shows nowhere here.

use super::{laatste_deel, ziet};
use crate::{
    Toestand,
    frame::houder,
    handlers::tekst::{self, bundel, moment, monitorsleutel, pil, uiterlijk},
    opmaak,
    pages::{
        casus_vervolg::{Deeltaak, Dienst, Moment, Monitoring, Vervolg},
        onderdelen::{Feit, Pil, Status},
    },
};
use app::{lezen::CasusBeeld, toegang::Relatie};
use domain::{
    afspraak::Gespreksmoment,
    deeltaken::Deeltaak as DomeinDeeltaak,
    diensten::{Dienst as DomeinDienst, Huisbezoek},
    termijnen::{Status as TermijnStatus, Termijn},
};

pub(super) fn vervolg(toestand: &Toestand, beeld: &CasusBeeld) -> Vervolg {
    Vervolg {
        plichten: super::plichten::plichten(toestand, beeld),
        diensten: diensten(toestand, beeld),
        deeltaken: deeltaken(toestand, beeld),
        monitoring: monitoring(toestand, beeld),
        ontvangen: ontvangen(toestand, beeld),
    }
}

fn diensten(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Dienst> {
    let zichtbaar = beeld.staat.diensten.iter().rev().filter(|dienst| ziet(beeld, dienst.gestart.versie));
    zichtbaar.map(|dienst| dienst_beeld(toestand, beeld, dienst)).collect()
}

fn dienst_beeld(toestand: &Toestand, beeld: &CasusBeeld, dienst: &DomeinDienst) -> Dienst {
    let mut feiten = Vec::new();
    if let Some(van) = bundel(toestand, &dienst.gestart.bundel) {
        feiten.extend(dienst.afwijkingen.iter().map(|afwijking| {
            let plaats = tekst::clausule(toestand, &van, &afwijking.clausule).plaats;
            Feit::new("Afgeweken van", plaats)
        }));
    }
    feiten.extend(
        dienst
            .huisbezoeken
            .iter()
            .filter(|bezoek| ziet(beeld, bezoek.feit.versie))
            .flat_map(|bezoek| huisbezoek(toestand, beeld, dienst, bezoek)),
    );
    let afronding = dienst.afgerond.as_ref().filter(|afronding| ziet(beeld, afronding.feit.versie));
    let sinds = moment(dienst.gestart.gebeurd_op, beeld.op);
    let Some(afronding) = afronding else {
        let wanneer = format!("sinds {sinds}. Veilig Thuis houdt het zicht zolang de dienst loopt.");
        return Dienst { naam: naam(dienst), pil: Pil::new(Status::DezeWeek, "Loopt"), wanneer, feiten };
    };
    feiten.push(Feit::new("Conclusie", tekst::conclusie(afronding.conclusie)));
    let per_aard = afronding.per_aard.iter();
    feiten.extend(per_aard.map(|(aard, uitkomst)| Feit::new(tekst::geweldsaard(*aard), tekst::uitkomst(*uitkomst))));
    let voorwaarden = beeld.tekst_bij(afronding.feit.versie, "voorwaarden");
    feiten.push(Feit::new(
        "Voorwaarden",
        match voorwaarden {
            Some(voorwaarden) => voorwaarden.to_owned(),
            None if afronding.voorwaarden_gesteld => "gesteld".to_owned(),
            None => "geen".to_owned(),
        },
    ));
    let pil = if afronding.voortijdig {
        Pil::new(Status::Deels, "Eerder gestopt")
    } else {
        Pil::new(Status::Gehaald, "Afgerond")
    };
    let wanneer = format!("van {sinds} tot {}", moment(afronding.feit.gebeurd_op, beeld.op));
    Dienst { naam: naam(dienst), pil, wanneer, feiten }
}

/// When, with whom, and what was said about each topic.
fn huisbezoek(toestand: &Toestand, beeld: &CasusBeeld, dienst: &DomeinDienst, bezoek: &Huisbezoek) -> Vec<Feit> {
    let met = bezoek.samen_met.as_ref().map_or_else(String::new, |wie| format!(", met {}", toestand.app.naam_van(wie)));
    let kinderen = if bezoek.kinderen_gesproken { "; met de kinderen gesproken" } else { "" };
    let wanneer = moment(bezoek.feit.gebeurd_op, beeld.op);
    let van = bundel(toestand, &dienst.gestart.bundel);
    let punten = van.iter().flat_map(|van| van.gesprekspunten(Gespreksmoment::Huisbezoek));
    let gezegd = punten.filter_map(|(sleutel, punt)| {
        let tekst = beeld.tekst_bij(bezoek.feit.versie, &format!("gesprekspunt:{sleutel}"))?;
        Some(Feit::new(&punt.naam, tekst))
    });
    std::iter::once(Feit::new("Huisbezoek", format!("{wanneer}{met}{kinderen}"))).chain(gezegd).collect()
}

fn naam(dienst: &DomeinDienst) -> String {
    tekst::dienst(dienst.soort).to_owned()
}

fn deeltaken(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Deeltaak> {
    let mut zichtbaar: Vec<_> =
        beeld.staat.deeltaken.iter().filter(|deeltaak| ziet(beeld, deeltaak.feit.versie)).collect();
    zichtbaar.sort_by_key(|deeltaak| deeltaak.afgerond.is_some());
    zichtbaar.into_iter().map(|deeltaak| deeltaak_beeld(toestand, beeld, deeltaak)).collect()
}

fn deeltaak_beeld(toestand: &Toestand, beeld: &CasusBeeld, deeltaak: &DomeinDeeltaak) -> Deeltaak {
    let voorbij = deeltaak.tot.is_some_and(|tot| tot.0 < beeld.op.dag());
    let tot = deeltaak.tot.map(|tot| format!("tot {}", opmaak::datum_met_jaar(tot.0)));
    let (pil, wanneer) = match (&deeltaak.afgerond, tot) {
        (Some(feit), _) => {
            (Pil::new(Status::Gehaald, "Klaar"), format!("afgerond {}", moment(feit.gebeurd_op, beeld.op)))
        }
        (None, Some(tot)) if voorbij => (Pil::new(Status::Vandaag, "Tijd voorbij"), tot),
        (None, Some(tot)) => (Pil::new(Status::DezeWeek, "Loopt"), tot),
        (None, None) => (Pil::new(Status::DezeWeek, "Loopt"), "tot het is afgerond".to_owned()),
    };
    Deeltaak {
        houder: houder(toestand, &deeltaak.organisatie),
        pil,
        wat: beeld.tekst_bij(deeltaak.feit.versie, "deeltaak").map(str::to_owned),
        wanneer,
    }
}

/// The moments that this organisation may know of, with who monitors now by the line that all see.
fn monitoring(toestand: &Toestand, beeld: &CasusBeeld) -> Option<Monitoring> {
    if !matches!(beeld.relatie, Relatie::VeiligThuis | Relatie::Ontvanger) {
        return None;
    }
    let momenten = beeld.termijnen.iter().enumerate().filter(|(_, (termijn, _))| termijn.vanaf.is_some());
    let mut momenten: Vec<_> = momenten.collect();
    momenten.sort_by_key(|(_, (termijn, _))| termijn.uiterlijk);
    let nu = beeld.lijn.monitoring.iter().find(|span| span.omvat(beeld.op));
    let wie = nu.and_then(|span| span.houder.as_ref());
    let stand = match (nu, beeld.lijn.monitoring.last()) {
        (Some(span), _) => format!("sinds {}", moment(span.van, beeld.op)),
        (None, Some(laatste)) => match laatste.tot {
            Some(tot) => format!("Geëindigd {}.", moment(tot, beeld.op)),
            None => String::new(),
        },
        (None, None) => return None,
    };
    Some(Monitoring {
        wie: wie.map(|org| houder(toestand, org)),
        stand,
        momenten: momenten
            .into_iter()
            .map(|(nummer, (termijn, status))| moment_beeld(toestand, beeld, nummer, termijn, *status))
            .collect(),
    })
}

fn moment_beeld(
    toestand: &Toestand,
    beeld: &CasusBeeld,
    nummer: usize,
    termijn: &Termijn,
    status: TermijnStatus,
) -> Moment {
    let nog_niet = status == TermijnStatus::Open && termijn.vanaf.is_some_and(|vanaf| vanaf > beeld.op);
    let dag = |op: domain::tijd::Instant| opmaak::datum_met_jaar(op.dag());
    let wie = toestand.app.naam_van(&termijn.wie);
    let wanneer = match (termijn.voldaan_op, termijn.vanaf) {
        (Some(op), _) => {
            format!("gedaan {}, uiterlijk {}", moment(op, beeld.op), uiterlijk(termijn.uiterlijk, beeld.op))
        }
        (None, Some(vanaf)) => {
            format!("{wie}, van {} tot en met {}", dag(vanaf), dag(termijn.uiterlijk.net_ervoor()))
        }
        (None, None) => wie,
    };
    let sleutel = monitorsleutel(termijn);
    let mut gedaan = beeld.staat.monitoring.momenten.iter().rev();
    let gedaan = gedaan.find(|gedaan| {
        gedaan.moment == sleutel
            && Some(gedaan.feit.gebeurd_op) == termijn.voldaan_op
            && ziet(beeld, gedaan.feit.versie)
    });
    let uitkomst = gedaan.and_then(|gedaan| {
        let van = bundel(toestand, &gedaan.feit.bundel)?;
        Some(van.inhoud.monitoruitkomst.get(&gedaan.uitkomst)?.naam.clone())
    });
    Moment {
        naam: termijn.naam.clone(),
        pil: if nog_niet { Pil::new(Status::Later, "Nog niet") } else { pil(termijn, status, beeld.op) },
        wanneer,
        uitkomst,
        waarom_href: format!("/casussen/{}/termijnen/{nummer}", beeld.id),
    }
}

/// What a co-receiver was given: the main receiver reads it on the page of the handover.
fn ontvangen(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Feit> {
    if beeld.relatie != Relatie::Deeltaak {
        return Vec::new();
    }
    let delen = beeld.stukken.iter().filter_map(|stuk| Some((stuk.soort.strip_prefix("onderdeel:")?, stuk)));
    delen
        .map(|(sleutel, stuk)| {
            let aanbod = beeld.staat.overdrachten.iter().find(|aanbod| aanbod.feit.versie == stuk.versie);
            let van = aanbod.and_then(|aanbod| bundel(toestand, &aanbod.feit.bundel));
            let naam = van.and_then(|van| van.inhoud.onderdeel.get(sleutel).map(|deel| deel.naam.clone()));
            Feit::new(naam.unwrap_or_else(|| laatste_deel(sleutel)), stuk.inhoud.clone())
        })
        .collect()
}
