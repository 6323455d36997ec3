//! The rows as the tables have them, and their way into the rows of the port: the same for both stores, whose tables
//! have the same columns.
//!
//! What it does not know: which database a row came from, and any statement. [`sqlx::FromRow`] is the only part of sqlx
//! that it uses; a store that has a column of another type cannot use the row and does not compile.

use app::{codec::toegang_keten, opslag::*, stap::Stap};
use domain::{ids::*, tijd::Instant};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Counts and versions are never negative in our tables; a negative one is shown as 0 and fails its checks later.
pub fn u64_uit(getal: i64) -> u64 {
    u64::try_from(getal).unwrap_or_default()
}

pub fn u32_uit(getal: i64) -> u32 {
    u32::try_from(getal).unwrap_or_default()
}

/// Databases count in signed 64 bits; nothing of ours comes near that.
pub fn i64_uit(getal: u64) -> i64 {
    i64::try_from(getal).unwrap_or(i64::MAX)
}

/// Rows of the port out of rows of a table.
pub fn alle<D, R: From<D>>(rijen: Vec<D>) -> Vec<R> {
    rijen.into_iter().map(R::from).collect()
}

/// The line of a change for a measurement: in an access log that nobody else writes, at a place that nobody else takes,
/// without what the end of a chain would say.
pub fn regel_van_meting(batch: &Batch, volgnummer: u64) -> ToegangRij {
    ToegangRij {
        regel: ToegangRegel { organisatie: "meting".into(), ..batch.toegang.clone() },
        keten: toegang_keten(&batch.toegang),
        versie: volgnummer,
        prev_hash: vec![0; 32],
        hash: vec![0; 32],
    }
}

#[derive(FromRow)]
pub struct DbEvent {
    casus: Uuid,
    versie: i64,
    soort: String,
    schema: i64,
    gebeurd_op: i64,
    vastgelegd_op: i64,
    medewerker: String,
    organisatie: String,
    command_id: Uuid,
    bundel: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
    body: Vec<u8>,
}

impl From<DbEvent> for EventRij {
    fn from(r: DbEvent) -> Self {
        Self {
            casus: CasusId(r.casus),
            versie: u64_uit(r.versie),
            soort: r.soort,
            schema: u32_uit(r.schema),
            gebeurd_op: Instant(r.gebeurd_op),
            vastgelegd_op: Instant(r.vastgelegd_op),
            medewerker: MedewerkerId(r.medewerker),
            organisatie: OrganisatieId(r.organisatie),
            command_id: CommandId(r.command_id),
            bundel: BundelHash(r.bundel),
            prev_hash: r.prev_hash,
            hash: r.hash,
            body: r.body,
        }
    }
}

/// An event, and beside it what one command did on the stream, on every row the same.
#[derive(FromRow)]
pub struct DbEventBijOpdracht {
    #[sqlx(flatten)]
    event: DbEvent,
    digest: Option<Vec<u8>>,
    eerste_versie: Option<i64>,
    laatste_versie: Option<i64>,
}

/// A command wrote at least one event: on a stream without events none was carried out.
pub fn bij_opdracht(rijen: Vec<DbEventBijOpdracht>, id: CommandId) -> (Vec<EventRij>, Option<OpdrachtRij>) {
    let opdracht = rijen.first().and_then(|rij| {
        Some(OpdrachtRij {
            id,
            digest: rij.digest.clone()?,
            eerste_versie: u64_uit(rij.eerste_versie?),
            laatste_versie: u64_uit(rij.laatste_versie?),
        })
    });
    (rijen.into_iter().map(|rij| rij.event.into()).collect(), opdracht)
}

#[derive(FromRow)]
pub struct DbFeed {
    transactie: i64,
    positie: i64,
    #[sqlx(flatten)]
    event: DbEvent,
}

impl From<DbFeed> for FeedRij {
    fn from(r: DbFeed) -> Self {
        let plek = FeedPlek { transactie: u64_uit(r.transactie), positie: u64_uit(r.positie) };
        Self { plek, event: r.event.into() }
    }
}

