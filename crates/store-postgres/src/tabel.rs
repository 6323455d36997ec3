//! How the rows of a change are inserted: per table its columns and what is bound to them, and the order in which the
//! tables follow each other in a statement.
//!
//! The rows of one kind go along as arrays, one array per column, so that one statement writes all of a change, or of
//! very many, and its text is the same for any number of rows.

use app::{opslag::*, stap::Stap};
use domain::ids::CasusId;
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use std::collections::{BTreeMap, BTreeSet};
use store_rijen::i64_uit;
use uuid::Uuid;

pub(crate) type Vraag<'q> = Query<'q, Postgres, PgArguments>;

/// A table into which rows of one kind go.
pub(crate) struct Tabel<T> {
    pub naam: &'static str,
    /// Each with its type, in the order in which they are bound.
    pub kolommen: &'static [(&'static str, &'static str)],
    /// What makes a row of a view another row; absent where a row that is there already is a fault, or stays.
    pub sleutel: Option<&'static str>,
    /// What happens to a row that is there already, where that is no fault.
    pub dubbel: &'static str,
    pub bind: for<'q> fn(Vraag<'q>, &[&'q T]) -> Vraag<'q>,
}

impl<T> Tabel<T> {
    fn namen(&self) -> Vec<&'static str> {
        self.kolommen.iter().map(|(naam, _)| *naam).collect()
    }

    /// Inserts rows that come as arrays from parameter `eerste` on, `na` other parts of the statement.
    pub(super) fn invoer(&self, eerste: usize, na: &[String], dubbel: &str) -> String {
        let reeksen = (eerste..).zip(self.kolommen).map(|(nummer, (_, soort))| format!("${nummer}::{soort}[]"));
        let wacht = (0..).zip(na).map(|(nummer, deel): (u32, _)| format!(", (SELECT COUNT(*) FROM {deel}) na{nummer}"));
        format!(
            "INSERT INTO {} ({}) SELECT rij.* FROM unnest({}) rij{} {dubbel}",
            self.naam,
            self.namen().join(", "),
            reeksen.collect::<Vec<_>>().join(", "),
            wacht.collect::<String>(),
        )
    }

    /// Instead of a row of a view with the same key.
    pub(super) fn vervang(&self, sleutel: &str) -> String {
        let delen: Vec<_> = sleutel.split(", ").collect();
        let rest = self.namen().into_iter().filter(|naam| !delen.contains(naam));
        let nieuw: Vec<_> = rest.map(|naam| format!("{naam} = EXCLUDED.{naam}")).collect();
        if nieuw.is_empty() {
            return format!("ON CONFLICT ({sleutel}) DO NOTHING");
        }
        format!("ON CONFLICT ({sleutel}) DO UPDATE SET {}", nieuw.join(", "))
    }
}

/// Goes by all tables of a statement, in one order for its text and for what is bound to it.
pub(crate) trait Bezoek<'q>: Sized {
    fn tabel<T>(self, tabel: &Tabel<T>, rijen: &[&'q T]) -> Self;
}

impl<'q> Bezoek<'q> for Vraag<'q> {
    fn tabel<T>(self, tabel: &Tabel<T>, rijen: &[&'q T]) -> Self {
        (tabel.bind)(self, rijen)
    }
}

/// The rows of all views of some casussen.
#[derive(Default)]
pub(crate) struct ViewRijen<'q> {
    casus: Vec<&'q CasusRij>,
    spans: Vec<&'q SpanRij>,
    termijnen: Vec<&'q TermijnRij>,
    overdrachten: Vec<&'q OverdrachtRij>,
    verbanden: Vec<&'q VerbandRij>,
    wekkers: Vec<&'q WekkerRij>,
    eigen: Vec<&'q EigenRij>,
}

impl<'q> ViewRijen<'q> {
    pub(super) fn van(views: impl IntoIterator<Item = &'q Views>) -> Self {
        let mut samen = Self::default();
        for views in views {
            samen.casus.extend(&views.casus);
            samen.spans.extend(&views.spans);
            samen.termijnen.extend(&views.termijnen);
            samen.overdrachten.extend(&views.overdrachten);
            samen.verbanden.extend(&views.verbanden);
            samen.wekkers.extend(&views.wekkers);
            samen.eigen.extend(&views.eigen);
        }
        samen
    }

