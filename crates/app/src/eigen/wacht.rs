//! The roster of an organisation and its alarms: who is on call, what cannot wait in its casussen, and who answered.

use super::{EigenOpdracht, Gelezen, Omgeving, Soort, Stand, Teksten, nummer};
use crate::{
    Actor, Antwoord, App, AppFout,
    alarm::{TeAlarmeren, tekst as alarmtekst},
    codec::Gebeurd,
    opslag::{CasusRij, EigenRij, ToegangRegel, WerkVraag},
    toegang::Relatie,
    verzegel::{Geopend, Onderwerp, Tekst},
    views::nummer_van,
    wens::{VeldFout, lees_tijdstip},
};
use domain::{
    Context, Gebeurtenis as CasusGebeurtenis, Vastlegging, Weigering,
    afspraak::{GeldigeBundel, Wachtregel},
    ids::*,
    meldingen::Spoed,
    tijd::Instant,
    wacht::{
        Aankomst, Alarmverloop, Commando, Gat, Gebeurtenis, Opening, Rang, Spoedpunt, Verzonden, Wacht, decide, evolve,
        regel,
    },
};
use jiff::{Span, civil::Time};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use strum::AsRefStr;

/// How often a shift can come back, a week later each time.
const KEREN_MAX: u32 = 52;
/// The longest shift.
const DIENST_DAGEN_MAX: i64 = 8;
/// Casussen in which is looked for what cannot wait; the most urgent first.
const CASUSSEN_MAX: u32 = 200;
/// Alarms on the page.
const ALARMEN_MAX: usize = 20;

/// Every act on a roster, with its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, AsRefStr)]
#[serde(tag = "doe", content = "met", rename_all = "kebab-case", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case")]
pub enum WachtDaad {
    ZetOpening(OpeningWens),
    ZetWachtdienst(WachtdienstWens),
    LaatWachtdienstVervallen(WachtdienstVerwijzing),
    BevestigAlarm(AlarmVerwijzing),
    /// What came of an alarm; nobody sends this.
    #[serde(skip_deserializing)]
    LegAlarmVast(Alarmuitkomst),
}

/// When the organisation is open on working days: `09:00`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpeningWens {
    pub van: String,
    pub tot: String,
}

/// Somebody is on call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WachtdienstWens {
    pub rang: Option<Rang>,
    /// Local time.
    pub van: String,
    pub tot: String,
    /// Sealed, with the telephone.
    pub naam: String,
    pub telefoon: String,
    /// How often, a week later each time on the same clock; once when absent.
    pub keren: Option<String>,
    pub vervangt: Option<WachtdienstId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WachtdienstVerwijzing {
    pub dienst: WachtdienstId,
}

/// An alarm, and the casus that it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmVerwijzing {
    pub alarm: AlarmId,
    pub casus: CasusId,
    /// As the casus has it; looked up, never sent.
    #[serde(skip)]
    pub punt: Option<Spoedpunt>,
}

/// What came of sending an alarm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alarmuitkomst {
    #[serde(skip)]
    punt: Spoedpunt,
    rang: Rang,
    dienst: WachtdienstId,
    aankomst: Aankomst,
    nagebootst: bool,
}

/// An act on the roster of the organisation that acts, which nobody names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct WachtWens {
    organisatie: OrganisatieId,
    afspraak: AfspraakNaam,
    #[serde(flatten)]
    doe: WachtDaad,
}

impl AsRef<str> for WachtWens {
    fn as_ref(&self) -> &str {
        self.doe.as_ref()
    }
}

/// The stream of an organisation, whoever writes first.
fn stroom(organisatie: &OrganisatieId) -> CasusId {
    const BASIS: CommandId = CommandId(uuid::Uuid::from_u128(0x7a69_6368_742d_7761_6368_7472_6f6f_7300));
    CasusId(BASIS.afgeleid(organisatie.als_str()))
}

/// The kind.
pub(crate) struct Rooster;

impl Soort for Rooster {
    type Gebeurtenis = Gebeurtenis;
    type Staat = Wacht;
    type Commando = Commando;
    type Wens = WachtWens;
    const LETTER: char = 'R';

    fn vaste_stroom(wens: &WachtWens) -> Option<CasusId> {
        Some(stroom(&wens.organisatie))
    }

