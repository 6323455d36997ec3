//! Writing a document, part by part, and recording that it left.

use super::{Formulierdeel, aanbod::voorzet, code, wanneer, wijze};
use crate::{
    Toestand,
    handlers::tekst::clausule,
    opmaak,
    pages::{
        onderdelen::Feit,
        veld::{Invoer, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, toegang::Relatie, wens::*};
use domain::{
    afspraak::{Bundel, Deel, DeelHoort, Documentlezer, Documentregel},
    documenten::{Ontvanger, inhoud},
    gebeurtenis::Openheid,
    meldingen::Melding,
    overdrachten::{Overdracht, Stand},
};

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let (naam, soort) = handeling.split_once(':')?;
    match naam {
        "maak-document" => maak(toestand, beeld, bundel, soort),
        "verzend-document" => {
            let eigen = toestand.app.documenten(beeld).into_iter().find(|document| document.id.to_string() == soort)?;
            let velden = vec![
                wijze("Hoe is het verstuurd of gegeven?"),
                super::contact::persoon(beeld, "Aan wie van het gezin?"),
                wanneer(),
                Veld::tekstvak("toelichting", "Toelichting", 3).optioneel(),
            ];
            let mut feiten = vec![Feit::new("Document", eigen.naam), Feit::new("Voor wie", eigen.ontvanger.aanhef)];
            feiten.extend(super::contact::waarschuwingen(beeld));
            let gevolg = "Wie het krijgt, houdt het zoals het nu is. Een brief aan het gezin informeert het gezin.";
            Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten })
        }
        _ => None,
    }
}

/// The kinds of documents that this organisation can write now, each with for whom.
pub(in crate::handlers) fn te_schrijven<'a>(
    beeld: &CasusBeeld,
    bundel: &'a Bundel,
) -> Vec<(&'a str, &'a Documentregel, Ontvanger)> {
    let alle = bundel.documenten().into_iter();
    alle.filter_map(|(soort, regel)| Some((soort, regel, ontvanger(beeld, regel)?))).collect()
}

/// For whom a document of this kind would be now; nobody, and it is not offered.
fn ontvanger(beeld: &CasusBeeld, regel: &Documentregel) -> Option<Ontvanger> {
    let overdracht = aanbod(beeld, regel);
    let melding = meldingen(beeld).last().map(|melding| melding.id);
    let vraagt_aanbod = regel.met_overdracht || regel.lezer == Documentlezer::Ontvanger;
    if vraagt_aanbod && overdracht.is_none() {
        return None;
    }
    if regel.lezer == Documentlezer::Melder && (melding.is_none() || beeld.relatie != Relatie::VeiligThuis) {
        return None;
    }
    Some(Ontvanger { lezer: regel.lezer, overdracht: overdracht.map(|o| o.id), melding })
}

/// The last offer that did not end in a refusal or withdrawal, in a situation for which this document is.
fn aanbod<'a>(beeld: &'a CasusBeeld, regel: &Documentregel) -> Option<&'a Overdracht> {
    let loopt = |aanbod: &&Overdracht| matches!(aanbod.stand, Stand::Open | Stand::Geaccepteerd(_));
    let nodig = regel.met_overdracht || regel.lezer == Documentlezer::Ontvanger;
    let laatste = beeld.staat.overdrachten.iter().rfind(loopt);
    laatste.filter(|aanbod| nodig && regel.past_bij(aanbod.fase))
}

/// Reports of somebody to whom can be written.
fn meldingen(beeld: &CasusBeeld) -> impl Iterator<Item = &Melding> {
    beeld.staat.eigen_meldingen().filter(|melding| melding.openheid != Openheid::Onbekend)
}

