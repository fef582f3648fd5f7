-- How the delivery of a message to the resident went, as notices have it.
ALTER TABLE message ADD COLUMN attempts int NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN error text;
ALTER TABLE message ADD COLUMN delivered_at timestamptz;

-- What operators look after: what nothing here delivers, and what was given up.
CREATE INDEX message_undelivered ON message (sent_at DESC, id DESC) WHERE direction = 'Ut' AND delivery_state IN ('Ingen kanal', 'Misslyckat');
CREATE INDEX notice_undelivered ON notice (at DESC, id DESC) WHERE delivery_state IN ('Ingen kanal', 'Misslyckat');