#[derive(FromRow)]
pub struct DbFragment {
    id: Uuid,
    casus: Uuid,
    eigenaar: String,
    onderwerp: String,
    soort: String,
    versie: i64,
    verzegeld: Vec<u8>,
}

impl From<DbFragment> for FragmentRij {
    fn from(r: DbFragment) -> Self {
        Self {
            id: FragmentId(r.id),
            casus: CasusId(r.casus),
            eigenaar: OrganisatieId(r.eigenaar),
            onderwerp: r.onderwerp,
            soort: r.soort,
            versie: u64_uit(r.versie),
            verzegeld: r.verzegeld,
        }
    }
}

#[derive(FromRow)]
pub struct DbVerband {
    casus: Uuid,
    organisatie: String,
    ander: Uuid,
}

impl From<DbVerband> for VerbandRij {
    fn from(r: DbVerband) -> Self {
        Self { casus: CasusId(r.casus), organisatie: OrganisatieId(r.organisatie), ander: CasusId(r.ander) }
    }
}

#[derive(FromRow)]
pub struct DbEigen {
    casus: Uuid,
    organisatie: String,
    soort: String,
    nummer: String,
    stand: String,
    kenmerk: String,
    ander: Option<String>,
    medewerker: Option<String>,
    aan_zet: bool,
    gesloten: bool,
    begonnen_op: i64,
    laatst_op: i64,
}

impl From<DbEigen> for EigenRij {
    fn from(r: DbEigen) -> Self {
        Self {
            stroom: CasusId(r.casus),
            organisatie: OrganisatieId(r.organisatie),
            soort: r.soort,
            nummer: r.nummer,
            stand: r.stand,
            kenmerk: r.kenmerk,
            ander: r.ander.map(OrganisatieId),
            medewerker: r.medewerker.map(MedewerkerId),
            aan_zet: r.aan_zet,
            gesloten: r.gesloten,
            begonnen_op: Instant(r.begonnen_op),
            laatst_op: Instant(r.laatst_op),
        }
    }
}

#[derive(FromRow)]
pub struct DbZoeksleutel {
    eigenaar: String,
    soort: String,
    sleutel: Vec<u8>,
    casus: Uuid,
    persoon: Uuid,
}

impl From<DbZoeksleutel> for ZoeksleutelRij {
    fn from(r: DbZoeksleutel) -> Self {
        Self {
            eigenaar: OrganisatieId(r.eigenaar),
            soort: r.soort,
            sleutel: r.sleutel,
            casus: CasusId(r.casus),
            persoon: PersoonId(r.persoon),
        }
    }
}

#[derive(FromRow)]
pub struct DbDatasleutel {
    casus: Uuid,
    eigenaar: String,
    onderwerp: String,
    verpakt: Vec<u8>,
}

impl From<DbDatasleutel> for DatasleutelRij {
    fn from(r: DbDatasleutel) -> Self {
        Self {
            casus: CasusId(r.casus),
            eigenaar: OrganisatieId(r.eigenaar),
            onderwerp: r.onderwerp,
            verpakt: r.verpakt,
        }
    }
}

/// A data key, or a fragment: what stands beside it is absent.
#[derive(FromRow)]
pub struct DbSleutelOfFragment {
    eigenaar: String,
    onderwerp: Option<String>,
    verpakt: Option<Vec<u8>>,
    id: Option<Uuid>,
}

/// The data keys of a casus, and per owner the last of the fragments.
pub fn sleutels_en_fragmenten(
    casus: CasusId,
    rijen: Vec<DbSleutelOfFragment>,
) -> (Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>) {
    let (mut sleutels, mut nieuwste) = (Vec::new(), BTreeMap::new());
    for DbSleutelOfFragment { eigenaar, onderwerp, verpakt, id } in rijen {
        let eigenaar = OrganisatieId(eigenaar);
        match (onderwerp, verpakt, id) {
            (Some(onderwerp), Some(verpakt), _) => {
                sleutels.push(DatasleutelRij { casus, eigenaar, onderwerp, verpakt });
            }
            (_, _, id) => nieuwste.extend(id.map(|id| (eigenaar, FragmentId(id)))),
        }
    }
    (sleutels, nieuwste.into_iter().collect())
}

