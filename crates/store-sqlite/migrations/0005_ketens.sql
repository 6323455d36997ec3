-- The access log in several chains per organisation. The lines that are there stay what they are, in a chain of their own
-- to which nothing is added. A table without row ids has its rows in the order of its key, so it is made anew.
CREATE TABLE toegang_in_ketens (
    organisatie TEXT    NOT NULL,
    keten       INTEGER NOT NULL CHECK (keten BETWEEN 0 AND 64),
    versie      INTEGER NOT NULL,
    op          INTEGER NOT NULL,
    medewerker  TEXT    NOT NULL,
    casus       BLOB,
    handeling   TEXT    NOT NULL,
    uitkomst    TEXT    NOT NULL,
    prev_hash   BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    PRIMARY KEY (organisatie, keten, versie)
) WITHOUT ROWID;
INSERT INTO toegang_in_ketens (organisatie, keten, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash)
    SELECT organisatie, 64, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash FROM toegang
    ORDER BY organisatie, versie;
DROP TABLE toegang;
ALTER TABLE toegang_in_ketens RENAME TO toegang;

-- The chain of before comes last, so that a casus has its newest line first.
CREATE INDEX toegang_casus ON toegang (casus, organisatie, keten, versie DESC);
CREATE TRIGGER toegang_verandert_niet BEFORE UPDATE ON toegang
BEGIN SELECT RAISE(ABORT, 'een regel van het toegangslogboek verandert niet'); END;
CREATE TRIGGER toegang_verdwijnt_niet BEFORE DELETE ON toegang
BEGIN SELECT RAISE(ABORT, 'een regel van het toegangslogboek verdwijnt niet'); END;
