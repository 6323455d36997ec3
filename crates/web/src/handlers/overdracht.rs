//! One handover: shown to who offered and to who was offered, and answered.
//!
//! It does not know the rules: what can be accepted is decided by the domain, here its answer is told.
//! [`inhoud`] fills what is handed over, [`gevolg`] what follows from it, [`zet`] who must act, [`antwoord`] turns the forms
//! into wishes.

mod antwoord;
mod gevolg;
pub(super) mod inhoud;
mod zet;

pub use antwoord::antwoord;
pub(super) use antwoord::redenen;
pub(super) use gevolg::{
    Ankers, antwoordtermijn, heeft_antwoordtermijn, lengte, termijnplichten, vanaf, wanneer_plicht,
};

#[cfg(test)]
pub(super) use gevolg::tests as testhulp;

use super::{casus::laad, eigen::Gedaan, overdrachten, tekst};
use crate::{
    Toestand,
    frame::{self, kader},
    opmaak,
    pages::{
        kader::Plek,
        onderdelen::{Conflict, Flits, Pil, Status, Weigering},
        overdracht::{Antwoord, OntvangerAntwoord, OverdrachtPagina, ZenderAntwoord},
        veld::{VeldFout, Waarden},
    },
    problem::{WebFout, pagina_met_status},
    session::Ingelogd,
};
use app::lezen::CasusBeeld;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    afspraak::{Bundel, Fase, Overgang},
    casus::Feit,
    ids::{BundelHash, CasusId, OrganisatieId},
    meldingen::Melding,
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
};
use std::sync::Arc;

/// One handover.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, overdracht)): Path<(String, String)>,
    Query(vraag): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let beeld = match laad(&toestand, &wie, &casus).await {
        // Who had an offer that ended is no longer concerned, but knows its own list.
        Err(WebFout::NietGevonden) => return voorbij(&toestand, &wie, &casus, &overdracht).await,
        anders => anders?,
    };
    let aanbod = Aanbod::van(&toestand, &wie, &beeld, &overdracht)?;
    let mut pagina = aanbod.pagina(&Invoer::default()).await?;
    pagina.kader.flits = frame::flits(vraag.gedaan.as_deref());
    Ok(pagina_met_status(StatusCode::OK, &pagina))
}

async fn voorbij(toestand: &Toestand, wie: &Ingelogd, casus: &str, overdracht: &str) -> Result<Response, WebFout> {
    let flits = Flits {
        gelukt: false,
        titel: "Dit aanbod is afgelopen.".to_owned(),
        tekst: Some("Uw organisatie ziet deze casus niet meer. De uitkomst staat bij 'Afgehandeld'.".to_owned()),
    };
    overdrachten::met_bericht(toestand, wie, (casus, overdracht), flits, StatusCode::GONE).await
}

/// What came in with a form and what was wrong with it, to show again.
#[derive(Default)]
pub(super) struct Invoer {
    pub waarden: Waarden,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
}

impl Invoer {
    pub fn een(&self, naam: &str) -> String {
        self.waarden.een(naam).unwrap_or_default().to_owned()
    }
}

/// An offer of a casus as its sender or its receiver sees it.
pub(super) struct Aanbod<'a> {
    pub toestand: &'a Toestand,
    pub wie: &'a Ingelogd,
    pub beeld: &'a CasusBeeld,
    pub overdracht: &'a Overdracht,
    /// The bundle in force at the offer: by it zicht passes.
    pub bundel: Arc<Bundel>,
}

