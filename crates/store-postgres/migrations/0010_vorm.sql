-- Rosters have a row since this form of the lists. Where nothing was recorded yet there is nothing to build anew.
UPDATE views_vorm SET vorm = 2 WHERE vorm < 2 AND NOT EXISTS (SELECT 1 FROM event);
