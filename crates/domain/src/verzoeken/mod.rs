//! A request of a person concerned to read a file or to have it destroyed, at the organisation that keeps the file. It is
//! registered, has a term and is decided; what follows on the decision is done elsewhere.
//!
//! The number of the casus is sealed with the name of who asks: no event ties a request to a family.

use crate::{
    Context, Vastlegging, Weigering,
    afspraak::{AfspraakAnker, Afspraaktermijn, Bundel},
    beoordelingen::{heeft_regel, toets},
    gebeurtenis::{Afwijking, Antwoord, als_str},
    ids::*,
    tijd::Instant,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerzoekSoort {
    Inzage,
    Vernietiging,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uitkomst {
    Toegewezen,
    /// Not all of it: some is shielded, or stays.
    Deels,
    Afgewezen,
}

als_str!(VerzoekSoort, Uitkomst);

/// Everything that is recorded about a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    VerzoekOntvangen {
        verzoek: VerzoekSoort,
        afspraak: AfspraakNaam,
        organisatie: OrganisatieId,
        /// When it reached the organisation: the term runs from it.
        ontvangen_op: Instant,
        /// Veilig Thuis found no violence or abuse in this casus.
        geen_hg_km: bool,
    },
    VerzoekBeslist {
        uitkomst: Uitkomst,
        /// Keys of `[afscherming]`: whether this part must be shielded.
        gewogen: BTreeMap<String, Antwoord>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        afwijkingen: Vec<Afwijking>,
    },
}

/// Every act on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    NeemVerzoekOp { verzoek: VerzoekSoort, ontvangen_op: Instant, geen_hg_km: bool },
    BeslisVerzoek { uitkomst: Uitkomst, gewogen: BTreeMap<String, Antwoord>, reden: bool },
}

impl Commando {
    /// Every name, as in the interface and the scenarios.
    pub const NAMEN: &'static [&'static str] = &["neem-verzoek-op", "beslis-verzoek"];
}

/// How a request stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verzoek {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub vraag: Option<Vraag>,
    pub besluit: Option<Besluit>,
}

/// What was asked of whom, without by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vraag {
    pub soort: VerzoekSoort,
    pub afspraak: AfspraakNaam,
    pub organisatie: OrganisatieId,
    pub op: Instant,
    pub geen_hg_km: bool,
    /// By which the term runs.
    pub bundel: BundelHash,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Besluit {
    pub versie: u64,
    pub op: Instant,
    pub uitkomst: Uitkomst,
    pub gewogen: BTreeMap<String, Antwoord>,
    pub afwijkingen: Vec<Afwijking>,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut staat: Verzoek, vastlegging: &Vastlegging<Gebeurtenis>) -> Verzoek {
    let (versie, op) = (vastlegging.versie, vastlegging.gebeurd_op);
    staat.versie = versie;
    staat.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::VerzoekOntvangen { verzoek: soort, afspraak, organisatie, ontvangen_op, geen_hg_km } => {
            let bundel = vastlegging.bundel.clone();
            staat.vraag = Some(Vraag { soort, afspraak, organisatie, op: ontvangen_op, geen_hg_km, bundel });
        }
        Gebeurtenis::VerzoekBeslist { uitkomst, gewogen, afwijkingen } => {
            staat.besluit = Some(Besluit { versie, op, uitkomst, gewogen, afwijkingen });
        }
    }
    staat
}

/// The term of the agreement for this kind of request.
pub fn termijn(bundel: &Bundel, soort: VerzoekSoort) -> Option<&Afspraaktermijn> {
    let regel = bundel.inhoud.afspraaktermijn.get(&format!("verzoek-{}", soort.als_str()))?;
    (regel.anker == AfspraakAnker::Kennisgeving).then_some(regel)
}

