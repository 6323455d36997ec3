//! What the database alone can do: the baseline of `zicht bench`, beside which the speed of a command stands.

use crate::{
    PostgresStore, fout, lezen,
    tabel::{Bezoek, Rijen, Tabel},
};
use app::{opslag::Batch, poorten::StoreFout};
use sqlx::query;
use std::sync::LazyLock;
use store_rijen::regel_van_meting;

impl PostgresStore {
    /// Reads the events of the stream and writes the rows of a change by one prepared statement: no checks, no keys, no
    /// decision, no order. `volgnummer` is its place in an access log that nobody else writes. Returns how many events
    /// were read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lees_en_schrijf(&self, batch: &Batch, volgnummer: u64) -> Result<usize, StoreFout> {
        static TEKST: LazyLock<String> = LazyLock::new(|| Rijen::default().elk(Kaal::default()).tekst());
        let gelezen = lezen::laad(&self.pool, batch.casus).await?.len();
        let toegang = [regel_van_meting(batch, volgnummer)];
        let rijen = Rijen::van(std::slice::from_ref(batch), &toegang);
        rijen.elk(query(TEKST.as_str())).execute(&self.pool).await.map_err(fout)?;
        Ok(gelezen)
    }
}

/// The text of a statement that writes rows in any order, those of a view in the place of the row of before.
#[derive(Default)]
struct Kaal {
    delen: Vec<String>,
    parameters: usize,
}

impl Kaal {
    fn tekst(&self) -> String {
        format!("WITH {} SELECT 1", self.delen.join(", "))
    }
}

impl<'q> Bezoek<'q> for Kaal {
    fn tabel<T>(mut self, tabel: &Tabel<T>, _: &[&'q T]) -> Self {
        let dubbel = tabel.sleutel.map_or_else(|| tabel.dubbel.to_owned(), |sleutel| tabel.vervang(sleutel));
        let invoer = tabel.invoer(self.parameters + 1, &[], &dubbel);
        self.delen.push(format!("erbij_{} AS ({invoer})", tabel.naam));
        self.parameters += tabel.kolommen.len();
        self
    }
}
