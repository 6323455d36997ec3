//! Messages of other systems, of the police for instance. Each has a number of its sender, comes in once however often it
//! is sent, and is acknowledged: taken up, or refused with why. What a message did is never undone by another: a
//! correction comes on top, a withdrawal is a request on which Veilig Thuis decides.
//!
//! What it does not know: how a message travels, what a casus looks like. Start at [`App::ontvang_bericht`].

use crate::{
    Actor, Antwoord, App, AppFout, Opdracht, Wens, casus_van, melding_van,
    opslag::{BERICHT_ONTVANGEN, BerichtRij, BerichtTelling, ToegangRegel},
    uitvoeren::Geladen,
    views,
    wens::{CorrectieWens, MeldWens, MeldingVerwijzing, VeldFout, is_code},
};
use domain::{
    Weigering,
    ids::{CasusId, ClausuleId, CommandId, MeldingId, OrganisatieId},
    meldingen::{Meldwijze, Verplaatsing},
    tijd::Instant,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Moves that a message follows before it gives up.
const VERPLAATSINGEN_MAX: usize = 8;
/// As whom Veilig Thuis records what a sender says about its own report.
const BERICHTENVERKEER: &str = "berichtenverkeer";
/// Why a message was refused that names a report that the sender did not make, or that was refused itself.
const ONBEKEND_BERICHT: &str = "onbekend-bericht";
/// Why a message was refused that cannot be read.
const ONGELDIG: &str = "ongeldig";

/// What another system says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Bericht {
    Melding {
        melding: Box<MeldWens>,
    },
    /// Puts right what an earlier message said; that one stays as it was.
    Correctie {
        over: String,
        toelichting: String,
    },
    /// The sender wants to take an earlier report back.
    Intrekking {
        over: String,
        reden: String,
    },
}

impl Bericht {
    fn soort(&self) -> &'static str {
        match self {
            Bericht::Melding { .. } => "melding",
            Bericht::Correctie { .. } => "correctie",
            Bericht::Intrekking { .. } => "intrekking",
        }
    }
}

/// The acknowledgement of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ontvangstbewijs {
    pub bericht: String,
    pub uitkomst: Uitkomst,
}

/// How a message ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uitkomst {
    /// With the number of the casus.
    Opgenomen {
        nummer: String,
    },
    Geweigerd(Afwijzing),
}

/// Why a message was refused. It is kept, so that who sends the message again reads the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Afwijzing {
    pub code: String,
    pub uitleg: Option<String>,
    pub clausule: Option<ClausuleId>,
    /// The same message under another number, with a reason, passes.
    pub mag_met_reden: bool,
    /// What is wrong, by field.
    pub velden: BTreeMap<String, String>,
}

impl Afwijzing {
    fn om(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    fn om_velden(fouten: Vec<VeldFout>) -> Self {
        let velden = fouten.into_iter().map(|fout| (fout.veld, fout.melding)).collect();
        Self { velden, ..Self::om(ONGELDIG) }
    }

    fn om_regel(weigering: &Weigering) -> Self {
        let reden = &weigering.reden;
        Self {
            uitleg: Some(reden.code.uitleg().to_owned()),
            clausule: Some(reden.clausule.clone()),
            mag_met_reden: weigering.mag_met_reden,
            ..Self::om(reden.code.als_str())
        }
    }

    /// As it was kept; of a message from before that was done, there is only the code.
    fn uit(bewaard: Option<&str>) -> Self {
        let bewaard = bewaard.unwrap_or(ONGELDIG);
        serde_json::from_str(bewaard).unwrap_or_else(|_| Self::om(bewaard))
    }
}

/// The messages of one day, to hold beside one's own count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aansluiting {
    pub dag: jiff::civil::Date,
    pub tellingen: Vec<BerichtTelling>,
}