impl<'a> Aanbod<'a> {
    /// The offer with this id, if it belongs to this casus and the reader is one of its two sides.
    pub fn van(toestand: &'a Toestand, wie: &'a Ingelogd, beeld: &'a CasusBeeld, id: &str) -> Result<Self, WebFout> {
        let id = id.parse().map_err(|_| WebFout::NietGevonden)?;
        let overdracht = beeld.staat.overdracht(id).ok_or(WebFout::NietGevonden)?;
        let eigen = &wie.actor.organisatie;
        let is_vt = beeld.staat.veilig_thuis.as_ref() == Some(eigen);
        if !is_vt && overdracht.naar != *eigen && overdracht.feit.organisatie != *eigen {
            return Err(WebFout::NietGevonden);
        }
        let bundel = tekst::bundel(toestand, &overdracht.feit.bundel).ok_or(WebFout::NietGevonden)?;
        Ok(Self { toestand, wie, beeld, overdracht, bundel })
    }

    pub fn is_ontvanger(&self) -> bool {
        self.overdracht.naar == self.wie.actor.organisatie
    }

    pub fn is_open(&self) -> bool {
        self.overdracht.stand == Stand::Open
    }

    pub fn is_opgeschort(&self) -> bool {
        self.is_open() && self.beeld.staat.is_opgeschort(self.overdracht)
    }

    /// Whether zicht would pass later than the acceptance, because content is missing.
    pub fn mist_inhoud(&self) -> bool {
        self.overdracht.wacht_op_inhoud && self.overdracht.compleet.is_none()
    }

    /// Accepted, and zicht still waits for the rest of the content.
    pub fn wacht_na_acceptatie(&self) -> bool {
        matches!(self.overdracht.stand, Stand::Geaccepteerd(_)) && self.overdracht.overgegaan().is_none()
    }

    pub fn ontvanger(&self) -> String {
        self.toestand.app.naam_van(&self.overdracht.naar)
    }

    pub fn zender(&self) -> String {
        self.toestand.app.naam_van(&self.overdracht.feit.organisatie)
    }

    /// Who holds zicht op veiligheid now.
    pub fn houder(&self) -> Option<&OrganisatieId> {
        self.beeld.lijn.houder_op(self.beeld.op)
    }

    pub fn naam_houder(&self) -> String {
        self.houder().map_or_else(|| self.zender(), |organisatie| self.toestand.app.naam_van(organisatie))
    }

    pub fn overgang(&self) -> Option<&Overgang> {
        self.bundel.overgang(self.overdracht.fase, self.bundel.soort_van(&self.overdracht.naar))
    }

    pub fn bundel_bij(&self, hash: &BundelHash) -> Arc<Bundel> {
        tekst::bundel(self.toestand, hash).unwrap_or_else(|| Arc::clone(&self.bundel))
    }

    /// `vandaag, 09.40 uur`.
    pub fn moment(&self, op: Instant) -> String {
        moment(op, self.beeld.op)
    }

    /// The reports on which this offer rests: those before it that no earlier passing left behind.
    pub fn meldingen(&self) -> impl Iterator<Item = &Melding> {
        let aanbod = self.overdracht.feit.versie;
        let eerder = self.beeld.staat.overdrachten.iter().filter_map(|ander| match &ander.stand {
            Stand::Geaccepteerd(feit) if feit.versie < aanbod => Some(feit.versie),
            _ => None,
        });
        let na = eerder.max().unwrap_or_default();
        self.beeld.staat.meldingen.iter().filter(move |m| m.feit.versie > na && m.feit.versie < aanbod)
    }

    pub fn actie(&self, antwoord: &str) -> String {
        format!("{}/{antwoord}", href(self.beeld.id, self.overdracht))
    }

