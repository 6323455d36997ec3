//! Who may know of an event. Pages, JSON, documents, history and counts of an organisation are built from what
//! [`voor`] lets through and from nothing else.

use crate::{
    casus::Casus,
    gebeurtenis::{Gebeurtenis, Vastlegging},
    ids::{DeeltaakId, MeldingId, OrganisatieId, OverdrachtId, VerzoekId},
    meldingen::{Melding, Verplaatsing},
    overdrachten::Overdracht,
};

/// The audience of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publiek {
    /// Every organisation concerned: what moves a line is seen alike by all.
    Betrokkenen,
    VeiligThuis,
    /// Veilig Thuis and the organisation that reported openly.
    VeiligThuisEnMelder(MeldingId),
    /// Veilig Thuis and the receiver of this offer, also after a refusal.
    VeiligThuisEnOntvanger(OverdrachtId),
    /// Veilig Thuis and every organisation that was offered the casus: what it needs to answer.
    VeiligThuisEnOntvangers,
    /// Veilig Thuis and everybody who may go to the household: who was offered it, and who has a task.
    WieContactHeeft,
    /// Veilig Thuis, who recorded it, and this organisation.
    VeiligThuisEn(OrganisatieId),
    /// Veilig Thuis and who was asked by name.
    VeiligThuisEnGevraagde(VerzoekId),
    /// Veilig Thuis and who recorded it.
    VeiligThuisEnVastlegger,
    /// Veilig Thuis and every organisation that was offered the casus after this report: answers about a report that
    /// nobody was offered stay with Veilig Thuis.
    VeiligThuisEnOntvangersNa(MeldingId),
    /// Veilig Thuis, who was offered the casus, and who has this task.
    Deeltaak(DeeltaakId),
    /// Who recorded it, and no other.
    Vastlegger,
    /// Only within one organisation.
    Organisatie(OrganisatieId),
}

impl Publiek {
    /// What was added to a report is read by Veilig Thuis too; what somebody keeps besides, by nobody else.
    fn van_bijlagen(melding: Option<MeldingId>) -> Self {
        melding.map_or(Self::Vastlegger, Self::VeiligThuisEnMelder)
    }

    /// A document that went to an organisation is known there as well.
    fn van_verzending(naar: Option<&OrganisatieId>) -> Self {
        naar.cloned().map_or(Self::VeiligThuisEnVastlegger, Self::VeiligThuisEn)
    }
}