/// The messages of one sender and one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afzendertelling {
    pub afzender: OrganisatieId,
    pub soort: String,
    pub ontvangen: u64,
    pub opgenomen: u64,
    pub geweigerd: u64,
    /// Received and not dealt with after a fault: to be sent again.
    pub niet_afgerond: u64,
}

impl Aansluiting {
    /// Counted per sender and kind, in order.
    pub fn per_afzender(&self) -> Vec<Afzendertelling> {
        let mut per_soort: BTreeMap<(&OrganisatieId, &str), Afzendertelling> = BTreeMap::new();
        for telling in &self.tellingen {
            let rij = per_soort.entry((&telling.afzender, &telling.soort)).or_insert_with(|| Afzendertelling {
                afzender: telling.afzender.clone(),
                soort: telling.soort.clone(),
                ontvangen: 0,
                opgenomen: 0,
                geweigerd: 0,
                niet_afgerond: 0,
            });
            rij.ontvangen += telling.aantal;
            match telling.stand.as_str() {
                "opgenomen" => rij.opgenomen += telling.aantal,
                "geweigerd" => rij.geweigerd += telling.aantal,
                _ => rij.niet_afgerond += telling.aantal,
            }
        }
        per_soort.into_values().collect()
    }
}

impl App {
    /// Takes up a message; one that cannot be read is refused and counted as well.
    ///
    /// # Errors
    /// [`AppFout::Ongeldig`] without a number of the sender, [`AppFout::OpdrachtHergebruikt`] when that number was used
    /// for something else, and faults; after a fault the same message can be sent again.
    pub async fn ontvang_bericht(
        &self,
        actor: &Actor,
        nummer: &str,
        bericht: Result<Bericht, VeldFout>,
    ) -> Result<Ontvangstbewijs, AppFout> {
        if !is_code(nummer) {
            let melding = "Geef elk bericht een eigen nummer: letters, cijfers, streepjes, hoogstens 64.".to_owned();
            return Err(AppFout::Ongeldig(vec![VeldFout { veld: "bericht".into(), melding }]));
        }
        let bewijs = |uitkomst| Ontvangstbewijs { bericht: nummer.to_owned(), uitkomst };
        let digest = self.berichtdigest(&actor.organisatie, &bericht).await?;
        let rij = BerichtRij {
            afzender: actor.organisatie.clone(),
            bericht: nummer.to_owned(),
            soort: bericht.as_ref().map_or("onleesbaar", Bericht::soort).to_owned(),
            digest: digest.clone(),
            ontvangen_op: self.klok().nu(),
            veilig_thuis: self.bestemd_voor(actor, &bericht).await?,
            stand: BERICHT_ONTVANGEN.to_owned(),
            reden: None,
        };
        // Written before anything is done with it: whatever happens next, it is counted as received.
        self.store().neem_bericht_aan(rij).await?;
        let staat = self.store().bericht(&actor.organisatie, nummer).await?.ok_or(AppFout::NietGevonden)?;
        if staat.digest != digest {
            self.noteer(actor, "bericht-hergebruikt").await?;
            return Err(AppFout::OpdrachtHergebruikt);
        }
        let id = self.berichtnummer(&actor.organisatie, nummer).await?;
        match (staat.stand.as_str(), bericht) {
            ("geweigerd", Ok(_)) => Ok(bewijs(Uitkomst::Geweigerd(Afwijzing::uit(staat.reden.as_deref())))),
            ("opgenomen", Ok(bericht)) => {
                let uitkomst = self.eerder_opgenomen(actor, id, &bericht).await?;
                Ok(bewijs(uitkomst))
            }
            (_, Err(fout)) => {
                // What is wrong with what cannot be read, can hold what was sent: told each time, and not kept.
                self.rond_af(actor, nummer, &Uitkomst::Geweigerd(Afwijzing::om(ONGELDIG))).await?;
                Ok(bewijs(Uitkomst::Geweigerd(Afwijzing::om_velden(vec![fout]))))
            }
            (_, Ok(bericht)) => {
                let uitkomst = self.verwerk_bericht(actor, id, bericht).await?;
                self.rond_af(actor, nummer, &uitkomst).await?;
                Ok(bewijs(uitkomst))
            }
        }
    }

