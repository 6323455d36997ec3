-- The access log in several chains per organisation. The lines that are there stay what they are, in a chain of their own
-- to which nothing is added. A process of before, that knows no chains, cannot write a line any more: there is no default.
ALTER TABLE toegang ADD COLUMN keten BIGINT NOT NULL DEFAULT 64 CHECK (keten BETWEEN 0 AND 64);
ALTER TABLE toegang ALTER COLUMN keten DROP DEFAULT;
ALTER TABLE toegang DROP CONSTRAINT toegang_pkey;
ALTER TABLE toegang ADD PRIMARY KEY (organisatie, keten, versie);

-- The chain of before comes last, so that a casus has its newest line first.
DROP INDEX toegang_casus;
CREATE INDEX toegang_casus ON toegang (casus, organisatie, keten, versie DESC);

-- What a transaction that writes asks first, in one round trip: the locks of its casussen, so that their events have one
-- order and their views are those of one version; that no newer release writes the views, where it writes them itself; and
-- the ends of its chains, each with a lock as well. Each lock comes before a statement of its own that looks, so that it sees
-- what the one before committed. All is asked for in one order, so that two who ask for many do not wait for each other.
CREATE FUNCTION begin_schrijven(sloten BIGINT[], eigen_vorm BIGINT, organisaties TEXT[], ketens BIGINT[])
RETURNS TABLE (organisatie TEXT, keten BIGINT, versie BIGINT, hash BYTEA) LANGUAGE plpgsql AS $$
DECLARE slot BIGINT;
BEGIN
    FOREACH slot IN ARRAY sloten LOOP
        PERFORM pg_advisory_xact_lock(slot);
    END LOOP;
    IF eigen_vorm IS NOT NULL THEN
        PERFORM eis_views_vorm(eigen_vorm);
    END IF;
    FOR nummer IN 1 .. cardinality(organisaties) LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(organisaties[nummer], ketens[nummer]));
        RETURN QUERY SELECT t.organisatie, t.keten, t.versie, t.hash FROM toegang t
            WHERE t.organisatie = organisaties[nummer] AND t.keten = ketens[nummer] ORDER BY t.versie DESC LIMIT 1;
    END LOOP;
END
$$;
