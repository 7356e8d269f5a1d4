-- Whoever deletes does not wait for the index to look for every three letters of a text: it notes that the text is gone, and what it kept of
-- those that are is merged away afterwards, of many at once. Deletions are counted: the index has nothing of the first so many.

INSERT INTO requests_text (requests_text, rank) VALUES ('secure-delete', 0);
INSERT INTO events_text (events_text, rank) VALUES ('secure-delete', 0);

CREATE TABLE purges (
    deletions INTEGER NOT NULL,
    -- How many there had been when the merge began that goes on, or that came to its end last.
    begun INTEGER NOT NULL,
    purged INTEGER NOT NULL
);
INSERT INTO purges VALUES (0, 0, 0);
CREATE TRIGGER sessions_removed AFTER DELETE ON sessions BEGIN
    UPDATE purges SET deletions = deletions + 1;
END;
