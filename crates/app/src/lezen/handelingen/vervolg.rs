//! The acts after the assessment, as they would be done properly.

use crate::Actor;
use domain::{
    Casus, Commando,
    afspraak::{Bundel, Bundels, Documentlezer, Documentregel, GeldigeBundel, Gespreksmoment, Gevolg},
    beoordelingen::{Functie, Overleguitkomst},
    bijlagen::soorten,
    commando::*,
    gebeurtenis::*,
    ids::*,
    meldingen::{Intrekking, Meldgegevens, Melding, aan_te_vullen},
    overdrachten::{BespreekAanTafel, Tafelbesluit, tafelpartijen},
    plichten::{Stand, contactvolgorde, plichten},
    tijd::{Datum, Instant},
    verrijking::Bronuitkomst,
};
use uuid::Uuid;

pub(super) fn proef(
    naam: &str,
    casus: &Casus,
    actor: &Actor,
    geldig: &GeldigeBundel,
    bundels: &Bundels,
    nu: Instant,
) -> Option<Commando> {
    let bundel = &geldig.bundel;
    let datum = Datum(nu.dag().tomorrow().ok()?);
    let ongekozen = || {
        let gekozen = |melding: MeldingId| casus.huishoudens.iter().any(|(_, eerder, _)| *eerder == melding);
        casus.eigen_meldingen().find(|melding| !gekozen(melding.id)).map(|melding| melding.id)
    };
    Some(match naam {
        "kies-huishouden" => Commando::KiesHuishouden { melding: ongekozen()?, keuze: HuishoudenKeuze::Nieuw },
        "start-dienst:voorwaarden-en-vervolg" => start(DienstSoort::VoorwaardenEnVervolg, bundel)?,
        "start-dienst:onderzoek" => start(DienstSoort::Onderzoek, bundel)?,
        "rond-dienst-af" => rond_af(casus)?,
        "houd-huisbezoek" => huisbezoek(bundel),
        "houd-warme-overdracht" => warm(casus, bundel)?,
        "vul-inhoud-aan" => Commando::VulInhoudAan {
            overdracht: casus.lopend_aanbod().filter(|aanbod| aanbod.compleet.is_none())?.id,
            onderdelen: Default::default(),
            reden: true,
        },
        "leg-monitormoment-vast" => moment(bundel)?,
        "plan-monitormoment" => Commando::PlanMonitormoment { datum, reden: true },
        "rond-monitoring-af" => Commando::RondMonitoringAf { reden: false },
        "raadpleeg-veilig-thuis" => {
            casus.laatste_overgang()?;
            Commando::RaadpleegVeiligThuis
        }
        "spreek-deeltaak-af" => Commando::SpreekDeeltaakAf {
            deeltaak: DeeltaakId(Uuid::nil()),
            organisatie: casus.veilig_thuis.clone()?,
            tot: None,
        },
        "rond-deeltaak-af" => {
            // Who has a task ends its own; who holds ends any.
            let open: Vec<_> = casus.deeltaken.iter().filter(|deeltaak| deeltaak.afgerond.is_none()).collect();
            let eigen = open.iter().find(|deeltaak| deeltaak.organisatie == actor.organisatie);
            Commando::RondDeeltaakAf { deeltaak: eigen.or(open.first())?.id }
        }
        "stel-informeren-uit" => {
            let geinformeerd = !casus.geinformeerd.is_empty();
            return (!geinformeerd).then_some(Commando::StelInformerenUit { tot: datum, reden: true });
        }
        "schakel-crisisdienst-in" => Commando::SchakelCrisisdienstIn { organisatie: casus.veilig_thuis.clone()? },
        "meld-crisis-stabiel" => Commando::MeldCrisisStabiel,
        "verhuis-gezin" => Commando::VerhuisGezin { gemeente: String::new(), afspraak: casus.afspraak.clone()? },
        "verplaats-melding" => {
            let melding = casus.eigen_meldingen().find(|melding| melding.besluit.is_none())?.id;
            Commando::VerplaatsMelding { melding, naar: CasusId(Uuid::nil()), reden: true }
        }
        "stem-in-met-sluiting" => {
            casus.sluiting_voorgesteld.as_ref()?;
            Commando::StemInMetSluiting
        }
        _ => {
            return proef_bij_melding(naam, casus, bundel, bundels)
                .or_else(|| proef_erbij(naam, casus, actor, bundel, nu));
        }
    })
}

