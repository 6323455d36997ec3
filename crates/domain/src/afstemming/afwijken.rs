//! A deviation from a named entry of the agreement on this casus: one side proposes it with the reason, the other accepts
//! or declines. Until then, and when it declines, the agreement's own line holds.

use super::Afstemgebeurtenis;
use crate::{
    afspraak::{Bundel, Soort},
    besluit::Context,
    casus::Casus,
    ids::{AfwijkingId, OrganisatieId},
    tijd::Datum,
    weigering::{Code, Reden, Weigering},
};
use serde::{Deserialize, Serialize};

/// An entry of the agreement from which may be deviated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ingang {
    /// A guideline: the act passes without another reason.
    Regel(Code),
    /// A term: it gets another day.
    Termijn(String),
}

impl Ingang {
    /// `regel.inhoud-ontbreekt`, as it stands in the agreement.
    pub fn naam(&self) -> String {
        match self {
            Ingang::Regel(code) => format!("regel.{}", code.als_str()),
            Ingang::Termijn(soort) => format!("termijn.{soort}"),
        }
    }

    /// The entry with this name.
    pub fn uit_naam(naam: &str) -> Option<Self> {
        match naam.split_once('.')? {
            ("regel", code) => Code::ALLE.iter().find(|een| een.als_str() == code).map(|code| Ingang::Regel(*code)),
            ("termijn", soort) => Some(Ingang::Termijn(soort.to_owned())),
            _ => None,
        }
    }
}

/// Every entry from which both sides may deviate together: guidelines, and terms that there are.
pub fn ingangen(bundel: &Bundel) -> Vec<Ingang> {
    let regels = bundel.inhoud.regel.iter().filter(|(_, regel)| regel.soort.is_some_and(Soort::is_richtlijn));
    let termijnen = bundel.inhoud.termijn.iter().filter(|(_, regel)| !regel.geen);
    let regels = regels.map(|(code, _)| Ingang::Regel(*code));
    regels.chain(termijnen.map(|(soort, _)| Ingang::Termijn(soort.clone()))).collect()
}

pub(super) fn stel_voor(
    casus: &Casus,
    afwijking: AfwijkingId,
    (ingang, uiterlijk): (&Ingang, Option<Datum>),
    reden: bool,
    context: &Context<'_>,
) -> Result<Afstemgebeurtenis, Weigering> {
    let nieuw = casus.afstemming.afwijkingen.iter().all(|eerder| eerder.id != afwijking);
    context.eis(nieuw, Code::Onbekend)?;
    let aan = andere_partij(casus, context).ok_or_else(|| context.weiger(Code::Onbekend))?;
    if !ingangen(context.bundel).contains(ingang) {
        let weigering = Reden::volgens(context.bundel, Code::NietAfTeWijken);
        let eigen = match ingang {
            Ingang::Regel(code) => context.bundel.inhoud.regel.get(code).map(|regel| &regel.clausule),
            Ingang::Termijn(soort) => context.bundel.inhoud.termijn.get(soort).map(|regel| &regel.clausule),
        };
        return Err(Weigering::om(match eigen {
            Some(clausule) => weigering.met_clausule(clausule),
            None => weigering,
        }));
    }
    let dag_past = matches!(ingang, Ingang::Termijn(_)) == uiterlijk.is_some();
    context.eis(dag_past, Code::Onbekend)?;
    context.eis(uiterlijk.is_none_or(|dag| dag.0 >= context.nu.dag()), Code::DagVoorbij)?;
    let al_open = casus.afstemming.open().any(|voorstel| voorstel.ingang == *ingang);
    context.eis(!al_open, Code::AlGekozen)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(Afstemgebeurtenis::AfwijkingVoorgesteld { afwijking, ingang: ingang.clone(), aan, uiterlijk })
}

/// The other side: for Veilig Thuis who was offered the casus or received it, for all others Veilig Thuis.
fn andere_partij(casus: &Casus, context: &Context<'_>) -> Option<OrganisatieId> {
    let vt = casus.veilig_thuis.as_ref()?;
    if vt != context.organisatie {
        return Some(vt.clone());
    }
    let aanbod = casus.open_aanbod().or(casus.laatste_overgang().map(|(overdracht, _)| overdracht));
    aanbod.map(|overdracht| overdracht.naar.clone()).filter(|naar| naar != vt)
}

