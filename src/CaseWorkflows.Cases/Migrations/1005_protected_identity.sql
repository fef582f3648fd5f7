-- A protected identity narrows who sees the case (D-10). The flag carries it; the column follows the flag, so that it can stand in a WHERE.
UPDATE cases c SET flags = array_append(c.flags, 'Skyddad identitet')
FROM case_content k WHERE k.case_id = c.id AND k.patient ->> 'protectedIdentity' = 'Ja – skyddad' AND NOT 'Skyddad identitet' = ANY (c.flags);

ALTER TABLE cases ADD COLUMN protected boolean NOT NULL GENERATED ALWAYS AS ('Skyddad identitet' = ANY (flags)) STORED;

-- Few cases are: lists of tasks look them up here.
CREATE INDEX cases_protected ON cases (id) WHERE protected;
