//! Two stories that random ones found: a report that arrived before the first one and was recorded after a passing, and
//! an act after a term had lapsed.

use super::{
    steun::{Regio, afspraken, t},
    zaak::{Wanneer, Zaak, beroepskracht, melding},
};
use domain::{
    Commando,
    afspraak::Fase,
    commando::*,
    gebeurtenis::*,
    ids::{MeldingId, OrganisatieId, OverdrachtId},
    termijnen::{Status, status, termijnen},
};
use std::collections::BTreeSet;
use uuid::Uuid;

const MELDING: MeldingId = MeldingId(Uuid::from_u128(1));
const OVERDRACHT: OverdrachtId = OverdrachtId(Uuid::from_u128(1000));

fn doe(zaak: &mut Zaak<'_>, door: &str, op: &str, commando: &Commando) {
    let door: OrganisatieId = door.into();
    let wanneer = Wanneer { nu: t(op), gebeurd_op: t(op), door: &door };
    zaak.doe(commando, wanneer).expect("is allowed");
}

/// Reported on 3 March, assessed, decided and offered on the 4th, with the content.
fn aangeboden() -> Zaak<'static> {
    let regio = Regio::ijmond();
    let mut zaak = Zaak::nieuw(&regio, afspraken()).meld(1, "basisschool", Openheid::Open, "2026-03-03 10:00");
    let bundel = &zaak.geldig(t("2026-03-04 10:00")).bundel;
    let vt = zaak.vt(t("2026-03-04 10:00")).0;
    let antwoorden = bundel.criteria().into_iter().map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Nee)).collect();
    let onderdelen = bundel.onderdelen(Fase::Direct).into_iter().map(|(sleutel, _)| sleutel.to_owned()).collect();
    let antwoorden = BeantwoordCriteria { melding: MELDING, antwoorden, reden: true };
    let taxatie = Taxatie::GeenAcuteOnveiligheid;
    doe(&mut zaak, &vt, "2026-03-04 10:00", &Commando::RondBeoordelingAf { melding: MELDING, taxatie, antwoorden });
    let besluit = BesluitVervolg {
        melding: MELDING,
        besluit: BesluitSoort::DirecteOverdracht,
        voldoende_veilig: Some(true),
        overleg: Default::default(),
        toewijzing: Default::default(),
        reden: true,
    };
    doe(&mut zaak, &vt, "2026-03-04 10:00", &Commando::BesluitVervolg(besluit));
    let aanbod = BiedOverdrachtAan {
        overdracht: OVERDRACHT,
        naar: "socius".into(),
        wijze: OverdrachtWijze::Overdrachtstafel,
        onderdelen,
        gezin_geinformeerd: true,
        verzonden: true,
        ontvangen: true,
        reden: false,
        mede_ontvangers: BTreeSet::new(),
        oordelen: None,
        naar_afspraak: None,
    };
    doe(&mut zaak, &vt, "2026-03-04 11:00", &Commando::BiedOverdrachtAan(aanbod));
    zaak
}

#[test]
fn de_lijn_begint_bij_de_vroegste_ontvangst_ook_als_die_na_een_overgang_is_vastgelegd() {
    let mut zaak = aangeboden();
    let accepteer = Commando::AccepteerOverdracht { overdracht: OVERDRACHT };
    doe(&mut zaak, "socius", "2026-03-05 09:00", &accepteer);
    let regio = zaak.regio.clone();
    // Arrived on 2 March; the boundary of this report was 00:00 on the 10th, but it was recorded on the 12th only.
    let laat = melding(&regio, 2, beroepskracht("huisarts"), Openheid::Open, t("2026-03-02 10:00"));
    let vt = zaak.vt(t("2026-03-12 09:00")).0;
    doe(&mut zaak, &vt, "2026-03-12 09:00", &laat);
    let gevonden: Vec<_> = zaak.lijn().zicht.iter().map(|span| (span.van, span.houder.clone().unwrap().0)).collect();
    let verwacht = [
        ("2026-03-02 10:00", "huisarts"),
        ("2026-03-04 10:00", "veilig-thuis-kennemerland"),
        ("2026-03-05 09:00", "socius"),
        ("2026-03-10 00:00", "veilig-thuis-kennemerland"),
    ];
    assert_eq!(gevonden, verwacht.map(|(op, wie)| (t(op), wie.to_owned())));
}

#[test]
fn een_daad_na_het_vervallen_haalt_de_termijn_niet_alsnog() {
    let mut zaak = aangeboden();
    let reden_code = WeigerReden::Anders;
    let weiger = Commando::WeigerOverdracht { overdracht: OVERDRACHT, reden_code, reden: true };
    doe(&mut zaak, "socius", "2026-03-06 09:00", &weiger);
    let contact = Commando::LegContactGezinVast(LegContactGezinVast {
        wijze: ContactWijze::Telefoon,
        gelukt: true,
        geinformeerd: false,
        teruggekoppeld: false,
        persoon: None,
        reden: false,
    });
    doe(&mut zaak, "socius", "2026-03-09 09:00", &contact);
    let alle = termijnen(&zaak.casus, &zaak.bundels);
    let termijn = alle.iter().find(|termijn| termijn.soort == "contact-gezin").unwrap();
    assert_eq!(status(termijn, t("2026-04-01 10:00")), Status::Vervallen);
}
