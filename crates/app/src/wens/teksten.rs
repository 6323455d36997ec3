//! The content that goes with a wish, and who keeps it. Every act is listed: a text of a new act is never dropped.

use super::{Omgeving, Wens, gevuld};
use crate::verzegel::{Onderwerp, Tekst};
use domain::{
    ids::{OrganisatieId, OverdrachtId},
    publiek::{Rol, rol},
};
use std::collections::BTreeMap;

impl Wens {
    /// The texts of an act, owned by who recorded it and, where the other side must know, by that side too.
    pub(super) fn teksten(&self, o: &Omgeving<'_>) -> Vec<Tekst> {
        let mut teksten = Vec::new();
        for (soort, tekst) in self.vrije_teksten().into_iter().filter(|(_, tekst)| gevuld(tekst)) {
            for eigenaar in self.eigenaren(o) {
                teksten.push(Tekst {
                    eigenaar,
                    onderwerp: Onderwerp::Huishouden,
                    soort: soort.to_owned(),
                    inhoud: tekst.clone().unwrap_or_default(),
                });
            }
        }
        teksten.extend(self.onderdelen(o));
        teksten.extend(self.van_personen().into_iter().flat_map(|(persoon, soort, inhoud)| {
            let onderwerp = Onderwerp::Persoon(persoon);
            self.eigenaren(o).into_iter().map(move |eigenaar| Tekst {
                eigenaar,
                onderwerp,
                soort: soort.to_owned(),
                inhoud: inhoud.clone(),
            })
        }));
        for (soort, inhoud) in self.woorden_na_melding(o).into_iter().chain(self.woorden_van_plan(o)) {
            for eigenaar in self.eigenaren(o) {
                let (onderwerp, soort, inhoud) = (Onderwerp::Huishouden, soort.clone(), inhoud.clone());
                teksten.push(Tekst { eigenaar, onderwerp, soort, inhoud });
            }
        }
        teksten
    }

