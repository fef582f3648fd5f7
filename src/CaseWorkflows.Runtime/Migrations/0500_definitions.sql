-- Routines: one row per definition, one per version. The document is kept as text (json, not jsonb), so that nothing about it is ever lost.

create table workflow_definition (
  definition_id text primary key,
  region        text not null,
  created_at    timestamptz not null,
  deleted_at    timestamptz,
  revision      bigint not null default 0,
  event_hash    bytea not null default '\x'
);

create table workflow_definition_version (
  id             text primary key,
  definition_id  text not null references workflow_definition,
  version        int not null,
  name           text not null default '',
  description    text,
  tool_version   text,
  document       json not null,
  content_hash   bytea not null,
  step_count     int not null,
  usable_as_activity boolean not null default false,
  is_readonly    boolean not null default false,
  is_system      boolean not null default false,
  is_latest      boolean not null default false,
  is_published   boolean not null default false,
  -- A frozen copy of a draft that a trial run started on; never listed, never edited.
  is_trial       boolean not null default false,
  created_at     timestamptz not null,
  created_by     text not null,
  created_by_name text not null,
  updated_at     timestamptz not null,
  updated_by     text not null,
  updated_by_name text not null,
  published_at   timestamptz,
  deleted_at     timestamptz,
  revision       bigint not null default 1,
  -- Machine time: only for recognising a retried create.
  stored_at      timestamptz not null default clock_timestamp()
);
create unique index workflow_definition_version_number on workflow_definition_version (definition_id, version) where not is_trial;
create unique index workflow_definition_version_latest on workflow_definition_version (definition_id) where is_latest;
create unique index workflow_definition_version_published on workflow_definition_version (definition_id) where is_published;
create index workflow_definition_version_trial on workflow_definition_version (definition_id, content_hash) where is_trial;

-- Every save of a draft, thirty days back.
create table workflow_definition_save (
  id            bigint generated always as identity primary key,
  definition_id text not null references workflow_definition,
  version_id    text not null,
  version       int not null,
  revision      bigint not null,
  kind          text not null check (kind in ('saved', 'refused')),
  saved_at      timestamptz not null,
  saved_by      text not null,
  saved_by_name text not null,
  session       text,
  step_count    int not null,
  content_hash  bytea not null,
  document      json not null,
  removal_at    timestamptz not null
);
create index workflow_definition_save_list on workflow_definition_save (definition_id, id desc);
create index workflow_definition_save_removal on workflow_definition_save (removal_at);

-- Who did what to a routine, when and why; append-only, each entry chained to the one before.
create table workflow_definition_event (
  id            bigint generated always as identity primary key,
  definition_id text not null references workflow_definition,
  version_id    text,
  version       int,
  event         text not null,
  at            timestamptz not null,
  person_id     text not null,
  person_name   text not null,
  reason        text,
  detail        text,
  previous_hash bytea not null,
  hash          bytea not null
);
create index workflow_definition_event_list on workflow_definition_event (definition_id, id desc);

create trigger workflow_definition_event_append_only before update or delete on workflow_definition_event
  for each row execute function append_only();
create trigger workflow_definition_event_no_truncate before truncate on workflow_definition_event execute function append_only();

-- Who has a routine open, in machine time.
create unlogged table workflow_definition_presence (
  definition_id text not null,
  session       text not null,
  person_id     text not null,
  person_name   text not null,
  since         timestamptz not null,
  seen_at       timestamptz not null,
  primary key (definition_id, session)
);