    fn vouw(staat: Wacht, vastlegging: &Vastlegging<Gebeurtenis>) -> Wacht {
        evolve(staat, vastlegging)
    }

    fn stand(staat: &Wacht) -> Stand<'_> {
        Stand {
            versie: staat.versie,
            laatst_vastgelegd: staat.laatst_vastgelegd,
            begonnen_op: staat.begonnen.as_ref().map(|begonnen| begonnen.op),
            afspraak: staat.begonnen.as_ref().map(|begonnen| &begonnen.afspraak),
        }
    }

    fn afspraak(wens: &WachtWens) -> Option<&AfspraakNaam> {
        Some(&wens.afspraak)
    }

    fn relatie(staat: &Wacht, organisatie: &OrganisatieId) -> Relatie {
        let eigen = staat.begonnen.as_ref().is_none_or(|begonnen| begonnen.organisatie == *organisatie);
        if eigen { Relatie::Eigen } else { Relatie::Geen }
    }

    fn ontleed(_: &Wacht, wens: &WachtWens, o: &Omgeving<'_>) -> Result<(Commando, Vec<Tekst>), Vec<VeldFout>> {
        let eigenaren = [o.actor.organisatie.clone()];
        let mut t = Teksten::voor(&eigenaren);
        let commando = match &wens.doe {
            WachtDaad::ZetOpening(wens) => opening(&mut t, wens).map(|opening| Commando::ZetOpening { opening }),
            WachtDaad::ZetWachtdienst(wens) => {
                t.eis(Onderwerp::Melder, "naam", &wens.naam, "Vul in wie dienst heeft.");
                t.eis(Onderwerp::Melder, "telefoon", &wens.telefoon, "Vul het nummer in waarop het alarm afgaat.");
                let rang = t.kies("rang", &wens.rang);
                let diensten = diensten(&mut t, wens, o);
                rang.zip(diensten).map(|(rang, diensten)| Commando::ZetWachtdienst {
                    rang,
                    diensten,
                    vervangt: wens.vervangt,
                })
            }
            WachtDaad::LaatWachtdienstVervallen(wens) => {
                Some(Commando::LaatWachtdienstVervallen { dienst: wens.dienst })
            }
            WachtDaad::BevestigAlarm(wens) => t.kies("alarm", &wens.punt).map(|punt| Commando::BevestigAlarm { punt }),
            WachtDaad::LegAlarmVast(wens) => Some(Commando::LegAlarmVast {
                punt: wens.punt.clone(),
                rang: wens.rang,
                dienst: wens.dienst,
                aankomst: wens.aankomst,
                nagebootst: wens.nagebootst,
            }),
        };
        t.klaar(commando)
    }

    fn beslis(staat: &Wacht, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
        decide(staat, commando, context)
    }

    /// It is shown in no list, as there is one per organisation; the row tells the alarm whose roster to read.
    fn rijen(id: CasusId, staat: &Wacht) -> Vec<EigenRij> {
        let Some(begonnen) = &staat.begonnen else { return Vec::new() };
        vec![EigenRij {
            stroom: id,
            organisatie: begonnen.organisatie.clone(),
            soort: Gebeurtenis::STROOM.to_owned(),
            nummer: nummer::<Self>(id, staat),
            stand: String::new(),
            kenmerk: String::new(),
            ander: None,
            medewerker: None,
            aan_zet: false,
            gesloten: false,
            begonnen_op: begonnen.op,
            laatst_op: staat.laatst_vastgelegd.unwrap_or(begonnen.op),
        }]
    }
}

fn opening(t: &mut Teksten<'_>, wens: &OpeningWens) -> Option<Opening> {
    let mut lees = |veld: &str, tekst: &str| {
        // 9.00 is as good as 09:00.
        let tijd = format!("{:0>5}", tekst.trim().replace('.', ":")).parse::<Time>().ok();
        let minuten = tijd.and_then(|tijd| u16::try_from(i32::from(tijd.hour()) * 60 + i32::from(tijd.minute())).ok());
        if minuten.is_none() {
            t.mis(veld, "Vul een tijd in, bijvoorbeeld 09:00.");
        }
        minuten
    };
    let (van, tot) = (lees("van", &wens.van), lees("tot", &wens.tot));
    let opening = van.zip(tot).map(|(van, tot)| Opening { van, tot })?;
    if !opening.is_mogelijk() {
        t.mis("tot", "De tijd van sluiten ligt na de tijd van openen.");
    }
    Some(opening)
}

