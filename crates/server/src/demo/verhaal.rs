//! Telling one casus: a cursor in time and one method per act. Nothing is executed here; it becomes a list of steps.

mod vervolg;

pub use vervolg::Uitkomst;

use super::{
    accounts::medewerkers,
    regio::{Melder, Regio},
    teksten::{self, Huishouden},
    toeval::Toeval,
};
use app::{
    Actor, Wens,
    wens::{
        AanbodWens, BeoordelingWens, BesluitWens, ContactWens, HerstelWens, InformeerWens, MeldWens, MelderWens,
        MeldingVerwijzing, MondelingWens, OverdrachtVerwijzing, RegieWens, SluitWens, TerugkoppelWens, Toelichting,
        ToewijsWens, WeigerWens,
    },
};
use domain::{
    afspraak::{Bundel, Doelgroep, Fase, Ontvangt, Partij},
    beoordelingen::Functie,
    gebeurtenis::{
        Antwoord, BesluitSoort, ContactWijze, Contactduur, Openheid, OverdrachtWijze, SluitingWijze, Taxatie,
        WeigerReden,
    },
    ids::{CasusId, CommandId, MedewerkerId, MeldingId, OrganisatieId},
    tijd::Instant,
};
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const MINUUT: i64 = 60_000_000;
/// Minutes after midnight at which an office day begins, and how long it lasts.
const KANTOOR_OPEN: i64 = 8 * 60 + 35;
const KANTOOR_DUUR: i64 = 480;

/// One act in a story.
#[derive(Clone, Debug)]
pub struct Stap {
    pub op: Instant,
    pub gebeurd_op: Option<Instant>,
    pub id: CommandId,
    /// Absent for the report that opens the casus.
    pub casus: Option<CasusId>,
    pub actor: Actor,
    pub wens: Wens,
    /// The act whose time is corrected by this one; its version is known once it is done.
    pub herstelt: Option<CommandId>,
    /// The story says that this is refused, with this code.
    pub weigering: Option<&'static str>,
}

/// What a story is told in the light of.
#[derive(Clone, Copy)]
pub struct Omgeving<'a> {
    pub bundel: &'a Bundel,
    pub regio: &'static Regio,
    pub nu: Instant,
    pub zaad: u64,
    /// How often a further report comes, in thousandths of what is told otherwise.
    pub vervolg: i64,
}

/// One casus while it is told.
#[derive(Clone)]
pub struct Verhaal<'a> {
    pub o: Omgeving<'a>,
    pub t: Toeval,
    pub op: Instant,
    pub gemeente: &'static str,
    pub huis: Huishouden,
    pub stappen: Vec<Stap>,
    wortel: CommandId,
    casus: Option<CasusId>,
    /// Reports that no passing has left behind.
    lopend: Vec<(MeldingId, Openheid)>,
    vt: OrganisatieId,
    vt_medewerker: MedewerkerId,
    /// The team with an offer or with zicht.
    pub team: OrganisatieId,
    team_medewerker: MedewerkerId,
    gebeurd_op: Option<Instant>,
}

/// What the commands of a story are named after. Stories are told in the order of their numbers, which stand in for the
/// times at which their commands were made.
fn wortel(zaad: u64, nummer: u64) -> CommandId {
    let mut toeval = [0; 10];
    let som = CommandId(Uuid::from_u64_pair(zaad, nummer)).afgeleid("demo");
    toeval.iter_mut().zip(som.as_bytes()).for_each(|(plek, byte)| *plek = *byte);
    CommandId::op_tijd(Instant(i64::try_from(nummer).unwrap_or(i64::MAX).saturating_mul(1_000)), toeval)
}

