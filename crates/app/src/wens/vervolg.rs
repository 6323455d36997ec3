//! What follows on the assessment: services, warm handover, tasks beside zicht, monitoring, crisis, moving.

use super::{
    Omgeving, VeldFout, Wens, eis_code, fout, gevuld, nodig,
    vragen::{Ingevuld, InstrumentWens},
};
use domain::{commando::*, gebeurtenis::*, ids::*, meldingen::Meldwijze, tijd::Datum};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wens! {
    /// Feedback to a reporter; which one follows from what was done before when absent.
    TerugkoppelWens { melding: Option<MeldingId>, moment: Option<TerugkoppelingMoment>, reden: Option<String> }
    /// `keuzecriteria`: the statements that hold, by key.
    DienstWens {
        dienst: Option<DienstSoort>,
        keuzecriteria: BTreeSet<String>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    DienstAfWens {
        conclusie: Option<Conclusie>,
        per_aard: BTreeMap<Geweldsaard, Conclusie>,
        voorwaarden_gesteld: bool,
        voortijdig: bool,
        voorwaarden: Option<String>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    /// What was talked over at the family's home, by key, with what was said; `samen_met`: who came along.
    HuisbezoekWens {
        samen_met: Option<OrganisatieId>,
        kinderen_gesproken: bool,
        punten: BTreeMap<String, String>,
        reden: Option<String>,
    }
    /// What was talked over, by key, with what was agreed on it.
    WarmWens {
        overdracht: Option<OverdrachtId>,
        aanwezig: BTreeSet<Aanwezige>,
        punten: BTreeMap<String, String>,
        reden: Option<String>,
    }
    AanvulWens { overdracht: Option<OverdrachtId>, inhoud: BTreeMap<String, String>, reden: Option<String> }
    /// `tot`: `jjjj-mm-dd`, the day on which it ends.
    DeeltaakWens { organisatie: Option<OrganisatieId>, wat: Option<String>, tot: Option<String> }
    DeeltaakVerwijzing { deeltaak: Option<DeeltaakId>, toelichting: Option<String> }
    PlanWens { datum: Option<String>, reden: Option<String>, toelichting: Option<String> }
    MonitorWens {
        moment: Option<String>,
        antwoorden: BTreeMap<String, Antwoord>,
        uitkomst: Option<String>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    UitstelWens { tot: Option<String>, reden: Option<String> }
    /// `per`: the working day from which the receiver can.
    TegenvoorstelWens { overdracht: Option<OverdrachtId>, per: Option<String>, reden: Option<String> }
    DoorstuurWens { overdracht: Option<OverdrachtId>, naar: Option<OrganisatieId>, reden: Option<String> }
    /// `plicht`: a key of `[plicht]`; `gedaan`, or in `reden` why not.
    PlichtWens {
        melding: Option<MeldingId>,
        plicht: String,
        gedaan: bool,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    CrisisWens { organisatie: Option<OrganisatieId>, toelichting: Option<String> }
    VerhuisWens { gemeente: String, adres: Option<String> }
    /// The casus of the same household, or none: a household that was not known.
    HuishoudenWens { melding: Option<MeldingId>, casus: Option<CasusId>, toelichting: Option<String> }
    VerplaatsWens { melding: Option<MeldingId>, naar: Option<CasusId>, reden: Option<String> }
    /// What the reporter answered afterwards; `compleet` when there is nothing left to ask.
    MeldAanvulWens {
        melding: Option<MeldingId>,
        antwoorden: BTreeMap<String, String>,
        instrumenten: BTreeMap<String, InstrumentWens>,
        compleet: bool,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    /// What the reporter puts right, in words.
    CorrectieWens { melding: Option<MeldingId>, toelichting: Option<String> }
    IntrekkingWens { melding: Option<MeldingId>, gevolgd: bool, reden: Option<String> }
    /// Without an institution there is none any more.
    GiWens { persoon: Option<PersoonId>, organisatie: Option<OrganisatieId>, toelichting: Option<String> }
    BeroepskrachtWens { organisatie: Option<OrganisatieId>, reden: Option<String>, toelichting: Option<String> }
}

/// A day, `2026-06-01`.
pub(super) fn dag(veld: &str, tekst: &Option<String>) -> Result<Datum, Vec<VeldFout>> {
    let tekst = nodig(veld, tekst)?;
    let dag = tekst.trim().parse::<jiff::civil::Date>();
    dag.map(Datum).map_err(|_| fout(veld, "Vul een datum in, bijvoorbeeld 2026-06-01."))
}

pub(super) fn organisatie(veld: &str, gegeven: &Option<OrganisatieId>) -> Result<OrganisatieId, Vec<VeldFout>> {
    let organisatie = nodig(veld, gegeven)?;
    eis_code(veld, organisatie.als_str())?;
    Ok(organisatie)
}

impl Wens {
    pub(super) fn vervolg(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::StartDienst(wens) => Commando::StartDienst(StartDienst {
                dienst: DienstId(o.command_id.afgeleid("dienst")),
                soort: nodig("dienst", &wens.dienst)?,
                keuzecriteria: wens.keuzecriteria.clone(),
                reden: gevuld(&wens.reden),
            }),
            Wens::RondDienstAf(wens) => Commando::RondDienstAf(RondDienstAf {
                dienst: o
                    .casus
                    .lopende_dienst()
                    .map(|dienst| dienst.id)
                    .ok_or_else(|| fout("dienst", "Er loopt geen dienst."))?,
                conclusie: wens.conclusie,
                per_aard: wens.per_aard.clone(),
                voorwaarden_gesteld: wens.voorwaarden_gesteld || gevuld(&wens.voorwaarden),
                voortijdig: wens.voortijdig,
                reden: gevuld(&wens.reden),
            }),
            Wens::HoudHuisbezoek(wens) => Commando::HoudHuisbezoek(HoudHuisbezoek {
                samen_met: wens.samen_met.as_ref().map(|_| organisatie("samen_met", &wens.samen_met)).transpose()?,
                kinderen_gesproken: wens.kinderen_gesproken,
                punten: gevulde(&wens.punten),
                reden: gevuld(&wens.reden),
            }),
            Wens::HoudWarmeOverdracht(wens) => Commando::HoudWarmeOverdracht(HoudWarmeOverdracht {
                overdracht: o.overdracht(wens.overdracht)?,
                aanwezig: wens.aanwezig.clone(),
                punten: gevulde(&wens.punten),
                reden: gevuld(&wens.reden),
            }),
            Wens::VulInhoudAan(wens) => Commando::VulInhoudAan {
                overdracht: o.overdracht(wens.overdracht)?,
                onderdelen: gevulde(&wens.inhoud),
                reden: gevuld(&wens.reden),
            },
            Wens::SpreekDeeltaakAf(wens) => Commando::SpreekDeeltaakAf {
                deeltaak: DeeltaakId(o.command_id.afgeleid("deeltaak")),
                organisatie: organisatie("organisatie", &wens.organisatie)?,
                tot: wens.tot.as_ref().map(|_| dag("tot", &wens.tot)).transpose()?,
            },
            Wens::RondDeeltaakAf(wens) => Commando::RondDeeltaakAf { deeltaak: o.deeltaak(wens.deeltaak)? },
            _ => return Err(fout("doe", "Deze handeling hoort niet bij een dienst of deeltaak.")),
        })
    }

    /// Monitoring, crisis, moving, and the end.
    pub(super) fn volgen(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::PlanMonitormoment(wens) => {
                Commando::PlanMonitormoment { datum: dag("datum", &wens.datum)?, reden: gevuld(&wens.reden) }
            }
            Wens::LegMonitormomentVast(wens) => Commando::LegMonitormomentVast(LegMonitormomentVast {
                moment: wens.moment.clone().filter(|moment| !moment.trim().is_empty()),
                antwoorden: wens.antwoorden.clone(),
                uitkomst: nodig("uitkomst", &wens.uitkomst)?,
                reden: gevuld(&wens.reden),
            }),
            Wens::RondMonitoringAf(wens) => Commando::RondMonitoringAf { reden: gevuld(&wens.reden) },
            Wens::RaadpleegVeiligThuis(_) => Commando::RaadpleegVeiligThuis,
            Wens::StelInformerenUit(wens) => {
                Commando::StelInformerenUit { tot: dag("tot", &wens.tot)?, reden: gevuld(&wens.reden) }
            }
            Wens::LegPlichtVast(wens) => {
                eis_code("plicht", &wens.plicht)?;
                Commando::LegPlichtVast(LegPlichtVast {
                    melding: o.melding(wens.melding)?,
                    plicht: wens.plicht.clone(),
                    gedaan: wens.gedaan,
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::SchakelCrisisdienstIn(wens) => {
                Commando::SchakelCrisisdienstIn { organisatie: organisatie("organisatie", &wens.organisatie)? }
            }
            Wens::MeldCrisisStabiel(_) => Commando::MeldCrisisStabiel,
            Wens::VerhuisGezin(wens) => {
                let naar = o.afspraken.voor_gemeente(&wens.gemeente, o.nu.dag());
                let naar = naar.ok_or_else(|| fout("gemeente", "Voor deze gemeente geldt hier geen afspraak."))?;
                let (gemeente, afspraak) = (wens.gemeente.clone(), naar.bundel.afspraak.clone());
                Commando::VerhuisGezin { gemeente, afspraak }
            }
            Wens::KiesHuishouden(wens) => Commando::KiesHuishouden {
                melding: o.melding(wens.melding)?,
                keuze: wens.casus.map_or(HuishoudenKeuze::Nieuw, |casus| HuishoudenKeuze::Bekend { casus }),
            },
            Wens::VerplaatsMelding(wens) => Commando::VerplaatsMelding {
                melding: o.melding(wens.melding)?,
                naar: nodig("naar", &wens.naar)?,
                reden: gevuld(&wens.reden),
            },
            Wens::StemInMetSluiting(_) => Commando::StemInMetSluiting,
            _ => return Err(fout("doe", "Deze handeling hoort niet bij het vervolg.")),
        })
    }
}

impl Wens {
    /// What comes after a report: answers, corrections, and who else is involved.
    pub(super) fn na_melding(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::VulMeldingAan(wens) => {
                let ingevuld = Ingevuld { antwoorden: &wens.antwoorden, instrumenten: &wens.instrumenten };
                Commando::VulMeldingAan(VulMeldingAan {
                    melding: o.melding(wens.melding)?,
                    gegevens: ingevuld.lees(Meldwijze::default(), o)?.0,
                    compleet: wens.compleet,
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::CorrigeerMelding(wens) => {
                nodig("toelichting", &wens.toelichting.clone().filter(|tekst| !tekst.trim().is_empty()))?;
                Commando::CorrigeerMelding { melding: o.melding(wens.melding)? }
            }
            Wens::TrekMeldingIn(wens) => Commando::TrekMeldingIn { melding: o.melding(wens.melding)? },
            Wens::BeslisOverIntrekking(wens) => Commando::BeslisOverIntrekking {
                melding: o.melding(wens.melding)?,
                gevolgd: wens.gevolgd,
                reden: gevuld(&wens.reden),
            },
            Wens::LegGiVast(wens) => {
                wens.organisatie.iter().try_for_each(|gi| eis_code("organisatie", gi.als_str()))?;
                Commando::LegGiVast { persoon: nodig("persoon", &wens.persoon)?, organisatie: wens.organisatie.clone() }
            }
            Wens::LegContactBeroepskrachtVast(wens) => Commando::LegContactBeroepskrachtVast {
                organisatie: organisatie("organisatie", &wens.organisatie)?,
                reden: gevuld(&wens.reden),
            },
            _ => return Err(fout("doe", "Deze handeling hoort niet bij een melding.")),
        })
    }

    /// The words of answers and assessments that came afterwards.
    pub(super) fn woorden_na_melding(&self, o: &Omgeving<'_>) -> Vec<(String, String)> {
        let Wens::VulMeldingAan(wens) = self else { return Vec::new() };
        let ingevuld = Ingevuld { antwoorden: &wens.antwoorden, instrumenten: &wens.instrumenten };
        ingevuld.lees(Meldwijze::default(), o).map(|(_, woorden)| woorden).unwrap_or_default()
    }
}

/// The keys with a text.
pub(super) fn gevulde(teksten: &BTreeMap<String, String>) -> BTreeSet<String> {
    teksten.iter().filter(|(_, tekst)| !tekst.trim().is_empty()).map(|(sleutel, _)| sleutel.clone()).collect()
}

impl Omgeving<'_> {
    fn deeltaak(&self, genoemd: Option<DeeltaakId>) -> Result<DeeltaakId, Vec<VeldFout>> {
        let open = || self.casus.deeltaken.iter().filter(|deeltaak| deeltaak.afgerond.is_none());
        let eigen = open().find(|deeltaak| deeltaak.organisatie == self.actor.organisatie);
        genoemd
            .or_else(|| eigen.or_else(|| open().next()).map(|deeltaak| deeltaak.id))
            .ok_or_else(|| fout("deeltaak", "Er loopt geen deeltaak."))
    }
}
