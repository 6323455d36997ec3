//! What an organisation must do next on a casus, or whom it waits for: codes that are made when something is recorded,
//! and said in words when a list is read. How long something waits already is counted then too.

use domain::{
    Casus,
    afspraak::Bundels,
    diensten::dienst_te_starten,
    gebeurtenis::{BesluitSoort, DienstSoort},
    ids::OrganisatieId,
    meldingen::{Intrekking, Spoed},
    overdrachten::{Overdracht, Stand, Zet, aan_zet},
    plichten::{Stand as Plichtstand, plichten},
    tijd::{Datum, Instant},
};
use serde::{Deserialize, Serialize};

/// One thing to do or to wait for. A day is written as the instant on which it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stap", rename_all = "kebab-case")]
pub enum Stap {
    /// A report that asks for urgency, at which nobody looked.
    Kijken,
    /// A duty without a term, by the name that the agreement gives it.
    Plicht {
        naam: String,
    },
    OverdrachtBeantwoorden,
    /// The day that was agreed to accept on.
    OverdrachtAccepteren {
        per: Instant,
    },
    /// The receiver would accept from this day on.
    TegenvoorstelBeantwoorden {
        van: OrganisatieId,
        per: Instant,
    },
    MeldingWegen {
        voor: OrganisatieId,
    },
    GegevensVersturen {
        naar: OrganisatieId,
    },
    GesprekHouden {
        met: OrganisatieId,
    },
    InhoudAanvullen {
        naar: OrganisatieId,
    },
    IntrekkingBeslissen,
    AfwijkingBeantwoorden,
    SluitingBevestigen,
    VervolgBesluiten,
    DienstStarten,
    /// Nobody was offered it, or this one refused.
    OverdrachtAanbieden {
        geweigerd_door: Option<OrganisatieId>,
    },
    /// A service ended: hand over, or close.
    Afronden {
        dienst: DienstSoort,
    },
    /// A task beside zicht.
    DeeltaakDoen,
    Wacht {
        op: OrganisatieId,
        sinds: Instant,
    },
    WachtTot {
        op: OrganisatieId,
        per: Instant,
    },
    DienstLoopt {
        dienst: DienstSoort,
    },
}

/// Where a row without a term stands among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rang {
    AanZet,
    Wacht,
    Niets,
}

impl Stap {
    pub fn rang(&self) -> Rang {
        match self {
            Self::Wacht { .. } | Self::WachtTot { .. } => Rang::Wacht,
            Self::DienstLoopt { .. } => Rang::Niets,
            _ => Rang::AanZet,
        }
    }

    /// Of a row: that of what weighs most.
    pub fn hoogste(stappen: &[Self]) -> Rang {
        stappen.iter().map(Self::rang).min().unwrap_or(Rang::Niets)
    }

    /// Said instead of the next term, not beside it.
    pub fn gaat_voor(&self) -> bool {
        matches!(self, Self::Kijken | Self::OverdrachtBeantwoorden | Self::OverdrachtAccepteren { .. })
    }

    /// As a store keeps them.
    pub fn als_tekst(stappen: &[Self]) -> String {
        serde_json::to_string(stappen).unwrap_or_else(|fout| {
            tracing::error!(%fout, "een stap van de werkvoorraad is niet te schrijven");
            "[]".to_owned()
        })
    }

    /// Out of a store. A row that cannot be read shows its term and no more, and is said to the log.
    pub fn uit_tekst(tekst: &str) -> Vec<Self> {
        serde_json::from_str(tekst).unwrap_or_else(|fout| {
            tracing::error!(%fout, "een stap van de werkvoorraad is niet te lezen");
            Vec::new()
        })
    }
}

impl Rang {
    pub fn getal(self) -> i64 {
        match self {
            Self::AanZet => 0,
            Self::Wacht => 1,
            Self::Niets => 2,
        }
    }
}

/// Everything that this organisation must do or waits for, what weighs most first.
pub fn stappen(casus: &Casus, org: &OrganisatieId, bundels: &Bundels) -> Vec<Stap> {
    if casus.sluiting.is_some() {
        return Vec::new();
    }
    let is_vt = casus.veilig_thuis.as_ref() == Some(org);
    let mut stappen = Vec::new();
    if is_vt {
        stappen.extend(ongezien(casus).then_some(Stap::Kijken));
        stappen.extend(plicht(casus, bundels));
    }
    stappen.extend(casus.lopend_aanbod().and_then(|aanbod| bij_aanbod(casus, aanbod, org, bundels)));
    if casus.afstemming.open().any(|voorstel| voorstel.aan == *org) {
        stappen.push(Stap::AfwijkingBeantwoorden);
    }
    if casus.sluiting_voorgesteld.as_ref().is_some_and(|voorstel| voorstel.feit.organisatie == *org) {
        stappen.push(Stap::SluitingBevestigen);
    }
    if casus.deeltaken.iter().any(|deeltaak| deeltaak.organisatie == *org && deeltaak.afgerond.is_none()) {
        stappen.push(Stap::DeeltaakDoen);
    }
    if is_vt {
        stappen.extend(zelf(casus));
    }
    stappen.sort_by_key(Stap::rang);
    stappen
}

fn ongezien(casus: &Casus) -> bool {
    let urgent = |spoed: &Spoed| matches!(spoed, Spoed::Gevraagd | Spoed::Erkend(_));
    casus.onbesliste_meldingen().any(|melding| urgent(&melding.spoed) && melding.beoordeling.is_none())
}

/// The first duty that nobody did; one with a term stands in the list by its term.
fn plicht(casus: &Casus, bundels: &Bundels) -> Option<Stap> {
    let alle = plichten(casus, bundels).into_iter();
    let mut open = alle.filter(|plicht| plicht.stand == Plichtstand::Open && plicht.plicht.termijn.is_none());
    open.next().map(|plicht| Stap::Plicht { naam: plicht.plicht.naam.clone() })
}

