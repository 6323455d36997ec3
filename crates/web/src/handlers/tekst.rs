//! Times, names and clauses as the pages say them.

use crate::{
    Toestand, opmaak,
    pages::onderdelen::{Clausule, Pil, Status},
};
use app::lezen::ClausuleBeeld;
use domain::{
    afspraak::Bundel,
    beoordelingen::{
        Functie,
        instrument::{Triage, Triageantwoord, Triagedeel},
    },
    gebeurtenis::{
        BesluitSoort, Conclusie, ContactWijze, DienstSoort, Geweldsaard, SluitingWijze, Taxatie, TerugkoppelingMoment,
    },
    ids::{AfspraakNaam, BundelHash, ClausuleId, MedewerkerId, OrganisatieId},
    termijnen::{Bij, Status as TermijnStatus, Termijn},
    tijd::Instant,
};
use std::{collections::BTreeSet, sync::Arc};

/// `wo 8 april, 23.59 uur`.
pub fn moment(op: Instant, nu: Instant) -> String {
    let lokaal = op.lokaal();
    format!("{}, {}", opmaak::datum(lokaal.date(), nu.dag()), opmaak::tijd(lokaal.time()))
}

/// The last minute that still counts, of an excluded bound: `wo 8 april, 23.59 uur`.
pub fn uiterlijk(grens: Instant, nu: Instant) -> String {
    moment(grens.net_ervoor(), nu)
}

/// The bundle of an agreement that holds today.
pub fn bundel_nu<'a>(toestand: &'a Toestand, afspraak: &AfspraakNaam) -> Option<&'a Bundel> {
    let vandaag = toestand.app.klok().nu().dag();
    toestand.app.afspraken().geldig(afspraak, vandaag).map(|geldig| geldig.bundel.as_ref())
}

/// The bundle of the agreement that a form chose, or of any while none is chosen: a refusal of the form cites it.
pub fn bundel_of_eerste<'a>(toestand: &'a Toestand, gekozen: Option<&AfspraakNaam>) -> Option<&'a Bundel> {
    let alle = toestand.app.afspraken().alle().iter();
    gekozen.and_then(|naam| bundel_nu(toestand, naam)).or_else(|| alle.map(|geldig| geldig.bundel.as_ref()).next())
}

/// The name of a worker as people know it, else the account.
pub fn medewerker(toestand: &Toestand, medewerker: &MedewerkerId) -> String {
    toestand.account(medewerker.als_str()).map_or_else(|| medewerker.0.clone(), |account| account.naam.clone())
}

/// Who wrote something, for who reads it: name and function when they are known, and always the organisation.
pub fn door(toestand: &Toestand, medewerker: &MedewerkerId, organisatie: &OrganisatieId) -> String {
    let namens = toestand.app.naam_van(organisatie);
    match toestand.account(medewerker.als_str()) {
        Some(account) => format!("{}, {}, {namens}", account.naam, account.functie.to_lowercase()),
        None => namens,
    }
}

/// The bundle with this hash, or the one in force now when it is not known.
pub fn bundel(toestand: &Toestand, hash: &BundelHash) -> Option<Arc<Bundel>> {
    toestand.app.bundels().gedeeld(hash)
}

/// The part of a triage instrument, with its letter.
pub fn triagedeel(deel: Triagedeel) -> &'static str {
    match deel {
        Triagedeel::Acuut => "A: acute onveiligheid",
        Triagedeel::Structureel => "B: structurele onveiligheid",
        Triagedeel::Multiprobleem => "C: meer problemen tegelijk",
    }
}

/// What was found with a triage instrument.
pub fn triage(triage: &Triage) -> String {
    let onbekend = triage.antwoorden.values().filter(|antwoord| **antwoord == Triageantwoord::Onbekend).count();
    let gevonden: Vec<_> = triage.gevonden.iter().map(|deel| triagedeel(*deel)).collect();
    let gevonden = if gevonden.is_empty() { "geen vraag met ja".to_owned() } else { gevonden.join("; ") };
    if onbekend == 0 { gevonden } else { format!("{gevonden}; {onbekend} onbekend") }
}

