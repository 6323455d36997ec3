//! The questions that pages and the JSON interface ask. Every one writes a line in the access log before content
//! leaves, and is built from what the organisation may know and nothing else.

mod bereikbaar;
mod casus;
mod handelingen;
mod herkennen;
pub(crate) mod informatie;
mod lijsten;
mod melder;
mod waarom;
mod zicht_op;

pub use bereikbaar::{AdresBeeld, Bereikbaarheid};
pub use casus::{CasusBeeld, CasusVraag, GeschiedenisRegel, PersoonBeeld};
pub use handelingen::{HANDELINGEN, Handeling};
pub use herkennen::{Herkend, KANDIDATEN_MAX, Kandidaat, Overeenkomst, Verband};
pub use informatie::{Bronstand, VerzoekBeeld};
pub use lijsten::{OverdrachtInLijst, WerkInLijst, Werkblad};
pub use melder::{MelderBeeld, Melderstand};
pub use waarom::{ClausuleBeeld, WaaromTermijn, WaaromZicht};
pub use zicht_op::{Houderschap, ZichtOp, ZichtOpVraag};