    pub(super) fn elk<B: Bezoek<'q>>(&self, bezoek: B) -> B {
        bezoek
            .tabel(&CASUS_RIJ, &self.casus)
            .tabel(&SPAN, &self.spans)
            .tabel(&TERMIJN, &self.termijnen)
            .tabel(&OVERDRACHT, &self.overdrachten)
            .tabel(&VERBAND, &self.verbanden)
            .tabel(&WEKKER, &self.wekkers)
            .tabel(&EIGEN, &self.eigen)
    }
}

/// The rows of one change or of many. Only the last views of a casus are among them: what an earlier change would have
/// put there is replaced anyway.
#[derive(Default)]
pub(crate) struct Rijen<'q> {
    events: Vec<&'q EventRij>,
    opdrachten: Vec<&'q Batch>,
    datasleutels: Vec<&'q DatasleutelRij>,
    fragmenten: Vec<&'q FragmentRij>,
    bijlagen: Vec<&'q FragmentRij>,
    zoeksleutels: Vec<&'q ZoeksleutelRij>,
    toegang: Vec<&'q ToegangRij>,
    views: ViewRijen<'q>,
}

impl<'q> Rijen<'q> {
    pub(super) fn van(batches: &'q [Batch], toegang: &'q [ToegangRij]) -> Self {
        let laatste: BTreeMap<CasusId, &Views> = batches.iter().map(|batch| (batch.casus, &batch.views)).collect();
        Self {
            events: batches.iter().flat_map(|batch| &batch.events).collect(),
            opdrachten: batches.iter().collect(),
            datasleutels: batches.iter().flat_map(|batch| &batch.datasleutels).collect(),
            fragmenten: batches.iter().flat_map(|batch| &batch.fragmenten).collect(),
            bijlagen: batches.iter().flat_map(|batch| &batch.bijlagen).collect(),
            zoeksleutels: batches.iter().flat_map(|batch| &batch.zoeksleutels).collect(),
            toegang: toegang.iter().collect(),
            views: ViewRijen::van(laatste.into_values()),
        }
    }

    /// Whose views these are.
    pub(super) fn casussen(&self) -> Vec<Uuid> {
        let casussen: BTreeSet<_> = self.opdrachten.iter().map(|batch| batch.casus.0).collect();
        casussen.into_iter().collect()
    }

    pub(super) fn elk<B: Bezoek<'q>>(&self, bezoek: B) -> B {
        let bezoek = bezoek
            .tabel(&EVENT, &self.events)
            .tabel(&OPDRACHT, &self.opdrachten)
            .tabel(&DATASLEUTEL, &self.datasleutels)
            .tabel(&FRAGMENT, &self.fragmenten)
            .tabel(&BIJLAGE, &self.bijlagen)
            .tabel(&ZOEKSLEUTEL, &self.zoeksleutels)
            .tabel(&TOEGANG, &self.toegang);
        self.views.elk(bezoek)
    }
}

/// One column of rows.
fn kolom<'q, R, W>(rijen: &[&'q R], waarde: impl Fn(&'q R) -> W) -> Vec<W> {
    rijen.iter().map(|rij| waarde(rij)).collect()
}

pub(crate) const EVENT: Tabel<EventRij> = Tabel {
    naam: "event",
    kolommen: &[
        ("casus", "uuid"),
        ("versie", "bigint"),
        ("soort", "text"),
        ("schema", "bigint"),
        ("gebeurd_op", "bigint"),
        ("vastgelegd_op", "bigint"),
        ("medewerker", "text"),
        ("organisatie", "text"),
        ("command_id", "uuid"),
        ("bundel", "text"),
        ("prev_hash", "bytea"),
        ("hash", "bytea"),
        ("body", "bytea"),
    ],
    sleutel: None,
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |e| e.casus.0))
            .bind(kolom(rijen, |e| i64_uit(e.versie)))
            .bind(kolom(rijen, |e| e.soort.as_str()))
            .bind(kolom(rijen, |e| i64::from(e.schema)))
            .bind(kolom(rijen, |e| e.gebeurd_op.0))
            .bind(kolom(rijen, |e| e.vastgelegd_op.0))
            .bind(kolom(rijen, |e| e.medewerker.als_str()))
            .bind(kolom(rijen, |e| e.organisatie.als_str()))
            .bind(kolom(rijen, |e| e.command_id.0))
            .bind(kolom(rijen, |e| e.bundel.als_str()))
            .bind(kolom(rijen, |e| e.prev_hash.as_slice()))
            .bind(kolom(rijen, |e| e.hash.as_slice()))
            .bind(kolom(rijen, |e| e.body.as_slice()))
    },
};

