//! The duties that follow on each report, and how they stand. They come from the agreement under which the report was
//! received; what was not done stays visible with its reason.

use crate::{
    afspraak::{Bundels, Plicht, Plichtdaad, Plichtgrond},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    commando::LegPlichtVast,
    gebeurtenis::{
        Antwoord, BesluitSoort, Contactduur, Gebeurtenis, HuishoudenKeuze, Openheid, PersoonRol, Taxatie,
        TerugkoppelingMoment,
    },
    ids::MeldingId,
    meldingen::{Melding, Spoed},
    termijnen::{Bij, termijnen},
    weigering::Code,
};

/// The answer to a criterion by which it is known that the Raad is asked for an investigation.
const RAAD_VERZOCHT: &str = "rvdk-verzoek";
/// The measure by which it asks, a key of `[maatregel]`.
const VERZOEK_TOT_ONDERZOEK: &str = "vto";

/// What was recorded of a duty by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vervulling {
    pub feit: Feit,
    pub melding: MeldingId,
    pub plicht: String,
    /// Or why not: the reason is sealed.
    pub gedaan: bool,
}

/// A duty with how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plichtstand<'a> {
    pub sleutel: &'a str,
    pub plicht: &'a Plicht,
    pub melding: MeldingId,
    pub stand: Stand<'a>,
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand<'a> {
    Open,
    Gedaan(&'a Feit),
    NietGedaan(&'a Feit),
}

/// Every duty of a casus, by report and in the order of the agreement.
pub fn plichten<'a>(casus: &'a Casus, bundels: &'a Bundels) -> Vec<Plichtstand<'a>> {
    let mut alle = Vec::new();
    let termijnen = termijnen(casus, bundels);
    for melding in casus.eigen_meldingen() {
        let Some(bundel) = bundels.uit(&melding.feit.bundel) else { continue };
        let termijn_loopt = |plicht: &Plicht| {
            let mut eigen = termijnen.iter().filter(|termijn| termijn.bij == Bij::Melding(melding.id));
            eigen.any(|termijn| Some(&termijn.soort) == plicht.termijn.as_ref())
        };
        let geldt = bundel.inhoud.plicht.iter().filter(|(_, plicht)| match plicht.bij {
            Plichtgrond::EindeBetrokkenheid => termijn_loopt(plicht),
            grond => geldt(casus, melding, grond),
        });
        let mut eigen: Vec<_> = geldt
            .map(|(sleutel, plicht)| Plichtstand {
                sleutel,
                plicht,
                melding: melding.id,
                stand: stand(casus, melding, sleutel, plicht),
            })
            .collect();
        eigen.sort_by_key(|stand| stand.plicht.volgorde);
        alle.extend(eigen);
    }
    alle
}

fn geldt(casus: &Casus, melding: &Melding, grond: Plichtgrond) -> bool {
    let besluit = melding.besluit.as_ref().map(|besluit| besluit.soort);
    let bekende_melder = melding.openheid != Openheid::Onbekend;
    let beoordeeld = melding.beoordeling.is_some();
    let langer = melding.contact == Contactduur::Doorlopend;
    match grond {
        Plichtgrond::ElkeMelding => true,
        Plichtgrond::BekendHuishouden => {
            let gekozen = casus.huishoudens.iter().rfind(|(_, eerder, _)| *eerder == melding.id);
            let elders = gekozen.is_some_and(|(_, _, keuze)| matches!(keuze, HuishoudenKeuze::Bekend { .. }));
            elders || casus.eigen_meldingen().any(|eerder| eerder.feit.versie < melding.feit.versie)
        }
        Plichtgrond::AcuutGevaarVoorKind => {
            let taxatie = melding.beoordeling.as_ref().map(|beoordeling| beoordeling.taxatie);
            let acuut = taxatie == Some(Taxatie::AcuteOnveiligheid) || matches!(melding.spoed, Spoed::Erkend(_));
            acuut && casus.personen.iter().any(|persoon| persoon.rol == PersoonRol::Kind)
        }
        Plichtgrond::RaadVerzocht => {
            melding.antwoorden.get(RAAD_VERZOCHT) == Some(&Antwoord::Ja) || vroeg_onderzoek(casus, melding)
        }
        Plichtgrond::BeoordeeldBekendeMelder => beoordeeld && bekende_melder,
        Plichtgrond::BeoordeeldLangerContact => beoordeeld && bekende_melder && langer,
        Plichtgrond::Besloten => besluit.is_some(),
        Plichtgrond::DirecteOverdracht => besluit == Some(BesluitSoort::DirecteOverdracht),
        Plichtgrond::DirecteOverdrachtMelderBlijft => {
            besluit == Some(BesluitSoort::DirecteOverdracht) && melding.openheid == Openheid::Open && langer
        }
        Plichtgrond::AanTafelGekozen => aan_tafel_gekozen(casus, melding).is_some(),
        Plichtgrond::AanTafelGekozenBekendeMelder => bekende_melder && aan_tafel_gekozen(casus, melding).is_some(),
        Plichtgrond::Dienst => bekende_melder && casus.dienst_na(melding).is_some(),
        // Its term begins when Veilig Thuis has nothing more to do.
        Plichtgrond::EindeBetrokkenheid => false,
    }
}

/// Whether Veilig Thuis, alone or with others, asked the Raad for an investigation while this was the last report.
fn vroeg_onderzoek(casus: &Casus, melding: &Melding) -> bool {
    let vt = casus.veilig_thuis.as_ref();
    let verzoeken = casus.maatregelen.ingezet.iter().filter(|een| een.soort == VERZOEK_TOT_ONDERZOEK);
    let mut door_vt = verzoeken.filter(|een| een.samen || vt == Some(&een.feit.organisatie));
    door_vt.any(|verzoek| {
        let eerder = casus.eigen_meldingen().filter(|een| een.feit.versie < verzoek.feit.versie);
        eerder.last().map(|een| een.id) == Some(melding.id)
    })
}

fn stand<'a>(casus: &'a Casus, melding: &Melding, sleutel: &str, plicht: &Plicht) -> Stand<'a> {
    let mut zelf = casus.vervullingen.iter().filter(|v| v.melding == melding.id && v.plicht == sleutel);
    let daad = plicht.vervuld_door.and_then(|daad| door_daad(casus, melding, plicht.bij, daad));
    let brief = plicht.document.as_deref().and_then(|soort| door_document(casus, melding, plicht.bij, soort));
    let gedaan = daad.or(brief).or(zelf.clone().find(|v| v.gedaan).map(|v| &v.feit));
    match (gedaan, zelf.next_back()) {
        (Some(feit), _) => Stand::Gedaan(feit),
        (None, Some(vervulling)) => Stand::NietGedaan(&vervulling.feit),
        (None, None) => Stand::Open,
    }
}

