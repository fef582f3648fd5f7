-- An external id is the sending system's, and each region has its own: the same id in another region is another message. Which contents came with it
-- is kept as a digest, so that a repeated sending can be told from another message under a taken id. Rows from before have none.
ALTER TABLE cases ADD COLUMN intake_digest bytea;

DROP INDEX cases_external;
CREATE UNIQUE INDEX cases_external ON cases (region, channel, external_id) WHERE external_id IS NOT NULL;

DROP INDEX cases_external_composed;
CREATE INDEX cases_external_composed ON cases (region, channel, normalize(external_id)) WHERE external_id IS NOT NULL;
