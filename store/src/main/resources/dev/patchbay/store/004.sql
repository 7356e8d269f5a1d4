-- The index takes in what was written a moment after it was told, since that takes longer than to write it. What it lacks stands here and
-- is searched as it is; a row without a size stays so, since others would wait too long for it.

CREATE TABLE unindexed_requests (
    session INTEGER PRIMARY KEY,
    bytes INTEGER
);
CREATE TABLE unindexed_events (
    position INTEGER PRIMARY KEY,
    bytes INTEGER
);

DROP TRIGGER requests_added;
DROP TRIGGER requests_removed;
DROP TRIGGER requests_changed;
DROP TRIGGER events_added;
DROP TRIGGER events_removed;

CREATE TRIGGER requests_added AFTER INSERT ON requests BEGIN
    INSERT INTO unindexed_requests (session, bytes)
        SELECT new.session, iif(size <= 1048576, size, NULL) FROM (SELECT octet_length(new.title) + octet_length(new.query) AS size);
END;
CREATE TRIGGER requests_removed AFTER DELETE ON requests BEGIN
    INSERT INTO requests_text (requests_text, rowid, title, query)
        SELECT 'delete', old.session, old.title, old.query WHERE old.session NOT IN (SELECT session FROM unindexed_requests);
    DELETE FROM unindexed_requests WHERE session = old.session;
END;
CREATE TRIGGER requests_changed AFTER UPDATE OF title, query ON requests
    WHEN old.title <> new.title OR old.query <> new.query BEGIN
    INSERT INTO requests_text (requests_text, rowid, title, query)
        SELECT 'delete', old.session, old.title, old.query WHERE old.session NOT IN (SELECT session FROM unindexed_requests);
    INSERT OR REPLACE INTO unindexed_requests (session, bytes)
        SELECT new.session, iif(size <= 1048576, size, NULL) FROM (SELECT octet_length(new.title) + octet_length(new.query) AS size);
END;

CREATE TRIGGER events_added AFTER INSERT ON events WHEN new.text IS NOT NULL BEGIN
    INSERT INTO unindexed_events (position, bytes)
        VALUES (new.position, iif(octet_length(new.text) <= 1048576, octet_length(new.text), NULL));
END;
CREATE TRIGGER events_removed AFTER DELETE ON events WHEN old.text IS NOT NULL BEGIN
    INSERT INTO events_text (events_text, rowid, text)
        SELECT 'delete', old.position, old.text WHERE old.position NOT IN (SELECT position FROM unindexed_events);
    DELETE FROM unindexed_events WHERE position = old.position;
END;
