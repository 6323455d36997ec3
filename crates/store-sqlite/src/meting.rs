//! What the database alone can do: the baseline of `zicht bench`, beside which the speed of a command stands.

use crate::{SqliteStore, fout, lezen, schrijven::voeg_rijen_toe, tabel};
use app::{opslag::Batch, poorten::StoreFout};
use store_rijen::regel_van_meting;

impl SqliteStore {
    /// Reads the events of the stream and writes the rows of a change by prepared statements in one transaction: no
    /// checks, no keys, no decision. `volgnummer` is its place in an access log that nobody else writes. Returns how
    /// many events were read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lees_en_schrijf(&self, batch: &Batch, volgnummer: u64) -> Result<usize, StoreFout> {
        const VERVANG: &str = "INSERT OR REPLACE";
        let gelezen = lezen::laad(&self.lezers, batch.casus).await?.len();
        let _beurt = self.beurt.lock().await;
        let mut tx = self.schrijver.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::EVENT, &alle(&batch.events)).await?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::OPDRACHT, &[batch]).await?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::DATASLEUTEL, &alle(&batch.datasleutels)).await?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::FRAGMENT, &alle(&batch.fragmenten)).await?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::ZOEKSLEUTEL, &alle(&batch.zoeksleutels)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::CASUS_RIJ, &alle(&batch.views.casus)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::SPAN, &alle(&batch.views.spans)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::TERMIJN, &alle(&batch.views.termijnen)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::OVERDRACHT, &alle(&batch.views.overdrachten)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::VERBAND, &alle(&batch.views.verbanden)).await?;
        voeg_rijen_toe(&mut tx, VERVANG, &tabel::WEKKER, &alle(&batch.views.wekkers)).await?;
        voeg_rijen_toe(&mut tx, "INSERT", &tabel::TOEGANG, &[&regel_van_meting(batch, volgnummer)]).await?;
        tx.commit().await.map_err(fout)?;
        Ok(gelezen)
    }
}

fn alle<T>(rijen: &[T]) -> Vec<&T> {
    rijen.iter().collect()
}
