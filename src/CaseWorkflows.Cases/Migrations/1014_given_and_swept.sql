-- Of each sweep whose rows a run may hold (it made it, or another run that did gave it something): the units where those cases may be known, by id, one
-- a line. Whom the run's tasks go to depends on them.
CREATE TABLE instance_sweep (
  instance_id uuid NOT NULL,
  units       text NOT NULL,
  PRIMARY KEY (instance_id, units)
);

-- Without a case, but made by a run that a case had reached: its words may be that case's, and nothing says whose eyes they are for. Shown to nobody.
-- No such task is made any longer.
ALTER TABLE task ADD COLUMN sealed boolean NOT NULL DEFAULT false;
UPDATE task t SET sealed = true WHERE t.case_id IS NULL AND NOT t.trial AND EXISTS (SELECT 1 FROM instance_origin o WHERE o.instance_id = t.instance_id);
