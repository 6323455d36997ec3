//! The veiligheidsbeoordeling of a report, step by step, for Veilig Thuis alone.

use super::{
    casus::{huidige_bundel, kop, laad},
    formulier::informatie_van,
    handeling::titel,
    tekst::{self, clausule, moment},
};
use crate::{
    Toestand,
    frame::{flits, kader},
    pages::{
        beoordeling::{BeoordelingPagina, Bron, Stap, Verzoek},
        kader::Plek,
        onderdelen::{Feit, Link, Pil, Status},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    lezen::{Bronstand, CasusBeeld},
    toegang::Relatie,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::{Bundel, Oordeelvorm},
    beoordelingen::{Besluit, Overleg, Overleguitkomst, instrument::Instrument},
    ids::MeldingId,
    meldingen::Melding,
    verrijking::{Bronuitkomst, Verzoek as Gevraagd},
    weigering::Code,
};
use serde::Deserialize;

/// Of which report; the one that waits for a decision when absent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    melding: Option<MeldingId>,
    gedaan: Option<String>,
}

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let gevraagd = vraag.melding.map_or_else(|| beeld.staat.bedoelde_melding(), |id| beeld.staat.melding(id));
    let melding = gevraagd.filter(|_| beeld.relatie == Relatie::VeiligThuis).ok_or(WebFout::NietGevonden)?;
    let bundel = tekst::bundel(&toestand, &melding.feit.bundel)
        .or_else(|| huidige_bundel(&toestand, &beeld))
        .ok_or(WebFout::NietGevonden)?;
    let mut kader = kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?;
    kader.flits = flits(vraag.gedaan.as_deref());
    let nummer = beeld.staat.meldingen.iter().position(|ander| ander.id == melding.id).map_or(1, |index| index + 1);
    let deel = Deel { toestand: &toestand, beeld: &beeld, bundel: &bundel, melding };
    Ok(pagina(&BeoordelingPagina {
        kader,
        kop: kop(&toestand, &beeld),
        titel: format!("Melding {nummer}, {}", moment(melding.ontvangen_op, beeld.op)),
        inleiding: "De beoordeling heeft drie stappen. U kunt stap 1 en 2 in elke volgorde doen.".to_owned(),
        nagebootst: toestand.app.bronnen().is_nagebootst(),
        stappen: vec![deel.verzamelen(), deel.taxeren(), deel.besluiten()],
        bronnen: beeld.bronnen(melding.id, &bundel).iter().map(|stand| deel.bron(stand)).collect(),
        actie: format!("/casussen/{}/doe/vraag-informatie", beeld.id),
        melding: melding.id.to_string(),
        versie: beeld.versie.to_string(),
    }))
}

/// What the steps are made from.
struct Deel<'a> {
    toestand: &'a Toestand,
    beeld: &'a CasusBeeld,
    bundel: &'a Bundel,
    melding: &'a Melding,
}

