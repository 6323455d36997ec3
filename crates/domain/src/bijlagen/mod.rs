//! Files that somebody adds to a casus: a filled-in instrument, a letter, a photo. Here are of which kind each is and to
//! which report it belongs; what it is called and what is in it is sealed elsewhere.

use crate::{
    afspraak::Bundel,
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::Gebeurtenis,
    ids::{BijlageId, ClausuleId, MedewerkerId, MeldingId},
    meldingen::Melding,
    publiek::{Rol, rol},
    weigering::Code,
};

/// Most files in one act.
pub const BIJLAGEN_MAX: usize = 10;

/// Kinds that there are under any agreement, beside the instruments that one names.
const ALGEMEEN: [(&str, &str); 4] =
    [("brief", "Brief"), ("verslag", "Verslag"), ("foto", "Foto"), ("anders", "Iets anders")];

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bijlage {
    pub id: BijlageId,
    /// Who added it when, and by which agreement.
    pub feit: Feit,
    pub medewerker: MedewerkerId,
    /// A key of [`soorten`].
    pub soort: String,
    /// The report that it belongs to; absent in the own dossier.
    pub melding: Option<MeldingId>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bijlagesoort<'a> {
    pub sleutel: &'a str,
    pub naam: &'a str,
    /// Where the agreement names it.
    pub clausule: Option<&'a ClausuleId>,
}

/// The kinds of files under an agreement: first the instruments that it names, in its order.
pub fn soorten(bundel: &Bundel) -> Vec<Bijlagesoort<'_>> {
    let mut instrumenten: Vec<_> = bundel.inhoud.meldinstrument.iter().collect();
    instrumenten.sort_by_key(|(_, instrument)| instrument.volgorde);
    let instrumenten = instrumenten.into_iter().map(|(sleutel, instrument)| Bijlagesoort {
        sleutel,
        naam: &instrument.naam,
        clausule: Some(&instrument.clausule),
    });
    let algemeen = ALGEMEEN.into_iter().map(|(sleutel, naam)| Bijlagesoort { sleutel, naam, clausule: None });
    instrumenten.chain(algemeen).collect()
}

/// Who keeps a dossier about the casus adds to its own; who reported adds to its report, which Veilig Thuis reads too.
pub(crate) fn voeg_bijlagen_toe(casus: &Casus, soort: &str, bijlagen: &[BijlageId], context: &Context<'_>) -> Uitslag {
    let rol = rol(casus, context.organisatie);
    // Who was only offered the casus may be without it tomorrow, and could not come back to its files.
    let heeft_dossier = matches!(rol, Some(Rol::VeiligThuis | Rol::Ontvanger | Rol::Deeltaak | Rol::Melder));
    context.eis_bevoegd(heeft_dossier, "voeg-bijlagen-toe")?;
    context.eis(soorten(context.bundel).iter().any(|bekend| bekend.sleutel == soort), Code::Onbekend)?;
    context.eis((1..=BIJLAGEN_MAX).contains(&bijlagen.len()), Code::Onbekend)?;
    let eigen = |melding: &&Melding| melding.melder.organisatie() == Some(context.organisatie) && !melding.is_weg();
    let eigen = casus.meldingen.iter().rfind(eigen).filter(|_| rol == Some(Rol::Melder));
    Ok(vec![Gebeurtenis::BijlagenToegevoegd {
        bijlage_soort: soort.to_owned(),
        bijlagen: bijlagen.to_vec(),
        melding: eigen.map(|melding| melding.id),
    }])
}

