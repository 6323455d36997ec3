//! The forms of a handover: who may receive in this situation, what goes along, who else gets a part.

use super::{Formulierdeel, code, opties};
use crate::{
    Toestand,
    handlers::plan::in_woorden,
    pages::{
        onderdelen::Feit,
        veld::{Invoer, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, toegang::Relatie, wens::*};
use domain::{
    afspraak::{Bundel, Doelgroep, Fase, Onderdeel, Ontvangt, PartijSoort},
    gebeurtenis::{Oordelen, Openheid, PersoonRol},
    ids::OrganisatieId,
    overdrachten::fase_nu,
};
use std::collections::{BTreeMap, BTreeSet};

/// Others who can get a part of the content in one offer, as far as the form goes.
const MEDE_MAX: u8 = 3;

/// In what situation this organisation would offer now.
pub(in crate::handlers) fn fase_van(beeld: &CasusBeeld) -> Fase {
    if beeld.relatie == Relatie::VeiligThuis { fase_nu(&beeld.staat) } else { Fase::Onderling }
}

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let reden = || Veld::tekstvak("reden", "Waarom?", 4).hint("De andere partij ziet deze reden.");
    let (gevolg, velden) = match handeling {
        "bevestig-ontvangst-gegevens" => ("Hiermee legt u vast dat uw organisatie de gegevens heeft.", vec![]),
        "bied-overdracht-aan" => (gevolg_van_aanbod(beeld, bundel), aanbod(toestand, beeld, bundel)),
        "verzend-gegevens" => ("Vanaf nu lopen de termijnen van de ontvanger.", vec![]),
        "noteer-mondelinge-bevestiging" => (
            "Deze notitie verplaatst niets: het zicht gaat pas over als de ontvanger zelf accepteert.",
            vec![Veld::tekst("wie", "Wie zei het?")],
        ),
        "doe-tegenvoorstel" => (
            "Wie aanbood houdt het zicht. Is die akkoord, dan kunt u vanaf die dag accepteren.",
            vec![Veld::datum("per", "Vanaf welke werkdag kunt u wel?"), reden()],
        ),
        "aanvaard-tegenvoorstel" => {
            let voorstel = beeld.staat.open_aanbod()?.tegenvoorstel.as_ref()?;
            let dag = crate::opmaak::datum_met_jaar(voorstel.per.0);
            let wat = beeld.tekst_bij(voorstel.feit.versie, "reden").unwrap_or_default().to_owned();
            let feiten = vec![Feit::new("Vanaf", dag), Feit::new("Waarom", wat)];
            let gevolg = "U houdt het zicht tot de ontvanger op of na die dag accepteert.".to_owned();
            return Some(Formulierdeel { gevolg, velden: Vec::new(), feiten });
        }
        "stuur-aanbod-door" => (
            "Dit verplaatst niets. Wie aanbood houdt het zicht, en kan de casus aan dat team aanbieden.",
            vec![Veld::rondjes("naar", "Welk team past beter?", andere_ontvangers(beeld, bundel)), reden()],
        ),
        "trek-overdracht-in" => ("Wie nu het zicht op veiligheid heeft, houdt het.", vec![reden()]),
        _ => return None,
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

fn gevolg_van_aanbod(beeld: &CasusBeeld, bundel: &Bundel) -> &'static str {
    match fase_van(beeld) {
        Fase::Onderling => {
            "De ontvanger krijgt een vaste kopie. Wie nu het zicht heeft, houdt het tot de ontvanger accepteert."
        }
        Fase::NaDienst if bundel.overgang(Fase::NaDienst, PartijSoort::LokaalTeam).is_some_and(|o| o.ook_inhoud) => {
            "Het zicht gaat over als de ontvanger accepteert én de inhoud compleet is. Vul later aan wat nog ontbreekt."
        }
        Fase::Direct | Fase::NaDienst | Fase::AnderVeiligThuis => {
            "De ontvanger krijgt een vaste kopie. Veilig Thuis houdt het zicht tot de ontvanger accepteert."
        }
    }
}

/// Receiver, way and parts; the parts are filled with what Veilig Thuis has, to be checked by the worker.
fn aanbod(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Veld> {
    let fase = fase_van(beeld);
    let beroepskrachten = beroepskrachten(beeld, bundel);
    let mut velden = vec![
        Veld::rondjes("naar", "Aan wie biedt u de casus aan?", ontvangers(toestand, beeld, bundel, &beroepskrachten)),
        Veld::rondjes("wijze", "Hoe gaat de overdracht?", opties(wijzen(fase))),
    ];
    if beeld.relatie == Relatie::VeiligThuis && !beroepskrachten.is_empty() {
        velden.extend(oordelen());
    }
    let onderdelen: Vec<_> = onderdelen(beeld, bundel).into_iter().collect();
    for (sleutel, onderdeel) in &onderdelen {
        let mut veld = Veld::tekstvak(format!("onderdeel_{sleutel}"), onderdeel.naam.clone(), 4);
        if let Invoer::Tekstvak { waarde, .. } = &mut veld.invoer {
            *waarde = voorzet(beeld, sleutel);
        }
        velden.push(match hint_bij(onderdeel, fase) {
            Some(hint) => veld.hint(hint).optioneel(),
            None => veld,
        });
    }
    velden.extend(mede_ontvangers(toestand, beeld, bundel, &onderdelen));
    velden.extend([
        Veld::vinkje("gezin_geinformeerd", "Het gezin weet van de overdracht"),
        Veld::vinkje("verzonden", "De gegevens gaan nu naar de ontvanger"),
        Veld::vinkje("gegevens_ontvangen", "De ontvanger heeft de gegevens nu ook, zoals aan de overdrachtstafel"),
    ]);
    velden
}

fn wijzen(fase: Fase) -> &'static [(&'static str, &'static str)] {
    const ALLE: &[(&str, &str)] = &[
        ("overdrachtstafel", "Aan de overdrachtstafel"),
        ("gesprek", "In een gesprek met het gezin erbij"),
        ("telefoon", "Telefonisch"),
        ("digitaal", "Digitaal"),
    ];
    // A table is for direct handover.
    if fase == Fase::Direct { ALLE } else { ALLE.get(1..).unwrap_or_default() }
}

/// Openly reporting organisations that are no party of the agreement: they receive after both judgements.
fn beroepskrachten<'a>(beeld: &'a CasusBeeld, bundel: &Bundel) -> BTreeSet<&'a OrganisatieId> {
    if beeld.relatie != Relatie::VeiligThuis {
        return BTreeSet::new();
    }
    let melders = beeld.staat.eigen_meldingen().filter_map(|melding| melding.melder.organisatie());
    melders.filter(|org| bundel.soort_van(org) == PartijSoort::Beroepskracht).collect()
}

