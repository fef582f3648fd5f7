CREATE TABLE cases (
    id                uuid PRIMARY KEY,
    case_number       text NOT NULL UNIQUE,
    region            text NOT NULL,
    unit              text NOT NULL,
    responsible_unit  text NOT NULL,
    case_type         text NOT NULL,
    alias             text,
    subtype           text,
    channel           text NOT NULL,
    external_id       text,
    arrived_at        timestamptz NOT NULL,
    registered_at     timestamptz NOT NULL,
    status            text NOT NULL,
    close_mode        text,
    flags             text[] NOT NULL DEFAULT '{}',
    priority          int,
    priority_scale    text,
    team              int,
    owner_person      text,
    owner_role        text,
    owner_unit        text,
    clock_kind        text,
    clock_state       text NOT NULL DEFAULT 'Ingen',
    clock_due         timestamptz,
    clock_warn_at     timestamptz,
    clock_met_at      timestamptz,
    first_response_at timestamptz,
    breached_at       timestamptz,
    started_at        timestamptz,
    closed_at         timestamptz,
    closed_by         text,
    closed_by_role    text,
    routine_document  text,
    routine_version   text,
    routine_validity  text,
    trial             boolean NOT NULL DEFAULT false,
    starter           text,                              -- whose trial it is
    removal_at        timestamptz,
    revision          int NOT NULL DEFAULT 1,
    changed_at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX cases_external ON cases (channel, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX cases_open_by_unit ON cases (unit, arrived_at) WHERE closed_at IS NULL;
CREATE INDEX cases_by_unit ON cases (unit, arrived_at DESC, id DESC);
CREATE INDEX cases_by_responsible ON cases (responsible_unit, arrived_at DESC, id DESC);
CREATE INDEX cases_by_owner ON cases (owner_person) WHERE closed_at IS NULL;
CREATE INDEX cases_number_search ON cases USING gin (case_number gin_trgm_ops);

-- What residents wrote and who they are: a row of its own, removable by rule.
CREATE TABLE case_content (
    case_id uuid PRIMARY KEY REFERENCES cases (id),
    patient jsonb,
    sender  jsonb,
    subject text,
    body    text,
    fields  jsonb NOT NULL DEFAULT '{}',
    search  text GENERATED ALWAYS AS (lower(coalesce(patient ->> 'name', '') || ' ' || coalesce(patient ->> 'personalNumber', '') || ' ' || coalesce(subject, '') || ' ' || fields::text)) STORED
);
CREATE INDEX case_content_search ON case_content USING gin (search gin_trgm_ops);

-- Case numbers per unit and year; gaps are allowed, so that the number is taken before the case's transaction.
CREATE TABLE case_number (
    unit text NOT NULL,
    year int  NOT NULL,
    last int  NOT NULL,
    PRIMARY KEY (unit, year)
);

CREATE TABLE case_link (
    case_id       uuid NOT NULL REFERENCES cases (id),
    other_case_id uuid NOT NULL REFERENCES cases (id),
    kind          text NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (case_id, other_case_id)
);

CREATE TABLE message (
    id                       uuid PRIMARY KEY,
    case_id                  uuid NOT NULL REFERENCES cases (id),
    region                   text NOT NULL,
    direction                text NOT NULL CHECK (direction IN ('In', 'Ut')),
    kind                     text NOT NULL,
    phrase                   text,
    phrase_changed           boolean NOT NULL DEFAULT false,
    author_role              text,
    author                   text,
    sent_at                  timestamptz NOT NULL,
    counts_as_first_response boolean NOT NULL,
    delivery_state           text NOT NULL,
    trial                    boolean NOT NULL,
    removal_at               timestamptz,
    revision                 int NOT NULL DEFAULT 1
);
CREATE INDEX message_by_case ON message (case_id, sent_at, id);

CREATE TABLE message_content (
    message_id uuid PRIMARY KEY REFERENCES message (id),
    text       text NOT NULL
);

CREATE TABLE attachment (
    id           uuid PRIMARY KEY,
    case_id      uuid NOT NULL REFERENCES cases (id),
    message_id   uuid,
    task_id      uuid,
    name         text NOT NULL,
    content_type text NOT NULL,
    size         int  NOT NULL,
    content      bytea NOT NULL,
    at           timestamptz NOT NULL,
    region       text NOT NULL,
    removal_at   timestamptz,
    revision     int NOT NULL DEFAULT 1
);
CREATE INDEX attachment_by_case ON attachment (case_id);

-- Notices to staff and SMS to residents; the outbox delivers them and writes the state back.
CREATE TABLE notice (
    id             uuid PRIMARY KEY,
    case_id        uuid REFERENCES cases (id),
    unit           text NOT NULL,
    region         text NOT NULL,
    channel        text NOT NULL,
    recipient      text NOT NULL,
    to_resident    boolean NOT NULL DEFAULT false,
    address        text,
    subject        text,
    text           text NOT NULL,
    rule           text,
    at             timestamptz NOT NULL,
    delivery_state text NOT NULL,
    attempts       int NOT NULL DEFAULT 0,
    error          text,
    delivered_at   timestamptz,
    trial          boolean NOT NULL,
    removal_at     timestamptz,
    revision       int NOT NULL DEFAULT 1
);
CREATE INDEX notice_by_case ON notice (case_id, at, id) WHERE case_id IS NOT NULL;
CREATE INDEX notice_by_unit ON notice (unit, at, id);
