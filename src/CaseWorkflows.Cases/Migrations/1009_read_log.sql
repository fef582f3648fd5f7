-- Who read which patient's data, as what, and where: one row per reading, a list's row with everything that it showed.
CREATE FUNCTION patient_key(p_patient jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(regexp_replace(p_patient ->> 'personalNumber', '\D', '', 'g'), 'UTF8')), 'hex')
$$;

ALTER TABLE read_log
    ALTER COLUMN case_id DROP NOT NULL,
    ADD COLUMN role      text,                             -- by which role, held where, own or cover
    ADD COLUMN role_unit text,
    ADD COLUMN capacity  text,
    ADD COLUMN units     text[] NOT NULL DEFAULT '{}',     -- care units of the cases
    ADD COLUMN cases     uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN patients  text[] NOT NULL DEFAULT '{}';     -- patient_key; outlives the number itself, which may be removed by rule

UPDATE read_log r SET cases = ARRAY[r.case_id], units = ARRAY[c.unit],
    patients = coalesce((SELECT ARRAY[patient_key(k.patient)] FROM case_content k WHERE k.case_id = c.id AND patient_key(k.patient) IS NOT NULL), '{}')
FROM cases c WHERE c.id = r.case_id;
UPDATE read_log SET cases = ARRAY[case_id] WHERE cases = '{}' AND case_id IS NOT NULL;

CREATE INDEX read_log_by_person ON read_log (person, at);
CREATE INDEX read_log_of_case ON read_log USING gin (cases);
CREATE INDEX read_log_of_patient ON read_log USING gin (patients);
CREATE INDEX case_content_by_patient ON case_content (patient_key(patient)) WHERE patient_key(patient) IS NOT NULL;

CREATE TRIGGER read_log_append_only BEFORE UPDATE OR DELETE ON read_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_log_no_truncate BEFORE TRUNCATE ON read_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Integrations read the cases of their own channels only. Those that are there keep the channels that they have delivered through, and what staff start.
UPDATE reference r SET revision = revision + 1, data = jsonb_set(data, '{channels}', (
    SELECT coalesce(jsonb_agg(d.channel ORDER BY d.channel), '[]') FROM (
        SELECT 'Enhet' AS channel
        UNION SELECT c.channel FROM cases c JOIN history h ON h.case_id = c.id AND h.seq = 1 WHERE h.entry -> 'actor' ->> 'id' = r.id) d))
WHERE kind = 'person' AND data ->> 'kind' = 'integration' AND NOT data ? 'channels';