/// Other answers to an offer, what is written and how somebody is reached, and what a reporter says afterwards.
fn proef_erbij(naam: &str, casus: &Casus, actor: &Actor, bundel: &Bundel, nu: Instant) -> Option<Commando> {
    Some(match naam {
        "aanvaard-tegenvoorstel" => {
            let aanbod = casus.open_aanbod()?;
            aanbod.tegenvoorstel.as_ref().filter(|voorstel| voorstel.aanvaard.is_none())?;
            Commando::AanvaardTegenvoorstel { overdracht: aanbod.id }
        }
        "doe-tegenvoorstel" => Commando::DoeTegenvoorstel {
            overdracht: casus.open_aanbod()?.id,
            per: Datum(bundel.kalender.werkdag_na(nu.dag(), 1)),
            reden: true,
        },
        "stuur-aanbod-door" => {
            let aanbod = casus.open_aanbod()?;
            let anderen = bundel.ontvangers(&casus.gemeente, aanbod.fase);
            let naar = anderen.into_iter().map(|(id, _)| id).find(|id| **id != aanbod.naar)?.clone();
            Commando::StuurAanbodDoor { overdracht: aanbod.id, naar, reden: true }
        }
        "bespreek-aan-tafel" => {
            let aanbod = casus.open_aanbod().filter(|aanbod| aanbod.wijze == OverdrachtWijze::Overdrachtstafel)?;
            Commando::BespreekAanTafel(BespreekAanTafel {
                overdracht: aanbod.id,
                bijeenkomst: None,
                aanwezig: tafelpartijen(bundel, &casus.gemeente),
                besluit: Tafelbesluit::Oppakken,
                reden: false,
            })
        }
        "maak-document" => document(casus, bundel)?,
        "voeg-bijlagen-toe" => {
            let soort = soorten(bundel).first()?.sleutel.to_owned();
            Commando::VoegBijlagenToe { soort, bijlagen: vec![BijlageId(Uuid::nil())] }
        }
        "leg-contactveiligheid-vast" => Commando::LegContactveiligheidVast(LegContactveiligheidVast {
            persoon: casus.personen.first()?.id,
            wegen: Default::default(),
            huisbezoek_waarschuwing: false,
        }),
        "corrigeer-melding" => Commando::CorrigeerMelding { melding: eigen_melding(casus, actor)? },
        "trek-melding-in" => Commando::TrekMeldingIn { melding: eigen_melding(casus, actor)? },
        _ => return None,
    })
}

/// The last report that this organisation made openly.
fn eigen_melding(casus: &Casus, actor: &Actor) -> Option<MeldingId> {
    let eigen = |melding: &&Melding| melding.melder.organisatie() == Some(&actor.organisatie);
    casus.meldingen.iter().rfind(|melding| eigen(melding) && !melding.is_weg()).map(|melding| melding.id)
}

/// What comes after a report, and talks with who is involved.
fn proef_bij_melding(naam: &str, casus: &Casus, bundel: &Bundel, bundels: &Bundels) -> Option<Commando> {
    Some(match naam {
        "vul-melding-aan" => {
            let bundel = |melding: &Melding| bundels.uit(&melding.feit.bundel).unwrap_or(bundel);
            let melding = casus.eigen_meldingen().find(|m| aan_te_vullen(casus, m, bundel(m)).is_some())?.id;
            let gegevens = Meldgegevens::default();
            Commando::VulMeldingAan(VulMeldingAan { melding, gegevens, compleet: true, reden: true })
        }
        "beslis-over-intrekking" => {
            let wacht = |melding: &&Melding| melding.intrekking.as_ref().is_some_and(Intrekking::wacht);
            let melding = casus.eigen_meldingen().find(wacht)?.id;
            Commando::BeslisOverIntrekking { melding, gevolgd: true, reden: true }
        }
        "houd-overleg" => Commando::HoudOverleg(HoudOverleg {
            melding: casus.onbesliste_meldingen().next()?.id,
            functies: [Functie::Medewerker, Functie::Gedragswetenschapper].into(),
            organisaties: Default::default(),
            uitkomst: Overleguitkomst::Eens,
        }),
        "vraag-informatie" => {
            let melding = casus.onbesliste_meldingen().next()?.id;
            let (bron, _) = bundel.bronnen().into_iter().next()?;
            let verzoek = VerzoekId(Uuid::nil());
            Commando::VraagInformatie(VraagInformatie { melding, verzoek, bron: bron.to_owned(), aan: None })
        }
        "leg-informatie-vast" => {
            let verzoek = casus.verzoeken.iter().find(|verzoek| verzoek.antwoord.is_none())?.id;
            Commando::LegInformatieVast { verzoek, uitkomst: Bronuitkomst::NietsGevonden }
        }
        "leg-plicht-vast" => {
            let open = plichten(casus, bundels).into_iter().find(|plicht| !matches!(plicht.stand, Stand::Gedaan(_)))?;
            let gedaan = open.plicht.vervuld_door.is_none();
            let plicht = open.sleutel.to_owned();
            Commando::LegPlichtVast(LegPlichtVast { melding: open.melding, plicht, gedaan, reden: true })
        }
        "leg-gi-vast" => {
            let lid = casus.personen.first()?;
            let organisatie = lid.gi.is_none().then(|| casus.veilig_thuis.clone()).flatten();
            Commando::LegGiVast { persoon: lid.id, organisatie }
        }
        "leg-contact-beroepskracht-vast" => {
            let volgorde = contactvolgorde(casus, bundel);
            let hulp = volgorde.as_ref().and_then(|volgorde| volgorde.hulpverlener.as_ref());
            let gi = volgorde.as_ref().and_then(|volgorde| volgorde.instellingen.first());
            let organisatie = gi.or(hulp).map(|(wie, _)| wie.clone()).or_else(|| casus.veilig_thuis.clone())?;
            Commando::LegContactBeroepskrachtVast { organisatie, reden: false }
        }
        _ => return None,
    })
}

