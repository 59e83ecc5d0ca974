-- audit: who did what to which thing. Rows are only ever added; the triggers refuse the rest, and
-- each row carries the hash of the one before it, so a row that is changed or taken out behind the
-- program's back breaks the chain. Times are UTC epoch milliseconds.
CREATE TABLE audit_entry (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at             INTEGER NOT NULL,
    community_id   INTEGER,                 -- null: an act on the whole platform. No foreign key: the line outlives the community
    actor          TEXT    NOT NULL,        -- user:7, service:3, job:servers.cull-idle, visitor, platform
    actor_name     TEXT    NOT NULL,        -- what they were called then; only for people to read
    action         TEXT    NOT NULL,
    thing          TEXT    NOT NULL,        -- user:7, token:a12, server:12
    before         TEXT,
    after          TEXT,
    request_id     TEXT,
    previous_hash  TEXT    NOT NULL CHECK (length(previous_hash) = 64),
    hash           TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit lines are never changed');
END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit lines are never removed');
END;
