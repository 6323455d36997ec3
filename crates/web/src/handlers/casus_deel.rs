//! What the pages beside the overview of a casus share: who sees them, their frame, and what they are filled from.

use super::{
    casus::{Deel, huidige_bundel, kop_met, laad},
    eigen::Gedaan,
};
use crate::{
    Toestand,
    frame::{self, kader},
    pages::{
        casus_deel::{DeelPagina, Sectie},
        kader::Plek,
        onderdelen::Link,
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::lezen::CasusBeeld;
use axum::response::Response;
use domain::afspraak::Bundel;

/// What a page is filled from.
pub(super) struct Blik<'a> {
    pub toestand: &'a Toestand,
    pub beeld: &'a CasusBeeld,
    pub bundel: &'a Bundel,
}

impl Blik<'_> {
    pub(super) fn kan(&self, naam: &str) -> bool {
        self.beeld.handelingen.iter().any(|handeling| handeling.naam == naam && handeling.kan())
    }

    pub(super) fn knop(&self, naam: &str, bij: &str, tekst: &str) -> Link {
        Link::new(tekst, format!("/casussen/{}/doe/{naam}{bij}", self.beeld.id))
    }

    /// The acts that can be done now.
    pub(super) fn knoppen(&self, alle: &[(&str, &str)]) -> Vec<Link> {
        alle.iter().filter(|(naam, _)| self.kan(naam)).map(|(naam, tekst)| self.knop(naam, "", tekst)).collect()
    }
}

/// The page of one part; not found for who does not work by it.
pub(super) async fn toon(
    toestand: &Toestand,
    wie: &Ingelogd,
    casus: &str,
    deel: Deel,
    inleiding: &str,
    gedaan: &Gedaan,
    secties: impl FnOnce(&Blik<'_>) -> Vec<Sectie>,
) -> Result<Response, WebFout> {
    let beeld = laad(toestand, wie, casus).await?;
    if !deel.is_voor(&beeld) {
        return Err(WebFout::NietGevonden);
    }
    let bundel = huidige_bundel(toestand, &beeld).ok_or(WebFout::NietGevonden)?;
    let mut kader = kader(toestand, wie, Some(Plek::Werkvoorraad)).await?;
    kader.flits = frame::flits(gedaan.gedaan.as_deref());
    Ok(pagina(&DeelPagina {
        kader,
        kop: kop_met(toestand, &beeld, deel),
        titel: deel.naam().to_owned(),
        inleiding: inleiding.to_owned(),
        secties: secties(&Blik { toestand, beeld: &beeld, bundel: &bundel }),
    }))
}
