//! Rows made by hand, and everything of a casus that a store shows, to compare before and after.

use super::steun::Dobbelsteen;
use crate::{
    codec::event_hash,
    opslag::*,
    poorten::{Store, StoreFout},
    stap::Stap,
};
use domain::{ids::*, tijd::Instant};
use uuid::Uuid;

pub const ORG: &str = "veilig-thuis";

/// Builds batches for one casus, chained.
#[derive(Clone, Debug)]
pub struct Bouw {
    pub casus: CasusId,
    versie: u64,
    prev: Vec<u8>,
    nummer: u128,
}

pub fn bundel() -> BundelRij {
    BundelRij { hash: "b1".into(), naam: "proef 1".into(), bytes: b"{}".to_vec() }
}

impl Bouw {
    /// A casus that does not exist yet, in a store that gets the bundle for it.
    pub async fn nieuw(store: &dyn Store, nummer: u128) -> Self {
        store.bewaar_bundel(bundel()).await.unwrap();
        Self::van(nummer)
    }

    pub fn van(nummer: u128) -> Self {
        Self { casus: CasusId(Uuid::from_u128(nummer)), versie: 0, prev: Vec::new(), nummer: nummer << 32 }
    }

    pub fn id(&mut self) -> Uuid {
        self.nummer += 1;
        Uuid::from_u128(self.nummer)
    }

    pub fn event(&mut self, body: &[u8]) -> EventRij {
        self.versie += 1;
        let mut rij = EventRij {
            casus: self.casus,
            versie: self.versie,
            soort: "proef".into(),
            schema: 1,
            gebeurd_op: Instant(10),
            vastgelegd_op: Instant(20),
            medewerker: "m1".into(),
            organisatie: ORG.into(),
            command_id: CommandId(Uuid::from_u128(1)),
            bundel: bundel().hash,
            prev_hash: self.prev.clone(),
            hash: Vec::new(),
            body: body.to_vec(),
        };
        self.sluit(&mut rij);
        rij
    }

    /// Computes the hash of a row that was changed.
    pub fn sluit(&mut self, rij: &mut EventRij) {
        rij.hash = event_hash(rij);
        self.prev.clone_from(&rij.hash);
    }

    /// A batch with a row of every kind.
    pub fn batch(&mut self, events: usize) -> Batch {
        let eerste_versie = self.versie + 1;
        let opdracht = CommandId(self.id());
        let events: Vec<_> = (0..events).map(|_| self.event(b"{}")).collect();
        let onderwerp = format!("onderwerp-{eerste_versie}");
        Batch {
            casus: self.casus,
            events,
            opdracht: OpdrachtRij { id: opdracht, digest: vec![1, 2, 3], eerste_versie, laatste_versie: self.versie },
            fragmenten: vec![self.fragment(&onderwerp, eerste_versie)],
            bijlagen: vec![self.fragment(&onderwerp, eerste_versie)],
            datasleutels: vec![DatasleutelRij {
                casus: self.casus,
                eigenaar: ORG.into(),
                onderwerp,
                verpakt: vec![7; 60],
            }],
            views: self.views(),
            zoeksleutels: vec![self.zoeksleutel("bsn", &[5; 16])],
            toegang: regel(Some(self.casus), ORG, "proef"),
        }
    }

    /// A search key of the household as a whole; of a person with [`Self::id`] in it.
    pub fn zoeksleutel(&self, soort: &str, sleutel: &[u8]) -> ZoeksleutelRij {
        ZoeksleutelRij {
            eigenaar: ORG.into(),
            soort: soort.into(),
            sleutel: sleutel.to_vec(),
            casus: self.casus,
            persoon: HUISHOUDEN,
        }
    }

    pub fn fragment(&mut self, onderwerp: &str, versie: u64) -> FragmentRij {
        FragmentRij {
            id: FragmentId(self.id()),
            casus: self.casus,
            eigenaar: ORG.into(),
            onderwerp: onderwerp.into(),
            soort: "reden".into(),
            versie,
            verzegeld: vec![9; 40],
        }
    }

