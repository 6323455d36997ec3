//! `zicht zicht-op CASUS --op T [--als-bekend-op K]`: who held zicht then, and by which clause.

use super::beheer::{Opslagkeuze, Vrager};
use anyhow::{Result, bail};
use app::{
    App, AppFout,
    lezen::{Houderschap, ZichtOp, ZichtOpVraag},
};
use clap::Args;
use domain::{ids::CasusId, tijd::Instant};
use serde_json::{Value, json};
use web::opmaak;

/// The question.
#[derive(Args)]
pub struct ZichtOpOpties {
    /// Het nummer van de casus (Z26-3K9XW2P) of zijn id.
    casus: String,
    /// Wie had het zicht op dit moment? Nederlandse tijd (2026-03-04T10:00), of met zone (2026-03-04T09:00:00Z).
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    op: Instant,
    /// Met wat op dit moment was vastgelegd; zonder deze optie alles wat nu bekend is.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    als_bekend_op: Option<Instant>,
    /// Antwoord in JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    vrager: Vrager,
    #[command(flatten)]
    opslag: Opslagkeuze,
}

/// An instant as people write it: local time in the Netherlands, or with its own zone.
pub(super) fn moment(tekst: &str) -> Result<Instant, String> {
    let tekst = tekst.trim().replace(' ', "T");
    if let Ok(stempel) = tekst.parse::<jiff::Timestamp>() {
        return Ok(Instant(stempel.as_microsecond()));
    }
    let lokaal = tekst.parse::<jiff::civil::DateTime>().map_err(|_| {
        "verwacht werd een moment: 2026-03-04T10:00 (Nederlandse tijd) of 2026-03-04T09:00:00Z".to_owned()
    })?;
    let op = Instant::uit_lokaal(lokaal);
    if op.lokaal() == lokaal {
        Ok(op)
    } else {
        Err(format!("{lokaal} bestaat niet in Nederland: toen ging de zomertijd in"))
    }
}

/// Answers the question.
///
/// # Errors
/// A casus that does not exist, a number that two have, a store that cannot be used.
pub async fn zicht_op(opties: &ZichtOpOpties) -> Result<bool> {
    let samen = opties.opslag.stel_samen().await?;
    let uitkomst = antwoord(&samen.app, opties).await;
    samen.store.sluit().await;
    let antwoord = uitkomst?;
    if opties.json {
        zeg!("{:#}", als_json(&antwoord));
    } else {
        zeg!("{}", in_woorden(&antwoord));
    }
    Ok(true)
}

async fn antwoord(app: &App, opties: &ZichtOpOpties) -> Result<ZichtOp> {
    let casus = vind(app, &opties.casus).await?;
    let vraag = ZichtOpVraag { casus, op: opties.op, bekend_op: opties.als_bekend_op };
    match app.zicht_op(&opties.vrager.medewerker(), vraag).await {
        Err(AppFout::NietGevonden) => bail!("er is geen casus met id {casus}"),
        anders => Ok(anders?),
    }
}

async fn vind(app: &App, tekst: &str) -> Result<CasusId> {
    let tekst = tekst.trim();
    if let Ok(id) = tekst.parse() {
        return Ok(id);
    }
    let nummer = tekst.to_uppercase();
    let is_nummer = nummer.len() == 11 && nummer.starts_with('Z') && nummer.get(3..4) == Some("-");
    if !is_nummer {
        bail!("'{tekst}' is geen nummer (Z26-3K9XW2P) en geen id van een casus");
    }
    let gevonden = app.casussen_met_nummer(&nummer).await?;
    match gevonden.as_slice() {
        [id] => Ok(*id),
        [] => bail!("er is geen casus met nummer {nummer}"),
        meer => {
            let ids: Vec<_> = meer.iter().map(ToString::to_string).collect();
            bail!("nummer {nummer} hoort bij {} casussen; kies een id: {}", meer.len(), ids.join(", "))
        }
    }
}

/// `woensdag 4 maart 2026 om 10.00 uur`.
pub(super) fn voluit(op: Instant) -> String {
    let lokaal = op.lokaal();
    let tekst = format!("{} om {}", opmaak::datum_lang(lokaal.date()), opmaak::tijd(lokaal.time()));
    tekst.replace(opmaak::VASTE_SPATIE, " ")
}

