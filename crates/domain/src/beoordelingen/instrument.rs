//! The triage instrument of a Veilig Thuis as data, and what was found with it. No agreement says what it asks, so none
//! is built in: an organisation loads its own, an edition is a file.

use super::heeft_regel;
use crate::{
    afspraak::{AfspraakFout, Bron, Bundel, ontleed},
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    gebeurtenis::{Gebeurtenis, Taxatie, als_str},
    ids::{MeldingId, OrganisatieId},
    meldingen::Melding,
    tijd::Datum,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// By which an instrument is named in a casus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrumentnaam {
    pub organisatie: OrganisatieId,
    pub editie: String,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Triagedeel {
    /// A: danger now.
    Acuut,
    /// B: danger that comes back or stays.
    Structureel,
    /// C: problems on several areas of life.
    Multiprobleem,
}

impl Triagedeel {
    /// A, B and C.
    pub const ALLE: [Triagedeel; 3] = [Triagedeel::Acuut, Triagedeel::Structureel, Triagedeel::Multiprobleem];
}

/// An answer. Not to know is an answer of its own, and never a "nee".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Triageantwoord {
    Ja,
    Nee,
    Onbekend,
}

als_str!(Triagedeel, Triageantwoord);

/// One edition of the instrument of one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    pub organisatie: OrganisatieId,
    pub editie: String,
    pub naam: String,
    pub geldig_van: Datum,
    #[serde(default)]
    pub geldig_tot: Option<Datum>,
    /// Where the questions come from.
    pub bron: String,
    pub vraag: Vec<Triagevraag>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triagevraag {
    pub sleutel: String,
    pub deel: Triagedeel,
    pub tekst: String,
    #[serde(default)]
    pub uitleg: Option<String>,
}

/// What was answered, and the parts in which something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triage {
    pub instrument: Instrumentnaam,
    pub antwoorden: BTreeMap<String, Triageantwoord>,
    /// Kept beside the answers: an instrument may be gone when a casus is read.
    pub gevonden: BTreeSet<Triagedeel>,
}

/// A filled-in instrument; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngevuldeTriage {
    pub feit: Feit,
    pub triage: Triage,
}

impl Instrument {
    pub fn instrumentnaam(&self) -> Instrumentnaam {
        Instrumentnaam { organisatie: self.organisatie.clone(), editie: self.editie.clone() }
    }

    fn geldt_op(&self, dag: jiff::civil::Date) -> bool {
        self.geldig_van.0 <= dag && self.geldig_tot.is_none_or(|tot| dag < tot.0)
    }

    /// The questions of one part, in their order.
    pub fn vragen(&self, deel: Triagedeel) -> impl Iterator<Item = &Triagevraag> {
        self.vraag.iter().filter(move |vraag| vraag.deel == deel)
    }

    /// # Errors
    /// The questions that wait for an answer, or what was answered and is no question.
    pub fn vul_in(&self, antwoorden: &BTreeMap<String, Triageantwoord>) -> Result<Triage, Vec<String>> {
        let open = self.vraag.iter().map(|vraag| &vraag.sleutel).filter(|sleutel| !antwoorden.contains_key(*sleutel));
        let vreemd = antwoorden.keys().filter(|sleutel| self.vraag.iter().all(|vraag| vraag.sleutel != **sleutel));
        let mis: Vec<_> = open.chain(vreemd).cloned().collect();
        if !mis.is_empty() {
            return Err(mis);
        }
        let ja = |vraag: &&Triagevraag| antwoorden.get(&vraag.sleutel) == Some(&Triageantwoord::Ja);
        Ok(Triage {
            instrument: self.instrumentnaam(),
            antwoorden: antwoorden.clone(),
            gevonden: self.vraag.iter().filter(ja).map(|vraag| vraag.deel).collect(),
        })
    }
}

/// Every instrument that this installation knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instrumenten(Vec<Instrument>);

impl Instrumenten {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// Every mistake, with file, line and what was expected.
    pub fn laad(bronnen: &[Bron]) -> Result<Self, Vec<AfspraakFout>> {
        let (mut alle, mut fouten): (Vec<Instrument>, Vec<AfspraakFout>) = (Vec::new(), Vec::new());
        for bron in bronnen {
            match ontleed::<Instrument>(bron) {
                Ok(instrument) => {
                    fouten.extend(bezwaren(&instrument, &alle, bron));
                    alle.push(instrument);
                }
                Err(fout) => fouten.push(fout),
            }
        }
        alle.sort_by_key(Instrument::instrumentnaam);
        if fouten.is_empty() { Ok(Self(alle)) } else { Err(fouten) }
    }