impl<'a> Verhaal<'a> {
    /// The story with this number; it begins at `begin`.
    pub fn new(o: Omgeving<'a>, nummer: u64, begin: Instant) -> Self {
        let mut t = Toeval::new(o.zaad, nummer);
        let gemeente = t.weeg(o.regio.gemeenten).copied().unwrap_or_default();
        let huis = Huishouden::verzin(&mut t, gemeente, begin);
        let vt = o.bundel.veilig_thuis().cloned().unwrap_or_else(|| OrganisatieId::from(""));
        let vt_medewerker = een(&mut t, medewerkers(&vt));
        let mut verhaal = Self {
            wortel: wortel(o.zaad, nummer),
            team: vt.clone(),
            team_medewerker: vt_medewerker.clone(),
            op: begin,
            stappen: Vec::new(),
            casus: None,
            lopend: Vec::new(),
            gebeurd_op: None,
            o,
            t,
            gemeente,
            huis,
            vt,
            vt_medewerker,
        };
        verhaal.kies_team();
        verhaal
    }

    /// A new casus of the same household some weeks after this one was closed, if it was.
    pub fn na_sluiting(&mut self, nummer: u64) -> Option<Self> {
        let mut besluiten = self.stappen.iter().filter_map(|stap| match &stap.wens {
            Wens::BesluitVervolg(besluit) => besluit.besluit,
            _ => None,
        });
        // "No further steps" ends the casus only when nothing else was decided before.
        let geen_stappen = besluiten.all(|besluit| besluit == BesluitSoort::GeenVerdereStappen);
        let laatste = self.stappen.last().filter(|stap| match &stap.wens {
            Wens::SluitCasus(_) => true,
            Wens::BesluitVervolg(_) => geen_stappen,
            _ => false,
        })?;
        let begin = laatste.op.plus_uren(24 * self.t.tussen(9, 70));
        let eerder_dan_nu = begin.plus_uren(24 * 2) < self.o.nu;
        let huis = self.huis.clone();
        eerder_dan_nu.then(|| Self { huis, ..Self::new(self.o, nummer, begin) }.in_gemeente(self.gemeente))
    }

    /// Moves the household before the story begins.
    pub fn in_gemeente(mut self, gemeente: &'static str) -> Self {
        self.huis.adres = self.huis.adres.replace(self.gemeente, gemeente);
        if let Some(adres) = &mut self.huis.woonadres {
            adres.plaats = Some(gemeente.to_owned());
        }
        self.gemeente = gemeente;
        self.kies_team();
        self
    }

    /// Names the team instead of letting the agreement's list decide.
    pub fn met_team(mut self, team: &str) -> Self {
        self.zet_team(OrganisatieId::from(team));
        self
    }

    fn zet_team(&mut self, team: OrganisatieId) {
        self.team_medewerker = een(&mut self.t, medewerkers(&team));
        self.team = team;
    }

    /// A receiver by the agreement: the youth team where a child lives.
    fn kies_team(&mut self) {
        let ontvangers = self.o.bundel.ontvangers(self.gemeente, Fase::Direct);
        let past = ontvangers.iter().find(|(_, partij)| is_voor_jeugd(partij) == self.huis.met_kind());
        if let Some((id, _)) = past.or(ontvangers.first()) {
            self.zet_team((*id).clone());
        }
    }

    /// Another receiver in this municipality, if there is one.
    pub fn ander_team(&mut self) -> bool {
        let ontvangers = self.o.bundel.ontvangers(self.gemeente, Fase::Direct);
        let ander = ontvangers.iter().find(|(id, _)| **id != self.team).map(|(id, _)| (*id).clone());
        match ander {
            Some(ander) => {
                self.zet_team(ander);
                true
            }
            None => false,
        }
    }

    // ------------------------------------------------------------------------------------------------ time

    /// So many minutes later, at any hour.
    pub fn minuten(&mut self, van: i64, tot: i64) {
        self.op = Instant(self.op.0 + self.t.tussen(van, tot) * MINUUT);
    }

    /// An office hour on the n-th working day from here; never earlier than here.
    pub fn werkdag(&mut self, n: i64) {
        let dag = self.o.bundel.kalender.werkdag_na(self.op.dag(), n);
        let kantoor = Instant::begin_van(dag).0 + (KANTOOR_OPEN + self.t.tussen(0, KANTOOR_DUUR)) * MINUUT;
        let straks = self.op.0 + self.t.tussen(4, 50) * MINUUT;
        self.op = Instant(kantoor.max(straks));
    }

