-- One row per burst. hash = SHA-256(hash before · stream · first entry · instant · data · payload digest).
CREATE TABLE journal (
  stream_id      uuid        NOT NULL,
  at             timestamptz NOT NULL,
  removal_at     timestamptz,
  seq            int         NOT NULL,                  -- number of the first entry in the row
  entries        int         NOT NULL,
  revision       int         NOT NULL DEFAULT 1,
  trial          boolean     NOT NULL,
  region         text        NOT NULL,
  hash           bytea       NOT NULL,
  payload_digest bytea,
  data           bytea       NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX journal_at ON journal USING brin (at);

-- Activity data and patient text, apart so that they can be removed by rule and the chain still verifies:
-- the digest in the journal row is salted, and the salt goes with the data.
CREATE TABLE journal_payload (
  stream_id  uuid        NOT NULL,
  removal_at timestamptz,
  removed_at timestamptz,
  seq        int         NOT NULL,
  revision   int         NOT NULL DEFAULT 1,
  trial      boolean     NOT NULL,
  region     text        NOT NULL,
  removed_by text,
  reason     text,
  salt       bytea,
  data       bytea,
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX journal_payload_removal ON journal_payload (removal_at) WHERE removal_at IS NOT NULL AND removed_at IS NULL;

-- One row per day, over the hashes of all journal rows of that day, chained to the day before.
CREATE TABLE journal_anchor (
  day     date        NOT NULL PRIMARY KEY,
  made_at timestamptz NOT NULL,
  rows    bigint      NOT NULL,
  hash    bytea       NOT NULL
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

-- The only change a payload row can undergo: data and salt go, a tombstone stays.
CREATE FUNCTION payload_tombstone_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('caseworkflows.removal', true), '') <> 'yes'
     OR OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL OR NEW.reason IS NULL OR NEW.removed_by IS NULL
     OR NEW.data IS NOT NULL OR NEW.salt IS NOT NULL
     OR (NEW.stream_id, NEW.seq, NEW.region, NEW.trial) IS DISTINCT FROM (OLD.stream_id, OLD.seq, OLD.region, OLD.trial) THEN
    RAISE EXCEPTION '% is append-only: use remove_journal_payload', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_anchor_append_only BEFORE UPDATE OR DELETE ON journal_anchor FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_anchor_no_truncate BEFORE TRUNCATE ON journal_anchor EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_payload_no_delete BEFORE DELETE ON journal_payload FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_payload_no_truncate BEFORE TRUNCATE ON journal_payload EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_payload_tombstone BEFORE UPDATE ON journal_payload FOR EACH ROW EXECUTE FUNCTION payload_tombstone_only();

-- Removes the data of one stream (one row of it, or all) and leaves tombstones. Returns how many rows it emptied.
CREATE FUNCTION remove_journal_payload(stream uuid, one_seq int, who text, why text, at timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE removed int;
BEGIN
  PERFORM set_config('caseworkflows.removal', 'yes', true);
  UPDATE journal_payload SET data = NULL, salt = NULL, removed_at = at, removed_by = who, reason = why, revision = revision + 1
   WHERE stream_id = stream AND (one_seq IS NULL OR seq = one_seq) AND removed_at IS NULL;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('caseworkflows.removal', '', true);
  RETURN removed;
END $$;
