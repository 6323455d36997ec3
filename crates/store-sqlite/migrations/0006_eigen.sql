-- View: streams that are no casus, a track of the meldcode or an advice, in the list of each organisation that has them.
CREATE TABLE eigen_rij (
    casus       BLOB    NOT NULL,
    organisatie TEXT    NOT NULL,
    soort       TEXT    NOT NULL,
    nummer      TEXT    NOT NULL,
    stand       TEXT    NOT NULL,
    kenmerk     TEXT    NOT NULL,
    ander       TEXT,
    medewerker  TEXT,
    aan_zet     INTEGER NOT NULL,
    gesloten    INTEGER NOT NULL,
    begonnen_op INTEGER NOT NULL,
    laatst_op   INTEGER NOT NULL,
    PRIMARY KEY (casus, organisatie)
) WITHOUT ROWID;
-- What waits first, then what is open, then the newest.
CREATE INDEX eigen_rij_lijst ON eigen_rij (organisatie, soort, aan_zet DESC, gesloten, laatst_op DESC, casus);