/// By the agreement for this situation; for Veilig Thuis also who reported, and the Veilig Thuis of other regions.
fn ontvangers(
    toestand: &Toestand,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    beroepskrachten: &BTreeSet<&OrganisatieId>,
) -> Vec<Optie> {
    let fase = fase_van(beeld);
    let eerder = beeld.staat.gaat_gewoonlijk_naar(fase, bundel);
    let met_kind = beeld.staat.personen.iter().any(|persoon| persoon.rol == PersoonRol::Kind);
    let mut opties: Vec<_> = bundel
        .ontvangers(&beeld.staat.gemeente, fase)
        .into_iter()
        .filter(|(id, _)| beeld.lijn.houder_op(beeld.op) != Some(*id))
        .map(|(id, partij)| {
            let optie = Optie::new(id.als_str(), &partij.naam);
            let zonder_kind = if partij.doelgroep == Some(Doelgroep::Jeugd) && !met_kind {
                ", en hier is geen kind bekend"
            } else {
                ""
            };
            let doelgroep = partij.doelgroep.and_then(Doelgroep::voor).map(|voor| format!("voor {voor}{zonder_kind}"));
            let vaker = (eerder == Some(id)).then(|| "kreeg dit gezin de vorige keer ook".to_owned());
            let hint: Vec<_> = doelgroep.into_iter().chain(vaker).collect();
            if hint.is_empty() { optie } else { optie.hint(hint.join("; ")) }
        })
        .collect();
    opties.extend(beroepskrachten.iter().map(|org| {
        Optie::new(org.als_str(), toestand.app.naam_van(org)).hint("meldde zelf; leg ook de oordelen hieronder vast")
    }));
    if beeld.relatie == Relatie::VeiligThuis {
        let eigen = beeld.staat.veilig_thuis.as_ref();
        let alle = toestand.app.afspraken().alle().iter().filter_map(|geldig| geldig.bundel.veilig_thuis());
        let andere: BTreeSet<_> = alle.filter(|org| Some(*org) != eigen).collect();
        opties.extend(andere.into_iter().map(|org| {
            Optie::new(org.als_str(), toestand.app.naam_van(org)).hint("alleen als het gezin daar nu woont")
        }));
    }
    opties
}

