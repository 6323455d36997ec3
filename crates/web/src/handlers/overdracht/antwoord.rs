//! The answers to an offer: forms in, wishes out, and back to where the reader can go on.

use super::{Aanbod, Invoer};
use crate::{
    Toestand,
    extract::Formulier,
    handlers::{
        casus::laad,
        handeling::{conflict_beeld, opdracht, weigering_beeld},
        overdrachten, overdrachtstafel,
    },
    opmaak,
    pages::{
        onderdelen::Flits,
        overdracht::Mondeling,
        veld::{Optie, VeldFout, Waarden},
    },
    problem::{WebFout, pagina_met_status},
    session::Ingelogd,
};
use app::{Antwoord, Opdracht, Wens, wens};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    afspraak::Bundel,
    gebeurtenis::WeigerReden,
    ids::{CasusId, OverdrachtId},
    tijd::Instant,
};
use serde::Deserialize;
use std::sync::Arc;

/// The reasons of a refusal, in the order in which they are offered; none is chosen beforehand.
const REDENEN: [(WeigerReden, &str); 5] = [
    (WeigerReden::BuitenWerkgebied, "Het gezin woont niet in ons werkgebied"),
    (WeigerReden::AnderTeamPastBeter, "Een ander team past beter"),
    (WeigerReden::InformatieOntbreekt, "Er ontbreekt informatie"),
    (WeigerReden::TeOnveilig, "De onveiligheid is te groot voor ons team"),
    (WeigerReden::Anders, "Een andere reden"),
];

/// From where the answer was given: with `tafel` the reader goes back to the table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Herkomst {
    van: Option<String>,
}

impl Herkomst {
    fn is_tafel(&self) -> bool {
        self.van.as_deref() == Some("tafel")
    }
}

/// Which form was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::handlers) enum AntwoordForm {
    Accepteer,
    Weiger,
    TrekIn,
    Mondeling,
    Ontvangst,
}

impl AntwoordForm {
    fn uit(pad: &str) -> Option<Self> {
        Some(match pad {
            "accepteer" => Self::Accepteer,
            "weiger" => Self::Weiger,
            "trek-in" => Self::TrekIn,
            "mondeling" => Self::Mondeling,
            "ontvangst" => Self::Ontvangst,
            _ => return None,
        })
    }

    /// A second form on the same page has a number of its own, derived from that of the page.
    fn achtervoegsel(self) -> &'static str {
        match self {
            Self::Accepteer | Self::TrekIn | Self::Ontvangst => "",
            Self::Weiger => "-w",
            Self::Mondeling => "-m",
        }
    }
}

/// Takes an answer.
pub async fn antwoord(
    State(toestand): State<Toestand>,
    Path((casus, overdracht, antwoord)): Path<(String, String, String)>,
    Query(herkomst): Query<Herkomst>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let form = AntwoordForm::uit(&antwoord).ok_or(WebFout::NietGevonden)?;
    let casus_id: CasusId = casus.parse().map_err(|_| WebFout::NietGevonden)?;
    let overdracht_id: OverdrachtId = overdracht.parse().map_err(|_| WebFout::NietGevonden)?;
    let (casus, overdracht) = (casus_id.to_string(), overdracht_id.to_string());
    let Formulier { ingelogd: wie, waarden } = formulier;
    let tafel = herkomst.is_tafel();
    let terug = Terug { toestand: &toestand, wie: &wie, casus: &casus, overdracht: &overdracht, tafel };
    let (wens, gebeurd_op) = match ontleed(form, overdracht_id, &waarden) {
        Ok(ontleed) => ontleed,
        Err(fouten) => {
            let invoer = Invoer { waarden, fouten, ..Invoer::default() };
            return terug.toon(StatusCode::BAD_REQUEST, invoer).await;
        }
    };
    let naam = wens.naam();
    let opdracht = opdracht(&waarden, form.achtervoegsel(), casus_id, wie.actor.clone(), wens)?;
    let opdracht = Opdracht { gebeurd_op, ..opdracht };
    match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => Ok(terug.klaar(form, &naam).await?),
        Ok(Antwoord::Geweigerd(weigering)) => terug.geweigerd(waarden, &weigering).await,
        Ok(Antwoord::Conflict(conflict)) => {
            let nu = toestand.app.klok().nu();
            let conflict = Some(conflict_beeld(&toestand, nu, &conflict));
            terug.toon(StatusCode::CONFLICT, Invoer { waarden, conflict, ..Invoer::default() }).await
        }
        Err(app::AppFout::Ongeldig(fouten)) => {
            let fouten = fouten.into_iter().map(|fout| VeldFout::new(veld(form, &fout.veld), fout.melding)).collect();
            terug.toon(StatusCode::BAD_REQUEST, Invoer { waarden, fouten, ..Invoer::default() }).await
        }
        Err(fout) => Err(fout.into()),
    }
}

