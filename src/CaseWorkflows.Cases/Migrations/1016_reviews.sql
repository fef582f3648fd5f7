-- Which report a finished task counts in; null for ordinary work.
ALTER TABLE task ADD COLUMN counts_as text;
CREATE INDEX task_counted ON task (counts_as, unit, created_at) WHERE counts_as IS NOT NULL;

-- Before there was a mark, the reviews could be told by the rule that demands them.
UPDATE task SET counts_as = 'dagligGenomgång' WHERE case_id IS NULL AND 'ONK-37' = ANY (rules);
