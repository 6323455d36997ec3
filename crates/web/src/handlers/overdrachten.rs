//! The inbox of handovers: what waits for an answer, what waits for another, what is done.

use super::{
    eigen::Gedaan,
    overdracht::{heeft_antwoordtermijn, moment, wijze},
    stap, tekst,
};
use crate::{
    Toestand,
    frame::{self, houder, kader},
    pages::{
        kader::Plek,
        onderdelen::{Bladeren, Flits, Pil, Status},
        overdrachten::{OverdrachtRij, OverdrachtenPagina},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{lezen::OverdrachtInLijst, opslag::OverdrachtRij as Rij};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{ids::OrganisatieId, tijd::Instant};

/// Handovers shown at most, open ones first.
const RIJEN_MAX: u32 = 200;

/// The inbox.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let lijst = toestand.app.overdrachten(&wie.actor, RIJEN_MAX).await?;
    let mut gevuld = vul(&toestand, &wie, &lijst).await?;
    gevuld.kader.flits = frame::flits(vraag.gedaan.as_deref());
    Ok(pagina(&gevuld))
}

/// The inbox with a message above it, for an offer that is in it; else not found.
pub(super) async fn met_bericht(
    toestand: &Toestand,
    wie: &Ingelogd,
    (casus, overdracht): (&str, &str),
    bericht: Flits,
    status: StatusCode,
) -> Result<Response, WebFout> {
    let lijst = toestand.app.overdrachten(&wie.actor, RIJEN_MAX).await?;
    if !lijst.iter().any(|gevonden| is_dit(&gevonden.rij, casus, overdracht)) {
        return Err(WebFout::NietGevonden);
    }
    let mut gevuld = vul(toestand, wie, &lijst).await?;
    gevuld.kader.flits = Some(bericht);
    Ok(pagina_met_status(status, &gevuld))
}

/// One row of the reader's own list.
pub(super) async fn rij(
    toestand: &Toestand,
    wie: &Ingelogd,
    (casus, overdracht): (&str, &str),
) -> Result<OverdrachtInLijst, WebFout> {
    let lijst = toestand.app.overdrachten(&wie.actor, RIJEN_MAX).await?;
    lijst.into_iter().find(|gevonden| is_dit(&gevonden.rij, casus, overdracht)).ok_or(WebFout::NietGevonden)
}

fn is_dit(rij: &Rij, casus: &str, overdracht: &str) -> bool {
    rij.casus.to_string() == casus && rij.overdracht.to_string() == overdracht
}

async fn vul(toestand: &Toestand, wie: &Ingelogd, lijst: &[OverdrachtInLijst]) -> Result<OverdrachtenPagina, WebFout> {
    let nu = toestand.app.klok().nu();
    let eigen = &wie.actor.organisatie;
    let groep = |gezocht: Groep| {
        let van_groep = lijst.iter().filter(|gevonden| Groep::van(&gevonden.rij, eigen) == gezocht);
        van_groep.map(|gevonden| getoond(toestand, eigen, gevonden, nu)).collect()
    };
    let vol = u32::try_from(lijst.len()).is_ok_and(|aantal| aantal >= RIJEN_MAX);
    Ok(OverdrachtenPagina {
        kader: kader(toestand, wie, Some(Plek::Overdrachten)).await?,
        organisatie: toestand.app.naam_van(eigen),
        te_beantwoorden: groep(Groep::TeBeantwoorden),
        wacht_op_ander: groep(Groep::WachtOpAnder),
        afgehandeld: groep(Groep::Afgehandeld),
        bladeren: vol.then(|| Bladeren {
            tekst: format!("U ziet de nieuwste {RIJEN_MAX} overdrachten, open eerst."),
            vorige: None,
            volgende: None,
        }),
    })
}

/// Where a handover stands in the inbox of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Groep {
    TeBeantwoorden,
    WachtOpAnder,
    Afgehandeld,
}

impl Groep {
    fn van(rij: &Rij, eigen: &OrganisatieId) -> Self {
        match &rij.aan_zet {
            Some(wie) if wie == eigen => Self::TeBeantwoorden,
            Some(_) => Self::WachtOpAnder,
            None => Self::Afgehandeld,
        }
    }
}

