//! A track of the meldcode: the wishes, what is sealed with them, and what the own organisation sees of it.

use super::{EigenOpdracht, Omgeving, Soort, Stand, Teksten, nummer};
use crate::{
    Actor, Antwoord, App, AppFout,
    codec::Gebeurd,
    opslag::EigenRij,
    toegang::Relatie,
    verzegel::{Geopend, Onderwerp, Tekst},
    wens::VeldFout,
};
use domain::{
    Context, Vastlegging, Weigering,
    gebeurtenis::ContactWijze,
    ids::*,
    meldcode::{
        BijzondereVorm, Client, Commando, Gebeurtenis, Gesprekspartner, Hulp, OudBesluit, Overlegpartner, Signaalbron,
        Sluitreden, Spoor, Weegvraag, decide, evolve,
        kader::{Kader, Kadernaam, Uitkomst, Weegantwoord},
    },
    tijd::{Datum, Instant},
    weigering::Code,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use strum::AsRefStr;

/// Ages in one kindcheck.
pub const KINDEREN_MAX: usize = 20;

/// Every act in a track, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum SpoorWens {
    BeginSpoor(BeginWens),
    LegSignaalVast(SignaalWens),
    DoeKindcheck(KindcheckWens),
    LegOverlegVast(OverlegWens),
    LegGesprekVast(GesprekWens),
    Weeg(WeegWens),
    BeslisMelden(MeldBesluitWens),
    BeslisHulp(HulpWens),
    NeemOudBesluit(OudBesluitWens),
    LegContactpogingVast(PogingWens),
    LegMeldingVast(GemeldWens),
    SluitSpoor(SluitSpoorWens),
}

