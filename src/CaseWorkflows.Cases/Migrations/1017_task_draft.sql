-- A draft comes back under the outcome it was written for, with its time and writer.
ALTER TABLE task ADD COLUMN draft_outcome text, ADD COLUMN draft_at timestamptz, ADD COLUMN draft_by text;