/// The clause as a short reference: agreement and section, with a link to the text; a gap says that it is our reading.
pub fn clausule(toestand: &Toestand, bundel: &Bundel, id: &ClausuleId) -> Clausule {
    let beeld = toestand.app.clausule(bundel, id);
    verwijzing(&beeld, bundel)
}

/// The same, of a clause that was looked up.
pub fn verwijzing(beeld: &ClausuleBeeld, bundel: &Bundel) -> Clausule {
    let laag = bundel.lagen.iter().find(|laag| beeld.afspraak.as_deref() == Some(laag.titel.as_str()));
    match (&beeld.plaats, laag.or(bundel.eigen_laag())) {
        (Some(plaats), Some(laag)) => {
            let naam = if laag.afspraak.als_str() == "landelijk" { "Landelijk" } else { laag.titel.as_str() };
            Clausule::new(format!("{naam}, {}", plaats.replace("§ ", "§\u{a0}"))).met_link(href(bundel, &beeld.id))
        }
        _ => Clausule::new("Onze lezing").met_link(href(bundel, &beeld.id)).als_onze_lezing(),
    }
}

/// The address of a clause on the page of the agreement.
pub fn href(bundel: &Bundel, id: &ClausuleId) -> String {
    let editie = bundel.eigen_laag().map(|laag| laag.editie.as_str()).unwrap_or_default();
    format!("/afspraken/{}/{editie}#{}", bundel.afspraak, anker(id))
}

/// The anchor of a clause on that page.
pub fn anker(id: &ClausuleId) -> String {
    format!("c-{}", id.0.to_lowercase().replace('.', "-"))
}

