//! What else an agreement says, as lists: services, talks, monitoring, ends, and what it says about itself.

use super::{Lezer, dag_maand_jaar, lengte};
use crate::opmaak::hoofdletter;
use crate::pages::afspraken::{Lijst, LijstRij};
use domain::{
    afspraak::{AfspraakAnker, Fase, Gespreksmoment, Gevolg, MeldBij, Monitor, Ontvangt, PartijSoort},
    ids::ClausuleId,
};

impl Lezer<'_> {
    /// Every list that has rows, in the order of a casus.
    pub(super) fn lijsten(&self) -> Vec<Lijst> {
        let mut lijsten = vec![
            lijst("meldvragen", "Wat een melder wordt gevraagd", self.meldvragen()),
            lijst("onderdelen", "Wat er meegaat bij een overdracht", self.onderdelen()),
            lijst("diensten", "Diensten van Veilig Thuis", self.diensten()),
            lijst("gesprekken", "Waarover wordt gesproken", self.gesprekspunten()),
            lijst("regie", "Wanneer een partij de regie op andere leefgebieden kan hebben", self.regie()),
            lijst("monitoring", "Monitoring", self.monitoring()),
            lijst("sluiten", "Wanneer een casus eindigt", self.sluitingen()),
            lijst("volgorde", "In welke volgorde", self.volgorde()),
            lijst("meldroutes", "Hoe meldingen binnenkomen", self.meldroutes()),
            lijst("afspraak-zelf", "De afspraak zelf", self.over_de_afspraak()),
            lijst("opschalen", "Als het niet lukt", self.escalatie()),
        ];
        lijsten.retain(|lijst| !lijst.rijen.is_empty());
        lijsten
    }

    fn rij(&self, wat: impl Into<String>, uitleg: impl Into<String>, clausule: &ClausuleId) -> LijstRij {
        LijstRij { wat: wat.into(), uitleg: uitleg.into(), plaats: self.plaats(clausule) }
    }

    fn meldvragen(&self) -> Vec<LijstRij> {
        let mut alle: Vec<_> = self.bundel.inhoud.meldvraag.values().collect();
        alle.sort_by_key(|vraag| vraag.volgorde);
        let mut rijen = Vec::new();
        for vraag in alle {
            let bij: Vec<_> = vraag.bij.iter().map(|eis| meld_bij(*eis)).collect();
            let bij = if bij.is_empty() { "bij elke melding".to_owned() } else { bij.join(", ") };
            rijen.push(self.rij(&vraag.vraag, hoofdletter(&bij), &vraag.clausule));
            rijen.extend(vraag.tegen.iter().map(|tegen| {
                let antwoorden: Vec<_> = tegen.antwoorden.iter().map(|code| vraag.tekst_van(code)).collect();
                let uitleg = format!(
                    "Is het antwoord \u{201c}{}\u{201d}, dan past de melding zo niet.",
                    antwoorden.join(" of ")
                );
                self.rij(&vraag.vraag, uitleg, &tegen.clausule)
            }));
        }
        let mut instrumenten: Vec<_> = self.bundel.inhoud.meldinstrument.values().collect();
        instrumenten.sort_by_key(|instrument| instrument.volgorde);
        rijen.extend(instrumenten.iter().map(|i| self.rij(&i.naam, "Kan bij de melding.", &i.clausule)));
        rijen
    }

    fn onderdelen(&self) -> Vec<LijstRij> {
        let mut alle: Vec<_> = self.bundel.inhoud.onderdeel.values().collect();
        alle.sort_by_key(|onderdeel| onderdeel.volgorde);
        let rij = |onderdeel: &&domain::afspraak::Onderdeel| {
            let fasen: Vec<_> = onderdeel.fasen.iter().map(|fase| fase_naam(*fase)).collect();
            let fasen = if fasen.is_empty() { "altijd".to_owned() } else { fasen.join(", ") };
            let wie = format!("ontvanger: {}; gezin: {}", ontvangt(onderdeel.ontvanger), ontvangt(onderdeel.gezin));
            self.rij(&onderdeel.naam, format!("{}. {}", hoofdletter(&fasen), hoofdletter(&wie)), &onderdeel.clausule)
        };
        alle.iter().map(rij).collect()
    }

    fn diensten(&self) -> Vec<LijstRij> {
        let mut rijen = Vec::new();
        for dienst in self.bundel.inhoud.dienst.values() {
            let mut eisen = Vec::new();
            if dienst.na_gesprek {
                eisen.push("Na een gesprek met het gezin.");
            }
            if dienst.conclusie_verplicht {
                eisen.push("Eindigt met een conclusie.");
            }
            rijen.push(self.rij(&dienst.naam, eisen.join(" "), &dienst.clausule));
            let criteria = dienst.keuzecriteria.values();
            rijen.extend(criteria.map(|eis| self.rij(format!("{}: als", dienst.naam), &eis.tekst, &eis.clausule)));
        }
        rijen
    }

    fn gesprekspunten(&self) -> Vec<LijstRij> {
        let momenten = [Gespreksmoment::Huisbezoek, Gespreksmoment::Vooraf, Gespreksmoment::Gesprek];
        let punten = momenten
            .into_iter()
            .flat_map(|moment| self.bundel.gesprekspunten(moment).into_iter().map(move |(_, punt)| (moment, punt)));
        punten.map(|(moment, punt)| self.rij(gespreksmoment(moment), &punt.naam, &punt.clausule)).collect()
    }

    fn regie(&self) -> Vec<LijstRij> {
        let eisen = self.bundel.inhoud.regievoorwaarde.values();
        eisen.map(|eis| self.rij(hoofdletter(&soorten(&eis.partijen)), &eis.tekst, &eis.clausule)).collect()
    }

    fn monitoring(&self) -> Vec<LijstRij> {
        let inhoud = &self.bundel.inhoud;
        let mut rijen: Vec<_> = inhoud
            .monitoring
            .iter()
            .map(|(na, regel)| {
                let eind = regel.uiterlijk_maanden.map(|maanden| format!(", hoogstens {maanden} maanden"));
                self.rij(na_wat(na), format!("{}{}", monitor(regel.wie), eind.unwrap_or_default()), &regel.clausule)
            })
            .collect();
        let vragen = self.bundel.monitorvragen().into_iter();
        rijen.extend(vragen.map(|(_, vraag)| self.rij("Vraag", &vraag.vraag, &vraag.clausule)));
        let uitkomsten = inhoud.monitoruitkomst.values();
        rijen.extend(uitkomsten.map(|uitkomst| {
            self.rij(format!("Uitkomst: {}", gevolg(uitkomst.gevolg)), &uitkomst.naam, &uitkomst.clausule)
        }));
        rijen
    }

    fn sluitingen(&self) -> Vec<LijstRij> {
        let mut rijen = Vec::new();
        for regel in self.bundel.inhoud.sluiting.values() {
            let maanden = match regel.maanden_zonder_incident {
                0 => String::new(),
                maanden => format!("{maanden} maanden zonder incident of melding."),
            };
            rijen.push(self.rij(&regel.naam, maanden, &regel.clausule));
            let eisen = regel.voorwaarden.values();
            rijen.extend(eisen.map(|eis| self.rij(format!("{}: als", regel.naam), &eis.tekst, &eis.clausule)));
        }
        rijen
    }

    fn volgorde(&self) -> Vec<LijstRij> {
        let rij = |regel: &domain::afspraak::Volgorde| {
            let behalve = regel.behalve.as_ref().map(|behalve| format!(" {behalve}")).unwrap_or_default();
            self.rij(format!("Eerst {}", regel.eerst), format!("Dan {}.{behalve}", regel.dan), &regel.clausule)
        };
        self.bundel.inhoud.volgorde.values().map(rij).collect()
    }

    fn meldroutes(&self) -> Vec<LijstRij> {
        let rij = |route: &domain::afspraak::Meldroute| {
            let van = route.van.map(|van| format!("vanaf {}", dag_maand_jaar(van.0)));
            let tot = route.tot.map(|tot| format!("tot {}", dag_maand_jaar(tot.0)));
            let periode: Vec<_> = van.into_iter().chain(tot).collect();
            let wanneer = if periode.is_empty() { "Altijd".to_owned() } else { hoofdletter(&periode.join(" ")) };
            self.rij(wanneer, &route.weg, &route.clausule)
        };
        self.bundel.inhoud.meldroute.values().map(rij).collect()
    }

    fn over_de_afspraak(&self) -> Vec<LijstRij> {
        let inhoud = &self.bundel.inhoud;
        let delen = inhoud.pakket.values().map(|deel| {
            let uitleg = format!(
                "Editie {}, vastgesteld door {}, geldt vanaf {}.",
                deel.editie,
                deel.vastgesteld_door,
                dag_maand_jaar(deel.geldig_van.0)
            );
            self.rij(&deel.naam, uitleg, &deel.clausule)
        });
        let woorden = inhoud.woord.iter().map(|(ons, woord)| {
            self.rij(hoofdletter(&ons.replace('-', " ")), format!("heet hier {}", woord.hier), &woord.clausule)
        });
        let termijnen = inhoud.afspraaktermijn.values().map(|termijn| {
            let telkens = if termijn.herhaalt { ", telkens opnieuw" } else { "" };
            let lang = lengte(termijn.lengte, Some(termijn.eenheid));
            let uitleg = format!("{lang} {}{telkens}: {}", na_anker(termijn.anker), termijn.wie);
            self.rij(&termijn.naam, uitleg, &termijn.clausule)
        });
        let contacten =
            inhoud.contact.values().map(|contact| self.rij(&contact.naam, &contact.bereikbaar, &contact.clausule));
        delen.chain(woorden).chain(termijnen).chain(contacten).chain(self.rond_de_casus()).collect()
    }

    fn rond_de_casus(&self) -> Vec<LijstRij> {
        let inhoud = &self.bundel.inhoud;
        let laag = self.bundel.eigen_laag().into_iter();
        let editie = laag.flat_map(|laag| laag.clausules.iter().map(move |id| (laag, id)));
        let mut rijen: Vec<_> =
            editie.map(|(laag, id)| self.rij(format!("Editie {}", laag.editie), laag.document.clone(), id)).collect();
        let mut mijlpalen: Vec<_> = inhoud.mijlpaal.values().collect();
        mijlpalen.sort_by_key(|stap| stap.volgorde);
        rijen.extend(mijlpalen.into_iter().map(|stap| {
            let wie = if stap.elke_partij { ", door elke partij" } else { "" };
            self.rij(&stap.naam, format!("uiterlijk {}{wie}", dag_maand_jaar(stap.uiterlijk.0)), &stap.clausule)
        }));
        let mut taken: Vec<_> = inhoud.taak.values().collect();
        taken.sort_by_key(|taak| taak.volgorde);
        rijen.extend(taken.into_iter().map(|taak| {
            let soort = if taak.wettelijk { "wettelijke taak van Veilig Thuis" } else { "taak naast de wettelijke" };
            self.rij(&taak.naam, soort, &taak.clausule)
        }));
        rijen.extend(inhoud.verwijsindex.values().map(|regel| {
            let uitleg = format!(
                "van {} tot en met {} jaar; een signaal blijft {} maanden staan",
                regel.leeftijd_van, regel.leeftijd_tot, regel.maanden
            );
            self.rij("Signaal in de verwijsindex", uitleg, &regel.clausule)
        }));
        rijen.extend(inhoud.wacht.values().map(|regel| {
            let uitleg = format!(
                "na {} minuten zonder antwoord wordt de tweede gebeld; een gat in de komende {} dagen is iets om te doen",
                regel.minuten, regel.dagen_vooruit
            );
            self.rij("Alarm buiten kantoortijd", uitleg, &regel.clausule)
        }));
        let delen = self.bundel.afschermingen().into_iter();
        rijen.extend(delen.map(|(_, deel)| self.rij(&deel.naam, "gewogen bij een verzoek om inzage", &deel.clausule)));
        rijen
    }

    fn escalatie(&self) -> Vec<LijstRij> {
        let mut stappen: Vec<_> = self.bundel.inhoud.escalatie.values().collect();
        stappen.sort_by_key(|stap| stap.volgorde);
        stappen.into_iter().map(|stap| self.rij(&stap.stap, &stap.wie, &stap.clausule)).collect()
    }
}