    /// The edition of an organisation that holds on a day.
    pub fn voor(&self, organisatie: &OrganisatieId, dag: jiff::civil::Date) -> Option<&Instrument> {
        self.0.iter().find(|instrument| instrument.organisatie == *organisatie && instrument.geldt_op(dag))
    }

    /// The edition with this name, however old.
    pub fn met_naam(&self, naam: &Instrumentnaam) -> Option<&Instrument> {
        self.0.iter().find(|een| een.organisatie == naam.organisatie && een.editie == naam.editie)
    }
}

fn bezwaren(instrument: &Instrument, eerder: &[Instrument], bron: &Bron) -> Vec<AfspraakFout> {
    let mut fouten = Vec::new();
    let mut sleutels = BTreeSet::new();
    for vraag in &instrument.vraag {
        if !sleutels.insert(&vraag.sleutel) {
            let plek = format!("sleutel = \"{}\"", vraag.sleutel);
            fouten.push(bron.fout(&plek, format!("de vraag '{}' staat er twee keer", vraag.sleutel)));
        }
    }
    if instrument.vraag.is_empty() {
        fouten.push(bron.fout("naam", "een instrument heeft vragen; er staat geen [[vraag]]"));
    }
    let botst = |ander: &Instrument| {
        let overlapt = ander.geldig_tot.is_none_or(|tot| instrument.geldig_van < tot)
            && instrument.geldig_tot.is_none_or(|tot| ander.geldig_van < tot);
        ander.organisatie == instrument.organisatie && (overlapt || ander.editie == instrument.editie)
    };
    if eerder.iter().any(botst) {
        fouten.push(bron.fout("geldig_van", "deze editie overlapt met een andere van dezelfde organisatie"));
    }
    fouten
}

pub(super) fn vul_in(casus: &Casus, melding: MeldingId, triage: &Triage, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // After the decision the answers stay what it was taken by.
    context.eis(melding.besluit.is_none(), Code::BesluitAlGenomen)?;
    Ok(vec![Gebeurtenis::InstrumentIngevuld { melding: melding.id, triage: triage.clone() }])
}

