-- Counting the worklist reads the index alone: the column by which it is ordered stands in it as well.
DROP INDEX casus_rij_werk;
DROP INDEX casus_rij_mijn;
DROP INDEX casus_rij_gemeente;
CREATE INDEX casus_rij_werk ON casus_rij
    (organisatie, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus,
     termijn_uiterlijk);
CREATE INDEX casus_rij_mijn ON casus_rij
    (organisatie, toegewezen_aan, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus,
     termijn_uiterlijk);
CREATE INDEX casus_rij_gemeente ON casus_rij
    (organisatie, gemeente, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus,
     termijn_uiterlijk);
