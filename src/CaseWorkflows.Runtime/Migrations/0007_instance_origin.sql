-- Cases that reached a run from outside it: a routine of that case started it, sent it an event or came to an end as its child. What the run
-- holds is as protected as they are.
CREATE TABLE instance_origin (
  instance_id uuid NOT NULL,
  case_id     uuid NOT NULL,
  PRIMARY KEY (instance_id, case_id)
);
CREATE INDEX instance_origin_case ON instance_origin (case_id);

-- Of runs that stand already only what their parents were is known.
WITH RECURSIVE from_case (id, case_id) AS (
  SELECT id, case_id FROM instance WHERE case_id IS NOT NULL AND NOT trial
  UNION
  SELECT i.id, f.case_id FROM instance i JOIN from_case f ON i.parent_id = f.id WHERE NOT i.trial)
INSERT INTO instance_origin (instance_id, case_id)
SELECT f.id, f.case_id FROM from_case f JOIN instance i ON i.id = f.id WHERE i.case_id IS DISTINCT FROM f.case_id;
