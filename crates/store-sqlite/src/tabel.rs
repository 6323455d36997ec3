//! How the rows of a commit are inserted: per table its columns and what is bound to them.

use app::{opslag::*, stap::Stap};
use sqlx::{
    query::Query,
    sqlite::{Sqlite, SqliteArguments},
};
use store_rijen::i64_uit;

pub(crate) type Vraag<'q> = Query<'q, Sqlite, SqliteArguments>;

/// A table into which rows of one kind go.
pub(crate) struct Tabel<T> {
    pub naam: &'static str,
    pub kolommen: &'static str,
    /// What happens to a row that is there already, where that is no fault.
    pub dubbel: &'static str,
    pub bind: for<'q> fn(Vraag<'q>, &T) -> Vraag<'q>,
}

pub(crate) const EVENT: Tabel<EventRij> = Tabel {
    naam: "event",
    kolommen: "casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, command_id, bundel, \
               prev_hash, hash, body",
    dubbel: "",
    bind: |vraag, event| {
        vraag
            .bind(event.casus.0)
            .bind(i64_uit(event.versie))
            .bind(event.soort.clone())
            .bind(i64::from(event.schema))
            .bind(event.gebeurd_op.0)
            .bind(event.vastgelegd_op.0)
            .bind(event.medewerker.0.clone())
            .bind(event.organisatie.0.clone())
            .bind(event.command_id.0)
            .bind(event.bundel.0.clone())
            .bind(event.prev_hash.clone())
            .bind(event.hash.clone())
            .bind(event.body.clone())
    },
};

pub(crate) const OPDRACHT: Tabel<Batch> = Tabel {
    naam: "opdracht",
    kolommen: "casus, command_id, digest, eerste_versie, laatste_versie",
    dubbel: "",
    bind: |vraag, batch| {
        let opdracht = &batch.opdracht;
        vraag
            .bind(batch.casus.0)
            .bind(opdracht.id.0)
            .bind(opdracht.digest.clone())
            .bind(i64_uit(opdracht.eerste_versie))
            .bind(i64_uit(opdracht.laatste_versie))
    },
};

pub(crate) const DATASLEUTEL: Tabel<DatasleutelRij> = Tabel {
    naam: "datasleutel",
    kolommen: "casus, eigenaar, onderwerp, verpakt",
    dubbel: "",
    bind: |vraag, rij| {
        vraag.bind(rij.casus.0).bind(rij.eigenaar.0.clone()).bind(rij.onderwerp.clone()).bind(rij.verpakt.clone())
    },
};

pub(crate) const FRAGMENT: Tabel<FragmentRij> = Tabel {
    naam: "fragment",
    kolommen: "id, casus, eigenaar, onderwerp, soort, versie, verzegeld",
    dubbel: "",
    bind: |vraag, rij| {
        vraag
            .bind(rij.id.0)
            .bind(rij.casus.0)
            .bind(rij.eigenaar.0.clone())
            .bind(rij.onderwerp.clone())
            .bind(rij.soort.clone())
            .bind(i64_uit(rij.versie))
            .bind(rij.verzegeld.clone())
    },
};

/// A file has the columns of any sealed content.
pub(crate) const BIJLAGE: Tabel<FragmentRij> = Tabel { naam: "bijlage", ..FRAGMENT };

pub(crate) const ZOEKSLEUTEL: Tabel<ZoeksleutelRij> = Tabel {
    naam: "zoeksleutel",
    kolommen: "eigenaar, soort, sleutel, casus, persoon",
    dubbel: "ON CONFLICT DO NOTHING",
    bind: |vraag, rij| {
        vraag
            .bind(rij.eigenaar.0.clone())
            .bind(rij.soort.clone())
            .bind(rij.sleutel.clone())
            .bind(rij.casus.0)
            .bind(rij.persoon.0)
    },
};

pub(crate) const CASUS_RIJ: Tabel<CasusRij> = Tabel {
    naam: "casus_rij",
    kolommen: "casus, organisatie, nummer, rol, gemeente, personen, kinderen, toegewezen_aan, spoed, gesloten, \
               termijn_soort, termijn_naam, termijn_uiterlijk, stappen, rang, ontvangen_op, laatst_op, naam",
    dubbel: "",
    bind: |vraag, rij| {
        vraag
            .bind(rij.casus.0)
            .bind(rij.organisatie.0.clone())
            .bind(rij.nummer.clone())
            .bind(rij.rol.clone())
            .bind(rij.gemeente.clone())
            .bind(i64::from(rij.personen))
            .bind(i64::from(rij.kinderen))
            .bind(rij.toegewezen_aan.as_ref().map(|medewerker| medewerker.0.clone()))
            .bind(rij.spoed)
            .bind(rij.gesloten)
            .bind(rij.termijn_soort.clone())
            .bind(rij.termijn_naam.clone())
            .bind(rij.termijn_uiterlijk.map(|op| op.0))
            .bind(Stap::als_tekst(&rij.stappen))
            .bind(Stap::hoogste(&rij.stappen).getal())
            .bind(rij.ontvangen_op.0)
            .bind(rij.laatst_op.0)
            .bind(rij.naam.map(|naam| naam.0))
    },
};