/// Speaks against an assessment that finds less than the instrument did.
pub(super) fn spreekt_tegen(melding: &Melding, taxatie: Taxatie, bundel: &Bundel) -> Option<Reden> {
    let gevonden = &melding.triage.as_ref()?.triage.gevonden;
    let mist = |deel: Triagedeel| match deel {
        Triagedeel::Acuut => taxatie != Taxatie::AcuteOnveiligheid,
        Triagedeel::Structureel => {
            matches!(taxatie, Taxatie::GeenOnveiligheid | Taxatie::GeenAcuteOnveiligheid)
        }
        Triagedeel::Multiprobleem => false,
    };
    let gemist: Vec<_> = gevonden.iter().copied().filter(|deel| mist(*deel)).map(Triagedeel::als_str).collect();
    (!gemist.is_empty() && heeft_regel(bundel, Code::TaxatieAndersDanInstrument))
        .then(|| Reden::volgens(bundel, Code::TaxatieAndersDanInstrument).met_ontbreekt(gemist))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BeantwoordCriteria, BesluitVervolg, Commando},
        gebeurtenis::{BesluitSoort, Openheid},
        proef::*,
    };

    const PROEF: &str = "organisatie = \"veilig-thuis-kennemerland\"\neditie = \"1\"\nnaam = \"Proef\"\n\
                         geldig_van = 2026-01-01\nbron = \"verzonnen\"\n\
                         [[vraag]]\nsleutel = \"a1\"\ndeel = \"acuut\"\ntekst = \"Is er nu gevaar?\"\n\
                         [[vraag]]\nsleutel = \"b1\"\ndeel = \"structureel\"\ntekst = \"Gebeurt het vaker?\"\n\
                         [[vraag]]\nsleutel = \"c1\"\ndeel = \"multiprobleem\"\ntekst = \"Zijn er schulden?\"\n";

    fn bron(tekst: &str) -> Bron {
        Bron { bestand: "instrumenten/vt.toml".into(), tekst: tekst.into() }
    }

    fn antwoorden(alle: &[(&str, Triageantwoord)]) -> BTreeMap<String, Triageantwoord> {
        alle.iter().map(|(sleutel, antwoord)| ((*sleutel).to_owned(), *antwoord)).collect()
    }

    fn triage(a1: Triageantwoord, b1: Triageantwoord) -> Triage {
        let instrumenten = Instrumenten::laad(&[bron(PROEF)]).unwrap();
        let instrument = instrumenten.voor(&"veilig-thuis-kennemerland".into(), jiff::civil::date(2026, 3, 2)).unwrap();
        instrument.vul_in(&antwoorden(&[("a1", a1), ("b1", b1), ("c1", Triageantwoord::Ja)])).unwrap()
    }

    fn gemeld() -> (Verhaal, MeldingId) {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        (verhaal.op("2026-03-04 10:00").door_vt(), melding)
    }

    fn taxeer(melding: MeldingId, taxatie: Taxatie, reden: bool) -> Commando {
        let antwoorden = BeantwoordCriteria { melding, antwoorden: BTreeMap::new(), reden };
        Commando::RondBeoordelingAf { melding, taxatie, antwoorden }
    }

    #[test]
    fn een_lege_of_vreemde_vraag_wordt_genoemd_en_onbekend_is_een_antwoord() {
        let instrumenten = Instrumenten::laad(&[bron(PROEF)]).unwrap();
        let instrument = instrumenten.met_naam(&triage(Triageantwoord::Ja, Triageantwoord::Nee).instrument).unwrap();
        let half = antwoorden(&[("a1", Triageantwoord::Onbekend), ("z9", Triageantwoord::Ja)]);
        assert_eq!(instrument.vul_in(&half).unwrap_err(), ["b1", "c1", "z9"]);
        let gevonden = triage(Triageantwoord::Onbekend, Triageantwoord::Nee).gevonden;
        assert_eq!(gevonden, [Triagedeel::Multiprobleem].into());
        assert!(instrumenten.voor(&"veilig-thuis-kennemerland".into(), jiff::civil::date(2025, 12, 31)).is_none());
    }

    #[test]
    fn een_fout_in_een_instrument_wordt_met_bestand_en_regel_genoemd() {
        let melding = |bronnen: &[Bron]| Instrumenten::laad(bronnen).unwrap_err()[0].to_string();
        assert!(melding(&[bron(&PROEF.replace("b1", "a1"))]).contains("vt.toml:7: de vraag 'a1' staat er twee keer"));
        assert!(
            melding(&[bron(PROEF), bron(&PROEF.replace("\"1\"", "\"2\""))]).contains("vt.toml:4: deze editie overlapt")
        );
        assert!(melding(&[bron(&PROEF.replace("deel = \"acuut\"", "deel = \"d\""))]).contains("vt.toml:8"));
    }

    #[test]
    fn een_taxatie_die_minder_vindt_dan_het_instrument_vraagt_een_reden() {
        let (verhaal, melding) = gemeld();
        let vul = |a1, b1| verhaal.doe(&Commando::VulInstrumentIn { melding, triage: triage(a1, b1) });
        let acuut = vul(Triageantwoord::Ja, Triageantwoord::Nee);
        let weigering = acuut
            .probeer(&taxeer(melding, Taxatie::StructureleOnveiligheid, false))
            .geweigerd(Code::TaxatieAndersDanInstrument);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("HIAAT-34", true));
        assert_eq!(weigering.reden.ontbreekt, ["acuut"]);
        acuut.probeer(&taxeer(melding, Taxatie::StructureleOnveiligheid, true)).toegestaan();
        acuut.probeer(&taxeer(melding, Taxatie::AcuteOnveiligheid, false)).toegestaan();
        let structureel = vul(Triageantwoord::Onbekend, Triageantwoord::Ja);
        let zonder = taxeer(melding, Taxatie::GeenAcuteOnveiligheid, false);
        structureel.probeer(&zonder).geweigerd(Code::TaxatieAndersDanInstrument);
        structureel.probeer(&taxeer(melding, Taxatie::StructureleOnveiligheid, false)).toegestaan();
        let niets = vul(Triageantwoord::Nee, Triageantwoord::Nee);
        niets.probeer(&taxeer(melding, Taxatie::GeenOnveiligheid, false)).toegestaan();
    }

    #[test]
    fn het_laatst_ingevulde_telt_tot_er_is_besloten() {
        let (verhaal, melding) = gemeld();
        let vul = |a1| Commando::VulInstrumentIn { melding, triage: triage(a1, Triageantwoord::Nee) };
        let verhaal = verhaal.doe(&vul(Triageantwoord::Ja)).doe(&vul(Triageantwoord::Nee));
        verhaal.probeer(&taxeer(melding, Taxatie::GeenOnveiligheid, false)).toegestaan();
        let besluit = Commando::BesluitVervolg(BesluitVervolg {
            melding,
            besluit: BesluitSoort::VervolgBijVeiligThuis,
            voldoende_veilig: None,
            overleg: samen(),
            toewijzing: verhaal.toewijzing(BesluitSoort::VervolgBijVeiligThuis),
            reden: false,
        });
        let besloten = verhaal.rond_beoordeling_af().doe(&besluit);
        besloten.probeer(&vul(Triageantwoord::Ja)).geweigerd(Code::BesluitAlGenomen);
    }
}
