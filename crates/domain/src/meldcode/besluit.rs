//! The rules of a track, in one pure function. Reporting itself is never held up; not reporting is.

use super::*;
use crate::{
    afspraak::Bundel,
    beoordelingen::{heeft_regel, toets},
    besluit::Context,
    weigering::{Code, Reden, Weigering},
};
use kader::{Kaders, Weging};

/// The answers of step 4, with what they come to by the questions of this edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weegvraag {
    pub kader: Kadernaam,
    pub antwoorden: BTreeMap<String, Weegantwoord>,
    pub weging: Weging,
}

impl Weegvraag {
    /// Weighs by an edition. `Err` names the question that waits for an answer.
    pub fn uit(kaders: &Kaders, naam: &Kadernaam, antwoorden: BTreeMap<String, Weegantwoord>) -> Result<Self, String> {
        let kader = kaders.met_naam(naam).ok_or_else(|| "kader".to_owned())?;
        let weging = kader.weeg(&antwoorden)?;
        Ok(Self { kader: naam.clone(), antwoorden, weging })
    }
}

type Uitslag = Result<Vec<Gebeurtenis>, Weigering>;

/// Decides a command on a track: the events that it leads to, or why not.
///
/// # Errors
/// A [`Weigering`] with code, clause and whether a reason passes it. Nothing has changed then.
pub fn decide(spoor: &Spoor, commando: &Commando, context: &Context<'_>) -> Uitslag {
    let begint = matches!(commando, Commando::BeginSpoor { .. });
    context.eis(spoor.begin.is_none() == begint, Code::Onbekend)?;
    context.eis(spoor.gesloten.is_none(), Code::SpoorGesloten)?;
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    Ok(vec![match commando {
        Commando::BeginSpoor { .. } => begin(commando, context)?,
        Commando::LegSignaalVast { datum, bron, onthulling, vormen } => {
            context.eis(datum.0 <= context.nu.dag(), Code::TijdstipInDeToekomst)?;
            Gebeurtenis::SignaalVastgelegd {
                datum: *datum,
                bron: *bron,
                onthulling: *onthulling,
                vormen: vormen.clone(),
            }
        }
        Commando::DoeKindcheck { kinderen } => Gebeurtenis::KindcheckGedaan { kinderen: *kinderen },
        Commando::LegOverlegVast { met, advies, vormen_besproken } => {
            Gebeurtenis::OverlegGevoerd { met: *met, advies: *advies, vormen_besproken: *vormen_besproken }
        }
        Commando::LegGesprekVast { met, gehouden, reden } => {
            context.eis(*gehouden || *reden, Code::RedenOntbreekt)?;
            context.eis(!met.is_empty(), Code::Onbekend)?;
            Gebeurtenis::GesprekGevoerd { met: met.clone(), gehouden: *gehouden }
        }
        Commando::Weeg(vraag) => weeg(spoor, vraag, context)?,
        Commando::BeslisMelden { .. } => beslis_melden(spoor, commando, context)?,
        Commando::BeslisHulp { hulp } => {
            context.eis(!is_oud(spoor), Code::AndereStapVijf)?;
            context.eis(spoor.melden.is_some(), Code::EerstBesluitOverMelden)?;
            Gebeurtenis::HulpBesloten { hulp: *hulp }
        }
        Commando::NeemOudBesluit { besluit, reden } => neem_oud_besluit(spoor, *besluit, *reden, context)?,
        Commando::LegContactpogingVast { wijze, gelukt } => {
            Gebeurtenis::ContactpogingVastgelegd { wijze: *wijze, gelukt: *gelukt }
        }
        Commando::LegMeldingVast => Gebeurtenis::MeldingGedaan,
        Commando::SluitSpoor { sluitreden, reden } => sluit(spoor, *sluitreden, *reden, context)?,
    }])
}

fn begin(commando: &Commando, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    let Commando::BeginSpoor { kader, client, uitvoerder, eindverantwoordelijke, reden } = commando else {
        return Err(context.weiger(Code::Onbekend));
    };
    let veilig_thuis = context.bundel.veilig_thuis().cloned().ok_or_else(|| context.weiger(Code::Onbekend))?;
    let codes = (!eindverantwoordelijke).then_some(Code::EindverantwoordelijkeOnbekend).into_iter().collect();
    let ervoor = |vanaf: Datum| context.gebeurd_op.dag() < vanaf.0;
    Ok(Gebeurtenis::SpoorBegonnen {
        kader: kader.clone(),
        client: *client,
        afspraak: context.bundel.afspraak.clone(),
        veilig_thuis,
        uitvoerder: uitvoerder.clone(),
        eindverantwoordelijke: *eindverantwoordelijke,
        oude_stap_vijf: kader_geldt_vanaf(context.bundel).is_some_and(ervoor),
        afwijkingen: toets(context.bundel, met_regel(context.bundel, codes), *reden)?,
    })
}

fn is_oud(spoor: &Spoor) -> bool {
    spoor.begin.as_ref().is_some_and(|begin| begin.oude_stap_vijf)
}

fn is_jgz(spoor: &Spoor) -> bool {
    spoor.begin.as_ref().is_some_and(|begin| begin.kader.beroep == "jgz")
}

fn weeg(spoor: &Spoor, vraag: &Weegvraag, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    context.eis(!spoor.signalen.is_empty(), Code::GeenSignaal)?;
    context.eis(!is_oud(spoor), Code::AndereStapVijf)?;
    let Weging { uitkomst, vermoeden, gevaar, twijfel } = vraag.weging;
    let (kader, antwoorden) = (vraag.kader.clone(), vraag.antwoorden.clone());
    Ok(Gebeurtenis::Gewogen { kader, antwoorden, uitkomst, vermoeden, gevaar, twijfel })
}

