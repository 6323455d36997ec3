//! The household moved house: the agreement follows the municipality, running terms keep their bundle.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::AfspraakNaam,
    weigering::Code,
};

pub(crate) fn verhuis_gezin(casus: &Casus, gemeente: &str, afspraak: &AfspraakNaam, context: &Context<'_>) -> Uitslag {
    context.eis(casus.gemeente != gemeente, Code::AlGekozen)?;
    Ok(vec![Gebeurtenis::GezinVerhuisd { gemeente: gemeente.to_owned(), afspraak: afspraak.clone() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    #[test]
    fn na_een_verhuizing_geldt_de_nieuwe_afspraak_en_lopen_de_termijnen_door_onder_de_oude() {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-05 09:00").door_vt();
        let verhuis = Commando::VerhuisGezin { gemeente: "Alkmaar".into(), afspraak: "noord-holland-noord".into() };
        let verhaal = verhaal.doe(&verhuis);
        assert_eq!(verhaal.staat().afspraak, Some("noord-holland-noord".into()));
        let termijn = verhaal.termijn("veiligheidsbeoordeling").unwrap();
        assert_eq!(termijn.clausule.als_str(), "IJM-3.3.1.e");
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2026-06-01 00:00"), Status::Gehaald);
        assert_eq!(verhaal.houder_op("2026-06-01 00:00").0, "veilig-thuis-kennemerland");
        verhaal.probeer(&verhuis).geweigerd(Code::AlGekozen);
    }
}