#[derive(FromRow)]
pub struct DbToegang {
    organisatie: String,
    keten: i64,
    versie: i64,
    op: i64,
    medewerker: String,
    casus: Option<Uuid>,
    handeling: String,
    uitkomst: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl From<DbToegang> for ToegangRij {
    fn from(r: DbToegang) -> Self {
        Self {
            regel: ToegangRegel {
                op: Instant(r.op),
                medewerker: MedewerkerId(r.medewerker),
                organisatie: OrganisatieId(r.organisatie),
                casus: r.casus.map(CasusId),
                handeling: r.handeling,
                uitkomst: r.uitkomst,
            },
            // A number that is no chain stays one: its hash fits nowhere.
            keten: u8::try_from(r.keten).unwrap_or(u8::MAX),
            versie: u64_uit(r.versie),
            prev_hash: r.prev_hash,
            hash: r.hash,
        }
    }
}

#[derive(FromRow)]
pub struct DbWerk {
    casus: Uuid,
    organisatie: String,
    nummer: String,
    rol: String,
    gemeente: String,
    personen: i64,
    kinderen: i64,
    toegewezen_aan: Option<String>,
    spoed: bool,
    gesloten: bool,
    termijn_soort: Option<String>,
    termijn_naam: Option<String>,
    termijn_uiterlijk: Option<i64>,
    stappen: String,
    ontvangen_op: i64,
    laatst_op: i64,
    naam: Option<Uuid>,
    houder: Option<String>,
    houder_sinds: Option<i64>,
    houder_grond: Option<String>,
    straks: Option<String>,
    straks_op: Option<i64>,
    f_onderwerp: Option<String>,
    f_soort: Option<String>,
    f_versie: Option<i64>,
    f_verzegeld: Option<Vec<u8>>,
    d_verpakt: Option<Vec<u8>>,
}

impl From<DbWerk> for WerkRij {
    fn from(r: DbWerk) -> Self {
        let naam = naam_uit(&r);
        Self {
            houder: r.houder.map(OrganisatieId),
            houder_sinds: r.houder_sinds.map(Instant),
            houder_grond: r.houder_grond.map(ClausuleId),
            straks: r.straks.map(OrganisatieId),
            straks_op: r.straks_op.map(Instant),
            naam,
            rij: CasusRij {
                casus: CasusId(r.casus),
                organisatie: OrganisatieId(r.organisatie),
                nummer: r.nummer,
                rol: r.rol,
                gemeente: r.gemeente,
                personen: u32_uit(r.personen),
                kinderen: u32_uit(r.kinderen),
                toegewezen_aan: r.toegewezen_aan.map(MedewerkerId),
                spoed: r.spoed,
                gesloten: r.gesloten,
                termijn_soort: r.termijn_soort,
                termijn_naam: r.termijn_naam,
                termijn_uiterlijk: r.termijn_uiterlijk.map(Instant),
                stappen: Stap::uit_tekst(&r.stappen),
                ontvangen_op: Instant(r.ontvangen_op),
                laatst_op: Instant(r.laatst_op),
                naam: r.naam.map(FragmentId),
            },
        }
    }
}

fn naam_uit(r: &DbWerk) -> Option<(FragmentRij, DatasleutelRij)> {
    let (casus, eigenaar) = (CasusId(r.casus), OrganisatieId(r.organisatie.clone()));
    let onderwerp = r.f_onderwerp.clone()?;
    let fragment = FragmentRij {
        id: FragmentId(r.naam?),
        casus,
        eigenaar: eigenaar.clone(),
        onderwerp: onderwerp.clone(),
        soort: r.f_soort.clone()?,
        versie: u64_uit(r.f_versie?),
        verzegeld: r.f_verzegeld.clone()?,
    };
    Some((fragment, DatasleutelRij { casus, eigenaar, onderwerp, verpakt: r.d_verpakt.clone()? }))
}

#[derive(FromRow)]
pub struct DbOverdracht {
    casus: Uuid,
    organisatie: String,
    overdracht: Uuid,
    nummer: String,
    van: String,
    naar: String,
    gemeente: String,
    wijze: String,
    stand: String,
    compleet: bool,
    aangeboden_op: i64,
    beslist_op: Option<i64>,
    uiterlijk: Option<i64>,
    aan_zet: Option<String>,
    zet: Option<String>,
    per: Option<i64>,
}

impl From<DbOverdracht> for OverdrachtRij {
    fn from(r: DbOverdracht) -> Self {
        Self {
            casus: CasusId(r.casus),
            organisatie: OrganisatieId(r.organisatie),
            overdracht: OverdrachtId(r.overdracht),
            nummer: r.nummer,
            van: OrganisatieId(r.van),
            naar: OrganisatieId(r.naar),
            gemeente: r.gemeente,
            wijze: r.wijze,
            stand: r.stand,
            compleet: r.compleet,
            aangeboden_op: Instant(r.aangeboden_op),
            beslist_op: r.beslist_op.map(Instant),
            uiterlijk: r.uiterlijk.map(Instant),
            aan_zet: r.aan_zet.map(OrganisatieId),
            zet: r.zet,
            per: r.per.map(Instant),
        }
    }
}

#[derive(FromRow)]
pub struct DbWekker {
    casus: Uuid,
    soort: String,
    sleutel: String,
    op: i64,
    organisatie: String,
}

impl From<DbWekker> for WekkerRij {
    fn from(r: DbWekker) -> Self {
        Self {
            casus: CasusId(r.casus),
            soort: r.soort,
            sleutel: r.sleutel,
            op: Instant(r.op),
            organisatie: OrganisatieId(r.organisatie),
        }
    }
}

#[derive(FromRow)]
pub struct DbSessie {
    token_hash: Vec<u8>,
    medewerker: String,
    organisatie: String,
    naam: String,
    begonnen_op: i64,
    laatst_op: i64,
}

impl From<DbSessie> for SessieRij {
    fn from(r: DbSessie) -> Self {
        Self {
            token_hash: r.token_hash,
            medewerker: MedewerkerId(r.medewerker),
            organisatie: OrganisatieId(r.organisatie),
            naam: r.naam,
            begonnen_op: Instant(r.begonnen_op),
            laatst_op: Instant(r.laatst_op),
        }
    }
}

#[derive(FromRow)]
pub struct DbBericht {
    afzender: String,
    bericht: String,
    soort: String,
    digest: Vec<u8>,
    ontvangen_op: i64,
    veilig_thuis: Option<String>,
    stand: String,
    reden: Option<String>,
}

impl From<DbBericht> for BerichtRij {
    fn from(r: DbBericht) -> Self {
        Self {
            afzender: OrganisatieId(r.afzender),
            bericht: r.bericht,
            soort: r.soort,
            digest: r.digest,
            ontvangen_op: Instant(r.ontvangen_op),
            veilig_thuis: r.veilig_thuis.map(OrganisatieId),
            stand: r.stand,
            reden: r.reden,
        }
    }
}

#[derive(FromRow)]
pub struct DbBerichtTelling {
    afzender: String,
    soort: String,
    stand: String,
    aantal: i64,
}

impl From<DbBerichtTelling> for BerichtTelling {
    fn from(r: DbBerichtTelling) -> Self {
        Self { afzender: OrganisatieId(r.afzender), soort: r.soort, stand: r.stand, aantal: u64_uit(r.aantal) }
    }
}