    /// A working day some days from here.
    pub fn dagen(&mut self, van: i64, tot: i64) {
        let dagen = self.t.tussen(van, tot);
        let dag = self.op.dag().saturating_add(dagen.days());
        self.op = Instant::begin_van(dag).max(self.op);
        self.werkdag(1);
    }

    /// The next act happened earlier than it is recorded.
    pub fn gebeurde_al(&mut self, uren: i64) {
        self.gebeurd_op = Some(self.op.plus_uren(-uren));
    }

    /// Whether a further report comes.
    pub fn kans_op_vervolg(&mut self, promille: i64) -> bool {
        self.t.kans(promille * self.o.vervolg / 1_000)
    }

    /// When the last report or incident was recorded.
    pub fn laatste_onrust(&self) -> Instant {
        let onrustig = |stap: &&Stap| matches!(stap.wens, Wens::Meld(_) | Wens::LegIncidentVast(_));
        self.stappen.iter().rfind(onrustig).map_or(self.op, |stap| stap.op)
    }

    /// Whether every report was left behind by a passing.
    pub fn geen_lopende_melding(&self) -> bool {
        self.lopend.is_empty()
    }

    // ------------------------------------------------------------------------------------------------ acts

    fn stap(&mut self, actor: Actor, wens: Wens) -> CommandId {
        let id = CommandId(self.wortel.afgeleid(&format!("stap-{}", self.stappen.len())));
        self.stappen.push(Stap {
            op: self.op,
            gebeurd_op: self.gebeurd_op.take(),
            id,
            casus: self.casus,
            actor,
            wens,
            herstelt: None,
            weigering: None,
        });
        self.minuten(1, 6);
        id
    }

    /// The last act is refused, with this code.
    pub fn geweigerd(&mut self, code: &'static str) {
        if let Some(stap) = self.stappen.last_mut() {
            stap.weigering = Some(code);
        }
    }

    fn vt(&mut self, wens: Wens) -> CommandId {
        let actor = Actor { medewerker: self.vt_medewerker.clone(), organisatie: self.vt.clone() };
        self.stap(actor, wens)
    }

    fn team(&mut self, wens: Wens) -> CommandId {
        let actor = Actor { medewerker: self.team_medewerker.clone(), organisatie: self.team.clone() };
        self.stap(actor, wens)
    }

    /// A report; the first opens the casus. `eerder`: it arrived so many hours before it was recorded.
    pub fn meld(&mut self, melder: Melder, spoed: bool, eerder: i64) -> MeldingId {
        let t = &mut self.t;
        let inhoud = match melder.soort {
            "politie" => teksten::van_politie(t),
            "burger" => teksten::van_burger(t),
            _ => teksten::van_beroepskracht(t),
        };
        let eerste = self.casus.is_none();
        let naam = (melder.openheid != Openheid::Onbekend).then(|| teksten::meldernaam(t));
        let beroep = melder.soort == "beroepskracht";
        let wens = Wens::Meld(Box::new(MeldWens {
            gemeente: self.gemeente.to_owned(),
            openheid: Some(melder.openheid),
            spoed,
            contact: Some(if beroep { Contactduur::Doorlopend } else { Contactduur::Eenmalig }),
            inhoud,
            inschatting: beroep.then(|| "Ik maak mij zorgen, maar er is nu geen direct gevaar.".to_owned()),
            ontvangen_op: (eerder > 0).then(|| self.op.plus_uren(-eerder).lokaal().to_string()),
            melder: MelderWens {
                soort: melder.soort.to_owned(),
                beroepsgroep: melder.beroepsgroep.map(str::to_owned),
                organisatie: melder.organisatie.map(OrganisatieId::from),
                naam,
                telefoon: beroep.then(|| "06-00000000".to_owned()),
                ..MelderWens::default()
            },
            huishoudnaam: eerste.then(|| self.huis.naam.to_owned()),
            adres: eerste.then(|| self.huis.adres.clone()),
            woonadres: self.huis.woonadres.clone().filter(|_| eerste),
            huishouden: if eerste { self.huis.leden.clone() } else { Vec::new() },
            ..MeldWens::default()
        }));
        // Which casus a further report belongs to is chosen at intake, by Veilig Thuis.
        let id = match melder.organisatie.filter(|_| eerste) {
            Some(organisatie) => {
                let organisatie = OrganisatieId::from(organisatie);
                let medewerker = een(&mut self.t, medewerkers(&organisatie));
                self.stap(Actor { medewerker, organisatie }, wens)
            }
            None => self.vt(wens),
        };
        let casus = self.casus.unwrap_or_else(|| app::casus_van(id));
        self.casus = Some(casus);
        let melding = app::melding_van(id, casus);
        self.lopend.push((melding, melder.openheid));
        melding
    }

