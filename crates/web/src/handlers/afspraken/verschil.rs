//! What differs between two agreements, on a page.

use super::{adres, versie, zoek};
use crate::{
    Toestand,
    frame::kader,
    pages::{
        afspraken::{VeldRij, VerschilPagina, VerschilRij},
        kader::Plek,
        onderdelen::Link,
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::afspraak::{GeldigeBundel, Verschil, VerschilSoort, sectienaam, veldnaam, vergelijk};
use std::collections::BTreeSet;

/// Two agreements beside each other: which entries differ, old and new.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((afspraak, editie, ander, andere_editie)): Path<(String, String, String, String)>,
) -> Result<Response, WebFout> {
    let alle = toestand.app.afspraken().alle();
    let oud = zoek(alle, &afspraak, &editie).ok_or(WebFout::NietGevonden)?;
    let nieuw = zoek(alle, &ander, &andere_editie).ok_or(WebFout::NietGevonden)?;
    let link = |geldig: &GeldigeBundel| {
        let laag = geldig.bundel.eigen_laag()?;
        Some(Link::new(format!("{}, {}", laag.titel, versie(laag)), adres(laag)))
    };
    Ok(pagina(&VerschilPagina {
        kader: kader(&toestand, &wie, Some(Plek::Afspraken)).await?,
        oud: link(oud).ok_or(WebFout::NietGevonden)?,
        nieuw: link(nieuw).ok_or(WebFout::NietGevonden)?,
        rijen: vergelijk(&oud.bundel, &nieuw.bundel).iter().map(rij).collect(),
    }))
}

/// The other agreements with which one can be compared.
pub(super) fn vergelijkingen(alle: &[GeldigeBundel], deze: &GeldigeBundel) -> Vec<Link> {
    let Some(eigen) = deze.bundel.eigen_laag() else {
        return Vec::new();
    };
    let lagen = alle.iter().filter_map(|geldig| geldig.bundel.eigen_laag());
    let mut gezien = BTreeSet::from([eigen.naam()]);
    lagen
        .filter(|laag| gezien.insert(laag.naam()))
        .map(|laag| {
            let pad = format!("{}/verschil/{}/{}", adres(eigen), laag.afspraak, laag.editie);
            Link::new(format!("{}, {}", laag.titel, versie(laag)), pad)
        })
        .collect()
}

fn rij(verschil: &Verschil) -> VerschilRij {
    let niets = || "(niets)".to_owned();
    let velden = verschil.velden.iter().map(|veld| VeldRij {
        veld: veldnaam(&veld.veld),
        oud: veld.oud.clone().unwrap_or_else(niets),
        nieuw: veld.nieuw.clone().unwrap_or_else(niets),
    });
    let lijst = |ids: &BTreeSet<String>| ids.iter().cloned().collect::<Vec<_>>().join(", ");
    let (was, wordt) = (lijst(&verschil.clausules_oud), lijst(&verschil.clausules_nieuw));
    VerschilRij {
        wat: sectienaam(&verschil.sectie).to_owned(),
        naam: verschil.naam.clone(),
        soort: match verschil.soort {
            VerschilSoort::Nieuw => "alleen in de tweede",
            VerschilSoort::Vervallen => "alleen in de eerste",
            VerschilSoort::Anders => "anders",
        }
        .to_owned(),
        clausules: match (was.is_empty(), wordt.is_empty()) {
            (true, _) => wordt,
            (_, true) => was,
            _ if was == wordt => was,
            _ => format!("{was} → {wordt}"),
        },
        velden: velden.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::overdracht::testhulp::afspraken;
    use super::*;

    #[test]
    fn elke_andere_afspraak_is_te_kiezen_en_het_verschil_noemt_beide_clausules() {
        let afspraken = afspraken();
        let ijmond = zoek(afspraken.alle(), "ijmond", "2024-07-04").unwrap();
        let links = vergelijkingen(afspraken.alle(), ijmond);
        assert_eq!(links.len(), 4);
        assert!(links.iter().all(|link| link.href.starts_with("/afspraken/ijmond/2024-07-04/verschil/")));
        let nog = zoek(afspraken.alle(), "noord-oost-gelderland", "2019").unwrap();
        let rijen: Vec<_> = vergelijk(&ijmond.bundel, &nog.bundel).iter().map(rij).collect();
        let overgang = rijen.iter().find(|rij| rij.clausules == "IJM-3.3.1.b → NOG-1.g").unwrap();
        assert_eq!((overgang.wat.as_str(), overgang.soort.as_str()), ("Overgang van het zicht", "anders"));
        assert!(overgang.velden.iter().any(|veld| veld.oud == "overdrachtstafel" && veld.nieuw == "(niets)"));
    }
}