pub(super) fn beantwoord(
    casus: &Casus,
    afwijking: AfwijkingId,
    akkoord: bool,
    reden: bool,
    context: &Context<'_>,
) -> Result<Afstemgebeurtenis, Weigering> {
    let voorstel = casus.afstemming.open().find(|voorstel| voorstel.id == afwijking);
    let voorstel = voorstel.ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(voorstel.aan == *context.organisatie, Code::NietDeAnderePartij)?;
    context.eis(akkoord || reden, Code::RedenOntbreekt)?;
    Ok(Afstemgebeurtenis::AfwijkingBeantwoord { afwijking, akkoord })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::{
        afspraak::Soort,
        commando::Commando,
        gebeurtenis::{DienstSoort, SluitingWijze},
        proef::*,
        termijnen::Status,
    };
    use uuid::Uuid;

    fn stel(ingang: &str, uiterlijk: Option<&str>) -> Commando {
        Commando::Afstemming(Afstemcommando::StelAfwijkingVoor {
            afwijking: AfwijkingId(Uuid::from_u128(1)),
            ingang: Ingang::uit_naam(ingang).unwrap(),
            uiterlijk: uiterlijk.map(|dag| Datum(dag.parse().unwrap())),
            reden: true,
        })
    }

    fn antwoord(akkoord: bool) -> Commando {
        Commando::Afstemming(Afstemcommando::BeantwoordAfwijking {
            afwijking: AfwijkingId(Uuid::from_u128(1)),
            akkoord,
            reden: true,
        })
    }

    fn aangeboden() -> Verhaal {
        let vt = klaar_voor_overdracht("zuid-holland-zuid").op("2026-03-10 10:00").door_vt();
        vt.doe(&vt.aanbod("jeugdteam-dordrecht"))
    }

    #[test]
    fn een_andere_dag_geldt_pas_als_de_ander_instemt() {
        let vt = aangeboden();
        let team = vt.door("jeugdteam-dordrecht");
        assert_eq!(team.status("contact-gezin", "2026-03-18 12:00"), Status::TeLaat);
        let voorstel = team.doe(&stel("termijn.contact-gezin", Some("2026-03-31")));
        assert_eq!(voorstel.status("contact-gezin", "2026-03-18 12:00"), Status::TeLaat);
        voorstel.probeer(&antwoord(true)).geweigerd(Code::NietDeAnderePartij);
        let nee = voorstel.op("2026-03-11 10:00").door_vt().doe(&antwoord(false));
        assert_eq!(nee.status("contact-gezin", "2026-03-18 12:00"), Status::TeLaat);
        let ja = voorstel.op("2026-03-11 10:00").door_vt().doe(&antwoord(true));
        assert_eq!(ja.status("contact-gezin", "2026-03-31 23:59"), Status::Open);
        assert_eq!(ja.status("contact-gezin", "2026-04-01 00:00"), Status::TeLaat);
        ja.probeer(&antwoord(true)).geweigerd(Code::Onbekend);
        // What was late when both agreed stays late.
        let te_laat = voorstel.op("2026-03-20 10:00").door_vt().doe(&antwoord(true));
        assert_eq!(te_laat.status("contact-gezin", "2026-03-20 12:00"), Status::TeLaat);
    }

    #[test]
    fn van_een_richtlijn_wijken_beide_samen_af_en_van_wat_moet_niemand() {
        let vt = aangeboden();
        let weigering = vt.probeer(&stel("regel.niet-de-ontvanger", None)).geweigerd(Code::NietAfTeWijken);
        assert!(!weigering.mag_met_reden);
        vt.probeer(&stel("regel.inhoud-ontbreekt", Some("2026-03-31"))).geweigerd(Code::Onbekend);
        vt.probeer(&stel("termijn.contact-gezin", None)).geweigerd(Code::Onbekend);
        let alleen = klaar_voor_overdracht("zuid-holland-zuid").op("2026-03-10 10:00").door_vt();
        alleen.probeer(&stel("regel.inhoud-ontbreekt", None)).geweigerd(Code::Onbekend);
        let samen = vt.doe(&stel("regel.inhoud-ontbreekt", None)).door("jeugdteam-dordrecht").doe(&antwoord(true));
        let overdracht = samen.staat().overdrachten[0].id;
        let terug = Commando::TrekOverdrachtIn { overdracht, reden: true };
        let vt = samen.op("2026-03-11 09:00").door_vt().doe(&terug);
        let Commando::BiedOverdrachtAan(mut aanbod) = vt.aanbod("jeugdteam-dordrecht") else { unreachable!() };
        aanbod.onderdelen.clear();
        let aanbod = Commando::BiedOverdrachtAan(aanbod);
        vt.probeer(&aanbod).toegestaan();
        let zonder = klaar_voor_overdracht("zuid-holland-zuid").op("2026-03-10 10:00").door_vt();
        zonder.probeer(&aanbod).geweigerd(Code::InhoudOntbreekt);
    }

    #[test]
    fn waar_beide_moeten_instemmen_is_een_reden_van_een_kant_niet_genoeg() {
        let team = "jeugdteam-dordrecht";
        // Veilig Thuis monitors after an onderzoek.
        let vt = na_dienst("zuid-holland-zuid", DienstSoort::Onderzoek).op("2026-04-08 10:00").door_vt();
        let vt = vt.doe(&vt.aanbod(team));
        let overdracht = vt.staat().overdrachten[0].id;
        let verhaal = vt.doe(&warm(&vt, overdracht)).door(team).doe(&Commando::AccepteerOverdracht { overdracht });
        let sluit = Commando::SluitCasus(crate::commando::SluitCasus {
            wijze: SluitingWijze::StabielVeilig,
            bevestigd: verhaal.bundel().inhoud.sluiting["stabiel-veilig"].voorwaarden.keys().cloned().collect(),
            reden: true,
        });
        let team = verhaal.op("2026-12-01 10:00").door(team);
        let weigering = team.probeer(&sluit).geweigerd(Code::VtNietGeraadpleegd);
        assert_eq!((weigering.reden.soort, weigering.mag_met_reden), (Soort::RichtlijnSamen, false));
        let voorstel = team.doe(&stel("regel.vt-niet-geraadpleegd", None));
        voorstel.probeer(&sluit).geweigerd(Code::VtNietGeraadpleegd);
        let nee = voorstel.door_vt().doe(&antwoord(false)).door("jeugdteam-dordrecht");
        nee.probeer(&sluit).geweigerd(Code::VtNietGeraadpleegd);
        let ja = voorstel.door_vt().doe(&antwoord(true)).door("jeugdteam-dordrecht");
        ja.probeer(&sluit).toegestaan();
    }
}