/// A number and a noun for the kind of an event, as people say it.
pub fn gebeurtenis(soort: &str) -> &'static str {
    match soort {
        "melding-ontvangen" => "Melding ontvangen",
        "spoed-erkend" => "Spoed vastgesteld door Veilig Thuis",
        "spoed-afgewezen" => "Geen spoed, volgens Veilig Thuis",
        "criteria-beantwoord" => "Vragen over directe overdracht beantwoord",
        "beoordeling-afgerond" => "Veiligheidsbeoordeling afgerond",
        "vervolg-besloten" => "Besluit over het vervolg",
        "plicht-vastgelegd" => "Wie het moest horen",
        "instrument-ingevuld" => "Triage-instrument ingevuld",
        "huisbezoek-gehouden" => "Huisbezoek",
        "overleg-gehouden" => "Overleg over de melding",
        "informatie-gevraagd" => "Informatie gevraagd",
        "informatie-ontvangen" => "Antwoord op een verzoek om informatie",
        "contact-gezin-vastgelegd" => "Contact met het gezin",
        "gezin-geinformeerd" => "Gezin geïnformeerd",
        "afspraak-gezin-gemaakt" => "Afspraak met het gezin gemaakt",
        "melder-teruggekoppeld" => "Terugkoppeling aan de melder",
        "overdracht-aangeboden" => "Overdracht aangeboden",
        "gegevens-verzonden" => "Gegevens verstuurd",
        "gegevens-ontvangen" => "Gegevens ontvangen",
        "mondelinge-bevestiging-genoteerd" => "Mondelinge bevestiging genoteerd; het zicht verandert niet",
        "overdracht-geaccepteerd" => "Overdracht geaccepteerd",
        "overdracht-geweigerd" => "Overdracht geweigerd",
        "overdracht-ingetrokken" => "Aanbod ingetrokken",
        "tegenvoorstel-gedaan" => "Tegenvoorstel: de ontvanger kan later; wie het zicht heeft, houdt het",
        "tegenvoorstel-aanvaard" => "Tegenvoorstel aanvaard; het zicht gaat pas over na acceptatie",
        "aanbod-doorgestuurd" => "Een ander team past beter, volgens de ontvanger",
        "aan-tafel-besproken" => "Besproken aan de overdrachtstafel; het zicht gaat pas over na acceptatie",
        "medewerker-toegewezen" => "Medewerker toegewezen",
        "zicht-overgenomen" => "Veilig Thuis neemt het zicht over",
        "regie-vastgelegd" => "Regie op de andere leefgebieden vastgelegd",
        "incident-vastgelegd" => "Incident",
        "vastlegging-hersteld" => "Tijdstip van een eerdere vastlegging hersteld",
        "casus-gesloten" => "Casus gesloten",
        "sluiting-voorgesteld" => "Voorstel om de casus te sluiten",
        "inhoud-aangevuld" => "Inhoud van de overdracht aangevuld",
        "inhoud-compleet" => "Inhoud van de overdracht compleet",
        "warme-overdracht-gehouden" => "Warme overdracht gehouden",
        "dienst-gestart" => "Dienst van Veilig Thuis gestart",
        "dienst-afgerond" => "Dienst van Veilig Thuis afgerond",
        "contactveiligheid-vastgelegd" => "Vastgelegd hoe contact veilig is",
        "adres-vastgelegd" => "Adres vastgelegd",
        "document-gemaakt" => "Document geschreven",
        "document-verzonden" => "Document verstuurd",
        "bijlagen-toegevoegd" => "Bestanden toegevoegd",
        "deeltaak-afgesproken" => "Deeltaak afgesproken",
        "deeltaak-afgerond" => "Deeltaak afgerond",
        "monitormoment-gepland" => "Extra monitormoment gepland",
        "monitormoment-vastgelegd" => "Monitormoment gedaan",
        "monitoring-afgerond" => "Monitoring afgerond",
        "veilig-thuis-geraadpleegd" => "Overleg met Veilig Thuis",
        "informeren-uitgesteld" => "Informeren van het gezin uitgesteld",
        "crisisdienst-ingeschakeld" => "Crisisdienst ingeschakeld",
        "crisis-gestabiliseerd" => "Crisis gestabiliseerd",
        "gezin-verhuisd" => "Gezin verhuisd",
        "huishouden-gekozen" => "Keuze over het huishouden",
        "verplaatsing-begonnen" => "Melding gaat naar een andere casus",
        "melding-verplaatst" => "Melding staat in een andere casus",
        "verplaatsing-voltooid" => "Verplaatsing van de melding klaar",
        "melding-aangevuld" => "Melding aangevuld met de melder",
        "melding-gecorrigeerd" => "Melding verbeterd door de melder",
        "intrekking-gevraagd" => "De melder wil de melding intrekken; er verandert nog niets",
        "over-intrekking-beslist" => "Over de intrekking beslist",
        "gi-vastgelegd" => "Gezinsvoogd of casemanager vastgelegd",
        "contact-beroepskracht-vastgelegd" => "Contact met een beroepskracht of instelling",
        _ => gebeurtenis_samen(soort),
    }
}

/// The same, of the plan and of what the parties do together.
fn gebeurtenis_samen(soort: &str) -> &'static str {
    match soort {
        "steun-geboden" => "Steun van Veilig Thuis",
        "dwang-besproken" => "Overleg over dwang",
        "initiatief-genomen" => "Maatregel gevraagd",
        "maatregel-beantwoord" => "Antwoord op een maatregel",
        "opgeschaald" => "Opgeschaald",
        "gemeente-geinformeerd" => "Gemeente geïnformeerd, zonder gegevens van het gezin",
        "escalatie-beslist" => "Besluit van de leidinggevenden",
        "gemeente-geantwoord" => "Antwoord van de gemeente",
        "afwijking-voorgesteld" => "Afwijking voorgesteld",
        "afwijking-beantwoord" => "Voorstel om af te wijken beantwoord",
        "plan-opgesteld" => "Deel van het plan geschreven",
        "plan-geevalueerd" => "Plan geëvalueerd",
        "voorwaarde-gesteld" => "Veiligheidsvoorwaarde gesteld",
        "veiligheidsafspraak-gemaakt" => "Veiligheidsafspraak gemaakt",
        "planregel-getoetst" => "Bekeken of een voorwaarde of afspraak lukt",
        "planregel-beeindigd" => "Voorwaarde of afspraak beëindigd",
        _ => "Gebeurtenis",
    }
}

