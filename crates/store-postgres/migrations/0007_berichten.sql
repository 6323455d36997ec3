-- Messages from other systems: what came in, and how it ended. No casus stands here: which one it was is computed with the
-- key of the sender.
CREATE TABLE bericht (
    afzender     TEXT   NOT NULL,
    bericht      TEXT   NOT NULL,
    soort        TEXT   NOT NULL,
    digest       BYTEA  NOT NULL,
    ontvangen_op BIGINT NOT NULL,
    veilig_thuis TEXT,
    stand        TEXT   NOT NULL,
    reden        TEXT,
    PRIMARY KEY (afzender, bericht)
);
CREATE INDEX bericht_dag ON bericht (afzender, ontvangen_op);
CREATE INDEX bericht_veilig_thuis ON bericht (veilig_thuis, ontvangen_op);
