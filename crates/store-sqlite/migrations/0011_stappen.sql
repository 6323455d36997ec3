-- What an organisation must do or waits for, and where a row without a term stands: who must act first.
ALTER TABLE casus_rij ADD COLUMN stappen TEXT NOT NULL DEFAULT '[]';
ALTER TABLE casus_rij ADD COLUMN rang INTEGER NOT NULL DEFAULT 2;
DROP INDEX casus_rij_werk;
DROP INDEX casus_rij_mijn;
DROP INDEX casus_rij_gemeente;
CREATE INDEX casus_rij_werk ON casus_rij
    (organisatie, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus);
CREATE INDEX casus_rij_mijn ON casus_rij
    (organisatie, toegewezen_aan, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus);
CREATE INDEX casus_rij_gemeente ON casus_rij
    (organisatie, gemeente, gesloten, spoed DESC, COALESCE(termijn_uiterlijk, 9223372036854775807), rang, casus);

-- Who must act on an offer, how, and the day that the receiver proposed.
ALTER TABLE overdracht_rij ADD COLUMN aan_zet TEXT;
ALTER TABLE overdracht_rij ADD COLUMN zet TEXT;
ALTER TABLE overdracht_rij ADD COLUMN per INTEGER;
UPDATE overdracht_rij SET aan_zet = naar, zet = 'antwoord' WHERE stand = 'open' AND organisatie IN (van, naar);
DROP INDEX overdracht_rij_wacht;
CREATE INDEX overdracht_rij_wacht ON overdracht_rij (organisatie, aan_zet);

-- Where nothing was recorded yet there is nothing to build anew.
UPDATE views_vorm SET vorm = 3 WHERE vorm < 3 AND NOT EXISTS (SELECT 1 FROM event);
