-- What tells a run that goes on from one that runs away. depth: how many runs stand before it, each started by the one before.
-- turns: how many waits that were over at once, and events, stand before the item since time last passed.
ALTER TABLE instance ADD COLUMN depth int NOT NULL DEFAULT 0;
ALTER TABLE queue ADD COLUMN turns int NOT NULL DEFAULT 0;