/// Decides a command on a request.
///
/// # Errors
/// A part that was not weighed, a destruction that must be granted, or a request of another organisation.
pub fn decide(staat: &Verzoek, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let bundel = context.bundel;
    match (commando, &staat.vraag) {
        (Commando::NeemVerzoekOp { verzoek, ontvangen_op, geen_hg_km }, None) => {
            context.eis(*ontvangen_op <= context.nu, Code::TijdstipInDeToekomst)?;
            Ok(vec![Gebeurtenis::VerzoekOntvangen {
                verzoek: *verzoek,
                afspraak: bundel.afspraak.clone(),
                organisatie: context.organisatie.clone(),
                ontvangen_op: *ontvangen_op,
                geen_hg_km: *geen_hg_km,
            }])
        }
        (Commando::BeslisVerzoek { uitkomst, gewogen, reden }, Some(vraag)) => {
            context.eis(vraag.organisatie == *context.organisatie, Code::NietBevoegd)?;
            context.eis(staat.besluit.is_none(), Code::AlGekozen)?;
            let afwijkingen = toets(bundel, redenen_tegen(bundel, vraag, *uitkomst, gewogen), *reden)?;
            context.eis(*uitkomst == Uitkomst::Toegewezen || *reden, Code::RedenOntbreekt)?;
            Ok(vec![Gebeurtenis::VerzoekBeslist { uitkomst: *uitkomst, gewogen: gewogen.clone(), afwijkingen }])
        }
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

fn redenen_tegen(
    bundel: &Bundel,
    vraag: &Vraag,
    uitkomst: Uitkomst,
    gewogen: &BTreeMap<String, Antwoord>,
) -> Vec<Reden> {
    let mut redenen = Vec::new();
    match vraag.soort {
        VerzoekSoort::Inzage => {
            let open = bundel.afschermingen().into_iter().filter(|(sleutel, _)| !gewogen.contains_key(*sleutel));
            let open: Vec<_> = open.map(|(sleutel, _)| sleutel.to_owned()).collect();
            if !open.is_empty() && heeft_regel(bundel, Code::AfschermingNietGewogen) {
                redenen.push(Reden::volgens(bundel, Code::AfschermingNietGewogen).met_ontbreekt(open));
            }
            // What must be shielded does not go along with the rest.
            let afgeschermd = gewogen.values().any(|antwoord| *antwoord == Antwoord::Ja);
            if afgeschermd && uitkomst == Uitkomst::Toegewezen {
                redenen.push(Reden::volgens(bundel, Code::AfgeschermdDeel));
            }
        }
        VerzoekSoort::Vernietiging => {
            if vraag.geen_hg_km && uitkomst != Uitkomst::Toegewezen {
                redenen.push(Reden::volgens(bundel, Code::VernietigingToewijzen));
            }
        }
    }
    redenen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        afspraak::Bundels,
        proef::{afspraken, t},
    };

    fn doe(regio: &str, staat: &Verzoek, wie: &str, op: &str, commando: &Commando) -> Result<Verzoek, Weigering> {
        let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == regio).unwrap();
        let organisatie = wie.into();
        let context = Context {
            nu: t(op),
            gebeurd_op: t(op),
            organisatie: &organisatie,
            medewerker: &"m1".into(),
            bundel: &geldig.bundel,
            bundel_hash: &geldig.hash,
            bundels: &Bundels::default(),
            noemt_melder: false,
        };
        let gebeurtenissen = decide(staat, commando, &context)?;
        let vanaf = staat.versie + 1;
        Ok((vanaf..).zip(gebeurtenissen).fold(staat.clone(), |staat, (versie, gebeurtenis)| {
            let vastlegging = Vastlegging {
                versie,
                gebeurd_op: t(op),
                vastgelegd_op: t(op),
                medewerker: "m1".into(),
                organisatie: organisatie.clone(),
                bundel: geldig.hash.clone(),
                gebeurtenis,
            };
            evolve(staat, &vastlegging)
        }))
    }

    fn ontvangen(regio: &str, verzoek: VerzoekSoort, geen_hg_km: bool) -> Verzoek {
        let neem_op = Commando::NeemVerzoekOp { verzoek, ontvangen_op: t("2026-03-02 09:00"), geen_hg_km };
        doe(regio, &Verzoek::default(), "jgz", "2026-03-02 10:00", &neem_op).unwrap()
    }

    fn beslis(uitkomst: Uitkomst, gewogen: &[(&str, Antwoord)], reden: bool) -> Commando {
        let gewogen = gewogen.iter().map(|(sleutel, antwoord)| ((*sleutel).to_owned(), *antwoord)).collect();
        Commando::BeslisVerzoek { uitkomst, gewogen, reden }
    }

    #[test]
    fn bij_inzage_wordt_van_elk_deel_gewogen_of_het_wordt_afgeschermd() {
        let staat = ontvangen("zuid-holland-zuid", VerzoekSoort::Inzage, false);
        let probeer = |commando: &Commando| doe("zuid-holland-zuid", &staat, "jgz", "2026-03-09 10:00", commando);
        let weigering = probeer(&beslis(Uitkomst::Toegewezen, &[], false)).unwrap_err();
        assert_eq!(weigering.reden.code, Code::AfschermingNietGewogen);
        assert_eq!(weigering.reden.clausule.als_str(), "ZHZ-9.1.i");
        let alle: Vec<_> = weigering.reden.ontbreekt.clone();
        assert!(alle.len() > 2 && alle.contains(&"gesloten-melding".to_owned()), "{alle:?}");
        let gewogen = |ja: &str| -> Vec<(&str, Antwoord)> {
            alle.iter().map(|deel| (deel.as_str(), if deel == ja { Antwoord::Ja } else { Antwoord::Nee })).collect()
        };
        let weigering = probeer(&beslis(Uitkomst::Toegewezen, &gewogen("gesloten-melding"), false)).unwrap_err();
        assert_eq!((weigering.reden.code, weigering.mag_met_reden), (Code::AfgeschermdDeel, false));
        let weigering = probeer(&beslis(Uitkomst::Deels, &gewogen("gesloten-melding"), false)).unwrap_err();
        assert_eq!(weigering.reden.code, Code::RedenOntbreekt);
        let besloten = probeer(&beslis(Uitkomst::Deels, &gewogen("gesloten-melding"), true)).unwrap();
        let nog_eens = beslis(Uitkomst::Toegewezen, &gewogen(""), false);
        let weigering = doe("zuid-holland-zuid", &besloten, "jgz", "2026-03-10 10:00", &nog_eens).unwrap_err();
        assert_eq!(weigering.reden.code, Code::AlGekozen);
        let weigering = doe("zuid-holland-zuid", &staat, "ander", "2026-03-10 10:00", &nog_eens).unwrap_err();
        assert_eq!(weigering.reden.code, Code::NietBevoegd);
        probeer(&nog_eens).unwrap();
    }

    #[test]
    fn vernietiging_wordt_toegewezen_als_er_geen_geweld_is_gevonden() {
        let staat = ontvangen("ijmond", VerzoekSoort::Vernietiging, true);
        let afwijzen = beslis(Uitkomst::Afgewezen, &[], true);
        let weigering = doe("ijmond", &staat, "jgz", "2026-03-09 10:00", &afwijzen).unwrap_err();
        assert_eq!(weigering.reden.clausule.als_str(), "LND-28.a");
        assert!(!weigering.mag_met_reden);
        doe("ijmond", &staat, "jgz", "2026-03-09 10:00", &beslis(Uitkomst::Toegewezen, &[], false)).unwrap();
        let anders = ontvangen("ijmond", VerzoekSoort::Vernietiging, false);
        doe("ijmond", &anders, "jgz", "2026-03-09 10:00", &afwijzen).unwrap();
    }

    #[test]
    fn het_antwoord_komt_binnen_een_maand() {
        let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "ijmond").unwrap();
        for soort in [VerzoekSoort::Inzage, VerzoekSoort::Vernietiging] {
            let regel = termijn(&geldig.bundel, soort).unwrap();
            assert_eq!(regel.uiterlijk(&geldig.bundel.kalender, t("2026-03-02 09:00")), t("2026-04-03 00:00"));
            assert_eq!(regel.hiaat, Some("HIAAT-41".into()));
        }
    }
}
