-- identity: a browser signs in to the platform once. Each hub it then visits gets a secret of its
-- own, an entry: good for that hub and for nothing else, gone with the session. cookie_hash of the
-- session is that of the cookie which only the panel's API and /sso/ are sent.
CREATE TABLE identity_session_new (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    cookie_hash   TEXT    NOT NULL UNIQUE CHECK (length(cookie_hash) = 64),
    public_id     TEXT    NOT NULL UNIQUE CHECK (length(public_id) = 32),
    user_agent    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE identity_entry (
    session_id    INTEGER NOT NULL REFERENCES identity_session (id) ON DELETE CASCADE,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    cookie_hash   TEXT    NOT NULL UNIQUE CHECK (length(cookie_hash) = 64),
    PRIMARY KEY (session_id, community_id)
) STRICT, WITHOUT ROWID;

INSERT INTO identity_session_new (id, user_id, cookie_hash, public_id, user_agent, created_at, expires_at)
SELECT id, user_id, cookie_hash, public_id, user_agent, created_at, expires_at FROM identity_session;

-- Who is signed in stays signed in: their one cookie was good for both.
INSERT INTO identity_entry (session_id, community_id, cookie_hash)
SELECT id, community_id, cookie_hash FROM identity_session;

DROP TABLE identity_session;
ALTER TABLE identity_session_new RENAME TO identity_session;

CREATE INDEX identity_session_expiry ON identity_session (expires_at);
CREATE INDEX identity_session_user ON identity_session (user_id);
CREATE INDEX identity_entry_community ON identity_entry (community_id);
