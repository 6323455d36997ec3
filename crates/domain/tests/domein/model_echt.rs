//! The model check of the real rules, exhaustively, in two regions.

use super::{model::Actie, model_regels::Wereld, steun::gemeten};
use stateright::{Checker, Model};

/// Fewer states than this would mean that the exploration lost its way.
const TOESTANDEN_MIN_IJMOND: usize = 60_000;
const TOESTANDEN_MIN_NOG: usize = 12_000;

/// Explores everything that can be reached; gives the number of states.
fn verken(naam: &str, wereld: Wereld) -> usize {
    let (controle, seconden) = gemeten(|| wereld.checker().threads(1).spawn_bfs().join());
    let (toestanden, overgangen) = (controle.unique_state_count(), controle.state_count());
    let diepte = controle.max_depth();
    println!(
        "modelcontrole {naam}: {toestanden} toestanden, {overgangen} overgangen, diepte {diepte}, {seconden:.1} s"
    );
    let gevonden = controle.discoveries();
    let gebroken: Vec<(&str, Vec<Actie>)> = gevonden
        .into_iter()
        .filter(|(naam, _)| !naam.starts_with("soms"))
        .map(|(naam, pad)| (naam, pad.into_actions()))
        .collect();
    assert!(gebroken.is_empty(), "{naam}: {gebroken:#?}");
    // In NOG the agreement has no end of the kind "gestopt", and Veilig Thuis holds without an assessment by itself.
    for eigenschap in controle.model().properties().iter().filter(|eigenschap| eigenschap.name.starts_with("soms")) {
        let bestaat_niet = naam == "noord-oost-gelderland" && eigenschap.name.contains("stopt een team");
        assert!(controle.discovery(eigenschap.name).is_some() != bestaat_niet, "{naam}: {}", eigenschap.name);
    }
    toestanden
}

#[test]
fn in_ijmond_heeft_op_elk_moment_van_elke_toestand_precies_een_organisatie_het_zicht() {
    let toestanden = verken("ijmond", Wereld::ijmond());
    assert!(toestanden >= TOESTANDEN_MIN_IJMOND, "{toestanden}");
}

#[test]
fn in_noord_oost_gelderland_heeft_op_elk_moment_van_elke_toestand_precies_een_organisatie_het_zicht() {
    let toestanden = verken("noord-oost-gelderland", Wereld::nog());
    assert!(toestanden >= TOESTANDEN_MIN_NOG, "{toestanden}");
}