/// By what the table chose who takes the casus of this report.
fn aan_tafel_gekozen<'a>(casus: &'a Casus, melding: &Melding) -> Option<&'a Feit> {
    let erna = casus.overdrachten.iter().rev().filter(|overdracht| overdracht.feit.versie > melding.feit.versie);
    erna.filter_map(|overdracht| overdracht.gekozen_aan_tafel()).next()
}

/// What follows on a decision is done by an act after it; other duties by one after the report.
fn telt_na(casus: &Casus, melding: &Melding, grond: Plichtgrond) -> u64 {
    let besluit = melding.besluit.as_ref().map(|besluit| &besluit.feit);
    let grondslag = match grond {
        Plichtgrond::DirecteOverdracht => besluit,
        Plichtgrond::AanTafelGekozen | Plichtgrond::AanTafelGekozenBekendeMelder => aan_tafel_gekozen(casus, melding),
        _ => None,
    };
    grondslag.unwrap_or(&melding.feit).versie
}

/// A letter of this kind left; one to a reporter is about that reporter's own report.
fn door_document<'a>(casus: &'a Casus, melding: &Melding, grond: Plichtgrond, soort: &str) -> Option<&'a Feit> {
    let na = telt_na(casus, melding, grond);
    let van_deze = |over: Option<MeldingId>| over.is_none_or(|over| over == melding.id);
    let mut brieven = casus.documenten.iter().filter(|brief| brief.soort == soort && van_deze(brief.ontvanger.melding));
    brieven.find_map(|brief| brief.verzonden.iter().map(|keer| &keer.feit).find(|feit| feit.versie > na))
}