/// Every time that a shift comes back: on the same clock, whatever summer time does.
fn diensten(
    t: &mut Teksten<'_>,
    wens: &WachtdienstWens,
    o: &Omgeving<'_>,
) -> Option<Vec<(WachtdienstId, Instant, Instant)>> {
    let mut lees = |veld: &str, tekst: &str| lees_tijdstip(veld, tekst).map_err(|fouten| t.fouten.extend(fouten)).ok();
    let (van, tot) = (lees("van", &wens.van), lees("tot", &wens.tot));
    let keren = match wens.keren.as_deref().map(str::trim).filter(|tekst| !tekst.is_empty()) {
        None => Some(1),
        Some(tekst) => tekst.parse::<u32>().ok().filter(|keren| (1..=KEREN_MAX).contains(keren)),
    };
    if keren.is_none() {
        t.mis("keren", "Vul een getal in van 1 tot en met 52.");
    }
    let ((van, tot), keren) = van.zip(tot).zip(keren)?;
    if tot <= van {
        t.mis("tot", "Het einde ligt na het begin.");
        return None;
    }
    if tot.lokaal().date() > van.lokaal().date().saturating_add(Span::new().days(DIENST_DAGEN_MAX)) {
        t.mis("tot", "Een dienst duurt hooguit acht dagen.");
    }
    if tot <= o.nu {
        t.mis("tot", "Deze dienst is al voorbij.");
    }
    let na =
        |op: Instant, weken: u32| Instant::uit_lokaal(op.lokaal().saturating_add(Span::new().weeks(i64::from(weken))));
    let id = |keer: u32| WachtdienstId(o.command_id.afgeleid(&format!("wachtdienst-{keer}")));
    Some((0..keren).map(|keer| (id(keer), na(van, keer), na(tot, keer))).collect())
}

/// What somebody must look at at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waarover {
    /// A report that its reporter called urgent.
    Melding,
    /// Veilig Thuis called the crisis service in.
    Crisis,
}

/// The roster and the alarms of an organisation.
pub struct WachtBeeld {
    pub versie: u64,
    pub op: Instant,
    /// Whether the organisation ever recorded anything here.
    pub begonnen: bool,
    pub opening: Option<Opening>,
    /// What has not ended, in order of time.
    pub diensten: Vec<DienstBeeld>,
    /// When nobody is on call in the days that the agreement looks ahead.
    pub gaten: Vec<Gat>,
    pub regel: Wachtregel,
    /// Newest first.
    pub alarmen: Vec<AlarmBeeld>,
    /// Nothing leaves this installation.
    pub nagebootst: bool,
}

/// Somebody on the roster, with name and telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DienstBeeld {
    pub dienst: WachtdienstId,
    pub rang: Rang,
    pub van: Instant,
    pub tot: Instant,
    pub naam: String,
    pub telefoon: String,
}

/// An alarm, with the casus by its number.
pub struct AlarmBeeld {
    pub verloop: Alarmverloop,
    pub nummer: String,
    pub waarover: Waarover,
    /// What would be, or was, read on the telephone.
    pub tekst: String,
    pub verzonden: Vec<Verzonden>,
    /// By name, per turn.
    pub namen: Vec<(WachtdienstId, String)>,
}

impl WachtBeeld {
    /// Who of a rank is on call now.
    pub fn nu_in_dienst(&self, rang: Rang) -> Option<&DienstBeeld> {
        self.diensten.iter().find(|dienst| dienst.rang == rang && dienst.van <= self.op && self.op < dienst.tot)
    }

    /// Alarms that nobody answered and that go.
    pub fn onbeantwoord(&self) -> usize {
        use domain::wacht::Stand::{Niemand, NietBevestigd};
        let open = self.alarmen.iter().filter(|een| matches!(een.verloop.stand(self.op), Niemand | NietBevestigd));
        open.count()
    }
}

