//! Somebody changes the file past the application: it is noticed, for that casus and for no other.

use super::steun::Opstelling;
use app::{AppFout, codec::CodecFout, contract::verhaal::*, lezen::CasusVraag, poorten::Store, verzegel::VerzegelFout};
use domain::ids::{CasusId, OrganisatieId};

/// Two casussen, to copy before each attempt.
async fn twee_casussen() -> (Opstelling, CasusId, CasusId) {
    let o = Opstelling::nieuw().await;
    let een = Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)).await;
    let ander = Speler::new(&o.app, &o.klok, 2).speel(&heel_verhaal(IJMOND)).await;
    (o, een, ander)
}

fn vraag(casus: CasusId) -> CasusVraag {
    CasusVraag { casus, stand: None, bekend_op: None }
}

/// Runs statements with the casus as `$1`, and tells how loading answers for this casus and for the other.
async fn na(o: &Opstelling, een: CasusId, ander: CasusId, sql: &[&str]) -> (Option<AppFout>, Option<AppFout>) {
    let db = o.achterom_zonder_wacht().await;
    for opdracht in sql {
        let gedaan = sqlx::query(sqlx::AssertSqlSafe((*opdracht).to_owned()))
            .bind(een.0)
            .bind(ander.0)
            .execute(&db)
            .await
            .unwrap();
        assert!(gedaan.rows_affected() > 0, "raakte niets: {opdracht}");
    }
    db.close().await;
    let vt = actor(IJMOND.vt);
    (o.app.casus(&vt, vraag(een)).await.err(), o.app.casus(&vt, vraag(ander)).await.err())
}

#[tokio::test]
async fn een_veranderd_event_breekt_de_keten_van_die_casus_en_van_geen_andere() {
    let gevallen: &[(&str, &[&str])] = &[
        (
            "een byte van de inhoud",
            &["UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'telefoon', 'telefoom') AS BLOB) \
             WHERE casus = $1 AND versie = (SELECT MAX(versie) FROM event WHERE casus = $1 AND soort = 'contact-gezin-vastgelegd')"],
        ),
        (
            "twee verwisseld",
            &[
                "UPDATE event SET versie = 903 WHERE casus = $1 AND versie = 3",
                "UPDATE event SET versie = 3 WHERE casus = $1 AND versie = 4",
                "UPDATE event SET versie = 4 WHERE casus = $1 AND versie = 903",
            ],
        ),
        (
            "de op een na laatste weg",
            &["DELETE FROM event WHERE casus = $1 AND versie = (SELECT MAX(versie) - 1 FROM event WHERE casus = $1)"],
        ),
        ("de eerste weg", &["DELETE FROM event WHERE casus = $1 AND versie = 1"]),
        ("een ander tijdstip", &["UPDATE event SET gebeurd_op = gebeurd_op - 1 WHERE casus = $1 AND versie = 3"]),
        ("een andere organisatie", &["UPDATE event SET organisatie = 'socius' WHERE casus = $1 AND versie = 3"]),
        ("een andere medewerker", &["UPDATE event SET medewerker = 'x' WHERE casus = $1 AND versie = 3"]),
        (
            "een andere afspraak",
            &["UPDATE event SET bundel = (SELECT MAX(hash) FROM bundel WHERE hash <> bundel) \
             WHERE casus = $1 AND versie = 3"],
        ),
        (
            "een event van een andere casus",
            &[
                "DELETE FROM event WHERE casus = $1 AND versie = 5",
                "INSERT INTO event SELECT $1, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, \
             command_id, bundel, prev_hash, hash, body FROM event WHERE casus = $2 AND versie = 5",
            ],
        ),
        ("de hash zelf", &["UPDATE event SET hash = zeroblob(32) WHERE casus = $1 AND versie = 3"]),
    ];
    let (voorbeeld, een, ander) = twee_casussen().await;
    let voorbeeld = voorbeeld.stop().await;
    for (naam, sql) in gevallen {
        let o = Opstelling::kopie(&voorbeeld).await;
        // The guards: without dropping them none of this works.
        let db = o.achterom().await;
        let bewaakt = sqlx::query("UPDATE event SET soort = 'x'").execute(&db).await.is_err()
            && sqlx::query("DELETE FROM event").execute(&db).await.is_err()
            && sqlx::query("DELETE FROM toegang").execute(&db).await.is_err()
            && sqlx::query("UPDATE toegang SET uitkomst = 'x'").execute(&db).await.is_err();
        assert!(bewaakt);
        db.close().await;
        // Nobody tampers: nothing is noticed.
        assert!(matches!(na(&o, een, ander, &[]).await, (None, None)));
        let (fout, ander_fout) = na(&o, een, ander, sql).await;
        let gebroken = matches!(fout, Some(AppFout::Codec(CodecFout::KetenGebroken { .. })));
        assert!(gebroken, "{naam}: {fout:?}");
        assert!(ander_fout.is_none(), "{naam}: de andere casus gaat door: {ander_fout:?}");
        let lijst = o.app.werkblad(&actor(IJMOND.vt), o.app.werkvraag(&actor(IJMOND.vt))).await.unwrap();
        assert_eq!(lijst.rijen.len(), 2, "{naam}: de werkvoorraad blijft staan");
    }
    println!("{} soorten geknoei met events, alle gezien", gevallen.len());
}

