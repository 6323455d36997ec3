//! A signal on a young person in the verwijsindex: that this organisation is involved, and nothing more. Who is meant is
//! sealed; the event knows an age that was computed, not a birth date. It ends by the data, without anybody doing it.

use crate::{
    Context, Vastlegging, Weigering,
    afspraak::{Bundel, Verwijsindex},
    gebeurtenis::als_str,
    ids::*,
    tijd::Instant,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};

/// What the index answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ontvangst {
    /// It is there, and nobody else gave a signal.
    Geplaatst,
    /// It is there, and others gave one: they know of each other now.
    Match,
    /// No answer came: whether it is there is not known.
    Onbekend,
}

/// Why a signal is taken back before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EindeReden {
    NietMeerBetrokken,
    GeenRisicoMeer,
    Vergissing,
}

als_str!(Ontvangst, EindeReden);

/// Everything that is recorded about a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    SignaalGegeven {
        afspraak: AfspraakNaam,
        organisatie: OrganisatieId,
        /// Excluded end.
        tot: Instant,
    },
    SignaalVerstuurd {
        ontvangst: Ontvangst,
        /// A stand-in answered, not the index itself.
        nagebootst: bool,
    },
    SignaalBeeindigd {
        reden: EindeReden,
    },
}

/// Every act on a signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    GeefSignaal {
        /// In whole years, at this instant.
        leeftijd: i64,
    },
    LegOntvangstVast {
        ontvangst: Ontvangst,
        nagebootst: bool,
    },
    BeeindigSignaal {
        reden: EindeReden,
    },
}

impl Commando {
    /// Every name, as in the interface and the scenarios.
    pub const NAMEN: &'static [&'static str] = &["geef-signaal", "leg-ontvangst-vast", "beeindig-signaal"];
}

/// How a signal stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signaal {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub gegeven: Option<Gegeven>,
    /// The last answer of the index.
    pub ontvangst: Option<(Ontvangst, bool)>,
    pub beeindigd: Option<(Instant, EindeReden)>,
}

/// That it was given, without on whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gegeven {
    pub op: Instant,
    pub tot: Instant,
    pub afspraak: AfspraakNaam,
    pub organisatie: OrganisatieId,
}

/// How a signal stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    Actief,
    Verlopen,
    Beeindigd,
}

als_str!(Stand);

impl Signaal {
    pub fn stand(&self, nu: Instant) -> Option<Stand> {
        let gegeven = self.gegeven.as_ref()?;
        Some(match self.beeindigd {
            Some((op, _)) if op < gegeven.tot => Stand::Beeindigd,
            _ if nu >= gegeven.tot => Stand::Verlopen,
            _ => Stand::Actief,
        })
    }
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut staat: Signaal, vastlegging: &Vastlegging<Gebeurtenis>) -> Signaal {
    staat.versie = vastlegging.versie;
    staat.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    let op = vastlegging.gebeurd_op;
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::SignaalGegeven { afspraak, organisatie, tot } => {
            staat.gegeven = Some(Gegeven { op, tot, afspraak, organisatie });
        }
        Gebeurtenis::SignaalVerstuurd { ontvangst, nagebootst } => staat.ontvangst = Some((ontvangst, nagebootst)),
        Gebeurtenis::SignaalBeeindigd { reden } => staat.beeindigd = Some((op, reden)),
    }
    staat
}

/// What the agreement says of signals.
pub fn regel(bundel: &Bundel) -> Option<&Verwijsindex> {
    bundel.inhoud.verwijsindex.values().next()
}