pub(crate) const OPDRACHT: Tabel<Batch> = Tabel {
    naam: "opdracht",
    kolommen: &[
        ("casus", "uuid"),
        ("command_id", "uuid"),
        ("digest", "bytea"),
        ("eerste_versie", "bigint"),
        ("laatste_versie", "bigint"),
    ],
    sleutel: None,
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |b| b.casus.0))
            .bind(kolom(rijen, |b| b.opdracht.id.0))
            .bind(kolom(rijen, |b| b.opdracht.digest.as_slice()))
            .bind(kolom(rijen, |b| i64_uit(b.opdracht.eerste_versie)))
            .bind(kolom(rijen, |b| i64_uit(b.opdracht.laatste_versie)))
    },
};

pub(crate) const DATASLEUTEL: Tabel<DatasleutelRij> = Tabel {
    naam: "datasleutel",
    kolommen: &[("casus", "uuid"), ("eigenaar", "text"), ("onderwerp", "text"), ("verpakt", "bytea")],
    sleutel: None,
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |s| s.casus.0))
            .bind(kolom(rijen, |s| s.eigenaar.als_str()))
            .bind(kolom(rijen, |s| s.onderwerp.as_str()))
            .bind(kolom(rijen, |s| s.verpakt.as_slice()))
    },
};

pub(crate) const FRAGMENT: Tabel<FragmentRij> = Tabel {
    naam: "fragment",
    kolommen: &[
        ("id", "uuid"),
        ("casus", "uuid"),
        ("eigenaar", "text"),
        ("onderwerp", "text"),
        ("soort", "text"),
        ("versie", "bigint"),
        ("verzegeld", "bytea"),
    ],
    sleutel: None,
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |f| f.id.0))
            .bind(kolom(rijen, |f| f.casus.0))
            .bind(kolom(rijen, |f| f.eigenaar.als_str()))
            .bind(kolom(rijen, |f| f.onderwerp.as_str()))
            .bind(kolom(rijen, |f| f.soort.as_str()))
            .bind(kolom(rijen, |f| i64_uit(f.versie)))
            .bind(kolom(rijen, |f| f.verzegeld.as_slice()))
    },
};

/// A file has the columns of any sealed content.
pub(crate) const BIJLAGE: Tabel<FragmentRij> = Tabel { naam: "bijlage", ..FRAGMENT };

pub(crate) const ZOEKSLEUTEL: Tabel<ZoeksleutelRij> = Tabel {
    naam: "zoeksleutel",
    kolommen: &[("eigenaar", "text"), ("soort", "text"), ("sleutel", "bytea"), ("casus", "uuid"), ("persoon", "uuid")],
    sleutel: None,
    dubbel: "ON CONFLICT DO NOTHING",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |z| z.eigenaar.als_str()))
            .bind(kolom(rijen, |z| z.soort.as_str()))
            .bind(kolom(rijen, |z| z.sleutel.as_slice()))
            .bind(kolom(rijen, |z| z.casus.0))
            .bind(kolom(rijen, |z| z.persoon.0))
    },
};

pub(crate) const CASUS_RIJ: Tabel<CasusRij> = Tabel {
    naam: "casus_rij",
    kolommen: &[
        ("casus", "uuid"),
        ("organisatie", "text"),
        ("nummer", "text"),
        ("rol", "text"),
        ("gemeente", "text"),
        ("personen", "bigint"),
        ("kinderen", "bigint"),
        ("toegewezen_aan", "text"),
        ("spoed", "bool"),
        ("gesloten", "bool"),
        ("termijn_soort", "text"),
        ("termijn_naam", "text"),
        ("termijn_uiterlijk", "bigint"),
        ("stappen", "text"),
        ("rang", "bigint"),
        ("ontvangen_op", "bigint"),
        ("laatst_op", "bigint"),
        ("naam", "uuid"),
    ],
    sleutel: Some("casus, organisatie"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |r| r.casus.0))
            .bind(kolom(rijen, |r| r.organisatie.als_str()))
            .bind(kolom(rijen, |r| r.nummer.as_str()))
            .bind(kolom(rijen, |r| r.rol.as_str()))
            .bind(kolom(rijen, |r| r.gemeente.as_str()))
            .bind(kolom(rijen, |r| i64::from(r.personen)))
            .bind(kolom(rijen, |r| i64::from(r.kinderen)))
            .bind(kolom(rijen, |r| r.toegewezen_aan.as_ref().map(|medewerker| medewerker.als_str())))
            .bind(kolom(rijen, |r| r.spoed))
            .bind(kolom(rijen, |r| r.gesloten))
            .bind(kolom(rijen, |r| r.termijn_soort.as_deref()))
            .bind(kolom(rijen, |r| r.termijn_naam.as_deref()))
            .bind(kolom(rijen, |r| r.termijn_uiterlijk.map(|op| op.0)))
            .bind(kolom(rijen, |r| Stap::als_tekst(&r.stappen)))
            .bind(kolom(rijen, |r| Stap::hoogste(&r.stappen).getal()))
            .bind(kolom(rijen, |r| r.ontvangen_op.0))
            .bind(kolom(rijen, |r| r.laatst_op.0))
            .bind(kolom(rijen, |r| r.naam.map(|naam| naam.0)))
    },
};

