-- Lists filter and count on these without reading the instances themselves, whose rows hold their state. Only what seldom changes: a
-- column that every burst writes (updated_at) would make each of them write all indexes.
CREATE INDEX instance_list ON instance (id) INCLUDE (region, trial, definition_id, version, status, sub_status, incident_count, created_at, finished_at);
