-- What is searched: values, not the names of fields; the text too; in composed form and lower case. It is made of what patients wrote, so only those
-- who may read a case's text may find it by this column. The case number stands on the case itself, for everybody who sees the case.
CREATE FUNCTION searchable_values(document jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(string_agg(left(v #>> '{}', 20000), ' '), '')
            FROM jsonb_path_query(document, 'strict $.** ? (@.type() == "string" || @.type() == "number")') v);

-- One pass over the table for both, and the index after it.
ALTER TABLE case_content
    DROP COLUMN search,
    ADD COLUMN search text GENERATED ALWAYS AS (lower(normalize(
        coalesce(patient ->> 'personalNumber', '') || ' ' || coalesce(patient ->> 'name', '') || ' ' || coalesce(sender ->> 'name', '') || ' '
        || coalesce(subject, '') || ' ' || coalesce(body, '') || ' ' || searchable_values(fields), NFC))) STORED;
CREATE INDEX case_content_search ON case_content USING gin (search gin_trgm_ops);

-- As it is asked for.
DROP INDEX cases_number_search;
CREATE INDEX cases_number_search ON cases USING gin (lower(case_number) gin_trgm_ops);
