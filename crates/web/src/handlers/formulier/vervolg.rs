//! The forms of what follows on the assessment: services, the warm handover, tasks beside zicht, monitoring, crisis,
//! moving house.

use super::{Formulierdeel, aangekruist, opties, uit_tekst, wanneer};
use crate::{
    Toestand,
    handlers::tekst::{self, verwijzing},
    pages::{
        onderdelen::Feit,
        veld::{Criterium, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, toegang::Relatie, wens::*};
use domain::{
    afspraak::{Bundel, Gespreksmoment, Ontvangt, PartijSoort},
    deeltaken::Deeltaak,
    gebeurtenis::{Aanwezige, Antwoord, Conclusie, DienstSoort, Geweldsaard, Openheid},
    ids::{DeeltaakId, OrganisatieId},
    overdrachten::Overdracht,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn toelichting() -> Veld {
    Veld::tekstvak("toelichting", "Toelichting", 4).optioneel()
}

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let (naam, soort) = handeling.split_once(':').unwrap_or((handeling, ""));
    let (gevolg, velden): (&str, Vec<Veld>) = match naam {
        "start-dienst" => {
            ("Veilig Thuis houdt het zicht op veiligheid zolang de dienst loopt.", start_dienst(bundel, soort)?)
        }
        "rond-dienst-af" => {
            ("Daarna kunt u de casus overdragen of sluiten. Tot dan houdt Veilig Thuis het zicht.", rond_dienst_af())
        }
        "houd-huisbezoek" => return Some(huisbezoek(toestand, beeld, bundel)),
        "houd-warme-overdracht" => {
            return warm(toestand, beeld);
        }
        "vul-inhoud-aan" => return aanvullen(toestand, beeld),
        "leg-monitormoment-vast" => (
            "Het monitormoment staat daarna als gedaan. De uitkomst bepaalt wat er verder gebeurt.",
            monitormoment(toestand, beeld, bundel),
        ),
        "plan-monitormoment" => (
            "Er komt een extra moment bij, met een eigen termijn.",
            vec![Veld::datum("datum", "Op welke dag?"), Veld::tekstvak("toelichting", "Waarom dan?", 3).optioneel()],
        ),
        "rond-monitoring-af" => ("Daarna volgt niemand de casus meer met vaste momenten.", vec![toelichting()]),
        "raadpleeg-veilig-thuis" => (
            "Hiermee staat vast dat de ontvanger en Veilig Thuis overlegden voor de hulp eindigt.",
            vec![wanneer(), Veld::tekstvak("toelichting", "Wat is er besproken?", 4).optioneel()],
        ),
        _ => return van_rest(toestand, beeld, bundel, naam),
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

fn van_rest(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, naam: &str) -> Option<Formulierdeel> {
    let organisatie = |vraag: &str, partijen| Veld::keuzelijst("organisatie", vraag, "Maak een keuze", partijen);
    let (gevolg, velden): (&str, Vec<Veld>) = match naam {
        "spreek-deeltaak-af" => (
            "Deze organisatie let op een deel, naast wie het zicht heeft. Het zicht zelf verandert niet.",
            vec![
                organisatie("Wie doet dit?", partijen(toestand, beeld, bundel)),
                Veld::tekstvak("wat", "Waar let deze organisatie op?", 3),
                Veld::datum("tot", "Tot welke dag?").hint("Leeg laten betekent: tot het is afgerond.").optioneel(),
            ],
        ),
        "rond-deeltaak-af" => {
            ("Deze organisatie let hier dan niet meer op.", vec![deeltaken(toestand, beeld), toelichting()])
        }
        "stel-informeren-uit" => (
            "De termijn om het gezin te informeren schuift op. Dat mag alleen voor iemands veiligheid.",
            vec![
                Veld::datum("tot", "Tot welke dag wacht u?"),
                Veld::tekstvak("reden", "Waarom is informeren nu niet veilig?", 4),
            ],
        ),
        "schakel-crisisdienst-in" => (
            "De crisisdienst komt naast wie het zicht heeft. Na 72 uur volgt een signaal; hij stopt niet vanzelf.",
            vec![organisatie("Welke crisisdienst?", crisisdiensten(toestand, beeld, bundel)), wanneer(), toelichting()],
        ),
        "meld-crisis-stabiel" => ("De crisisdienst is daarna klaar in deze casus.", vec![wanneer(), toelichting()]),
        "verhuis-gezin" => (
            "Vanaf nu geldt de afspraak van de nieuwe gemeente. Termijnen die al lopen, blijven zoals ze zijn.",
            verhuizing(toestand, beeld),
        ),
        _ => return None,
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

/// The statements of the agreement that must hold for this service, to be ticked.
fn start_dienst(bundel: &Bundel, soort: &str) -> Option<Vec<Veld>> {
    let regel = bundel.inhoud.dienst.get(soort)?;
    let criteria: Vec<_> = regel.keuzecriteria.iter().map(|(sleutel, eis)| Optie::new(sleutel, &eis.tekst)).collect();
    let mut velden = Vec::new();
    if !criteria.is_empty() {
        let vraag = Veld::vinkjes("keuzecriteria", "Wat is er waar?", criteria);
        velden.push(vraag.hint("Klopt iets niet? Dan past deze dienst alleen met een reden."));
    }
    velden.push(toelichting());
    Some(velden)
}

fn rond_dienst_af() -> Vec<Veld> {
    let conclusies = [
        ("bevestigd", "Er is huiselijk geweld of kindermishandeling"),
        ("niet-bevestigd", "Niet bevestigd: het is niet duidelijk geworden"),
        ("weerlegd", "Weerlegd: er is geen huiselijk geweld of kindermishandeling"),
        ("niet-onderzocht", "Niet onderzocht"),
    ];
    let per_soort = [
        ("bevestigd", "Ja"),
        ("niet-bevestigd", "Dat is niet duidelijk geworden"),
        ("weerlegd", "Nee, dat is weerlegd"),
        ("niet-onderzocht", "Dat is niet onderzocht"),
    ];
    let per_aard = Geweldsaard::ALLE.map(|aard| {
        let vraag = format!("Is er {}?", tekst::geweldsaard(aard).to_lowercase());
        let leeg = "Hier is niet naar gekeken";
        Veld::keuzelijst(format!("aard_{}", aard.als_str()), vraag, leeg, opties(&per_soort)).optioneel()
    });
    let mut velden = vec![Veld::rondjes("conclusie", "Wat is de conclusie?", opties(&conclusies))];
    velden.extend(per_aard);
    velden.extend([
        Veld::vinkje("voorwaarden_gesteld", "Er zijn veiligheidsvoorwaarden gesteld"),
        Veld::tekstvak("voorwaarden", "Welke veiligheidsvoorwaarden?", 4)
            .hint("Deze tekst staat straks klaar in de overdracht.")
            .optioneel(),
        Veld::vinkje("voortijdig", "De dienst stopt eerder dan bedoeld"),
        Veld::tekstvak("reden", "Waarom stopt de dienst eerder?", 3)
            .hint("Alleen nodig als de dienst eerder stopt.")
            .optioneel(),
        toelichting(),
    ]);
    velden
}

fn per_aard(waarden: &Waarden) -> BTreeMap<Geweldsaard, Conclusie> {
    let keuze = |aard: Geweldsaard| waarden.gevuld(&format!("aard_{}", aard.als_str()));
    let gekozen = |aard| Some((aard, uit_tekst(&keuze(aard)?)?));
    Geweldsaard::ALLE.into_iter().filter_map(gekozen).collect()
}

/// A visit during a service, by the topics of the agreement that was in force when it began.
fn huisbezoek(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Formulierdeel {
    let dienst = beeld.staat.lopende_dienst();
    let bij_start = dienst.and_then(|dienst| tekst::bundel(toestand, &dienst.gestart.bundel));
    let bundel = bij_start.as_deref().unwrap_or(bundel);
    let mut velden = vec![
        wanneer(),
        Veld::keuzelijst(
            "samen_met",
            "Wie ging er mee?",
            "Niemand, wij gingen alleen",
            andere_partijen(toestand, beeld, bundel),
        )
        .optioneel(),
        Veld::vinkje("kinderen_gesproken", "Er is met de kinderen gesproken"),
    ];
    velden.extend(bundel.gesprekspunten(Gespreksmoment::Huisbezoek).into_iter().map(|(sleutel, punt)| {
        Veld::tekstvak(format!("punt_{sleutel}"), &punt.naam, 3).hint("Leeg betekent: niet besproken.").optioneel()
    }));
    let gevolg = "Het huisbezoek staat bij de dienst. Wat er is besproken, leest alleen Veilig Thuis.".to_owned();
    Formulierdeel { gevolg, velden, feiten: Vec::new() }
}

/// The talk of family, Veilig Thuis and receiver, by the points of the agreement that was in force at the offer.
fn warm(toestand: &Toestand, beeld: &CasusBeeld) -> Option<Formulierdeel> {
    let aanbod = beeld.staat.lopend_aanbod()?;
    let bundel = tekst::bundel(toestand, &aanbod.feit.bundel)?;
    let naam = toestand.app.naam_van(&aanbod.naar);
    let wie = vec![
        Optie::new("gezin", "Het gezin"),
        Optie::new("veilig-thuis", "Veilig Thuis"),
        Optie::new("ontvanger", &naam),
    ];
    let mut velden = vec![wanneer(), Veld::vinkjes("aanwezig", "Wie waren erbij?", wie)];
    for (sleutel, punt) in punten(&bundel) {
        let vooraf = if punt.moment == Gespreksmoment::Vooraf { " (vooraf)" } else { "" };
        let veld = Veld::tekstvak(format!("punt_{sleutel}"), format!("{}{vooraf}", punt.naam), 3);
        velden.push(veld.hint("Schrijf op wat is afgesproken. Leeg betekent: niet besproken."));
    }
    let gevolg =
        format!("Het gesprek verandert niet wie het zicht heeft: {naam} legt zelf vast dat het de casus accepteert.");
    let feiten = vec![Feit::new("Overdracht aan", naam)];
    Some(Formulierdeel { gevolg, velden, feiten })
}

fn punten(bundel: &Bundel) -> Vec<(&str, &domain::afspraak::Gesprekspunt)> {
    let momenten = [Gespreksmoment::Vooraf, Gespreksmoment::Gesprek];
    momenten.into_iter().flat_map(|moment| bundel.gesprekspunten(moment)).collect()
}

/// The parts of an offer that were not filled yet.
pub(in crate::handlers) fn nog_niet_gegeven(
    beeld: &CasusBeeld,
    overdracht: &Overdracht,
    bundel: &Bundel,
) -> Vec<(String, String)> {
    let open = beeld.staat.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
    let alle = bundel.onderdelen(overdracht.fase).into_iter();
    let nog = alle.filter(|(sleutel, onderdeel)| {
        let mag = match onderdeel.ontvanger {
            Ontvangt::Ja => true,
            Ontvangt::AlleenBijOpenMelding => open,
            Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => false,
        };
        mag && !overdracht.onderdelen.contains(*sleutel)
    });
    nog.map(|(sleutel, onderdeel)| (sleutel.to_owned(), onderdeel.naam.clone())).collect()
}

fn aanvullen(toestand: &Toestand, beeld: &CasusBeeld) -> Option<Formulierdeel> {
    let aanbod = beeld.staat.lopend_aanbod()?;
    let bundel = tekst::bundel(toestand, &aanbod.feit.bundel)?;
    let nog = nog_niet_gegeven(beeld, aanbod, &bundel);
    let veld = |(sleutel, naam): (String, String)| Veld::tekstvak(format!("onderdeel_{sleutel}"), naam, 4).optioneel();
    let gevolg = match (nog.is_empty(), aanbod.wacht_op_inhoud) {
        (true, _) => "Alle onderdelen zijn al ingevuld.",
        (false, true) => {
            "De ontvanger krijgt dit erbij. Het zicht gaat pas over als alles er is en de ontvanger accepteert."
        }
        (false, false) => "De ontvanger krijgt dit erbij.",
    };
    let feiten = vec![Feit::new("Overdracht aan", toestand.app.naam_van(&aanbod.naar))];
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden: nog.into_iter().map(veld).collect(), feiten })
}

/// Which moment, the questions of the agreement, and what comes of it.
fn monitormoment(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Veld> {
    let mut momenten: Vec<_> = beeld
        .termijnen
        .iter()
        .map(|(termijn, _)| termijn)
        .filter(|termijn| termijn.vanaf.is_some_and(|vanaf| vanaf <= beeld.op))
        .filter(|termijn| termijn.voldaan_op.is_none() && termijn.vervallen_op.is_none())
        .map(|termijn| {
            let sleutel = tekst::monitorsleutel(termijn);
            Optie::new(sleutel, &termijn.naam)
                .hint(format!("uiterlijk {}", tekst::uiterlijk(termijn.uiterlijk, beeld.op)))
        })
        .collect();
    if let [enige] = momenten.as_mut_slice() {
        enige.gekozen = true;
    }
    let vragen = bundel.monitorvragen().into_iter().map(|(sleutel, vraag)| Criterium {
        code: sleutel.to_owned(),
        vraag: vraag.vraag.clone(),
        plaats: verwijzing(&toestand.app.clausule(bundel, &vraag.clausule), bundel).plaats,
        antwoord: String::new(),
        reden: String::new(),
        fout: None,
    });
    let uitkomsten = bundel.inhoud.monitoruitkomst.iter();
    let uitkomsten = uitkomsten.map(|(sleutel, uitkomst)| Optie::new(sleutel, &uitkomst.naam)).collect();
    let mut velden = Vec::new();
    if !momenten.is_empty() {
        velden.push(Veld::rondjes("moment", "Welk moment is dit?", momenten));
    }
    velden.extend([
        Veld::criteria("vraag", "Wat kwam eruit?", vragen.collect()),
        Veld::rondjes("uitkomst", "Wat gebeurt er nu?", uitkomsten),
        wanneer(),
        toelichting(),
    ]);
    velden
}

/// The parties beside the Veilig Thuis of this casus.
pub(super) fn andere_partijen(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Optie> {
    let eigen = beeld.staat.veilig_thuis.as_ref().map(|vt| vt.als_str());
    let mut partijen = partijen(toestand, beeld, bundel);
    partijen.retain(|optie| Some(optie.waarde.as_str()) != eigen);
    partijen
}

/// Parties that work for this municipality, and for Veilig Thuis who has a part in this casus already.
pub(super) fn partijen(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Optie> {
    let werkt_hier = |gemeenten: &[String]| gemeenten.is_empty() || gemeenten.contains(&beeld.staat.gemeente);
    let van_afspraak = bundel.inhoud.partij.iter().filter(|(_, partij)| werkt_hier(&partij.gemeenten));
    let mut alle: BTreeSet<OrganisatieId> = van_afspraak.map(|(id, _)| id.clone()).collect();
    alle.extend(beeld.lijn.zicht.iter().filter_map(|span| span.houder.clone()));
    // Who reported is known to Veilig Thuis, and not to everybody with a part.
    if beeld.relatie == Relatie::VeiligThuis {
        alle.extend(domain::publiek::betrokkenen(&beeld.staat));
    }
    let mut opties: Vec<_> = alle.iter().map(|id| Optie::new(id.als_str(), toestand.app.naam_van(id))).collect();
    opties.sort_by(|a, b| a.tekst.cmp(&b.tekst));
    opties
}

/// The crisis services of the agreement; the sources name none, so else the one of this Veilig Thuis' region.
fn crisisdiensten(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Vec<Optie> {
    let van_afspraak = bundel.inhoud.partij.iter().filter(|(_, partij)| partij.soort == PartijSoort::Crisisdienst);
    let mut alle: Vec<OrganisatieId> = van_afspraak.map(|(id, _)| id.clone()).collect();
    if alle.is_empty() {
        let vt = beeld.staat.veilig_thuis.as_ref().map_or("", |org| org.als_str());
        alle.push(OrganisatieId(format!("crisisdienst-{}", vt.trim_start_matches("veilig-thuis-"))));
    }
    alle.iter().map(|id| Optie::new(id.als_str(), toestand.app.naam_van(id))).collect()
}

/// Tasks that run and that this organisation may end.
fn deeltaken(toestand: &Toestand, beeld: &CasusBeeld) -> Veld {
    let optie = |deeltaak: &Deeltaak| {
        let wat = beeld.tekst_bij(deeltaak.feit.versie, "deeltaak").unwrap_or_default();
        let optie = Optie::new(deeltaak.id.to_string(), toestand.app.naam_van(&deeltaak.organisatie));
        if wat.is_empty() { optie } else { optie.hint(wat) }
    };
    let zichtbaar = |deeltaak: &&Deeltaak| {
        deeltaak.afgerond.is_none()
            && beeld.geschiedenis.iter().any(|regel| regel.vastlegging.versie == deeltaak.feit.versie)
    };
    let mut opties: Vec<_> = beeld.staat.deeltaken.iter().filter(zichtbaar).map(optie).collect();
    if let [enige] = opties.as_mut_slice() {
        enige.gekozen = true;
    }
    Veld::rondjes("deeltaak", "Welke deeltaak is klaar?", opties)
}

fn verhuizing(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Veld> {
    let gemeenten = toestand.app.afspraken().gemeenten(beeld.op.dag()).into_iter();
    let opties = gemeenten.filter(|naam| *naam != beeld.staat.gemeente).map(|naam| Optie::new(naam, naam)).collect();
    vec![
        Veld::keuzelijst("gemeente", "In welke gemeente woont het gezin nu?", "Kies een gemeente", opties)
            .hint("Waar het jongste kind woont; zonder kinderen het slachtoffer."),
        Veld::tekst("adres", "Nieuw adres").optioneel(),
    ]
}

/// The wish of one of these forms.
pub(super) fn wens(naam: &str, soort: &str, waarden: &Waarden, bundel: &Bundel) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let aan = |naam: &str| waarden.bevat(naam, "ja");
    let vrij = || Toelichting { reden: tekst("reden"), toelichting: tekst("toelichting") };
    Ok(Some(match naam {
        "start-dienst" => {
            let dienst: Option<DienstSoort> = uit_tekst(soort);
            let regel = bundel.inhoud.dienst.get(soort);
            let sleutels = regel.into_iter().flat_map(|regel| regel.keuzecriteria.keys());
            let keuzecriteria = aangekruist(waarden, "keuzecriteria", sleutels);
            Wens::StartDienst(DienstWens {
                dienst,
                keuzecriteria,
                reden: tekst("reden"),
                toelichting: tekst("toelichting"),
            })
        }
        "rond-dienst-af" => Wens::RondDienstAf(DienstAfWens {
            conclusie: tekst("conclusie").and_then(|keuze| uit_tekst(&keuze)),
            per_aard: per_aard(waarden),
            voorwaarden_gesteld: aan("voorwaarden_gesteld"),
            voortijdig: aan("voortijdig"),
            voorwaarden: tekst("voorwaarden"),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        "houd-huisbezoek" => Wens::HoudHuisbezoek(HuisbezoekWens {
            samen_met: tekst("samen_met").map(OrganisatieId),
            kinderen_gesproken: aan("kinderen_gesproken"),
            punten: met_sleutel(waarden, "punt_", bundel.inhoud.gesprekspunt.keys()),
            reden: tekst("reden"),
        }),
        "houd-warme-overdracht" => {
            let allen = [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger];
            Wens::HoudWarmeOverdracht(WarmWens {
                overdracht: None,
                aanwezig: allen.into_iter().filter(|wie| waarden.bevat("aanwezig", &wie.als_str())).collect(),
                punten: met_sleutel(waarden, "punt_", bundel.inhoud.gesprekspunt.keys()),
                reden: tekst("reden"),
            })
        }
        "vul-inhoud-aan" => {
            let inhoud = met_sleutel(waarden, "onderdeel_", bundel.inhoud.onderdeel.keys());
            if inhoud.is_empty() {
                let veld = waarden.namen().find(|naam| naam.starts_with("onderdeel_")).unwrap_or("onderdeel_");
                return Err(vec![VeldFout::new(veld, "Vul ten minste één onderdeel in.")]);
            }
            Wens::VulInhoudAan(AanvulWens { overdracht: None, inhoud, reden: tekst("reden") })
        }
        "leg-monitormoment-vast" => Wens::LegMonitormomentVast(MonitorWens {
            moment: tekst("moment"),
            antwoorden: antwoorden(waarden, bundel),
            uitkomst: Some(tekst("uitkomst").ok_or_else(|| vec![VeldFout::new("uitkomst", "Maak een keuze.")])?),
            reden: tekst("reden"),
            toelichting: met_antwoorden(waarden, bundel),
        }),
        "plan-monitormoment" => Wens::PlanMonitormoment(PlanWens {
            datum: tekst("datum"),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        "rond-monitoring-af" => Wens::RondMonitoringAf(vrij()),
        "raadpleeg-veilig-thuis" => Wens::RaadpleegVeiligThuis(vrij()),
        _ => return wens_rest(naam, waarden),
    }))
}

fn wens_rest(naam: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let organisatie = || {
        let keuze = tekst("organisatie").map(OrganisatieId);
        keuze.map(Some).ok_or_else(|| vec![VeldFout::new("organisatie", "Kies een organisatie.")])
    };
    Ok(Some(match naam {
        "spreek-deeltaak-af" => Wens::SpreekDeeltaakAf(DeeltaakWens {
            organisatie: organisatie()?,
            wat: Some(
                tekst("wat").ok_or_else(|| vec![VeldFout::new("wat", "Schrijf op waar deze organisatie op let.")])?,
            ),
            tot: tekst("tot"),
        }),
        "rond-deeltaak-af" => {
            let deeltaak = tekst("deeltaak").and_then(|id| id.parse::<DeeltaakId>().ok());
            let deeltaak = deeltaak.ok_or_else(|| vec![VeldFout::new("deeltaak", "Kies welke deeltaak klaar is.")])?;
            Wens::RondDeeltaakAf(DeeltaakVerwijzing { deeltaak: Some(deeltaak), toelichting: tekst("toelichting") })
        }
        "stel-informeren-uit" => Wens::StelInformerenUit(UitstelWens { tot: tekst("tot"), reden: tekst("reden") }),
        "schakel-crisisdienst-in" => {
            Wens::SchakelCrisisdienstIn(CrisisWens { organisatie: organisatie()?, toelichting: tekst("toelichting") })
        }
        "meld-crisis-stabiel" => {
            Wens::MeldCrisisStabiel(Toelichting { reden: None, toelichting: tekst("toelichting") })
        }
        "verhuis-gezin" => {
            let gemeente = tekst("gemeente").ok_or_else(|| vec![VeldFout::new("gemeente", "Kies een gemeente.")])?;
            Wens::VerhuisGezin(VerhuisWens { gemeente, adres: tekst("adres") })
        }
        _ => return Ok(None),
    }))
}

fn met_sleutel<'a>(
    waarden: &Waarden,
    voor: &str,
    sleutels: impl Iterator<Item = &'a String>,
) -> BTreeMap<String, String> {
    sleutels.filter_map(|sleutel| Some((sleutel.clone(), waarden.gevuld(&format!("{voor}{sleutel}"))?))).collect()
}

fn antwoorden(waarden: &Waarden, bundel: &Bundel) -> BTreeMap<String, Antwoord> {
    let sleutels = bundel.inhoud.monitorvraag.keys();
    sleutels
        .filter_map(|sleutel| Some((sleutel.clone(), uit_tekst(waarden.een(&format!("vraag_{sleutel}"))?)?)))
        .collect()
}

/// The explanation, with what was written at each question before it.
fn met_antwoorden(waarden: &Waarden, bundel: &Bundel) -> Option<String> {
    let vragen = bundel.monitorvragen().into_iter();
    let per_vraag = vragen.filter_map(|(sleutel, vraag)| {
        Some(format!("{} {}", vraag.vraag, waarden.gevuld(&format!("vraag_{sleutel}_reden"))?))
    });
    let delen: Vec<_> = per_vraag.chain(waarden.gevuld("toelichting")).collect();
    (!delen.is_empty()).then(|| delen.join("\n"))
}
