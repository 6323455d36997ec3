//! The store on SQLite, and the application on it: the contract, bad input, faults, tampering, secrets, concurrency.

#[path = "store/steun.rs"]
mod steun;

#[path = "store/contract.rs"]
mod contract;
#[path = "store/opdrachten.rs"]
mod opdrachten;
#[path = "store/gelijktijdig.rs"]
mod gelijktijdig;
#[path = "store/kanaries.rs"]
mod kanaries;
#[path = "store/knoeien.rs"]
mod knoeien;
#[path = "store/storing.rs"]
mod storing;
