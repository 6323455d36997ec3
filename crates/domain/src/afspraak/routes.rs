//! Routes without a receiver: a municipality from which nothing could be handed over, a party that can get nothing.

use super::{Bundel, Fase, GeldigeBundel, PartijSoort};

/// Ways by which Veilig Thuis hands over to a party that the agreement names.
const ROUTES: [Fase; 2] = [Fase::Direct, Fase::NaDienst];

/// A mistake with the section and key at which it can be mended.
pub(super) struct Bezwaar {
    pub sectie: &'static str,
    pub sleutel: String,
    pub melding: String,
}

/// Every route of a region that leads nowhere.
///
/// A region that names no receivers at all has no routes (it says so by having none), so nothing is told of it.
pub(super) fn bezwaren(geldig: &GeldigeBundel) -> Vec<Bezwaar> {
    let bundel: &Bundel = &geldig.bundel;
    let mut bezwaren = zonder_taken(bundel);
    for fase in ROUTES {
        let taak = fase.taak();
        let heeft_route = bundel.inhoud.partij.values().any(|partij| partij.taken.iter().any(|eigen| eigen == taak));
        if heeft_route {
            bezwaren.extend(gemeenten_zonder(geldig, fase));
        }
    }
    bezwaren.extend(overgang_zonder_partij(bundel));
    bezwaren
}

fn gemeenten_zonder(geldig: &GeldigeBundel, fase: Fase) -> Vec<Bezwaar> {
    let bundel = &geldig.bundel;
    let leeg = bundel.inhoud.gemeente.iter().filter(|(naam, gemeente)| {
        // Names that ended before the agreement, or start after it, have nobody to be served by.
        let bestond = gemeente.tot.is_none_or(|tot| geldig.van < tot.0)
            && gemeente.van.is_none_or(|van| geldig.tot.is_none_or(|tot| van.0 < tot));
        let verklaard = gemeente.geen_ontvanger.is_some();
        bestond && bundel.geldt_in(naam) && !verklaard && bundel.ontvangers(naam, fase).is_empty()
    });
    leeg.map(|(naam, _)| Bezwaar {
        sectie: "gemeente",
        sleutel: naam.clone(),
        melding: format!(
            "geen partij heeft hier de taak {}; geef een partij die taak voor deze gemeente, of zeg met geen_ontvanger \
             (een clausule of hiaat) dat er hier geen is",
            fase.taak()
        ),
    })
    .collect()
}

/// A receiving kind of party without a task, which nobody could ever choose.
fn zonder_taken(bundel: &Bundel) -> Vec<Bezwaar> {
    let ontvangers = bundel.inhoud.partij.iter().filter(|(_, partij)| partij.soort == PartijSoort::LokaalTeam);
    let leeg = ontvangers.filter(|(_, partij)| partij.taken.is_empty());
    leeg.map(|(id, _)| Bezwaar {
        sectie: "partij",
        sleutel: id.0.clone(),
        melding: format!("geef taken: wat dit team volgens de afspraak doet, bijvoorbeeld {}", Fase::Direct.taak()),
    })
    .collect()
}

/// The region says how zicht passes to a kind of receiver, or at a moment, but nobody can receive then.
fn overgang_zonder_partij(bundel: &Bundel) -> Vec<Bezwaar> {
    let per_soort = ROUTES.iter().flat_map(|fase| PartijSoort::ALLE.map(|soort| (*fase, soort)));
    // Anybody can be an involved professional, without being a party.
    let genoemd = per_soort.filter(|(_, soort)| *soort != PartijSoort::Beroepskracht);
    let eigen = genoemd.filter_map(|(fase, soort)| {
        let sleutel = format!("{}-{}", fase.als_str(), soort.als_str());
        let overgang = bundel.inhoud.overgang.get(&sleutel).filter(|overgang| bundel.is_eigen(&overgang.grond))?;
        let kan = |partij: &super::Partij| partij.soort == soort && partij.taken.iter().any(|taak| taak == fase.taak());
        (!bundel.inhoud.partij.values().any(kan)).then_some((sleutel, overgang))
    });
    let per_soort = eigen.map(|(sleutel, _)| Bezwaar {
        sectie: "overgang",
        sleutel,
        melding: "geen partij kan dit zicht krijgen: geen enkele partij van deze soort heeft deze taak".into(),
    });
    let heeft_taak =
        |fase: &Fase| bundel.inhoud.partij.values().any(|partij| partij.taken.iter().any(|taak| taak == fase.taak()));
    // Who names receivers for one moment names them for the other.
    let zonder = ROUTES.iter().filter(|fase| !heeft_taak(fase) && ROUTES.iter().any(heeft_taak));
    let per_fase = zonder.map(|fase| Bezwaar {
        sectie: "overgang",
        sleutel: fase.als_str().to_owned(),
        melding: format!("geen partij kan dit zicht krijgen: geen enkele partij heeft de taak {}", fase.taak()),
    });
    per_soort.chain(per_fase).collect()
}
