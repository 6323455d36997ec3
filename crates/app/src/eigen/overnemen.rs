//! A report that carries over what stands in a track, so that nobody types twice. The worker reads it through and sends.

use super::SpoorBeeld;
use domain::meldcode::{Gebeurtenis, Hulp, Signaalbron};

/// What a report takes over from a track, each as the report asks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overname {
    /// What the worker saw, with days.
    pub zelf: String,
    /// What others said, with who they are.
    pub van_anderen: String,
    pub anderen_bron: String,
    /// How the worker weighed it.
    pub inschatting: String,
    /// Whether the worker can give or organise help, and which.
    pub kan_helpen: Option<bool>,
    pub hulp: String,
    pub besproken: Option<bool>,
    /// Number of children that the kindcheck found.
    pub kinderen: u32,
    pub spoor_nummer: String,
}

impl SpoorBeeld {
    /// The content of this track in the words of a report.
    pub fn voor_melding(&self) -> Overname {
        let (mut zelf, mut van_anderen, mut bronnen) = (Vec::new(), Vec::new(), Vec::new());
        for signaal in &self.staat.signalen {
            let feit = self.tekst_bij(signaal.versie, "feit").unwrap_or_default();
            let regel = format!("{}: {feit}", signaal.datum.0.strftime("%-d-%-m-%Y"));
            if signaal.bron == Signaalbron::ZelfGezien {
                zelf.push(regel);
            } else {
                van_anderen.push(regel);
                bronnen.extend(self.tekst_bij(signaal.versie, "bron_tekst").map(str::to_owned));
            }
        }
        bronnen.dedup();
        let uitleg = self.staat.signalen.iter().filter_map(|signaal| self.tekst_bij(signaal.versie, "uitleg"));
        let inschatting = uitleg.chain(self.tekst("weging")).collect::<Vec<_>>().join("\n");
        Overname {
            zelf: zelf.join("\n"),
            van_anderen: van_anderen.join("\n"),
            anderen_bron: bronnen.join("; "),
            inschatting,
            kan_helpen: self.staat.hulp.map(|hulp| hulp != Hulp::Niet),
            hulp: self.tekst("hulp").unwrap_or_default().to_owned(),
            besproken: self.staat.melden.as_ref().map(|besluit| besluit.besproken),
            kinderen: self.staat.kindcheck.unwrap_or_default(),
            spoor_nummer: self.nummer.clone(),
        }
    }

    /// The part that may stand in a file that parents can read: what was talked over with them, and what was decided.
    /// Consultation of Veilig Thuis, an advice without their knowledge, and what was weighed stay out, size included.
    pub fn voor_dossier_van_ouders(&self) -> Vec<(jiff::civil::Date, String)> {
        let regel = |regel: &super::meldcode::SpoorRegel| {
            let tekst =
                |soort: &str| regel.teksten.iter().find(|(eigen, _)| eigen == soort).map(|(_, tekst)| tekst.clone());
            let inhoud = match &regel.gebeurtenis {
                Gebeurtenis::SignaalVastgelegd { onthulling: false, bron: Signaalbron::ZelfGezien, .. } => {
                    tekst("feit")
                }
                Gebeurtenis::GesprekGevoerd { gehouden: true, .. } => tekst("verslag"),
                Gebeurtenis::HulpBesloten { .. } => tekst("hulp"),
                _ => None,
            };
            inhoud.map(|inhoud| (regel.gebeurd_op.dag(), inhoud))
        };
        let mut regels: Vec<_> = self.geschiedenis.iter().filter_map(regel).collect();
        regels.reverse();
        regels
    }
}
