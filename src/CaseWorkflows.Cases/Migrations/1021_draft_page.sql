-- The page that a draft was written on: the same person's other page, opened before, does not overwrite it.
ALTER TABLE task ADD COLUMN draft_page text;
