//! The store on SQLite, and the application on it: the contract, bad input, faults, tampering, secrets, concurrency.

#[cfg(test)]
mod store {
    mod berichten;
    mod contract;
    mod gelijktijdig;
    mod herkenning;
    mod kanaries;
    mod knoeien;
    mod migratie;
    mod opdrachten;
    mod steun;
    mod storing;
    mod vorm;
    mod wacht;
}
