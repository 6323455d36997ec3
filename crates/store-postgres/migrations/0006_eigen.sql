-- View: streams that are no casus, a track of the meldcode or an advice, in the list of each organisation that has them.
CREATE TABLE eigen_rij (
    casus       UUID             NOT NULL,
    organisatie TEXT COLLATE "C" NOT NULL,
    soort       TEXT COLLATE "C" NOT NULL,
    nummer      TEXT COLLATE "C" NOT NULL,
    stand       TEXT COLLATE "C" NOT NULL,
    kenmerk     TEXT COLLATE "C" NOT NULL,
    ander       TEXT COLLATE "C",
    medewerker  TEXT COLLATE "C",
    aan_zet     BOOLEAN          NOT NULL,
    gesloten    BOOLEAN          NOT NULL,
    begonnen_op BIGINT           NOT NULL,
    laatst_op   BIGINT           NOT NULL,
    PRIMARY KEY (casus, organisatie)
);
-- What waits first, then what is open, then the newest.
CREATE INDEX eigen_rij_lijst ON eigen_rij (organisatie, soort, aan_zet DESC, gesloten, laatst_op DESC, casus);
