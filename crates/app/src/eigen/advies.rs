//! An advice: who asks and Veilig Thuis share it, and nobody else sees that it is there.

use super::{EigenOpdracht, Omgeving, Soort, Stand, Teksten, gegevens, nummer};
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
    adviezen::{Advies, Commando, Gebeurtenis, Toestemming, VraagAdvies, Wijze, decide, evolve},
    afspraak::{Adviesmoment, Bundel},
    ids::*,
    tijd::Instant,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::AsRefStr;

/// Every act on an advice, with its content. No field is for a family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum AdviesWens {
    VraagAdvies(VraagWens),
    GeefAdvies(GeefWens),
    MaakMeldingVanAdvies(OmzetWens),
}

/// A question, as it is asked or as Veilig Thuis writes it down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VraagWens {
    /// The region whose Veilig Thuis is asked.
    pub afspraak: Option<AfspraakNaam>,
    /// On whose behalf Veilig Thuis writes it down; the own organisation when absent.
    pub vrager: Option<OrganisatieId>,
    pub naam: String,
    pub functie: String,
    pub telefoon: String,
    pub vraag: String,
    pub vormen: BTreeSet<String>,
    pub toestemming: Option<Toestemming>,
    /// The worker looked at what seems to be about the family, and it is not.
    pub toch: bool,
}

/// What Veilig Thuis answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GeefWens {
    pub antwoord: String,
    pub vormen: BTreeSet<String>,
    /// Nothing more is to come.
    pub laatste: bool,
}

/// Who asked decides to report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OmzetWens {}

impl AdviesWens {
    /// The name of the act.
    pub fn naam(&self) -> String {
        self.as_ref().to_owned()
    }
}

/// The kind.
pub(crate) struct Adviezen;

impl Soort for Adviezen {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Advies;
    type Commando = Commando;
    type Wens = AdviesWens;
    const LETTER: char = 'A';

    fn vouw(staat: Advies, vastlegging: &Vastlegging<Gebeurtenis>) -> Advies {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Advies) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.vraag.as_ref().map(|vraag| vraag.op),
            afspraak: staat.vraag.as_ref().map(|vraag| &vraag.afspraak),
        }
    }

    fn afspraak(wens: &AdviesWens) -> Option<&AfspraakNaam> {
        match wens {
            AdviesWens::VraagAdvies(wens) => wens.afspraak.as_ref(),
            _ => None,
        }
    }

    fn relatie(staat: &Advies, organisatie: &OrganisatieId) -> Relatie {
        match &staat.vraag {
            None => Relatie::Eigen,
            Some(vraag) if vraag.vrager == *organisatie => Relatie::Eigen,
            Some(vraag) if vraag.veilig_thuis == *organisatie => Relatie::VeiligThuis,
            Some(_) => Relatie::Geen,
        }
    }

    fn ontleed(staat: &Advies, wens: &AdviesWens, o: &Omgeving<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let vt = o.bundel.veilig_thuis().cloned();
        let bekend = staat.vraag.as_ref().map(|vraag| vraag.vrager.clone());
        let nieuw = || match wens {
            AdviesWens::VraagAdvies(wens) => wens.vrager.clone(),
            _ => None,
        };
        let vrager = bekend.or_else(nieuw).unwrap_or_else(|| o.actor.organisatie.clone());
        let mut eigenaren = vec![vrager.clone()];
        eigenaren.extend(vt.clone().filter(|vt| *vt != vrager));
        let mut t = Teksten::voor(&eigenaren);
        let commando = match wens {
            AdviesWens::VraagAdvies(wens) => vraag(wens, vrager, vt.as_ref(), o, &mut t),
            AdviesWens::GeefAdvies(wens) => {
                t.eis(Onderwerp::Melder, "antwoord", &wens.antwoord, "Schrijf op wat u adviseert.");
                Some(Commando::GeefAdvies { vormen: wens.vormen.clone(), laatste: wens.laatste })
            }
            AdviesWens::MaakMeldingVanAdvies(_) => Some(Commando::MaakMeldingVanAdvies),
        };
        t.klaar(commando)
    }

    fn beslis(staat: &Advies, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    fn rijen(id: CasusId, staat: &Advies) -> Vec<EigenRij> {
        let Some(vraag) = &staat.vraag else { return Vec::new() };
        let onbeantwoord = staat.antwoorden.is_empty();
        let stand = match (staat.afgerond, onbeantwoord) {
            (true, _) => "afgerond",
            (false, true) => "gevraagd",
            (false, false) => "beantwoord",
        };
        let rij = |organisatie: &OrganisatieId, ander: &OrganisatieId, aan_zet: bool| EigenRij {
            stroom: id,
            organisatie: organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: stand.to_owned(),
            kenmerk: vraag.vormen.iter().cloned().collect::<Vec<_>>().join(", "),
            ander: Some(ander.clone()),
            medewerker: vraag.medewerker.clone(),
            aan_zet,
            gesloten: staat.afgerond,
            begonnen_op: vraag.op,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(vraag.op),
        };
        let mut rijen = vec![rij(&vraag.vrager, &vraag.veilig_thuis, false)];
        if vraag.vrager != vraag.veilig_thuis {
            rijen.push(rij(&vraag.veilig_thuis, &vraag.vrager, onbeantwoord && !staat.afgerond));
        }
        rijen
    }
}