    /// The free texts by kind; those of a report have subjects of their own and are parted with it.
    fn vrije_teksten(&self) -> Vec<(&str, &Option<String>)> {
        match self {
            Wens::Meld(_) | Wens::WijsMedewerkerToe(_) => Vec::new(),
            Wens::ErkenSpoed(w) | Wens::WijsSpoedAf(w) => vec![("reden", &w.reden)],
            Wens::KoppelTerugAanMelder(w) => vec![("reden", &w.reden)],
            Wens::BeantwoordCriteria(w) => vec![("reden", &w.reden)],
            Wens::RondBeoordelingAf(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::BesluitVervolg(w) => vec![("reden", &w.reden)],
            Wens::VulInstrumentIn(w) => vec![("toelichting", &w.toelichting)],
            Wens::HoudOverleg(w) => vec![("overleg-gewogen", &w.gewogen), ("overleg-wie", &w.wie)],
            Wens::VraagInformatie(w) => vec![("informatievraag", &w.vraag), ("informatie-aan", &w.wie)],
            Wens::LegInformatieVast(w) => vec![("informatie", &w.toelichting)],
            Wens::LegContactGezinVast(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::InformeerGezin(w) => vec![("toelichting", &w.toelichting)],
            Wens::MaakAfspraakGezin(w)
            | Wens::NeemZichtOver(w)
            | Wens::LegIncidentVast(w)
            | Wens::RondMonitoringAf(w)
            | Wens::RaadpleegVeiligThuis(w)
            | Wens::MeldCrisisStabiel(w)
            | Wens::StemInMetSluiting(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::BiedOverdrachtAan(w) => vec![("reden", &w.reden)],
            Wens::VerzendGegevens(w)
            | Wens::BevestigOntvangstGegevens(w)
            | Wens::AccepteerOverdracht(w)
            | Wens::AanvaardTegenvoorstel(w)
            | Wens::TrekOverdrachtIn(w) => vec![("reden", &w.reden)],
            Wens::DoeTegenvoorstel(w) => vec![("reden", &w.reden)],
            Wens::StuurAanbodDoor(w) => vec![("reden", &w.reden)],
            Wens::BespreekAanTafel(w) => vec![("reden", &w.reden), ("tafelafspraken", &w.afspraken)],
            Wens::NoteerMondelingeBevestiging(w) => vec![("wie", &w.wie)],
            Wens::WeigerOverdracht(w) => vec![("reden", &w.reden)],
            Wens::LegRegieVast(w) => vec![("toelichting", &w.toelichting)],
            Wens::HerstelVastlegging(w) => vec![("reden", &w.reden)],
            Wens::SluitCasus(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::StartDienst(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::RondDienstAf(w) => {
                vec![("reden", &w.reden), ("toelichting", &w.toelichting), ("voorwaarden", &w.voorwaarden)]
            }
            Wens::HoudWarmeOverdracht(w) => vec![("reden", &w.reden)],
            Wens::HoudHuisbezoek(w) => vec![("reden", &w.reden)],
            Wens::VulInhoudAan(w) => vec![("reden", &w.reden)],
            Wens::LegContactveiligheidVast(_) | Wens::LegAdresVast(_) => Vec::new(),
            Wens::MaakDocument(w) => vec![("reden", &w.reden)],
            Wens::VerzendDocument(w) => vec![("toelichting", &w.toelichting)],
            Wens::VoegBijlagenToe(w) => vec![("toelichting", &w.toelichting)],
            Wens::SpreekDeeltaakAf(w) => vec![("deeltaak", &w.wat)],
            Wens::RondDeeltaakAf(w) => vec![("toelichting", &w.toelichting)],
            Wens::PlanMonitormoment(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::LegMonitormomentVast(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::StelInformerenUit(w) => vec![("reden", &w.reden)],
            Wens::LegPlichtVast(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::SchakelCrisisdienstIn(w) => vec![("toelichting", &w.toelichting)],
            Wens::VerhuisGezin(w) => vec![("adres", &w.adres)],
            Wens::KiesHuishouden(w) => vec![("toelichting", &w.toelichting)],
            Wens::VerplaatsMelding(w) => vec![("reden", &w.reden)],
            Wens::VulMeldingAan(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::CorrigeerMelding(w) => vec![("melding-correctie", &w.toelichting)],
            Wens::TrekMeldingIn(w) => vec![("reden", &w.reden)],
            Wens::BeslisOverIntrekking(w) => vec![("reden", &w.reden)],
            Wens::LegGiVast(w) => vec![("toelichting", &w.toelichting)],
            Wens::LegContactBeroepskrachtVast(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            van_plan!() | van_samenwerking!() => self.vrij_samen(),
        }
    }

    /// The same, of the plan and of what the parties do together.
    fn vrij_samen(&self) -> Vec<(&str, &Option<String>)> {
        match self {
            Wens::StelPlanOp(w) => vec![("reden", &w.reden)],
            Wens::EvalueerPlan(w) => vec![("toelichting", &w.toelichting)],
            Wens::StelVoorwaarde(w) => vec![("reden", &w.reden)],
            Wens::MaakVeiligheidsafspraak(w) => vec![("reden", &w.reden)],
            Wens::ToetsPlanregel(w) => vec![("toelichting", &w.toelichting)],
            Wens::BeeindigPlanregel(w) => vec![("reden", &w.reden)],
            Wens::BiedSteun(w) => vec![("toelichting", &w.toelichting)],
            Wens::BespreekDwang(w) => vec![("toelichting", &w.toelichting)],
            Wens::NeemInitiatief(w) => vec![("reden", &w.reden), ("toelichting", &w.toelichting)],
            Wens::LegAntwoordMaatregelVast(w) => vec![("toelichting", &w.toelichting)],
            Wens::SchaalOp(w) => vec![("toelichting", &w.toelichting)],
            Wens::LegEscalatiebesluitVast(w) | Wens::LegAntwoordGemeenteVast(w) => {
                vec![("reden", &w.reden), ("toelichting", &w.toelichting)]
            }
            Wens::StelAfwijkingVoor(w) => vec![("reden", &w.reden)],
            Wens::BeantwoordAfwijking(w) => vec![("reden", &w.reden)],
            _ => Vec::new(),
        }
    }

    /// Who keeps the texts of this act: always who recorded it, and who must know it too.
    fn eigenaren(&self, o: &Omgeving<'_>) -> Vec<OrganisatieId> {
        let mut alle = vec![o.actor.organisatie.clone()];
        for ander in self.andere_eigenaren(o) {
            if !alle.contains(&ander) {
                alle.push(ander);
            }
        }
        alle
    }

    fn andere_eigenaren(&self, o: &Omgeving<'_>) -> Vec<OrganisatieId> {
        let vt = o.casus.veilig_thuis.clone();
        let ontvanger = || o.casus.laatste_overgang().map(|(overdracht, _)| overdracht.naar.clone());
        match self {
            Wens::BiedOverdrachtAan(w) => w.naar.clone().into_iter().collect(),
            Wens::WeigerOverdracht(w) => o.partij_bij(w.overdracht, Kant::Aanbieder),
            Wens::DoeTegenvoorstel(w) => o.partij_bij(w.overdracht, Kant::Aanbieder),
            Wens::StuurAanbodDoor(w) => o.partij_bij(w.overdracht, Kant::Aanbieder),
            Wens::BespreekAanTafel(w) => o.partij_bij(w.overdracht, Kant::Ontvanger),
            Wens::AanvaardTegenvoorstel(w) | Wens::TrekOverdrachtIn(w) => o.partij_bij(w.overdracht, Kant::Ontvanger),
            Wens::HoudWarmeOverdracht(w) => o.partij_bij(w.overdracht, Kant::Ontvanger),
            Wens::VulInhoudAan(w) => o.partij_bij(w.overdracht, Kant::Ontvanger),
            Wens::SpreekDeeltaakAf(w) => vt.into_iter().chain(w.organisatie.clone()).collect(),
            Wens::VraagInformatie(w) => w.aan.clone().into_iter().collect(),
            Wens::LegInformatieVast(_) => vt.into_iter().collect(),
            Wens::VoegBijlagenToe(_) => o.lezer_van_bijlagen(),
            // Who goes to the household, reads how.
            Wens::LegContactveiligheidVast(_) => {
                let crises = o.casus.crises.iter().map(|crisis| crisis.organisatie.clone());
                vt.into_iter().chain(ontvanger()).chain(crises).collect()
            }
            // Monitoring is done in tune with who received.
            Wens::LegMonitormomentVast(_) | Wens::PlanMonitormoment(_) | Wens::RaadpleegVeiligThuis(_) => {
                vt.into_iter().chain(ontvanger()).collect()
            }
            van_plan!() | van_samenwerking!() => o.plan_lezers(),
            Wens::SchakelCrisisdienstIn(w) => w.organisatie.clone().into_iter().collect(),
            // Whoever puts it right or takes it back, Veilig Thuis reads it.
            Wens::CorrigeerMelding(_) | Wens::TrekMeldingIn(_) => vt.into_iter().collect(),
            Wens::MeldCrisisStabiel(_) | Wens::RondDeeltaakAf(_) | Wens::VerhuisGezin(_) => vt.into_iter().collect(),
            Wens::Meld(_)
            | Wens::ErkenSpoed(_)
            | Wens::WijsSpoedAf(_)
            | Wens::BeantwoordCriteria(_)
            | Wens::RondBeoordelingAf(_)
            | Wens::BesluitVervolg(_)
            | Wens::HoudOverleg(_)
            | Wens::HoudHuisbezoek(_)
            | Wens::VulInstrumentIn(_)
            | Wens::LegContactGezinVast(_)
            | Wens::InformeerGezin(_)
            | Wens::MaakAfspraakGezin(_)
            | Wens::KoppelTerugAanMelder(_)
            | Wens::VerzendGegevens(_)
            | Wens::BevestigOntvangstGegevens(_)
            | Wens::NoteerMondelingeBevestiging(_)
            | Wens::AccepteerOverdracht(_)
            | Wens::WijsMedewerkerToe(_)
            | Wens::NeemZichtOver(_)
            | Wens::LegRegieVast(_)
            | Wens::LegIncidentVast(_)
            | Wens::HerstelVastlegging(_)
            | Wens::SluitCasus(_)
            | Wens::StemInMetSluiting(_)
            | Wens::StartDienst(_)
            | Wens::RondDienstAf(_)
            | Wens::RondMonitoringAf(_)
            | Wens::StelInformerenUit(_)
            | Wens::LegAdresVast(_)
            | Wens::MaakDocument(_)
            | Wens::VerzendDocument(_)
            | Wens::LegPlichtVast(_)
            | Wens::KiesHuishouden(_)
            | Wens::VerplaatsMelding(_)
            | Wens::VulMeldingAan(_)
            | Wens::BeslisOverIntrekking(_)
            | Wens::LegGiVast(_)
            | Wens::LegContactBeroepskrachtVast(_) => Vec::new(),
        }
    }

    /// Texts by key that go to a receiver: parts that were filled, and what was agreed in the talk.
    fn gesleuteld(&self) -> Option<(&'static str, &BTreeMap<String, String>)> {
        match self {
            Wens::BiedOverdrachtAan(wens) => Some(("onderdeel", &wens.inhoud)),
            Wens::VulInhoudAan(wens) => Some(("onderdeel", &wens.inhoud)),
            Wens::MaakDocument(wens) => Some((DOCUMENTDEEL, &wens.onderdelen)),
            Wens::HoudHuisbezoek(wens) => Some(("gesprekspunt", &wens.punten)),
            Wens::HoudWarmeOverdracht(wens) => Some(("gesprekspunt", &wens.punten)),
            _ => None,
        }
    }

    fn onderdelen(&self, o: &Omgeving<'_>) -> Vec<Tekst> {
        let Some((soort, teksten)) = self.gesleuteld() else { return Vec::new() };
        let gegeven = teksten.iter().filter(|(_, tekst)| !tekst.trim().is_empty());
        let per_eigenaar = |(sleutel, tekst): (&String, &String)| {
            let onderwerp = if is_van_melder(sleutel) { Onderwerp::Melder } else { Onderwerp::Huishouden };
            let eigenaren = self.eigenaren(o).into_iter().chain(self.mede_ontvangers_van(sleutel));
            eigenaren
                .map(|eigenaar| Tekst {
                    eigenaar,
                    onderwerp,
                    soort: format!("{soort}:{sleutel}"),
                    inhoud: tekst.clone(),
                })
                .collect::<Vec<_>>()
        };
        gegeven.flat_map(per_eigenaar).collect()
    }

    /// Co-receivers get the parts that are meant for them and no others.
    fn mede_ontvangers_van<'a>(&'a self, sleutel: &'a str) -> impl Iterator<Item = OrganisatieId> + 'a {
        let mede = match self {
            Wens::BiedOverdrachtAan(wens) => Some(&wens.mede_ontvangers),
            _ => None,
        };
        let van_deze = mede.into_iter().flatten().filter(move |(_, delen)| delen.contains(sleutel));
        van_deze.map(|(organisatie, _)| organisatie.clone())
    }
}

/// The words of a part of a document.
pub(crate) const DOCUMENTDEEL: &str = "documentdeel";

/// What tells who reported has a key of its own.
fn is_van_melder(sleutel: &str) -> bool {
    matches!(sleutel, "contactgegevens-melder" | "melder-na-dienst")
}

/// A side of a handover.
#[derive(Clone, Copy)]
enum Kant {
    Aanbieder,
    Ontvanger,
}

impl Omgeving<'_> {
    /// What a reporter adds belongs to the report: Veilig Thuis reads it.
    fn lezer_van_bijlagen(&self) -> Vec<OrganisatieId> {
        let is_melder = rol(self.casus, &self.actor.organisatie) == Some(Rol::Melder);
        self.casus.veilig_thuis.clone().into_iter().filter(|_| is_melder).collect()
    }

    /// One side of the offer that is named, or else meant.
    fn partij_bij(&self, genoemd: Option<OverdrachtId>, kant: Kant) -> Vec<OrganisatieId> {
        let overdracht = self.overdracht(genoemd).ok().and_then(|id| self.casus.overdracht(id));
        let partij = overdracht.map(|overdracht| match kant {
            Kant::Aanbieder => overdracht.feit.organisatie.clone(),
            Kant::Ontvanger => overdracht.naar.clone(),
        });
        partij.into_iter().collect()
    }
}