fn dag(dag: Datum) -> Instant {
    Instant::begin_van(dag.0)
}

/// What an offer asks of this organisation, or for whom it waits with it.
fn bij_aanbod(casus: &Casus, aanbod: &Overdracht, org: &OrganisatieId, bundels: &Bundels) -> Option<Stap> {
    let (zender, ontvanger) = (&aanbod.feit.organisatie, &aanbod.naar);
    let (wie, zet) = aan_zet(casus, aanbod, bundels.uit(&aanbod.feit.bundel))?;
    let naar = ontvanger.clone();
    if wie == org {
        return Some(match zet {
            Zet::Wegen => Stap::MeldingWegen { voor: naar },
            Zet::Tegenvoorstel(per) => Stap::TegenvoorstelBeantwoorden { van: naar, per: dag(per) },
            Zet::Versturen => Stap::GegevensVersturen { naar },
            Zet::Gesprek => Stap::GesprekHouden { met: naar },
            Zet::Antwoord => Stap::OverdrachtBeantwoorden,
            Zet::Afgesproken(per) => Stap::OverdrachtAccepteren { per: dag(per) },
            Zet::Aanvullen => Stap::InhoudAanvullen { naar },
        });
    }
    if org != zender && org != ontvanger {
        return None;
    }
    let op = wie.clone();
    Some(match (zet, &aanbod.stand) {
        (Zet::Afgesproken(per), _) => Stap::WachtTot { op, per: dag(per) },
        (Zet::Tegenvoorstel(_), _) => {
            let voorgesteld = aanbod.tegenvoorstel.as_ref().map_or(&aanbod.feit, |voorstel| &voorstel.feit);
            Stap::Wacht { op, sinds: voorgesteld.vastgelegd_op }
        }
        (_, Stand::Geaccepteerd(feit)) => Stap::Wacht { op, sinds: feit.vastgelegd_op },
        _ => Stap::Wacht { op, sinds: aanbod.feit.vastgelegd_op },
    })
}

/// What Veilig Thuis does itself, while no offer runs.
fn zelf(casus: &Casus) -> Vec<Stap> {
    let mut stappen = Vec::new();
    let gevraagd = |intrekking: &Option<Intrekking>| intrekking.as_ref().is_some_and(Intrekking::wacht);
    if casus.eigen_meldingen().any(|melding| gevraagd(&melding.intrekking)) {
        stappen.push(Stap::IntrekkingBeslissen);
    }
    if casus.onbesliste_meldingen().any(|melding| melding.beoordeling.is_some()) {
        stappen.push(Stap::VervolgBesluiten);
    }
    if let Some(dienst) = casus.lopende_dienst() {
        stappen.push(Stap::DienstLoopt { dienst: dienst.soort });
    } else if dienst_te_starten(casus) {
        stappen.push(Stap::DienstStarten);
    } else if casus.lopend_aanbod().is_none() {
        stappen.extend(over_te_dragen(casus));
    }
    stappen
}

/// A report was to be handed over, or a service ended, and no offer runs.
fn over_te_dragen(casus: &Casus) -> Option<Stap> {
    let direct = |besluit: BesluitSoort| besluit == BesluitSoort::DirecteOverdracht;
    let mut besluiten = casus.lopende_meldingen().filter_map(|melding| melding.besluit.as_ref());
    if let Some(dienst) = casus.afgeronde_dienst(u64::MAX) {
        return Some(Stap::Afronden { dienst: dienst.soort });
    }
    let besluit = besluiten.find(|besluit| direct(besluit.soort))?;
    let laatste = casus.overdrachten.last().filter(|aanbod| aanbod.feit.versie > besluit.feit.versie);
    let geweigerd = laatste.filter(|aanbod| matches!(aanbod.stand, Stand::Geweigerd(..)));
    Some(Stap::OverdrachtAanbieden { geweigerd_door: geweigerd.map(|aanbod| aanbod.naar.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aan_zet_gaat_voor_wachten_en_wachten_voor_zicht_houden() {
        let wacht = Stap::Wacht { op: "cjg".into(), sinds: Instant(1) };
        let loopt = Stap::DienstLoopt { dienst: DienstSoort::Onderzoek };
        let rij = |stappen: &[&Stap]| Stap::hoogste(&stappen.iter().map(|stap| (*stap).clone()).collect::<Vec<_>>());
        let mut rijen = [rij(&[]), rij(&[&wacht, &loopt]), rij(&[&loopt]), rij(&[&wacht, &Stap::DienstStarten])];
        rijen.sort();
        assert_eq!(rijen, [Rang::AanZet, Rang::Wacht, Rang::Niets, Rang::Niets]);
        assert!(Rang::AanZet.getal() < Rang::Wacht.getal() && Rang::Wacht.getal() < Rang::Niets.getal());
    }

    #[test]
    fn wat_in_een_rij_staat_komt_er_zo_weer_uit() {
        let van = OrganisatieId::from("cjg");
        let stappen = vec![
            Stap::Kijken,
            Stap::Plicht { naam: "De Raad \"meteen\" inlichten".into() },
            Stap::TegenvoorstelBeantwoorden { van: van.clone(), per: Instant(5) },
            Stap::OverdrachtAanbieden { geweigerd_door: None },
            Stap::Wacht { op: van, sinds: Instant(-1) },
            Stap::DienstLoopt { dienst: DienstSoort::VoorwaardenEnVervolg },
        ];
        assert_eq!(Stap::uit_tekst(&Stap::als_tekst(&stappen)), stappen);
        assert!(Stap::uit_tekst("geen lijst").is_empty());
    }
}
