-- Databases made before the permission existed: the roles that the reference files give it to.
UPDATE reference SET data = jsonb_set(data, '{permissions}', data -> 'permissions' || '["incident.manage"]'), revision = revision + 1
WHERE kind = 'role' AND id IN ('lokal_administrator', 'lokal_systemadministrator', 'administrator', 'utvecklare')
  AND jsonb_typeof(data -> 'permissions') = 'array' AND NOT data -> 'permissions' ? 'incident.manage';