    pub fn views(&mut self) -> Views {
        Views {
            casus: vec![self.casus_rij(ORG)],
            spans: vec![self.span(0, 100, Some(200), "school"), self.span(1, 200, None, ORG)],
            termijnen: vec![self.termijn(0, 150)],
            overdrachten: vec![self.overdracht("team", 50)],
            wekkers: vec![self.wekker("w1", 150)],
            verbanden: vec![self.verband(CasusId(Uuid::from_u128(0xf00d)))],
            eigen: vec![self.eigen(ORG, "meldcode")],
        }
    }

    pub fn casus_rij(&self, organisatie: &str) -> CasusRij {
        CasusRij {
            casus: self.casus,
            organisatie: organisatie.into(),
            nummer: "Z26-0000000".into(),
            rol: "veiligthuis".into(),
            gemeente: "Beverwijk".into(),
            personen: 2,
            kinderen: 1,
            toegewezen_aan: None,
            spoed: false,
            gesloten: false,
            termijn_soort: Some("beoordeling".into()),
            termijn_naam: Some("Beoordeling".into()),
            termijn_uiterlijk: Some(Instant(150)),
            stappen: vec![Stap::Wacht { op: "team".into(), sinds: Instant(15) }],
            ontvangen_op: Instant(10),
            laatst_op: Instant(20),
            naam: None,
        }
    }

    pub fn span(&self, volgnummer: u32, van: i64, tot: Option<i64>, houder: &str) -> SpanRij {
        SpanRij {
            casus: self.casus,
            volgnummer,
            van: Instant(van),
            tot: tot.map(Instant),
            houder: houder.into(),
            grond: "IJM-3.1.b".into(),
        }
    }

    pub fn termijn(&self, volgnummer: u32, uiterlijk: i64) -> TermijnRij {
        TermijnRij {
            casus: self.casus,
            volgnummer,
            soort: format!("termijn-{volgnummer}"),
            clausule: "IJM-3.3.1.e".into(),
            wie: ORG.into(),
            anker: Instant(10),
            uiterlijk: Instant(uiterlijk),
            voldaan_op: None,
            vervallen_op: None,
        }
    }

    pub fn overdracht(&mut self, organisatie: &str, op: i64) -> OverdrachtRij {
        OverdrachtRij {
            casus: self.casus,
            organisatie: organisatie.into(),
            overdracht: OverdrachtId(self.id()),
            nummer: "Z26-0000000".into(),
            van: ORG.into(),
            naar: organisatie.into(),
            gemeente: "Beverwijk".into(),
            wijze: "overdrachtstafel".into(),
            stand: "open".into(),
            compleet: true,
            aangeboden_op: Instant(op),
            beslist_op: None,
            uiterlijk: None,
            aan_zet: Some(organisatie.into()),
            zet: Some("antwoord".into()),
            per: None,
        }
    }

    pub fn verband(&self, ander: CasusId) -> VerbandRij {
        VerbandRij { casus: self.casus, organisatie: ORG.into(), ander }
    }

    pub fn eigen(&self, organisatie: &str, soort: &str) -> EigenRij {
        EigenRij {
            stroom: self.casus,
            organisatie: organisatie.into(),
            soort: soort.into(),
            nummer: "M26-0000000".into(),
            stand: "signalen".into(),
            kenmerk: "onderwijs".into(),
            ander: Some("team".into()),
            medewerker: Some("m1".into()),
            aan_zet: false,
            gesloten: false,
            begonnen_op: Instant(10),
            laatst_op: Instant(20),
        }
    }

    pub fn wekker(&self, sleutel: &str, op: i64) -> WekkerRij {
        WekkerRij {
            casus: self.casus,
            op: Instant(op),
            soort: "termijn-te-laat".into(),
            sleutel: sleutel.into(),
            organisatie: ORG.into(),
        }
    }
}

pub fn regel(casus: Option<CasusId>, organisatie: &str, handeling: &str) -> ToegangRegel {
    ToegangRegel {
        op: Instant(20),
        medewerker: "m1".into(),
        organisatie: organisatie.into(),
        casus,
        handeling: handeling.into(),
        uitkomst: "toegestaan".into(),
    }
}

