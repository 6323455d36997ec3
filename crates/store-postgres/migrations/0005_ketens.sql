-- The access log in several chains per organisation. The lines that are there stay what they are, in a chain of their own
-- to which nothing is added. A process of before, that knows no chains, cannot write a line any more: there is no default.
ALTER TABLE toegang ADD COLUMN keten BIGINT NOT NULL DEFAULT 16 CHECK (keten BETWEEN 0 AND 16);
ALTER TABLE toegang ALTER COLUMN keten DROP DEFAULT;
ALTER TABLE toegang DROP CONSTRAINT toegang_pkey;
ALTER TABLE toegang ADD PRIMARY KEY (organisatie, keten, versie);

-- The chain of before comes last, so that a casus has its newest line first.
DROP INDEX toegang_casus;
CREATE INDEX toegang_casus ON toegang (casus, organisatie, keten, versie DESC);

-- The ends of these chains, each with a lock on it until the transaction ends. First the lock, then the line: a statement
-- of its own, so that it sees what the one before committed. Who asks for several asks in one order.
CREATE FUNCTION toegang_koppen(organisaties TEXT[], ketens BIGINT[])
RETURNS TABLE (organisatie TEXT, keten BIGINT, versie BIGINT, hash BYTEA) LANGUAGE plpgsql AS $$
BEGIN
    FOR nummer IN 1 .. cardinality(organisaties) LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(organisaties[nummer], ketens[nummer]));
        RETURN QUERY SELECT t.organisatie, t.keten, t.versie, t.hash FROM toegang t
            WHERE t.organisatie = organisaties[nummer] AND t.keten = ketens[nummer] ORDER BY t.versie DESC LIMIT 1;
    END LOOP;
END
$$;
