-- Which organisations have a stream of a kind: the alarm of the roster asks at every tick.
CREATE INDEX eigen_rij_soort ON eigen_rij (soort, organisatie);