/// The kinds of parties, in words.
pub(in crate::handlers) fn soorten(partijen: &[PartijSoort]) -> String {
    partijen.iter().map(|soort| soort.als_str().replace('-', " ")).collect::<Vec<_>>().join(", ")
}

fn lijst(id: &str, titel: &str, rijen: Vec<LijstRij>) -> Lijst {
    Lijst { id: id.to_owned(), titel: titel.to_owned(), rijen }
}

fn meld_bij(eis: MeldBij) -> &'static str {
    match eis {
        MeldBij::Beroepskracht => "een beroepskracht meldt",
        MeldBij::Burger => "een burger meldt",
        MeldBij::Politie => "de politie meldt",
        MeldBij::Eenmalig => "kort contact",
        MeldBij::Doorlopend => "langer contact",
        MeldBij::Open => "open melding",
        MeldBij::Gesloten => "gesloten melding",
        MeldBij::NaDirecteOverdracht => "na een directe overdracht",
        MeldBij::NaDienst => "na een dienst",
        MeldBij::DoorOntvanger => "door wie het zicht kreeg",
        MeldBij::GiBetrokken => "met een gezinsvoogd",
    }
}

fn fase_naam(fase: Fase) -> &'static str {
    match fase {
        Fase::Direct => "bij directe overdracht",
        Fase::NaDienst => "na een dienst",
        Fase::Onderling => "tussen anderen",
        Fase::AnderVeiligThuis => "naar een ander Veilig Thuis",
    }
}