fn vraag(
    wens: &VraagWens,
    vrager: OrganisatieId,
    vt: Option<&OrganisatieId>,
    o: &Omgeving<'_>,
    t: &mut Teksten<'_>,
) -> Option<Commando> {
    t.eis(Onderwerp::Melder, "naam", &wens.naam, "Vul de naam in van wie het advies vraagt.");
    t.zet(Onderwerp::Melder, "functie", &wens.functie);
    t.zet(Onderwerp::Melder, "telefoon", &wens.telefoon);
    t.eis(Onderwerp::Melder, "vraag", &wens.vraag, "Schrijf op wat u wilt weten.");
    if wens.vormen.is_empty() {
        t.mis("vormen", "Kies welke steun u zoekt.");
    }
    if !crate::wens::is_code(vrager.als_str()) {
        t.mis("vrager", "Kies de organisatie uit de lijst.");
    }
    let toestemming = t.kies("toestemming", &wens.toestemming)?;
    let eigen = vrager == o.actor.organisatie;
    let neemt_op = !eigen && vt == Some(&o.actor.organisatie);
    Some(Commando::VraagAdvies(VraagAdvies {
        vrager,
        medewerker: eigen.then(|| o.actor.medewerker.clone()),
        wijze: if neemt_op { Wijze::Telefoon } else { Wijze::Formulier },
        vormen: wens.vormen.clone(),
        toestemming,
        noemt: gegevens::lijkt_op(&wens.vraag).into_iter().map(|wat| wat.als_str().to_owned()).collect(),
        toch: wens.toch,
    }))
}

/// An advice as who asked, or Veilig Thuis, sees it.
pub struct AdviesBeeld {
    pub id: AdviesId,
    pub nummer: String,
    pub versie: u64,
    pub op: Instant,
    pub staat: Advies,
    /// Whether this organisation is the one that asked.
    pub eigen: bool,
    pub vraag: String,
    pub naam: String,
    pub functie: String,
    pub telefoon: String,
    /// With their words, oldest first.
    pub antwoorden: Vec<AntwoordBeeld>,
    /// By which clauses it goes the way it does.
    pub regels: Vec<(Adviesmoment, ClausuleId)>,
    /// The ways of support that the agreement has: key, name, clause.
    pub vormen: Vec<(String, String, ClausuleId)>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AntwoordBeeld {
    pub op: Instant,
    pub tekst: String,
    pub vormen: BTreeSet<String>,
}

/// The ways of support of an agreement in their order: key, name, clause.
pub fn adviesvormen(bundel: &Bundel) -> Vec<(String, String, ClausuleId)> {
    let mut alle: Vec<_> = bundel.inhoud.adviesvorm.iter().collect();
    alle.sort_by_key(|(_, vorm)| vorm.volgorde);
    alle.into_iter().map(|(sleutel, vorm)| (sleutel.clone(), vorm.naam.clone(), vorm.clausule.clone())).collect()
}

/// What the agreement says of this advice, as it stands, to this side.
fn regels(bundel: &Bundel, staat: &Advies, eigen: bool) -> Vec<(Adviesmoment, ClausuleId)> {
    let zonder = staat.vraag.as_ref().is_some_and(|vraag| vraag.toestemming != Toestemming::Ja);
    let geldt = |moment: &Adviesmoment| match moment {
        Adviesmoment::Vragen | Adviesmoment::Registratie => true,
        Adviesmoment::Toestemming => zonder,
        Adviesmoment::EigenDossier => eigen,
        Adviesmoment::WerdMelding => eigen && staat.werd_melding.is_some(),
    };
    let alle = bundel.inhoud.advies.iter().filter(|(moment, _)| geldt(moment));
    alle.map(|(moment, regel)| (*moment, regel.clausule.clone())).collect()
}

impl App {
    /// Runs one request on an advice.
    ///
    /// # Errors
    /// A mistake in the request, an advice that is not this organisation's, or a fault; nothing was written then.
    pub async fn voer_advies_uit(&self, opdracht: &EigenOpdracht<AdviesWens>) -> Result<Antwoord, AppFout> {
        self.voer_eigen_uit::<Adviezen>(opdracht).await
    }

    /// The advice that this organisation asked, or that was asked of it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn adviezen(&self, actor: &Actor) -> Result<Vec<EigenRij>, AppFout> {
        self.eigen_lijst(actor, Gebeurtenis::STROOM, "bekijk-adviezen").await
    }

    /// Shows an advice to who asked it and to Veilig Thuis.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it does not exist or is between others; faults of store and keys.
    pub async fn advies(&self, actor: &Actor, id: AdviesId) -> Result<AdviesBeeld, AppFout> {
        let stroom = CasusId(id.0);
        let (gelezen, stukken) = self.lees_eigen::<Adviezen>(actor, stroom, "bekijk-advies").await?;
        let (staat, nu) = (gelezen.staat, self.klok().nu());
        let geldig = self.geldig_voor(Adviezen::stand(&staat).afspraak, nu)?;
        let eigen = staat.vraag.as_ref().is_some_and(|vraag| vraag.vrager == actor.organisatie);
        let eerste = |soort: &str| tekst(&stukken, 1, soort);
        let antwoorden = staat.antwoorden.iter().map(|antwoord| AntwoordBeeld {
            op: antwoord.op,
            tekst: tekst(&stukken, antwoord.versie, "antwoord"),
            vormen: antwoord.vormen.clone(),
        });
        Ok(AdviesBeeld {
            id,
            nummer: nummer::<Adviezen>(stroom, &staat),
            versie: staat.versie,
            op: nu,
            eigen,
            vraag: eerste("vraag"),
            naam: eerste("naam"),
            functie: eerste("functie"),
            telefoon: eerste("telefoon"),
            antwoorden: antwoorden.collect(),
            regels: regels(&geldig.bundel, &staat, eigen),
            vormen: adviesvormen(&geldig.bundel),
            staat,
        })
    }
}

fn tekst(stukken: &[Geopend], versie: u64, soort: &str) -> String {
    let stuk = stukken.iter().find(|stuk| stuk.versie == versie && stuk.soort == soort);
    stuk.map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
}
