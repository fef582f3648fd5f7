-- A trial is closed in itself: its children and what its events start carry the id of the instance that it began with, and nothing of it
-- reaches an instance with another one.
ALTER TABLE instance ADD COLUMN trial_root uuid;

WITH RECURSIVE tree (id, root) AS (
  SELECT id, id FROM instance i WHERE trial AND NOT EXISTS (SELECT 1 FROM instance p WHERE p.id = i.parent_id AND p.trial)
  UNION
  SELECT i.id, t.root FROM instance i JOIN tree t ON i.parent_id = t.id WHERE i.trial)
UPDATE instance i SET trial_root = t.root FROM tree t WHERE t.id = i.id;
