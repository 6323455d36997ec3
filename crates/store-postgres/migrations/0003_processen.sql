-- What several processes on one store agree on.

-- Who does a job, until when. Over that instant another may take it.
CREATE TABLE job (
    naam   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    houder TEXT COLLATE "C" NOT NULL,
    tot    BIGINT           NOT NULL
);

-- The shape in which the views are written; a release that knows only an older one leaves them alone.
CREATE TABLE views_vorm (
    enige BIGINT NOT NULL PRIMARY KEY CHECK (enige = 1),
    vorm  BIGINT NOT NULL
);
INSERT INTO views_vorm (enige, vorm) VALUES (1, 1);

-- Asked at the beginning of every transaction that writes views, so that a process that was started before a newer
-- release came stops writing as well.
CREATE FUNCTION eis_views_vorm(eigen BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE gevonden BIGINT;
BEGIN
    SELECT vorm INTO STRICT gevonden FROM views_vorm;
    IF gevonden > eigen THEN
        RAISE EXCEPTION 'een nieuwere versie van Zicht schrijft deze lijsten (vorm %); deze versie kent vorm %',
            gevonden, eigen;
    END IF;
END
$$;

-- The events of all streams in an order that does not change behind who reads it: transactions in order of their number,
-- of which those are read that are older than every open one. Positions alone do not do, for they are given out before
-- a commit and in any order.
CREATE INDEX event_feed ON event (xact, position);