/// Where the reader goes after an answer.
struct Terug<'a> {
    toestand: &'a Toestand,
    wie: &'a Ingelogd,
    casus: &'a str,
    overdracht: &'a str,
    tafel: bool,
}

impl Terug<'_> {
    async fn klaar(&self, form: AntwoordForm, naam: &str) -> Result<Response, WebFout> {
        let casus = format!("/casussen/{}", self.casus);
        let doel = match form {
            AntwoordForm::Accepteer | AntwoordForm::Weiger if self.tafel => {
                let rij = overdrachten::rij(self.toestand, self.wie, (self.casus, self.overdracht)).await?;
                return Ok(Redirect::to(&overdrachtstafel::adres(&rij.rij.gemeente, None, Some(naam))).into_response());
            }
            AntwoordForm::Accepteer | AntwoordForm::TrekIn => casus,
            AntwoordForm::Weiger => "/overdrachten".to_owned(),
            AntwoordForm::Mondeling | AntwoordForm::Ontvangst => format!("{casus}/overdrachten/{}", self.overdracht),
        };
        Ok(Redirect::to(&format!("{doel}?gedaan={naam}")).into_response())
    }

    async fn geweigerd(&self, waarden: Waarden, weigering: &domain::Weigering) -> Result<Response, WebFout> {
        let bundel = self.bundel().await?;
        let weigering = Some(weigering_beeld(self.toestand, &bundel, weigering, &waarden));
        self.toon(StatusCode::CONFLICT, Invoer { waarden, weigering, ..Invoer::default() }).await
    }

    /// The bundle by which a refusal is told: that of the offer, else of the municipality on the day of the offer.
    async fn bundel(&self) -> Result<Arc<Bundel>, WebFout> {
        match laad(self.toestand, self.wie, self.casus).await {
            Ok(beeld) => Ok(Aanbod::van(self.toestand, self.wie, &beeld, self.overdracht)?.bundel),
            Err(WebFout::NietGevonden) => {
                let rij = overdrachten::rij(self.toestand, self.wie, (self.casus, self.overdracht)).await?.rij;
                let afspraken = self.toestand.app.afspraken();
                let geldig = afspraken.voor_gemeente(&rij.gemeente, rij.aangeboden_op.dag());
                geldig.map(|geldig| Arc::clone(&geldig.bundel)).ok_or(WebFout::NietGevonden)
            }
            Err(fout) => Err(fout),
        }
    }

    /// The page again, with everything that was typed.
    async fn toon(&self, status: StatusCode, invoer: Invoer) -> Result<Response, WebFout> {
        let beeld = match laad(self.toestand, self.wie, self.casus).await {
            // Meanwhile the offer ended: the casus is no longer theirs to see, the answer still is.
            Err(WebFout::NietGevonden) => {
                let waar = (self.casus, self.overdracht);
                return overdrachten::met_bericht(self.toestand, self.wie, waar, bericht(&invoer), status).await;
            }
            anders => anders?,
        };
        let aanbod = Aanbod::van(self.toestand, self.wie, &beeld, self.overdracht)?;
        if self.tafel {
            return overdrachtstafel::opnieuw(&aanbod, status, &invoer).await;
        }
        Ok(pagina_met_status(status, &aanbod.pagina(&invoer).await?))
    }
}

/// The answer as a message above a list, where the page of the offer itself is no longer shown.
fn bericht(invoer: &Invoer) -> Flits {
    let (titel, tekst) = match &invoer.weigering {
        Some(weigering) => {
            let plaats =
                weigering.clausule.as_ref().map(|clausule| format!(" {}.", clausule.plaats)).unwrap_or_default();
            (weigering.titel.clone(), format!("{}{plaats} ({})", weigering.wat_te_doen, weigering.clausule_id))
        }
        None => (
            "Dit aanbod is intussen afgelopen.".to_owned(),
            "Er is niets vastgelegd. De uitkomst staat bij 'Afgehandeld'.".to_owned(),
        ),
    };
    Flits { gelukt: false, titel, tekst: Some(tekst) }
}

