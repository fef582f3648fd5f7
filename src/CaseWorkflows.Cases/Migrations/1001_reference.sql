-- Effective-dated reference documents. A version counter tells hosts when to read them anew.
CREATE TABLE reference (
    kind        text        NOT NULL,
    id          text        NOT NULL,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz,
    region      text,
    data        jsonb       NOT NULL,
    revision    int         NOT NULL DEFAULT 1,
    changed_by  text,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (kind, id, valid_from),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE reference_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint  NOT NULL
);
INSERT INTO reference_version (version) VALUES (1);

CREATE FUNCTION reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE reference_version SET version = version + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE ON reference
    FOR EACH STATEMENT EXECUTE FUNCTION reference_changed();

-- Sign-in secrets stand apart from the person, who is reference data. Lockout follows machine time.
CREATE TABLE account (
    person_id      text PRIMARY KEY,
    user_name      text NOT NULL UNIQUE,
    password_hash  text NOT NULL,
    failures       int  NOT NULL DEFAULT 0,
    locked_until   timestamptz,
    changed_at     timestamptz NOT NULL
);
