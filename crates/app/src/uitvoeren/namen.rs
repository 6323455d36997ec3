//! What a command makes, named after the command: resending it names the same thing.

use domain::ids::*;

/// The casus that a report without one opens.
pub fn casus_van(id: CommandId) -> CasusId {
    CasusId(id.afgeleid("casus"))
}

/// The report that a command on a casus makes.
pub fn melding_van(id: CommandId, casus: CasusId) -> MeldingId {
    MeldingId(naamgever(id, casus).afgeleid("melding"))
}

/// What a command makes is named after command and casus: a client that uses an id for two casussen makes two things.
pub(super) fn naamgever(id: CommandId, casus: CasusId) -> CommandId {
    CommandId(id.afgeleid(&format!("casus-{casus}")))
}