fn dienst_tekst(staat: &Wacht, stukken: &[Geopend], dienst: WachtdienstId, soort: &str) -> String {
    // The words of an act go with its first event; a shift that comes back is a later one of it.
    let versie = staat.diensten.get(&dienst).map_or(0, |dienst| dienst.versie);
    let van_de_daad = stukken.iter().filter(|stuk| stuk.versie <= versie && stuk.soort == soort);
    van_de_daad.max_by_key(|stuk| stuk.versie).map(|stuk| stuk.inhoud.clone()).unwrap_or_default()
}

impl App {
    /// Runs one request on the roster of the worker's own organisation.
    ///
    /// # Errors
    /// A mistake in the request, an alarm that is not this organisation's, no agreement, or a fault.
    pub async fn voer_wacht_uit(&self, opdracht: &EigenOpdracht<WachtDaad>) -> Result<Antwoord, AppFout> {
        let organisatie = opdracht.actor.organisatie.clone();
        let geldig = self.wacht_afspraak(&organisatie).ok_or(AppFout::NietGevonden)?;
        let mut doe = opdracht.wens.clone();
        if let WachtDaad::BevestigAlarm(wens) = &mut doe {
            let rij = self.casussen_met_spoed(&opdracht.actor).await?.remove(&wens.casus).flatten();
            let punten = self.spoedpunten(wens.casus, rij.as_ref(), &organisatie).await?;
            let punt = punten.into_iter().map(|(punt, ..)| punt).find(|punt| punt.alarm == wens.alarm);
            wens.punt = Some(punt.ok_or(AppFout::NietGevonden)?);
        }
        self.voer_eigen_uit::<Rooster>(&EigenOpdracht {
            id: opdracht.id,
            stroom: None,
            verwacht: None,
            actor: opdracht.actor.clone(),
            gebeurd_op: opdracht.gebeurd_op,
            wens: WachtWens { organisatie, afspraak: geldig.bundel.afspraak.clone(), doe },
        })
        .await
    }

    /// The agreement by which an organisation keeps its roster: the first that it is a party of.
    fn wacht_afspraak(&self, organisatie: &OrganisatieId) -> Option<&GeldigeBundel> {
        self.afspraken_van(organisatie).into_iter().next()
    }

    /// Every organisation that ever kept a roster: who has none has nobody to call, and the page says so.
    pub(crate) async fn organisaties_met_rooster(&self) -> Result<Vec<OrganisatieId>, AppFout> {
        Ok(self.store().organisaties_met(Gebeurtenis::STROOM).await?)
    }

    /// What cannot wait in a casus, for an organisation that must look: Veilig Thuis at a report that was called urgent, the
    /// crisis service when it is called in. With the number of the casus; nothing where there is no such casus. Of one that
    /// cannot be read the worklist says whether it is urgent: somebody is woken rather once too often.
    async fn spoedpunten(
        &self,
        id: CasusId,
        rij: Option<&CasusRij>,
        organisatie: &OrganisatieId,
    ) -> Result<Vec<(Spoedpunt, String, Waarover)>, AppFout> {
        let Some(geladen) = self.laad_leesbaar(id).await? else {
            let alarm = AlarmId(CommandId(id.0).afgeleid("onleesbaar"));
            let punt = |rij: &CasusRij| Spoedpunt { alarm, casus: id, op: rij.laatst_op, gezien_op: None };
            let rij = rij.filter(|rij| rij.spoed);
            return Ok(rij.map(|rij| (punt(rij), rij.nummer.clone(), Waarover::Melding)).into_iter().collect());
        };
        let (casus, nummer) = (&geladen.casus, nummer_van(id, &geladen.casus));
        let mut punten = Vec::new();
        for vastlegging in &geladen.stroom {
            let CasusGebeurtenis::MeldingOntvangen { melding, spoed_gevraagd: true, .. } = &vastlegging.gebeurtenis
            else {
                continue;
            };
            let melding = casus.melding(*melding).filter(|melding| !melding.is_weg());
            let Some(melding) = melding.filter(|_| casus.veilig_thuis.as_ref() == Some(organisatie)) else { continue };
            let spoed = match &melding.spoed {
                Spoed::Erkend(feit) | Spoed::Afgewezen(feit) => Some(feit.vastgelegd_op),
                Spoed::Gevraagd | Spoed::NietGevraagd => None,
            };
            let beoordeeld = melding.beoordeling.as_ref().map(|beoordeling| beoordeling.feit.vastgelegd_op);
            let besloten = melding.besluit.as_ref().map(|besluit| besluit.feit.vastgelegd_op);
            let punt = Spoedpunt {
                alarm: AlarmId(melding.id.0),
                casus: id,
                op: vastlegging.vastgelegd_op,
                gezien_op: [spoed, beoordeeld, besloten].into_iter().flatten().min(),
            };
            punten.push((punt, nummer.clone(), Waarover::Melding));
        }
        for crisis in casus.crises.iter().filter(|crisis| crisis.organisatie == *organisatie) {
            let alarm = AlarmId(CommandId(id.0).afgeleid(&format!("crisis-{}", crisis.feit.versie)));
            let gezien_op = crisis.gestabiliseerd.as_ref().map(|feit| feit.vastgelegd_op);
            let punt = Spoedpunt { alarm, casus: id, op: crisis.feit.vastgelegd_op, gezien_op };
            punten.push((punt, nummer.clone(), Waarover::Crisis));
        }
        Ok(punten)
    }

