-- Links with which somebody chooses a password: the first one of who was invited, or a new one. Only
-- the hash of a link's secret is here. A row stays for a while after use and expiry, to say which.
CREATE TABLE identity_password_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    hash        TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    user_id     INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;

CREATE INDEX identity_password_link_user ON identity_password_link (user_id);
CREATE INDEX identity_password_link_expiry ON identity_password_link (expires_at);
