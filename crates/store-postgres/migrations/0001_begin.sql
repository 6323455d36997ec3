-- Events and sealed content: append-only by trigger; the application never updates or deletes an event.
-- Texts that are sorted by have the collation "C", so that the order does not hang on the locale of the server.
CREATE TABLE bundel (
    hash  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    naam  TEXT COLLATE "C" NOT NULL UNIQUE,
    bytes BYTEA            NOT NULL
);

CREATE TABLE event (
    casus         UUID   NOT NULL,
    versie        BIGINT NOT NULL CHECK (versie > 0),
    soort         TEXT   NOT NULL,
    schema        BIGINT NOT NULL,
    gebeurd_op    BIGINT NOT NULL,
    vastgelegd_op BIGINT NOT NULL,
    medewerker    TEXT   NOT NULL,
    organisatie   TEXT   NOT NULL,
    command_id    UUID   NOT NULL,
    bundel        TEXT   NOT NULL REFERENCES bundel (hash),
    prev_hash     BYTEA  NOT NULL,
    hash          BYTEA  NOT NULL,
    body          BYTEA  NOT NULL,
    -- Given out when a row is inserted, not when it is committed: a reader stays behind the oldest open transaction.
    position      BIGINT GENERATED ALWAYS AS IDENTITY,
    xact          XID8   NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT event_sleutel PRIMARY KEY (casus, versie)
);
-- Pages through the streams by their first event.
CREATE INDEX event_stream ON event (casus) WHERE versie = 1;

CREATE FUNCTION blijft_zoals_het_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'een rij van % verandert niet en verdwijnt niet', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER event_verandert_niet BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION blijft_zoals_het_is();
CREATE TRIGGER event_verdwijnt_niet BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION blijft_zoals_het_is();
CREATE TRIGGER event_loopt_niet_leeg BEFORE TRUNCATE ON event EXECUTE FUNCTION blijft_zoals_het_is();

CREATE TABLE opdracht (
    casus          UUID   NOT NULL,
    command_id     UUID   NOT NULL,
    digest         BYTEA  NOT NULL,
    eerste_versie  BIGINT NOT NULL,
    laatste_versie BIGINT NOT NULL,
    CONSTRAINT opdracht_sleutel PRIMARY KEY (casus, command_id)
);

CREATE TABLE organisatiesleutel (
    organisatie TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    epoch       BIGINT           NOT NULL,
    verpakt     BYTEA            NOT NULL
);

CREATE TABLE datasleutel (
    casus     UUID             NOT NULL,
    eigenaar  TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    verpakt   BYTEA            NOT NULL,
    PRIMARY KEY (casus, eigenaar, onderwerp)
);

CREATE TABLE fragment (
    id        UUID             NOT NULL PRIMARY KEY,
    casus     UUID             NOT NULL,
    eigenaar  TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    soort     TEXT             NOT NULL,
    versie    BIGINT           NOT NULL,
    verzegeld BYTEA            NOT NULL
);
CREATE INDEX fragment_van ON fragment (casus, eigenaar, versie);

-- Views: derived, replaced as a whole per casus.
CREATE TABLE zicht_span (
    casus      UUID             NOT NULL,
    volgnummer BIGINT           NOT NULL,
    van        BIGINT           NOT NULL,
    tot        BIGINT,
    houder     TEXT COLLATE "C" NOT NULL,
    grond      TEXT             NOT NULL,
    PRIMARY KEY (casus, volgnummer)
);
CREATE INDEX zicht_span_houder ON zicht_span (houder, tot);

CREATE TABLE termijn (
    casus        UUID             NOT NULL,
    volgnummer   BIGINT           NOT NULL,
    soort        TEXT             NOT NULL,
    clausule     TEXT             NOT NULL,
    wie          TEXT COLLATE "C" NOT NULL,
    anker        BIGINT           NOT NULL,
    uiterlijk    BIGINT           NOT NULL,
    voldaan_op   BIGINT,
    vervallen_op BIGINT,
    PRIMARY KEY (casus, volgnummer)
);
CREATE INDEX termijn_open ON termijn (wie, uiterlijk) WHERE voldaan_op IS NULL AND vervallen_op IS NULL;