    fn over(&self, melding: MeldingId) -> MeldingVerwijzing {
        MeldingVerwijzing { melding: Some(melding), reden: None }
    }

    pub fn wijs_toe_bij_vt(&mut self) {
        let medewerker = Some(self.vt_medewerker.clone());
        self.vt(Wens::WijsMedewerkerToe(ToewijsWens { medewerker }));
    }

    pub fn wijs_toe_bij_team(&mut self) {
        let medewerker = Some(self.team_medewerker.clone());
        self.team(Wens::WijsMedewerkerToe(ToewijsWens { medewerker }));
    }

    pub fn erken_spoed(&mut self, melding: MeldingId) {
        let over = self.over(melding);
        self.vt(Wens::ErkenSpoed(over));
    }

    pub fn wijs_spoed_af(&mut self, melding: MeldingId) {
        let reden = Some("Melder gebeld: het gezin is nu bij oma, er is geen direct gevaar.".to_owned());
        self.vt(Wens::WijsSpoedAf(MeldingVerwijzing { melding: Some(melding), reden }));
    }

    /// The assessment, with every criterion answered; `ja` names those that hold.
    pub fn beoordeel(&mut self, melding: MeldingId, taxatie: Taxatie, ja: &[&str]) -> CommandId {
        let criteria = &self.o.bundel.inhoud.criterium;
        let open = self.alles_open();
        let mut antwoorden = BTreeMap::from([("overige".to_owned(), Antwoord::Nee)]);
        for (sleutel, criterium) in criteria {
            if ja.contains(&sleutel.as_str()) || (criterium.volgt_uit.is_some() && !open) {
                antwoorden.insert(sleutel.clone(), Antwoord::Ja);
            }
        }
        let toelichting = Some(teksten::beoordeling(&mut self.t));
        self.vt(Wens::RondBeoordelingAf(BeoordelingWens {
            melding: Some(melding),
            taxatie: Some(taxatie),
            contra_indicaties: antwoorden,
            reden: None,
            toelichting,
        }))
    }

    pub fn besluit(&mut self, melding: MeldingId, besluit: BesluitSoort, reden: Option<&str>) {
        let voldoende_veilig = (besluit == BesluitSoort::DirecteOverdracht).then_some(true);
        let reden = reden.map(str::to_owned);
        self.vt(Wens::BesluitVervolg(BesluitWens {
            melding: Some(melding),
            besluit: Some(besluit),
            voldoende_veilig,
            overleg: [Functie::Medewerker, Functie::Gedragswetenschapper].into(),
            toewijzing: self.toewijzing(besluit),
            reden,
        }));
    }

    /// The first that may do the follow-up, where the agreement lists them.
    fn toewijzing(&self, besluit: BesluitSoort) -> BTreeSet<String> {
        let partijen = self.o.bundel.inhoud.vervolgpartij.iter().filter(|(_, partij)| partij.bij.contains(&besluit));
        partijen.min_by_key(|(_, partij)| partij.volgorde).map(|(sleutel, _)| sleutel.clone()).into_iter().collect()
    }