/// The audience of each kind of event; exhaustive, so that a new kind must say it. A move names another casus, which
/// nobody else may learn of; that the line moved is seen in the line.
pub fn publiek(gebeurtenis: &Gebeurtenis) -> Publiek {
    match gebeurtenis {
        Gebeurtenis::MeldingOntvangen { melding, .. }
        | Gebeurtenis::MelderTeruggekoppeld { melding, .. }
        | Gebeurtenis::MeldingAangevuld { melding, .. }
        | Gebeurtenis::MeldingGecorrigeerd { melding }
        | Gebeurtenis::IntrekkingGevraagd { melding } => Publiek::VeiligThuisEnMelder(*melding),
        Gebeurtenis::BijlagenToegevoegd { melding, .. } => Publiek::van_bijlagen(*melding),
        Gebeurtenis::SpoedErkend { .. }
        | Gebeurtenis::BeoordelingAfgerond { .. }
        | Gebeurtenis::ZichtOvergenomen { .. }
        | Gebeurtenis::InhoudCompleet { .. }
        | Gebeurtenis::MonitoringAfgerond
        | Gebeurtenis::CrisisdienstIngeschakeld { .. }
        | Gebeurtenis::CrisisGestabiliseerd
        | Gebeurtenis::RegieVastgelegd { .. }
        | Gebeurtenis::CasusGesloten { .. } => Publiek::Betrokkenen,
        Gebeurtenis::OverdrachtGeaccepteerd { .. } => Publiek::Betrokkenen,
        Gebeurtenis::SpoedAfgewezen { .. }
        | Gebeurtenis::OverlegGehouden { .. }
        | Gebeurtenis::InstrumentIngevuld { .. }
        | Gebeurtenis::PlichtVastgelegd { .. }
        | Gebeurtenis::OverIntrekkingBeslist { .. }
        | Gebeurtenis::ContactBeroepskrachtVastgelegd { .. }
        | Gebeurtenis::HuishoudenGekozen { .. }
        | Gebeurtenis::VerplaatsingBegonnen { .. }
        | Gebeurtenis::MeldingVerplaatst { .. }
        | Gebeurtenis::VerplaatsingVoltooid { .. } => Publiek::VeiligThuis,
        Gebeurtenis::DeeltaakAfgesproken { deeltaak, .. } | Gebeurtenis::DeeltaakAfgerond { deeltaak } => {
            Publiek::Deeltaak(*deeltaak)
        }
        Gebeurtenis::InformatieGevraagd { verzoek, .. } | Gebeurtenis::InformatieOntvangen { verzoek, .. } => {
            Publiek::VeiligThuisEnGevraagde(*verzoek)
        }
        Gebeurtenis::CriteriaBeantwoord { melding, .. } => Publiek::VeiligThuisEnOntvangersNa(*melding),
        Gebeurtenis::VervolgBesloten { .. }
        | Gebeurtenis::GezinGeinformeerd { .. }
        | Gebeurtenis::InformerenUitgesteld { .. }
        | Gebeurtenis::MonitormomentGepland { .. }
        | Gebeurtenis::MonitormomentVastgelegd { .. }
        | Gebeurtenis::VeiligThuisGeraadpleegd
        | Gebeurtenis::GezinVerhuisd { .. }
        // All who work with the household read all of its plan, and what is asked and agreed between them.
        | Gebeurtenis::Plan(_) | Gebeurtenis::Maatregel(_) | Gebeurtenis::Afstemming(_)
        | Gebeurtenis::DienstGestart { .. } | Gebeurtenis::HuisbezoekGehouden { .. } | Gebeurtenis::DienstAfgerond { .. }
        | Gebeurtenis::GiVastgelegd { .. } => Publiek::VeiligThuisEnOntvangers,
        Gebeurtenis::OverdrachtAangeboden { overdracht, .. }
        | Gebeurtenis::GegevensVerzonden { overdracht }
        | Gebeurtenis::GegevensOntvangen { overdracht }
        | Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht }
        | Gebeurtenis::InhoudAangevuld { overdracht, .. }
        | Gebeurtenis::WarmeOverdrachtGehouden { overdracht, .. }
        | Gebeurtenis::OverdrachtGeweigerd { overdracht, .. }
        | Gebeurtenis::TegenvoorstelGedaan { overdracht, .. }
        | Gebeurtenis::TegenvoorstelAanvaard { overdracht }
        | Gebeurtenis::AanbodDoorgestuurd { overdracht, .. }
        | Gebeurtenis::AanTafelBesproken { overdracht, .. }
        | Gebeurtenis::OverdrachtIngetrokken { overdracht } => Publiek::VeiligThuisEnOntvanger(*overdracht),
        Gebeurtenis::ContactGezinVastgelegd { .. }
        | Gebeurtenis::AfspraakGezinGemaakt
        | Gebeurtenis::IncidentVastgelegd
        | Gebeurtenis::SluitingVoorgesteld { .. }
        | Gebeurtenis::DocumentGemaakt { .. }
        | Gebeurtenis::AdresVastgelegd { .. }
        | Gebeurtenis::VastleggingHersteld { .. } => Publiek::VeiligThuisEnVastlegger,
        Gebeurtenis::ContactveiligheidVastgelegd { .. } => Publiek::WieContactHeeft,
        Gebeurtenis::DocumentVerzonden { naar, .. } => Publiek::van_verzending(naar.as_ref()),
        Gebeurtenis::MedewerkerToegewezen { organisatie, .. } => Publiek::Organisatie(organisatie.clone()),
    }
}