#[tokio::test]
async fn een_event_van_een_nieuwere_versie_sluit_alleen_die_casus() {
    let (o, een, ander) = twee_casussen().await;
    let (fout, ander_fout) =
        na(&o, een, ander, &["UPDATE event SET schema = 99 WHERE casus = $1 AND versie = 2"]).await;
    assert!(matches!(fout, Some(AppFout::Codec(_))), "{fout:?}");
    assert!(ander_fout.is_none());
}

#[tokio::test]
async fn een_veranderd_of_verplaatst_stuk_gaat_niet_open() {
    let naam = "eigenaar = 'veilig-thuis-kennemerland' AND soort = 'huishoudnaam' AND versie = 1";
    let gevallen = [
        ("een bit", format!("UPDATE fragment SET verzegeld = verzegeld || x'00' WHERE casus = $1 AND {naam}")),
        ("korter", format!("UPDATE fragment SET verzegeld = substr(verzegeld, 1, 20) WHERE casus = $1 AND {naam}")),
        ("leeg", format!("UPDATE fragment SET verzegeld = x'' WHERE casus = $1 AND {naam}")),
        ("andere soort", format!("UPDATE fragment SET soort = 'adres' WHERE casus = $1 AND {naam}")),
        ("ander onderwerp", format!("UPDATE fragment SET onderwerp = 'melder' WHERE casus = $1 AND {naam}")),
        ("bij een ander event", format!("UPDATE fragment SET versie = 2 WHERE casus = $1 AND {naam}")),
        ("ander nummer", format!("UPDATE fragment SET id = randomblob(16) WHERE casus = $1 AND {naam}")),
        ("van een andere casus", format!("UPDATE fragment SET casus = $1 WHERE casus = $2 AND {naam}")),
        (
            "van een andere organisatie",
            "UPDATE fragment SET eigenaar = 'veilig-thuis-kennemerland' WHERE casus = $1 AND eigenaar = 'socius' \
             AND soort = 'adres'"
                .to_owned(),
        ),
        (
            "verwisselde datasleutel",
            "UPDATE datasleutel SET verpakt = (SELECT verpakt FROM datasleutel WHERE casus = $2 \
             AND eigenaar = 'veilig-thuis-kennemerland' AND onderwerp = 'huishouden') \
             WHERE casus = $1 AND eigenaar = 'veilig-thuis-kennemerland' AND onderwerp = 'huishouden'"
                .to_owned(),
        ),
        (
            "datasleutel weg",
            "DELETE FROM datasleutel WHERE casus = $1 AND eigenaar = 'veilig-thuis-kennemerland' \
             AND onderwerp = 'huishouden'"
                .to_owned(),
        ),
    ];
    let (voorbeeld, een, ander) = twee_casussen().await;
    let voorbeeld = voorbeeld.stop().await;
    for (naam, sql) in &gevallen {
        let o = Opstelling::kopie(&voorbeeld).await;
        let (fout, ander_fout) = na(&o, een, ander, &[sql]).await;
        let dicht = matches!(
            fout,
            Some(AppFout::Verzegel(VerzegelFout::NietTeOpenen) | AppFout::Codec(CodecFout::FragmentVreemd { .. }))
        );
        assert!(dicht, "{naam}: {fout:?}");
        assert!(ander_fout.is_none(), "{naam}: {ander_fout:?}");
        // One piece that does not open takes no list away.
        let vt = actor(IJMOND.vt);
        let lijst = o.app.werkblad(&vt, o.app.werkvraag(&vt)).await.unwrap();
        assert_eq!(lijst.rijen.len(), 2, "{naam}");
        assert_eq!(o.app.overdrachten(&vt, 10).await.unwrap().len(), 4, "{naam}");
    }
    println!("{} soorten geknoei met stukken, alle gezien", gevallen.len());
}

#[tokio::test]
async fn een_naam_die_niet_opengaat_staat_er_als_onleesbaar_en_niet_als_onbekend() {
    let (o, een, ander) = twee_casussen().await;
    let sql = "UPDATE fragment SET verzegeld = zeroblob(40) WHERE casus = $1 AND soort = 'huishoudnaam'";
    na(&o, een, ander, &[sql]).await;
    let vt = actor(IJMOND.vt);
    let lijst = o.app.werkblad(&vt, o.app.werkvraag(&vt)).await.unwrap();
    for werk in lijst.rijen {
        let verwacht = if werk.rij.rij.casus == een { "naam niet te openen" } else { "Jansen" };
        assert_eq!(werk.huishoudnaam.as_deref(), Some(verwacht));
    }
}

#[tokio::test]
async fn met_een_ander_sleutelbestand_gaat_niets_open() {
    let (o, een, _) = twee_casussen().await;
    let o = o.herstart("andere-sleutels").await;
    let vt = actor(IJMOND.vt);
    assert!(matches!(o.app.casus(&vt, vraag(een)).await, Err(AppFout::Verzegel(_))));
    assert!(o.app.werkblad(&vt, o.app.werkvraag(&vt)).await.is_err());
    // And the right one opens everything again: nothing was overwritten.
    let o = o.herstart("sleutels").await;
    assert!(o.app.casus(&vt, vraag(een)).await.is_ok());
    let org = OrganisatieId::from(IJMOND.vt);
    assert!(o.store.organisatiesleutel(&org).await.unwrap().is_some());
}
