//! The contract suite on PostgreSQL.

use super::steun::PostgresFabriek;

app::contract_suite!(PostgresFabriek);