    /// The casussen of an organisation in which something cannot wait, with what its worklist says of them now.
    async fn casussen_met_spoed(&self, actor: &Actor) -> Result<BTreeMap<CasusId, Option<CasusRij>>, AppFout> {
        let vraag = WerkVraag { maximum: CASUSSEN_MAX, ..self.werkvraag(actor) };
        let rijen = self.store().werkvoorraad(vraag).await?.into_iter().map(|werk| werk.rij);
        // A crisis service has a part beside zicht, and no casus in which a report waits for it.
        Ok(rijen.filter(|rij| rij.spoed || rij.rol == "deeltaak").map(|rij| (rij.casus, Some(rij))).collect())
    }

    async fn alarmen(
        &self,
        actor: &Actor,
        (staat, stukken): (&Wacht, &[Geopend]),
        casussen: &BTreeMap<CasusId, Option<CasusRij>>,
    ) -> Result<Vec<AlarmBeeld>, AppFout> {
        let mut alarmen = Vec::new();
        for (casus, rij) in casussen {
            for (punt, nummer, waarover) in self.spoedpunten(*casus, rij.as_ref(), &actor.organisatie).await? {
                // By the agreement that held when it came in.
                let afspraak = self.wacht_afspraak(&actor.organisatie).map(|geldig| &geldig.bundel.afspraak);
                let bundel = &self.geldig_voor(afspraak, punt.op)?.bundel;
                let Some(verloop) = regel(bundel).and_then(|regel| staat.verloop(regel, &bundel.kalender, &punt))
                else {
                    continue;
                };
                let verzonden: Vec<_> = staat.verzonden_voor(punt.alarm).cloned().collect();
                let diensten = verloop.beurten.iter().map(|beurt| beurt.dienst);
                let diensten: BTreeSet<_> = diensten.chain(verzonden.iter().map(|een| een.dienst)).collect();
                let naam = |dienst| (dienst, dienst_tekst(staat, stukken, dienst, "naam"));
                let (tekst, namen) = (alarmtekst(&nummer), diensten.into_iter().map(naam).collect());
                alarmen.push(AlarmBeeld { verloop, nummer, waarover, tekst, verzonden, namen });
            }
        }
        alarmen.sort_by_key(|een| (std::cmp::Reverse(een.verloop.op), een.verloop.punt.alarm));
        Ok(alarmen)
    }

