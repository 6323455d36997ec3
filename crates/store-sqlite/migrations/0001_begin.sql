-- Events and sealed content: append-only by trigger; the application never updates or deletes an event.
CREATE TABLE event (
    casus         BLOB    NOT NULL,
    versie        INTEGER NOT NULL CHECK (versie > 0),
    soort         TEXT    NOT NULL,
    schema        INTEGER NOT NULL,
    gebeurd_op    INTEGER NOT NULL,
    vastgelegd_op INTEGER NOT NULL,
    medewerker    TEXT    NOT NULL,
    organisatie   TEXT    NOT NULL,
    command_id    BLOB    NOT NULL,
    bundel        TEXT    NOT NULL REFERENCES bundel (hash),
    prev_hash     BLOB    NOT NULL,
    hash          BLOB    NOT NULL,
    body          BLOB    NOT NULL,
    PRIMARY KEY (casus, versie)
) WITHOUT ROWID;

CREATE TRIGGER event_verandert_niet BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'een event verandert niet'); END;
CREATE TRIGGER event_verdwijnt_niet BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'een event verdwijnt niet'); END;

CREATE TABLE opdracht (
    casus          BLOB    NOT NULL,
    command_id     BLOB    NOT NULL,
    digest         BLOB    NOT NULL,
    eerste_versie  INTEGER NOT NULL,
    laatste_versie INTEGER NOT NULL,
    PRIMARY KEY (casus, command_id)
) WITHOUT ROWID;

CREATE TABLE bundel (
    hash  TEXT NOT NULL PRIMARY KEY,
    naam  TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
);

CREATE TABLE organisatiesleutel (
    organisatie TEXT    NOT NULL PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    verpakt     BLOB    NOT NULL
);

CREATE TABLE datasleutel (
    casus     BLOB NOT NULL,
    eigenaar  TEXT NOT NULL,
    onderwerp TEXT NOT NULL,
    verpakt   BLOB NOT NULL,
    PRIMARY KEY (casus, eigenaar, onderwerp)
) WITHOUT ROWID;

CREATE TABLE fragment (
    id        BLOB    NOT NULL PRIMARY KEY,
    casus     BLOB    NOT NULL,
    eigenaar  TEXT    NOT NULL,
    onderwerp TEXT    NOT NULL,
    soort     TEXT    NOT NULL,
    versie    INTEGER NOT NULL,
    verzegeld BLOB    NOT NULL
) WITHOUT ROWID;
CREATE INDEX fragment_van ON fragment (casus, eigenaar, versie);

-- Views: derived, replaced as a whole per casus.
CREATE TABLE zicht_span (
    casus      BLOB    NOT NULL,
    volgnummer INTEGER NOT NULL,
    van        INTEGER NOT NULL,
    tot        INTEGER,
    houder     TEXT    NOT NULL,
    grond      TEXT    NOT NULL,
    PRIMARY KEY (casus, volgnummer)
) WITHOUT ROWID;
CREATE INDEX zicht_span_houder ON zicht_span (houder, tot);

CREATE TABLE termijn (
    casus        BLOB    NOT NULL,
    volgnummer   INTEGER NOT NULL,
    soort        TEXT    NOT NULL,
    clausule     TEXT    NOT NULL,
    wie          TEXT    NOT NULL,
    anker        INTEGER NOT NULL,
    uiterlijk    INTEGER NOT NULL,
    voldaan_op   INTEGER,
    vervallen_op INTEGER,
    PRIMARY KEY (casus, volgnummer)
) WITHOUT ROWID;
CREATE INDEX termijn_open ON termijn (wie, uiterlijk) WHERE voldaan_op IS NULL AND vervallen_op IS NULL;