fn getoond(toestand: &Toestand, eigen: &OrganisatieId, gevonden: &OverdrachtInLijst, nu: Instant) -> OverdrachtRij {
    let rij = &gevonden.rij;
    let naam = |organisatie: &OrganisatieId| toestand.app.naam_van(organisatie);
    let uiterlijk = rij.uiterlijk.filter(|_| heeft_termijn(toestand, rij));
    OverdrachtRij {
        nummer: rij.nummer.clone(),
        huishouden: gevonden.huishoudnaam.clone().unwrap_or_default(),
        kenmerk: rij.gemeente.clone(),
        href: href(rij, eigen),
        van: houder(toestand, &rij.van),
        naar: houder(toestand, &rij.naar),
        soort: crate::opmaak::hoofdletter(wijze(&rij.wijze)),
        wanneer: wanneer(rij, nu),
        pil: pil(rij, eigen, &naam, uiterlijk, nu),
        toelichting: toelichting(rij, eigen, [&naam(&rij.van), &naam(&rij.naar)], uiterlijk, nu),
    }
}

/// The row knows the first term of any kind; it is the answer's only where the agreement has a term for the answer.
fn heeft_termijn(toestand: &Toestand, rij: &Rij) -> bool {
    let geldig = toestand.app.afspraken().voor_gemeente(&rij.gemeente, rij.aangeboden_op.dag());
    geldig.is_some_and(|geldig| heeft_antwoordtermijn(&geldig.bundel, geldig.bundel.soort_van(&rij.naar), None))
}

/// The way to the offer. Whoever had an offer that ended does not see the casus any more: the row is all there is.
fn href(rij: &Rij, eigen: &OrganisatieId) -> String {
    let voorbij = matches!(rij.stand.as_str(), "geweigerd" | "ingetrokken");
    if voorbij && rij.van != *eigen {
        "#afgehandeld".to_owned()
    } else {
        format!("/casussen/{}/overdrachten/{}", rij.casus, rij.overdracht)
    }
}

fn wanneer(rij: &Rij, nu: Instant) -> String {
    match (rij.stand.as_str(), rij.beslist_op) {
        (stand @ ("geaccepteerd" | "geweigerd" | "ingetrokken"), Some(op)) => format!("{stand} {}", moment(op, nu)),
        _ => format!("aangeboden {}", moment(rij.aangeboden_op, nu)),
    }
}

fn pil(
    rij: &Rij,
    eigen: &OrganisatieId,
    naam: &dyn Fn(&OrganisatieId) -> String,
    uiterlijk: Option<Instant>,
    nu: Instant,
) -> Pil {
    let antwoord_te_laat = uiterlijk.is_some_and(|grens| nu >= grens) && rij.aan_zet.as_ref() == Some(&rij.naar);
    match rij.stand.as_str() {
        "geaccepteerd" if rij.aan_zet.is_some() => Pil::new(Status::Deels, "Geaccepteerd, wacht op inhoud"),
        "geaccepteerd" => Pil::new(Status::Gehaald, "Geaccepteerd"),
        "geweigerd" => Pil::new(Status::Geweigerd, "Geweigerd"),
        "ingetrokken" => Pil::new(Status::Vervallen, "Ingetrokken"),
        "opgeschort" => Pil::new(Status::KanNiet, "Opgeschort"),
        _ if antwoord_te_laat => Pil::new(Status::TeLaat, "Antwoord te laat"),
        _ if rij.aan_zet.as_ref() == Some(eigen) => Pil::new(Status::AanZet, "U bent aan zet"),
        _ => Pil::new(Status::Volgt, format!("Wacht op {}", naam(rij.aan_zet.as_ref().unwrap_or(&rij.naar)))),
    }
}