    /// The roster and the alarms of the worker's own organisation; nothing when it has no agreement.
    ///
    /// # Errors
    /// Faults of store and keys.
    pub async fn wacht(&self, actor: &Actor) -> Result<Option<WachtBeeld>, AppFout> {
        let Some(geldig) = self.wacht_afspraak(&actor.organisatie) else { return Ok(None) };
        let Some(regel) = regel(&geldig.bundel) else { return Ok(None) };
        let (id, nu) = (stroom(&actor.organisatie), self.klok().nu());
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(id), "bekijk-wacht", "toegestaan", nu)).await?;
        let Gelezen::<Rooster> { rijen, staat, .. } = self.laad_eigen(id).await?;
        let stukken = self.open_stukken(id, &rijen, &actor.organisatie).await?;
        let mut casussen = self.casussen_met_spoed(actor).await?;
        let eerder = staat.verzonden.iter().map(|een| (een.op, een.casus));
        let eerder = eerder.chain(staat.bevestigd.values().map(|een| (een.op, een.casus)));
        let mut eerder: Vec<_> = eerder.collect();
        eerder.sort();
        for (_, casus) in eerder.into_iter().rev().take(ALARMEN_MAX) {
            casussen.entry(casus).or_default();
        }
        let mut alarmen = self.alarmen(actor, (&staat, &stukken), &casussen).await?;
        // What is not answered is never left out.
        let mut plek = 0;
        alarmen.retain(|een| {
            plek += 1;
            plek <= ALARMEN_MAX || een.verloop.einde().is_none()
        });
        let nog = staat.diensten.iter().filter(|(_, dienst)| dienst.einde() > nu && dienst.begin() < dienst.einde());
        let mut diensten: Vec<_> = nog
            .map(|(id, dienst)| DienstBeeld {
                dienst: *id,
                rang: dienst.rang,
                van: dienst.begin(),
                tot: dienst.einde(),
                naam: dienst_tekst(&staat, &stukken, *id, "naam"),
                telefoon: dienst_tekst(&staat, &stukken, *id, "telefoon"),
            })
            .collect();
        diensten.sort_by_key(|dienst| (dienst.van, dienst.rang));
        let vooruit = nu.dag().saturating_add(Span::new().days(regel.dagen_vooruit + 1));
        Ok(Some(WachtBeeld {
            versie: staat.versie,
            op: nu,
            begonnen: staat.begonnen.is_some(),
            opening: staat.opening_op(nu),
            diensten,
            gaten: staat.gaten(&geldig.bundel.kalender, nu, Instant::begin_van(vooruit)),
            regel: regel.clone(),
            alarmen,
            nagebootst: self.alarm().is_nagebootst(),
        }))
    }

    /// The turns in which an organisation must be called now.
    pub(crate) async fn te_alarmeren(&self, actor: &Actor) -> Result<Vec<TeAlarmeren>, AppFout> {
        let id = stroom(&actor.organisatie);
        let Gelezen::<Rooster> { rijen, staat, .. } = self.laad_eigen(id).await?;
        if staat.diensten.is_empty() {
            return Ok(Vec::new());
        }
        let nu = self.klok().nu();
        let casussen = self.casussen_met_spoed(actor).await?;
        if casussen.is_empty() {
            return Ok(Vec::new());
        }
        let stukken = self.open_stukken(id, &rijen, &actor.organisatie).await?;
        let mut alle = Vec::new();
        for een in self.alarmen(actor, (&staat, &stukken), &casussen).await? {
            alle.extend(staat.te_verzenden(&een.verloop, nu).into_iter().map(|(rang, dienst)| TeAlarmeren {
                punt: een.verloop.punt.clone(),
                nummer: een.nummer.clone(),
                rang,
                dienst,
                telefoon: dienst_tekst(&staat, &stukken, dienst, "telefoon"),
            }));
        }
        Ok(alle)
    }

    /// Records what came of an alarm.
    pub(crate) async fn leg_alarm_vast(
        &self,
        actor: &Actor,
        beurt: TeAlarmeren,
        aankomst: Aankomst,
    ) -> Result<(), AppFout> {
        let TeAlarmeren { punt, rang, dienst, .. } = beurt;
        let nu = self.klok().nu();
        let id = CommandId(CommandId(punt.alarm.0).afgeleid(&format!("{}-{}", rang.als_str(), nu.0)));
        let nagebootst = self.alarm().is_nagebootst();
        let wens = WachtDaad::LegAlarmVast(Alarmuitkomst { punt, rang, dienst, aankomst, nagebootst });
        let opdracht = EigenOpdracht { id, stroom: None, verwacht: None, actor: actor.clone(), gebeurd_op: None, wens };
        if let Antwoord::Geweigerd(weigering) = self.voer_wacht_uit(&opdracht).await? {
            // Another process was first.
            tracing::warn!(code = weigering.reden.code.als_str(), "een alarm is niet nog eens vastgelegd");
        }
        Ok(())
    }
}
