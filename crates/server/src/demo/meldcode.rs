//! Tracks of the meldcode and advices of made-up professionals, in every region, at different steps.

use super::klok::Demoklok;
use Weegantwoord::{Ja, Nee, Twijfel};
use anyhow::{Context, Result, anyhow, bail};
use app::{
    Actor, Antwoord, App,
    eigen::{
        AdviesWens, EigenOpdracht, SpoorWens,
        advies::{GeefWens, VraagWens},
        meldcode::{
            BeginWens, GesprekWens, HulpWens, KindcheckWens, MeldBesluitWens, OverlegWens, PogingWens, SignaalWens,
            SluitSpoorWens, WeegWens,
        },
    },
};
use domain::{
    adviezen::Toestemming,
    afspraak::Bron,
    gebeurtenis::ContactWijze,
    ids::{AdviesId, CasusId, CommandId},
    meldcode::{
        Client, Gesprekspartner, Hulp, Overlegpartner, Signaalbron, Sluitreden, kader::Weegantwoord,
        protocol::Protocollen,
    },
    tijd::{Datum, Instant},
};
use jiff::ToSpan;
use uuid::Uuid;

/// Hours in which a day of a story passes.
const DAG_UREN: i64 = 24;

/// Who acts, and in which region.
#[derive(Clone, Copy)]
struct Wie {
    medewerker: &'static str,
    organisatie: &'static str,
    regio: &'static str,
}

const JET: Wie = Wie { medewerker: "jet-potlood", organisatie: "basisschool-de-duin", regio: "ijmond" };
const NADIA: Wie = Wie { medewerker: "nadia-oefenaar", organisatie: "veilig-thuis-kennemerland", regio: "ijmond" };
const HANNA: Wie =
    Wie { medewerker: "hanna-hypothese", organisatie: "huisartsenpraktijk-verzonnen", regio: "noord-oost-gelderland" };
const ALMA: Wie =
    Wie { medewerker: "alma-alfabet", organisatie: "basisschool-de-kaasmolen", regio: "noord-holland-noord" };
const ROSA: Wie =
    Wie { medewerker: "rosa-rijmelarij", organisatie: "rivas-jeugdgezondheidszorg", regio: "zuid-holland-zuid" };
const ZARA: Wie =
    Wie { medewerker: "zara-zogenaamd", organisatie: "veilig-thuis-zuid-holland-zuid", regio: "zuid-holland-zuid" };

/// A made-up protocol of one organisation for a family that does not appear.
///
/// # Errors
/// Never; what is made up here is read by a test.
pub fn protocollen() -> Result<Protocollen> {
    let tekst = "organisatie = \"rivas-jeugdgezondheidszorg\"\neditie = \"verzonnen\"\n\
                 [[stap]]\nna = 1\ndoe = \"Bel dezelfde week nog eens, op een ander moment. (verzonnen)\"\n\
                 [[stap]]\nna = 2\ndoe = \"Ga onaangekondigd op huisbezoek en overleg met de aandachtsfunctionaris. (verzonnen)\"\n";
    let bron = Bron { bestand: "demo".into(), tekst: tekst.into() };
    Protocollen::laad(&[bron]).map_err(|fouten| anyhow!("{fouten:?}"))
}

/// Records everything through the application itself; gives how many acts it were.
///
/// # Errors
/// An act that was refused, or a fault of the store.
pub async fn vul(app: &App, klok: &Demoklok, zaad: u64, nu: Instant) -> Result<usize> {
    klok.zet(nu);
    let mut verteller = Verteller { app, zaad, nu, gedaan: 0 };
    verteller.school_die_moet_melden().await.context("een school die moet melden")?;
    verteller.school_halverwege().await.context("een school halverwege")?;
    verteller.jgz_met_twijfel().await.context("jeugdgezondheidszorg met twijfel")?;
    verteller.huisarts_met_volwassene().await.context("een huisarts met een volwassen cliënt")?;
    verteller.school_die_hielp().await.context("een school die hielp")?;
    Ok(verteller.gedaan)
}

struct Verteller<'a> {
    app: &'a App,
    zaad: u64,
    nu: Instant,
    gedaan: usize,
}