pub(crate) const SPAN: Tabel<SpanRij> = Tabel {
    naam: "zicht_span",
    kolommen: &[
        ("casus", "uuid"),
        ("volgnummer", "bigint"),
        ("van", "bigint"),
        ("tot", "bigint"),
        ("houder", "text"),
        ("grond", "text"),
    ],
    sleutel: Some("casus, volgnummer"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |s| s.casus.0))
            .bind(kolom(rijen, |s| i64::from(s.volgnummer)))
            .bind(kolom(rijen, |s| s.van.0))
            .bind(kolom(rijen, |s| s.tot.map(|tot| tot.0)))
            .bind(kolom(rijen, |s| s.houder.als_str()))
            .bind(kolom(rijen, |s| s.grond.als_str()))
    },
};

pub(crate) const TERMIJN: Tabel<TermijnRij> = Tabel {
    naam: "termijn",
    kolommen: &[
        ("casus", "uuid"),
        ("volgnummer", "bigint"),
        ("soort", "text"),
        ("clausule", "text"),
        ("wie", "text"),
        ("anker", "bigint"),
        ("uiterlijk", "bigint"),
        ("voldaan_op", "bigint"),
        ("vervallen_op", "bigint"),
    ],
    sleutel: Some("casus, volgnummer"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |t| t.casus.0))
            .bind(kolom(rijen, |t| i64::from(t.volgnummer)))
            .bind(kolom(rijen, |t| t.soort.as_str()))
            .bind(kolom(rijen, |t| t.clausule.als_str()))
            .bind(kolom(rijen, |t| t.wie.als_str()))
            .bind(kolom(rijen, |t| t.anker.0))
            .bind(kolom(rijen, |t| t.uiterlijk.0))
            .bind(kolom(rijen, |t| t.voldaan_op.map(|op| op.0)))
            .bind(kolom(rijen, |t| t.vervallen_op.map(|op| op.0)))
    },
};

pub(crate) const OVERDRACHT: Tabel<OverdrachtRij> = Tabel {
    naam: "overdracht_rij",
    kolommen: &[
        ("casus", "uuid"),
        ("organisatie", "text"),
        ("overdracht", "uuid"),
        ("nummer", "text"),
        ("van", "text"),
        ("naar", "text"),
        ("gemeente", "text"),
        ("wijze", "text"),
        ("stand", "text"),
        ("compleet", "bool"),
        ("aangeboden_op", "bigint"),
        ("beslist_op", "bigint"),
        ("uiterlijk", "bigint"),
        ("aan_zet", "text"),
        ("zet", "text"),
        ("per", "bigint"),
    ],
    sleutel: Some("organisatie, overdracht"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |o| o.casus.0))
            .bind(kolom(rijen, |o| o.organisatie.als_str()))
            .bind(kolom(rijen, |o| o.overdracht.0))
            .bind(kolom(rijen, |o| o.nummer.as_str()))
            .bind(kolom(rijen, |o| o.van.als_str()))
            .bind(kolom(rijen, |o| o.naar.als_str()))
            .bind(kolom(rijen, |o| o.gemeente.as_str()))
            .bind(kolom(rijen, |o| o.wijze.as_str()))
            .bind(kolom(rijen, |o| o.stand.as_str()))
            .bind(kolom(rijen, |o| o.compleet))
            .bind(kolom(rijen, |o| o.aangeboden_op.0))
            .bind(kolom(rijen, |o| o.beslist_op.map(|op| op.0)))
            .bind(kolom(rijen, |o| o.uiterlijk.map(|op| op.0)))
            .bind(kolom(rijen, |o| o.aan_zet.as_ref().map(|wie| wie.als_str())))
            .bind(kolom(rijen, |o| o.zet.as_deref()))
            .bind(kolom(rijen, |o| o.per.map(|op| op.0)))
    },
};