macro_rules! wens {
    ($($(#[$doc:meta])* $naam:ident { $($(#[$velddoc:meta])* $veld:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $naam { $($(#[$velddoc])* pub $veld: $type),* }
    )+};
}

wens! {
    /// A track begins.
    BeginWens {
        /// The region in which the worker works.
        afspraak: Option<AfspraakNaam>,
        /// The profession whose afwegingskader is used.
        beroep: Option<String>,
        client: Option<Client>,
        /// By what the own organisation knows the client again.
        client_naam: String,
        /// Who is finally responsible for the decision to report or not: a function, with or without a name.
        eindverantwoordelijke: String,
        reden: String,
    }
    /// Fact, interpretation and source, each apart.
    SignaalWens {
        datum: Option<Datum>,
        bron: Option<Signaalbron>,
        feit: String,
        uitleg: String,
        /// Who said it, and to whom.
        bron_tekst: String,
        onthulling: bool,
        vormen: BTreeSet<BijzondereVorm>,
    }
    /// Whether an adult client has children.
    KindcheckWens {
        kinderen: Option<u32>,
        leeftijden: Vec<u32>,
    }
    /// Step 2.
    OverlegWens {
        met: Option<Overlegpartner>,
        met_wie: String,
        verslag: String,
        advies: Option<AdviesId>,
        vormen_besproken: bool,
    }
    /// Step 3.
    GesprekWens {
        met: BTreeSet<Gesprekspartner>,
        gehouden: Option<bool>,
        verslag: String,
        /// Why it was not held.
        reden: String,
    }
    /// Step 4.
    WeegWens {
        antwoorden: BTreeMap<String, Weegantwoord>,
        toelichting: String,
    }
    /// The first decision of step 5.
    MeldBesluitWens {
        melden: Option<bool>,
        door_eindverantwoordelijke: bool,
        besproken: bool,
        toelichting: String,
        reden: String,
    }
    /// The second.
    HulpWens {
        hulp: Option<Hulp>,
        toelichting: String,
    }
    /// The one decision of before 2019.
    OudBesluitWens {
        besluit: Option<OudBesluit>,
        toelichting: String,
        reden: String,
    }
    /// An attempt to reach a family that did not appear.
    PogingWens {
        wijze: Option<ContactWijze>,
        gelukt: bool,
        toelichting: String,
    }
    /// The report went out.
    GemeldWens {
        nummer: String,
    }
    /// The track ends.
    SluitSpoorWens {
        sluitreden: Option<Sluitreden>,
        toelichting: String,
        reden: String,
    }
}

impl SpoorWens {
    /// The name of the act.
    pub fn naam(&self) -> String {
        self.as_ref().to_owned()
    }
}

/// The kind.
pub(crate) struct Meldcode;

fn gevuld(tekst: &str) -> bool {
    !tekst.trim().is_empty()
}

impl Soort for Meldcode {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Spoor;
    type Commando = Commando;
    type Wens = SpoorWens;
    const LETTER: char = 'S';

    fn vouw(staat: Spoor, vastlegging: &Vastlegging<Gebeurtenis>) -> Spoor {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Spoor) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.begin.as_ref().map(|begin| begin.op),
            afspraak: staat.begin.as_ref().map(|begin| &begin.afspraak),
        }
    }

    fn afspraak(wens: &SpoorWens) -> Option<&AfspraakNaam> {
        match wens {
            SpoorWens::BeginSpoor(wens) => wens.afspraak.as_ref(),
            _ => None,
        }
    }

    fn relatie(staat: &Spoor, organisatie: &OrganisatieId) -> Relatie {
        match &staat.begin {
            Some(begin) if begin.organisatie != *organisatie => Relatie::Geen,
            Some(_) | None => Relatie::Eigen,
        }
    }

    fn ontleed(staat: &Spoor, wens: &SpoorWens, o: &Omgeving<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let eigenaren = [o.actor.organisatie.clone()];
        let t = Teksten::voor(&eigenaren);
        match wens {
            SpoorWens::BeginSpoor(wens) => begin(wens, o, t),
            SpoorWens::Weeg(wens) => weeg(staat, wens, o, t),
            SpoorWens::LegSignaalVast(_)
            | SpoorWens::DoeKindcheck(_)
            | SpoorWens::LegOverlegVast(_)
            | SpoorWens::LegGesprekVast(_)
            | SpoorWens::LegContactpogingVast(_) => eerste_stappen(wens, t),
            SpoorWens::BeslisMelden(_)
            | SpoorWens::BeslisHulp(_)
            | SpoorWens::NeemOudBesluit(_)
            | SpoorWens::LegMeldingVast(_)
            | SpoorWens::SluitSpoor(_) => laatste_stap(wens, t),
        }
    }

    fn beslis(staat: &Spoor, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    fn rijen(id: CasusId, staat: &Spoor) -> Vec<EigenRij> {
        let Some(begin) = &staat.begin else { return Vec::new() };
        vec![EigenRij {
            stroom: id,
            organisatie: begin.organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: stand(staat).to_owned(),
            kenmerk: begin.kader.beroep.clone(),
            ander: None,
            medewerker: Some(begin.uitvoerder.clone()),
            aan_zet: staat.gesloten.is_none() && staat.besloot_te_melden() && staat.gemeld_op.is_none(),
            gesloten: staat.gesloten.is_some(),
            begonnen_op: begin.op,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(begin.op),
        }]
    }
}

/// What comes next in a list: the first step that is not done, or how it ended.
fn stand(staat: &Spoor) -> &'static str {
    match staat.gesloten {
        Some(Sluitreden::Gemeld) => "gemeld",
        Some(Sluitreden::HulpWerkt) => "hulp-werkt",
        Some(Sluitreden::VermoedenWeerlegd) => "vermoeden-weerlegd",
        None if staat.gemeld_op.is_some() => "gemeld",
        None if staat.besloot_te_melden() => "melding-doen",
        None if staat.signalen.is_empty() => "signalen",
        None if staat.overleggen.is_empty() => "overleg",
        None if staat.gesprekken.is_empty() => "gesprek",
        None if staat.weging.is_none() => "wegen",
        None if staat.melden.is_none() || staat.hulp.is_none() => "beslissen",
        None => "volgen",
    }
}

