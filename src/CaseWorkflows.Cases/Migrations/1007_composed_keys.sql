-- Names that people and systems send come in composed form now (NFC); what was stored before is compared so. The unique index stays as it is: new rows
-- are composed, and two old ones that differ in their form alone are two cases.
CREATE INDEX cases_external_composed ON cases (channel, normalize(external_id)) WHERE external_id IS NOT NULL;

-- A user name is typed, so it is known in whichever form it was stored.
UPDATE account SET user_name = normalize(user_name)
WHERE user_name IS NOT NORMALIZED AND NOT EXISTS (SELECT 1 FROM account other WHERE other.user_name = normalize(account.user_name));