fn door_daad<'a>(casus: &'a Casus, melding: &Melding, grond: Plichtgrond, daad: Plichtdaad) -> Option<&'a Feit> {
    let na = telt_na(casus, melding, grond);
    let teruggekoppeld = |moment: TerugkoppelingMoment| {
        let gedaan = casus.terugkoppelingen.iter().find(|t| t.melding == melding.id && t.moment == moment);
        gedaan.map(|gedaan| &gedaan.feit)
    };
    match daad {
        Plichtdaad::GezinGeinformeerd => {
            casus.geinformeerd.iter().map(|informatie| &informatie.feit).find(|feit| feit.versie > na)
        }
        Plichtdaad::EersteTerugkoppeling => teruggekoppeld(TerugkoppelingMoment::Eerste),
        Plichtdaad::TweedeTerugkoppeling => teruggekoppeld(TerugkoppelingMoment::Tweede),
        Plichtdaad::EindTerugkoppeling => teruggekoppeld(TerugkoppelingMoment::Eind),
    }
}

/// Records that a duty was done, or with the reason that it was not.
pub(crate) fn leg_plicht_vast(casus: &Casus, vast: &LegPlichtVast, context: &Context<'_>) -> Uitslag {
    let alle = plichten(casus, context.bundels);
    let deze = alle.iter().find(|stand| stand.melding == vast.melding && stand.sleutel == vast.plicht);
    let deze = deze.ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(!matches!(deze.stand, Stand::Gedaan(_)), Code::PlichtAlGedaan)?;
    // What has an act of its own is done by that act; only that it was not done is said here.
    let eigen_daad = deze.plicht.vervuld_door.is_some() || deze.plicht.document.is_some();
    context.eis(!(vast.gedaan && eigen_daad), Code::Onbekend)?;
    context.eis(vast.gedaan || vast.reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::PlichtVastgelegd { melding: vast.melding, plicht: vast.plicht.clone(), gedaan: vast.gedaan }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BeantwoordCriteria, Commando},
        ids::MaatregelId,
        maatregelen::{Maatregelcommando, NeemInitiatief},
        proef::*,
    };

    fn standen(verhaal: &Verhaal) -> Vec<(String, &'static str)> {
        let casus = verhaal.staat();
        let bundels = afspraken().bundels();
        let naam = |stand: &Stand<'_>| match stand {
            Stand::Open => "open",
            Stand::Gedaan(_) => "gedaan",
            Stand::NietGedaan(_) => "niet gedaan",
        };
        plichten(&casus, &bundels).iter().map(|s| (s.sleutel.to_owned(), naam(&s.stand))).collect()
    }

    fn staat(verhaal: &Verhaal, sleutel: &str) -> Option<&'static str> {
        standen(verhaal).into_iter().find(|(naam, _)| naam == sleutel).map(|(_, stand)| stand)
    }

    fn vast(melding: MeldingId, plicht: &str, gedaan: bool, reden: bool) -> Commando {
        Commando::LegPlichtVast(LegPlichtVast { melding, plicht: plicht.into(), gedaan, reden })
    }

    #[test]
    fn het_college_hoort_ook_van_een_verzoek_dat_later_komt() {
        let verhaal = klaar_voor_overdracht("zuid-holland-zuid").op("2026-03-10 10:00").door_vt();
        assert_eq!(staat(&verhaal, "college-bij-verzoek-raad"), None);
        let vto = Commando::Maatregel(Maatregelcommando::NeemInitiatief(NeemInitiatief {
            maatregel: MaatregelId(uuid::Uuid::from_u128(7)),
            soort: VERZOEK_TOT_ONDERZOEK.into(),
            samen: false,
            eigen_informatie: true,
            taxatie_met: [].into(),
            reden: true,
        }));
        let verhaal = verhaal.doe(&vto);
        assert_eq!(staat(&verhaal, "college-bij-verzoek-raad"), Some("open"));
        // A report that comes later is not what was asked about.
        let later = verhaal.meld_als("huisarts", Openheid::Open, "2026-03-11 10:00");
        let van = |sleutel: &str| standen(&later).into_iter().filter(|(naam, _)| naam == sleutel).count();
        assert_eq!(van("college-bij-verzoek-raad"), 1);
    }

    #[test]
    fn bij_acuut_gevaar_voor_een_kind_meteen_de_raad_gedaan_of_waarom_niet() {
        let verhaal =
            Verhaal::in_regio("zuid-holland-zuid").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        let verhaal = verhaal.op("2026-03-02 11:00").door_vt();
        assert_eq!(staat(&verhaal, "raad-bij-acuut-gevaar"), None);
        let antwoorden = BeantwoordCriteria { melding, antwoorden: [].into(), reden: false };
        let acuut = Commando::RondBeoordelingAf { melding, taxatie: Taxatie::AcuteOnveiligheid, antwoorden };
        let verhaal = verhaal.doe(&acuut);
        assert_eq!(staat(&verhaal, "raad-bij-acuut-gevaar"), Some("open"));
        verhaal.probeer(&vast(melding, "raad-bij-acuut-gevaar", false, false)).geweigerd(Code::RedenOntbreekt);
        let niet = verhaal.doe(&vast(melding, "raad-bij-acuut-gevaar", false, true));
        assert_eq!(staat(&niet, "raad-bij-acuut-gevaar"), Some("niet gedaan"));
        let alsnog = niet.doe(&vast(melding, "raad-bij-acuut-gevaar", true, false));
        assert_eq!(staat(&alsnog, "raad-bij-acuut-gevaar"), Some("gedaan"));
        alsnog.probeer(&vast(melding, "raad-bij-acuut-gevaar", true, false)).geweigerd(Code::PlichtAlGedaan);
        assert_eq!(staat(&alsnog, "college-bij-verzoek-raad"), None);
        assert_eq!(staat(&alsnog.antwoord("rvdk-verzoek", Antwoord::Ja), "college-bij-verzoek-raad"), Some("open"));
    }

    #[test]
    fn wat_een_eigen_handeling_heeft_wordt_daardoor_vervuld_en_niet_door_het_te_zeggen() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        let verhaal = verhaal.op("2026-03-03 10:00").door_vt();
        assert_eq!(staat(&verhaal, "gezin-over-de-melding"), Some("open"));
        verhaal.probeer(&vast(melding, "gezin-over-de-melding", true, false)).geweigerd(Code::Onbekend);
        assert_eq!(staat(&verhaal.spreek_gezin(), "gezin-over-de-melding"), Some("gedaan"));
        verhaal.probeer(&vast(melding, "raad-bij-acuut-gevaar", true, false)).geweigerd(Code::Onbekend);
        let gesprek = verhaal.rond_beoordeling_af();
        assert_eq!(staat(&gesprek, "melder-eerste"), Some("open"));
        let terug = gesprek.doe(&Commando::KoppelTerugAanMelder { melding, moment: None });
        assert_eq!(staat(&terug, "melder-eerste"), Some("gedaan"));
    }
}
