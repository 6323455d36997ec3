//! Agreeing on a task beside zicht, and ending it.

use crate::{
    besluit::{Context, Uitslag, houdt},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::{DeeltaakId, OrganisatieId},
    tijd::Datum,
    weigering::Code,
};

pub(crate) fn spreek_deeltaak_af(
    casus: &Casus,
    deeltaak: DeeltaakId,
    organisatie: &OrganisatieId,
    tot: Option<Datum>,
    context: &Context<'_>,
) -> Uitslag {
    context.eis(casus.deeltaken.iter().all(|eerder| eerder.id != deeltaak), Code::Onbekend)?;
    context.eis(tot.is_none_or(|tot| tot.0 > context.nu.dag()), Code::TijdstipVoorOntvangst)?;
    Ok(vec![Gebeurtenis::DeeltaakAfgesproken { deeltaak, organisatie: organisatie.clone(), tot }])
}

/// Who has the task says that it is done, or who holds.
pub(crate) fn rond_deeltaak_af(casus: &Casus, deeltaak: DeeltaakId, context: &Context<'_>) -> Uitslag {
    let gevonden = casus.deeltaken.iter().find(|eerder| eerder.id == deeltaak);
    let gevonden = gevonden.ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(gevonden.afgerond.is_none(), Code::AlGekozen)?;
    let mag = gevonden.organisatie == *context.organisatie || houdt(casus, context);
    context.eis_bevoegd(mag, "rond-deeltaak-af")?;
    Ok(vec![Gebeurtenis::DeeltaakAfgerond { deeltaak }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, publiek};

    #[test]
    fn een_deeltaak_staat_naast_het_zicht_en_vervangt_de_houder_niet() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        let deeltaak = DeeltaakId(uuid::Uuid::from_u128(7));
        let tot = Some(Datum("2026-06-01".parse().unwrap()));
        let afspraak = Commando::SpreekDeeltaakAf { deeltaak, organisatie: "sportclub".into(), tot };
        team.door("socius").probeer(&afspraak).geweigerd(Code::NietBevoegd);
        let verhaal = team.doe(&afspraak);
        assert_eq!(verhaal.houder_op("2026-05-01 00:00").0, "cjg-kennemerland");
        assert_eq!(publiek::rol(&verhaal.staat(), &"sportclub".into()), Some(publiek::Rol::Deeltaak));
        let afronden = Commando::RondDeeltaakAf { deeltaak };
        verhaal.door("huisarts").probeer(&afronden).geweigerd(Code::NietBevoegd);
        let verhaal = verhaal.op("2026-05-20 09:00").door("sportclub").doe(&afronden);
        verhaal.probeer(&afronden).geweigerd(Code::AlGekozen);
    }

    #[test]
    fn wie_een_deeltaak_heeft_kent_de_lijn_en_de_eigen_taak_en_niet_de_antwoorden() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        let deeltaak = DeeltaakId(uuid::Uuid::from_u128(7));
        let organisatie: OrganisatieId = "sportclub".into();
        let afspraak = Commando::SpreekDeeltaakAf { deeltaak, organisatie: organisatie.clone(), tot: None };
        let verhaal = team.doe(&afspraak);
        let casus = verhaal.staat();
        let gezien: Vec<_> = publiek::voor(&casus, &organisatie, verhaal.stroom())
            .map(|vastlegging| serde_json::to_value(&vastlegging.gebeurtenis).unwrap()["soort"].clone())
            .collect();
        assert_eq!(gezien, ["beoordeling-afgerond", "overdracht-geaccepteerd", "deeltaak-afgesproken"]);
    }
}