    fn contact(&mut self, gelukt: bool, geinformeerd: bool) -> Wens {
        let wijze =
            self.t.kies(&[Some(ContactWijze::Telefoon), Some(ContactWijze::Huisbezoek), Some(ContactWijze::OpKantoor)]);
        let toelichting = Some(if gelukt { teksten::gesprek(&mut self.t) } else { "Niemand bereikt.".to_owned() });
        Wens::LegContactGezinVast(ContactWens {
            wijze,
            gelukt,
            geinformeerd,
            teruggekoppeld: false,
            persoon: None,
            reden: None,
            toelichting,
        })
    }

    pub fn vt_spreekt_gezin(&mut self) {
        let wens = self.contact(true, true);
        self.vt(wens);
    }

    pub fn team_spreekt_gezin(&mut self, gelukt: bool) {
        let wens = self.contact(gelukt, false);
        self.team(wens);
    }

    pub fn informeer_gezin(&mut self) {
        let toelichting = Some("Brief met uitleg over de melding en wat er nu gebeurt.".to_owned());
        self.vt(Wens::InformeerGezin(InformeerWens { wijze: Some(ContactWijze::Brief), toelichting }));
    }

    pub fn koppel_terug(&mut self, melding: MeldingId) {
        let over = self.over(melding);
        self.vt(Wens::KoppelTerugAanMelder(TerugkoppelWens { melding: over.melding, ..Default::default() }));
    }

    fn alles_open(&self) -> bool {
        self.lopend.iter().all(|(_, openheid)| *openheid == Openheid::Open)
    }

    /// The offer, complete; at a table the team may have the content at once.
    pub fn bied_aan(&mut self, gegevens_ontvangen: bool, reden: Option<&str>) {
        let bundel = self.o.bundel;
        let open = self.alles_open();
        let overgang = bundel.overgang(Fase::Direct, bundel.soort_van(&self.team));
        let tafel = overgang.is_some_and(|overgang| !overgang.wijzen.is_empty());
        let mee = |ontvanger: &Ontvangt| match ontvanger {
            Ontvangt::Ja => true,
            Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => false,
            Ontvangt::AlleenBijOpenMelding => open,
        };
        let onderdelen = bundel.onderdelen(Fase::Direct).into_iter().filter(|(_, onderdeel)| mee(&onderdeel.ontvanger));
        let inhoud = onderdelen
            .map(|(sleutel, _)| {
                let tekst = match sleutel {
                    "contactgegevens-melder" => "Via het algemene nummer van de melder, 06-00000000.".to_owned(),
                    "inhoud-melding" => "Herhaalde ruzies thuis; de kinderen zijn daarbij. Zie het verslag.".to_owned(),
                    _ => teksten::beoordeling(&mut self.t),
                };
                (sleutel.to_owned(), tekst)
            })
            .collect();
        let los = self.t.kies(&[Some(OverdrachtWijze::Telefoon), Some(OverdrachtWijze::Digitaal)]);
        self.vt(Wens::BiedOverdrachtAan(AanbodWens {
            naar: Some(self.team.clone()),
            wijze: if tafel { Some(OverdrachtWijze::Overdrachtstafel) } else { los },
            inhoud,
            gezin_geinformeerd: false,
            verzonden: true,
            gegevens_ontvangen,
            mede_ontvangers: Default::default(),
            oordelen: None,
            reden: reden.or_else(|| self.waarom_jeugd()).map(str::to_owned),
        }));
    }