/// Who else could receive this offer.
pub(super) fn andere_ontvangers(beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Optie> {
    let Some(aanbod) = beeld.staat.open_aanbod() else { return Vec::new() };
    let alle = bundel.ontvangers(&beeld.staat.gemeente, aanbod.fase).into_iter();
    alle.filter(|(id, _)| **id != aanbod.naar).map(|(id, partij)| Optie::new(id.als_str(), &partij.naam)).collect()
}

/// Both judgements on a professional who reported and will help.
fn oordelen() -> Vec<Veld> {
    let adviezen = [
        ("voortzetten", "Doorgaan zoals nu"),
        ("bijstellen", "Doorgaan, maar anders dan nu"),
        ("uitbreiden", "Veilig Thuis gaat zelf meedoen (dan houdt Veilig Thuis het zicht)"),
    ];
    vec![
        Veld::rondjes("advies", "Advies van Veilig Thuis over de hulp van de beroepskracht", opties(&adviezen))
            .hint("Alleen als een beroepskracht die meldde het zicht krijgt. Vul dan alle vier de vragen in.")
            .optioneel(),
        Veld::ja_nee("oordeel_kan", "Kan de beroepskracht dit, naar eigen oordeel?").optioneel(),
        Veld::ja_nee("oordeel_wil", "Wil de beroepskracht dit, naar eigen oordeel?").optioneel(),
        Veld::ja_nee("oordeel_in_staat", "Is de beroepskracht ertoe in staat, naar het oordeel van Veilig Thuis?")
            .optioneel(),
    ]
}

/// The parts that may go along, those for another Veilig Thuis at the end.
fn onderdelen<'a>(beeld: &CasusBeeld, bundel: &'a Bundel) -> Vec<(&'a str, &'a Onderdeel)> {
    let open = beeld.staat.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
    let mag = |onderdeel: &Onderdeel| match onderdeel.ontvanger {
        Ontvangt::Ja => true,
        Ontvangt::Nee => false,
        Ontvangt::AlleenBijOpenMelding | Ontvangt::BijOpenMeldingIndienNodig => open,
    };
    let mut alle = bundel.onderdelen(fase_van(beeld));
    if beeld.relatie == Relatie::VeiligThuis {
        for ander in bundel.onderdelen(Fase::AnderVeiligThuis) {
            if !alle.iter().any(|(sleutel, _)| *sleutel == ander.0) {
                alle.push(ander);
            }
        }
    }
    alle.retain(|(_, onderdeel)| mag(onderdeel));
    alle
}

fn hint_bij(onderdeel: &Onderdeel, fase: Fase) -> Option<&'static str> {
    let hoort = onderdeel.fasen.is_empty() || onderdeel.fasen.contains(&fase);
    match onderdeel.ontvanger {
        _ if !hoort => Some("Alleen bij overdracht aan een ander Veilig Thuis."),
        Ontvangt::BijOpenMeldingIndienNodig => Some("Laat dit leeg, tenzij de ontvanger het echt nodig heeft."),
        Ontvangt::Ja | Ontvangt::Nee | Ontvangt::AlleenBijOpenMelding => None,
    }
}

