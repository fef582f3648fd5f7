-- Names that people cannot tell apart are one name: besides case, Unicode form and surrounding blanks neither invisible characters nor the
-- number of blanks tells them apart. Folded.Of says the same.
CREATE FUNCTION reference_visible(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(p_text, E'[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E0FFF]', '', 'g');

CREATE OR REPLACE FUNCTION reference_fold(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(lower(btrim(regexp_replace(reference_visible(normalize(reference_visible(p_text), NFKC)),
    E'[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g'), ' ')), '');

-- As before, and: a region's name is a place's name, and one person has a role at a place once at a time.
CREATE OR REPLACE FUNCTION reference_keys(p_kind text, p_id text, p_data jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    keys text[] := '{}';
BEGIN
    IF jsonb_typeof(p_data) IS DISTINCT FROM 'object' THEN RETURN keys; END IF;
    CASE p_kind
        WHEN 'person' THEN
            keys := ARRAY['person.userName=' || reference_fold(p_id), 'person.userName=' || reference_fold(p_data ->> 'userName'),
                'person.hsaId=' || reference_fold(p_data ->> 'hsaId')];
        WHEN 'region' THEN
            keys := ARRAY['unit.name=' || reference_fold(p_id), 'unit.name=' || reference_fold(p_data ->> 'name')];
        WHEN 'unit' THEN
            keys := ARRAY['unit.name=' || reference_fold(p_id), 'unit.name=' || reference_fold(p_data ->> 'name'),
                'unit.hsaId=' || reference_fold(p_data ->> 'hsaId'),
                'unit.numberPrefix=' || reference_fold(coalesce(p_data ->> 'numberPrefix', p_id))];
        WHEN 'role_assignment' THEN
            IF coalesce(p_data ->> 'reason', 'own') = 'own' THEN
                keys := ARRAY['role_assignment.role=' || (p_data ->> 'role') || ' ' || (p_data ->> 'unit') || ' ' || (p_data ->> 'person')];
            END IF;
        WHEN 'case_type' THEN
            keys := ARRAY(SELECT 'case_type.name=' || reference_fold(n)
                FROM (VALUES (p_id), (p_data ->> 'name') UNION SELECT reference_texts(p_data -> 'aliases')) AS names (n));
        WHEN 'phrase' THEN
            IF coalesce(p_data ->> 'state', 'Publicerad') = 'Publicerad' AND coalesce(p_data ->> 'scope', '') <> 'Personlig' THEN
                keys := ARRAY['phrase.key=' || reference_fold(p_data ->> 'key') || '@' || coalesce(p_data ->> 'unit', p_data ->> 'region', '*')];
            END IF;
        WHEN 'group' THEN
            keys := ARRAY['group.name=' || reference_fold(p_data ->> 'name') || '@' || (p_data ->> 'unit')];
        WHEN 'setting' THEN
            keys := ARRAY['setting.key=' || nullif(p_data ->> 'key', '') || '@' || coalesce(p_data ->> 'scope', '*')];
        WHEN 'opening_hours' THEN
            keys := ARRAY['opening_hours.unit=' || nullif(p_data ->> 'unit', '')];
        ELSE
            NULL;
    END CASE;
    RETURN ARRAY(SELECT DISTINCT k FROM unnest(keys) AS k WHERE k IS NOT NULL);
END $$;

-- A name that stands for every place, or for what is shared, is no unit's. Rows that have one already go on by their ids (the list of faults
-- names them); whoever changes such a row mends its name first.
CREATE FUNCTION reference_names_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.fault IS NULL AND (reference_fold(NEW.data ->> 'name') IN ('*', 'gemensamt') OR reference_fold(NEW.id) IN ('*', 'gemensamt')) THEN
        RAISE EXCEPTION 'the name of unit % is reserved', NEW.id USING ERRCODE = 'unique_violation', CONSTRAINT = 'reference.unit.reserved';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reference_names_unit BEFORE INSERT OR UPDATE OF data ON reference FOR EACH ROW WHEN (NEW.kind = 'unit') EXECUTE FUNCTION reference_names_unit();

-- Two that have become one name stay as they are: the older is found by it, the later by its id.
ALTER TABLE reference DISABLE TRIGGER reference_unique;
UPDATE reference SET keys = reference_keys(kind, id, data) WHERE keys IS DISTINCT FROM reference_keys(kind, id, data);
ALTER TABLE reference ENABLE TRIGGER reference_unique;

-- A unit called "*" once made its administrator's word count everywhere. What was written for everywhere by somebody who has never been
-- administrator of everything is left out, until the administrator has looked at it.
WITH administrator AS (
    SELECT DISTINCT a.data ->> 'person' AS person FROM reference a JOIN reference r ON r.kind = 'role' AND r.id = a.data ->> 'role'
    WHERE a.kind = 'role_assignment' AND a.data ->> 'unit' = '*' AND a.data ->> 'reason' IS DISTINCT FROM 'cover' AND r.data -> 'permissions' ? 'system.admin')
UPDATE reference f SET fault = 'Raden gäller överallt men skrevs av någon som inte är tjänstens administratör.'
WHERE f.fault IS NULL
    AND ((f.kind = 'role_assignment' AND f.data ->> 'unit' = '*' AND coalesce(f.data ->> 'reason', 'own') = 'own'
            AND f.data ->> 'grantedBy' IS NOT NULL AND f.data ->> 'grantedBy' NOT IN (SELECT person FROM administrator WHERE person IS NOT NULL))
        OR (f.kind IN ('setting', 'routing') AND (f.data ->> 'scope' = '*' OR (f.kind = 'routing' AND f.data -> 'units' ? '*'))
            AND f.changed_by IS NOT NULL AND f.changed_by NOT IN (SELECT person FROM administrator WHERE person IS NOT NULL)));