/// A service, as people know it.
pub fn dienst(soort: DienstSoort) -> &'static str {
    match soort {
        DienstSoort::VoorwaardenEnVervolg => "Voorwaarden en Vervolg",
        DienstSoort::Onderzoek => "Onderzoek",
    }
}

/// What a service concluded.
pub fn conclusie(conclusie: Conclusie) -> &'static str {
    match conclusie {
        Conclusie::Bevestigd => "huiselijk geweld of kindermishandeling bevestigd",
        Conclusie::NietBevestigd => "niet bevestigd",
        Conclusie::Weerlegd => "weerlegd: geen huiselijk geweld of kindermishandeling",
        Conclusie::NietOnderzocht => "niet onderzocht",
    }
}

/// The conclusion about one kind of violence.
pub fn uitkomst(conclusie: Conclusie) -> &'static str {
    match conclusie {
        Conclusie::Bevestigd => "bevestigd",
        Conclusie::NietBevestigd => "niet bevestigd",
        Conclusie::Weerlegd => "weerlegd",
        Conclusie::NietOnderzocht => "niet onderzocht",
    }
}

pub fn geweldsaard(aard: Geweldsaard) -> &'static str {
    match aard {
        Geweldsaard::Kindermishandeling => "Kindermishandeling",
        Geweldsaard::Partnergeweld => "Geweld door een partner of ex-partner",
        Geweldsaard::GeweldTegenOuders => "Geweld tegen ouders",
        Geweldsaard::Ouderenmishandeling => "Ouderenmishandeling",
        Geweldsaard::AnderHuiselijkGeweld => "Ander huiselijk geweld",
    }
}

/// What the assessment of safety found.
pub fn taxatie(taxatie: Taxatie) -> &'static str {
    match taxatie {
        Taxatie::GeenOnveiligheid => "geen onveiligheid",
        Taxatie::GeenAcuteOnveiligheid => "geen acute onveiligheid",
        Taxatie::StructureleOnveiligheid => "structurele onveiligheid",
        Taxatie::AcuteOnveiligheid => "acute onveiligheid",
    }
}

/// As what somebody takes part in a talk.
pub fn functie(functie: Functie) -> &'static str {
    match functie {
        Functie::Medewerker => "medewerker van Veilig Thuis",
        Functie::Gedragswetenschapper => "gedragswetenschapper",
        Functie::Vertrouwensarts => "vertrouwensarts",
        Functie::Teamleider => "teamleider",
        Functie::LokaalTeam => "lokaal team",
        Functie::Jeugdgezondheidszorg => "jeugdgezondheidszorg",
        Functie::Politie => "politie",
        Functie::RaadVoorDeKinderbescherming => "Raad voor de Kinderbescherming",
        Functie::Anders => "iemand anders",
    }
}

/// Several of them in one line.
pub fn functies(functies: &BTreeSet<Functie>) -> String {
    functies.iter().map(|wie| functie(*wie)).collect::<Vec<_>>().join(", ")
}

/// What follows on an assessment.
pub fn besluit(besluit: BesluitSoort) -> &'static str {
    match besluit {
        BesluitSoort::DirecteOverdracht => "direct overdragen",
        BesluitSoort::VervolgBijVeiligThuis => "vervolg bij Veilig Thuis",
        BesluitSoort::GeenVerdereStappen => "geen verdere stappen",
    }
}

