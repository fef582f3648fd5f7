-- Set when demo users were put in. Outside Development a host refuses a database that has them: their password is known.
CREATE TABLE demo_data (
  id      boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (id),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
