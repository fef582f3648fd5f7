-- Which key from the configuration encrypted the row; null: it lies open. An encrypted xml is base64 of what signing_key.key holds as bytes.
ALTER TABLE signing_key ADD COLUMN encrypted_with text;
ALTER TABLE data_protection_key ADD COLUMN encrypted_with text;
