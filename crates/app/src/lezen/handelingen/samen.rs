//! The acts around coercion, the ladder and deviations, as they would be done properly.

use domain::{
    Casus, Commando, Context,
    afspraak::{Initiatief, Maatregel},
    afstemming::*,
    ids::{AfwijkingId, MaatregelId},
    maatregelen::*,
};
use uuid::Uuid;

pub(super) fn proef(naam: &str, casus: &Casus, context: &Context<'_>) -> Option<Commando> {
    let inhoud = &context.bundel.inhoud;
    Some(match naam {
        "bied-steun" => {
            Commando::Maatregel(Maatregelcommando::BiedSteun { vorm: inhoud.steunvorm.keys().next()?.clone() })
        }
        "bespreek-dwang" => {
            inhoud.maatregel.values().next()?;
            let met = [Dwangpartner::VeiligThuis, Dwangpartner::LokaalTeam].into();
            Commando::Maatregel(Maatregelcommando::BespreekDwang { met })
        }
        "neem-initiatief" => {
            let eigen_informatie = true;
            let (soort, regel) = inhoud.maatregel.iter().min_by_key(|(_, regel)| regel.volgorde)?;
            Commando::Maatregel(Maatregelcommando::NeemInitiatief(NeemInitiatief {
                maatregel: MaatregelId(Uuid::nil()),
                soort: soort.clone(),
                samen: alleen_samen(casus, regel, context),
                eigen_informatie,
                taxatie_met: regel.taxatie_met.clone(),
                reden: true,
            }))
        }
        "leg-antwoord-maatregel-vast" => Commando::Maatregel(Maatregelcommando::LegAntwoordMaatregelVast {
            maatregel: casus.maatregelen.ingezet.last()?.id,
            antwoord: Maatregelantwoord::InBehandeling,
            tot: None,
        }),
        "schaal-op" => {
            let gezet = |stap: &str| casus.afstemming.lopende_stappen().any(|(_, eerder)| eerder == stap);
            let over = inhoud.escalatie.iter().filter(|(stap, _)| !gezet(stap));
            let (stap, _) = over.min_by_key(|(_, regel)| regel.volgorde)?;
            Commando::Afstemming(Afstemcommando::SchaalOp { stap: stap.clone(), reden: true })
        }
        "leg-escalatiebesluit-vast" => {
            let kan = |stap: &str| inhoud.escalatie.get(stap).is_some_and(|regel| regel.beslist);
            casus.afstemming.lopende_stappen().find(|(_, stap)| kan(stap))?;
            Commando::Afstemming(Afstemcommando::LegEscalatiebesluitVast)
        }
        "leg-antwoord-gemeente-vast" => Commando::Afstemming(Afstemcommando::LegAntwoordGemeenteVast),
        "stel-afwijking-voor" => {
            let open = |ingang: &Ingang| casus.afstemming.open().any(|voorstel| voorstel.ingang == *ingang);
            let mut regels = ingangen(context.bundel).into_iter().filter(|ingang| matches!(ingang, Ingang::Regel(_)));
            Commando::Afstemming(Afstemcommando::StelAfwijkingVoor {
                afwijking: AfwijkingId(Uuid::nil()),
                ingang: regels.find(|ingang| !open(ingang))?,
                uiterlijk: None,
                reden: true,
            })
        }
        "beantwoord-afwijking" => {
            let voorstel = casus.afstemming.open().find(|voorstel| voorstel.aan == *context.organisatie)?;
            let (afwijking, akkoord, reden) = (voorstel.id, true, false);
            Commando::Afstemming(Afstemcommando::BeantwoordAfwijking { afwijking, akkoord, reden })
        }
        _ => return None,
    })
}

/// Whether this side can only do it together with the other.
fn alleen_samen(casus: &Casus, regel: &Maatregel, context: &Context<'_>) -> bool {
    let is_vt = casus.veilig_thuis.as_ref() == Some(context.organisatie);
    let over = casus.laatste_overgang().is_some() && !casus.op_zich_genomen();
    is_vt && over && !regel.na_overdracht.contains(&Initiatief::VeiligThuis)
}
