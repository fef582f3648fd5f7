-- One bad row of reference data must not take the rest down. What can be said of a row by itself is a CHECK; what may stand in one
-- row only is held by a trigger, since rows have periods: a value is free again when the row that had it has ended.
-- A row with a fault is kept and left out of the view until somebody has mended it.
ALTER TABLE reference ADD COLUMN fault text;

-- Two texts that people would call the same name: case, Unicode form and surrounding blanks do not tell them apart. Null = no name.
CREATE FUNCTION reference_fold(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(lower(btrim(normalize(p_text, NFKC), E' \t\r\n')), '');

CREATE FUNCTION reference_texts(p_value jsonb) RETURNS SETOF text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF jsonb_typeof(p_value) = 'array' THEN
        RETURN QUERY SELECT e #>> '{}' FROM jsonb_array_elements(p_value) AS e WHERE jsonb_typeof(e) = 'string';
    END IF;
END $$;

-- What no other row may claim at the same time, each as "constraint=value". People are found by id and by user name, units by id and by
-- name, and regions stand beside units wherever a place is named: so these share their names.
CREATE FUNCTION reference_keys(p_kind text, p_id text, p_data jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    keys text[] := '{}';
BEGIN
    IF jsonb_typeof(p_data) IS DISTINCT FROM 'object' THEN RETURN keys; END IF;
    CASE p_kind
        WHEN 'person' THEN
            keys := ARRAY['person.userName=' || reference_fold(p_id), 'person.userName=' || reference_fold(p_data ->> 'userName'),
                'person.hsaId=' || reference_fold(p_data ->> 'hsaId')];
        WHEN 'region' THEN
            keys := ARRAY['unit.name=' || reference_fold(p_id)];
        WHEN 'unit' THEN
            keys := ARRAY['unit.name=' || reference_fold(p_id), 'unit.name=' || reference_fold(p_data ->> 'name'),
                'unit.hsaId=' || reference_fold(p_data ->> 'hsaId'),
                'unit.numberPrefix=' || reference_fold(coalesce(p_data ->> 'numberPrefix', p_id))];
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

-- A Swedish sentence on what is wrong with a document, or null: what the host's records need to be read at all.
CREATE FUNCTION reference_fault(p_kind text, p_data jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    field  record;
    value  jsonb;
    wrong  boolean;
BEGIN
    IF jsonb_typeof(p_data) IS DISTINCT FROM 'object' THEN RETURN 'Raden är inget objekt.'; END IF;
    FOR field IN
        SELECT f.name, f.type, f.required FROM (VALUES
            ('region', 'code', 'text', true), ('region', 'name', 'text', true), ('region', 'noticeChannel', 'text', true),
            ('region', 'guardianAgeLimit', 'int', false),
            ('unit', 'id', 'text', true), ('unit', 'name', 'text', true), ('unit', 'region', 'text', true), ('unit', 'verksamhet', 'text', false),
            ('unit', 'aktiverad', 'bool', false), ('unit', 'privat', 'bool', false), ('unit', 'jour', 'bool', false),
            ('unit', 'numberPrefix', 'text', false), ('unit', 'caseTypeOffers', 'objects', false), ('unit', 'collaboratingUnits', 'texts', false),
            ('unit', 'professions', 'texts', false), ('unit', 'settings', 'object', false),
            ('opening_hours', 'unit', 'text', true), ('opening_hours', 'weekdays', 'object', false), ('opening_hours', 'otherDays', 'array', false),
            ('opening_hours', 'special', 'objects', false),
            ('holiday_override', 'region', 'text', true), ('holiday_override', 'date', 'date', true), ('holiday_override', 'holiday', 'bool', false),
            ('person', 'id', 'text', true), ('person', 'displayName', 'text', true), ('person', 'userName', 'text', false),
            ('person', 'hsaId', 'text', false), ('person', 'profession', 'text', false), ('person', 'email', 'text', false),
            ('person', 'ePostavisering', 'bool', false), ('person', 'utbildad', 'date', false), ('person', 'employedFrom', 'date', false),
            ('person', 'employedTo', 'date', false), ('person', 'teams', 'ints', false), ('person', 'kind', 'text', false),
            ('role', 'code', 'text', true), ('role', 'name', 'text', true), ('role', 'permissions', 'texts', false), ('role', 'aliases', 'texts', false),
            ('role', 'professions', 'texts', false), ('role', 'coversRoles', 'texts', false), ('role', 'minimumPerUnit', 'int', false),
            ('role', 'product', 'bool', false),
            ('role_assignment', 'id', 'text', true), ('role_assignment', 'person', 'text', true), ('role_assignment', 'role', 'text', true),
            ('role_assignment', 'unit', 'text', true), ('role_assignment', 'from', 'date', false), ('role_assignment', 'to', 'date', false),
            ('role_assignment', 'reason', 'text', false), ('role_assignment', 'coverFor', 'text', false),
            ('group', 'name', 'text', true), ('group', 'unit', 'text', true), ('group', 'members', 'texts', false),
            ('case_type', 'code', 'text', true), ('case_type', 'name', 'text', true), ('case_type', 'aliases', 'texts', false),
            ('case_type', 'basutbud', 'texts', false), ('case_type', 'onlyWithin', 'texts', false), ('case_type', 'fields', 'objects', false),
            ('case_type', 'hasPriority', 'bool', false),
            ('routing', 'id', 'text', true), ('routing', 'table', 'text', true), ('routing', 'order', 'int', false), ('routing', 'units', 'texts', false),
            ('routing', 'caseTypes', 'texts', false), ('routing', 'teams', 'ints', false), ('routing', 'roles', 'texts', false),
            ('routing', 'workflow', 'text', false), ('routing', 'values', 'object', false),
            ('phrase', 'id', 'text', true), ('phrase', 'key', 'text', true), ('phrase', 'text', 'text', true), ('phrase', 'region', 'text', false),
            ('phrase', 'unit', 'text', false), ('phrase', 'state', 'text', false), ('phrase', 'requiredPlaceholders', 'texts', false),
            ('routine_document', 'id', 'text', true), ('routine_document', 'title', 'text', true), ('routine_document', 'validFrom', 'date', false),
            ('routine_document', 'validTo', 'date', false), ('routine_document', 'documentDate', 'date', false),
            ('setting', 'key', 'text', true), ('setting', 'scope', 'text', false),
            ('absence', 'id', 'text', true), ('absence', 'person', 'text', true), ('absence', 'from', 'date', true), ('absence', 'to', 'date', false),
            ('absence', 'reason', 'text', true),
            ('schedule', 'id', 'text', true), ('schedule', 'person', 'text', true), ('schedule', 'unit', 'text', true),
            ('schedule', 'function', 'text', true), ('schedule', 'from', 'text', true), ('schedule', 'to', 'text', true),
            ('presence', 'person', 'text', true), ('presence', 'on', 'bool', true),
            ('closure', 'unit', 'text', true), ('closure', 'from', 'text', true), ('closure', 'to', 'text', true),
            ('downtime', 'service', 'text', true), ('downtime', 'from', 'text', true)) AS f (kind, name, type, required)
        WHERE f.kind = p_kind
    LOOP
        value := p_data -> field.name;
        IF value IS NULL OR value = 'null'::jsonb OR (jsonb_typeof(value) = 'string' AND btrim(value #>> '{}') = '') THEN
            IF field.required THEN RETURN format('Fältet %s krävs.', field.name); END IF;
            CONTINUE;
        END IF;

        BEGIN
            wrong := CASE field.type
                WHEN 'text' THEN jsonb_typeof(value) <> 'string'
                WHEN 'bool' THEN jsonb_typeof(value) <> 'boolean'
                WHEN 'int' THEN jsonb_typeof(value) <> 'number' OR (value #>> '{}')::int::text IS NULL
                WHEN 'date' THEN jsonb_typeof(value) <> 'string' OR value #>> '{}' !~ '^\d{4}-\d\d-\d\d$'
                    OR make_date(left(value #>> '{}', 4)::int, substr(value #>> '{}', 6, 2)::int, right(value #>> '{}', 2)::int) IS NULL
                WHEN 'object' THEN jsonb_typeof(value) <> 'object'
                WHEN 'array' THEN jsonb_typeof(value) <> 'array'
                WHEN 'objects' THEN jsonb_typeof(value) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(value) AS e WHERE jsonb_typeof(e) <> 'object')
                WHEN 'texts' THEN jsonb_typeof(value) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(value) AS e WHERE jsonb_typeof(e) <> 'string')
                WHEN 'ints' THEN jsonb_typeof(value) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(value) AS e
                    WHERE jsonb_typeof(e) <> 'number' OR (e #>> '{}')::int::text IS NULL)
            END;
        EXCEPTION WHEN data_exception THEN
            wrong := true;
        END;
        IF wrong THEN RETURN format('Fältet %s har fel form.', field.name); END IF;
    END LOOP;

    -- Written as yyyy-mm-dd, dates order as text.
    IF p_kind IN ('role_assignment', 'absence') AND p_data ->> 'to' < p_data ->> 'from' THEN RETURN 'Slutdatumet ligger före startdatumet.'; END IF;
    IF p_kind = 'person' AND p_data ->> 'employedTo' < p_data ->> 'employedFrom' THEN RETURN 'Slutdatumet ligger före startdatumet.'; END IF;
    IF p_kind = 'routine_document' AND p_data ->> 'validTo' < p_data ->> 'validFrom' THEN RETURN 'Slutdatumet ligger före startdatumet.'; END IF;
    RETURN NULL;
END $$;

UPDATE reference SET fault = reference_fault(kind, data) WHERE reference_fault(kind, data) IS NOT NULL;
-- Whoever is found by the row is the one that the document names.
UPDATE reference SET fault = 'Raden har ett annat id än dokumentet.' WHERE fault IS NULL AND coalesce(data ->> 'id', id) <> id;
ALTER TABLE reference ADD CONSTRAINT reference_own_id CHECK (fault IS NOT NULL OR coalesce(data ->> 'id', id) = id);
ALTER TABLE reference ADD CONSTRAINT reference_sound CHECK (fault IS NOT NULL OR reference_fault(kind, data) IS NULL);

ALTER TABLE reference ADD COLUMN keys text[] NOT NULL DEFAULT '{}';
UPDATE reference SET keys = reference_keys(kind, id, data);
CREATE INDEX reference_by_key ON reference USING gin (keys);

-- Databases that hold two already: who had the value first keeps it. Where two would be mistaken for each other (people, settings, hours)
-- the later is left out; where the later can still be found by its id it goes on, and the list of faults names it.
WITH claim AS (
    SELECT r.kind, r.id, k, min(r.changed_at) AS since, min(r.valid_from) AS valid_from FROM reference r, unnest(r.keys) AS k
    WHERE r.fault IS NULL GROUP BY r.kind, r.id, k),
later AS (
    SELECT DISTINCT l.kind, l.id, l.k FROM claim l JOIN claim e ON e.k = l.k AND (e.kind, e.id) <> (l.kind, l.id)
        AND (e.since, e.valid_from, e.id) < (l.since, l.valid_from, l.id))
UPDATE reference r SET fault = 'Samma uppgift finns redan på en äldre rad: ' || split_part(l.k, '=', 1) || '.'
FROM later l WHERE l.kind = r.kind AND l.id = r.id AND l.k = ANY (r.keys) AND r.fault IS NULL AND r.kind IN ('person', 'setting', 'opening_hours');

CREATE FUNCTION reference_keep_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.keys := reference_keys(NEW.kind, NEW.id, NEW.data);
    RETURN NEW;
END $$;

CREATE TRIGGER reference_keep_keys BEFORE INSERT OR UPDATE OF kind, id, data ON reference FOR EACH ROW EXECUTE FUNCTION reference_keep_keys();

-- Writers wait for each other at the version row, which the statement trigger takes too: so nobody's claim is overlooked.
CREATE FUNCTION reference_unique() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken text;
BEGIN
    IF NEW.fault IS NOT NULL OR NEW.valid_from >= coalesce(NEW.valid_to, 'infinity') THEN RETURN NULL; END IF;
    -- A row that claims nothing new is not asked: an older one that shares its name can still be ended, and mended by that.
    IF TG_OP = 'UPDATE' THEN
        IF NEW.keys = OLD.keys AND OLD.fault IS NULL AND NEW.valid_from >= OLD.valid_from
            AND coalesce(NEW.valid_to, 'infinity') <= coalesce(OLD.valid_to, 'infinity') THEN RETURN NULL; END IF;
    END IF;
    PERFORM FROM reference_version FOR UPDATE;
    IF EXISTS (
        SELECT FROM reference r WHERE r.kind = NEW.kind AND r.id = NEW.id AND r.valid_from <> NEW.valid_from AND r.fault IS NULL
            AND r.valid_from < coalesce(r.valid_to, 'infinity')
            AND r.valid_from < coalesce(NEW.valid_to, 'infinity') AND NEW.valid_from < coalesce(r.valid_to, 'infinity')) THEN
        RAISE EXCEPTION 'two versions of % % hold at the same time', NEW.kind, NEW.id USING ERRCODE = 'unique_violation', CONSTRAINT = 'reference.validFrom';
    END IF;

    SELECT k INTO taken FROM reference r, unnest(r.keys) AS k
        WHERE r.keys && NEW.keys AND k = ANY (NEW.keys) AND (r.kind, r.id) <> (NEW.kind, NEW.id) AND r.fault IS NULL
            AND r.valid_from < coalesce(r.valid_to, 'infinity')
            AND r.valid_from < coalesce(NEW.valid_to, 'infinity') AND NEW.valid_from < coalesce(r.valid_to, 'infinity')
        LIMIT 1;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'another row has % already', split_part(taken, '=', 1)
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'reference.' || split_part(taken, '=', 1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER reference_unique AFTER INSERT OR UPDATE ON reference FOR EACH ROW EXECUTE FUNCTION reference_unique();

-- A change was decided by the reference data of one version; it is written only while that version still holds.
CREATE FUNCTION reference_expect(p_version bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM reference_version WHERE version = p_version FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'reference data has changed' USING ERRCODE = 'RV001'; END IF;
END $$;
