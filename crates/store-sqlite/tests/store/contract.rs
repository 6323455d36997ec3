//! The contract suite on SQLite.

use crate::steun::SqliteFabriek;

app::contract_suite!(SqliteFabriek::new());
