//! What goes into an assessment: information that was asked about a report, what was answered, and talks.

use super::{Omgeving, VeldFout, Wens, eis_code, fout, gevuld, nodig};
use domain::{
    beoordelingen::{
        Functie, Overleguitkomst,
        instrument::{Triage, Triageantwoord},
    },
    commando::{Commando, HoudOverleg, VraagInformatie},
    ids::*,
    verrijking::Bronuitkomst,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wens! {
    /// `bron`: a key of `[bron]`. Of one that is asked by name: which organisation, or in `wie` who it is.
    InformatieVraagWens {
        melding: Option<MeldingId>,
        bron: String,
        aan: Option<OrganisatieId>,
        wie: Option<String>,
        vraag: Option<String>,
    }
    /// A talk about a report: as what people took part, for which other organisations, what was weighed, and whether they
    /// agreed. `wie`: who they were, in words.
    OverlegWens {
        melding: Option<MeldingId>,
        functies: BTreeSet<Functie>,
        organisaties: BTreeSet<OrganisatieId>,
        uitkomst: Option<Overleguitkomst>,
        wie: Option<String>,
        gewogen: Option<String>,
    }
    /// An answer to every question of the instrument that holds today, by key.
    TriageWens {
        melding: Option<MeldingId>,
        antwoorden: BTreeMap<String, Triageantwoord>,
        toelichting: Option<String>,
    }
    /// `toelichting`: what was found, in words.
    InformatieWens { verzoek: Option<VerzoekId>, uitkomst: Option<Bronuitkomst>, toelichting: Option<String> }
}

impl Wens {
    pub(super) fn informatie(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::VraagInformatie(wens) => {
                eis_code("bron", &wens.bron)?;
                wens.aan.iter().try_for_each(|aan| eis_code("aan", aan.als_str()))?;
                let bron = o.bundel.inhoud.bron.get(&wens.bron);
                if bron.is_some_and(|bron| bron.bij_naam) && wens.aan.is_none() && !gevuld(&wens.wie) {
                    return Err(fout("aan", "Kies een organisatie, of schrijf op aan wie u dit vraagt."));
                }
                Commando::VraagInformatie(VraagInformatie {
                    melding: o.melding(wens.melding)?,
                    verzoek: VerzoekId(o.command_id.afgeleid("verzoek")),
                    bron: wens.bron.clone(),
                    aan: wens.aan.clone(),
                })
            }
            Wens::LegInformatieVast(wens) => {
                let uitkomst = nodig("uitkomst", &wens.uitkomst)?;
                if uitkomst == Bronuitkomst::Gevonden && !gevuld(&wens.toelichting) {
                    return Err(fout("toelichting", "Schrijf op wat u weet of wat er is gevonden."));
                }
                Commando::LegInformatieVast { verzoek: o.verzoek(wens.verzoek)?, uitkomst }
            }
            Wens::VulInstrumentIn(wens) => {
                Commando::VulInstrumentIn { melding: o.melding(wens.melding)?, triage: o.triage(&wens.antwoorden)? }
            }
            Wens::HoudOverleg(wens) => {
                wens.organisaties.iter().try_for_each(|ander| eis_code("organisaties", ander.als_str()))?;
                if !gevuld(&wens.gewogen) {
                    return Err(fout("gewogen", "Schrijf op wat er is gewogen."));
                }
                Commando::HoudOverleg(HoudOverleg {
                    melding: o.melding(wens.melding)?,
                    functies: wens.functies.clone(),
                    organisaties: wens.organisaties.clone(),
                    uitkomst: nodig("uitkomst", &wens.uitkomst)?,
                })
            }
            _ => return Err(fout("doe", "Deze handeling hoort niet bij de beoordeling.")),
        })
    }
}

impl Omgeving<'_> {
    /// What the answers come to, by the instrument of who acts.
    fn triage(&self, antwoorden: &BTreeMap<String, Triageantwoord>) -> Result<Triage, Vec<VeldFout>> {
        let instrument = self.instrumenten.voor(&self.actor.organisatie, self.nu.dag()).ok_or_else(|| {
            fout(
                "antwoorden",
                "Uw organisatie heeft geen triage-instrument ingesteld. Vraag de beheerder om het te laden.",
            )
        })?;
        let mist = |sleutel: String| {
            let melding = "Beantwoord deze vraag. Weet u het niet? Kies dan 'onbekend'.".to_owned();
            VeldFout { veld: format!("antwoorden.{sleutel}"), melding }
        };
        instrument.vul_in(antwoorden).map_err(|sleutels| sleutels.into_iter().map(mist).collect())
    }

    /// The request that is named, else the last one that waits for an answer of who acts.
    fn verzoek(&self, genoemd: Option<VerzoekId>) -> Result<VerzoekId, Vec<VeldFout>> {
        let is_vt = self.casus.veilig_thuis.as_ref() == Some(&self.actor.organisatie);
        let mut eigen = self.casus.verzoeken.iter().filter(|verzoek| {
            verzoek.antwoord.is_none() && (is_vt || verzoek.aan.as_ref() == Some(&self.actor.organisatie))
        });
        genoemd
            .or_else(|| eigen.next_back().map(|verzoek| verzoek.id))
            .ok_or_else(|| fout("verzoek", "Er is geen verzoek dat op een antwoord wacht."))
    }
}
