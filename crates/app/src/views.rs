//! Everything that lists are built from, as a pure function of casus and agreements: rebuilt by the same call.

use crate::{lezen::informatie::VERZOEK, opslag::*, stap::stappen};
use domain::{
    afspraak::{Bundels, Fase},
    casus::Casus,
    gebeurtenis::{HuishoudenKeuze, OverdrachtWijze, PersoonRol},
    ids::*,
    meldingen::{Spoed, Verplaatsing},
    overdrachten::{Overdracht, Stand, aan_zet},
    publiek::{betrokkenen, rol, ziet_lijn},
    termijnen::{Bij, Termijn, termijnen},
    tijd::Instant,
    tijdlijn::{kalendergrens, tijdlijn},
    verrijking::Verzoek,
};

/// The shape of the view rows: raised when [`projecteer`] gives other rows for the same casus, so that a release that
/// knows only an older one does not overwrite the newer.
pub const VORM: u32 = 3;

/// The number by which people name a casus: year of the first report and a part of its id, seven characters.
pub fn nummer(casus: CasusId, ontvangen_op: Instant) -> String {
    nummer_met('Z', casus, ontvangen_op)
}

/// The same for any kind of stream, told apart by its first letter.
pub(crate) fn nummer_met(letter: char, casus: CasusId, ontvangen_op: Instant) -> String {
    const TEKENS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut rest = casus.0.as_u128();
    let mut letters = String::new();
    for _ in 0..7 {
        let index = usize::try_from(rest % 32).unwrap_or_default();
        letters.extend(TEKENS.get(index).map(|teken| char::from(*teken)));
        rest /= 32;
    }
    format!("{letter}{:02}-{letters}", ontvangen_op.dag().year().rem_euclid(100))
}

/// The number of a casus, by the report that opened it: a later report that arrived earlier does not change it.
pub(crate) fn nummer_van(id: CasusId, casus: &Casus) -> String {
    nummer(id, casus.meldingen.first().map_or(Instant(0), |melding| melding.ontvangen_op))
}

/// All view rows of a casus. `naam` tells which fragment holds the name of the household for an owner.
pub fn projecteer(
    id: CasusId,
    casus: &Casus,
    bundels: &Bundels,
    naam: &dyn Fn(&OrganisatieId) -> Option<FragmentId>,
) -> Views {
    let Some(ontvangen_op) = casus.meldingen.iter().map(|melding| melding.ontvangen_op).min() else {
        return Views::default();
    };
    let termijnen = termijnen(casus, bundels);
    let nummer = nummer_van(id, casus);
    let rij = Rijen { id, casus, nummer: &nummer, termijnen: &termijnen, ontvangen_op };
    Views {
        casus: betrokkenen(casus).iter().filter_map(|org| rij.casus(org, naam(org), bundels)).collect(),
        spans: rij.spans(bundels),
        termijnen: rij.termijnen(),
        overdrachten: casus.overdrachten.iter().flat_map(|overdracht| rij.overdracht(overdracht, bundels)).collect(),
        wekkers: rij.wekkers(bundels),
        verbanden: rij.verbanden(),
        eigen: rij.verzoeken(),
    }
}

struct Rijen<'a> {
    id: CasusId,
    casus: &'a Casus,
    nummer: &'a str,
    termijnen: &'a [Termijn],
    ontvangen_op: Instant,
}

