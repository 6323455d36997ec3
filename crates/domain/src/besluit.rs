//! `decide`: all rules, in one pure function. Each command has a file of its own in the folder of its process.

use crate::{
    afspraak::{Bundel, Bundels, Wie},
    afstemming, beoordelingen, bijlagen,
    casus::{Casus, Feit},
    commando::Commando,
    contact, deeltaken, diensten, documenten,
    gebeurtenis::Gebeurtenis,
    ids::{BundelHash, MedewerkerId, OrganisatieId},
    maatregelen, meldingen, monitoring, overdrachten, plannen, plichten, sluiting,
    tijd::Instant,
    tijdlijn::tijdlijn,
    weigering::{Code, Reden, Weigering},
    zicht,
};

/// What a decision needs to know besides state and command.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// When it is recorded.
    pub nu: Instant,
    /// When it happened, as claimed.
    pub gebeurd_op: Instant,
    /// The organisation for which the worker acts.
    pub organisatie: &'a OrganisatieId,
    /// Who acts; only a rule that asks for two different workers looks at it.
    pub medewerker: &'a MedewerkerId,
    /// The agreement in force now for this casus; recorded with every event.
    pub bundel: &'a Bundel,
    pub bundel_hash: &'a BundelHash,
    /// All bundles by which something in this casus was decided.
    pub bundels: &'a Bundels,
    /// What goes to the family names a reporter whom the family may not know.
    pub noemt_melder: bool,
}

impl<'a> Context<'a> {
    /// The agreement by which this fact was recorded: what follows on it goes by the same one.
    pub(crate) fn bundel_bij(&self, feit: &Feit) -> &'a Bundel {
        self.bundels.uit(&feit.bundel).unwrap_or(self.bundel)
    }

    /// Who holds zicht op veiligheid now.
    pub(crate) fn houder_nu(&self, casus: &Casus) -> Option<OrganisatieId> {
        tijdlijn(casus, self.bundels).houder_op(self.nu).cloned()
    }

    /// The refusal for a code under the agreement in force.
    pub(crate) fn weiger(&self, code: Code) -> Weigering {
        Weigering::volgens(self.bundel, code)
    }

    /// `Ok` when this organisation may do the act, else the refusal by the clause that says who may.
    pub(crate) fn eis_bevoegd(&self, mag: bool, handeling: &str) -> Result<(), Weigering> {
        let mut reden = Reden::volgens(self.bundel, Code::NietBevoegd);
        if let Some(regel) = self.bundel.inhoud.bevoegd.get(handeling) {
            reden = reden.met_clausule(&regel.clausule);
        }
        if mag { Ok(()) } else { Err(Weigering::om(reden)) }
    }

    /// `Ok` when the condition holds, else the refusal for the code.
    pub(crate) fn eis(&self, voldaan: bool, code: Code) -> Result<(), Weigering> {
        if voldaan { Ok(()) } else { Err(self.weiger(code)) }
    }
}

/// What one command leads to.
pub(crate) type Uitslag = Result<Vec<Gebeurtenis>, Weigering>;

/// Decides a command: the events that it leads to, or why not.
///
/// # Errors
/// A [`Weigering`] with code, clause and whether a reason passes it. Nothing has changed then.
pub fn decide(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    past_in_de_tijd(casus, commando, context)?;
    mag_organisatie(casus, commando, context)?;
    context.eis(!context.noemt_melder, Code::MelderAfgeschermd)?;
    match per_proces(casus, commando, context) {
        // From what both sides agreed to deviate, no reason is asked again.
        Err(weigering) if casus.afstemming.gaat_voor(&weigering) => {
            let afgesproken = context.bundel.met_afgesproken(|code| casus.afstemming.wijkt_af(code));
            per_proces(casus, &commando.met_reden(), &Context { bundel: &afgesproken, ..*context })
        }
        anders => anders,
    }
}