impl Verteller<'_> {
    fn id(&mut self) -> CommandId {
        self.gedaan += 1;
        CommandId(CommandId(Uuid::from_u64_pair(self.zaad, 7)).afgeleid(&format!("meldcode-{}", self.gedaan)))
    }

    fn opdracht<W>(&mut self, wie: Wie, stroom: Option<CasusId>, dagen: i64, wens: W) -> EigenOpdracht<W> {
        let actor = Actor { medewerker: wie.medewerker.into(), organisatie: wie.organisatie.into() };
        let gebeurd_op = Some(self.nu.plus_uren(-dagen * DAG_UREN));
        EigenOpdracht { id: self.id(), stroom, verwacht: None, actor, gebeurd_op, wens }
    }

    async fn spoor(&mut self, wie: Wie, stroom: Option<CasusId>, dagen: i64, wens: SpoorWens) -> Result<CasusId> {
        let naam = wens.naam();
        let opdracht = self.opdracht(wie, stroom, dagen, wens);
        stroom_van(&naam, self.app.voer_spoor_uit(&opdracht).await?)
    }

    async fn advies(&mut self, wie: Wie, stroom: Option<CasusId>, dagen: i64, wens: AdviesWens) -> Result<CasusId> {
        let naam = wens.naam();
        let opdracht = self.opdracht(wie, stroom, dagen, wens);
        stroom_van(&naam, self.app.voer_advies_uit(&opdracht).await?)
    }

    async fn begin(&mut self, wie: Wie, dagen: i64, beroep: &str, client: Client, naam: &str) -> Result<CasusId> {
        let wens = BeginWens {
            afspraak: Some(wie.regio.into()),
            beroep: Some(beroep.to_owned()),
            client: Some(client),
            client_naam: naam.to_owned(),
            eindverantwoordelijke: "de leidinggevende".to_owned(),
            reden: String::new(),
        };
        self.spoor(wie, None, dagen, SpoorWens::BeginSpoor(wens)).await
    }

    async fn signaal(&mut self, wie: Wie, spoor: CasusId, dagen: i64, feit: &str, van: Option<&str>) -> Result<()> {
        let wens = SignaalWens {
            datum: Some(Datum(self.nu.dag().saturating_sub(dagen.days()))),
            bron: Some(if van.is_some() { Signaalbron::Ander } else { Signaalbron::ZelfGezien }),
            feit: feit.to_owned(),
            uitleg: "Kan ook een andere oorzaak hebben; daarom overleg ik eerst.".to_owned(),
            bron_tekst: van.unwrap_or_default().to_owned(),
            ..SignaalWens::default()
        };
        self.spoor(wie, Some(spoor), dagen, SpoorWens::LegSignaalVast(wens)).await.map(drop)
    }

    async fn overleg(&mut self, wie: Wie, spoor: CasusId, dagen: i64, wens: OverlegWens) -> Result<()> {
        self.spoor(wie, Some(spoor), dagen, SpoorWens::LegOverlegVast(wens)).await.map(drop)
    }

    async fn gesprek(&mut self, wie: Wie, spoor: CasusId, dagen: i64, met: Gesprekspartner) -> Result<()> {
        let wens = GesprekWens {
            met: [met].into(),
            gehouden: Some(true),
            verslag: "Er is verteld wat er is gezien. Er is geluisterd, en er is een nieuwe afspraak.".to_owned(),
            reden: String::new(),
        };
        self.spoor(wie, Some(spoor), dagen, SpoorWens::LegGesprekVast(wens)).await.map(drop)
    }

    async fn weeg(&mut self, wie: Wie, spoor: CasusId, dagen: i64, antwoorden: &[(&str, Weegantwoord)]) -> Result<()> {
        let antwoorden = antwoorden.iter().map(|(vraag, antwoord)| ((*vraag).to_owned(), *antwoord)).collect();
        let toelichting = "Samen met de aandachtsfunctionaris gewogen.".to_owned();
        let wens = SpoorWens::Weeg(WeegWens { antwoorden, toelichting });
        self.spoor(wie, Some(spoor), dagen, wens).await.map(drop)
    }

    async fn vraag(&mut self, wie: Wie, dagen: i64, naam: &str, vraag: &str, vorm: &str) -> Result<CasusId> {
        let wens = VraagWens {
            afspraak: Some(wie.regio.into()),
            naam: naam.to_owned(),
            vraag: vraag.to_owned(),
            vormen: [vorm.to_owned()].into(),
            toestemming: Some(Toestemming::SchaadtVertrouwen),
            ..VraagWens::default()
        };
        self.advies(wie, None, dagen, AdviesWens::VraagAdvies(wens)).await
    }

    /// Acute danger was found; the report is still to be made.
    async fn school_die_moet_melden(&mut self) -> Result<()> {
        let spoor = self.begin(JET, 6, "onderwijs", Client::Kind, "leerling 214").await?;
        self.signaal(JET, spoor, 6, "Kwam om 8.40 uur alleen, zonder jas, bij 3 graden.", None).await?;
        self.signaal(JET, spoor, 4, "Er was in het weekend ruzie; de leerling zat op de trap.", Some("de buurvrouw"))
            .await?;
        let collega = OverlegWens {
            met: Some(Overlegpartner::Aandachtsfunctionaris),
            verslag: "Zij ziet hetzelfde patroon als vorig jaar.".to_owned(),
            ..OverlegWens::default()
        };
        self.overleg(JET, spoor, 3, collega).await?;
        self.gesprek(JET, spoor, 2, Gesprekspartner::Ouders).await?;
        self.weeg(JET, spoor, 1, &[("vermoeden", Ja), ("gevaar", Ja)]).await?;
        let melden = MeldBesluitWens { melden: Some(true), besproken: true, ..MeldBesluitWens::default() };
        self.spoor(JET, Some(spoor), 1, SpoorWens::BeslisMelden(melden)).await?;
        let hulp =
            HulpWens { hulp: Some(Hulp::Organiseren), toelichting: "Elke ochtend een ontbijt op school.".to_owned() };
        self.spoor(JET, Some(spoor), 1, SpoorWens::BeslisHulp(hulp)).await.map(drop)
    }

    /// One signal and a question that waits for an answer, and one that got it.
    async fn school_halverwege(&mut self) -> Result<()> {
        let spoor = self.begin(JET, 2, "onderwijs", Client::Kind, "leerling 88").await?;
        self.signaal(JET, spoor, 2, "Slaapt in de klas en eet gulzig.", None).await?;
        let vraag = "Een leerling van 7 jaar slaapt in de klas. Praat ik eerst met de ouders of eerst met het kind?";
        let open = self.vraag(JET, 1, "Jet Potlood", vraag, "meedenken").await?;
        let overleg = OverlegWens {
            met: Some(Overlegpartner::VeiligThuis),
            verslag: "Advies gevraagd; het antwoord volgt.".to_owned(),
            advies: Some(AdviesId(open.0)),
            ..OverlegWens::default()
        };
        self.overleg(JET, spoor, 1, overleg).await?;
        let eerder = "Een leerling van 10 jaar wil niet naar huis. Wat kan ik nu doen?";
        let eerder = self.vraag(JET, 20, "Jet Potlood", eerder, "meedenken").await?;
        let antwoord = GeefWens {
            antwoord: "Vraag wat er thuis gebeurt en schrijf het letterlijk op. Bel ons als er vandaag gevaar is."
                .to_owned(),
            vormen: ["meedenken".to_owned()].into(),
            laatste: true,
        };
        self.advies(NADIA, Some(eerder), 20, AdviesWens::GeefAdvies(antwoord)).await.map(drop)
    }

    /// Doubt, so Veilig Thuis was asked; and a family that did not come.
    async fn jgz_met_twijfel(&mut self) -> Result<()> {
        let spoor = self.begin(ROSA, 12, "jgz", Client::Kind, "dossier 3021").await?;
        self.signaal(ROSA, spoor, 12, "Weegt sinds drie maanden hetzelfde.", None).await?;
        for dagen in [10, 8] {
            let poging = PogingWens {
                wijze: Some(ContactWijze::Telefoon),
                gelukt: false,
                toelichting: "Niet op de afspraak; geen gehoor.".to_owned(),
            };
            self.spoor(ROSA, Some(spoor), dagen, SpoorWens::LegContactpogingVast(poging)).await?;
        }
        let vraag = "Een baby groeit niet en het gezin komt niet op afspraken. Hoe voer ik het eerste gesprek?";
        let advies = self.vraag(ROSA, 7, "Rosa Rijmelarij", vraag, "samen-eerste-gesprek").await?;
        let antwoord = GeefWens {
            antwoord: "Wij gaan samen met u op huisbezoek. Bel ons voor een dag.".to_owned(),
            vormen: ["samen-eerste-gesprek".to_owned()].into(),
            laatste: false,
        };
        self.advies(ZARA, Some(advies), 6, AdviesWens::GeefAdvies(antwoord)).await?;
        let overleg = OverlegWens {
            met: Some(Overlegpartner::VeiligThuis),
            verslag: "Veilig Thuis gaat mee op huisbezoek.".to_owned(),
            advies: Some(AdviesId(advies.0)),
            ..OverlegWens::default()
        };
        self.overleg(ROSA, spoor, 6, overleg).await?;
        self.gesprek(ROSA, spoor, 4, Gesprekspartner::Ouders).await?;
        let twijfel = [("vermoeden", Ja), ("gevaar", Twijfel), ("hulp-mogelijk", Nee)];
        self.weeg(ROSA, spoor, 3, &twijfel).await
    }

    /// An adult client: the kindcheck comes first.
    async fn huisarts_met_volwassene(&mut self) -> Result<()> {
        let spoor = self.begin(HANNA, 3, "gezondheidszorg", Client::Volwassene, "dossier 77").await?;
        self.signaal(HANNA, spoor, 3, "Blauwe plek op de kaak; zegt van de trap te zijn gevallen.", None).await?;
        let kindcheck = KindcheckWens { kinderen: Some(2), leeftijden: vec![3, 7] };
        self.spoor(HANNA, Some(spoor), 3, SpoorWens::DoeKindcheck(kindcheck)).await?;
        let alleen = OverlegWens { met: Some(Overlegpartner::GeenCollega), ..OverlegWens::default() };
        self.overleg(HANNA, spoor, 2, alleen).await?;
        let vraag = "Een cliënt met twee jonge kinderen heeft letsel dat niet past. Wat is mijn eerste stap?";
        self.vraag(HANNA, 2, "Hanna Hypothese", vraag, "meedenken").await.map(drop)
    }

    /// Help that worked, and a track that was closed; and a question that waits.
    async fn school_die_hielp(&mut self) -> Result<()> {
        let spoor = self.begin(ALMA, 60, "onderwijs", Client::Kind, "leerling 19").await?;
        self.signaal(ALMA, spoor, 60, "Kwam drie weken op rij te laat, vaak zonder eten.", None).await?;
        let collega = OverlegWens {
            met: Some(Overlegpartner::Collega),
            verslag: "De leerkracht van vorig jaar herkent het.".to_owned(),
            ..OverlegWens::default()
        };
        self.overleg(ALMA, spoor, 58, collega).await?;
        self.gesprek(ALMA, spoor, 55, Gesprekspartner::Ouders).await?;
        let hulp_werkt =
            [("vermoeden", Ja), ("gevaar", Nee), ("hulp-mogelijk", Ja), ("hulp-aanvaard", Ja), ("hulp-werkt", Ja)];
        self.weeg(ALMA, spoor, 54, &hulp_werkt).await?;
        let melden = MeldBesluitWens { melden: Some(false), ..MeldBesluitWens::default() };
        self.spoor(ALMA, Some(spoor), 54, SpoorWens::BeslisMelden(melden)).await?;
        let hulp = HulpWens { hulp: Some(Hulp::Zelf), toelichting: "Schoolontbijt en een maatje.".to_owned() };
        self.spoor(ALMA, Some(spoor), 54, SpoorWens::BeslisHulp(hulp)).await?;
        let sluit = SluitSpoorWens {
            sluitreden: Some(Sluitreden::HulpWerkt),
            toelichting: "Komt weer op tijd; de mentor blijft volgen.".to_owned(),
            reden: String::new(),
        };
        self.spoor(ALMA, Some(spoor), 5, SpoorWens::SluitSpoor(sluit)).await?;
        let vraag = "Een leerling van 12 jaar vertelt over ruzie thuis. Hoe leg ik dat goed vast?";
        self.vraag(ALMA, 1, "Alma Alfabet", vraag, "meedenken").await.map(drop)
    }
}

