//! Who must act on an offer that has not ended, and what: no offer waits for nobody.

use super::{Overdracht, Stand, Tegenvoorstel};
use crate::{
    afspraak::{AcceptatieNa, Bundel},
    casus::Casus,
    ids::OrganisatieId,
    tijd::Datum,
};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zet {
    /// Weigh the report that came in since; until then nobody can accept.
    Wegen,
    /// Agree to the day that the receiver proposed, or not.
    Tegenvoorstel(Datum),
    /// Send the content.
    Versturen,
    /// Talk with the family and the receiver.
    Gesprek,
    /// Accept or refuse.
    Antwoord,
    /// Accept on the day that was agreed.
    Afgesproken(Datum),
    /// Give the rest of the content, after the acceptance.
    Aanvullen,
}

impl Zet {
    pub fn als_str(self) -> &'static str {
        match self {
            Self::Wegen => "wegen",
            Self::Tegenvoorstel(_) => "tegenvoorstel",
            Self::Versturen => "versturen",
            Self::Gesprek => "gesprek",
            Self::Antwoord => "antwoord",
            Self::Afgesproken(_) => "afgesproken",
            Self::Aanvullen => "aanvullen",
        }
    }
}

/// Who must act, by the agreement under which it was offered; nobody once zicht passed or the offer ended.
pub fn aan_zet<'a>(
    casus: &'a Casus,
    overdracht: &'a Overdracht,
    bundel: Option<&Bundel>,
) -> Option<(&'a OrganisatieId, Zet)> {
    let zender = &overdracht.feit.organisatie;
    match &overdracht.stand {
        Stand::Geweigerd(..) | Stand::Ingetrokken(_) => return None,
        Stand::Geaccepteerd(_) => return overdracht.loopt().then_some((zender, Zet::Aanvullen)),
        Stand::Open => {}
    }
    if casus.is_opgeschort(overdracht) {
        return Some((casus.veilig_thuis.as_ref().unwrap_or(zender), Zet::Wegen));
    }
    if let Some(Tegenvoorstel { per, aanvaard: None, .. }) = &overdracht.tegenvoorstel {
        return Some((zender, Zet::Tegenvoorstel(*per)));
    }
    if let Some(zet) = bundel.and_then(|bundel| nog_van_zender(overdracht, bundel)) {
        return Some((zender, zet));
    }
    let afgesproken = overdracht.tegenvoorstel.as_ref().map(|voorstel| Zet::Afgesproken(voorstel.per));
    Some((&overdracht.naar, afgesproken.unwrap_or(Zet::Antwoord)))
}

/// What the sender must do before the receiver can accept.
fn nog_van_zender(overdracht: &Overdracht, bundel: &Bundel) -> Option<Zet> {
    let regel = bundel.overgang(overdracht.fase, bundel.soort_van(&overdracht.naar))?;
    let gegevens = |na: &AcceptatieNa| matches!(na, AcceptatieNa::DocumentVerzonden | AcceptatieNa::GegevensOntvangen);
    let eerst_sturen = regel.bij_verzending || regel.acceptatie_na.iter().any(gegevens);
    // Who has the content needs no sending.
    if eerst_sturen && overdracht.verzonden.is_none() && overdracht.ontvangen.is_none() {
        return Some(Zet::Versturen);
    }
    let praten = regel.acceptatie_na.contains(&AcceptatieNa::WarmeOverdracht);
    (praten && overdracht.warm.is_none()).then_some(Zet::Gesprek)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Openheid, WeigerReden},
        proef::*,
    };

    fn wie(verhaal: &Verhaal) -> Option<(String, Zet)> {
        let (casus, bundels) = (verhaal.staat(), afspraken().bundels());
        let overdracht = casus.overdrachten.last()?;
        let bundel = bundels.uit(&overdracht.feit.bundel);
        aan_zet(&casus, overdracht, bundel).map(|(wie, zet)| (wie.0.clone(), zet))
    }

    #[test]
    fn bij_elk_aanbod_dat_loopt_is_een_kant_aan_zet() {
        let verhaal = klaar_voor_overdracht("ijmond");
        let verhaal = verhaal.clone().op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let (vt, team) = ("veilig-thuis-kennemerland".to_owned(), "cjg-kennemerland".to_owned());
        assert_eq!(wie(&verhaal), Some((team.clone(), Zet::Antwoord)));
        let per = Datum("2026-03-17".parse().unwrap());
        let voorstel = Commando::DoeTegenvoorstel { overdracht, per, reden: true };
        let voorgesteld = verhaal.door("cjg-kennemerland").doe(&voorstel);
        assert_eq!(wie(&voorgesteld), Some((vt.clone(), Zet::Tegenvoorstel(per))));
        let akkoord = voorgesteld.door_vt().doe(&Commando::AanvaardTegenvoorstel { overdracht });
        assert_eq!(wie(&akkoord), Some((team, Zet::Afgesproken(per))));
        let melding = voorgesteld.meld_als("huisarts", Openheid::Open, "2026-03-11 10:00");
        assert_eq!(wie(&melding), Some((vt, Zet::Wegen)), "een nieuwe melding gaat voor het antwoord");
        let over = verhaal.door("cjg-kennemerland").doe(&Commando::AccepteerOverdracht { overdracht });
        assert_eq!(wie(&over), None);
        let weiger = Commando::WeigerOverdracht { overdracht, reden_code: WeigerReden::Anders, reden: true };
        assert_eq!(wie(&verhaal.door("cjg-kennemerland").doe(&weiger)), None);
    }
}