/// What the steps before step 5 ask and was not done; the same list that the page shows as still to do.
pub(super) fn voor_het_besluit(spoor: &Spoor) -> Vec<Code> {
    let overlegd =
        |overleg: &Overleg| matches!(overleg.met, Overlegpartner::Collega | Overlegpartner::Aandachtsfunctionaris);
    let alleen = spoor.overleggen.iter().any(|overleg| overleg.met == Overlegpartner::GeenCollega);
    let met_collega = spoor.overleggen.iter().any(overlegd);
    let met_vt = spoor.sprak_veilig_thuis(None);
    let vormen = !spoor.bijzondere_vormen().is_empty() && !spoor.overleggen.iter().any(|o| o.vormen_besproken);
    let volwassene = spoor.begin.as_ref().is_some_and(|begin| begin.client == Client::Volwassene);
    let twijfel = spoor.weging.as_ref().filter(|weging| weging.twijfel);
    let mis = [
        (twijfel.is_some() && !met_vt, Code::VeiligThuisBijTwijfel),
        (spoor.signalen.is_empty(), Code::GeenSignaal),
        (!met_collega && !met_vt && !alleen, Code::OverlegOntbreekt),
        (alleen && !met_collega && !met_vt, Code::VeiligThuisZonderCollega),
        (vormen, Code::BijzondereVormNietBesproken),
        (spoor.gesprekken.is_empty(), Code::GesprekOntbreekt),
        (volwassene && spoor.kindcheck.is_none(), Code::KindcheckOntbreekt),
        (spoor.weging.is_none() && !is_oud(spoor), Code::WegingOntbreekt),
    ];
    mis.into_iter().filter(|(mist, _)| *mist).map(|(_, code)| code).collect()
}

/// Whether Veilig Thuis must hear of acute or structural danger, and did not: by a consultation in step 5, or a report.
pub(super) fn contact_ontbreekt(spoor: &Spoor) -> bool {
    let gevaar = spoor.weging.as_ref().filter(|weging| weging.gevaar);
    gevaar.is_some_and(|weging| spoor.gemeld_op.is_none() && !spoor.sprak_veilig_thuis(Some(weging.op)))
}

/// Of these codes those for which the agreement has a rule.
pub(super) fn met_regel(bundel: &Bundel, codes: Vec<Code>) -> Vec<Reden> {
    let eigen = codes.into_iter().filter(|code| heeft_regel(bundel, *code));
    eigen.map(|code| Reden::volgens(bundel, code)).collect()
}

fn beslis_melden(spoor: &Spoor, commando: &Commando, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    let Commando::BeslisMelden { melden, door_eindverantwoordelijke, besproken, reden } = commando else {
        return Err(context.weiger(Code::Onbekend));
    };
    context.eis(!is_oud(spoor), Code::AndereStapVijf)?;
    // Without a weighing there is nothing to decide on; whoever is in danger calls, and reports without a track.
    let weging = spoor.weging.as_ref().ok_or_else(|| context.weiger(Code::WegingOntbreekt))?;
    let codes = if *melden {
        (!besproken).then_some(Code::MeldingNietBesproken).into_iter().collect()
    } else {
        let jgz = is_jgz(spoor) && weging.vermoeden;
        let mut codes = voor_het_besluit(spoor);
        codes.extend(weging.gevaar.then_some(Code::MeldenVerplicht));
        codes.extend(jgz.then_some(Code::JgzMeldtNiet));
        codes.extend((jgz && !door_eindverantwoordelijke).then_some(Code::EindverantwoordelijkeBeslist));
        codes
    };
    Ok(Gebeurtenis::MeldenBesloten {
        melden: *melden,
        door_eindverantwoordelijke: *door_eindverantwoordelijke,
        besproken: *besproken,
        afwijkingen: toets(context.bundel, met_regel(context.bundel, codes), *reden)?,
    })
}

fn neem_oud_besluit(
    spoor: &Spoor,
    besluit: OudBesluit,
    reden: bool,
    context: &Context<'_>,
) -> Result<Gebeurtenis, Weigering> {
    context.eis(is_oud(spoor), Code::AndereStapVijf)?;
    let codes = if besluit == OudBesluit::Melden { Vec::new() } else { voor_het_besluit(spoor) };
    let afwijkingen = toets(context.bundel, met_regel(context.bundel, codes), reden)?;
    Ok(Gebeurtenis::OudBesluitGenomen { besluit, afwijkingen })
}

fn sluit(spoor: &Spoor, sluitreden: Sluitreden, reden: bool, context: &Context<'_>) -> Result<Gebeurtenis, Weigering> {
    let besloten = (spoor.melden.is_some() && spoor.hulp.is_some()) || spoor.oud_besluit.is_some();
    let weerlegd = spoor.weging.as_ref().is_some_and(|weging| weging.uitkomst == Uitkomst::Afsluiten);
    let past = match sluitreden {
        Sluitreden::VermoedenWeerlegd => weerlegd,
        Sluitreden::Gemeld => spoor.gemeld_op.is_some(),
        Sluitreden::HulpWerkt => besloten && !spoor.besloot_te_melden(),
    };
    context.eis(past, Code::SpoorNietAf)?;
    let mut codes = if sluitreden == Sluitreden::VermoedenWeerlegd { voor_het_besluit(spoor) } else { Vec::new() };
    codes.extend(contact_ontbreekt(spoor).then_some(Code::ContactVeiligThuisOntbreekt));
    let afwijkingen = toets(context.bundel, met_regel(context.bundel, codes), reden)?;
    Ok(Gebeurtenis::SpoorAfgesloten { reden: sluitreden, afwijkingen })
}
