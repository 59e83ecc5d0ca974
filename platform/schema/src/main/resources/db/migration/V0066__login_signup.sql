-- login: people make their accounts themselves, where a community lets them. Times are UTC epoch
-- milliseconds. Of codes and keys only the hash is here.

-- A community that has a row takes requests for an account, which its managers answer.
CREATE TABLE login_signup (
    community_id  INTEGER PRIMARY KEY REFERENCES community_community (id) ON DELETE CASCADE
) STRICT;

-- A shared code with which people come in at once, between two times.
CREATE TABLE login_event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    title         TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    code_hash     TEXT    NOT NULL UNIQUE CHECK (length(code_hash) = 64),
    starts_at     INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    people_max    INTEGER NOT NULL CHECK (people_max BETWEEN 1 AND 2000),
    temporary     INTEGER NOT NULL CHECK (temporary IN (0, 1)),  -- accounts end with the event
    CHECK (ends_at >= starts_at)
) STRICT;

CREATE INDEX login_event_community ON login_event (community_id);

-- Who came in by which event.
CREATE TABLE login_event_person (
    user_id   INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    event_id  INTEGER NOT NULL REFERENCES login_event (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX login_event_person_event ON login_event_person (event_id);

-- Who waits for a manager's answer is known to a provider, or has chosen a name and a password here.
-- The latter are kept for a while when they are answered, to be told.
CREATE TABLE login_request_both (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id   INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    provider_id    INTEGER REFERENCES login_provider (id) ON DELETE CASCADE,
    issuer         TEXT    CHECK (length(issuer) BETWEEN 1 AND 500),
    subject        TEXT    CHECK (length(subject) BETWEEN 1 AND 500),
    name           TEXT    NOT NULL,
    email          TEXT,
    asked_at       INTEGER NOT NULL,
    note           TEXT    CHECK (length(note) <= 200),             -- who they say they are
    key_hash       TEXT    UNIQUE CHECK (length(key_hash) = 64),    -- of the page that tells them
    password_hash  TEXT,                                            -- null once it is answered
    answered_at    INTEGER,
    admitted       INTEGER CHECK (admitted IN (0, 1)),
    UNIQUE (community_id, issuer, subject),
    CHECK ((provider_id IS NULL) = (key_hash IS NOT NULL)),
    CHECK ((provider_id IS NULL) = (issuer IS NULL)),
    CHECK ((provider_id IS NULL) = (subject IS NULL)),
    CHECK ((answered_at IS NULL) = (admitted IS NULL)),
    CHECK (answered_at IS NULL OR (provider_id IS NULL AND password_hash IS NULL))
) STRICT;

INSERT INTO login_request_both (id, community_id, provider_id, issuer, subject, name, email, asked_at)
    SELECT id, community_id, provider_id, issuer, subject, name, email, asked_at FROM login_request;
DROP TABLE login_request;
ALTER TABLE login_request_both RENAME TO login_request;

CREATE INDEX login_request_provider ON login_request (provider_id);
CREATE INDEX login_request_community ON login_request (community_id);