CREATE TABLE casus_rij (
    casus             BLOB    NOT NULL,
    organisatie       TEXT    NOT NULL,
    nummer            TEXT    NOT NULL,
    rol               TEXT    NOT NULL,
    gemeente          TEXT    NOT NULL,
    personen          INTEGER NOT NULL,
    kinderen          INTEGER NOT NULL,
    toegewezen_aan    TEXT,
    spoed             INTEGER NOT NULL,
    gesloten          INTEGER NOT NULL,
    termijn_soort     TEXT,
    termijn_naam      TEXT,
    termijn_uiterlijk INTEGER,
    ontvangen_op      INTEGER NOT NULL,
    laatst_op         INTEGER NOT NULL,
    naam              BLOB,
    PRIMARY KEY (casus, organisatie)
) WITHOUT ROWID;
-- The worklist in its order: urgent first, then by due instant, cases without a term last.
CREATE INDEX casus_rij_werk ON casus_rij
    (organisatie, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), casus);

CREATE TABLE overdracht_rij (
    casus         BLOB    NOT NULL,
    organisatie   TEXT    NOT NULL,
    overdracht    BLOB    NOT NULL,
    nummer        TEXT    NOT NULL,
    van           TEXT    NOT NULL,
    naar          TEXT    NOT NULL,
    gemeente      TEXT    NOT NULL,
    wijze         TEXT    NOT NULL,
    stand         TEXT    NOT NULL,
    compleet      INTEGER NOT NULL,
    aangeboden_op INTEGER NOT NULL,
    beslist_op    INTEGER,
    uiterlijk     INTEGER,
    PRIMARY KEY (organisatie, overdracht)
) WITHOUT ROWID;
CREATE INDEX overdracht_rij_casus ON overdracht_rij (casus);
CREATE INDEX overdracht_rij_tafel ON overdracht_rij (gemeente, wijze, aangeboden_op);

-- What the clock must trigger, and what rang. An effect is keyed, so that it happens once.
CREATE TABLE wekker (
    casus       BLOB    NOT NULL,
    soort       TEXT    NOT NULL,
    sleutel     TEXT    NOT NULL,
    op          INTEGER NOT NULL,
    organisatie TEXT    NOT NULL,
    PRIMARY KEY (casus, soort, sleutel)
) WITHOUT ROWID;
CREATE INDEX wekker_op ON wekker (op);

CREATE TABLE signaal (
    casus        BLOB    NOT NULL,
    soort        TEXT    NOT NULL,
    sleutel      TEXT    NOT NULL,
    op           INTEGER NOT NULL,
    organisatie  TEXT    NOT NULL,
    gerinkeld_op INTEGER NOT NULL,
    PRIMARY KEY (casus, soort, sleutel)
) WITHOUT ROWID;
CREATE INDEX signaal_organisatie ON signaal (organisatie, gerinkeld_op);

-- Who looked at what; append-only, chained per organisation.
CREATE TABLE toegang (
    organisatie TEXT    NOT NULL,
    versie      INTEGER NOT NULL,
    op          INTEGER NOT NULL,
    medewerker  TEXT    NOT NULL,
    casus       BLOB,
    handeling   TEXT    NOT NULL,
    uitkomst    TEXT    NOT NULL,
    prev_hash   BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    PRIMARY KEY (organisatie, versie)
) WITHOUT ROWID;
CREATE INDEX toegang_casus ON toegang (casus, organisatie, versie);
CREATE TRIGGER toegang_verandert_niet BEFORE UPDATE ON toegang
BEGIN SELECT RAISE(ABORT, 'een regel van het toegangslogboek verandert niet'); END;
CREATE TRIGGER toegang_verdwijnt_niet BEFORE DELETE ON toegang
BEGIN SELECT RAISE(ABORT, 'een regel van het toegangslogboek verdwijnt niet'); END;

CREATE TABLE sessie (
    token_hash   BLOB    NOT NULL PRIMARY KEY,
    medewerker   TEXT    NOT NULL,
    organisatie  TEXT    NOT NULL,
    naam         TEXT    NOT NULL,
    begonnen_op  INTEGER NOT NULL,
    laatst_op    INTEGER NOT NULL
) WITHOUT ROWID;