fn stroom_van(naam: &str, antwoord: Antwoord) -> Result<CasusId> {
    match antwoord {
        Antwoord::Gedaan(gedaan) => Ok(gedaan.casus),
        anders => bail!("'{naam}' ging niet: {anders:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{afspraken::laad_of_meld, start::stel_samen};
    use std::sync::Arc;

    #[tokio::test]
    async fn elke_beroepskracht_van_de_oefenomgeving_heeft_een_spoor_en_elk_veilig_thuis_een_vraag() {
        let map = tempfile::tempdir().unwrap();
        let klok = Arc::new(Demoklok::new());
        let nu = Instant::uit_lokaal("2026-04-07T10:00:00".parse().unwrap());
        let afspraken = laad_of_meld(None).unwrap();
        let (db, sleutels) = (map.path().join("zicht.db"), map.path().join("sleutels"));
        let samen = stel_samen(&db, &sleutels, Arc::<Demoklok>::clone(&klok), afspraken).await.unwrap();
        protocollen().unwrap();
        assert!(vul(&samen.app, &klok, 1, nu).await.unwrap() > 30);
        for (wie, aantal) in [(JET, 2), (ROSA, 1), (HANNA, 1), (ALMA, 1), (NADIA, 0)] {
            let actor = Actor { medewerker: wie.medewerker.into(), organisatie: wie.organisatie.into() };
            assert_eq!(samen.app.sporen(&actor).await.unwrap().len(), aantal, "{}", wie.medewerker);
            assert!(!samen.app.adviezen(&actor).await.unwrap().is_empty(), "{}", wie.medewerker);
        }
        for vt in
            ["veilig-thuis-kennemerland", "veilig-thuis-noord-oost-gelderland", "veilig-thuis-noord-holland-noord"]
        {
            let actor = Actor { medewerker: "m".into(), organisatie: vt.into() };
            let wacht = samen.app.adviezen(&actor).await.unwrap().iter().filter(|rij| rij.aan_zet).count();
            assert_eq!(wacht, 1, "{vt}");
        }
        samen.store.sluit().await;
    }
}
