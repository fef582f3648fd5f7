-- Whether the case had reached the run before it began. What a case's routine begins is its choice, and is not listed to those who may not read the case;
-- a run that was there before stays listed, since that it vanishes would tell who was called. Of what stands, the first is supposed.
ALTER TABLE instance_origin ADD COLUMN at_start boolean NOT NULL DEFAULT true;

-- Versions that only their writer had read when their runs began this one or called it: when and how it goes on is theirs to choose.
CREATE TABLE instance_mover (
  instance_id uuid NOT NULL,
  version_id  text NOT NULL,
  PRIMARY KEY (instance_id, version_id)
);
