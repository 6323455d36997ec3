//! Recording how somebody can be reached, and where somebody lives.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::{LegAdresVast, LegContactveiligheidVast},
    gebeurtenis::Gebeurtenis,
    ids::PersoonId,
    weigering::{Code, Weigering},
};

pub(crate) fn leg_contactveiligheid_vast(
    casus: &Casus,
    vast: &LegContactveiligheidVast,
    context: &Context<'_>,
) -> Uitslag {
    let LegContactveiligheidVast { persoon, wegen, huisbezoek_waarschuwing } = vast.clone();
    is_lid(casus, persoon, context)?;
    Ok(vec![Gebeurtenis::ContactveiligheidVastgelegd { persoon, wegen, huisbezoek_waarschuwing }])
}

pub(crate) fn leg_adres_vast(casus: &Casus, adres: LegAdresVast, context: &Context<'_>) -> Uitslag {
    let LegAdresVast { persoon, bron, datum, geheim } = adres;
    is_lid(casus, persoon, context)?;
    // An address is as of a day that was.
    context.eis(datum.0 <= context.nu.dag(), Code::TijdstipInDeToekomst)?;
    Ok(vec![Gebeurtenis::AdresVastgelegd { persoon, bron, datum, geheim }])
}

fn is_lid(casus: &Casus, persoon: PersoonId, context: &Context<'_>) -> Result<(), Weigering> {
    context.eis(casus.personen.iter().any(|lid| lid.id == persoon), Code::Onbekend)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{Commando, LegContactGezinVast},
        contact::{Adresbron, Contactweg, Wegstand},
        gebeurtenis::{ContactWijze, Openheid},
        proef::*,
        tijd::Datum,
    };

    fn gemeld() -> Verhaal {
        Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00").door_vt()
    }

    fn veiligheid(verhaal: &Verhaal, wegen: &[(Contactweg, Wegstand)]) -> Commando {
        Commando::LegContactveiligheidVast(LegContactveiligheidVast {
            persoon: verhaal.staat().personen[0].id,
            wegen: wegen.iter().copied().collect(),
            huisbezoek_waarschuwing: true,
        })
    }

    fn poging(wijze: ContactWijze, persoon: Option<PersoonId>) -> Commando {
        Commando::LegContactGezinVast(LegContactGezinVast {
            wijze,
            gelukt: false,
            geinformeerd: false,
            teruggekoppeld: false,
            persoon,
            reden: true,
        })
    }

    #[test]
    fn wat_een_ander_vindt_wordt_niet_achtergelaten_en_de_veilige_weg_staat_erbij() {
        let verhaal = gemeld();
        verhaal.probeer(&poging(ContactWijze::Voicemail, None)).toegestaan();
        let wegen = [
            (Contactweg::Voicemail, Wegstand::Gedeeld),
            (Contactweg::Brief, Wegstand::Onveilig),
            (Contactweg::Bellen, Wegstand::Veilig),
        ];
        let bekend = verhaal.doe(&veiligheid(&verhaal, &wegen));
        for wijze in [ContactWijze::Voicemail, ContactWijze::Brief] {
            let weigering = bekend.probeer(&poging(wijze, None)).geweigerd(Code::ContactOnveilig);
            assert_eq!(weigering.reden.ontbreekt, ["bellen"]);
            assert!(!weigering.mag_met_reden);
        }
        bekend.probeer(&Commando::InformeerGezin { wijze: ContactWijze::Brief }).geweigerd(Code::ContactOnveilig);
        // What was said face to face was said, and what nobody called unsafe is not refused.
        for wijze in [ContactWijze::Telefoon, ContactWijze::Huisbezoek, ContactWijze::BeveiligdeMail] {
            bekend.probeer(&poging(wijze, None)).toegestaan();
        }
        // The last word counts.
        let later = bekend.doe(&veiligheid(&bekend, &[(Contactweg::Brief, Wegstand::Veilig)]));
        later.probeer(&poging(ContactWijze::Brief, None)).toegestaan();
    }

    #[test]
    fn een_ander_dan_wie_in_gevaar_is_kan_wel_worden_aangeschreven() {
        let verhaal = gemeld();
        let bekend = verhaal.doe(&veiligheid(&verhaal, &[(Contactweg::Brief, Wegstand::Onveilig)]));
        let personen = bekend.staat().personen.clone();
        bekend.probeer(&poging(ContactWijze::Brief, Some(personen[0].id))).geweigerd(Code::ContactOnveilig);
        let ander = personen.get(1).map(|lid| lid.id).unwrap_or(PersoonId(uuid::Uuid::nil()));
        bekend.probeer(&poging(ContactWijze::Brief, Some(ander))).toegestaan();
    }

    #[test]
    fn een_adres_is_van_een_lid_en_van_een_dag_die_was() {
        let verhaal = gemeld();
        let persoon = verhaal.staat().personen[0].id;
        let adres = |persoon, datum: &str| {
            let datum = Datum(datum.parse().unwrap());
            Commando::LegAdresVast(LegAdresVast { persoon, bron: Adresbron::Politie, datum, geheim: true })
        };
        verhaal.probeer(&adres(persoon, "2026-03-03")).geweigerd(Code::TijdstipInDeToekomst);
        verhaal.probeer(&adres(PersoonId(uuid::Uuid::nil()), "2026-03-01")).geweigerd(Code::Onbekend);
        let vast = verhaal.doe(&adres(persoon, "2026-03-01")).staat();
        assert!(vast.bereikbaar.adres_van(persoon).unwrap().geheim);
    }
}