fn begin(wens: &BeginWens, o: &Omgeving<'_>, mut t: Teksten<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
    let client = t.kies("client", &wens.client);
    t.eis(
        Onderwerp::Huishouden,
        "client_naam",
        &wens.client_naam,
        "Schrijf op hoe u deze cliënt in uw eigen dossier terugvindt.",
    );
    t.zet(Onderwerp::Melder, "eindverantwoordelijke", &wens.eindverantwoordelijke);
    t.zet(Onderwerp::Huishouden, "reden", &wens.reden);
    let kader = wens.beroep.as_deref().and_then(|beroep| o.app.kaders().voor(beroep, o.nu.dag()));
    if kader.is_none() {
        t.mis("beroep", "Kies uw beroep uit de lijst.");
    }
    let commando = client.zip(kader).map(|(client, kader)| Commando::BeginSpoor {
        kader: kader.kadernaam(),
        client,
        uitvoerder: o.actor.medewerker.clone(),
        eindverantwoordelijke: gevuld(&wens.eindverantwoordelijke),
        reden: gevuld(&wens.reden),
    });
    t.klaar(commando)
}

fn weeg(
    staat: &Spoor,
    wens: &WeegWens,
    o: &Omgeving<'_>,
    mut t: Teksten<'_>,
) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
    t.zet(Onderwerp::Huishouden, "weging", &wens.toelichting);
    let kader = kader_nu(o.app, staat, o.nu).map(Kader::kadernaam);
    let vraag = kader.map(|naam| Weegvraag::uit(o.app.kaders(), &naam, wens.antwoorden.clone()));
    match vraag {
        Some(Ok(vraag)) => t.klaar(Some(Commando::Weeg(vraag))),
        Some(Err(sleutel)) => {
            t.mis(&format!("antwoorden.{sleutel}"), "Beantwoord deze vraag: ja, nee of ik twijfel.");
            t.klaar(None)
        }
        None => {
            t.mis("antwoorden", "Voor dit beroep is er nu geen afwegingskader.");
            t.klaar(None)
        }
    }
}

/// The edition by which is weighed now: the one of the profession that holds today.
fn kader_nu<'a>(app: &'a App, staat: &Spoor, nu: Instant) -> Option<&'a Kader> {
    let begin = staat.begin.as_ref()?;
    app.kaders().voor(&begin.kader.beroep, nu.dag()).or_else(|| app.kaders().met_naam(&begin.kader))
}

fn eerste_stappen(wens: &SpoorWens, mut t: Teksten<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
    let over = Onderwerp::Huishouden;
    let commando = match wens {
        SpoorWens::LegSignaalVast(w) => {
            t.eis(over, "feit", &w.feit, "Schrijf op wat er te zien of te horen was.");
            t.zet(over, "uitleg", &w.uitleg);
            if w.bron.is_some_and(|bron| bron != Signaalbron::ZelfGezien) {
                t.eis(over, "bron_tekst", &w.bron_tekst, "Schrijf op van wie u dit heeft gehoord.");
            } else {
                t.zet(over, "bron_tekst", &w.bron_tekst);
            }
            let (datum, bron) = (t.kies("datum", &w.datum), t.kies("bron", &w.bron));
            datum.zip(bron).map(|(datum, bron)| Commando::LegSignaalVast {
                datum,
                bron,
                onthulling: w.onthulling,
                vormen: w.vormen.clone(),
            })
        }
        SpoorWens::DoeKindcheck(w) => {
            let kinderen = t.kies("kinderen", &w.kinderen);
            if w.leeftijden.len() > KINDEREN_MAX || kinderen.is_some_and(|aantal| w.leeftijden.len() != aantal as usize)
            {
                t.mis("leeftijden", "Vul van elk kind de leeftijd in.");
            }
            let leeftijden: Vec<_> = w.leeftijden.iter().map(u32::to_string).collect();
            t.zet(over, "leeftijden", &leeftijden.join(", "));
            kinderen.map(|kinderen| Commando::DoeKindcheck { kinderen })
        }
        SpoorWens::LegOverlegVast(w) => {
            let met = t.kies("met", &w.met);
            t.zet(Onderwerp::Melder, "met_wie", &w.met_wie);
            if met != Some(Overlegpartner::GeenCollega) {
                t.eis(over, "verslag", &w.verslag, "Schrijf op wat er uit het overleg kwam.");
            }
            met.map(|met| Commando::LegOverlegVast { met, advies: w.advies, vormen_besproken: w.vormen_besproken })
        }
        SpoorWens::LegGesprekVast(w) => {
            let gehouden = t.kies("gehouden", &w.gehouden);
            if w.met.is_empty() {
                t.mis("met", "Kies met wie.");
            }
            if gehouden == Some(true) {
                t.eis(over, "verslag", &w.verslag, "Schrijf op wat er is gezegd.");
            }
            t.zet(over, "reden", &w.reden);
            let met = w.met.clone();
            gehouden.map(|gehouden| Commando::LegGesprekVast { met, gehouden, reden: gevuld(&w.reden) })
        }
        SpoorWens::LegContactpogingVast(w) => {
            t.zet(over, "toelichting", &w.toelichting);
            t.kies("wijze", &w.wijze).map(|wijze| Commando::LegContactpogingVast { wijze, gelukt: w.gelukt })
        }
        _ => None,
    };
    t.klaar(commando)
}

