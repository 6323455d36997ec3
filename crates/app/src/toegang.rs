//! May this worker act for this organisation on this casus for this purpose? A plain table of relations; it fails closed.

use crate::{Actor, poorten::Toegang};
use domain::{
    afspraak::{Bundel, Fase},
    casus::Casus,
    gebeurtenis::OverdrachtWijze,
    ids::OrganisatieId,
    publiek::{Rol, rol, ziet_lijn},
};

/// What is asked of the access port.
#[derive(Clone, Copy, Debug)]
pub struct Vraag<'a> {
    pub actor: &'a Actor,
    /// Name of a command, or `bekijk-casus`.
    pub handeling: &'a str,
    pub relatie: Relatie,
}

/// The relation of an organisation to a casus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relatie {
    VeiligThuis,
    Ontvanger,
    /// Has an open offer.
    Aangeboden,
    /// Had an offer that ended.
    WasAangeboden,
    Melder,
    /// Has a task beside zicht.
    Deeltaak,
    /// Was the Veilig Thuis of this casus before it went to another region.
    EerderVeiligThuis,
    /// Reported, and besides had an offer that ended or may sit at the table.
    MelderEnPartij,
    /// May sit at the table on which the casus lies.
    AanTafel,
    /// Was asked for information: it answers, and the casus does not exist for it otherwise.
    Gevraagd,
    /// None: the casus does not exist for this organisation.
    Geen,
    /// The casus is opened by this very command.
    Nieuw,
    /// The own record of this organisation, no casus: a track of the meldcode, or an advice that it asked.
    Eigen,
}

/// The relation of an organisation to a casus as it stands.
pub fn relatie(casus: &Casus, organisatie: &OrganisatieId, bundel: &Bundel) -> Relatie {
    if casus.versie == 0 {
        return Relatie::Nieuw;
    }
    match rol(casus, organisatie) {
        Some(Rol::VeiligThuis) => Relatie::VeiligThuis,
        Some(Rol::Ontvanger) => Relatie::Ontvanger,
        Some(Rol::Aangeboden) if ziet_lijn(casus, organisatie) => Relatie::Aangeboden,
        Some(Rol::Melder) if had_aanbod(casus, organisatie) || ligt_op_tafel(casus, organisatie, bundel) => {
            Relatie::MelderEnPartij
        }
        Some(Rol::Melder) => Relatie::Melder,
        Some(Rol::Aangeboden) => Relatie::WasAangeboden,
        Some(Rol::Deeltaak) => Relatie::Deeltaak,
        Some(Rol::EerderVeiligThuis) => Relatie::EerderVeiligThuis,
        Some(Rol::Gevraagd) => Relatie::Gevraagd,
        None if ligt_op_tafel(casus, organisatie, bundel) => Relatie::AanTafel,
        None => Relatie::Geen,
    }
}

fn had_aanbod(casus: &Casus, organisatie: &OrganisatieId) -> bool {
    casus.overdrachten.iter().any(|overdracht| overdracht.naar == *organisatie)
}

/// At a table the agreement's receivers of that municipality sit together: a third one is refused, not misled.
fn ligt_op_tafel(casus: &Casus, organisatie: &OrganisatieId, bundel: &Bundel) -> bool {
    let op_tafel = casus.open_aanbod().is_some_and(|aanbod| aanbod.wijze == OverdrachtWijze::Overdrachtstafel);
    op_tafel && bundel.ontvangers(&casus.gemeente, Fase::Direct).iter().any(|(id, _)| *id == organisatie)
}

/// The table itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tabel;

impl Toegang for Tabel {
    fn mag(&self, vraag: &Vraag<'_>) -> bool {
        let antwoord_op_aanbod =
            matches!(vraag.handeling, "accepteer-overdracht" | "weiger-overdracht" | "bevestig-ontvangst-gegevens");
        let als_melder = matches!(vraag.handeling, "bekijk-casus" | "meld" | "wijs-medewerker-toe");
        let bij_eigen_dossier = vraag.handeling == "voeg-bijlagen-toe";
        // Whether this organisation was asked is the domain's question.
        let informatie = vraag.handeling == "leg-informatie-vast";
        let over_eigen_melding = matches!(vraag.handeling, "corrigeer-melding" | "trek-melding-in");
        match vraag.relatie {
            Relatie::Geen | Relatie::Nieuw => vraag.relatie == Relatie::Nieuw && vraag.handeling == "meld",
            _ if informatie => true,
            Relatie::Gevraagd => false,
            Relatie::VeiligThuis | Relatie::Ontvanger | Relatie::Aangeboden | Relatie::Eigen => true,
            // Who had an offer that ended gets the domain's answer that it is no longer open, and sees nothing else.
            Relatie::WasAangeboden | Relatie::AanTafel => antwoord_op_aanbod,
            Relatie::Melder => als_melder || over_eigen_melding || bij_eigen_dossier,
            Relatie::EerderVeiligThuis => als_melder,
            Relatie::Deeltaak => {
                als_melder
                    || bij_eigen_dossier
                    || matches!(
                        vraag.handeling,
                        "rond-deeltaak-af" | "leg-contact-gezin-vast" | "leg-incident-vast" | "meld-crisis-stabiel"
                    )
            }
            Relatie::MelderEnPartij => als_melder || over_eigen_melding || bij_eigen_dossier || antwoord_op_aanbod,
        }
    }
}
