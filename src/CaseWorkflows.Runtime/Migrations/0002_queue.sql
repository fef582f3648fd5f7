-- Everything that happens later. "due" is business time; not_before and lease_until are machine time (the server's clock).
-- kind: 1 timer, 2 resume, 3 event, 4 start, 5 cancel, 6 trigger (database only) · 10 job, 11 outbox, 12 recurring (leased).
CREATE TABLE queue (
  id          uuid        NOT NULL PRIMARY KEY,
  due         timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  not_before  timestamptz,
  lease_until timestamptz,
  failed_at   timestamptz,                              -- parked: waits for an operator
  removal_at  timestamptz,
  lease_owner uuid,
  root        uuid,                                     -- the call that must not answer before this is done
  instance_id uuid,
  attempts    int         NOT NULL DEFAULT 0,
  revision    int         NOT NULL DEFAULT 1,
  kind        smallint    NOT NULL,
  trial       boolean     NOT NULL,
  region      text        NOT NULL,
  bookmark_id text,
  key         text,
  error       text,
  payload     jsonb
);
CREATE INDEX queue_due        ON queue (due, id) WHERE failed_at IS NULL AND kind < 10;
CREATE INDEX queue_outside    ON queue (due, id) WHERE failed_at IS NULL AND kind >= 10;
CREATE INDEX queue_instance   ON queue (instance_id) WHERE instance_id IS NOT NULL;
CREATE INDEX queue_root       ON queue (root) WHERE root IS NOT NULL;
CREATE UNIQUE INDEX queue_key ON queue (kind, key) WHERE key IS NOT NULL;

-- The manual clock. No row: the clock has never been set here.
CREATE TABLE business_clock (
  id  boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (id),
  now timestamptz NOT NULL
);