/// Every command has its process.
fn per_proces(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::Meld(meld) => meldingen::meld(casus, meld, context),
        Commando::BeantwoordCriteria(_)
        | Commando::RondBeoordelingAf { .. }
        | Commando::BesluitVervolg(_)
        | Commando::HoudOverleg(_)
        | Commando::VulInstrumentIn { .. }
        | Commando::VraagInformatie(_)
        | Commando::LegInformatieVast { .. } => beoordelingen::beoordeel(casus, commando, context),
        Commando::LegContactGezinVast(_)
        | Commando::LegContactBeroepskrachtVast { .. }
        | Commando::InformeerGezin { .. }
        | Commando::MaakAfspraakGezin
        | Commando::KoppelTerugAanMelder { .. }
        | Commando::StelInformerenUit { .. }
        | Commando::LegPlichtVast(_) => plichten::vervul(casus, commando, context),
        Commando::BiedOverdrachtAan(_)
        | Commando::VerzendGegevens { .. }
        | Commando::BevestigOntvangstGegevens { .. }
        | Commando::NoteerMondelingeBevestiging { .. }
        | Commando::AccepteerOverdracht { .. }
        | Commando::WeigerOverdracht { .. }
        | Commando::TrekOverdrachtIn { .. }
        | Commando::DoeTegenvoorstel { .. }
        | Commando::AanvaardTegenvoorstel { .. }
        | Commando::StuurAanbodDoor { .. }
        | Commando::BespreekAanTafel(_)
        | Commando::HoudWarmeOverdracht(_)
        | Commando::VulInhoudAan { .. } => overdrachten::bij_overdracht(casus, commando, context),
        Commando::WijsMedewerkerToe { .. }
        | Commando::NeemZichtOver { .. }
        | Commando::LegRegieVast { .. }
        | Commando::LegIncidentVast
        | Commando::HerstelVastlegging { .. }
        | Commando::SchakelCrisisdienstIn { .. }
        | Commando::MeldCrisisStabiel
        | Commando::VerhuisGezin { .. } => decide_zicht(casus, commando, context),
        Commando::SluitCasus(sluit) => sluiting::sluit_casus(casus, sluit, context),
        Commando::StemInMetSluiting => sluiting::stem_in_met_sluiting(casus, context),
        Commando::LegContactveiligheidVast(vast) => contact::leg_contactveiligheid_vast(casus, vast, context),
        Commando::LegAdresVast(adres) => contact::leg_adres_vast(casus, *adres, context),
        Commando::MaakDocument(_) | Commando::VerzendDocument { .. } | Commando::VoegBijlagenToe { .. } => {
            decide_stuk(casus, commando, context)
        }
        Commando::PlanMonitormoment { .. }
        | Commando::LegMonitormomentVast(_)
        | Commando::RondMonitoringAf { .. }
        | Commando::RaadpleegVeiligThuis
        | Commando::HoudHuisbezoek(_)
        | Commando::StartDienst(_)
        | Commando::RondDienstAf(_)
        | Commando::SpreekDeeltaakAf { .. }
        | Commando::RondDeeltaakAf { .. } => decide_dienst(casus, commando, context),
        Commando::Plan(commando) => plannen::decide(casus, commando, context),
        Commando::Maatregel(commando) => maatregelen::decide(casus, commando, context),
        Commando::Afstemming(commando) => afstemming::decide(casus, commando, context),
        Commando::ErkenSpoed { .. }
        | Commando::WijsSpoedAf { .. }
        | Commando::KiesHuishouden { .. }
        | Commando::VerplaatsMelding { .. }
        | Commando::NeemMeldingOp { .. }
        | Commando::RondVerplaatsingAf { .. }
        | Commando::VulMeldingAan(_)
        | Commando::CorrigeerMelding { .. }
        | Commando::TrekMeldingIn { .. }
        | Commando::BeslisOverIntrekking { .. }
        | Commando::LegGiVast { .. } => meldingen::bij_melding(casus, commando, context),
    }
}