/// Decides a command on a signal.
///
/// # Errors
/// Somebody too old, Veilig Thuis where the region did not agree on it, or a signal that ended.
pub fn decide(staat: &Signaal, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let regel = regel(context.bundel).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let weiger = |code: Code| Weigering::om(Reden::volgens(context.bundel, code).met_clausule(&regel.clausule));
    Ok(vec![match (commando, &staat.gegeven) {
        (Commando::GeefSignaal { leeftijd }, None) => {
            let is_vt = context.bundel.veilig_thuis() == Some(context.organisatie);
            if is_vt && !regel.veilig_thuis {
                return Err(weiger(Code::SignaalNietAfgesproken));
            }
            if !(regel.leeftijd_van..=regel.leeftijd_tot).contains(leeftijd) {
                return Err(weiger(Code::BuitenLeeftijd));
            }
            let dag = context.gebeurd_op.dag().saturating_add(jiff::Span::new().months(regel.maanden));
            Gebeurtenis::SignaalGegeven {
                afspraak: context.bundel.afspraak.clone(),
                organisatie: context.organisatie.clone(),
                tot: Instant::begin_van(dag),
            }
        }
        (Commando::GeefSignaal { .. }, Some(_)) | (_, None) => return Err(context.weiger(Code::Onbekend)),
        (commando, Some(gegeven)) => {
            context.eis(gegeven.organisatie == *context.organisatie, Code::NietBevoegd)?;
            context.eis(staat.stand(context.nu) == Some(Stand::Actief), Code::SignaalAfgelopen)?;
            match commando {
                Commando::LegOntvangstVast { ontvangst, nagebootst } => {
                    Gebeurtenis::SignaalVerstuurd { ontvangst: *ontvangst, nagebootst: *nagebootst }
                }
                Commando::BeeindigSignaal { reden } => Gebeurtenis::SignaalBeeindigd { reden: *reden },
                Commando::GeefSignaal { .. } => return Err(context.weiger(Code::Onbekend)),
            }
        }
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        afspraak::Bundels,
        proef::{afspraken, t},
    };

    fn met<'a>(
        bundel: &'a Bundel,
        wie: &'a OrganisatieId,
        op: Instant,
        rest: &'a (BundelHash, Bundels, MedewerkerId),
    ) -> Context<'a> {
        let (bundel_hash, bundels, medewerker) = rest;
        Context {
            nu: op,
            gebeurd_op: op,
            organisatie: wie,
            medewerker,
            bundel,
            bundel_hash,
            bundels,
            noemt_melder: false,
        }
    }

    fn probeer(vt_mag: bool, staat: &Signaal, wie: &str, op: &str, commando: &Commando) -> Result<Signaal, Weigering> {
        let geldig = afspraken().alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "ijmond").unwrap();
        let mut bundel = Bundel::clone(&geldig.bundel);
        bundel.inhoud.verwijsindex.values_mut().for_each(|regel| regel.veilig_thuis = vt_mag);
        let rest = (geldig.hash.clone(), Bundels::default(), "m1".into());
        let organisatie = wie.into();
        let mut gebeurtenissen = decide(staat, commando, &met(&bundel, &organisatie, t(op), &rest))?;
        let vastlegging = Vastlegging {
            versie: staat.versie + 1,
            gebeurd_op: t(op),
            vastgelegd_op: t(op),
            medewerker: "m1".into(),
            organisatie: organisatie.clone(),
            bundel: rest.0,
            gebeurtenis: gebeurtenissen.remove(0),
        };
        Ok(evolve(staat.clone(), &vastlegging))
    }

    #[test]
    fn een_signaal_gaat_over_wie_jong_genoeg_is_en_loopt_vanzelf_af() {
        let leeg = Signaal::default();
        let geef = |leeftijd| probeer(false, &leeg, "jgz", "2026-03-02 10:00", &Commando::GeefSignaal { leeftijd });
        assert_eq!(geef(24).unwrap_err().reden.code, Code::BuitenLeeftijd);
        assert_eq!(geef(-1).unwrap_err().reden.clausule.als_str(), "LND-27.a");
        geef(23).unwrap();
        let staat = geef(0).unwrap();
        assert_eq!(staat.stand(t("2028-03-01 23:59")), Some(Stand::Actief));
        assert_eq!(staat.stand(t("2028-03-02 00:00")), Some(Stand::Verlopen));
        let einde = Commando::BeeindigSignaal { reden: EindeReden::GeenRisicoMeer };
        let weigering = probeer(false, &staat, "jgz", "2028-03-02 00:00", &einde).unwrap_err();
        assert_eq!(weigering.reden.code, Code::SignaalAfgelopen);
        let weg = probeer(false, &staat, "jgz", "2027-01-05 10:00", &einde).unwrap();
        assert_eq!(weg.stand(t("2029-01-01 00:00")), Some(Stand::Beeindigd));
    }

    #[test]
    fn veilig_thuis_geeft_een_signaal_als_de_regio_dat_afsprak() {
        let geef = Commando::GeefSignaal { leeftijd: 9 };
        let vt = "veilig-thuis-kennemerland";
        let weigering = probeer(false, &Signaal::default(), vt, "2026-03-02 10:00", &geef).unwrap_err();
        assert_eq!(weigering.reden.code, Code::SignaalNietAfgesproken);
        probeer(true, &Signaal::default(), vt, "2026-03-02 10:00", &geef).unwrap();
    }

    #[test]
    fn een_antwoord_dat_niet_kwam_is_onbekend_en_een_ander_komt_er_niet_aan() {
        let staat =
            probeer(false, &Signaal::default(), "jgz", "2026-03-02 10:00", &Commando::GeefSignaal { leeftijd: 9 });
        let staat = staat.unwrap();
        let antwoord = |ontvangst| Commando::LegOntvangstVast { ontvangst, nagebootst: true };
        let staat = probeer(false, &staat, "jgz", "2026-03-02 10:01", &antwoord(Ontvangst::Onbekend)).unwrap();
        assert_eq!(staat.ontvangst, Some((Ontvangst::Onbekend, true)));
        let ander = probeer(false, &staat, "school", "2026-03-02 10:02", &antwoord(Ontvangst::Match)).unwrap_err();
        assert_eq!(ander.reden.code, Code::NietBevoegd);
        let staat = probeer(false, &staat, "jgz", "2026-03-02 10:03", &antwoord(Ontvangst::Geplaatst)).unwrap();
        assert_eq!(staat.ontvangst, Some((Ontvangst::Geplaatst, true)));
    }
}
