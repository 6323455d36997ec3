//! The veiligheidsbeoordeling is done. It is recorded whatever the criteria are answered; an assessment that finds less
//! than the instrument of the organisation says why.

use super::{criteria, instrument, toets};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::BeantwoordCriteria,
    gebeurtenis::{Gebeurtenis, Taxatie},
    ids::MeldingId,
    weigering::Code,
};

pub(crate) fn rond_beoordeling_af(
    casus: &Casus,
    melding: MeldingId,
    taxatie: Taxatie,
    antwoorden: &BeantwoordCriteria,
    context: &Context<'_>,
) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(melding.beoordeling.is_none(), Code::BeoordelingAlAfgerond)?;
    context.eis(context.gebeurd_op >= melding.ontvangen_op, Code::TijdstipVoorOntvangst)?;
    let bundel = context.bundel_bij(&melding.feit);
    let redenen = instrument::spreekt_tegen(melding, taxatie, bundel).into_iter().collect();
    let afwijkingen = toets(bundel, redenen, antwoorden.reden)?;
    let mut gebeurtenissen: Vec<_> = criteria::gebeurtenis(melding, antwoorden, context)?.into_iter().collect();
    gebeurtenissen.push(Gebeurtenis::BeoordelingAfgerond { melding: melding.id, taxatie, afwijkingen });
    Ok(gebeurtenissen)
}

#[cfg(test)]
mod tests {
    use crate::{gebeurtenis::Openheid, proef::*, termijnen::Status};

    #[test]
    fn een_te_late_beoordeling_blijft_te_laat() {
        let verhaal = Verhaal::in_regio("ijmond")
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-12 09:00")
            .rond_beoordeling_af();
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2027-01-01 00:00"), Status::GehaaldTeLaat);
        assert_eq!(verhaal.houder_op("2026-03-10 00:00"), ("veilig-thuis-kennemerland".into(), "IJM-3.1.e".into()));
    }

    #[test]
    fn de_beoordeling_telt_voor_de_termijn_vanaf_gebeurd_en_voor_de_lijn_vanaf_vastgelegd() {
        let verhaal = Verhaal::in_regio("ijmond")
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-09 12:00")
            .gebeurd("2026-03-06 15:00")
            .rond_beoordeling_af();
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2026-03-20 00:00"), Status::Gehaald);
        assert_eq!(verhaal.houder_op("2026-03-09 11:59").0, "basisschool");
        assert_eq!(verhaal.houder_op("2026-03-09 12:00").0, "veilig-thuis-kennemerland");
    }
}
