-- The worklist of one worker and of one municipality in the order of the worklist.
CREATE INDEX casus_rij_mijn ON casus_rij
    (organisatie, toegewezen_aan, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), casus);
CREATE INDEX casus_rij_gemeente ON casus_rij
    (organisatie, gemeente, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), casus);
CREATE INDEX casus_rij_nummer ON casus_rij (nummer, casus);

-- Offers that wait for an answer, and the list of offers in its order: those that wait first, then the newest.
CREATE INDEX overdracht_rij_wacht ON overdracht_rij (organisatie, naar, stand);
CREATE INDEX overdracht_rij_lijst ON overdracht_rij
    (organisatie, (stand IN ('open', 'opgeschort')) DESC, aangeboden_op DESC, overdracht);