fn start(soort: DienstSoort, bundel: &Bundel) -> Option<Commando> {
    let regel = bundel.dienst(soort)?;
    let keuzecriteria = regel.keuzecriteria.keys().cloned().collect();
    Some(Commando::StartDienst(StartDienst { dienst: DienstId(Uuid::nil()), soort, keuzecriteria, reden: false }))
}

fn rond_af(casus: &Casus) -> Option<Commando> {
    Some(Commando::RondDienstAf(RondDienstAf {
        dienst: casus.lopende_dienst()?.id,
        conclusie: Some(Conclusie::Bevestigd),
        per_aard: Default::default(),
        voorwaarden_gesteld: true,
        voortijdig: false,
        reden: false,
    }))
}

fn huisbezoek(bundel: &Bundel) -> Commando {
    let punten = bundel.gesprekspunten(Gespreksmoment::Huisbezoek).into_iter();
    Commando::HoudHuisbezoek(HoudHuisbezoek {
        samen_met: None,
        kinderen_gesproken: true,
        punten: punten.map(|(sleutel, _)| sleutel.to_owned()).collect(),
        reden: false,
    })
}

fn warm(casus: &Casus, bundel: &Bundel) -> Option<Commando> {
    let aanbod = casus.lopend_aanbod().filter(|aanbod| aanbod.warm.is_none())?;
    if aanbod.fase != domain::afspraak::Fase::NaDienst {
        return None;
    }
    let momenten = [Gespreksmoment::Vooraf, Gespreksmoment::Gesprek].into_iter();
    let punten = momenten.flat_map(|moment| bundel.gesprekspunten(moment)).map(|(sleutel, _)| sleutel.to_owned());
    Some(Commando::HoudWarmeOverdracht(HoudWarmeOverdracht {
        overdracht: aanbod.id,
        aanwezig: [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger].into(),
        punten: punten.collect(),
        reden: false,
    }))
}

fn moment(bundel: &Bundel) -> Option<Commando> {
    let antwoorden = bundel.monitorvragen().into_iter().map(|(sleutel, _)| (sleutel.to_owned(), Antwoord::Ja));
    let mut uitkomsten = bundel.inhoud.monitoruitkomst.iter();
    let (uitkomst, _) = uitkomsten.find(|(_, regel)| regel.gevolg == Gevolg::Voortzetten)?;
    Some(Commando::LegMonitormomentVast(LegMonitormomentVast {
        moment: None,
        antwoorden: antwoorden.collect(),
        uitkomst: uitkomst.clone(),
        reden: false,
    }))
}

/// The first kind of document that needs no handover and no reporter.
fn document(casus: &Casus, bundel: &Bundel) -> Option<Commando> {
    let los = |regel: &&(&str, &Documentregel)| {
        !regel.1.met_overdracht && matches!(regel.1.lezer, Documentlezer::Gezin | Documentlezer::Dossier)
    };
    let (soort, regel) = bundel.documenten().into_iter().find(|regel| los(&regel))?;
    casus.bedoelde_melding()?;
    Some(Commando::MaakDocument(MaakDocument {
        document: DocumentId(Uuid::nil()),
        soort: soort.to_owned(),
        overdracht: None,
        melding: None,
        onderdelen: regel.deel.keys().cloned().collect(),
        noemt_melder: Default::default(),
        reden: false,
    }))
}