fn maak(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, soort: &str) -> Option<Formulierdeel> {
    let (_, regel, ontvanger) = te_schrijven(beeld, bundel).into_iter().find(|(eigen, _, _)| *eigen == soort)?;
    let inhoud = inhoud(&beeld.staat, bundel, regel, &ontvanger);
    let mut velden = Vec::new();
    if regel.lezer == Documentlezer::Melder && meldingen(beeld).count() > 1 {
        velden.push(welke_melding(beeld));
    }
    velden.extend(inhoud.hoort.iter().map(|deel| veld(toestand, beeld, bundel, deel)));
    velden.extend(inhoud.mag.iter().map(|deel| veld(toestand, beeld, bundel, deel).optioneel()));
    let mut feiten = vec![Feit::new("Document", regel.naam.clone())];
    feiten.extend(inhoud.nooit.iter().map(|deel| Feit::new("Gaat niet mee", deel.naam)));
    if let (Some(grond), Some(aanbod)) = (&regel.ook_naar_ontvanger, aanbod(beeld, regel)) {
        let plaats = clausule(toestand, bundel, grond).plaats;
        feiten.push(Feit::new(
            "Er staat in",
            format!("dat het ook gaat naar {} ({plaats})", toestand.app.naam_van(&aanbod.naar)),
        ));
    }
    if ontvanger.is_persoonlijk(&beeld.staat) {
        feiten.push(Feit::new("Let op", "De melder is afgeschermd: dit is alleen voor de melder zelf."));
    }
    let gevolg = match regel.lezer {
        Documentlezer::Gezin => {
            "Het gezin leest dit. Noem nergens een melder die afgeschermd is: ook niet de organisatie."
        }
        Documentlezer::Ontvanger => "De ontvanger houdt een vaste kopie als u vastlegt dat het is verstuurd.",
        Documentlezer::Melder => "Schrijf alleen op wat de melder moet weten.",
        Documentlezer::Dossier => "Dit blijft in het dossier van uw organisatie.",
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten })
}

fn welke_melding(beeld: &CasusBeeld) -> Veld {
    let optie = |(nummer, melding): (usize, &Melding)| {
        let dag = opmaak::datum_met_jaar(melding.ontvangen_op.dag());
        Optie::new(melding.id.to_string(), format!("Melding {} van {dag}", nummer + 1))
    };
    let opties = meldingen(beeld).enumerate().map(optie).collect();
    Veld::keuzelijst("melding", "Aan wie van de melders?", "De laatste melder", opties).optioneel()
}

/// A part, filled with what is known, to be checked by who writes.
fn veld(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, deel: &Deel<'_>) -> Veld {
    let mut veld = Veld::tekstvak(format!("onderdeel_{}", deel.sleutel), deel.naam, 4);
    if let Invoer::Tekstvak { waarde, .. } = &mut veld.invoer {
        *waarde = bekend(beeld, deel.sleutel);
    }
    let plaats = clausule(toestand, bundel, deel.clausule).plaats;
    veld.hint(match deel.hoort {
        DeelHoort::Altijd | DeelHoort::BijDoorlopendContact => format!("Hoort erin: {plaats}"),
        DeelHoort::MagErbij => plaats,
    })
}

/// What was handed over with this name, else what Veilig Thuis has for it.
fn bekend(beeld: &CasusBeeld, sleutel: &str) -> String {
    let soort = format!("onderdeel:{sleutel}");
    let eerder = beeld.stukken.iter().rfind(|stuk| stuk.soort == soort).map(|stuk| stuk.inhoud.clone());
    eerder.unwrap_or_else(|| match sleutel {
        "meldformulier" => {
            let melding = beeld.staat.bedoelde_melding();
            let tekst = melding.and_then(|melding| beeld.tekst_bij(melding.feit.versie, "melding-inhoud"));
            tekst.unwrap_or_default().to_owned()
        }
        _ => voorzet(beeld, sleutel),
    })
}

pub(super) fn wens(naam: &str, soort: &str, waarden: &Waarden, bundel: &Bundel) -> Result<Option<Wens>, Vec<VeldFout>> {
    Ok(Some(match naam {
        "maak-document" => {
            let Some(regel) = bundel.inhoud.document.get(soort) else { return Ok(None) };
            let eigen = regel.deel.keys().cloned();
            let overdracht = bundel.inhoud.onderdeel.keys().filter(|_| regel.met_overdracht).cloned();
            let gegeven = |sleutel: String| Some((sleutel.clone(), waarden.gevuld(&format!("onderdeel_{sleutel}"))?));
            Wens::MaakDocument(DocumentWens {
                soort: soort.to_owned(),
                overdracht: None,
                melding: waarden.gevuld("melding").and_then(|id| id.parse().ok()),
                onderdelen: eigen.chain(overdracht).filter_map(gegeven).collect(),
                reden: waarden.gevuld("reden"),
            })
        }
        "verzend-document" => Wens::VerzendDocument(DocumentVerzendWens {
            document: soort.parse().ok(),
            wijze: code("wijze", waarden)?,
            aan: waarden.gevuld("persoon").and_then(|id| id.parse().ok()),
            toelichting: waarden.gevuld("toelichting"),
        }),
        _ => return Ok(None),
    }))
}