type Ontleed = Result<(Wens, Option<Instant>), Vec<VeldFout>>;

/// What a form asks, or what is missing in it.
fn ontleed(form: AntwoordForm, overdracht: OverdrachtId, waarden: &Waarden) -> Ontleed {
    let gevuld = |naam: &str| waarden.een(naam).map(str::trim).filter(|tekst| !tekst.is_empty()).map(str::to_owned);
    let overdracht = Some(overdracht);
    let verwijzing = |reden| wens::OverdrachtVerwijzing { overdracht, reden };
    match form {
        AntwoordForm::Accepteer => Ok((Wens::AccepteerOverdracht(verwijzing(None)), None)),
        AntwoordForm::Ontvangst => Ok((Wens::BevestigOntvangstGegevens(verwijzing(None)), None)),
        AntwoordForm::TrekIn => match gevuld("intrek_reden") {
            Some(reden) => Ok((Wens::TrekOverdrachtIn(verwijzing(Some(reden))), None)),
            None => Err(vec![VeldFout::new("intrek_reden", "Schrijf op waarom u de overdracht intrekt")]),
        },
        AntwoordForm::Weiger => {
            let code = gevuld("weiger_reden").and_then(|code| reden_uit(&code));
            let reden = gevuld("weiger_toelichting");
            let mut fouten = Vec::new();
            if code.is_none() {
                fouten.push(VeldFout::new("weiger_reden", "Kies waarom u weigert"));
            }
            if reden.is_none() {
                fouten.push(VeldFout::new("weiger_toelichting", "Schrijf op waarom u weigert"));
            }
            let wens = wens::WeigerWens { overdracht, reden_code: code, reden };
            if fouten.is_empty() { Ok((Wens::WeigerOverdracht(wens), None)) } else { Err(fouten) }
        }
        AntwoordForm::Mondeling => {
            let wie = gevuld("mondeling_wie");
            let op = tijdstip(gevuld("mondeling_datum"), gevuld("mondeling_tijd"));
            let mut fouten = Vec::new();
            if wie.is_none() {
                fouten.push(VeldFout::new("mondeling_wie", "Vul in wie dit zei"));
            }
            if op.is_none() {
                fouten.push(VeldFout::new("mondeling_datum", "Vul een datum en een tijd in die bestaan"));
            }
            let wens = wens::MondelingWens { overdracht, naar: None, wie };
            if fouten.is_empty() { Ok((Wens::NoteerMondelingeBevestiging(wens), op)) } else { Err(fouten) }
        }
    }
}

fn tijdstip(datum: Option<String>, tijd: Option<String>) -> Option<Instant> {
    let dag: jiff::civil::Date = datum?.parse().ok()?;
    let tijd: jiff::civil::Time = tijd?.parse().ok()?;
    Some(Instant::uit_lokaal(dag.to_datetime(tijd)))
}

/// The field of the form in which a text of the wish was typed.
fn veld(form: AntwoordForm, van_wens: &str) -> String {
    match (form, van_wens) {
        (AntwoordForm::Weiger, "reden") => "weiger_toelichting".to_owned(),
        (AntwoordForm::TrekIn, "reden") => "intrek_reden".to_owned(),
        (AntwoordForm::Mondeling, "wie") => "mondeling_wie".to_owned(),
        (_, anders) => anders.to_owned(),
    }
}

fn reden_uit(code: &str) -> Option<WeigerReden> {
    REDENEN.iter().map(|(reden, _)| *reden).find(|reden| reden.als_str() == code)
}

/// The reasons to choose from, with what was chosen.
pub(in crate::handlers) fn redenen(waarden: &Waarden) -> Vec<Optie> {
    let optie = |(reden, tekst): &(WeigerReden, &str)| {
        let code = reden.als_str();
        Optie { gekozen: waarden.bevat("weiger_reden", &code), ..Optie::new(code, *tekst) }
    };
    REDENEN.iter().map(optie).collect()
}

