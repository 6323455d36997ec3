//! Planning a day to look again, ending monitoring, and the talk with Veilig Thuis before support ends.

use super::{Schema, lopend_schema, regel_na, schemas};
use crate::{
    afspraak::Monitor,
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    termijnen::{Status, status, termijnen},
    tijd::{Datum, Instant},
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn plan_monitormoment(casus: &Casus, datum: Datum, reden: bool, context: &Context<'_>) -> Uitslag {
    let schema = lopend_schema(casus, context.bundels);
    let mag =
        schema.as_ref().map_or_else(|| mag_zelf_beginnen(casus, context), |schema| schema.wie == *context.organisatie);
    context.eis(mag, Code::GeenMonitoring)?;
    context.eis(datum.0 >= context.nu.dag(), Code::TijdstipVoorOntvangst)?;
    let te_lang =
        schema.filter(|schema| schema.uiterlijk.is_some_and(|uiterlijk| Instant::begin_van(datum.0) >= uiterlijk));
    let redenen = te_lang.into_iter().map(|schema| van_schema(Code::MonitoringTeLang, &schema, context)).collect();
    toets(context.bundel, redenen, reden)?;
    Ok(vec![Gebeurtenis::MonitormomentGepland { datum }])
}

/// A receiver that monitors "if needed" begins by planning.
fn mag_zelf_beginnen(casus: &Casus, context: &Context<'_>) -> bool {
    casus.laatste_overgang().is_some_and(|(overdracht, _)| {
        let bundel = context.bundels.uit(&overdracht.feit.bundel).unwrap_or(context.bundel);
        overdracht.naar == *context.organisatie
            && regel_na(casus, overdracht, bundel).is_some_and(|regel| regel.wie == Monitor::OntvangerIndienNodig)
    })
}

pub(crate) fn rond_monitoring_af(casus: &Casus, reden: bool, context: &Context<'_>) -> Uitslag {
    let schema = eigen_schema(casus, context)?;
    let open = open_momenten(casus, context);
    let redenen = if open.is_empty() {
        Vec::new()
    } else {
        vec![van_schema(Code::MonitormomentOpen, &schema, context).met_ontbreekt(open)]
    };
    toets(context.bundel, redenen, reden)?;
    Ok(vec![Gebeurtenis::MonitoringAfgerond])
}

pub(crate) fn raadpleeg_veilig_thuis() -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::VeiligThuisGeraadpleegd]
}

/// The running stretch of monitoring, if it is this organisation that monitors.
pub(super) fn eigen_schema(casus: &Casus, context: &Context<'_>) -> Result<Schema, Weigering> {
    let schema = lopend_schema(casus, context.bundels).ok_or_else(|| {
        let laatste = schemas(casus, context.bundels).into_iter().next_back();
        let reden = Reden::volgens(context.bundel, Code::GeenMonitoring);
        Weigering::om(laatste.map_or(reden.clone(), |schema| reden.met_clausule(&schema.clausule)))
    })?;
    if schema.wie == *context.organisatie {
        Ok(schema)
    } else {
        Err(Weigering::om(van_schema(Code::NietBevoegd, &schema, context)))
    }
}

pub(super) fn van_schema(code: Code, schema: &Schema, context: &Context<'_>) -> Reden {
    Reden::volgens(context.bundel, code).met_clausule(&schema.clausule)
}

/// Moments that were not held yet, by the key of their term.
pub(super) fn open_momenten(casus: &Casus, context: &Context<'_>) -> Vec<String> {
    let alle = termijnen(casus, context.bundels).into_iter().filter(|termijn| termijn.vanaf.is_some());
    let open = alle.filter(|termijn| matches!(status(termijn, context.nu), Status::Open | Status::TeLaat));
    open.filter(|termijn| termijn.vervallen_op.is_none()).map(|termijn| termijn.soort).collect()
}
