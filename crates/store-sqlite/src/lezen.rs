//! Named reads, one function per statement.

use crate::fout;
use app::{opslag::*, poorten::StoreFout};
use domain::{ids::*, tijd::Instant};
use sqlx::{SqlitePool, query_as, query_scalar};
use store_rijen::*;
use uuid::Uuid;

type Antwoord<T> = Result<T, StoreFout>;

pub(crate) async fn laad(pool: &SqlitePool, casus: CasusId) -> Antwoord<Vec<EventRij>> {
    let rijen: Vec<DbEvent> = query_as(
        "SELECT casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, command_id, bundel, \
         prev_hash, hash, body FROM event WHERE casus = $1 ORDER BY versie",
    )
    .bind(casus.0)
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn laad_bij_opdracht(
    pool: &SqlitePool,
    casus: CasusId,
    id: CommandId,
) -> Antwoord<(Vec<EventRij>, Option<OpdrachtRij>)> {
    let rijen: Vec<DbEventBijOpdracht> = query_as(
        "SELECT e.casus, e.versie, e.soort, e.schema, e.gebeurd_op, e.vastgelegd_op, e.medewerker, e.organisatie, \
         e.command_id, e.bundel, e.prev_hash, e.hash, e.body, o.digest, o.eerste_versie, o.laatste_versie \
         FROM event e LEFT JOIN opdracht o ON o.casus = e.casus AND o.command_id = $2 \
         WHERE e.casus = $1 ORDER BY e.versie",
    )
    .bind(casus.0)
    .bind(id.0)
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(bij_opdracht(rijen, id))
}

pub(crate) async fn opdracht(pool: &SqlitePool, casus: CasusId, id: CommandId) -> Antwoord<Option<OpdrachtRij>> {
    let rij: Option<(Vec<u8>, i64, i64)> =
        query_as("SELECT digest, eerste_versie, laatste_versie FROM opdracht WHERE casus = $1 AND command_id = $2")
            .bind(casus.0)
            .bind(id.0)
            .fetch_optional(pool)
            .await
            .map_err(fout)?;
    Ok(rij.map(|(digest, eerste, laatste)| OpdrachtRij {
        id,
        digest,
        eerste_versie: u64_uit(eerste),
        laatste_versie: u64_uit(laatste),
    }))
}

pub(crate) async fn fragmenten(
    pool: &SqlitePool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
) -> Antwoord<Vec<FragmentRij>> {
    let rijen: Vec<DbFragment> = query_as(
        "SELECT id, casus, eigenaar, onderwerp, soort, versie, verzegeld FROM fragment \
         WHERE casus = $1 AND eigenaar = $2 ORDER BY versie, id",
    )
    .bind(casus.0)
    .bind(eigenaar.als_str())
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn bijlage(
    pool: &SqlitePool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
    onderwerp: &str,
) -> Antwoord<Option<FragmentRij>> {
    let rij: Option<DbFragment> = query_as(
        "SELECT id, casus, eigenaar, onderwerp, soort, versie, verzegeld FROM bijlage \
         WHERE casus = $1 AND eigenaar = $2 AND onderwerp = $3",
    )
    .bind(casus.0)
    .bind(eigenaar.als_str())
    .bind(onderwerp)
    .fetch_optional(pool)
    .await
    .map_err(fout)?;
    Ok(rij.map(FragmentRij::from))
}

/// Of two fragments of one version the last by id is the newest, as a list of all would have it.
pub(crate) async fn sleutels_en_nieuwste(
    pool: &SqlitePool,
    casus: CasusId,
    soort: &str,
) -> Antwoord<(Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>)> {
    let rijen: Vec<DbSleutelOfFragment> = query_as(
        "SELECT eigenaar, onderwerp, verpakt, CAST(NULL AS uuid) AS id, 0 AS versie FROM datasleutel WHERE casus = $1 \
         UNION ALL SELECT eigenaar, NULL, NULL, id, versie FROM fragment WHERE casus = $1 AND soort = $2 \
         ORDER BY versie, id, eigenaar, onderwerp",
    )
    .bind(casus.0)
    .bind(soort)
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(sleutels_en_fragmenten(casus, rijen))
}

pub(crate) async fn datasleutels(
    pool: &SqlitePool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
) -> Antwoord<Vec<DatasleutelRij>> {
    let rijen: Vec<DbDatasleutel> = query_as(
        "SELECT casus, eigenaar, onderwerp, verpakt FROM datasleutel WHERE casus = $1 AND eigenaar = $2 \
         ORDER BY onderwerp",
    )
    .bind(casus.0)
    .bind(eigenaar.als_str())
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn organisatiesleutel(
    pool: &SqlitePool,
    organisatie: &OrganisatieId,
) -> Antwoord<Option<OrganisatiesleutelRij>> {
    let rij: Option<(i64, Vec<u8>)> = query_as("SELECT epoch, verpakt FROM organisatiesleutel WHERE organisatie = $1")
        .bind(organisatie.als_str())
        .fetch_optional(pool)
        .await
        .map_err(fout)?;
    Ok(rij.map(|(epoch, verpakt)| OrganisatiesleutelRij {
        organisatie: organisatie.clone(),
        epoch: u32_uit(epoch),
        verpakt,
    }))
}

/// Codes in one statement.
const SLEUTELS_PER_VRAAG: usize = 64;

/// A part per code, each with its own limit, in one statement.
pub(crate) async fn zoek_sleutels(
    pool: &SqlitePool,
    eigenaar: &OrganisatieId,
    sleutels: &[(&'static str, Vec<u8>)],
    niet: CasusId,
    maximum_per_sleutel: u32,
) -> Antwoord<Vec<ZoeksleutelRij>> {
    let mut gevonden = Vec::new();
    for deel in sleutels.chunks(SLEUTELS_PER_VRAAG) {
        let delen = (0..deel.len()).map(|nummer| {
            let (soort, sleutel) = (4 + 2 * nummer, 5 + 2 * nummer);
            format!(
                "SELECT * FROM (SELECT eigenaar, soort, sleutel, casus, persoon FROM zoeksleutel \
                 WHERE eigenaar = $1 AND soort = ${soort} AND sleutel = ${sleutel} AND casus <> $2 \
                 ORDER BY casus, persoon LIMIT $3)"
            )
        });
        let sql = delen.collect::<Vec<_>>().join(" UNION ALL ");
        let mut vraag = query_as(sqlx::AssertSqlSafe(sql));
        vraag = vraag.bind(eigenaar.als_str().to_owned()).bind(niet.0).bind(i64::from(maximum_per_sleutel));
        for (soort, sleutel) in deel {
            vraag = vraag.bind(*soort).bind(sleutel.clone());
        }
        let rijen: Vec<DbZoeksleutel> = vraag.fetch_all(pool).await.map_err(fout)?;
        gevonden.extend(rijen.into_iter().map(ZoeksleutelRij::from));
    }
    gevonden.sort_by_key(|rij: &ZoeksleutelRij| (rij.casus, rij.persoon));
    Ok(gevonden)
}

pub(crate) async fn zoeksleutels(
    pool: &SqlitePool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
) -> Antwoord<Vec<ZoeksleutelRij>> {
    let rijen: Vec<DbZoeksleutel> = query_as(
        "SELECT eigenaar, soort, sleutel, casus, persoon FROM zoeksleutel WHERE casus = $1 AND eigenaar = $2 \
         ORDER BY soort, sleutel, persoon",
    )
    .bind(casus.0)
    .bind(eigenaar.als_str())
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn bundels(pool: &SqlitePool) -> Antwoord<Vec<BundelRij>> {
    let rijen: Vec<(String, String, Vec<u8>)> =
        query_as("SELECT hash, naam, bytes FROM bundel ORDER BY naam").fetch_all(pool).await.map_err(fout)?;
    Ok(rijen.into_iter().map(|(hash, naam, bytes)| BundelRij { hash: BundelHash(hash), naam, bytes }).collect())
}

/// A casus has one chain, and perhaps lines in the chain of before, which comes last.
pub(crate) async fn toegang_van(
    pool: &SqlitePool,
    casus: CasusId,
    organisatie: &OrganisatieId,
) -> Antwoord<Vec<ToegangRij>> {
    let rijen: Vec<DbToegang> = query_as(
        "SELECT organisatie, keten, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash FROM toegang \
         WHERE casus = $1 AND organisatie = $2 ORDER BY keten, versie DESC",
    )
    .bind(casus.0)
    .bind(organisatie.als_str())
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

/// The rows of one organisation that pass the filters; `$1` to `$5` are bound by [`met_filter`]. Only the filters that
/// are asked for stand in it, so that each question has an index in the order of its rows.
fn werk_filter(vraag: &WerkVraag) -> String {
    let mut filter = "c.organisatie = $1 AND c.gesloten = 0".to_owned();
    if vraag.medewerker.is_some() {
        filter.push_str(" AND c.toegewezen_aan = $2");
    }
    if vraag.gemeente.is_some() {
        filter.push_str(" AND c.gemeente = $3");
    }
    if vraag.houder.is_some() {
        filter.push_str(
            " AND EXISTS (SELECT 1 FROM zicht_span z WHERE z.casus = c.casus AND z.houder = $4 \
             AND z.van <= $5 AND (z.tot IS NULL OR z.tot > $5))",
        );
    }
    filter
}

/// The order of the worklist; a row without a term comes last, and among those who must act first.
const UITERLIJK: &str = "COALESCE(c.termijn_uiterlijk, 9223372036854775807)";

macro_rules! met_filter {
    ($query:expr, $vraag:expr) => {
        $query
            .bind($vraag.organisatie.als_str().to_owned())
            .bind($vraag.medewerker.as_ref().map(|medewerker| medewerker.0.clone()))
            .bind($vraag.gemeente.clone())
            .bind($vraag.houder.as_ref().map(|houder| houder.0.clone()))
            .bind($vraag.nu.0)
    };
}

pub(crate) async fn werkvoorraad(pool: &SqlitePool, vraag: WerkVraag) -> Antwoord<Vec<WerkRij>> {
    let filter = werk_filter(&vraag);
    let sql = format!(
        "SELECT c.casus, c.organisatie, c.nummer, c.rol, c.gemeente, c.personen, c.kinderen, c.toegewezen_aan, \
         c.spoed, c.gesloten, c.termijn_soort, c.termijn_naam, c.termijn_uiterlijk, c.stappen, c.ontvangen_op, c.laatst_op, \
         c.naam, nu.houder, nu.van AS houder_sinds, nu.grond AS houder_grond, straks.houder AS straks, \
         straks.van AS straks_op, f.onderwerp AS f_onderwerp, f.soort AS f_soort, f.versie AS f_versie, \
         f.verzegeld AS f_verzegeld, d.verpakt AS d_verpakt \
         FROM casus_rij c \
         LEFT JOIN zicht_span nu ON nu.casus = c.casus AND nu.van <= $5 AND (nu.tot IS NULL OR nu.tot > $5) \
         LEFT JOIN zicht_span straks ON straks.casus = c.casus AND straks.volgnummer = nu.volgnummer + 1 \
         LEFT JOIN fragment f ON f.id = c.naam AND f.eigenaar = c.organisatie \
         LEFT JOIN datasleutel d ON d.casus = c.casus AND d.eigenaar = c.organisatie AND d.onderwerp = f.onderwerp \
         WHERE {filter} ORDER BY c.spoed DESC, {UITERLIJK}, c.rang, c.casus LIMIT $6 OFFSET $7"
    );
    let rijen: Vec<DbWerk> = met_filter!(query_as(sqlx::AssertSqlSafe(sql)), vraag)
        .bind(i64::from(vraag.maximum))
        .bind(i64::from(vraag.overslaan))
        .fetch_all(pool)
        .await
        .map_err(fout)?;
    Ok(alle(rijen))
}

/// Each group is counted on its own and no further than the cap.
pub(crate) async fn werk_tellingen(pool: &SqlitePool, vraag: WerkVraag) -> Antwoord<WerkTellingen> {
    let filter = werk_filter(&vraag);
    let tel = |groep: &str| {
        let groep = groep.replace("uiterlijk", UITERLIJK);
        format!("(SELECT COUNT(*) FROM (SELECT 1 FROM casus_rij c WHERE {filter} AND {groep} LIMIT $8))")
    };
    let groepen = [
        tel("c.spoed = 1"),
        tel("c.spoed = 0 AND uiterlijk <= $5"),
        tel("c.spoed = 0 AND uiterlijk > $5 AND uiterlijk <= $6"),
        tel("c.spoed = 0 AND uiterlijk > $6 AND uiterlijk <= $7"),
        tel("c.spoed = 0 AND uiterlijk > $7 AND uiterlijk < 9223372036854775807"),
        tel("c.spoed = 0 AND uiterlijk = 9223372036854775807 AND c.rang = 0"),
        tel("c.spoed = 0 AND uiterlijk = 9223372036854775807 AND c.rang > 0"),
    ];
    let sql = format!("SELECT {}", groepen.join(", "));
    let geteld: (i64, i64, i64, i64, i64, i64, i64) = met_filter!(query_as(sqlx::AssertSqlSafe(sql)), vraag)
        .bind(vraag.eind_vandaag.0)
        .bind(vraag.eind_week.0)
        .bind(i64::from(TELLING_MAX))
        .fetch_one(pool)
        .await
        .map_err(fout)?;
    let (spoed, te_laat, vandaag, deze_week, later, aan_zet, zonder_termijn) = geteld;
    Ok(WerkTellingen {
        spoed: u32_uit(spoed),
        te_laat: u32_uit(te_laat),
        vandaag: u32_uit(vandaag),
        deze_week: u32_uit(deze_week),
        later: u32_uit(later),
        aan_zet: u32_uit(aan_zet),
        zonder_termijn: u32_uit(zonder_termijn),
    })
}

/// Offers on which this organisation must act, no further than the cap.
pub(crate) async fn wachtende_overdrachten(pool: &SqlitePool, organisatie: &OrganisatieId) -> Antwoord<u32> {
    let aantal: i64 = query_scalar(
        "SELECT COUNT(*) FROM (SELECT 1 FROM overdracht_rij WHERE organisatie = $1 AND aan_zet = $1 \
         LIMIT $2)",
    )
    .bind(organisatie.als_str())
    .bind(i64::from(TELLING_MAX))
    .fetch_one(pool)
    .await
    .map_err(fout)?;
    Ok(u32_uit(aantal))
}

/// Casussen in one statement.
const CASUSSEN_PER_VRAAG: usize = 64;

pub(crate) async fn dubbel_open(
    pool: &SqlitePool,
    organisatie: &OrganisatieId,
    casussen: &[CasusId],
) -> Antwoord<Vec<VerbandRij>> {
    let mut gevonden: Vec<VerbandRij> = Vec::new();
    for deel in casussen.chunks(CASUSSEN_PER_VRAAG) {
        let plekken = (2..deel.len() + 2).map(|nummer| format!("${nummer}")).collect::<Vec<_>>().join(", ");
        // CROSS keeps this order: the few bonds first, never all open casussen of the organisation.
        let kant = |kant: &str| {
            format!(
                "SELECT v.casus, v.organisatie, v.ander FROM verband v \
                 CROSS JOIN casus_rij een ON een.casus = v.casus AND een.organisatie = v.organisatie AND een.gesloten = 0 \
                 CROSS JOIN casus_rij twee ON twee.casus = v.ander AND twee.organisatie = v.organisatie AND twee.gesloten = 0 \
                 WHERE v.organisatie = $1 AND v.{kant} IN ({plekken})"
            )
        };
        let sql = format!("{} UNION {}", kant("casus"), kant("ander"));
        let mut vraag = query_as(sqlx::AssertSqlSafe(sql)).bind(organisatie.als_str().to_owned());
        for casus in deel {
            vraag = vraag.bind(casus.0);
        }
        let rijen: Vec<DbVerband> = vraag.fetch_all(pool).await.map_err(fout)?;
        gevonden.extend(rijen.into_iter().map(VerbandRij::from));
    }
    gevonden.sort_by_key(|rij| (rij.casus, rij.ander));
    gevonden.dedup();
    Ok(gevonden)
}

pub(crate) async fn verbanden(
    pool: &SqlitePool,
    casus: CasusId,
    organisatie: &OrganisatieId,
) -> Antwoord<Vec<CasusId>> {
    let rijen: Vec<Uuid> = query_scalar(
        "SELECT ander FROM verband WHERE casus = $1 AND organisatie = $2 \
         UNION SELECT casus FROM verband WHERE ander = $1 AND organisatie = $2 ORDER BY 1",
    )
    .bind(casus.0)
    .bind(organisatie.als_str())
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(rijen.into_iter().map(CasusId).collect())
}

pub(crate) async fn overdrachten(
    pool: &SqlitePool,
    organisatie: &OrganisatieId,
    maximum: u32,
) -> Antwoord<Vec<OverdrachtRij>> {
    let rijen: Vec<DbOverdracht> = query_as(
        "SELECT casus, organisatie, overdracht, nummer, van, naar, gemeente, wijze, stand, compleet, aangeboden_op, \
         beslist_op, uiterlijk, aan_zet, zet, per FROM overdracht_rij WHERE organisatie = $1 AND $1 IN (van, naar) \
         ORDER BY (stand IN ('open', 'opgeschort')) DESC, aangeboden_op DESC, overdracht LIMIT $2",
    )
    .bind(organisatie.als_str())
    .bind(i64::from(maximum))
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn tafel(
    pool: &SqlitePool,
    gemeente: &str,
    organisatie: &OrganisatieId,
) -> Antwoord<Vec<OverdrachtRij>> {
    let rijen: Vec<DbOverdracht> = query_as(
        "SELECT casus, organisatie, overdracht, nummer, van, naar, gemeente, wijze, stand, compleet, aangeboden_op, \
         beslist_op, uiterlijk, aan_zet, zet, per FROM overdracht_rij \
         WHERE organisatie = $1 AND gemeente = $2 AND wijze = 'overdrachtstafel' \
         ORDER BY (stand IN ('open', 'opgeschort')) DESC, aangeboden_op DESC, overdracht LIMIT 50",
    )
    .bind(organisatie.als_str())
    .bind(gemeente)
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn eigen(
    pool: &SqlitePool,
    organisatie: &OrganisatieId,
    soort: &str,
    maximum: u32,
) -> Antwoord<Vec<EigenRij>> {
    let rijen: Vec<DbEigen> = query_as(
        "SELECT casus, organisatie, soort, nummer, stand, kenmerk, ander, medewerker, aan_zet, gesloten, begonnen_op, \
         laatst_op FROM eigen_rij WHERE organisatie = $1 AND soort = $2 \
         ORDER BY aan_zet DESC, gesloten, laatst_op DESC, casus LIMIT $3",
    )
    .bind(organisatie.als_str())
    .bind(soort)
    .bind(i64::from(maximum))
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn organisaties_met(pool: &SqlitePool, soort: &str) -> Antwoord<Vec<OrganisatieId>> {
    let codes: Vec<String> =
        query_scalar("SELECT DISTINCT organisatie FROM eigen_rij WHERE soort = $1 ORDER BY organisatie")
            .bind(soort)
            .fetch_all(pool)
            .await
            .map_err(fout)?;
    Ok(codes.into_iter().map(OrganisatieId).collect())
}

pub(crate) async fn houder_op(
    pool: &SqlitePool,
    casus: CasusId,
    op: Instant,
) -> Antwoord<Option<(OrganisatieId, String)>> {
    let rij: Option<(String, String)> =
        query_as("SELECT houder, grond FROM zicht_span WHERE casus = $1 AND van <= $2 AND (tot IS NULL OR tot > $2)")
            .bind(casus.0)
            .bind(op.0)
            .fetch_optional(pool)
            .await
            .map_err(fout)?;
    Ok(rij.map(|(houder, grond)| (OrganisatieId(houder), grond)))
}

pub(crate) async fn te_laat(
    pool: &SqlitePool,
    casus: CasusId,
    organisatie: &OrganisatieId,
    nu: Instant,
) -> Antwoord<Vec<String>> {
    query_scalar(
        "SELECT soort FROM termijn WHERE casus = $1 AND wie = $2 AND uiterlijk <= $3 AND voldaan_op IS NULL \
         AND (vervallen_op IS NULL OR vervallen_op >= uiterlijk) ORDER BY volgnummer",
    )
    .bind(casus.0)
    .bind(organisatie.als_str())
    .bind(nu.0)
    .fetch_all(pool)
    .await
    .map_err(fout)
}

pub(crate) async fn casussen_met_nummer(pool: &SqlitePool, nummer: &str) -> Antwoord<Vec<CasusId>> {
    let ids: Vec<Uuid> = query_scalar("SELECT DISTINCT casus FROM casus_rij WHERE nummer = $1 ORDER BY casus")
        .bind(nummer)
        .fetch_all(pool)
        .await
        .map_err(fout)?;
    Ok(ids.into_iter().map(CasusId).collect())
}

pub(crate) async fn streams(pool: &SqlitePool, na: Option<CasusId>, maximum: u32) -> Antwoord<Vec<CasusId>> {
    let ids: Vec<Uuid> =
        query_scalar("SELECT casus FROM event WHERE versie = 1 AND ($1 IS NULL OR casus > $1) ORDER BY casus LIMIT $2")
            .bind(na.map(|casus| casus.0))
            .bind(i64::from(maximum))
            .fetch_all(pool)
            .await
            .map_err(fout)?;
    Ok(ids.into_iter().map(CasusId).collect())
}

pub(crate) async fn aantal_streams(pool: &SqlitePool) -> Antwoord<u64> {
    let aantal: i64 =
        query_scalar("SELECT COUNT(*) FROM event WHERE versie = 1").fetch_one(pool).await.map_err(fout)?;
    Ok(u64_uit(aantal))
}

pub(crate) async fn wekkers(pool: &SqlitePool, nu: Instant, maximum: u32) -> Antwoord<Vec<WekkerRij>> {
    let rijen: Vec<DbWekker> = query_as(
        "SELECT w.casus, w.soort, w.sleutel, w.op, w.organisatie FROM wekker w WHERE w.op <= $1 AND NOT EXISTS \
         (SELECT 1 FROM signaal s WHERE s.casus = w.casus AND s.soort = w.soort AND s.sleutel = w.sleutel) \
         ORDER BY w.op, w.casus, w.soort, w.sleutel LIMIT $2",
    )
    .bind(nu.0)
    .bind(i64::from(maximum))
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn signalen(pool: &SqlitePool, organisatie: &OrganisatieId, maximum: u32) -> Antwoord<Vec<WekkerRij>> {
    let rijen: Vec<DbWekker> = query_as(
        "SELECT casus, soort, sleutel, op, organisatie FROM signaal WHERE organisatie = $1 \
         ORDER BY gerinkeld_op DESC, op DESC, casus, soort, sleutel LIMIT $2",
    )
    .bind(organisatie.als_str())
    .bind(i64::from(maximum))
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

/// There is one writer, so whoever reads sees whole commits in the order of their positions.
pub(crate) async fn feed(pool: &SqlitePool, na: FeedPlek, maximum: u32) -> Antwoord<Vec<FeedRij>> {
    let rijen: Vec<DbFeed> = query_as(
        "SELECT 0 AS transactie, f.positie, e.casus, e.versie, e.soort, e.schema, e.gebeurd_op, e.vastgelegd_op, e.medewerker, e.organisatie, e.command_id, e.bundel, e.prev_hash, e.hash, e.body \
         FROM feed f JOIN event e ON e.casus = f.casus AND e.versie = f.versie \
         WHERE f.positie > $1 ORDER BY f.positie LIMIT $2",
    )
    .bind(i64_uit(na.positie))
    .bind(i64::from(maximum))
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}

pub(crate) async fn views_vorm(pool: &SqlitePool) -> Antwoord<u32> {
    let vorm: i64 = query_scalar("SELECT vorm FROM views_vorm").fetch_one(pool).await.map_err(fout)?;
    Ok(u32_uit(vorm))
}

pub(crate) async fn sessie(pool: &SqlitePool, token_hash: &[u8]) -> Antwoord<Option<SessieRij>> {
    let rij: Option<DbSessie> = query_as(
        "SELECT token_hash, medewerker, organisatie, naam, begonnen_op, laatst_op FROM sessie WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(pool)
    .await
    .map_err(fout)?;
    Ok(rij.map(SessieRij::from))
}

pub(crate) async fn bericht(
    pool: &SqlitePool,
    afzender: &OrganisatieId,
    bericht: &str,
) -> Antwoord<Option<BerichtRij>> {
    let rij: Option<DbBericht> = query_as(
        "SELECT afzender, bericht, soort, digest, ontvangen_op, veilig_thuis, stand, reden FROM bericht \
         WHERE afzender = $1 AND bericht = $2",
    )
    .bind(afzender.als_str())
    .bind(bericht)
    .fetch_optional(pool)
    .await
    .map_err(fout)?;
    Ok(rij.map(BerichtRij::from))
}

pub(crate) async fn bericht_tellingen(
    pool: &SqlitePool,
    organisatie: &OrganisatieId,
    van: Instant,
    tot: Instant,
) -> Antwoord<Vec<BerichtTelling>> {
    let rijen: Vec<DbBerichtTelling> = query_as(
        "SELECT afzender, soort, stand, COUNT(*) AS aantal FROM bericht \
         WHERE (afzender = $1 OR veilig_thuis = $1) AND ontvangen_op >= $2 AND ontvangen_op < $3 \
         GROUP BY afzender, soort, stand ORDER BY afzender, soort, stand",
    )
    .bind(organisatie.als_str())
    .bind(van.0)
    .bind(tot.0)
    .fetch_all(pool)
    .await
    .map_err(fout)?;
    Ok(alle(rijen))
}
