-- What several processes on one store agree on.

-- Who does a job, until when. Over that instant another may take it.
CREATE TABLE job (
    naam   TEXT    NOT NULL PRIMARY KEY,
    houder TEXT    NOT NULL,
    tot    INTEGER NOT NULL
) WITHOUT ROWID;

-- The shape in which the views are written; a release that knows only an older one leaves them alone.
CREATE TABLE views_vorm (
    enige INTEGER NOT NULL PRIMARY KEY CHECK (enige = 1),
    vorm  INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO views_vorm (enige, vorm) VALUES (1, 1);

-- The events of all streams in the order in which they were written; there is one writer, so that is one order.
CREATE TABLE feed (
    positie INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    casus   BLOB    NOT NULL,
    versie  INTEGER NOT NULL
);
INSERT INTO feed (casus, versie) SELECT casus, versie FROM event ORDER BY vastgelegd_op, casus, versie;
CREATE TRIGGER event_komt_in_feed AFTER INSERT ON event
BEGIN INSERT INTO feed (casus, versie) VALUES (NEW.casus, NEW.versie); END;
