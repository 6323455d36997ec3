-- Sealed files: the columns of a fragment, in a table of their own, because a file is only read when it is asked for.
CREATE TABLE bijlage (
    id        UUID             NOT NULL PRIMARY KEY,
    casus     UUID             NOT NULL,
    eigenaar  TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    soort     TEXT             NOT NULL,
    versie    BIGINT           NOT NULL,
    verzegeld BYTEA            NOT NULL
);
-- Ciphertext does not become smaller; without trying, it is written and read faster.
ALTER TABLE bijlage ALTER COLUMN verzegeld SET STORAGE EXTERNAL;
CREATE INDEX bijlage_van ON bijlage (casus, eigenaar, onderwerp);
