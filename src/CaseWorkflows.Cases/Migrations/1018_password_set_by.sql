-- Who last set the password for its owner, and when (business time): shown to the owner, also after the owner has changed it.
ALTER TABLE account ADD COLUMN set_by text, ADD COLUMN set_at timestamptz;
