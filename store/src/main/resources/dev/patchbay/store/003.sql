-- Keys that sessions were given, sealed; and acts that are done once, whoever asks for them again, with what was replied.

CREATE TABLE session_keys (
    session INTEGER PRIMARY KEY REFERENCES sessions (key) ON DELETE CASCADE,
    sealed TEXT NOT NULL
);

CREATE TABLE one_time_acts (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    -- Null while it is being done.
    status INTEGER,
    reply TEXT
) WITHOUT ROWID;
CREATE INDEX one_time_acts_by_time ON one_time_acts (at);
