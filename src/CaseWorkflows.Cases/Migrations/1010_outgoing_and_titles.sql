-- What an integration takes to residents: sent here, and not yet told to have arrived or failed.
CREATE INDEX message_outgoing ON message (sent_at, id) WHERE direction = 'Ut' AND NOT trial AND delivery_state IN ('Köat', 'Ingen kanal', 'Skickat');
CREATE INDEX attachment_by_message ON attachment (message_id) WHERE message_id IS NOT NULL;

-- A title that a routine works out from the case is as protected as the case. Of the titles that are there, one that no other case has is taken to be such.
ALTER TABLE task ADD COLUMN title_computed boolean NOT NULL DEFAULT false;
UPDATE task t SET title_computed = true FROM (
    SELECT id, min(case_id::text) OVER same = max(case_id::text) OVER same AS alone FROM task WHERE case_id IS NOT NULL
    WINDOW same AS (PARTITION BY definition_id, activity_id, title)) x
WHERE x.id = t.id AND x.alone;
