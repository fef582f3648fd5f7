CREATE TABLE task (
    id                 uuid PRIMARY KEY,
    instance_id        uuid NOT NULL,
    bookmark_id        text NOT NULL,
    activity_id        text NOT NULL,
    definition_id      text NOT NULL,
    definition_version int  NOT NULL,
    case_id            uuid REFERENCES cases (id),
    region             text NOT NULL,
    unit               text NOT NULL,
    title              text NOT NULL,
    instructions       text,
    state              text NOT NULL,
    assignee           text,
    claimed_at         timestamptz,
    opened_at          timestamptz,
    candidate_persons  text[] NOT NULL DEFAULT '{}',
    priority           int,
    due                timestamptz,
    warn_at            timestamptz,
    form               jsonb NOT NULL,
    outcomes           jsonb NOT NULL,
    rules              text[] NOT NULL DEFAULT '{}',
    open_status        text,
    takeover_by_team   boolean NOT NULL DEFAULT false,
    waiting_for        text[] NOT NULL DEFAULT '{}',
    write_back         jsonb NOT NULL DEFAULT '{}',
    badge              text,
    print              text,
    draft              jsonb,
    parked_until       timestamptz,
    completed_by       text,
    completed_as       text,
    capacity           text,
    completed_at       timestamptz,
    outcome            text,
    trial              boolean NOT NULL DEFAULT false,
    starter            text,
    removal_at         timestamptz,
    revision           int NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL
);
CREATE INDEX task_by_instance ON task (instance_id, bookmark_id);
CREATE INDEX task_by_case ON task (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX task_open_by_unit ON task (unit) WHERE state IN ('Öppen', 'Tagen', 'Låst');
CREATE INDEX task_open_by_assignee ON task (assignee) WHERE state IN ('Öppen', 'Tagen');

CREATE TABLE task_candidate (
    task_id uuid NOT NULL REFERENCES task (id),
    role    text NOT NULL,
    unit    text NOT NULL,
    held    text GENERATED ALWAYS AS (role || '@' || unit) STORED,
    PRIMARY KEY (task_id, role, unit)
);
CREATE INDEX task_candidate_by_held ON task_candidate (held, task_id);

-- What people filled in, apart from the task, so that it can be removed by rule.
CREATE TABLE task_content (
    task_id uuid PRIMARY KEY REFERENCES task (id),
    data    jsonb NOT NULL
);

CREATE TABLE task_comment (
    id      uuid PRIMARY KEY,
    task_id uuid NOT NULL REFERENCES task (id),
    person  text NOT NULL,
    at      timestamptz NOT NULL,
    text    text NOT NULL
);
CREATE INDEX task_comment_by_task ON task_comment (task_id, at);
