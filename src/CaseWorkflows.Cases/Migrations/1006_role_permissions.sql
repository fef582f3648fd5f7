-- Databases made before these permissions existed: the roles that the reference files give them to.
UPDATE reference SET data = jsonb_set(data, '{permissions}', data -> 'permissions' || '["incident.manage"]'), revision = revision + 1
WHERE kind = 'role' AND id IN ('lokal_administrator', 'lokal_systemadministrator', 'administrator', 'utvecklare')
  AND jsonb_typeof(data -> 'permissions') = 'array' AND NOT data -> 'permissions' ? 'incident.manage';

UPDATE reference SET data = jsonb_set(data, '{permissions}', data -> 'permissions' || '["case.read.protected"]'), revision = revision + 1
WHERE kind = 'role' AND id IN ('arendemottagare', 'ansvarig_1177', 'administrativ_kontakt', 'medicinsk_admin', 'overgripande_ansvarig', 'administrator')
  AND jsonb_typeof(data -> 'permissions') = 'array' AND NOT data -> 'permissions' ? 'case.read.protected';