fn laatste_stap(wens: &SpoorWens, mut t: Teksten<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
    let over = Onderwerp::Huishouden;
    let commando = match wens {
        SpoorWens::BeslisMelden(w) => {
            t.zet(over, "toelichting", &w.toelichting);
            t.zet(over, "reden", &w.reden);
            t.kies("melden", &w.melden).map(|melden| Commando::BeslisMelden {
                melden,
                door_eindverantwoordelijke: w.door_eindverantwoordelijke,
                besproken: w.besproken,
                reden: gevuld(&w.reden),
            })
        }
        SpoorWens::BeslisHulp(w) => {
            t.zet(over, "hulp", &w.toelichting);
            t.kies("hulp", &w.hulp).map(|hulp| Commando::BeslisHulp { hulp })
        }
        SpoorWens::NeemOudBesluit(w) => {
            t.zet(over, "toelichting", &w.toelichting);
            t.zet(over, "reden", &w.reden);
            t.kies("besluit", &w.besluit).map(|besluit| Commando::NeemOudBesluit { besluit, reden: gevuld(&w.reden) })
        }
        SpoorWens::LegMeldingVast(w) => {
            t.zet(over, "melding-nummer", &w.nummer);
            Some(Commando::LegMeldingVast)
        }
        SpoorWens::SluitSpoor(w) => {
            t.zet(over, "toelichting", &w.toelichting);
            t.zet(over, "reden", &w.reden);
            let sluitreden = t.kies("sluitreden", &w.sluitreden);
            sluitreden.map(|sluitreden| Commando::SluitSpoor { sluitreden, reden: gevuld(&w.reden) })
        }
        _ => None,
    };
    t.klaar(commando)
}

/// A track as its own organisation sees it.
pub struct SpoorBeeld {
    pub id: SpoorId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub staat: Spoor,
    pub client: String,
    pub eindverantwoordelijke: Option<String>,
    pub stappen: Vec<StapBeeld>,
    /// What is still to do: code, clause, and whether nothing passes it.
    pub openstaand: Vec<(Code, ClausuleId, bool)>,
    /// What to keep in mind at an act, by its clause.
    pub aandacht: Vec<(String, ClausuleId)>,
    /// The edition by which is weighed now.
    pub kader: Option<Kader>,
    /// What the organisation's own protocol says next, after attempts in vain.
    pub volgens_protocol: Option<String>,
    /// The newest first.
    pub geschiedenis: Vec<SpoorRegel>,
    pub stukken: Vec<Geopend>,
}

/// One step of the five.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StapBeeld {
    pub sleutel: String,
    pub naam: String,
    pub uitleg: String,
    pub klaar: bool,
    pub clausules: Vec<ClausuleId>,
}

/// One thing that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpoorRegel {
    pub versie: u64,
    pub gebeurd_op: Instant,
    pub medewerker: MedewerkerId,
    pub gebeurtenis: Gebeurtenis,
    /// What was written with it: kind and content.
    pub teksten: Vec<(String, String)>,
}

impl SpoorBeeld {
    /// The newest text of a kind.
    pub fn tekst(&self, soort: &str) -> Option<&str> {
        let alle = self.stukken.iter().filter(|stuk| stuk.soort == soort);
        alle.max_by_key(|stuk| stuk.versie).map(|stuk| stuk.inhoud.as_str())
    }

    /// The text of a kind that belongs to an event.
    pub fn tekst_bij(&self, versie: u64, soort: &str) -> Option<&str> {
        let stuk = self.stukken.iter().find(|stuk| stuk.versie == versie && stuk.soort == soort);
        stuk.map(|stuk| stuk.inhoud.as_str())
    }

