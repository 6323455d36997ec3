//! Why a term ends when it ends, and why somebody holds: rule, count, gap and edition.

use crate::{App, AppFout};
use domain::{
    afspraak::{Bundel, Laag},
    ids::{BundelHash, ClausuleId},
    termijnen::Termijn,
    tijd::{Eenheid, TelDag},
    tijdlijn::Span,
};

/// A clause or gap as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClausuleBeeld {
    pub id: ClausuleId,
    /// Section in the document; absent for a gap.
    pub plaats: Option<String>,
    /// In plain Dutch; for a gap our reading.
    pub tekst: String,
    /// For a gap: what the sources do not say.
    pub vraag: Option<String>,
    /// Title of the document.
    pub document: Option<String>,
    /// Short name of the agreement: `IJmond`.
    pub afspraak: Option<String>,
}

/// Why a term is due when it is.
pub struct WaaromTermijn {
    pub regel: ClausuleBeeld,
    pub hiaten: Vec<ClausuleBeeld>,
    pub dagen: Vec<TelDag>,
    pub lengte: i64,
    pub eenheid: Option<Eenheid>,
    pub lagen: Vec<Laag>,
    pub kalender: String,
}

/// Why an organisation holds.
pub struct WaaromZicht {
    pub regel: ClausuleBeeld,
    pub lagen: Vec<Laag>,
}

/// The gap that says what a working day is; shown with every count of working days.
const HIAAT_WERKDAG: &str = "HIAAT-7";

impl App {
    fn bundel(&self, hash: &BundelHash) -> Result<Bundel, AppFout> {
        self.bundels().uit(hash).cloned().ok_or(AppFout::BundelOntbreekt)
    }

    /// The rule, the count and the gaps of a term, by the bundle in force at its anchor.
    ///
    /// # Errors
    /// [`AppFout::BundelOntbreekt`].
    pub fn waarom_termijn(&self, termijn: &Termijn) -> Result<WaaromTermijn, AppFout> {
        let bundel = self.bundel(&termijn.bundel)?;
        let regel = bundel.inhoud.termijn.get(&termijn.soort).ok_or(AppFout::BundelOntbreekt)?;
        let telling = regel.tel(&bundel.kalender, termijn.anker);
        let mut hiaten: Vec<_> = termijn.hiaat.iter().map(|hiaat| self.clausule(&bundel, hiaat)).collect();
        if regel.eenheid == Some(Eenheid::Werkdag) {
            hiaten.push(self.clausule(&bundel, &HIAAT_WERKDAG.into()));
        }
        Ok(WaaromTermijn {
            regel: self.clausule(&bundel, &termijn.clausule),
            hiaten,
            dagen: telling.map(|telling| telling.dagen).unwrap_or_default(),
            lengte: regel.lengte,
            eenheid: regel.eenheid,
            kalender: format!("{}, editie {}", bundel.kalender.kalender, bundel.kalender.editie),
            lagen: bundel.lagen,
        })
    }

    /// The rule behind a span of a line, by a bundle of the casus.
    ///
    /// # Errors
    /// [`AppFout::BundelOntbreekt`].
    pub fn waarom_zicht(&self, span: &Span, bundel: &BundelHash) -> Result<WaaromZicht, AppFout> {
        let bundel = self.bundel(bundel)?;
        Ok(WaaromZicht { regel: self.clausule(&bundel, &span.grond), lagen: bundel.lagen })
    }

    /// A clause or gap as shown to people.
    pub fn clausule(&self, bundel: &Bundel, id: &ClausuleId) -> ClausuleBeeld {
        let laag = bundel.lagen.iter().find(|laag| id.0.starts_with(&format!("{}-", laag.voorvoegsel)));
        if let Some(hiaat) = bundel.inhoud.hiaat.get(id) {
            return ClausuleBeeld {
                id: id.clone(),
                plaats: None,
                tekst: hiaat.lezing.clone(),
                vraag: Some(hiaat.vraag.clone()),
                document: None,
                afspraak: None,
            };
        }
        let clausule = bundel.inhoud.clausule.get(id);
        ClausuleBeeld {
            id: id.clone(),
            plaats: clausule.map(|clausule| clausule.plaats.clone()),
            tekst: clausule.map(|clausule| clausule.tekst.clone()).unwrap_or_default(),
            vraag: None,
            document: laag.map(|laag| laag.document.clone()),
            afspraak: laag.map(|laag| laag.titel.clone()),
        }
    }
}