impl Deel<'_> {
    fn kan(&self, handeling: &str) -> bool {
        self.beeld.handelingen.iter().any(|mogelijk| mogelijk.naam == handeling && mogelijk.kan())
    }

    fn knop(&self, handeling: &str) -> Option<Link> {
        let (tekst, _) = titel(handeling)?;
        self.kan(handeling).then(|| Link::new(tekst, format!("/casussen/{}/doe/{handeling}", self.beeld.id)))
    }

    fn verzamelen(&self) -> Stap {
        let stand = self.beeld.staat.verzoeken_bij(self.melding.id, self.bundel);
        let open = stand.iter().filter(|verzoek| verzoek.antwoord.is_none()).count();
        let pil = match (stand.len(), open) {
            (0, _) => Pil::new(Status::Later, "Nog niets gevraagd"),
            (_, 0) => Pil::new(Status::Gehaald, "Alles wat gevraagd is, is beantwoord"),
            (_, open) => Pil::new(Status::Deels, format!("{open} nog onbekend")),
        };
        let aandacht = self.bundel.inhoud.bevoegd.get("vraag-informatie");
        Stap {
            id: "verzamelen",
            naam: "Stap 1: informatie verzamelen".to_owned(),
            pil,
            tekst: "Zonder antwoord is het onbekend. Dat is iets anders dan dat er niets bekend is.".to_owned(),
            clausules: aandacht
                .map(|regel| clausule(self.toestand, self.bundel, &regel.clausule))
                .into_iter()
                .collect(),
            feiten: Vec::new(),
            met_bronnen: true,
            knoppen: Vec::new(),
        }
    }

    fn taxeren(&self) -> Stap {
        let klaar = self.melding.beoordeling.as_ref();
        let regel = self.bundel.inhoud.bevoegd.get("rond-beoordeling-af");
        let knoppen = ["rond-beoordeling-af", "beantwoord-criteria"].iter().filter_map(|naam| self.knop(naam));
        Stap {
            id: "taxeren",
            naam: "Stap 2: de veiligheid taxeren".to_owned(),
            pil: match klaar {
                Some(_) => Pil::new(Status::Gehaald, "Gedaan"),
                None => Pil::new(Status::AanZet, "Te doen"),
            },
            tekst: "Veilig Thuis schat de veiligheid van alle gezinsleden in met een vast instrument.".to_owned(),
            clausules: regel.map(|regel| clausule(self.toestand, self.bundel, &regel.clausule)).into_iter().collect(),
            feiten: self
                .ingevuld()
                .into_iter()
                .chain(klaar.into_iter().flat_map(|klaar| {
                    [
                        Feit::new("Uitkomst", tekst::taxatie(klaar.taxatie)),
                        Feit::new("Wanneer", moment(klaar.feit.gebeurd_op, self.beeld.op)),
                    ]
                }))
                .collect(),
            met_bronnen: false,
            knoppen: self.naar_instrument().into_iter().chain(knoppen).collect(),
        }
    }

    /// What was found with the triage instrument; that it was not filled in, where there is one.
    fn ingevuld(&self) -> Vec<Feit> {
        let instrumenten = self.toestand.app.instrumenten();
        match &self.melding.triage {
            Some(ingevuld) => {
                let naam = &ingevuld.triage.instrument;
                let instrument = instrumenten.met_naam(naam).map_or(&naam.editie, |instrument| &instrument.naam);
                let mut feiten = vec![
                    Feit::new("Instrument", format!("{instrument}, editie {}", naam.editie)),
                    Feit::new("Gevonden", tekst::triage(&ingevuld.triage)),
                    Feit::new("Ingevuld", moment(ingevuld.feit.gebeurd_op, self.beeld.op)),
                ];
                let toelichting = self.beeld.tekst_bij(ingevuld.feit.versie, "toelichting");
                feiten.extend(toelichting.map(|tekst| Feit::new("Toelichting", tekst)));
                feiten
            }
            None => {
                let instrument = self.instrument().into_iter();
                instrument.map(|instrument| Feit::new(&instrument.naam, "nog niet ingevuld")).collect()
            }
        }
    }

    fn instrument(&self) -> Option<&Instrument> {
        let veilig_thuis = self.beeld.staat.veilig_thuis.as_ref()?;
        self.toestand.app.instrumenten().voor(veilig_thuis, self.beeld.op.dag())
    }

    /// It is filled in until the decision.
    fn naar_instrument(&self) -> Option<Link> {
        let (titel, _) = titel("vul-instrument-in")?;
        let open = self.instrument().is_some() && self.melding.besluit.is_none();
        open.then(|| Link::new(titel, format!("/casussen/{}/doe/vul-instrument-in", self.beeld.id)))
    }

    fn besluiten(&self) -> Stap {
        const BESLUITEN: [&str; 3] = [
            "besluit-vervolg:directe-overdracht",
            "besluit-vervolg:vervolg-bij-veilig-thuis",
            "besluit-vervolg:geen-verdere-stappen",
        ];
        let besluit = self.melding.besluit.as_ref();
        let wacht = self.beeld.handelingen.iter().any(|mogelijk| {
            let redenen =
                mogelijk.weigering.iter().flat_map(|weigering| std::iter::once(&weigering.reden).chain(&weigering.ook));
            let te_vroeg = redenen.map(|reden| reden.code).any(|code| code == Code::BeoordelingNietAfgerond);
            BESLUITEN.contains(&mogelijk.naam) && te_vroeg
        });
        let regel = self.bundel.inhoud.bevoegd.get("besluit-vervolg");
        let oordeel = self.bundel.inhoud.oordeel.get("vervolg");
        Stap {
            id: "besluiten",
            naam: "Stap 3: besluiten over het vervolg".to_owned(),
            pil: match (besluit, wacht) {
                (Some(_), _) => Pil::new(Status::Gehaald, "Besloten"),
                (None, true) => Pil::new(Status::Later, "Na de taxatie"),
                (None, false) => Pil::new(Status::AanZet, "Te doen"),
            },
            tekst: match oordeel.map(|oordeel| oordeel.vorm) {
                Some(Oordeelvorm::Multidisciplinair) => {
                    "Besluit wat er nodig is en wie het doet, na overleg van meer disciplines.".to_owned()
                }
                _ => "Besluit wat er nodig is en wie het doet. Wie taxeerde, besluit niet alleen.".to_owned(),
            },
            clausules: regel
                .map(|regel| &regel.clausule)
                .into_iter()
                .chain(oordeel.map(|oordeel| &oordeel.clausule))
                .map(|id| clausule(self.toestand, self.bundel, id))
                .collect(),
            feiten: self
                .overleggen()
                .into_iter()
                .chain(besluit.into_iter().flat_map(|besluit| self.besloten(besluit)))
                .collect(),
            met_bronnen: false,
            knoppen: BESLUITEN.iter().chain(&["houd-overleg"]).filter_map(|naam| self.knop(naam)).collect(),
        }
    }

    fn overleggen(&self) -> Vec<Feit> {
        let overleggen = self.beeld.staat.overleggen.iter().filter(|overleg| overleg.melding == self.melding.id);
        let feit = |overleg: &Overleg| {
            let gewogen = self.beeld.tekst_bij(overleg.feit.versie, "overleg-gewogen").unwrap_or_default();
            let anderen = overleg.organisaties.iter().map(|ander| self.toestand.app.naam_van(ander));
            let wie: Vec<_> = std::iter::once(tekst::functies(&overleg.functies)).chain(anderen).collect();
            let eens = if overleg.uitkomst == Overleguitkomst::Eens { "eens" } else { "niet eens" };
            let wanneer = moment(overleg.feit.gebeurd_op, self.beeld.op);
            Feit::new(format!("Overleg, {wanneer}"), format!("{}; {eens}. {gewogen}", wie.join(", ")))
        };
        overleggen.map(feit).collect()
    }

    fn besloten(&self, besluit: &Besluit) -> Vec<Feit> {
        let partijen = besluit.toewijzing.iter().filter_map(|sleutel| self.bundel.inhoud.vervolgpartij.get(sleutel));
        let partijen: Vec<_> = partijen.map(|partij| partij.naam.as_str()).collect();
        let mut feiten = vec![
            Feit::new("Besluit", tekst::besluit(besluit.soort)),
            Feit::new("Wanneer", moment(besluit.feit.gebeurd_op, self.beeld.op)),
        ];
        if !partijen.is_empty() {
            feiten.push(Feit::new("Wie het vervolg doet", partijen.join("; ")));
        }
        feiten
    }

    fn bron(&self, stand: &Bronstand<'_>) -> Bron {
        let vragen = self.kan("vraag-informatie");
        let grondslag = self.bundel.inhoud.grondslag.get(&stand.bron.grondslag);
        let clausules = std::iter::once(&stand.bron.clausule)
            .chain(&stand.bron.ook)
            .chain(grondslag.map(|grondslag| &grondslag.clausule));
        let mut clausules: Vec<_> = clausules.map(|id| clausule(self.toestand, self.bundel, id)).collect();
        clausules.dedup();
        let onbekend = stand.verzoeken.iter().any(|verzoek| verzoek.antwoord.is_none());
        let naar = format!("/casussen/{}/doe/vraag-informatie?bron={}", self.beeld.id, stand.sleutel);
        Bron {
            sleutel: stand.sleutel.to_owned(),
            naam: stand.bron.naam.clone(),
            wat: stand.bron.wat.clone(),
            grondslag: grondslag.map(|grondslag| grondslag.tekst.clone()).unwrap_or_default(),
            clausules,
            verzoeken: stand.verzoeken.iter().map(|verzoek| self.verzoek(verzoek)).collect(),
            opdracht: (vragen && !stand.bron.bij_naam).then(|| self.toestand.nieuw_opdrachtnummer()),
            knop: if onbekend { "Opnieuw vragen" } else { "Vragen" }.to_owned(),
            link: (vragen && stand.bron.bij_naam).then(|| Link::new("Iemand vragen", naar)),
        }
    }

    fn verzoek(&self, verzoek: &Gevraagd) -> Verzoek {
        let gevraagd = moment(verzoek.feit.vastgelegd_op, self.beeld.op);
        let (pil, wanneer, antwoord) = match &verzoek.antwoord {
            None => (Pil::new(Status::Volgt, "Onbekend: nog geen antwoord"), format!("gevraagd {gevraagd}"), None),
            Some((feit, uitkomst)) => {
                let pil = match uitkomst {
                    Bronuitkomst::Gevonden => Pil::new(Status::Gehaald, "Er is iets bekend"),
                    Bronuitkomst::NietsGevonden => Pil::new(Status::Gehaald, "Gekeken: niets bekend"),
                };
                let tekst = self.beeld.tekst_bij(feit.versie, "informatie").map(str::to_owned);
                (pil, format!("beantwoord {}", moment(feit.vastgelegd_op, self.beeld.op)), tekst)
            }
        };
        let bij_naam = self.bundel.inhoud.bron.get(&verzoek.bron).is_some_and(|bron| bron.bij_naam);
        let vastleggen = verzoek.antwoord.is_none() && self.kan("leg-informatie-vast");
        let href = format!("/casussen/{}/doe/leg-informatie-vast?verzoek={}", self.beeld.id, verzoek.id);
        Verzoek {
            aan: bij_naam.then(|| informatie_van(self.toestand, self.beeld, self.bundel, verzoek)),
            pil,
            wanneer,
            antwoord,
            vastleggen: vastleggen.then(|| Link::new("Antwoord vastleggen", href)),
        }
    }
}
