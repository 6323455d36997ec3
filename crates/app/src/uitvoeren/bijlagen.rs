//! The files that go with what is recorded now, and what is sealed about each, for everybody who keeps them.

use crate::{
    bijlagen::{Gegevens, Vorm, kale_naam},
    verzegel::{Bestand, Onderwerp, Tekst},
    wens::Wens,
};
use domain::{Casus, Gebeurtenis, Vastlegging};

pub(super) fn erbij(wens: &Wens, casus: &Casus, vastleggingen: &[Vastlegging]) -> (Vec<Tekst>, Vec<Bestand>) {
    let (mut teksten, mut bestanden) = (Vec::new(), Vec::new());
    for vastlegging in vastleggingen {
        let Gebeurtenis::BijlagenToegevoegd { bijlage_soort, bijlagen, melding } = &vastlegging.gebeurtenis else {
            continue;
        };
        let eigen = &vastlegging.organisatie;
        let veilig_thuis = casus.veilig_thuis.as_ref().filter(|vt| melding.is_some() && *vt != eigen);
        for (id, bestand) in bijlagen.iter().zip(wens.bestanden()) {
            // What has no form was refused before it came here.
            let Some(vorm) = Vorm::van(bestand.inhoud.bytes()) else { continue };
            let gegevens = Gegevens { naam: kale_naam(&bestand.naam), vorm, bytes: bestand.inhoud.bytes().len() };
            for eigenaar in std::iter::once(eigen).chain(veilig_thuis) {
                teksten.push(Tekst {
                    eigenaar: eigenaar.clone(),
                    onderwerp: Onderwerp::Bijlage(*id),
                    soort: Gegevens::soort(bijlage_soort),
                    inhoud: serde_json::to_string(&gegevens).unwrap_or_default(),
                });
                bestanden.push(Bestand { eigenaar: eigenaar.clone(), bijlage: *id, inhoud: bestand.inhoud.clone() });
            }
        }
    }
    (teksten, bestanden)
}