/// Others get what is ticked for them and nothing else.
fn mede_ontvangers(
    toestand: &Toestand,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    onderdelen: &[(&str, &Onderdeel)],
) -> Vec<Veld> {
    let partijen = super::vervolg::partijen(toestand, beeld, bundel);
    let delen = || onderdelen.iter().map(|(sleutel, onderdeel)| Optie::new(*sleutel, &onderdeel.naam)).collect();
    let rij = |nummer: u8| {
        let wie =
            Veld::keuzelijst(format!("mede{nummer}"), format!("Mede-ontvanger {nummer}"), "Niemand", partijen.clone());
        let wat = Veld::vinkjes(format!("mede{nummer}_delen"), format!("Wat krijgt mede-ontvanger {nummer}?"), delen());
        [
            wie.hint("Krijgt een eigen deel van de inhoud, en nooit het zicht op veiligheid.").optioneel(),
            wat.optioneel(),
        ]
    };
    (1..=MEDE_MAX).flat_map(rij).collect()
}

/// What Veilig Thuis has for a part, so that nobody types it again.
pub(super) fn voorzet(beeld: &CasusBeeld, sleutel: &str) -> String {
    if fase_van(beeld) == Fase::Onderling {
        return String::new();
    }
    let Some(melding) = beeld.staat.lopende_meldingen().last() else { return String::new() };
    let versie = melding.feit.versie;
    let beoordeling = melding.beoordeling.as_ref();
    let afronding = beeld.staat.afgeronde_dienst(u64::MAX).and_then(|dienst| dienst.afgerond.as_ref());
    let bij_afronding =
        |soort: &str| afronding.and_then(|a| beeld.tekst_bij(a.feit.versie, soort)).unwrap_or_default().to_owned();
    match sleutel {
        "inhoud-melding" | "melding-na-dienst" => {
            beeld.tekst_bij(versie, "melding-inhoud").unwrap_or_default().to_owned()
        }
        "contactgegevens-melder" => {
            let melder: MelderWens =
                beeld.tekst_bij(versie, "melder").and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
            let delen = [melder.naam, melder.functie, melder.telefoon];
            delen.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        "uitkomst-beoordeling" => {
            beoordeling.map(|beoordeling| beoordeling.taxatie.als_str().replace('-', " ")).unwrap_or_default()
        }
        "conclusie" => afronding
            .map(|a| super::super::tekst::conclusie(a.conclusie).to_owned())
            .map(|conclusie| [conclusie, bij_afronding("toelichting")].join(". "))
            .unwrap_or_default(),
        "veiligheidsvoorwaarden" | "plan" => {
            let plan = in_woorden(beeld, None);
            if plan.is_empty() { bij_afronding("voorwaarden") } else { plan }
        }
        "consequenties" => in_woorden(beeld, Some("gevolgen")),
        _ if fase_van(beeld) == Fase::Direct => beoordeling
            // A text belongs to the first event of its command: the answers when they were given along, else itself.
            .and_then(|beoordeling| {
                let versie = beoordeling.feit.versie;
                beeld.tekst_bij(versie, "toelichting").or(beeld.tekst_bij(versie.saturating_sub(1), "toelichting"))
            })
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

/// The wish of a form about an offer.
pub(super) fn wens(
    toestand: &Toestand,
    naam: &str,
    waarden: &Waarden,
    beeld: &CasusBeeld,
    bundel: &Bundel,
) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let aan = |naam: &str| waarden.bevat(naam, "ja");
    let bij_overdracht = || OverdrachtVerwijzing { overdracht: None, reden: tekst("reden") };
    Ok(Some(match naam {
        "bied-overdracht-aan" => {
            let naar: Option<OrganisatieId> = code("naar", waarden)?;
            let fase = naar.as_ref().map_or(fase_van(beeld), |naar| fase_naar(toestand, beeld, naar));
            let inhoud = gegeven(waarden, bundel, fase);
            Wens::BiedOverdrachtAan(AanbodWens {
                oordelen: gegeven_oordelen(waarden, naar.as_ref(), beeld, bundel)?,
                mede_ontvangers: gegeven_mede(waarden, &inhoud)?,
                naar,
                wijze: code("wijze", waarden)?,
                inhoud,
                gezin_geinformeerd: aan("gezin_geinformeerd"),
                verzonden: aan("verzonden"),
                gegevens_ontvangen: aan("gegevens_ontvangen"),
                reden: tekst("reden"),
            })
        }
        "verzend-gegevens" => Wens::VerzendGegevens(bij_overdracht()),
        "bevestig-ontvangst-gegevens" => Wens::BevestigOntvangstGegevens(bij_overdracht()),
        "noteer-mondelinge-bevestiging" => Wens::NoteerMondelingeBevestiging(MondelingWens {
            overdracht: None,
            naar: None,
            wie: Some(tekst("wie").ok_or_else(|| vec![VeldFout::new("wie", "Schrijf op wie het zei.")])?),
        }),
        "trek-overdracht-in" => Wens::TrekOverdrachtIn(bij_overdracht()),
        "aanvaard-tegenvoorstel" => Wens::AanvaardTegenvoorstel(bij_overdracht()),
        "doe-tegenvoorstel" => {
            Wens::DoeTegenvoorstel(TegenvoorstelWens { overdracht: None, per: tekst("per"), reden: tekst("reden") })
        }
        "stuur-aanbod-door" => Wens::StuurAanbodDoor(DoorstuurWens {
            overdracht: None,
            naar: code("naar", waarden)?,
            reden: tekst("reden"),
        }),
        _ => return Ok(None),
    }))
}

/// The situation of an offer to just this receiver.
fn fase_naar(toestand: &Toestand, beeld: &CasusBeeld, naar: &OrganisatieId) -> Fase {
    let mut alle = toestand.app.afspraken().alle().iter();
    let is_vt = alle.any(|geldig| geldig.bundel.veilig_thuis() == Some(naar));
    if is_vt && beeld.relatie == Relatie::VeiligThuis { Fase::AnderVeiligThuis } else { fase_van(beeld) }
}

/// The parts that were filled and belong to this situation; what the form offers for another one stays here.
fn gegeven(waarden: &Waarden, bundel: &Bundel, fase: Fase) -> BTreeMap<String, String> {
    let van_fase = bundel.onderdelen(fase).into_iter();
    van_fase
        .filter_map(|(sleutel, _)| Some((sleutel.to_owned(), waarden.gevuld(&format!("onderdeel_{sleutel}"))?)))
        .collect()
}

fn gegeven_mede(
    waarden: &Waarden,
    inhoud: &BTreeMap<String, String>,
) -> Result<BTreeMap<OrganisatieId, BTreeSet<String>>, Vec<VeldFout>> {
    let mut mede = BTreeMap::new();
    for nummer in 1..=MEDE_MAX {
        let veld = format!("mede{nummer}_delen");
        let delen: BTreeSet<_> = inhoud.keys().filter(|sleutel| waarden.bevat(&veld, sleutel)).cloned().collect();
        match waarden.gevuld(&format!("mede{nummer}")) {
            Some(organisatie) => {
                mede.insert(OrganisatieId(organisatie), delen);
            }
            None if !delen.is_empty() => {
                return Err(vec![VeldFout::new(format!("mede{nummer}"), "Kies wie dit deel krijgt.")]);
            }
            None => {}
        }
    }
    Ok(mede)
}

/// All four answers or none; half of them is an error, and they are asked only of a professional.
fn gegeven_oordelen(
    waarden: &Waarden,
    naar: Option<&OrganisatieId>,
    beeld: &CasusBeeld,
    bundel: &Bundel,
) -> Result<Option<Oordelen>, Vec<VeldFout>> {
    if !naar.is_some_and(|naar| beroepskrachten(beeld, bundel).contains(naar)) {
        return Ok(None);
    }
    let vragen = ["advies", "oordeel_kan", "oordeel_wil", "oordeel_in_staat"];
    let leeg: Vec<_> = vragen.iter().filter(|vraag| waarden.gevuld(vraag).is_none()).collect();
    if leeg.len() == vragen.len() {
        return Ok(None);
    }
    if !leeg.is_empty() {
        let fout = |vraag: &&&str| VeldFout::new(**vraag, "Beantwoord ook deze vraag over de beroepskracht.");
        return Err(leeg.iter().map(fout).collect());
    }
    let ja = |vraag: &str| waarden.bevat(vraag, "ja");
    let advies = code("advies", waarden)?;
    Ok(advies.map(|advies| Oordelen {
        advies,
        kan: ja("oordeel_kan"),
        wil: ja("oordeel_wil"),
        in_staat: ja("oordeel_in_staat"),
    }))
}
