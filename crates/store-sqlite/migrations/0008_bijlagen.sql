-- Sealed files: the columns of a fragment, in a table of their own, because a file is only read when it is asked for.
CREATE TABLE bijlage (
    id        BLOB    NOT NULL PRIMARY KEY,
    casus     BLOB    NOT NULL,
    eigenaar  TEXT    NOT NULL,
    onderwerp TEXT    NOT NULL,
    soort     TEXT    NOT NULL,
    versie    INTEGER NOT NULL,
    verzegeld BLOB    NOT NULL
);
CREATE INDEX bijlage_van ON bijlage (casus, eigenaar, onderwerp);
