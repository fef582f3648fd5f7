-- Append-only history. A stream is a case, or what happens at a unit or in a region without a case. Every entry holds the hash of the one before.
CREATE TABLE history_head (
    stream text   PRIMARY KEY,
    seq    bigint NOT NULL,
    hash   bytea  NOT NULL
);

CREATE TABLE history (
    stream     text        NOT NULL,
    seq        bigint      NOT NULL,
    at         timestamptz NOT NULL,
    region     text        NOT NULL,
    unit       text,
    case_id    uuid,
    task_id    uuid,
    trial      boolean     NOT NULL,
    refused    boolean     NOT NULL,
    entry      jsonb       NOT NULL,
    hash       bytea       NOT NULL,
    PRIMARY KEY (stream, seq)
);
CREATE INDEX history_by_unit ON history (unit, at);
CREATE INDEX history_by_region ON history (region, at);

-- Reasons are free text and may be removed by rule; the entry keeps their salted digest, so the chain still verifies.
CREATE TABLE history_text (
    stream text   NOT NULL,
    seq    bigint NOT NULL,
    salt   bytea  NOT NULL,
    reason text,
    PRIMARY KEY (stream, seq)
);

CREATE FUNCTION append_history(
    p_stream text, p_at timestamptz, p_region text, p_unit text, p_case uuid, p_task uuid, p_trial boolean, p_refused boolean,
    p_entry jsonb, p_reason text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    next_seq  bigint;
    previous  bytea;
    chained   bytea;
    salt      bytea;
    entry     jsonb := p_entry || jsonb_build_object('at', to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'));
BEGIN
    INSERT INTO history_head (stream, seq, hash) VALUES (p_stream, 0, '\x') ON CONFLICT DO NOTHING;
    SELECT h.seq + 1, h.hash INTO next_seq, previous FROM history_head h WHERE h.stream = p_stream FOR UPDATE;
    IF p_reason IS NOT NULL THEN
        salt := uuid_send(gen_random_uuid());
        entry := entry || jsonb_build_object('reasonDigest', encode(sha256(salt || convert_to(p_reason, 'UTF8')), 'hex'));
        INSERT INTO history_text (stream, seq, salt, reason) VALUES (p_stream, next_seq, salt, p_reason);
    END IF;
    chained := sha256(previous || convert_to(p_stream || E'\n' || next_seq || E'\n' || entry::text, 'UTF8'));
    INSERT INTO history (stream, seq, at, region, unit, case_id, task_id, trial, refused, entry, hash)
        VALUES (p_stream, next_seq, p_at, p_region, p_unit, p_case, p_task, p_trial, p_refused, entry, chained);
    UPDATE history_head SET seq = next_seq, hash = chained WHERE stream = p_stream;
END $$;

-- First entry whose hash does not follow from the one before, per stream; no row = every chain holds.
CREATE FUNCTION verify_history() RETURNS TABLE (stream text, seq bigint) LANGUAGE sql STABLE AS $$
    SELECT x.stream, min(x.seq) FROM (
        SELECT h.stream, h.seq,
               h.hash = sha256(lag(h.hash, 1, '\x'::bytea) OVER w || convert_to(h.stream || E'\n' || h.seq || E'\n' || h.entry::text, 'UTF8'))
               AND h.seq = lag(h.seq, 1, 0::bigint) OVER w + 1
               AND (t.reason IS NULL OR h.entry ->> 'reasonDigest' = encode(sha256(t.salt || convert_to(t.reason, 'UTF8')), 'hex')) AS holds
        FROM history h LEFT JOIN history_text t ON t.stream = h.stream AND t.seq = h.seq
        WINDOW w AS (PARTITION BY h.stream ORDER BY h.seq)
        UNION ALL
        SELECT d.stream, d.seq, EXISTS (SELECT 1 FROM history l WHERE l.stream = d.stream AND l.seq = d.seq AND l.hash = d.hash)
        FROM history_head d WHERE d.seq > 0) x
    WHERE NOT x.holds GROUP BY x.stream
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Reads of patient data, with a retention of their own.
CREATE TABLE read_log (
    id       uuid PRIMARY KEY,
    at       timestamptz NOT NULL,
    person   text NOT NULL,
    region   text NOT NULL,
    case_id  uuid NOT NULL,
    what     text NOT NULL,
    source   text NOT NULL
);
CREATE INDEX read_log_by_case ON read_log (case_id, at);

-- Answers of mutating calls, kept 7 days of machine time.
CREATE TABLE idempotency (
    person     text NOT NULL,
    route      text NOT NULL,
    key        text NOT NULL,
    body_hash  bytea NOT NULL,
    call       uuid NOT NULL,                            -- the call that made the row
    status     int,
    location   text,
    answer     text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (person, route, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
