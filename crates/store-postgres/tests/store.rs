//! The store on PostgreSQL: the contract, and what only a server can do wrong. Without PostgreSQL it fails.

#[cfg(test)]
mod store {
    mod contract;
    mod gelijktijdig;
    mod migratie;
    mod processen;
    mod simulatie;
    mod steun;
    mod storing;
}