    /// The number under which Veilig Thuis keeps the report.
    pub fn melding_nummer(&self) -> Option<&str> {
        self.tekst("melding-nummer")
    }

    /// What was weighed last.
    pub fn uitkomst(&self) -> Option<Uitkomst> {
        self.staat.weging.as_ref().map(|weging| weging.uitkomst)
    }
}

impl App {
    /// Runs one request on a track.
    ///
    /// # Errors
    /// A mistake in the request, a track that is not this organisation's, or a fault; nothing was written then.
    pub async fn voer_spoor_uit(&self, opdracht: &EigenOpdracht<SpoorWens>) -> Result<Antwoord, AppFout> {
        self.voer_eigen_uit::<Meldcode>(opdracht).await
    }

    /// The tracks of the own organisation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sporen(&self, actor: &Actor) -> Result<Vec<EigenRij>, AppFout> {
        self.eigen_lijst(actor, Gebeurtenis::STROOM, "bekijk-sporen").await
    }

    /// Shows a track to a worker of its own organisation.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or belongs to another; faults of store and keys.
    pub async fn spoor(&self, actor: &Actor, id: SpoorId) -> Result<SpoorBeeld, AppFout> {
        let stroom = CasusId(id.0);
        let (gelezen, stukken) = self.lees_eigen::<Meldcode>(actor, stroom, "bekijk-spoor").await?;
        let (staat, nu) = (gelezen.staat, self.klok().nu());
        let geldig = self.geldig_voor(Meldcode::stand(&staat).afspraak, nu)?;
        let bundel = &geldig.bundel;
        let stappen = staat.stappen(bundel).into_iter().map(|stap| StapBeeld {
            sleutel: stap.sleutel.to_owned(),
            naam: stap.regel.naam.clone(),
            uitleg: stap.regel.uitleg.clone(),
            klaar: stap.klaar,
            clausules: std::iter::once(&stap.regel.clausule).chain(&stap.regel.ook).cloned().collect(),
        });
        let openstaand = staat.openstaand(bundel).into_iter();
        let openstaand = openstaand.map(|punt| (punt.reden.code, punt.reden.clausule, punt.dwingend)).collect();
        let aandacht = Commando::NAMEN.iter().flat_map(|naam| {
            bundel.aandachtspunten(naam).map(|clausule| ((*naam).to_owned(), clausule.clone())).collect::<Vec<_>>()
        });
        let mut beeld = SpoorBeeld {
            id,
            nummer: nummer::<Meldcode>(stroom, &staat),
            versie: staat.versie,
            op: nu,
            client: String::new(),
            eindverantwoordelijke: None,
            stappen: stappen.collect(),
            openstaand,
            aandacht: aandacht.collect(),
            kader: kader_nu(self, &staat, nu).cloned(),
            volgens_protocol: self.protocollen().volgende(&actor.organisatie, staat.vergeefs()).map(str::to_owned),
            geschiedenis: geschiedenis(&gelezen.stroom, &stukken),
            staat,
            stukken,
        };
        beeld.client = beeld.tekst("client_naam").unwrap_or_default().to_owned();
        beeld.eindverantwoordelijke = beeld.tekst("eindverantwoordelijke").map(str::to_owned);
        Ok(beeld)
    }
}

fn geschiedenis(stroom: &[Vastlegging<Gebeurtenis>], stukken: &[Geopend]) -> Vec<SpoorRegel> {
    let regel = |vastlegging: &Vastlegging<Gebeurtenis>| SpoorRegel {
        versie: vastlegging.versie,
        gebeurd_op: vastlegging.gebeurd_op,
        medewerker: vastlegging.medewerker.clone(),
        gebeurtenis: vastlegging.gebeurtenis.clone(),
        teksten: stukken
            .iter()
            .filter(|stuk| stuk.versie == vastlegging.versie)
            .map(|stuk| (stuk.soort.clone(), stuk.inhoud.clone()))
            .collect(),
    };
    stroom.iter().rev().map(regel).collect()
}

/// The name of the afwegingskader in a track, for who shows it.
pub fn kadernaam_van(staat: &Spoor) -> Option<&Kadernaam> {
    staat.weging.as_ref().map(|weging| &weging.kader).or(staat.begin.as_ref().map(|begin| &begin.kader))
}