pub(crate) fn evolve(bijlagen: &mut Vec<Bijlage>, feit: &Feit, medewerker: &MedewerkerId, gebeurtenis: &Gebeurtenis) {
    if let Gebeurtenis::BijlagenToegevoegd { bijlage_soort, bijlagen: erbij, melding } = gebeurtenis {
        bijlagen.extend(erbij.iter().map(|id| Bijlage {
            id: *id,
            feit: feit.clone(),
            medewerker: medewerker.clone(),
            soort: bijlage_soort.clone(),
            melding: *melding,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{Commando, SluitCasus},
        gebeurtenis::{Openheid, SluitingWijze},
        proef::*,
        publiek::voor,
    };
    use uuid::Uuid;

    fn voeg_toe(soort: &str, aantal: u128) -> Commando {
        let bijlagen = (1..=aantal).map(|nummer| BijlageId(Uuid::from_u128(nummer))).collect();
        Commando::VoegBijlagenToe { soort: soort.to_owned(), bijlagen }
    }

    fn ziet_bijlagen(verhaal: &Verhaal, organisatie: &str) -> usize {
        let (casus, organisatie) = (verhaal.staat(), organisatie.into());
        let gezien = voor(&casus, &organisatie, verhaal.stroom());
        gezien.filter(|v| matches!(v.gebeurtenis, Gebeurtenis::BijlagenToegevoegd { .. })).count()
    }

    #[test]
    fn wat_een_melder_toevoegt_hoort_bij_de_melding_en_ziet_veilig_thuis_ook() {
        let gemeld = Verhaal::in_regio("zuid-holland-zuid").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let verhaal = gemeld.doe(&voeg_toe("lirik", 2));
        let bijlagen = verhaal.staat().bijlagen;
        assert_eq!(bijlagen.len(), 2);
        assert_eq!((&*bijlagen[1].soort, bijlagen[1].melding), ("lirik", Some(verhaal.staat().meldingen[0].id)));
        assert_eq!(bijlagen[1].medewerker.als_str(), "m1");
        let vt = verhaal.door_vt().staat().veilig_thuis.unwrap();
        assert_eq!([ziet_bijlagen(&verhaal, "basisschool"), ziet_bijlagen(&verhaal, vt.als_str())], [1, 1]);
        assert_eq!(ziet_bijlagen(&verhaal, "huisarts"), 0);
    }

    #[test]
    fn wat_in_het_eigen_dossier_gaat_kent_geen_ander() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland");
        let van_team = verhaal.doe(&voeg_toe("verslag", 1));
        assert_eq!(van_team.staat().bijlagen[0].melding, None);
        let vt = "veilig-thuis-kennemerland";
        assert_eq!([ziet_bijlagen(&van_team, "cjg-kennemerland"), ziet_bijlagen(&van_team, vt)], [1, 0]);
        let van_vt = verhaal.door_vt().doe(&voeg_toe("brief", 1));
        assert_eq!([ziet_bijlagen(&van_vt, "cjg-kennemerland"), ziet_bijlagen(&van_vt, vt)], [0, 1]);
        assert_eq!(ziet_bijlagen(&van_vt, "basisschool"), 0);
    }

    #[test]
    fn een_soort_die_de_afspraak_niet_kent_geen_bestand_en_te_veel_bestanden_kunnen_niet() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00").door_vt();
        // Only one region names this instrument.
        verhaal.probeer(&voeg_toe("lirik", 1)).geweigerd(Code::Onbekend);
        verhaal.probeer(&voeg_toe("foto", 0)).geweigerd(Code::Onbekend);
        verhaal.probeer(&voeg_toe("foto", 11)).geweigerd(Code::Onbekend);
        verhaal.probeer(&voeg_toe("foto", 10)).toegestaan();
        let namen: Vec<_> = soorten(verhaal.bundel()).into_iter().map(|soort| soort.sleutel).collect();
        assert_eq!(namen, ["brief", "verslag", "foto", "anders"]);
    }

    #[test]
    fn wie_alleen_een_aanbod_heeft_en_wie_er_buiten_staat_voegt_niets_toe() {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-10 10:00").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod("cjg-kennemerland"));
        for ander in ["cjg-kennemerland", "huisarts"] {
            let weigering = verhaal.door(ander).probeer(&voeg_toe("verslag", 1)).geweigerd(Code::NietBevoegd);
            assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("HIAAT-49", false));
        }
    }

    #[test]
    fn bij_een_gesloten_casus_komt_niets_meer() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 10:00");
        let regel = &verhaal.bundel().inhoud.sluiting["gestopt"];
        let bevestigd = regel.voorwaarden.keys().cloned().collect();
        let gesloten =
            verhaal.doe(&Commando::SluitCasus(SluitCasus { wijze: SluitingWijze::Gestopt, bevestigd, reden: true }));
        gesloten.probeer(&voeg_toe("verslag", 1)).geweigerd(Code::CasusGesloten);
    }
}
