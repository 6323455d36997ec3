//! What a worker can do now, and why not the rest: each act is tried against `decide` without recording anything.

pub(super) mod plan;
mod samen;
mod vervolg;

use crate::{Actor, toegang::Relatie, uitvoeren::context};
use domain::{
    Casus, Weigering,
    afspraak::{Bundels, Fase, GeldigeBundel, Ontvangt},
    beoordelingen::Functie,
    commando::*,
    decide,
    gebeurtenis::*,
    ids::*,
    meldingen::Spoed,
    overdrachten::{Overdracht, Stand, fase_nu},
    tijd::Instant,
    weigering::Code,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An act with the answer to "can I do this now".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handeling {
    /// Name of the command; for the decision with its kind: `besluit-vervolg:directe-overdracht`.
    pub naam: &'static str,
    /// Absent: it can be done. Present: why not, or why only with a reason.
    pub weigering: Option<Weigering>,
}

impl Handeling {
    /// Whether it can be done, be it with a reason.
    pub fn kan(&self) -> bool {
        self.weigering.as_ref().is_none_or(|weigering| weigering.mag_met_reden)
    }
}

/// Every act that is offered on the page of a casus, in the order in which a casus lives.
pub const HANDELINGEN: &[&str] = &[
    "accepteer-overdracht",
    "weiger-overdracht",
    "aanvaard-tegenvoorstel",
    "doe-tegenvoorstel",
    "stuur-aanbod-door",
    "bevestig-ontvangst-gegevens",
    "rond-beoordeling-af",
    "houd-overleg",
    "vraag-informatie",
    "leg-informatie-vast",
    "vul-melding-aan",
    "beslis-over-intrekking",
    "corrigeer-melding",
    "trek-melding-in",
    "erken-spoed",
    "wijs-spoed-af",
    "beantwoord-criteria",
    "besluit-vervolg:directe-overdracht",
    "besluit-vervolg:vervolg-bij-veilig-thuis",
    "besluit-vervolg:geen-verdere-stappen",
    "leg-contact-gezin-vast",
    "leg-contact-beroepskracht-vast",
    "leg-gi-vast",
    "maak-afspraak-gezin",
    "informeer-gezin",
    "koppel-terug-aan-melder",
    "bied-overdracht-aan",
    "verzend-gegevens",
    "noteer-mondelinge-bevestiging",
    "bespreek-aan-tafel",
    "trek-overdracht-in",
    "wijs-medewerker-toe",
    "leg-incident-vast",
    "leg-regie-vast",
    "neem-zicht-over",
    "kies-huishouden",
    "start-dienst:voorwaarden-en-vervolg",
    "start-dienst:onderzoek",
    "houd-huisbezoek",
    "rond-dienst-af",
    "houd-warme-overdracht",
    "vul-inhoud-aan",
    "leg-monitormoment-vast",
    "plan-monitormoment",
    "rond-monitoring-af",
    "raadpleeg-veilig-thuis",
    "leg-contactveiligheid-vast",
    "maak-document",
    "voeg-bijlagen-toe",
    "stel-voorwaarde",
    "maak-veiligheidsafspraak",
    "toets-planregel",
    "stel-plan-op",
    "evalueer-plan",
    "beeindig-planregel",
    "beantwoord-afwijking",
    "bied-steun",
    "bespreek-dwang",
    "neem-initiatief",
    "leg-antwoord-maatregel-vast",
    "schaal-op",
    "leg-escalatiebesluit-vast",
    "leg-antwoord-gemeente-vast",
    "stel-afwijking-voor",
    "spreek-deeltaak-af",
    "rond-deeltaak-af",
    "stel-informeren-uit",
    "leg-plicht-vast",
    "schakel-crisisdienst-in",
    "meld-crisis-stabiel",
    "verhuis-gezin",
    "verplaats-melding",
    "sluit-casus:stabiel-veilig",
    "sluit-casus:gestopt",
    "sluit-casus:geen-hg-km",
    "sluit-casus:geen-gezin",
    "stem-in-met-sluiting",
];

/// Refusals that mean "this is not what is going on here": such an act is not listed at all.
const NIET_AAN_DE_ORDE: &[Code] = &[
    Code::Onbekend,
    Code::NietBevoegd,
    Code::NietDeOntvanger,
    Code::NietDeAanbieder,
    Code::SpoedAlErkend,
    Code::BeoordelingAlAfgerond,
    Code::BesluitAlGenomen,
    Code::OverdrachtNietOpen,
    Code::AlHouder,
    Code::GeenBesluitTotDienst,
    Code::GeenMonitoring,
    Code::MonitormomentTeVroeg,
    Code::GeenOnderzoekZonderHgKm,
    Code::CrisisLooptAl,
    Code::AlGekozen,
    Code::GeenIntrekking,
    Code::NietDeAnderePartij,
];

pub(super) fn handelingen(
    casus: &Casus,
    actor: &Actor,
    relatie: Relatie,
    geldig: &GeldigeBundel,
    bundels: &Bundels,
    nu: Instant,
) -> Vec<Handeling> {
    let doet_iets = matches!(
        relatie,
        Relatie::VeiligThuis
            | Relatie::Ontvanger
            | Relatie::Aangeboden
            | Relatie::Deeltaak
            | Relatie::Melder
            | Relatie::MelderEnPartij
    );
    if !doet_iets {
        return Vec::new();
    }
    let context = context(nu, actor, geldig, bundels);
    let mut mogelijk = Vec::new();
    for naam in HANDELINGEN {
        let commando =
            proef(naam, casus, actor, geldig).or_else(|| vervolg::proef(naam, casus, actor, geldig, bundels, nu));
        let commando =
            commando.or_else(|| plan::proef(naam, casus, &context)).or_else(|| samen::proef(naam, casus, &context));
        let Some(commando) = commando else { continue };
        let weigering = decide(casus, &commando, &context).err();
        let speelt = weigering.as_ref().is_none_or(|w| !NIET_AAN_DE_ORDE.contains(&w.reden.code));
        if speelt && hoort_bij(naam, relatie) {
            mogelijk.push(Handeling { naam, weigering });
        }
    }
    // A reporter who asked for urgency waits for an answer to just that.
    let wacht =
        casus.lopende_meldingen().any(|melding| melding.spoed == Spoed::Gevraagd && melding.beoordeling.is_none());
    mogelijk.sort_by_key(|handeling| !(wacht && handeling.naam == "erken-spoed"));
    mogelijk
}

/// Acts that make sense for one side only, although the domain would let others record them.
fn hoort_bij(naam: &str, relatie: Relatie) -> bool {
    match naam {
        "corrigeer-melding" | "trek-melding-in" => relatie != Relatie::VeiligThuis,
        "voeg-bijlagen-toe" => true,
        _ if matches!(relatie, Relatie::Melder | Relatie::MelderEnPartij) => false,
        "maak-afspraak-gezin" => relatie == Relatie::Ontvanger,
        "rond-deeltaak-af" | "meld-crisis-stabiel" => true,
        "raadpleeg-veilig-thuis" | "verhuis-gezin" => matches!(relatie, Relatie::VeiligThuis | Relatie::Ontvanger),
        _ if relatie == Relatie::Deeltaak => matches!(naam, "leg-contact-gezin-vast" | "leg-incident-vast"),
        "leg-contact-gezin-vast" | "leg-incident-vast" => relatie != Relatie::Aangeboden,
        _ => true,
    }
}

/// The last offer that did not end: at a table, and after a service, the content may follow the acceptance.
fn laatste_lopende(casus: &Casus) -> Option<&Overdracht> {
    casus.overdrachten.iter().rfind(|aanbod| matches!(aanbod.stand, Stand::Open | Stand::Geaccepteerd(_)))
}

/// The act as it would be done properly: complete, with every confirmation, without a reason.
fn proef(naam: &str, casus: &Casus, actor: &Actor, geldig: &GeldigeBundel) -> Option<Commando> {
    let melding = || casus.bedoelde_melding().map(|melding| melding.id);
    let overdracht = || casus.open_aanbod().map(|overdracht| overdracht.id);
    let besluit = |besluit| melding().map(|melding| proefbesluit(melding, besluit, geldig));
    let antwoorden = || {
        let melding = melding()?;
        let sleutel = geldig.bundel.criteria().first().map(|(sleutel, _)| (*sleutel).to_owned())?;
        let antwoorden = [(sleutel, Antwoord::Ja)].into();
        Some(BeantwoordCriteria { melding, antwoorden, reden: true })
    };
    Some(match naam {
        "accepteer-overdracht" => Commando::AccepteerOverdracht { overdracht: overdracht()? },
        "weiger-overdracht" => {
            Commando::WeigerOverdracht { overdracht: overdracht()?, reden_code: WeigerReden::Anders, reden: true }
        }
        "bevestig-ontvangst-gegevens" => {
            let overdracht = laatste_lopende(casus).filter(|aanbod| aanbod.ontvangen.is_none())?.id;
            Commando::BevestigOntvangstGegevens { overdracht }
        }
        "erken-spoed" => Commando::ErkenSpoed { melding: melding()? },
        "wijs-spoed-af" => Commando::WijsSpoedAf { melding: melding()?, reden: true },
        "rond-beoordeling-af" => Commando::RondBeoordelingAf {
            melding: melding()?,
            taxatie: Taxatie::GeenAcuteOnveiligheid,
            antwoorden: BeantwoordCriteria { antwoorden: Default::default(), ..antwoorden()? },
        },
        "beantwoord-criteria" => {
            casus.onbesliste_meldingen().next()?;
            Commando::BeantwoordCriteria(antwoorden()?)
        }
        "besluit-vervolg:directe-overdracht" => besluit(BesluitSoort::DirecteOverdracht)?,
        "besluit-vervolg:vervolg-bij-veilig-thuis" => besluit(BesluitSoort::VervolgBijVeiligThuis)?,
        "besluit-vervolg:geen-verdere-stappen" => besluit(BesluitSoort::GeenVerdereStappen)?,
        "leg-contact-gezin-vast" => Commando::LegContactGezinVast(LegContactGezinVast {
            wijze: ContactWijze::Telefoon,
            gelukt: true,
            geinformeerd: false,
            teruggekoppeld: false,
            persoon: None,
            reden: false,
        }),
        "maak-afspraak-gezin" => Commando::MaakAfspraakGezin,
        "informeer-gezin" => Commando::InformeerGezin { wijze: ContactWijze::Brief },
        "koppel-terug-aan-melder" => {
            let m = casus.melding(melding()?).filter(|m| m.openheid != Openheid::Onbekend)?;
            Commando::KoppelTerugAanMelder { melding: m.id, moment: None }
        }
        "bied-overdracht-aan" => {
            let is_vt = casus.veilig_thuis.as_ref() == Some(&actor.organisatie);
            let besloten = casus.lopende_meldingen().any(|melding| melding.beoordeling.is_some());
            // Others offer only what they hold; to them the act is refused when they do not.
            return (!is_vt || besloten).then(|| proefaanbod(casus, geldig, is_vt)).flatten();
        }
        "verzend-gegevens" => {
            Commando::VerzendGegevens { overdracht: laatste_lopende(casus).filter(|o| o.verzonden.is_none())?.id }
        }
        "noteer-mondelinge-bevestiging" => Commando::NoteerMondelingeBevestiging { overdracht: overdracht()? },
        "trek-overdracht-in" => Commando::TrekOverdrachtIn { overdracht: casus.lopend_aanbod()?.id, reden: true },
        "wijs-medewerker-toe" => Commando::WijsMedewerkerToe { medewerker: actor.medewerker.clone() },
        "leg-incident-vast" => Commando::LegIncidentVast,
        "leg-regie-vast" => Commando::LegRegieVast { organisatie: None, bevestigd: BTreeSet::new() },
        "neem-zicht-over" => Commando::NeemZichtOver { reden: true },
        _ => return naam.strip_prefix("sluit-casus:").and_then(|wijze| proefsluiting(wijze, geldig)),
    })
}

/// Talked over by two disciplines, with everybody who may do the follow-up.
fn proefbesluit(melding: MeldingId, besluit: BesluitSoort, geldig: &GeldigeBundel) -> Commando {
    let passend = geldig.bundel.inhoud.vervolgpartij.iter().filter(|(_, partij)| partij.bij.contains(&besluit));
    Commando::BesluitVervolg(BesluitVervolg {
        melding,
        besluit,
        voldoende_veilig: Some(true),
        overleg: [Functie::Medewerker, Functie::Gedragswetenschapper].into(),
        toewijzing: passend.map(|(sleutel, _)| sleutel.clone()).collect(),
        reden: false,
    })
}

fn proefaanbod(casus: &Casus, geldig: &GeldigeBundel, is_vt: bool) -> Option<Commando> {
    let bundel = &geldig.bundel;
    let fase = if is_vt { fase_nu(casus) } else { Fase::Onderling };
    let open = casus.lopende_meldingen().all(|melding| melding.openheid == Openheid::Open);
    let ontvangers = bundel.ontvangers(&casus.gemeente, fase);
    // Where the agreement names no receiver, a professional who reported openly may be one.
    let melder = casus.eigen_meldingen().filter_map(|melding| melding.melder.organisatie()).find(|_| is_vt);
    let partij = ontvangers.first().map(|(id, _)| (*id).clone());
    let oordelen = (partij.is_none() && melder.is_some()).then_some(Oordelen {
        advies: Hulpadvies::Voortzetten,
        kan: true,
        wil: true,
        in_staat: true,
    });
    let naar = partij.or_else(|| melder.cloned()).unwrap_or_else(|| OrganisatieId::from(""));
    let tafel = bundel.overgang(fase, bundel.soort_van(&naar))?.wijzen.iter().any(|w| w == "overdrachtstafel");
    let mee = |ontvangt: Ontvangt| match ontvangt {
        Ontvangt::Ja => true,
        Ontvangt::AlleenBijOpenMelding => open,
        Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => false,
    };
    let onderdelen = bundel.onderdelen(fase).into_iter().filter(|(_, onderdeel)| mee(onderdeel.ontvanger));
    Some(Commando::BiedOverdrachtAan(BiedOverdrachtAan {
        overdracht: OverdrachtId(Uuid::nil()),
        naar,
        wijze: if tafel { OverdrachtWijze::Overdrachtstafel } else { OverdrachtWijze::Telefoon },
        onderdelen: onderdelen.map(|(sleutel, _)| sleutel.to_owned()).collect(),
        gezin_geinformeerd: true,
        verzonden: true,
        ontvangen: false,
        reden: false,
        mede_ontvangers: BTreeSet::new(),
        oordelen,
        naar_afspraak: None,
    }))
}

fn proefsluiting(wijze: &str, geldig: &GeldigeBundel) -> Option<Commando> {
    let regel = geldig.bundel.inhoud.sluiting.get(wijze)?;
    let wijze = serde_json::from_value(wijze.into()).ok()?;
    let bevestigd = regel.voorwaarden.keys().cloned().collect();
    Some(Commando::SluitCasus(SluitCasus { wijze, bevestigd, reden: false }))
}