/// How a casus ends.
pub fn sluiting(wijze: SluitingWijze) -> &'static str {
    match wijze {
        SluitingWijze::StabielVeilig => "stabiel veilig",
        SluitingWijze::Gestopt => "hulp gestopt",
        SluitingWijze::GeenVerdereStappen => "geen verdere stappen",
        SluitingWijze::GeenHgKm => "geen huiselijk geweld of kindermishandeling",
        SluitingWijze::GeenGezin => "gezin niet meer in leven of niet te vinden",
        SluitingWijze::Verplaatst => "de melding hoorde bij een andere casus",
    }
}

/// How somebody was reached, or a document went.
pub fn contactwijze(wijze: ContactWijze) -> &'static str {
    match wijze {
        ContactWijze::Telefoon => "per telefoon",
        ContactWijze::Huisbezoek => "bij een huisbezoek",
        ContactWijze::Brief => "per brief",
        ContactWijze::BeveiligdeMail => "per beveiligde mail",
        ContactWijze::OpKantoor => "op kantoor",
        ContactWijze::Voicemail => "met een bericht op de voicemail",
    }
}

/// Which feedback to a reporter.
pub fn terugkoppeling(moment: TerugkoppelingMoment) -> &'static str {
    match moment {
        TerugkoppelingMoment::Eerste => "de eerste",
        TerugkoppelingMoment::Tweede => "de tweede",
        TerugkoppelingMoment::Eind => "de laatste",
    }
}

/// By what a moment of monitoring is known when it is recorded: its term, or the planned day.
pub fn monitorsleutel(termijn: &Termijn) -> String {
    match termijn.bij {
        Bij::Casus => termijn.anker.dag().to_string(),
        Bij::Melding(_) | Bij::Overdracht(_) | Bij::Plan(_) => termijn.soort.clone(),
    }
}

/// The status pill of a term at `nu`.
pub fn pil(termijn: &Termijn, status: TermijnStatus, nu: Instant) -> Pil {
    match status {
        TermijnStatus::Gehaald => Pil::new(Status::Gehaald, "Gehaald"),
        TermijnStatus::GehaaldTeLaat => Pil::new(Status::GehaaldTeLaat, dagen_te_laat(termijn)),
        TermijnStatus::Vervallen => Pil::new(Status::Vervallen, "Vervallen"),
        TermijnStatus::Geen => Pil::new(Status::Geen, "Geen termijn"),
        TermijnStatus::TeLaat | TermijnStatus::Open => pil_op(termijn.uiterlijk, nu),
    }
}

/// The status pill of something that is due before an instant.
pub fn pil_op(grens: Instant, nu: Instant) -> Pil {
    let (vandaag, laatste) = (nu.dag(), grens.net_ervoor().dag());
    let dagen = laatste.since(vandaag).map_or(0, |verschil| verschil.get_days());
    let (_, eind_week) = app::App::grenzen(nu);
    match dagen {
        _ if nu >= grens => Pil::new(Status::TeLaat, "Te laat"),
        ..=0 => Pil::new(Status::Vandaag, "Vandaag"),
        1 => Pil::new(Status::DezeWeek, "Morgen"),
        _ if grens <= eind_week => Pil::new(Status::DezeWeek, format!("Over {dagen} dagen")),
        _ => Pil::new(Status::Later, "Later"),
    }
}

fn dagen_te_laat(termijn: &Termijn) -> String {
    let laatste = termijn.uiterlijk.net_ervoor().dag();
    let gedaan = termijn.voldaan_op.map_or(laatste, Instant::dag);
    let dagen = u64::try_from(gedaan.since(laatste).map_or(0, |verschil| verschil.get_days())).unwrap_or_default();
    format!("{} te laat", opmaak::aantal(dagen, "dag", "dagen"))
}