CREATE TABLE casus_rij (
    casus             UUID             NOT NULL,
    organisatie       TEXT COLLATE "C" NOT NULL,
    nummer            TEXT             NOT NULL,
    rol               TEXT             NOT NULL,
    gemeente          TEXT             NOT NULL,
    personen          BIGINT           NOT NULL,
    kinderen          BIGINT           NOT NULL,
    toegewezen_aan    TEXT,
    spoed             BOOLEAN          NOT NULL,
    gesloten          BOOLEAN          NOT NULL,
    termijn_soort     TEXT,
    termijn_naam      TEXT,
    termijn_uiterlijk BIGINT,
    ontvangen_op      BIGINT           NOT NULL,
    laatst_op         BIGINT           NOT NULL,
    naam              UUID,
    PRIMARY KEY (casus, organisatie)
);
-- The worklist in its order: urgent first, then by due instant, cases without a term last.
CREATE INDEX casus_rij_werk ON casus_rij
    (organisatie, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), casus);

CREATE TABLE overdracht_rij (
    casus         UUID             NOT NULL,
    organisatie   TEXT COLLATE "C" NOT NULL,
    overdracht    UUID             NOT NULL,
    nummer        TEXT             NOT NULL,
    van           TEXT COLLATE "C" NOT NULL,
    naar          TEXT COLLATE "C" NOT NULL,
    gemeente      TEXT             NOT NULL,
    wijze         TEXT             NOT NULL,
    stand         TEXT             NOT NULL,
    compleet      BOOLEAN          NOT NULL,
    aangeboden_op BIGINT           NOT NULL,
    beslist_op    BIGINT,
    uiterlijk     BIGINT,
    PRIMARY KEY (organisatie, overdracht)
);
CREATE INDEX overdracht_rij_casus ON overdracht_rij (casus);
CREATE INDEX overdracht_rij_tafel ON overdracht_rij (gemeente, wijze, aangeboden_op);

-- What the clock must trigger, and what rang. An effect is keyed, so that it happens once.
CREATE TABLE wekker (
    casus       UUID             NOT NULL,
    soort       TEXT COLLATE "C" NOT NULL,
    sleutel     TEXT COLLATE "C" NOT NULL,
    op          BIGINT           NOT NULL,
    organisatie TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (casus, soort, sleutel)
);
CREATE INDEX wekker_op ON wekker (op);

CREATE TABLE signaal (
    casus        UUID             NOT NULL,
    soort        TEXT COLLATE "C" NOT NULL,
    sleutel      TEXT COLLATE "C" NOT NULL,
    op           BIGINT           NOT NULL,
    organisatie  TEXT COLLATE "C" NOT NULL,
    gerinkeld_op BIGINT           NOT NULL,
    PRIMARY KEY (casus, soort, sleutel)
);
CREATE INDEX signaal_organisatie ON signaal (organisatie, gerinkeld_op);

-- Who looked at what; append-only, chained per organisation.
CREATE TABLE toegang (
    organisatie TEXT COLLATE "C" NOT NULL,
    versie      BIGINT           NOT NULL,
    op          BIGINT           NOT NULL,
    medewerker  TEXT             NOT NULL,
    casus       UUID,
    handeling   TEXT             NOT NULL,
    uitkomst    TEXT             NOT NULL,
    prev_hash   BYTEA            NOT NULL,
    hash        BYTEA            NOT NULL,
    PRIMARY KEY (organisatie, versie)
);
CREATE INDEX toegang_casus ON toegang (casus, organisatie, versie);
CREATE TRIGGER toegang_verandert_niet BEFORE UPDATE ON toegang FOR EACH ROW EXECUTE FUNCTION blijft_zoals_het_is();
CREATE TRIGGER toegang_verdwijnt_niet BEFORE DELETE ON toegang FOR EACH ROW EXECUTE FUNCTION blijft_zoals_het_is();
CREATE TRIGGER toegang_loopt_niet_leeg BEFORE TRUNCATE ON toegang EXECUTE FUNCTION blijft_zoals_het_is();

CREATE TABLE sessie (
    token_hash  BYTEA  NOT NULL PRIMARY KEY,
    medewerker  TEXT   NOT NULL,
    organisatie TEXT   NOT NULL,
    naam        TEXT   NOT NULL,
    begonnen_op BIGINT NOT NULL,
    laatst_op   BIGINT NOT NULL
);