pub(crate) const VERBAND: Tabel<VerbandRij> = Tabel {
    naam: "verband",
    kolommen: &[("casus", "uuid"), ("organisatie", "text"), ("ander", "uuid")],
    sleutel: Some("casus, organisatie, ander"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |v| v.casus.0))
            .bind(kolom(rijen, |v| v.organisatie.als_str()))
            .bind(kolom(rijen, |v| v.ander.0))
    },
};

pub(crate) const EIGEN: Tabel<EigenRij> = Tabel {
    naam: "eigen_rij",
    kolommen: &[
        ("casus", "uuid"),
        ("organisatie", "text"),
        ("soort", "text"),
        ("nummer", "text"),
        ("stand", "text"),
        ("kenmerk", "text"),
        ("ander", "text"),
        ("medewerker", "text"),
        ("aan_zet", "bool"),
        ("gesloten", "bool"),
        ("begonnen_op", "bigint"),
        ("laatst_op", "bigint"),
    ],
    sleutel: Some("casus, organisatie"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |r| r.stroom.0))
            .bind(kolom(rijen, |r| r.organisatie.als_str()))
            .bind(kolom(rijen, |r| r.soort.as_str()))
            .bind(kolom(rijen, |r| r.nummer.as_str()))
            .bind(kolom(rijen, |r| r.stand.as_str()))
            .bind(kolom(rijen, |r| r.kenmerk.as_str()))
            .bind(kolom(rijen, |r| r.ander.as_ref().map(|ander| ander.als_str())))
            .bind(kolom(rijen, |r| r.medewerker.as_ref().map(|medewerker| medewerker.als_str())))
            .bind(kolom(rijen, |r| r.aan_zet))
            .bind(kolom(rijen, |r| r.gesloten))
            .bind(kolom(rijen, |r| r.begonnen_op.0))
            .bind(kolom(rijen, |r| r.laatst_op.0))
    },
};

pub(crate) const WEKKER: Tabel<WekkerRij> = Tabel {
    naam: "wekker",
    kolommen: &[("casus", "uuid"), ("soort", "text"), ("sleutel", "text"), ("op", "bigint"), ("organisatie", "text")],
    sleutel: Some("casus, soort, sleutel"),
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |w| w.casus.0))
            .bind(kolom(rijen, |w| w.soort.as_str()))
            .bind(kolom(rijen, |w| w.sleutel.as_str()))
            .bind(kolom(rijen, |w| w.op.0))
            .bind(kolom(rijen, |w| w.organisatie.als_str()))
    },
};

pub(crate) const TOEGANG: Tabel<ToegangRij> = Tabel {
    naam: "toegang",
    kolommen: &[
        ("organisatie", "text"),
        ("keten", "bigint"),
        ("versie", "bigint"),
        ("op", "bigint"),
        ("medewerker", "text"),
        ("casus", "uuid"),
        ("handeling", "text"),
        ("uitkomst", "text"),
        ("prev_hash", "bytea"),
        ("hash", "bytea"),
    ],
    sleutel: None,
    dubbel: "",
    bind: |vraag, rijen| {
        vraag
            .bind(kolom(rijen, |t| t.regel.organisatie.als_str()))
            .bind(kolom(rijen, |t| i64::from(t.keten)))
            .bind(kolom(rijen, |t| i64_uit(t.versie)))
            .bind(kolom(rijen, |t| t.regel.op.0))
            .bind(kolom(rijen, |t| t.regel.medewerker.als_str()))
            .bind(kolom(rijen, |t| t.regel.casus.map(|casus| casus.0)))
            .bind(kolom(rijen, |t| t.regel.handeling.as_str()))
            .bind(kolom(rijen, |t| t.regel.uitkomst.as_str()))
            .bind(kolom(rijen, |t| t.prev_hash.as_slice()))
            .bind(kolom(rijen, |t| t.hash.as_slice()))
    },
};
