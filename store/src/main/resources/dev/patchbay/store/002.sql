-- Whether the provider was asked with a key, and how soon its answer began. Of earlier sessions neither is known.

ALTER TABLE sessions ADD COLUMN key_sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN first_token_ms INTEGER;
