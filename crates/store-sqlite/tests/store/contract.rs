//! The contract suite on SQLite.

use super::steun::SqliteFabriek;

app::contract_suite!(SqliteFabriek::new());