pub(crate) const SPAN: Tabel<SpanRij> = Tabel {
    naam: "zicht_span",
    kolommen: "casus, volgnummer, van, tot, houder, grond",
    dubbel: "",
    bind: |vraag, span| {
        vraag
            .bind(span.casus.0)
            .bind(i64::from(span.volgnummer))
            .bind(span.van.0)
            .bind(span.tot.map(|tot| tot.0))
            .bind(span.houder.0.clone())
            .bind(span.grond.0.clone())
    },
};

pub(crate) const TERMIJN: Tabel<TermijnRij> = Tabel {
    naam: "termijn",
    kolommen: "casus, volgnummer, soort, clausule, wie, anker, uiterlijk, voldaan_op, vervallen_op",
    dubbel: "",
    bind: |vraag, termijn| {
        vraag
            .bind(termijn.casus.0)
            .bind(i64::from(termijn.volgnummer))
            .bind(termijn.soort.clone())
            .bind(termijn.clausule.0.clone())
            .bind(termijn.wie.0.clone())
            .bind(termijn.anker.0)
            .bind(termijn.uiterlijk.0)
            .bind(termijn.voldaan_op.map(|op| op.0))
            .bind(termijn.vervallen_op.map(|op| op.0))
    },
};

pub(crate) const OVERDRACHT: Tabel<OverdrachtRij> = Tabel {
    naam: "overdracht_rij",
    kolommen: "casus, organisatie, overdracht, nummer, van, naar, gemeente, wijze, stand, compleet, aangeboden_op, \
               beslist_op, uiterlijk, aan_zet, zet, per",
    dubbel: "",
    bind: |vraag, rij| {
        vraag
            .bind(rij.casus.0)
            .bind(rij.organisatie.0.clone())
            .bind(rij.overdracht.0)
            .bind(rij.nummer.clone())
            .bind(rij.van.0.clone())
            .bind(rij.naar.0.clone())
            .bind(rij.gemeente.clone())
            .bind(rij.wijze.clone())
            .bind(rij.stand.clone())
            .bind(rij.compleet)
            .bind(rij.aangeboden_op.0)
            .bind(rij.beslist_op.map(|op| op.0))
            .bind(rij.uiterlijk.map(|op| op.0))
            .bind(rij.aan_zet.as_ref().map(|wie| wie.0.clone()))
            .bind(rij.zet.clone())
            .bind(rij.per.map(|op| op.0))
    },
};

pub(crate) const VERBAND: Tabel<VerbandRij> = Tabel {
    naam: "verband",
    kolommen: "casus, organisatie, ander",
    dubbel: "",
    bind: |vraag, rij| vraag.bind(rij.casus.0).bind(rij.organisatie.0.clone()).bind(rij.ander.0),
};

pub(crate) const EIGEN: Tabel<EigenRij> = Tabel {
    naam: "eigen_rij",
    kolommen: "casus, organisatie, soort, nummer, stand, kenmerk, ander, medewerker, aan_zet, gesloten, begonnen_op, \
               laatst_op",
    dubbel: "",
    bind: |vraag, rij| {
        vraag
            .bind(rij.stroom.0)
            .bind(rij.organisatie.0.clone())
            .bind(rij.soort.clone())
            .bind(rij.nummer.clone())
            .bind(rij.stand.clone())
            .bind(rij.kenmerk.clone())
            .bind(rij.ander.as_ref().map(|ander| ander.0.clone()))
            .bind(rij.medewerker.as_ref().map(|medewerker| medewerker.0.clone()))
            .bind(rij.aan_zet)
            .bind(rij.gesloten)
            .bind(rij.begonnen_op.0)
            .bind(rij.laatst_op.0)
    },
};

pub(crate) const WEKKER: Tabel<WekkerRij> = Tabel {
    naam: "wekker",
    kolommen: "casus, soort, sleutel, op, organisatie",
    dubbel: "",
    bind: |vraag, wekker| {
        vraag
            .bind(wekker.casus.0)
            .bind(wekker.soort.clone())
            .bind(wekker.sleutel.clone())
            .bind(wekker.op.0)
            .bind(wekker.organisatie.0.clone())
    },
};

pub(crate) const TOEGANG: Tabel<ToegangRij> = Tabel {
    naam: "toegang",
    kolommen: "organisatie, keten, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash",
    dubbel: "",
    bind: |vraag, rij| {
        vraag
            .bind(rij.regel.organisatie.0.clone())
            .bind(i64::from(rij.keten))
            .bind(i64_uit(rij.versie))
            .bind(rij.regel.op.0)
            .bind(rij.regel.medewerker.0.clone())
            .bind(rij.regel.casus.map(|casus| casus.0))
            .bind(rij.regel.handeling.clone())
            .bind(rij.regel.uitkomst.clone())
            .bind(rij.prev_hash.clone())
            .bind(rij.hash.clone())
    },
};