fn in_woorden(antwoord: &ZichtOp) -> String {
    let kop = format!("Casus {}, {}.", antwoord.nummer, voluit(antwoord.op));
    let bekend = format!("Zoals bekend op {}.", voluit(antwoord.bekend_op));
    let regels = match &antwoord.houder {
        Houderschap::Gehouden { span, organisatie, naam, grond } => {
            let plaats: Vec<_> = [&grond.document, &grond.plaats].into_iter().flatten().map(String::as_str).collect();
            let tot = span.tot.map(|tot| format!("tot {}", voluit(tot)));
            let tot = tot.unwrap_or_else(|| "een einde is niet bekend".to_owned());
            let bron = match (&grond.vraag, plaats.as_slice()) {
                (Some(vraag), _) => format!("onze lezing; de bronnen zeggen niet: {vraag}"),
                (None, plaats) => plaats.join(", "),
            };
            vec![
                format!("Het zicht op veiligheid lag bij {naam} ({organisatie})."),
                format!("Sinds {}; {tot}.", voluit(span.van)),
                format!("Door {} ({bron}): {}", grond.id, grond.tekst),
            ]
        }
        Houderschap::NogNietBekend { eerste_vastlegging } => {
            vec![format!("Toen was deze casus nog niet vastgelegd; dat gebeurde op {}.", voluit(*eerste_vastlegging))]
        }
        Houderschap::VoorDeMelding { ontvangen_op } => {
            vec![format!("Niemand: de eerste melding kwam binnen op {}.", voluit(*ontvangen_op))]
        }
        Houderschap::Afgelopen { sinds } => vec![format!("Niemand: de casus is afgelopen op {}.", voluit(*sinds))],
    };
    [vec![kop, bekend], regels].concat().join("\n")
}

/// An instant with its zone, for another program.
pub(super) fn stempel(op: Instant) -> Value {
    let lees = jiff::Timestamp::from_microsecond(op.0);
    lees.map_or(Value::Null, |stempel| Value::String(stempel.to_string()))
}

fn als_json(antwoord: &ZichtOp) -> Value {
    let mut uit = json!({
        "casus": antwoord.casus,
        "nummer": antwoord.nummer,
        "op": stempel(antwoord.op),
        "als_bekend_op": stempel(antwoord.bekend_op),
    });
    let houder = match &antwoord.houder {
        Houderschap::Gehouden { span, organisatie, naam, grond } => json!({
            "uitkomst": "gehouden",
            "houder": { "id": organisatie, "naam": naam },
            "van": stempel(span.van),
            "tot": span.tot.map(stempel),
            "grond": {
                "id": grond.id,
                "document": grond.document,
                "plaats": grond.plaats,
                "tekst": grond.tekst,
                "vraag": grond.vraag,
            },
        }),
        Houderschap::NogNietBekend { eerste_vastlegging } => {
            json!({ "uitkomst": "nog-niet-bekend", "eerste_vastlegging": stempel(*eerste_vastlegging) })
        }
        Houderschap::VoorDeMelding { ontvangen_op } => {
            json!({ "uitkomst": "voor-de-melding", "ontvangen_op": stempel(*ontvangen_op) })
        }
        Houderschap::Afgelopen { sinds } => json!({ "uitkomst": "afgelopen", "sinds": stempel(*sinds) }),
    };
    if let (Value::Object(uit), Value::Object(houder)) = (&mut uit, houder) {
        uit.extend(houder);
    }
    uit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_moment_is_nederlandse_tijd_of_heeft_een_zone() {
        let tien_uur = moment("2026-03-04T10:00").unwrap();
        for zelfde in ["2026-03-04 10:00", "2026-03-04T09:00:00Z", "2026-03-04T10:00:00+01:00"] {
            assert_eq!(moment(zelfde).unwrap(), tien_uur, "{zelfde}");
        }
        assert_eq!(moment("2026-07-04T10:00").unwrap(), moment("2026-07-04T08:00:00Z").unwrap());
        for fout in ["", "gisteren", "2026-13-01T10:00", "2026-03-29T02:30", "10:00"] {
            assert!(moment(fout).is_err(), "{fout}");
        }
    }
}
