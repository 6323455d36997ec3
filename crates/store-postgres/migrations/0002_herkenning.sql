-- By what a casus is found again at intake: codes made under a key of the owner, never a name, number or address.
CREATE TABLE zoeksleutel (
    eigenaar TEXT COLLATE "C" NOT NULL,
    soort    TEXT COLLATE "C" NOT NULL,
    sleutel  BYTEA            NOT NULL,
    casus    UUID             NOT NULL,
    persoon  UUID             NOT NULL,
    PRIMARY KEY (eigenaar, soort, sleutel, casus, persoon)
);
CREATE INDEX zoeksleutel_casus ON zoeksleutel (casus, eigenaar);

-- View: casussen that are about one household, as a worker decided.
CREATE TABLE verband (
    casus       UUID             NOT NULL,
    organisatie TEXT COLLATE "C" NOT NULL,
    ander       UUID             NOT NULL,
    PRIMARY KEY (casus, organisatie, ander)
);
CREATE INDEX verband_ander ON verband (ander, organisatie);
