//! A moment of monitoring took place: what was found, and what comes of it.

use super::plan::{eigen_schema, van_schema};
use crate::{
    afspraak::Gevolg,
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::LegMonitormomentVast,
    gebeurtenis::{Antwoord, Gebeurtenis},
    termijnen::{Termijn, termijnen},
    tijdlijn::tijdlijn,
    weigering::{Code, Reden},
};

pub(crate) fn leg_monitormoment_vast(casus: &Casus, vast: &LegMonitormomentVast, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let schema = eigen_schema(casus, context)?;
    let uitkomst = bundel.inhoud.monitoruitkomst.get(&vast.uitkomst).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let bekend = vast.antwoorden.keys().all(|sleutel| bundel.inhoud.monitorvraag.contains_key(sleutel));
    context.eis(bekend, Code::Onbekend)?;
    let moment = moment(casus, vast, context);
    context.eis(moment.is_some(), Code::MonitormomentTeVroeg)?;
    let mut redenen = Vec::new();
    for (sleutel, vraag) in
        bundel.monitorvragen().into_iter().filter(|(sleutel, _)| !vast.antwoorden.contains_key(*sleutel))
    {
        let reden = Reden::volgens(bundel, Code::MonitorvraagNietBeantwoord).met_clausule(&vraag.clausule);
        redenen.push(reden.met_ontbreekt(vec![sleutel.to_owned()]));
    }
    // Going on as if nothing were wrong asks for a reason when an answer is no.
    let onveilig = vast.antwoorden.values().any(|antwoord| *antwoord == Antwoord::Nee);
    if onveilig && uitkomst.gevolg == Gevolg::Afronden {
        redenen.push(Reden::volgens(bundel, Code::NogNietStabielVeilig).met_clausule(&schema.clausule));
    }
    let neemt_over = uitkomst.gevolg == Gevolg::Terugname;
    if neemt_over && casus.veilig_thuis.as_ref() != Some(context.organisatie) {
        redenen.push(van_schema(Code::NietBevoegd, &schema, context).met_clausule(&uitkomst.clausule));
    }
    let mut gebeurtenissen = vec![Gebeurtenis::MonitormomentVastgelegd {
        moment: moment.unwrap_or_default(),
        antwoorden: vast.antwoorden.clone(),
        uitkomst: vast.uitkomst.clone(),
        afwijkingen: toets(bundel, redenen, vast.reden)?,
    }];
    let heeft_het_al = tijdlijn(casus, context.bundels).houder_op(context.nu) == casus.veilig_thuis.as_ref();
    if neemt_over && !heeft_het_al {
        gebeurtenissen.push(Gebeurtenis::ZichtOvergenomen { na_monitoring: true });
    }
    if uitkomst.gevolg == Gevolg::Afronden {
        gebeurtenissen.push(Gebeurtenis::MonitoringAfgerond);
    }
    Ok(gebeurtenissen)
}

/// The moment that is meant, if its time has come: the named one, else the first that is open.
fn moment(casus: &Casus, vast: &LegMonitormomentVast, context: &Context<'_>) -> Option<String> {
    let alle = termijnen(casus, context.bundels);
    let is_er = |termijn: &&Termijn| {
        termijn.vanaf.is_some_and(|vanaf| context.gebeurd_op >= vanaf)
            && termijn.voldaan_op.is_none()
            && termijn.vervallen_op.is_none()
    };
    let sleutel = |termijn: &Termijn| match termijn.bij {
        // A planned day is known by its date.
        crate::termijnen::Bij::Casus => termijn.anker.dag().to_string(),
        crate::termijnen::Bij::Melding(_) | crate::termijnen::Bij::Overdracht(_) => termijn.soort.clone(),
    };
    let mut open = alle.iter().filter(is_er).map(sleutel);
    match &vast.moment {
        Some(gevraagd) => open.find(|sleutel| sleutel == gevraagd),
        None => open.next(),
    }
}
