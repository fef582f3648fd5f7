-- The role that answers calls may not change the heads and reasons of histories, nor remove payloads: these two functions do it for it, as the owner.
ALTER FUNCTION append_history(text, timestamptz, text, text, uuid, uuid, boolean, boolean, jsonb, text)
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION remove_journal_payload(uuid, int, text, text, timestamptz)
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