impl Rijen<'_> {
    fn casus(&self, org: &OrganisatieId, naam: Option<FragmentId>, bundels: &Bundels) -> Option<CasusRij> {
        let rol = rol(self.casus, org).filter(|_| ziet_lijn(self.casus, org))?;
        let volgende = self
            .termijnen
            .iter()
            .filter(|t| t.wie == *org && t.voldaan_op.is_none() && t.vervallen_op.is_none())
            .min_by_key(|t| t.uiterlijk);
        let tel = |filter: &dyn Fn(PersoonRol) -> bool| {
            u32::try_from(self.casus.personen.iter().filter(|persoon| filter(persoon.rol)).count()).unwrap_or(u32::MAX)
        };
        Some(CasusRij {
            casus: self.id,
            organisatie: org.clone(),
            nummer: self.nummer.to_owned(),
            rol: format!("{rol:?}").to_lowercase(),
            gemeente: self.casus.gemeente.clone(),
            personen: tel(&|_| true),
            kinderen: tel(&|rol| rol == PersoonRol::Kind),
            toegewezen_aan: self.casus.toegewezen_aan(org).cloned(),
            spoed: self.casus.veilig_thuis.as_ref() == Some(org) && self.spoed(),
            gesloten: self.casus.sluiting.is_some() && volgende.is_none(),
            termijn_soort: volgende.map(|t| t.soort.clone()),
            termijn_naam: volgende.map(|t| t.naam.clone()),
            termijn_uiterlijk: volgende.map(|t| t.uiterlijk),
            stappen: stappen(self.casus, org, bundels),
            ontvangen_op: self.ontvangen_op,
            laatst_op: self.casus.laatst_vastgelegd.unwrap_or(self.ontvangen_op),
            naam,
        })
    }

    /// Urgent until there is a decision on the report.
    fn spoed(&self) -> bool {
        self.casus
            .lopende_meldingen()
            .any(|melding| melding.besluit.is_none() && matches!(melding.spoed, Spoed::Gevraagd | Spoed::Erkend(_)))
    }

    fn spans(&self, bundels: &Bundels) -> Vec<SpanRij> {
        let lijn = tijdlijn(self.casus, bundels);
        (0..)
            .zip(lijn.zicht)
            .filter_map(|(volgnummer, span)| {
                let houder = span.houder?;
                Some(SpanRij { casus: self.id, volgnummer, van: span.van, tot: span.tot, houder, grond: span.grond })
            })
            .collect()
    }

    fn termijnen(&self) -> Vec<TermijnRij> {
        (0..)
            .zip(self.termijnen)
            .map(|(volgnummer, t)| TermijnRij {
                casus: self.id,
                volgnummer,
                soort: t.soort.clone(),
                clausule: t.clausule.clone(),
                wie: t.wie.clone(),
                anker: t.anker,
                uiterlijk: t.uiterlijk,
                voldaan_op: t.voldaan_op,
                vervallen_op: t.vervallen_op,
            })
            .collect()
    }

    fn overdracht(&self, overdracht: &Overdracht, bundels: &Bundels) -> Vec<OverdrachtRij> {
        let (stand, beslist_op) = match &overdracht.stand {
            Stand::Open if self.casus.is_opgeschort(overdracht) => ("opgeschort", None),
            Stand::Open => ("open", None),
            Stand::Geaccepteerd(feit) => ("geaccepteerd", Some(feit.vastgelegd_op)),
            Stand::Geweigerd(feit, _) => ("geweigerd", Some(feit.vastgelegd_op)),
            Stand::Ingetrokken(feit) => ("ingetrokken", Some(feit.vastgelegd_op)),
        };
        let van_dit_aanbod = |t: &&Termijn| t.bij == Bij::Overdracht(overdracht.id) && t.vervallen_op.is_none();
        let uiterlijk = self.termijnen.iter().filter(van_dit_aanbod).map(|t| t.uiterlijk).min();
        let aan_zet = aan_zet(self.casus, overdracht, bundels.uit(&overdracht.feit.bundel));
        let is_kant = |org: &OrganisatieId| *org == overdracht.naar || *org == overdracht.feit.organisatie;
        let per = overdracht.tegenvoorstel.as_ref().map(|voorstel| Instant::begin_van(voorstel.per.0));
        let rij = |organisatie: &OrganisatieId| OverdrachtRij {
            casus: self.id,
            organisatie: organisatie.clone(),
            overdracht: overdracht.id,
            nummer: self.nummer.to_owned(),
            van: overdracht.feit.organisatie.clone(),
            naar: overdracht.naar.clone(),
            gemeente: self.casus.gemeente.clone(),
            wijze: overdracht.wijze.als_str(),
            stand: stand.to_owned(),
            compleet: overdracht.ontvangen.is_some(),
            aangeboden_op: overdracht.feit.vastgelegd_op,
            beslist_op,
            uiterlijk,
            aan_zet: aan_zet.filter(|_| is_kant(organisatie)).map(|(wie, _)| wie.clone()),
            zet: aan_zet.filter(|_| is_kant(organisatie)).map(|(_, zet)| zet.als_str().to_owned()),
            per: per.filter(|_| is_kant(organisatie)),
        };
        let mut lezers = vec![overdracht.naar.clone(), overdracht.feit.organisatie.clone()];
        if beslist_op.is_none() && overdracht.wijze == OverdrachtWijze::Overdrachtstafel {
            lezers.extend(self.anderen_aan_tafel(overdracht, bundels));
        }
        lezers.sort();
        lezers.dedup();
        lezers.iter().map(rij).collect()
    }

    /// At the table all receivers of the municipality see by its number which casus is discussed, until it is answered.
    fn anderen_aan_tafel(&self, overdracht: &Overdracht, bundels: &Bundels) -> Vec<OrganisatieId> {
        let bundel = bundels.uit(&overdracht.feit.bundel);
        let ontvangers = bundel.iter().flat_map(|bundel| bundel.ontvangers(&self.casus.gemeente, Fase::Direct));
        ontvangers.map(|(id, _)| id.clone()).filter(|id| *id != overdracht.naar).collect()
    }

    /// Who was asked for information about this casus: one row each, by the newest request.
    fn verzoeken(&self) -> Vec<EigenRij> {
        let mut per_organisatie = std::collections::BTreeMap::new();
        for verzoek in &self.casus.verzoeken {
            per_organisatie.extend(verzoek.aan.as_ref().map(|aan| (aan, verzoek)));
        }
        let rij = |(aan, laatste): (&OrganisatieId, &Verzoek)| {
            let mut eigen = self.casus.verzoeken.iter().filter(|verzoek| verzoek.aan.as_ref() == Some(aan));
            let wacht = eigen.any(|verzoek| verzoek.antwoord.is_none()) && self.casus.sluiting.is_none();
            let beantwoord_op = laatste.antwoord.as_ref().map(|(feit, _)| feit.vastgelegd_op);
            EigenRij {
                stroom: self.id,
                organisatie: aan.clone(),
                soort: VERZOEK.to_owned(),
                nummer: nummer_met('V', self.id, laatste.feit.vastgelegd_op),
                stand: if wacht { "gevraagd" } else { "beantwoord" }.to_owned(),
                kenmerk: laatste.bron.clone(),
                ander: Some(laatste.feit.organisatie.clone()),
                medewerker: None,
                aan_zet: wacht,
                gesloten: !wacht,
                begonnen_op: laatste.feit.vastgelegd_op,
                laatst_op: beantwoord_op.unwrap_or(laatste.feit.vastgelegd_op),
            }
        };
        per_organisatie.into_iter().map(rij).collect()
    }

    /// Casussen about the same household: of each report the last decision counts.
    fn verbanden(&self) -> Vec<VerbandRij> {
        let Some(vt) = &self.casus.veilig_thuis else { return Vec::new() };
        let laatste = |melding: MeldingId| self.casus.huishoudens.iter().rfind(|(_, eerder, _)| *eerder == melding);
        let mut anderen: Vec<_> = self
            .casus
            .eigen_meldingen()
            .filter_map(|melding| match laatste(melding.id) {
                Some((_, _, HuishoudenKeuze::Bekend { casus })) => Some(*casus),
                Some((_, _, HuishoudenKeuze::Nieuw)) | None => None,
            })
            .collect();
        anderen.sort();
        anderen.dedup();
        let rij = |ander| VerbandRij { casus: self.id, organisatie: vt.clone(), ander };
        anderen.into_iter().map(rij).collect()
    }

    /// Everything that time alone will change and that somebody must hear of.
    fn wekkers(&self, bundels: &Bundels) -> Vec<WekkerRij> {
        let mut wekkers = Vec::new();
        let mut zet = |op: Instant, soort: &str, sleutel: String, organisatie: &OrganisatieId| {
            wekkers.push(WekkerRij {
                casus: self.id,
                op,
                soort: soort.to_owned(),
                sleutel,
                organisatie: organisatie.clone(),
            });
        };
        for termijn in self.termijnen.iter().filter(|t| t.voldaan_op.is_none() && t.vervallen_op.is_none()) {
            // Two reports can arrive, and two documents leave, at the same instant.
            let bij = match termijn.bij {
                Bij::Melding(id) => id.0,
                Bij::Overdracht(id) => id.0,
                Bij::Plan(id) => id,
                Bij::Casus => self.id.0,
            };
            let sleutel = format!("{}:{bij}:{}", termijn.soort, termijn.anker.0);
            zet(termijn.uiterlijk, "termijn-te-laat", sleutel.clone(), &termijn.wie);
            // A late answer alarms both sides; the offer itself never lapses.
            if let Some(vt) = self.casus.veilig_thuis.as_ref().filter(|vt| **vt != termijn.wie) {
                zet(termijn.uiterlijk, "termijn-te-laat", format!("{sleutel}:{vt}"), vt);
            }
        }
        let aanbod = self.casus.open_aanbod();
        if let Some((aanbod, voorstel)) = aanbod.and_then(|aanbod| Some((aanbod, aanbod.tegenvoorstel.as_ref()?))) {
            let sleutel = format!("{}:{}", aanbod.id, voorstel.per.0);
            match &voorstel.aanvaard {
                None => zet(voorstel.feit.vastgelegd_op, "tegenvoorstel", sleutel, &aanbod.feit.organisatie),
                Some(_) => zet(Instant::begin_van(voorstel.per.0), "afgesproken-dag", sleutel, &aanbod.naar),
            }
        }
        let Some(vt) = &self.casus.veilig_thuis else { return wekkers };
        for melding in &self.casus.meldingen {
            if let Verplaatsing::Onderweg { feit, .. } = &melding.verplaatsing {
                zet(feit.vastgelegd_op, crate::jobs::VERPLAATSING, melding.id.to_string(), vt);
            }
        }
        for melding in self.casus.lopende_meldingen().filter(|melding| melding.beoordeling.is_none()) {
            let bundel = bundels.uit(&melding.feit.bundel);
            if let Some((grens, _)) = bundel.and_then(|bundel| kalendergrens(melding, bundel)) {
                zet(grens, "zicht-naar-vt", melding.id.to_string(), vt);
            }
            if melding.spoed == Spoed::Gevraagd {
                zet(melding.feit.vastgelegd_op, "spoed-gevraagd", melding.id.to_string(), vt);
            }
        }
        wekkers
    }
}
