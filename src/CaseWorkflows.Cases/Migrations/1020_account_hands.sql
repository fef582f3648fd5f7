-- Who may give a role is decided by who set the passwords; what was decided holds only while that stands (ADR 0029). Whoever sets a password
-- holds the version of the reference data, which whoever gives a role takes too: so neither is overlooked.
CREATE FUNCTION account_expect(p_person text, p_set_by text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT a.set_by FROM account a WHERE a.person_id = p_person) IS DISTINCT FROM p_set_by THEN
        RAISE EXCEPTION 'the account has changed hands' USING ERRCODE = 'RV001';
    END IF;
END $$;