/// Whether an organisation may know of this event.
pub fn ziet(casus: &Casus, organisatie: &OrganisatieId, vastlegging: &Vastlegging) -> bool {
    // Who was Veilig Thuis when it happened; the next one knows what was handed over to it.
    let is_vt = casus.veilig_thuis_bij(vastlegging.versie) == Some(organisatie);
    match publiek(&vastlegging.gebeurtenis) {
        Publiek::Betrokkenen => ziet_lijn(casus, organisatie),
        Publiek::VeiligThuis => is_vt,
        Publiek::VeiligThuisEnMelder(id) => {
            is_vt || casus.melding(id).is_some_and(|melding| meldde(melding, organisatie))
        }
        Publiek::VeiligThuisEnOntvanger(id) => {
            is_vt || casus.overdracht(id).is_some_and(|overdracht| heeft_deel(overdracht, organisatie))
        }
        Publiek::VeiligThuisEnOntvangers => {
            is_vt || matches!(rol(casus, organisatie), Some(Rol::Ontvanger | Rol::Aangeboden))
        }
        Publiek::VeiligThuisEnOntvangersNa(id) => {
            let aangeboden_na = |versie: u64| {
                let mut eigen = casus.overdrachten.iter().filter(|overdracht| overdracht.naar == *organisatie);
                eigen.any(|overdracht| overdracht.feit.versie > versie)
            };
            is_vt
                || matches!(rol(casus, organisatie), Some(Rol::Ontvanger | Rol::Aangeboden))
                    && casus.melding(id).is_some_and(|melding| aangeboden_na(melding.feit.versie))
        }
        Publiek::Deeltaak(id) => {
            is_vt
                || matches!(rol(casus, organisatie), Some(Rol::Ontvanger | Rol::Aangeboden))
                || casus.deeltaken.iter().any(|deeltaak| deeltaak.id == id && deeltaak.organisatie == *organisatie)
        }
        Publiek::WieContactHeeft => {
            is_vt || matches!(rol(casus, organisatie), Some(Rol::Ontvanger | Rol::Aangeboden | Rol::Deeltaak))
        }
        Publiek::VeiligThuisEn(naar) => is_vt || vastlegging.organisatie == *organisatie || naar == *organisatie,
        Publiek::VeiligThuisEnGevraagde(id) => {
            is_vt || casus.verzoek(id).is_some_and(|verzoek| verzoek.aan.as_ref() == Some(organisatie))
        }
        Publiek::VeiligThuisEnVastlegger => is_vt || vastlegging.organisatie == *organisatie,
        Publiek::Vastlegger => vastlegging.organisatie == *organisatie,
        Publiek::Organisatie(eigen) => eigen == *organisatie,
    }
}

fn meldde(melding: &Melding, organisatie: &OrganisatieId) -> bool {
    let hier = !matches!(melding.verplaatsing, Verplaatsing::Weg { .. });
    hier && melding.melder.organisatie() == Some(organisatie)
}

/// Whether an organisation offered, received or co-received.
fn heeft_deel(overdracht: &Overdracht, organisatie: &OrganisatieId) -> bool {
    overdracht.naar == *organisatie
        || overdracht.feit.organisatie == *organisatie
        || overdracht.mede_ontvangers.contains(organisatie)
}

/// The part of an organisation in a casus. An organisation without one does not know that the casus exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rol {
    VeiligThuis,
    /// Accepted a handover; knows what was handed over and what came after.
    Ontvanger,
    /// Has a task beside zicht: co-receiver, deeltaak, crisis service.
    Deeltaak,
    /// Was the Veilig Thuis of this casus before it went to another region.
    EerderVeiligThuis,
    /// Has an offer, or had one that it refused or that was withdrawn.
    Aangeboden,
    /// Reported openly.
    Melder,
    /// Was asked for information, and knows nothing else.
    Gevraagd,
}

/// The strongest part that an organisation has in a casus.
pub fn rol(casus: &Casus, organisatie: &OrganisatieId) -> Option<Rol> {
    use crate::overdrachten::Stand;
    if casus.veilig_thuis.as_ref() == Some(organisatie) {
        return Some(Rol::VeiligThuis);
    }
    let eigen = || casus.overdrachten.iter().filter(|overdracht| overdracht.naar == *organisatie);
    if eigen().any(|overdracht| matches!(overdracht.stand, Stand::Geaccepteerd(_))) {
        return Some(Rol::Ontvanger);
    }
    if eigen().any(|overdracht| overdracht.stand == Stand::Open) {
        return Some(Rol::Aangeboden);
    }
    if heeft_taak(casus, organisatie) {
        return Some(Rol::Deeltaak);
    }
    if casus.overdrachten.iter().any(|o| o.naar_afspraak.is_some() && o.feit.organisatie == *organisatie) {
        return Some(Rol::EerderVeiligThuis);
    }
    let gemeld = casus.meldingen.iter().any(|melding| meldde(melding, organisatie));
    // An offer that ended takes nothing away from who reported.
    let aangeboden = eigen().next().map(|_| Rol::Aangeboden);
    let gevraagd = casus.verzoeken.iter().any(|verzoek| verzoek.aan.as_ref() == Some(organisatie));
    gemeld.then_some(Rol::Melder).or(aangeboden).or(gevraagd.then_some(Rol::Gevraagd))
}