    /// What this organisation sent, or received from others, on a day.
    ///
    /// # Errors
    /// The store failed.
    pub async fn aansluiting(&self, actor: &Actor, dag: jiff::civil::Date) -> Result<Aansluiting, AppFout> {
        let van = Instant::begin_van(dag);
        let tot = dag.tomorrow().map(Instant::begin_van).unwrap_or(Instant(i64::MAX));
        self.noteer(actor, "toegestaan").await?;
        let tellingen = self.store().bericht_tellingen(&actor.organisatie, van, tot).await?;
        Ok(Aansluiting { dag, tellingen })
    }

    async fn rond_af(&self, actor: &Actor, nummer: &str, uitkomst: &Uitkomst) -> Result<(), AppFout> {
        let (stand, reden) = match uitkomst {
            Uitkomst::Opgenomen { .. } => ("opgenomen", None),
            Uitkomst::Geweigerd(afwijzing) => ("geweigerd", serde_json::to_string(afwijzing).ok()),
        };
        Ok(self.store().rond_bericht_af(&actor.organisatie, nummer, stand, reden.as_deref()).await?)
    }

    async fn noteer(&self, actor: &Actor, uitkomst: &str) -> Result<(), AppFout> {
        let regel = ToegangRegel::van(actor, None, "berichten", uitkomst, self.klok().nu());
        Ok(self.store().schrijf_toegang(regel).await?)
    }

    async fn berichtdigest(
        &self,
        afzender: &OrganisatieId,
        bericht: &Result<Bericht, VeldFout>,
    ) -> Result<Vec<u8>, AppFout> {
        let bytes = match bericht {
            Ok(bericht) => serde_json::to_vec(bericht).unwrap_or_default(),
            Err(fout) => format!("onleesbaar {fout}").into_bytes(),
        };
        Ok(self.verzegelaar().digest(self.store(), afzender, &bytes).await?)
    }

    /// The command of a message. It follows from the sender's number by the sender's key, so that nobody who has the
    /// database alone finds the casus of a sender's message.
    async fn berichtnummer(&self, afzender: &OrganisatieId, nummer: &str) -> Result<CommandId, AppFout> {
        let bytes = format!("bericht {nummer}").into_bytes();
        let digest = self.verzegelaar().digest(self.store(), afzender, &bytes).await?;
        let mut id = [0u8; 16];
        id.iter_mut().zip(&digest).for_each(|(plek, byte)| *plek = *byte);
        Ok(CommandId(uuid::Builder::from_random_bytes(id).into_uuid()))
    }

    /// Which Veilig Thuis it is for: of the municipality of a report, or of the report that it is about.
    async fn bestemd_voor(
        &self,
        actor: &Actor,
        bericht: &Result<Bericht, VeldFout>,
    ) -> Result<Option<OrganisatieId>, AppFout> {
        match bericht {
            Err(_) => Ok(None),
            Ok(Bericht::Melding { melding }) => {
                let geldig = self.afspraken().voor_gemeente(&melding.gemeente, self.klok().nu().dag());
                Ok(geldig.and_then(|geldig| geldig.bundel.veilig_thuis().cloned()))
            }
            Ok(Bericht::Correctie { over, .. } | Bericht::Intrekking { over, .. }) => {
                let eerder = self.store().bericht(&actor.organisatie, over).await?;
                Ok(eerder.and_then(|eerder| eerder.veilig_thuis))
            }
        }
    }