fn ontvangt(ontvangt: Ontvangt) -> &'static str {
    match ontvangt {
        Ontvangt::Ja => "ja",
        Ontvangt::Nee => "nee",
        Ontvangt::AlleenBijOpenMelding => "alleen bij een open melding",
        Ontvangt::BijOpenMeldingIndienNodig => "bij een open melding, als het nodig is",
    }
}

fn gespreksmoment(moment: Gespreksmoment) -> &'static str {
    match moment {
        Gespreksmoment::Huisbezoek => "Bij het huisbezoek",
        Gespreksmoment::Vooraf => "Vooraf, zonder het gezin",
        Gespreksmoment::Gesprek => "In het gesprek met het gezin",
    }
}

fn monitor(monitor: Monitor) -> &'static str {
    match monitor {
        Monitor::VeiligThuis => "Veilig Thuis",
        Monitor::Ontvanger => "de ontvanger",
        Monitor::OntvangerIndienNodig => "de ontvanger, als dat nodig is",
        Monitor::Geen => "niemand",
    }
}

/// `direct-lokaal-team` reads as "Na directe overdracht (lokaal team)".
fn na_wat(sleutel: &str) -> String {
    let namen = [
        ("direct", "Na directe overdracht"),
        ("na-voorwaarden-en-vervolg", "Na Voorwaarden en Vervolg"),
        ("na-onderzoek", "Na Onderzoek"),
    ];
    let naam = namen.into_iter().find_map(|(begin, naam)| Some((naam, sleutel.strip_prefix(begin)?)));
    match naam {
        Some((naam, "")) => naam.to_owned(),
        Some((naam, rest)) => format!("{naam} ({})", rest.trim_start_matches('-').replace('-', " ")),
        None => sleutel.to_owned(),
    }
}

fn gevolg(gevolg: Gevolg) -> &'static str {
    match gevolg {
        Gevolg::Voortzetten => "doorgaan",
        Gevolg::Ondersteuning => "ondersteunen",
        Gevolg::Beschermtafel => "beschermtafel",
        Gevolg::Terugname => "terugnemen",
        Gevolg::Afronden => "afronden",
    }
}

fn na_anker(anker: AfspraakAnker) -> &'static str {
    match anker {
        AfspraakAnker::Editie => "na het begin van deze editie",
        AfspraakAnker::LaatsteBevestiging => "na de vorige keer",
        AfspraakAnker::Kennisgeving => "na de kennisgeving",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_sleutel_van_monitoring_leest_als_nederlands() {
        assert_eq!(na_wat("direct"), "Na directe overdracht");
        assert_eq!(na_wat("direct-lokaal-team"), "Na directe overdracht (lokaal team)");
        assert_eq!(na_wat("na-onderzoek"), "Na Onderzoek");
    }
}
