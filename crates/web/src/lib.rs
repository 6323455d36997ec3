//! The web side of Zicht: pages and wire formats, drawn from what the application answers.
//!
//! It does not know SQL, and it holds no rule of the domain.
//! Start at [`routes`] for what there is, at [`pages`] for what people see, at [`handlers`] for how a page is filled.

pub mod api;
pub mod extract;
mod frame;
pub mod handlers;
mod headers;
pub mod opmaak;
pub mod pages;
pub mod problem;
mod routes;
mod session;
pub mod verhaal;

pub use routes::router;

use app::App;
use domain::ids::{CommandId, OrganisatieId};
use std::sync::Arc;

/// How the web side is set up.
#[derive(Clone, Default)]
pub struct Instellingen {
    /// Demo accounts: only on an address of this computer itself. Absent in production.
    pub demo: Option<Vec<DemoAccount>>,
    /// A story that is told step by step; only in the demo.
    pub verhaal: Option<Arc<dyn verhaal::Verhaal>>,
}

/// A made-up worker as whom anybody at this computer can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// What the form posts, and the id of the worker.
    pub id: String,
    pub naam: String,
    pub functie: String,
    pub organisatie: OrganisatieId,
    /// Region under which the account is listed.
    pub regio: String,
}

/// What every handler has at hand.
#[derive(Clone)]
pub struct Toestand {
    pub app: Arc<App>,
    pub instellingen: Arc<Instellingen>,
}

impl Toestand {
    /// Whether this is the demo.
    pub fn is_demo(&self) -> bool {
        self.instellingen.demo.is_some()
    }

    /// The demo account with this id.
    pub fn account(&self, id: &str) -> Option<&DemoAccount> {
        self.instellingen.demo.as_ref()?.iter().find(|account| account.id == id)
    }

    /// A fresh number for a request, made with the form.
    pub(crate) fn nieuw_opdrachtnummer(&self) -> String {
        let mut toeval = [0u8; 10];
        // Without randomness the form carries an id that is refused as no id, and nothing is recorded.
        match getrandom::fill(&mut toeval) {
            Ok(()) => CommandId::op_tijd(self.app.klok().nu(), toeval).to_string(),
            Err(_) => String::new(),
        }
    }
}