fn toelichting(
    rij: &Rij,
    eigen: &OrganisatieId,
    [zender, ontvanger]: [&str; 2],
    uiterlijk: Option<Instant>,
    nu: Instant,
) -> Option<String> {
    let tot = uiterlijk.map(|grens| format!("Antwoord uiterlijk {}.", tekst::uiterlijk(grens, nu)));
    match rij.stand.as_str() {
        "opgeschort" if rij.van == *eigen => {
            Some(format!("Er kwam een nieuwe melding binnen. Weeg die eerst; tot dan kan {ontvanger} niet accepteren."))
        }
        "opgeschort" => {
            Some(format!("Er kwam een nieuwe melding binnen. Het aanbod wacht tot {zender} die heeft gewogen."))
        }
        "open" if rij.van == *eigen => {
            let houdt = format!("Tot {ontvanger} accepteert, gaat het zicht op veiligheid niet over.");
            let zet = voor_zender(rij, ontvanger).or(tot).unwrap_or_else(|| wachttijd(rij, nu));
            Some(format!("{zet} {houdt}"))
        }
        "open" => voor_ontvanger(rij, zender).or(tot),
        "geaccepteerd" if rij.aan_zet.as_ref() == Some(eigen) => {
            Some(format!("{ontvanger} accepteerde. Vul de inhoud aan: dan gaat het zicht over."))
        }
        "geaccepteerd" if rij.aan_zet.is_some() => {
            Some(format!("{zender} vult de inhoud nog aan: dan gaat het zicht over."))
        }
        "geweigerd" | "ingetrokken" => Some("Het zicht op veiligheid ging niet over.".to_owned()),
        _ => None,
    }
}

fn wachttijd(rij: &Rij, nu: Instant) -> String {
    format!("Geen antwoord, {}.", stap::al(rij.aangeboden_op, nu))
}

/// What the sender must do, or what was agreed; nothing while it waits for the answer.
fn voor_zender(rij: &Rij, ontvanger: &str) -> Option<String> {
    let dag = rij.per.map(stap::dag).unwrap_or_default();
    Some(match rij.zet.as_deref()? {
        "tegenvoorstel" => format!("Tegenvoorstel van {ontvanger}: niet nu, maar vanaf {dag}. Zeg of u akkoord bent."),
        "afgesproken" => format!("Afgesproken: {ontvanger} accepteert vanaf {dag}."),
        "versturen" => format!("Verstuur de gegevens aan {ontvanger}."),
        "gesprek" => format!("Houd eerst het gesprek met het gezin en {ontvanger} samen."),
        _ => return None,
    })
}

