-- A family is a run that something outside began, and all that came of it: null is the run itself, and so are those of before.
ALTER TABLE instance ADD COLUMN family_id uuid;

-- How many runs a family has started since counting began. Business time; a row lives no longer than the span that is counted, and until the
-- next night. No index on since: then each count would write it, too.
CREATE TABLE run_family (
  family_id uuid        NOT NULL PRIMARY KEY,
  since     timestamptz NOT NULL,
  runs      int         NOT NULL
) WITH (fillfactor = 50);