/// Who watches, who is beside them, and what is recorded of the household meanwhile.
fn decide_zicht(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::WijsMedewerkerToe { medewerker } => Ok(zicht::wijs_medewerker_toe(medewerker, context)),
        Commando::NeemZichtOver { reden } => zicht::neem_zicht_over(casus, *reden, context),
        Commando::LegRegieVast { organisatie, bevestigd } => {
            zicht::leg_regie_vast(organisatie.as_ref(), bevestigd, context)
        }
        Commando::LegIncidentVast => Ok(zicht::leg_incident_vast()),
        Commando::HerstelVastlegging { versie, gebeurd_op, reden } => {
            zicht::herstel_vastlegging(casus, *versie, *gebeurd_op, *reden, context)
        }
        Commando::SchakelCrisisdienstIn { organisatie } => zicht::schakel_crisisdienst_in(casus, organisatie, context),
        Commando::MeldCrisisStabiel => zicht::meld_crisis_stabiel(casus, context),
        Commando::VerhuisGezin { gemeente, afspraak } => zicht::verhuis_gezin(casus, gemeente, afspraak, context),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// What is written about a casus, or kept with it.
fn decide_stuk(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::MaakDocument(maak) => documenten::maak_document(casus, maak, context),
        Commando::VerzendDocument { document, wijze, aan } => {
            documenten::verzend_document(casus, *document, *wijze, *aan, context)
        }
        Commando::VoegBijlagenToe { soort, bijlagen: erbij } => {
            bijlagen::voeg_bijlagen_toe(casus, soort, erbij, context)
        }
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// The work of Veilig Thuis itself, tasks beside zicht, and monitoring.
fn decide_dienst(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::HoudHuisbezoek(bezoek) => diensten::houd_huisbezoek(casus, bezoek, context),
        Commando::StartDienst(start) => diensten::start_dienst(casus, start, context),
        Commando::RondDienstAf(rond_af) => diensten::rond_dienst_af(casus, rond_af, context),
        Commando::SpreekDeeltaakAf { deeltaak, organisatie, tot } => {
            deeltaken::spreek_deeltaak_af(casus, *deeltaak, organisatie, *tot, context)
        }
        Commando::RondDeeltaakAf { deeltaak } => deeltaken::rond_deeltaak_af(casus, *deeltaak, context),
        Commando::PlanMonitormoment { datum, reden } => monitoring::plan_monitormoment(casus, *datum, *reden, context),
        Commando::LegMonitormomentVast(vast) => monitoring::leg_monitormoment_vast(casus, vast, context),
        Commando::RondMonitoringAf { reden } => monitoring::rond_monitoring_af(casus, *reden, context),
        Commando::RaadpleegVeiligThuis => Ok(monitoring::raadpleeg_veilig_thuis()),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// Whether this organisation may do this act under the agreement.
fn mag_organisatie(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Result<(), Weigering> {
    let Some(regel) = context.bundel.inhoud.bevoegd.get(commando.naam()) else {
        return Err(context.weiger(Code::NietBevoegd));
    };
    let aanbod = commando.overdracht().and_then(|id| casus.overdracht(id));
    let mag = match regel.wie {
        Wie::Aanbieder => aanbod.is_none_or(|overdracht| overdracht.feit.organisatie == *context.organisatie),
        wie => is_een_van(wie, casus, context),
    };
    context.eis_bevoegd(mag, commando.naam())
}

/// Whether the organisation that acts is the one that is meant, by its part in the casus.
pub(crate) fn is_een_van(wie: Wie, casus: &Casus, context: &Context<'_>) -> bool {
    match wie {
        Wie::VeiligThuis => casus.veilig_thuis.as_ref() == Some(context.organisatie),
        Wie::Houder => houdt(casus, context),
        Wie::HouderOfVeiligThuis => casus.veilig_thuis.as_ref() == Some(context.organisatie) || houdt(casus, context),
        // Whether an organisation has a relation to the casus is the access port's question; which receiver may
        // answer which offer, and who monitors, is decided by the command itself.
        Wie::Aanbieder | Wie::Ontvanger | Wie::Betrokken | Wie::Monitor | Wie::Crisisdienst => true,
        Wie::Gemeente => false,
    }
}

/// Whether the organisation that acts holds zicht op veiligheid now.
pub(crate) fn houdt(casus: &Casus, context: &Context<'_>) -> bool {
    context.houder_nu(casus).as_ref() == Some(context.organisatie)
}

fn past_in_de_tijd(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Result<(), Weigering> {
    // Duties towards people outlive the casus, and so do corrections.
    let mag_na_sluiting = matches!(
        commando,
        Commando::InformeerGezin { .. }
            | Commando::KoppelTerugAanMelder { .. }
            | Commando::LegPlichtVast(_)
            | Commando::HerstelVastlegging { .. }
            | Commando::RondVerplaatsingAf { .. }
    );
    context.eis(casus.sluiting.is_none() || mag_na_sluiting, Code::CasusGesloten)?;
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let ontvangen_op = casus.meldingen.iter().map(|melding| melding.ontvangen_op).min();
    let is_melding = matches!(commando, Commando::Meld(_) | Commando::NeemMeldingOp { .. });
    let ervoor = ontvangen_op.is_some_and(|ontvangen_op| context.gebeurd_op < ontvangen_op);
    context.eis(is_melding || !ervoor, Code::TijdstipVoorOntvangst)?;
    context.eis(is_melding || ontvangen_op.is_some(), Code::Onbekend)
}