    /// The page, with what was typed before.
    pub async fn pagina(&self, invoer: &Invoer) -> Result<OverdrachtPagina, WebFout> {
        let naam = self.beeld.huishoudnaam.as_deref();
        let op = self.moment(self.overdracht.feit.vastgelegd_op);
        let wijze = wijze(&self.overdracht.wijze.als_str());
        Ok(OverdrachtPagina {
            kader: kader(self.toestand, self.wie, Some(Plek::Overdrachten)).await?,
            nummer: self.beeld.nummer.clone(),
            casus_href: Some(format!("/casussen/{}", self.beeld.id)),
            titel: naam.map_or_else(
                || format!("Overdracht van casus {}", self.beeld.nummer),
                |naam| format!("Overdracht van huishouden {naam}"),
            ),
            inleiding: format!(
                "{}, {wijze}. Aangeboden door {}, {op}. Gemeente {}.",
                soort(self.overdracht.fase),
                self.zender(),
                self.beeld.staat.gemeente
            ),
            pil: self.pil(),
            samenvatting: self.samenvatting(),
            feiten: inhoud::feiten(self),
            document: None,
            inhoud: inhoud::inhoud(self),
            overgang: gevolg::overgang(self),
            stand: gevolg::stand(self),
            gevolg: gevolg::gevolg(self),
            tegenvoorstel: zet::tegenvoorstel(self),
            plichten: if self.is_open() { gevolg::plichten(self) } else { Vec::new() },
            antwoord: self.antwoord(invoer),
            hiaat: gevolg::hiaat(self),
            fouten: invoer.fouten.clone(),
            weigering: invoer.weigering.clone(),
            conflict: invoer.conflict.clone(),
            opdracht: self.toestand.nieuw_opdrachtnummer(),
            versie: self.beeld.versie.to_string(),
        })
    }

    fn samenvatting(&self) -> String {
        let (zender, ontvanger) = (self.zender(), self.ontvanger());
        let na = match self.overdracht.fase {
            Fase::Direct => ", direct na de veiligheidsbeoordeling",
            Fase::NaDienst => ", na een dienst van Veilig Thuis",
            Fase::Onderling => "",
            Fase::AnderVeiligThuis => ", omdat het gezin daar nu hoort",
        };
        let doel = format!("het zicht op veiligheid over te nemen{na}");
        match &self.overdracht.stand {
            Stand::Open => format!("{zender} vraagt {ontvanger} {doel}."),
            Stand::Geaccepteerd(_) | Stand::Geweigerd(..) | Stand::Ingetrokken(_) => {
                format!("{zender} vroeg {ontvanger} {doel}. {}", self.uitkomst())
            }
        }
    }

    fn pil(&self) -> Pil {
        let te_laat = antwoordtermijn(self).is_some_and(|uiterlijk| self.beeld.op >= uiterlijk);
        let te_laat = te_laat && *self.aan_zet() == self.overdracht.naar;
        match &self.overdracht.stand {
            Stand::Geaccepteerd(_) if self.wacht_na_acceptatie() => {
                Pil::new(Status::Deels, "Geaccepteerd, wacht op inhoud")
            }
            Stand::Geaccepteerd(_) => Pil::new(Status::Gehaald, "Geaccepteerd"),
            Stand::Geweigerd(..) => Pil::new(Status::Geweigerd, "Geweigerd"),
            Stand::Ingetrokken(_) => Pil::new(Status::Vervallen, "Ingetrokken"),
            Stand::Open if self.is_opgeschort() => Pil::new(Status::KanNiet, "Opgeschort: nieuwe melding"),
            Stand::Open if te_laat => Pil::new(Status::TeLaat, "Antwoord te laat"),
            Stand::Open => self.pil_aan_zet(),
        }
    }