/// The same for the receiver.
fn voor_ontvanger(rij: &Rij, zender: &str) -> Option<String> {
    let dag = rij.per.map(stap::dag).unwrap_or_default();
    Some(match rij.zet.as_deref()? {
        "tegenvoorstel" => {
            format!("U stelde voor: niet nu, maar vanaf {dag}. {zender} moet daar nog mee akkoord gaan.")
        }
        "afgesproken" => format!("Afgesproken: u accepteert vanaf {dag}."),
        "versturen" => format!("{zender} moet de gegevens nog versturen."),
        "gesprek" => format!("Eerst is er een gesprek van het gezin, {zender} en uw team samen."),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::overdracht::testhulp::op;
    use super::*;
    use domain::ids::{CasusId, OverdrachtId};

    fn rij(stand: &str) -> Rij {
        Rij {
            casus: "00000000-0000-0000-0000-000000000001".parse::<CasusId>().unwrap(),
            organisatie: "socius".into(),
            overdracht: "00000000-0000-0000-0000-000000000002".parse::<OverdrachtId>().unwrap(),
            nummer: "Z26-0000001".into(),
            van: "veilig-thuis-kennemerland".into(),
            naar: "socius".into(),
            gemeente: "Beverwijk".into(),
            wijze: "overdrachtstafel".into(),
            stand: stand.into(),
            compleet: true,
            aangeboden_op: op("2026-04-06T09:40:00"),
            beslist_op: None,
            uiterlijk: None,
            aan_zet: match stand {
                "open" => Some("socius".into()),
                "opgeschort" => Some("veilig-thuis-kennemerland".into()),
                _ => None,
            },
            zet: (stand == "open").then(|| "antwoord".to_owned()),
            per: None,
        }
    }

    fn naam(wie: &OrganisatieId) -> String {
        if wie.als_str() == "socius" { "Socius".to_owned() } else { "Veilig Thuis".to_owned() }
    }

    #[test]
    fn elke_kant_ziet_wat_op_haar_wacht() {
        let (vt, socius) = ("veilig-thuis-kennemerland".into(), "socius".into());
        assert_eq!(Groep::van(&rij("open"), &socius), Groep::TeBeantwoorden);
        assert_eq!(Groep::van(&rij("open"), &vt), Groep::WachtOpAnder);
        for stand in ["geaccepteerd", "geweigerd", "ingetrokken"] {
            assert_eq!(Groep::van(&rij(stand), &socius), Groep::Afgehandeld);
        }
        assert_eq!(Groep::van(&rij("opgeschort"), &socius), Groep::WachtOpAnder, "de ontvanger kan nu niet antwoorden");
        assert_eq!(Groep::van(&rij("opgeschort"), &vt), Groep::TeBeantwoorden, "wie de melding weegt is aan zet");
    }

    #[test]
    fn een_tegenvoorstel_legt_de_zet_bij_wie_aanbood_en_noemt_de_dag() {
        let (vt, socius): (OrganisatieId, OrganisatieId) = ("veilig-thuis-kennemerland".into(), "socius".into());
        let per = Some(op("2026-04-14T00:00:00"));
        let voorstel = Rij { aan_zet: Some(vt.clone()), zet: Some("tegenvoorstel".into()), per, ..rij("open") };
        let nu = op("2026-04-26T09:00:00");
        assert_eq!(pil(&voorstel, &vt, &naam, None, nu), Pil::new(Status::AanZet, "U bent aan zet"));
        // That the answer has a term does not make the receiver late while it waits.
        let te_laat = Some(op("2026-04-20T00:00:00"));
        assert_eq!(pil(&voorstel, &socius, &naam, te_laat, nu), Pil::new(Status::Volgt, "Wacht op Veilig Thuis"));
        for (eigen, begin) in
            [(&vt, "Tegenvoorstel van Socius: niet nu, maar vanaf di 14 april"), (&socius, "U stelde voor")]
        {
            let gezegd = toelichting(&voorstel, eigen, ["Veilig Thuis", "Socius"], None, nu).unwrap();
            let gezegd = gezegd.replace('\u{a0}', " ");
            assert!(gezegd.starts_with(begin) && gezegd.contains("14 april"), "{gezegd}");
        }
        let gezegd = toelichting(&rij("open"), &vt, ["Veilig Thuis", "Socius"], None, nu).unwrap();
        let gezegd = gezegd.replace('\u{a0}', " ");
        assert!(gezegd.starts_with("Geen antwoord, al 20 dagen."), "{gezegd}");
    }

    #[test]
    fn een_afgelopen_aanbod_leidt_de_ontvanger_niet_naar_een_casus_die_hij_niet_ziet() {
        assert_eq!(href(&rij("geweigerd"), &"socius".into()), "#afgehandeld");
        let vt = href(&rij("geweigerd"), &"veilig-thuis-kennemerland".into());
        assert!(vt.ends_with("/overdrachten/00000000-0000-0000-0000-000000000002"));
        assert_eq!(href(&rij("geaccepteerd"), &"socius".into()), vt);
    }

    #[test]
    fn een_antwoord_is_te_laat_vanaf_de_grens() {
        let grens = op("2026-04-09T00:00:00");
        let status = |nu: &str| pil(&rij("open"), &"socius".into(), &naam, Some(grens), op(nu)).status;
        assert_eq!(status("2026-04-08T23:59:59"), Status::AanZet);
        assert_eq!(status("2026-04-09T00:00:00"), Status::TeLaat);
        let wacht = pil(&rij("open"), &"veilig-thuis-kennemerland".into(), &naam, None, grens);
        assert_eq!(wacht, Pil::new(Status::Volgt, "Wacht op Socius"));
    }
}
