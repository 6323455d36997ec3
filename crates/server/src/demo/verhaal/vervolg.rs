//! What follows on the assessment: services, the handover after one, tasks beside zicht, monitoring, crisis.

use super::{super::teksten, Verhaal};
use app::{
    Wens,
    wens::{
        AanbodWens, AanvulWens, CrisisWens, DeeltaakWens, DienstAfWens, DienstWens, MonitorWens, PlanWens, Toelichting,
        UitstelWens, WarmWens,
    },
};
use domain::{
    afspraak::{Fase, Gespreksmoment, Monitor, Ontvangt},
    gebeurtenis::{Aanwezige, Antwoord, Conclusie, DienstSoort, Hulpadvies, Oordelen, OverdrachtWijze},
    ids::OrganisatieId,
    tijd::Instant,
};
use jiff::ToSpan;
use std::collections::BTreeMap;

/// What comes of a moment of monitoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uitkomst {
    Voortzetten,
    /// Veilig Thuis takes zicht back.
    Terugname,
}

impl Verhaal<'_> {
    pub fn start_dienst(&mut self, soort: DienstSoort) {
        let regel = self.o.bundel.inhoud.dienst.get(&soort.als_str());
        let keuzecriteria = regel.map(|regel| regel.keuzecriteria.keys().cloned().collect()).unwrap_or_default();
        let toelichting = Some("Besproken met een gedragswetenschapper en met het gezin.".to_owned());
        self.vt(Wens::StartDienst(DienstWens { dienst: Some(soort), keuzecriteria, reden: None, toelichting }));
    }

    pub fn rond_dienst_af(&mut self, conclusie: Conclusie) {
        let voorwaarden = "Bij ruzie gaat vader naar zijn broer. De kinderen kunnen oma bellen. Elke week contact.";
        let toelichting = Some(teksten::beoordeling(&mut self.t));
        self.vt(Wens::RondDienstAf(DienstAfWens {
            conclusie: Some(conclusie),
            voorwaarden_gesteld: true,
            voorwaarden: Some(voorwaarden.to_owned()),
            toelichting,
            ..DienstAfWens::default()
        }));
    }

    fn inhoud_na_dienst(&mut self) -> BTreeMap<String, String> {
        let open = self.alles_open();
        let mee = |ontvanger: &Ontvangt| match ontvanger {
            Ontvangt::Ja => true,
            Ontvangt::Nee | Ontvangt::BijOpenMeldingIndienNodig => false,
            Ontvangt::AlleenBijOpenMelding => open,
        };
        let onderdelen = self.o.bundel.onderdelen(Fase::NaDienst).into_iter();
        let onderdelen: Vec<_> =
            onderdelen.filter(|(_, deel)| mee(&deel.ontvanger)).map(|(sleutel, _)| sleutel).collect();
        let tekst = |verhaal: &mut Self, sleutel: &str| match sleutel {
            "inhoud-melding" | "melding-na-dienst" => {
                "Herhaalde ruzies thuis; de kinderen zijn daarbij. Zie het verslag.".to_owned()
            }
            "contactgegevens-melder" | "melder-na-dienst" => {
                "Via het algemene nummer van de melder, 06-00000000.".to_owned()
            }
            "veiligheidsvoorwaarden" => "Bij ruzie gaat vader naar zijn broer. Elke week contact.".to_owned(),
            "consequenties" => "Lukt dat niet, dan belt het team meteen Veilig Thuis.".to_owned(),
            "afspraken-monitoring" => "Na 3 maanden en na een jaar kijkt Veilig Thuis samen met het team.".to_owned(),
            _ => teksten::beoordeling(&mut verhaal.t),
        };
        onderdelen.into_iter().map(|sleutel| (sleutel.to_owned(), tekst(self, sleutel))).collect()
    }

    /// The offer after a service; `zonder` names a part that is not ready yet.
    pub fn bied_na_dienst_aan(&mut self, zonder: Option<&str>) {
        let mut inhoud = self.inhoud_na_dienst();
        inhoud.retain(|sleutel, _| Some(sleutel.as_str()) != zonder);
        self.bied(inhoud, None);
    }

    /// The offer to the professional who reported and who will help: both judgements are on record.
    pub fn bied_beroepskracht_aan(&mut self) {
        let inhoud = self.inhoud_na_dienst();
        self.bied(inhoud, Some(Oordelen { advies: Hulpadvies::Bijstellen, kan: true, wil: true, in_staat: true }));
    }

    fn bied(&mut self, inhoud: BTreeMap<String, String>, oordelen: Option<Oordelen>) {
        self.vt(Wens::BiedOverdrachtAan(AanbodWens {
            naar: Some(self.team.clone()),
            wijze: Some(OverdrachtWijze::Gesprek),
            inhoud,
            gezin_geinformeerd: true,
            verzonden: true,
            gegevens_ontvangen: false,
            mede_ontvangers: BTreeMap::new(),
            oordelen,
            reden: self.waarom_jeugd().map(str::to_owned),
        }));
    }

    pub fn spreek_warm(&mut self) {
        let momenten = [Gespreksmoment::Vooraf, Gespreksmoment::Gesprek].into_iter();
        let punten = momenten.flat_map(|moment| self.o.bundel.gesprekspunten(moment));
        let punten =
            punten.map(|(sleutel, _)| (sleutel.to_owned(), "Besproken; iedereen is het ermee eens.".to_owned()));
        let punten = punten.collect();
        let aanwezig = [Aanwezige::Gezin, Aanwezige::VeiligThuis, Aanwezige::Ontvanger].into();
        self.vt(Wens::HoudWarmeOverdracht(WarmWens { overdracht: None, aanwezig, punten, reden: None }));
    }

    pub fn vul_aan(&mut self, onderdeel: &str) {
        let tekst = "Lukt dat niet, dan belt het team meteen Veilig Thuis.".to_owned();
        let inhoud = [(onderdeel.to_owned(), tekst)].into();
        self.vt(Wens::VulInhoudAan(AanvulWens { overdracht: None, inhoud, reden: None }));
    }

    /// The holder offers to another party, which has the content at once.
    pub fn bied_onderling_aan(&mut self, naar: &str) {
        let inhoud = self.o.bundel.onderdelen(Fase::Onderling).into_iter();
        let tekst = "De kinderen zijn veilig; de volwassenen willen nu zelf hulp.";
        let inhoud = inhoud.map(|(sleutel, _)| (sleutel.to_owned(), tekst.to_owned())).collect();
        self.team(Wens::BiedOverdrachtAan(AanbodWens {
            naar: Some(OrganisatieId::from(naar)),
            wijze: Some(OverdrachtWijze::Telefoon),
            inhoud,
            gezin_geinformeerd: true,
            verzonden: true,
            gegevens_ontvangen: true,
            ..AanbodWens::default()
        }));
        self.zet_team(OrganisatieId::from(naar));
    }

    pub fn spreek_deeltaak_af(&mut self, organisatie: &str, wat: &str, dagen: Option<i64>) {
        let tot = dagen.map(|dagen| self.op.dag().saturating_add(dagen.days()).to_string());
        let (organisatie, wat) = (Some(OrganisatieId::from(organisatie)), Some(wat.to_owned()));
        self.vt(Wens::SpreekDeeltaakAf(DeeltaakWens { organisatie, wat, tot }));
    }

    /// A moment of monitoring, by who monitors after Voorwaarden en Vervolg.
    pub fn monitor(&mut self, uitkomst: Uitkomst) {
        let vragen = self.o.bundel.inhoud.monitorvraag.keys();
        let antwoord = if uitkomst == Uitkomst::Voortzetten { Antwoord::Ja } else { Antwoord::Nee };
        let antwoorden = vragen.map(|sleutel| (sleutel.clone(), antwoord)).collect();
        let (uitkomst, toelichting) = match uitkomst {
            Uitkomst::Voortzetten => {
                ("voortzetten", "Met het team en het gezin gesproken: de voorwaarden worden gehouden.")
            }
            Uitkomst::Terugname => ("terugname", "De voorwaarden worden niet gehouden; er was opnieuw geweld."),
        };
        let wens = Wens::LegMonitormomentVast(MonitorWens {
            moment: None,
            antwoorden,
            uitkomst: Some(uitkomst.to_owned()),
            reden: None,
            toelichting: Some(toelichting.to_owned()),
        });
        self.door_monitor(wens);
    }

    pub fn plan_monitormoment(&mut self, dagen: i64) {
        let datum = Some(self.op.dag().saturating_add(dagen.days()).to_string());
        let toelichting = Some("Kort na de zomervakantie nog eens kijken.".to_owned());
        self.door_monitor(Wens::PlanMonitormoment(PlanWens { datum, reden: None, toelichting }));
    }

    fn door_monitor(&mut self, wens: Wens) {
        let regel = self.o.bundel.inhoud.monitoring.get("na-voorwaarden-en-vervolg");
        if regel.is_some_and(|regel| regel.wie == Monitor::VeiligThuis) {
            self.vt(wens)
        } else {
            self.team(wens)
        };
    }

    pub fn raadpleeg(&mut self) {
        let toelichting = Some("Team en Veilig Thuis zien allebei dat het stabiel veilig is.".to_owned());
        self.team(Wens::RaadpleegVeiligThuis(Toelichting { reden: None, toelichting }));
    }

    pub fn schakel_crisisdienst_in(&mut self, organisatie: &str) {
        let organisatie = Some(OrganisatieId::from(organisatie));
        let toelichting = Some("Moeder en kinderen zijn vannacht opgevangen.".to_owned());
        self.vt(Wens::SchakelCrisisdienstIn(CrisisWens { organisatie, toelichting }));
    }

    pub fn meld_crisis_stabiel(&mut self) {
        let toelichting = Some("Vader is elders; moeder en kinderen zijn weer thuis.".to_owned());
        self.vt(Wens::MeldCrisisStabiel(Toelichting { reden: None, toelichting }));
    }

    pub fn stel_informeren_uit(&mut self, dagen: i64) {
        let tot = Some(self.op.dag().saturating_add(dagen.days()).to_string());
        let reden = Some("Moeder is bang voor zijn reactie; eerst is er een veilige plek nodig.".to_owned());
        self.vt(Wens::StelInformerenUit(UitstelWens { tot, reden }));
    }

    /// So many months after a day, in office hours.
    pub fn maanden_na(&mut self, dag: Instant, maanden: i64) {
        let dag = dag.dag().saturating_add(maanden.months());
        self.op = self.op.max(Instant::begin_van(dag));
        self.werkdag(1);
    }
}
