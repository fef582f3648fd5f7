-- What an incident was about, kept when the queue item is gone; and how often it had been tried when it was given up.
ALTER TABLE incident
  ADD COLUMN tries         int NOT NULL DEFAULT 1,
  ADD COLUMN item_kind     smallint,                    -- of the parked queue item
  ADD COLUMN case_id       uuid,                        -- of a start or an event that has no instance
  ADD COLUMN series        text,                        -- which series a scheduled start belongs to
  ADD COLUMN definition_id text,                        -- of a start that has no instance
  ADD COLUMN version_id    text;

UPDATE incident x SET tries = greatest(1, q.attempts), item_kind = q.kind, case_id = (q.payload ->> 'caseId')::uuid, series = q.payload ->> 'key',
  definition_id = q.payload ->> 'definitionId', version_id = q.payload ->> 'versionId'
FROM queue q WHERE q.id = x.queue_id;
