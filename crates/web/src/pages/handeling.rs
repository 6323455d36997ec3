//! One form for every act on a casus: what it leads to, the questions, and the answer when it is refused.

use askama::Template;

use super::casus::CasusKop;
use super::kader::Kader;
use super::melder::Meldervak;
use super::onderdelen::{Clausule, Conflict, Feit, Weigering};
use super::veld::{Veld, VeldFout};

/// The form of one act.
#[derive(Debug, Clone, Template)]
#[template(path = "handeling.html")]
pub struct HandelingPagina {
    pub kader: Kader,
    pub kop: CasusKop,
    /// "Veiligheidsbeoordeling afronden".
    pub titel: String,
    /// What it leads to, said before the button.
    pub gevolg: String,
    pub clausule: Option<Clausule>,
    /// What the reader needs at hand: report, receiver, dates.
    pub feiten: Vec<Feit>,
    /// Who is called about it, for Veilig Thuis alone.
    pub melders: Vec<Meldervak>,
    /// Where the form is sent.
    pub actie: String,
    pub velden: Vec<Veld>,
    pub fouten: Vec<VeldFout>,
    pub weigering: Option<Weigering>,
    pub conflict: Option<Conflict>,
    /// Made with the form, so that sending it twice has one effect.
    pub opdracht: String,
    /// The version of the casus on which the reader decides.
    pub versie: String,
    /// Verb and on whose behalf: "Vastleggen namens Veilig Thuis".
    pub knop: String,
    pub annuleer_href: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::casus::tests::kop;
    use crate::pages::kader::{Plek, voorbeelden};
    use crate::pages::onderdelen::{TochDoen, Verandering, Weigergrond};
    use crate::pages::veld::{Criterium, Optie, Waarden};

    fn vragen() -> Vec<Criterium> {
        let vragen = [
            ("a", "De melder wil anoniem blijven voor het gezin"),
            ("b", "De veiligheid van iemand in het gezin wordt acuut bedreigd"),
            ("c", "Het is niet zeker genoeg of er huiselijk geweld of kindermishandeling is"),
            ("e", "Er is zichtbaar letsel"),
        ];
        vragen
            .into_iter()
            .map(|(code, vraag)| Criterium {
                code: code.into(),
                vraag: vraag.into(),
                plaats: "IJmond § 3.2".into(),
                antwoord: String::new(),
                reden: String::new(),
                fout: None,
            })
            .collect()
    }

    pub fn voorbeeld() -> HandelingPagina {
        let uitkomsten = vec![
            Optie::new("geen", "Geen acute onveiligheid"),
            Optie::new("acuut", "Acute onveiligheid").hint("Veilig Thuis handelt nu. Directe overdracht kan dan niet."),
            Optie::new("structureel", "Structurele onveiligheid"),
        ];
        HandelingPagina {
            kader: voorbeelden::veilig_thuis(Plek::Werkvoorraad),
            kop: kop(),
            titel: "Veiligheidsbeoordeling afronden".into(),
            gevolg: "Vanaf het moment dat u dit vastlegt, heeft Veilig Thuis het zicht op veiligheid.".into(),
            clausule: Some(Clausule::new("IJmond § 3.1").met_link("/afspraken/ijmond/2024-07-04#c-3-1")),
            feiten: vec![Feit::new("Melding", "melding 3, ma 30 maart, van een huisarts"), Feit::new("Uiterlijk", "wo 8 april, 23.59 uur")],
            melders: vec![crate::pages::melder::tests::open(), crate::pages::melder::tests::gesloten()],
            actie: "/casus/z25-01873/handeling/rond-beoordeling-af".into(),
            velden: vec![
                Veld::datum_tijd("gebeurd", "Wanneer was de beoordeling klaar?").hint("Niet het moment van invoeren."),
                Veld::rondjes("taxatie", "Wat is de uitkomst van de veiligheidstaxatie?", uitkomsten),
                Veld::criteria("criterium", "Mag deze casus direct worden overgedragen?", vragen()).hint("Niet beantwoord is iets anders dan nee. U kunt de beoordeling vastleggen als u nog niet alles weet."),
                Veld::keuzelijst("tweede", "Wie beoordeelde mee?", "Maak een keuze", vec![Optie::new("hs", "Hanna Schets, gedragswetenschapper")]),
                Veld::tekstvak("toelichting", "Toelichting", 4).optioneel(),
                Veld::vinkje("besproken", "Dit is besproken met een tweede beoordelaar"),
            ],
            fouten: Vec::new(),
            weigering: None,
            conflict: None,
            opdracht: "0198-voorbeeld".into(),
            versie: "12".into(),
            knop: "Vastleggen namens Veilig Thuis".into(),
            annuleer_href: "/casus/z25-01873".into(),
        }
    }

