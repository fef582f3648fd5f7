-- Everybody who could sign in when somebody set the password for its owner: who set it, and who was behind that account then. It stays as it was
-- when the setter's own account gets another password: whoever knew this one knows it still.
ALTER TABLE account ADD COLUMN behind text[] NOT NULL DEFAULT '{}';
WITH RECURSIVE hand (account, person) AS (
    SELECT a.person_id, a.set_by FROM account a WHERE a.set_by IS NOT NULL
    UNION SELECT h.account, a.set_by FROM hand h JOIN account a ON a.person_id = h.person WHERE a.set_by IS NOT NULL)
UPDATE account SET behind = (SELECT array_agg(h.person) FROM hand h WHERE h.account = person_id) WHERE set_by IS NOT NULL;

-- Who may give a role is decided by who set the passwords; what was decided holds only while that stands (ADR 0029). Whoever sets a password
-- holds the version of the reference data, which whoever gives a role takes too: so neither is overlooked.
CREATE FUNCTION account_expect(p_person text, p_set_by text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT a.set_by FROM account a WHERE a.person_id = p_person) IS DISTINCT FROM p_set_by THEN
        RAISE EXCEPTION 'the account has changed hands' USING ERRCODE = 'RV001';
    END IF;
END $$;