fn heeft_taak(casus: &Casus, organisatie: &OrganisatieId) -> bool {
    let mede = casus.overdrachten.iter().filter(|o| o.loopt() || o.overgegaan().is_some());
    let mut mede = mede.flat_map(|overdracht| &overdracht.mede_ontvangers);
    mede.any(|mede| mede == organisatie)
        || casus.deeltaken.iter().any(|deeltaak| deeltaak.organisatie == *organisatie)
        || casus.crises.iter().any(|crisis| crisis.organisatie == *organisatie)
}

/// Whether the line and its holder are shown to this organisation: who only had an offer that ended, was concerned and
/// is no more.
pub fn ziet_lijn(casus: &Casus, organisatie: &OrganisatieId) -> bool {
    match rol(casus, organisatie) {
        Some(Rol::VeiligThuis | Rol::Ontvanger | Rol::Deeltaak | Rol::EerderVeiligThuis | Rol::Melder) => true,
        Some(Rol::Aangeboden) => casus.open_aanbod().is_some_and(|overdracht| overdracht.naar == *organisatie),
        Some(Rol::Gevraagd) | None => false,
    }
}

/// What an organisation may know, in order.
pub fn voor<'a>(
    casus: &'a Casus,
    organisatie: &'a OrganisatieId,
    stroom: &'a [Vastlegging],
) -> impl Iterator<Item = &'a Vastlegging> {
    stroom.iter().filter(move |vastlegging| ziet(casus, organisatie, vastlegging))
}

/// Every organisation that has a part in the casus.
pub fn betrokkenen(casus: &Casus) -> Vec<OrganisatieId> {
    let gemeld = casus.eigen_meldingen().filter_map(|melding| melding.melder.organisatie());
    let overdrachten = casus.overdrachten.iter().flat_map(|overdracht| {
        [&overdracht.feit.organisatie, &overdracht.naar].into_iter().chain(&overdracht.mede_ontvangers)
    });
    let taken = casus.deeltaken.iter().map(|deeltaak| &deeltaak.organisatie);
    let crises = casus.crises.iter().map(|crisis| &crisis.organisatie);
    let mut alle: Vec<_> =
        casus.veilig_thuis.iter().chain(gemeld).chain(overdrachten).chain(taken).chain(crises).cloned().collect();
    alle.sort();
    alle.dedup();
    alle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Antwoord, Openheid, WeigerReden},
        proef::*,
    };

    fn ziet_antwoorden_bij(verhaal: &Verhaal, organisatie: &str, nummer: usize) -> bool {
        let casus = verhaal.staat();
        let melding = casus.meldingen[nummer].id;
        let organisatie = organisatie.into();
        let mut gezien = voor(&casus, &organisatie, verhaal.stroom());
        gezien.any(|v| matches!(v.gebeurtenis, Gebeurtenis::CriteriaBeantwoord { melding: m, .. } if m == melding))
    }

    #[test]
    fn antwoorden_over_een_melding_die_niet_is_aangeboden_blijven_bij_veilig_thuis() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland")
            .meld_als("huisarts", Openheid::Afgeschermd, "2026-04-15 09:00")
            .op("2026-04-16 09:00")
            .antwoord("letsel", Antwoord::Ja);
        assert!(ziet_antwoorden_bij(&verhaal, "cjg-kennemerland", 0));
        assert!(!ziet_antwoorden_bij(&verhaal, "cjg-kennemerland", 1));
        assert!(ziet_antwoorden_bij(&verhaal, "veilig-thuis-kennemerland", 1));
    }

    #[test]
    fn wie_meldde_en_daarna_een_aanbod_weigerde_blijft_melder() {
        let verhaal = Verhaal::in_regio("ijmond")
            .meld_als("cjg-kennemerland", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-04 10:00")
            .rond_laatste_beoordeling_af_en_besluit_direct();
        let verhaal = verhaal.op("2026-03-10 10:30").door_vt().doe(&verhaal.aanbod("cjg-kennemerland"));
        let team = "cjg-kennemerland".into();
        assert_eq!(rol(&verhaal.staat(), &team), Some(Rol::Aangeboden));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let weiger = Commando::WeigerOverdracht { overdracht, reden_code: WeigerReden::Anders, reden: true };
        let verhaal = verhaal.door("cjg-kennemerland").doe(&weiger);
        assert_eq!(rol(&verhaal.staat(), &team), Some(Rol::Melder));
        assert!(ziet_lijn(&verhaal.staat(), &team));
    }
}
