-- Keys that every host on the database shares, so that a token or cookie from one is valid on all and over restarts.
CREATE TABLE signing_key (
  id         text        NOT NULL PRIMARY KEY,
  key        bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  retired_at timestamptz
);

CREATE TABLE data_protection_key (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text        NOT NULL,
  xml        text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
