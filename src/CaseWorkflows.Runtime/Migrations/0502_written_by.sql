-- Who has written in a version since its routine was last read by a second person, and whether this one was: it came with the product, or somebody has
-- published it, or said to have read it, who has not written in it. What other versions do may be made to spell what their writers may not read, so it is
-- not shown to them (ADR 0030).
ALTER TABLE workflow_definition_version
  ADD COLUMN written_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN reviewed boolean NOT NULL DEFAULT false;

UPDATE workflow_definition_version v SET
  written_by = ARRAY(SELECT v.created_by UNION SELECT v.updated_by UNION SELECT s.saved_by FROM workflow_definition_save s WHERE s.version_id = v.id AND s.kind = 'saved');

-- Of what stands, the last publication of each version is known from the history.
UPDATE workflow_definition_version v SET reviewed = true
WHERE v.published_at IS NOT NULL AND NOT v.is_trial AND EXISTS (
  SELECT 1 FROM workflow_definition_event e
  WHERE e.version_id = v.id AND e.event = 'Publicerad' AND (e.person_id = 'system' OR NOT e.person_id = ANY (v.written_by)));
