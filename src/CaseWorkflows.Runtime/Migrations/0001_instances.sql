-- Swedish sorting and fuzzy search are part of the product; a server without them is refused here, not found out in a list later.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = current_database() AND datlocprovider = 'i' AND datlocale LIKE 'sv%') THEN
    RAISE EXCEPTION 'The database must use the ICU collation sv-SE: CREATE DATABASE … LOCALE_PROVIDER icu ICU_LOCALE ''sv-SE'' TEMPLATE template0';
  END IF;
END $$;

-- One row per workflow instance. Ids are version-7 uuids, so the primary key is also the order of creation.
CREATE TABLE instance (
  id                 uuid        NOT NULL PRIMARY KEY,
  created_at         timestamptz NOT NULL,
  updated_at         timestamptz NOT NULL,
  finished_at        timestamptz,
  removal_at         timestamptz,
  case_id            uuid,
  parent_id          uuid,
  revision           int         NOT NULL DEFAULT 1,
  version            int         NOT NULL,
  incident_count     int         NOT NULL DEFAULT 0,
  journal_seq        int         NOT NULL,              -- entries written so far
  status             smallint    NOT NULL,
  sub_status         smallint    NOT NULL,
  trial              boolean     NOT NULL,
  has_queue          boolean     NOT NULL,              -- ever had timers or jobs: spares the others a DELETE per burst
  definition_id      text        NOT NULL,
  version_id         text        NOT NULL,
  region             text        NOT NULL,
  correlation_id     text,
  name               text,
  parent_bookmark_id text,
  journal_head       bytea       NOT NULL,              -- hash of the last journal row
  state              bytea       NOT NULL
);
CREATE INDEX instance_definition  ON instance (definition_id, id);
CREATE INDEX instance_unfinished  ON instance (status, sub_status, id) WHERE finished_at IS NULL;
CREATE INDEX instance_case        ON instance (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX instance_correlation ON instance (correlation_id) WHERE correlation_id IS NOT NULL;
CREATE INDEX instance_parent      ON instance (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX instance_incidents   ON instance (id) WHERE incident_count > 0;
CREATE INDEX instance_removal     ON instance (removal_at) WHERE removal_at IS NOT NULL;
CREATE INDEX instance_name        ON instance USING gin (name gin_trgm_ops) WHERE name IS NOT NULL;

-- Bookmarks that something outside can look up (by event name, task …). The whole bookmark stands in the state.
CREATE TABLE bookmark (
  instance_id uuid   NOT NULL,
  hash        bigint NOT NULL,                          -- of name and key
  id          text   NOT NULL,
  PRIMARY KEY (instance_id, id)
);
CREATE INDEX bookmark_hash ON bookmark (hash);

-- Which published definitions an event starts. Scheduled triggers are rows of the queue.
CREATE TABLE event_trigger (
  definition_id text   NOT NULL,
  version_id    text   NOT NULL,
  node_id       text   NOT NULL,
  hash          bigint NOT NULL,
  event_name    text   NOT NULL,
  region        text   NOT NULL,
  PRIMARY KEY (definition_id, node_id)
);
CREATE INDEX event_trigger_hash ON event_trigger (hash);

CREATE TABLE incident (
  id                   uuid        NOT NULL PRIMARY KEY,
  instance_id          uuid        NOT NULL,
  at                   timestamptz NOT NULL,
  resolved_at          timestamptz,
  removal_at           timestamptz,
  queue_id             uuid,                            -- the parked queue item, when one waits for the operator
  revision             int         NOT NULL DEFAULT 1,
  trial                boolean     NOT NULL,
  region               text        NOT NULL,
  kind                 text        NOT NULL,            -- Activity | Queue
  ref                  text,                            -- the incident's id in the instance's state
  node_id              text,
  activity_instance_id text,
  bookmark_id          text,
  message              text        NOT NULL,
  detail               text,
  resolution           text,                            -- Retry | Skip
  resolved_by          text,
  reason               text
);
CREATE INDEX incident_instance ON incident (instance_id);
CREATE INDEX incident_open     ON incident (id) WHERE resolved_at IS NULL;