    /// Who must act while it is open.
    fn aan_zet(&self) -> &'a OrganisatieId {
        zet::aan_zet(self).map_or(&self.overdracht.naar, |(wie, _)| wie)
    }

    pub fn pil_aan_zet(&self) -> Pil {
        let wie = self.aan_zet();
        match *wie == self.wie.actor.organisatie {
            true => Pil::new(Status::AanZet, "U bent aan zet"),
            false => Pil::new(Status::Volgt, format!("Wacht op {}", self.toestand.app.naam_van(wie))),
        }
    }

    /// How the offer ended, in one sentence.
    pub fn uitkomst(&self) -> String {
        let (zender, ontvanger) = (self.zender(), self.ontvanger());
        let op = |feit: &Feit| self.moment(feit.vastgelegd_op);
        match &self.overdracht.stand {
            Stand::Open => String::new(),
            Stand::Geaccepteerd(feit) if self.wacht_na_acceptatie() => {
                let houder = self.naam_houder();
                format!("{ontvanger} accepteerde {}. Nog niet alle inhoud is er: {houder} houdt het zicht.", op(feit))
            }
            Stand::Geaccepteerd(feit) => format!("{ontvanger} accepteerde {}.", op(feit)),
            Stand::Geweigerd(feit, reden) => {
                let uitleg = self.reden(feit.versie).map(|tekst| format!(" Uitleg: {tekst}")).unwrap_or_default();
                format!("{ontvanger} weigerde {}: {}.{uitleg}", op(feit), antwoord::reden_midden(*reden))
            }
            Stand::Ingetrokken(feit) => {
                let uitleg = self.reden(feit.versie).map(|tekst| format!(" Reden: {tekst}")).unwrap_or_default();
                format!("{zender} trok het aanbod in, {}.{uitleg}", op(feit))
            }
        }
    }

    /// The reason that was given with the event of this version, if this organisation has it.
    pub fn reden(&self, versie: u64) -> Option<&str> {
        self.beeld.tekst_bij(versie, "reden").filter(|tekst| !tekst.trim().is_empty())
    }

    fn antwoord(&self, invoer: &Invoer) -> Antwoord {
        if !self.is_open() {
            return Antwoord::Gesloten(self.uitkomst());
        }
        if self.is_ontvanger() && self.is_opgeschort() {
            let wacht = "U kunt nu niet accepteren. Er kwam een nieuwe melding binnen. Het aanbod wacht tot";
            return Antwoord::Gesloten(format!("{wacht} {} die heeft gewogen.", self.zender()));
        }
        if self.is_ontvanger() {
            return Antwoord::Ontvanger(Box::new(OntvangerAntwoord {
                namens: self.ontvanger(),
                accepteer_actie: self.actie("accepteer"),
                weiger_actie: self.actie("weiger"),
                redenen: redenen(&invoer.waarden),
                toelichting: invoer.een("weiger_toelichting"),
                toelichting_label: format!("Uitleg voor {}", self.zender()),
                weiger_gevolg: format!("{} houdt dan het zicht.", self.naam_houder()),
            }));
        }
        if self.overdracht.feit.organisatie != self.wie.actor.organisatie {
            return Antwoord::Gesloten(format!("{} is aan zet.", self.toestand.app.naam_van(self.aan_zet())));
        }
        Antwoord::Zender(Box::new(ZenderAntwoord {
            ontvanger: self.ontvanger(),
            trek_in_actie: self.actie("trek-in"),
            reden: invoer.een("intrek_reden"),
            mondeling: Some(antwoord::mondeling(self, invoer)),
        }))
    }
}

/// The address of a handover.
pub(super) fn href(casus: CasusId, overdracht: &Overdracht) -> String {
    format!("/casussen/{casus}/overdrachten/{}", overdracht.id)
}

/// `vandaag, 09.40 uur`, else the day.
pub(super) fn moment(op: Instant, nu: Instant) -> String {
    if op.dag() == nu.dag() { format!("vandaag, {}", opmaak::tijd(op.lokaal().time())) } else { tekst::moment(op, nu) }
}

/// In what situation, as the begin of a sentence.
fn soort(fase: Fase) -> &'static str {
    match fase {
        Fase::Direct => "Directe overdracht",
        Fase::NaDienst => "Overdracht na een dienst van Veilig Thuis",
        Fase::Onderling => "Overdracht tussen partijen",
        Fase::AnderVeiligThuis => "Overdracht aan een ander Veilig Thuis",
    }
}

/// How a handover is done, inside a sentence.
pub(super) fn wijze(code: &str) -> &'static str {
    match code {
        "overdrachtstafel" => "aan de overdrachtstafel",
        "telefoon" => "per telefoon",
        "digitaal" => "digitaal",
        "gesprek" => "in een gesprek met het gezin",
        _ => "op een andere manier",
    }
}