    async fn verwerk_bericht(&self, actor: &Actor, id: CommandId, bericht: Bericht) -> Result<Uitkomst, AppFout> {
        let (casus, actor, wens) = match bericht {
            Bericht::Melding { mut melding } => {
                // Whose report it is follows from who sends it, not from what the message claims.
                melding.melder.organisatie = Some(actor.organisatie.clone());
                melding.wijze = Meldwijze::Bericht;
                (None, actor.clone(), Wens::Meld(melding))
            }
            Bericht::Correctie { over, toelichting } => {
                let Some((casus, melding, vt)) = self.melding_van_bericht(actor, &over).await? else {
                    return Ok(Uitkomst::Geweigerd(Afwijzing::om(ONBEKEND_BERICHT)));
                };
                let wens = CorrectieWens { melding: Some(melding), toelichting: Some(toelichting) };
                (Some(casus), vt, Wens::CorrigeerMelding(wens))
            }
            Bericht::Intrekking { over, reden } => {
                let Some((casus, melding, vt)) = self.melding_van_bericht(actor, &over).await? else {
                    return Ok(Uitkomst::Geweigerd(Afwijzing::om(ONBEKEND_BERICHT)));
                };
                let wens = MeldingVerwijzing { melding: Some(melding), reden: Some(reden) };
                (Some(casus), vt, Wens::TrekMeldingIn(wens))
            }
        };
        let opdracht = Opdracht { id, casus, verwacht: None, actor, gebeurd_op: None, wens };
        match self.voer_uit(&opdracht).await {
            Ok(Antwoord::Gedaan(gedaan)) => Ok(Uitkomst::Opgenomen { nummer: gedaan.nummer }),
            Ok(Antwoord::Geweigerd(weigering)) => Ok(Uitkomst::Geweigerd(Afwijzing::om_regel(&weigering))),
            Ok(Antwoord::Conflict(_)) => Err(AppFout::TeDruk),
            Err(AppFout::Ongeldig(fouten)) => Ok(Uitkomst::Geweigerd(Afwijzing::om_velden(fouten))),
            Err(fout) => Err(fout),
        }
    }

    /// The report that an earlier message of this sender made, where it stands now, and its Veilig Thuis.
    async fn melding_van_bericht(
        &self,
        actor: &Actor,
        over: &str,
    ) -> Result<Option<(CasusId, MeldingId, Actor)>, AppFout> {
        let eerder = self.store().bericht(&actor.organisatie, over).await?;
        if !eerder.is_some_and(|rij| rij.soort == "melding" && rij.stand == "opgenomen") {
            return Ok(None);
        }
        let id = self.berichtnummer(&actor.organisatie, over).await?;
        let mut casus = casus_van(id);
        let melding = melding_van(id, casus);
        for _ in 0..VERPLAATSINGEN_MAX {
            let Geladen { casus: staat, .. } = self.laad(casus).await?;
            match staat.melding(melding).map(|melding| &melding.verplaatsing) {
                None => return Ok(None),
                Some(Verplaatsing::Weg { naar, .. }) => casus = *naar,
                Some(Verplaatsing::Geen | Verplaatsing::Onderweg { .. }) => {
                    let vt = staat.veilig_thuis.clone();
                    let vt = vt.map(|organisatie| Actor { medewerker: BERICHTENVERKEER.into(), organisatie });
                    return Ok(vt.map(|vt| (casus, melding, vt)));
                }
            }
        }
        Ok(None)
    }

    /// The acknowledgement that was given before, for a message that comes again.
    async fn eerder_opgenomen(&self, actor: &Actor, id: CommandId, bericht: &Bericht) -> Result<Uitkomst, AppFout> {
        let casus = match bericht {
            Bericht::Melding { .. } => Some(casus_van(id)),
            Bericht::Correctie { over, .. } | Bericht::Intrekking { over, .. } => {
                self.melding_van_bericht(actor, over).await?.map(|(casus, ..)| casus)
            }
        };
        let Some(casus) = casus else { return Ok(Uitkomst::Geweigerd(Afwijzing::om(ONBEKEND_BERICHT))) };
        let staat = self.laad(casus).await?.casus;
        Ok(Uitkomst::Opgenomen { nummer: views::nummer_van(casus, &staat) })
    }
}