/// A reason inside a sentence.
pub(super) fn reden_midden(reden: WeigerReden) -> String {
    let tekst = REDENEN.iter().find(|(ander, _)| *ander == reden).map_or("", |(_, tekst)| tekst);
    let mut letters = tekst.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// The note of what was said aloud, with what was noted before.
pub(super) fn mondeling(aanbod: &Aanbod<'_>, invoer: &Invoer) -> Mondeling {
    let genoteerd: Vec<_> = aanbod
        .overdracht
        .mondeling
        .iter()
        .map(|feit| {
            let wie = aanbod.beeld.tekst_bij(feit.versie, "wie").unwrap_or("Iemand van de ontvanger");
            format!("{wie} zei ja: {}.", aanbod.moment(feit.gebeurd_op))
        })
        .collect();
    let nu = aanbod.beeld.op.lokaal();
    let of_nu = |naam: &str, nu: String| invoer.waarden.een(naam).map_or(nu, str::to_owned);
    Mondeling {
        actie: aanbod.actie("mondeling"),
        genoteerd: (!genoteerd.is_empty()).then(|| genoteerd.join(" ")),
        wie: invoer.een("mondeling_wie"),
        datum: of_nu("mondeling_datum", opmaak::datum_invoer(nu.date())),
        tijd: of_nu("mondeling_tijd", opmaak::tijd_invoer(nu.time())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::OverdrachtId;

    fn waarden(paren: &[(&str, &str)]) -> Waarden {
        Waarden::new(paren.iter().map(|(naam, waarde)| ((*naam).to_owned(), (*waarde).to_owned())).collect())
    }

    fn id() -> OverdrachtId {
        "00000000-0000-0000-0000-000000000007".parse().unwrap()
    }

    fn velden(ontleed: Ontleed) -> Vec<String> {
        ontleed.unwrap_err().into_iter().map(|fout| fout.naam).collect()
    }

    #[test]
    fn weigeren_vraagt_een_reden_en_uitleg() {
        let leeg = ontleed(AntwoordForm::Weiger, id(), &waarden(&[("weiger_toelichting", "  ")]));
        assert_eq!(velden(leeg), ["weiger_reden", "weiger_toelichting"]);
        let onzin = waarden(&[("weiger_reden", "geen-zin"), ("weiger_toelichting", "Vol")]);
        assert_eq!(velden(ontleed(AntwoordForm::Weiger, id(), &onzin)), ["weiger_reden"]);
        let goed = waarden(&[("weiger_reden", "te-onveilig"), ("weiger_toelichting", " Er zijn wapens. ")]);
        let (wens, op) = ontleed(AntwoordForm::Weiger, id(), &goed).unwrap();
        let verwacht = wens::WeigerWens {
            overdracht: Some(id()),
            reden_code: Some(WeigerReden::TeOnveilig),
            reden: Some("Er zijn wapens.".into()),
        };
        assert_eq!((wens, op), (Wens::WeigerOverdracht(verwacht), None));
    }

    #[test]
    fn intrekken_vraagt_een_reden_en_accepteren_niets() {
        assert_eq!(velden(ontleed(AntwoordForm::TrekIn, id(), &waarden(&[]))), ["intrek_reden"]);
        assert!(ontleed(AntwoordForm::Accepteer, id(), &waarden(&[])).is_ok());
    }

    #[test]
    fn een_mondelinge_bevestiging_telt_op_het_tijdstip_dat_is_genoemd() {
        let goed = [("mondeling_wie", "Wout"), ("mondeling_datum", "2026-04-07"), ("mondeling_tijd", "10:15")];
        let (_, op) = ontleed(AntwoordForm::Mondeling, id(), &waarden(&goed)).unwrap();
        assert_eq!(op.unwrap().lokaal().to_string(), "2026-04-07T10:15:00");
        let fout = [("mondeling_wie", "Wout"), ("mondeling_datum", "2026-02-30"), ("mondeling_tijd", "10:15")];
        assert_eq!(velden(ontleed(AntwoordForm::Mondeling, id(), &waarden(&fout))), ["mondeling_datum"]);
    }

    #[test]
    fn geen_reden_is_vooraf_gekozen_en_een_gekozen_reden_blijft() {
        assert!(redenen(&Waarden::default()).iter().all(|optie| !optie.gekozen));
        let gekozen = redenen(&waarden(&[("weiger_reden", "anders")]));
        let aan: Vec<_> = gekozen.iter().filter(|optie| optie.gekozen).map(|optie| optie.waarde.as_str()).collect();
        assert_eq!(aan, ["anders"]);
    }

    #[test]
    fn elke_reden_van_weigering_kan_worden_gekozen() {
        for (reden, _) in REDENEN {
            assert_eq!(reden_uit(&reden.als_str()), Some(reden));
        }
        assert_eq!(reden_midden(WeigerReden::AnderTeamPastBeter), "een ander team past beter");
    }
}
