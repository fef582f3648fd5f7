-- Every cookie and every token names a session. It lives while it has the person's present stamp, has not been ended and has not
-- expired. A new stamp (password, role or person changed) ends all of the person's at once, on every host. Machine time throughout.
ALTER TABLE account ADD COLUMN security_stamp uuid NOT NULL DEFAULT gen_random_uuid();
-- Somebody else set the password: it opens nothing but the change of it.
ALTER TABLE account ADD COLUMN must_change boolean NOT NULL DEFAULT false;

CREATE TABLE sign_in_session (
    id             uuid PRIMARY KEY,
    person_id      text NOT NULL REFERENCES account (person_id) ON DELETE CASCADE,
    security_stamp uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at     timestamptz NOT NULL
);
CREATE INDEX sign_in_session_by_person ON sign_in_session (person_id);
CREATE INDEX sign_in_session_by_expiry ON sign_in_session (expires_at);

-- Wrong passwords in a row, by account and address. Address '' counts all addresses that the account has never signed in from.
-- An account is a person, or one of a few drawers that stand for all names that nobody has.
CREATE TABLE sign_in_failure (
    account      text NOT NULL,
    address      text NOT NULL,
    failures     int NOT NULL,
    failed_at    timestamptz NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (account, address)
);

-- Where somebody has signed in from lately: failures from elsewhere do not lock the account there.
CREATE TABLE sign_in_address (
    account      text NOT NULL REFERENCES account (person_id) ON DELETE CASCADE,
    address      text NOT NULL,
    signed_in_at timestamptz NOT NULL,
    PRIMARY KEY (account, address)
);

-- They counted for the account alone, so that anybody could lock anybody.
ALTER TABLE account DROP COLUMN failures, DROP COLUMN locked_until;
