//! The store on SQLite, and the application on it: the contract, bad input, faults, tampering, secrets, concurrency.

#[path = "store/steun.rs"]
mod steun;

#[path = "store/contract.rs"]
mod contract;
#[path = "store/opdrachten.rs"]
mod opdrachten;