pub fn werkvraag(organisatie: &str, nu: i64) -> WerkVraag {
    WerkVraag {
        organisatie: organisatie.into(),
        nu: Instant(nu),
        eind_vandaag: Instant(nu.saturating_add(100)),
        eind_week: Instant(nu.saturating_add(500)),
        medewerker: None,
        gemeente: None,
        houder: None,
        overslaan: 0,
        maximum: 1000,
    }
}

/// Everything of a casus that an organisation can get out of a store, as text to compare.
pub async fn alles(store: &dyn Store, casus: CasusId, organisatie: &str, opdracht: CommandId) -> String {
    let log = store.toegang_van(casus, &organisatie.into()).await.unwrap();
    format!("{}{log:#?}", toestand(store, casus, organisatie, opdracht).await)
}

/// The same without the access log, which grows by looking.
pub async fn toestand(store: &dyn Store, casus: CasusId, organisatie: &str, opdracht: CommandId) -> String {
    toestand_of_fout(store, casus, organisatie, opdracht).await.unwrap()
}

async fn toestand_of_fout(
    store: &dyn Store,
    casus: CasusId,
    organisatie: &str,
    opdracht: CommandId,
) -> Result<String, StoreFout> {
    let org = OrganisatieId::from(organisatie);
    let mut delen = vec![
        format!("{:#?}", store.laad(casus).await?),
        format!("{:#?}", store.opdracht(casus, opdracht).await?),
        format!("{:#?}", store.fragmenten(casus, &org).await?),
        format!("{:#?}", store.datasleutels(casus, &org).await?),
        format!("{:#?}", bijlagen(store, casus, &org).await?),
        format!("{:#?}", store.zoeksleutels(casus, &org).await?),
        format!("{:#?}", store.verbanden(casus, &org).await?),
        format!("{:#?}", store.overdrachten(&org, 1000).await?),
        format!("{:#?}", store.eigen(&org, "meldcode", 1000).await?),
        format!("{:#?}", store.wekkers(Instant(i64::MAX), 1000).await?),
        format!("{:#?}", store.streams(None, 1000).await?),
    ];
    for nu in [0, 100, 199, 200, i64::MAX] {
        delen.push(format!("{:?}", store.houder_op(casus, Instant(nu)).await?));
        delen.push(format!("{:?}", store.te_laat(casus, &org, Instant(nu)).await?));
        delen.push(format!("{:#?}", store.werkvoorraad(werkvraag(organisatie, nu)).await?));
        delen.push(format!("{:?}", store.werk_tellingen(werkvraag(organisatie, nu)).await?));
    }
    Ok(delen.join("\n"))
}

/// The files of each subject that has a data key.
async fn bijlagen(
    store: &dyn Store,
    casus: CasusId,
    eigenaar: &OrganisatieId,
) -> Result<Vec<Option<FragmentRij>>, StoreFout> {
    let mut alle = Vec::new();
    for sleutel in store.datasleutels(casus, eigenaar).await? {
        alle.push(store.bijlage(casus, eigenaar, &sleutel.onderwerp).await?);
    }
    Ok(alle)
}

/// A worklist row with everything drawn at random from a few values, so that ties and edges occur.
pub fn willekeurig(bouw: &Bouw, organisatie: &str, d: &Dobbelsteen) -> CasusRij {
    let uiterlijk = *d.kies(&[None, Some(999), Some(1000), Some(1001), Some(1100), Some(1101), Some(1500), Some(1501)]);
    CasusRij {
        spoed: d.onder(5) == 0,
        gesloten: d.onder(6) == 0,
        gemeente: (*d.kies(&["Beverwijk", "Velsen", "Súdwest-Fryslân"])).to_owned(),
        toegewezen_aan: (*d.kies(&[None, Some("m1"), Some("m2")])).map(MedewerkerId::from),
        termijn_uiterlijk: uiterlijk.map(Instant),
        termijn_soort: uiterlijk.map(|_| "beoordeling".to_owned()),
        termijn_naam: uiterlijk.map(|_| "Beoordeling".to_owned()),
        stappen: d
            .kies(&[None, Some(Stap::DienstStarten), Some(Stap::OverdrachtBeantwoorden)])
            .iter()
            .cloned()
            .collect(),
        ..bouw.casus_rij(organisatie)
    }
}
