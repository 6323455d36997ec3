//! The walks through the real binary in a real browser. One integration binary; every test brings its own server and
//! browser, so none depends on another or on the order.

#[path = "e2e/steun.rs"]
mod steun;

#[path = "e2e/ijmond.rs"]
mod ijmond;
#[path = "e2e/meldcode.rs"]
mod meldcode;
#[path = "e2e/na_dienst.rs"]
mod na_dienst;
#[path = "e2e/nog.rs"]
mod nog;
#[path = "e2e/paginas.rs"]
mod paginas;
#[path = "e2e/protocol.rs"]
mod protocol;
#[path = "e2e/rondgang.rs"]
mod rondgang;
#[path = "e2e/zonder_script.rs"]
mod zonder_script;
