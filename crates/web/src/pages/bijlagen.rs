//! The files of a casus that the own organisation keeps, and the form to add some.

use super::{
    casus::CasusKop,
    kader::Kader,
    onderdelen::{Clausule, Link, Weigering},
    veld::{Veld, VeldFout},
};
use askama::Template;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "bijlagen.html")]
pub struct BijlagenPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// Who reads these files.
    pub inleiding: String,
    /// Newest first.
    pub bijlagen: Vec<Regel>,
    /// Absent for who can add nothing now.
    pub toevoegen: Option<Toevoegen>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// To save it; it is never opened in the page.
    pub bestand: Link,
    /// "LIRIK, pdf, 1,2 MB".
    pub wat: String,
    /// "toegevoegd ma 2 maart, 10.15 uur, door Iris Verzonnen, Veilig Thuis".
    pub wanneer: String,
    pub clausule: Option<Clausule>,
}

/// The form, empty or come back.
#[derive(Debug, Clone)]
pub struct Toevoegen {
    pub clausule: Option<Clausule>,
    pub actie: String,
    pub velden: Vec<Veld>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    /// Made with the form, so that sending it twice has one effect.
    pub opdracht: String,
    pub knop: String,
}

impl BijlagenPagina {
    /// What was sent came back.
    pub fn is_mislukt(&self) -> bool {
        let mislukt = |t: &Toevoegen| !t.fouten.is_empty() || t.weigering.is_some();
        self.toevoegen.as_ref().is_some_and(mislukt)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::{
        casus::tests::kop,
        kader::{Plek, voorbeelden},
        veld::{Optie, Waarden},
    };

    pub fn voorbeeld() -> BijlagenPagina {
        let soorten = vec![Optie::new("lirik", "LIRIK").hint("ZHZ, § 9.1"), Optie::new("brief", "Brief")];
        let fouten = vec![VeldFout::new("bestanden", "Kies een of meer bestanden.")];
        let velden = [
            Veld::rondjes("soort", "Wat is het?", soorten),
            Veld::tekstvak("toelichting", "Toelichting", 3).optioneel(),
            Veld::bestanden("bestanden", "Bestanden", ".pdf").hint("Een bestand is niet groter dan 10 MB."),
        ];
        BijlagenPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            inleiding: "Alleen uw organisatie leest deze bestanden.".into(),
            bijlagen: vec![Regel {
                bestand: Link::new("Brief <school>.pdf", "/casussen/1/bijlagen/2"),
                wat: "Brief, pdf, 1,2 MB".into(),
                wanneer: "toegevoegd ma 2 maart, 10.15 uur, door Iris Verzonnen, Veilig Thuis".into(),
                clausule: Some(Clausule::new("ZHZ, § 9.1")),
            }],
            toevoegen: Some(Toevoegen {
                clausule: Some(Clausule::new("Onze lezing")),
                actie: "/casussen/1/bijlagen".into(),
                velden: velden.into_iter().map(|veld| veld.vul(&Waarden::default(), &fouten)).collect(),
                fouten,
                weigering: None,
                opdracht: "0198-voorbeeld".into(),
                knop: "Toevoegen namens Veilig Thuis".into(),
            }),
        }
    }

    #[test]
    fn een_bestand_is_om_op_te_slaan_en_het_formulier_stuurt_bestanden() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains(r#"enctype="multipart/form-data""#) && html.contains(r#"type="file""#));
        assert!(html.contains("Brief &#60;school&#62;.pdf") && html.contains(" download"), "{html}");
        assert!(html.contains(r#"id="fout-bestanden""#) && html.contains("<title>Niet gelukt: "));
        // What makes the form ours is sent before the files.
        assert!(html.find(r#"name="csrf""#) < html.find(r#"type="file""#));
    }

    #[test]
    fn wie_niets_kan_toevoegen_ziet_geen_formulier_en_een_lege_lijst_zegt_dat() {
        let html = BijlagenPagina { toevoegen: None, bijlagen: Vec::new(), ..voorbeeld() }.render().unwrap();
        assert!(!html.contains(r#"type="file""#) && html.contains("Er zijn nog geen bestanden."));
    }
}
