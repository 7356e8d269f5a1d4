-- Sessions, what was said in them, who runs them, and the calls they made. Moments are nanoseconds since 1970, UTC.

CREATE TABLE sessions (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run_id TEXT NOT NULL,
    parent_id TEXT,
    status TEXT NOT NULL,
    provider TEXT,
    model TEXT,
    model_id TEXT,
    working_dir TEXT,
    created_at INTEGER NOT NULL,
    last_activity_at INTEGER NOT NULL,
    completed_at INTEGER,
    stop_reason TEXT,
    error_provider TEXT,
    error_status INTEGER,
    error_type TEXT,
    error_message TEXT,
    error_hint TEXT,
    failures TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_creation_tokens INTEGER,
    thinking_tokens INTEGER,
    cost_usd TEXT,
    archived INTEGER NOT NULL,
    has_api_key INTEGER NOT NULL,
    set_provider TEXT,
    set_model TEXT,
    proxy_enabled INTEGER NOT NULL,
    proxy_base_url TEXT,
    proxy_model_override TEXT,
    -- The process that runs it; null for one that has ended or never began.
    owner TEXT,
    interrupt_requested INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sessions_by_activity ON sessions (last_activity_at DESC, id);
CREATE INDEX sessions_by_parent ON sessions (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX sessions_by_owner ON sessions (owner) WHERE owner IS NOT NULL;
CREATE INDEX sessions_by_folder ON sessions (working_dir, last_activity_at DESC) WHERE working_dir IS NOT NULL;

-- Apart from what changes often, since a change writes a whole row, and these may be long.
CREATE TABLE requests (
    session INTEGER PRIMARY KEY REFERENCES sessions (key) ON DELETE CASCADE,
    title TEXT NOT NULL,
    query TEXT NOT NULL,
    template TEXT
);

CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES sessions (key) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- Of a piece of the conversation; a plain text has no block.
    sequence INTEGER,
    role TEXT,
    text TEXT,
    block TEXT,
    is_completed INTEGER,
    -- Of everything else.
    detail TEXT
);
CREATE UNIQUE INDEX events_by_session ON events (session, sequence);

-- Every three letters in a row, so that words are found as they stand, whatever signs are in them.
CREATE VIRTUAL TABLE requests_text USING fts5 (title, query, content = 'requests', content_rowid = 'session', tokenize = 'trigram');
INSERT INTO requests_text (requests_text, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER requests_added AFTER INSERT ON requests BEGIN
    INSERT INTO requests_text (rowid, title, query) VALUES (new.session, new.title, new.query);
END;
CREATE TRIGGER requests_removed AFTER DELETE ON requests BEGIN
    INSERT INTO requests_text (requests_text, rowid, title, query) VALUES ('delete', old.session, old.title, old.query);
END;
CREATE TRIGGER requests_changed AFTER UPDATE ON requests BEGIN
    INSERT INTO requests_text (requests_text, rowid, title, query) VALUES ('delete', old.session, old.title, old.query);
    INSERT INTO requests_text (rowid, title, query) VALUES (new.session, new.title, new.query);
END;

CREATE VIRTUAL TABLE events_text USING fts5 (text, content = 'events', content_rowid = 'position', tokenize = 'trigram');
INSERT INTO events_text (events_text, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER events_added AFTER INSERT ON events WHEN new.text IS NOT NULL BEGIN
    INSERT INTO events_text (rowid, text) VALUES (new.position, new.text);
END;
CREATE TRIGGER events_removed AFTER DELETE ON events WHEN old.text IS NOT NULL BEGIN
    INSERT INTO events_text (events_text, rowid, text) VALUES ('delete', old.position, old.text);
END;

-- Processes that run sessions. Age is told by a clock that nobody can set, and only among those who share it.
CREATE TABLE owners (
    id TEXT PRIMARY KEY,
    beat INTEGER NOT NULL,
    clock TEXT NOT NULL,
    beat_at INTEGER NOT NULL,
    -- The beat that somebody with another clock saw last, and when by that clock.
    seen_beat INTEGER,
    seen_clock TEXT,
    seen_at INTEGER
) WITHOUT ROWID;

-- Each call to a provider, without a word of what was said.
CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    session TEXT,
    provider TEXT,
    model TEXT,
    outcome TEXT NOT NULL,
    http_status INTEGER,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_creation_tokens INTEGER,
    cost_usd TEXT,
    first_token_ms INTEGER,
    duration_ms INTEGER
);
CREATE INDEX calls_by_time ON calls (at);
CREATE INDEX calls_by_session ON calls (session) WHERE session IS NOT NULL;

-- When what is done from time to time was done last.
CREATE TABLE maintenance (
    task TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;