    /// Why a team for children gets a household without one.
    fn waarom_jeugd(&self) -> Option<&'static str> {
        let voor_jeugd = self.o.bundel.inhoud.partij.get(&self.team).is_some_and(is_voor_jeugd);
        (voor_jeugd && !self.huis.met_kind())
            .then_some("Met het jeugdteam is besproken dat het dit huishouden helpt; een ander team is er niet.")
    }

    pub fn bevestig_ontvangst(&mut self) {
        self.team(Wens::BevestigOntvangstGegevens(OverdrachtVerwijzing::default()));
    }

    pub fn noteer_mondeling(&mut self) {
        let wie = Some("de coördinator van het team, aan de telefoon".to_owned());
        self.vt(Wens::NoteerMondelingeBevestiging(MondelingWens { wie, ..MondelingWens::default() }));
    }

    pub fn accepteer(&mut self) {
        self.team(Wens::AccepteerOverdracht(OverdrachtVerwijzing::default()));
        self.lopend.clear();
    }

    /// The team tries to accept an offer that a new report has suspended.
    pub fn accepteer_vergeefs(&mut self) {
        self.team(Wens::AccepteerOverdracht(OverdrachtVerwijzing::default()));
        self.geweigerd("overdracht-opgeschort");
    }

    pub fn weiger(&mut self, reden_code: WeigerReden) {
        let reden = Some(teksten::weigering(&mut self.t));
        self.team(Wens::WeigerOverdracht(WeigerWens { overdracht: None, reden_code: Some(reden_code), reden }));
    }

    pub fn trek_in(&mut self) {
        let reden = Some(teksten::intrekking(&mut self.t));
        self.vt(Wens::TrekOverdrachtIn(OverdrachtVerwijzing { overdracht: None, reden }));
    }

    pub fn maak_afspraak(&mut self) {
        self.team(Wens::MaakAfspraakGezin(Toelichting::default()));
    }

    pub fn neem_over(&mut self) {
        let reden = Some("Het team kan de veiligheid na het incident niet alleen volgen.".to_owned());
        self.vt(Wens::NeemZichtOver(Toelichting { reden, toelichting: None }));
    }

    pub fn leg_regie_vast(&mut self) {
        let organisatie = Some(self.team.clone());
        self.vt(Wens::LegRegieVast(RegieWens { organisatie, ..RegieWens::default() }));
    }

    pub fn incident(&mut self, bij_team: bool) {
        let wens =
            Wens::LegIncidentVast(Toelichting { reden: None, toelichting: Some(teksten::incident(&mut self.t)) });
        if bij_team {
            self.team(wens)
        } else {
            self.vt(wens)
        };
    }

    /// The time of an earlier act was wrong: it happened so many hours before it was recorded.
    pub fn herstel(&mut self, wat: CommandId, uren: i64) {
        let vastgelegd_op = self.stappen.iter().find(|stap| stap.id == wat).map_or(self.op, |stap| stap.op);
        let gebeurd_op = vastgelegd_op.plus_uren(-uren).lokaal().to_string();
        let reden = Some("Verkeerde dag gekozen bij het invullen.".to_owned());
        self.vt(Wens::HerstelVastlegging(HerstelWens { versie: 0, gebeurd_op, reden }));
        if let Some(stap) = self.stappen.last_mut() {
            stap.herstelt = Some(wat);
        }
    }

    pub fn sluit(&mut self, wijze: SluitingWijze, bij_team: bool) {
        let regel = self.o.bundel.inhoud.sluiting.get(&wijze.als_str());
        let bevestigd = regel.map(|regel| regel.voorwaarden.keys().cloned().collect()).unwrap_or_default();
        let wens = Wens::SluitCasus(SluitWens { wijze: Some(wijze), bevestigd, reden: None, toelichting: None });
        if bij_team {
            self.team(wens)
        } else {
            self.vt(wens)
        };
    }
}

fn is_voor_jeugd(partij: &Partij) -> bool {
    partij.doelgroep == Some(Doelgroep::Jeugd)
}

fn een(t: &mut Toeval, medewerkers: Vec<MedewerkerId>) -> MedewerkerId {
    let index = usize::try_from(t.tussen(0, i64::try_from(medewerkers.len()).unwrap_or(1) - 1)).unwrap_or(0);
    medewerkers.into_iter().nth(index).unwrap_or_else(|| MedewerkerId::from("medewerker"))
}