    /// The same form, come back: an error, a refusal that can be passed with a reason, and a change by someone else.
    pub fn voorbeeld_geweigerd() -> HandelingPagina {
        let mut pagina = voorbeeld();
        pagina.fouten = vec![
            VeldFout::new("tweede", "Kies wie er meebeoordeelde"),
            VeldFout::new("criterium_e", "Beantwoord of er zichtbaar letsel is"),
        ];
        let getypt = [
            ("taxatie", "geen"),
            ("criterium_a", "nee"),
            ("toelichting", "Gebeld met <school>"),
            ("gebeurd_datum", "2026-04-07"),
            ("gebeurd_tijd", "10:00"),
        ];
        let waarden = Waarden::new(getypt.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).to_vec());
        pagina.velden = pagina.velden.into_iter().map(|veld| veld.vul(&waarden, &pagina.fouten)).collect();
        pagina.weigering = Some(Weigering {
            titel: "Het gezin is nog niet geïnformeerd".into(),
            wat_te_doen:
                "Vertel het gezin eerst dat u de casus overdraagt en leg dat gesprek vast. Daarna kan de overdracht."
                    .into(),
            clausule: Some(Clausule::new("IJmond § 3.3.2").met_link("/afspraken/ijmond/2024-07-04#c-3-3-2")),
            clausule_id: "IJM-3.3.2.a".into(),
            toch_doen: Some(TochDoen {
                naam: "reden_afwijking".into(),
                waarde: String::new(),
                fout: Some("Schrijf op waarom u van de richtlijn afwijkt".into()),
            }),
            ook: vec![Weigergrond {
                tekst: "Zichtbaar letsel is nog niet beantwoord.".into(),
                clausule: Some(Clausule::new("IJmond § 3.2")),
            }],
        });
        pagina.conflict = Some(Conflict {
            veranderingen: vec![Verandering {
                wanneer: "vandaag, 10.42 uur:".into(),
                wat: "melding 4 is ontvangen".into(),
                door: "Veilig Thuis".into(),
            }],
        });
        pagina
    }

    #[test]
    fn zegt_het_gevolg_voor_de_knop_en_kiest_niets_vooraf() {
        let html = voorbeeld().render().unwrap();
        let gevolg = html.find("heeft Veilig Thuis het zicht op veiligheid").unwrap();
        assert!(gevolg < html.find("Vastleggen namens Veilig Thuis").unwrap());
        assert_eq!(html.matches(" checked").count(), 4, "alleen de vier criteria staan op niet beantwoord");
        assert!(html.contains(r#"name="versie" value="12""#));
    }

    #[test]
    fn komt_terug_met_wat_getypt_was_en_met_de_weg_erdoor() {
        let html = voorbeeld_geweigerd().render().unwrap();
        assert!(html.contains("Gebeld met &#60;school&#62;"));
        assert!(html.contains("Toch doen, met reden"));
        assert!(html.contains("IJM-3.3.2.a"));
        assert!(html.contains("Er is intussen iets veranderd"));
        assert!(html.contains(r##"href="#veld-tweede""##));
        assert!(html.contains(r#"aria-invalid="true""#));
    }
}
