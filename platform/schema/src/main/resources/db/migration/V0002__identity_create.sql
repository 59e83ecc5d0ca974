-- identity: people, groups, services, and what lets them in. Every reference is a number, never a
-- name, so a renamed user keeps what is theirs and a new user of an old name inherits nothing
-- (AUTOINCREMENT: a number is never used twice). Secrets are stored as SHA-256 in hexadecimal,
-- passwords as Argon2id. Times are UTC epoch milliseconds. Columns called "scopes" hold a JSON list
-- in which users, groups and services stand by number, for example "read:users!user=7".
CREATE TABLE identity_user (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    admin             INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    created_at        INTEGER NOT NULL,
    last_activity_at  INTEGER,
    version           INTEGER NOT NULL DEFAULT 0   -- +1 per change of name or admin
) STRICT;

-- "Is there another admin?" is asked before one is demoted or removed.
CREATE INDEX identity_user_admin ON identity_user (id) WHERE admin = 1;
-- Active users per period, and lists sorted by activity.
CREATE INDEX identity_user_activity ON identity_user (last_activity_at);

CREATE TABLE identity_password (
    user_id     INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    hash        TEXT    NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at  INTEGER NOT NULL
) STRICT;

-- The links with which the first administrator is made; a row stays after use, to say so.
CREATE TABLE identity_setup_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    hash        TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;

-- Browser sessions of a community's hub. public_id is the cookie jupyterhub-session-id, which
-- single-user servers read; it proves nothing.
CREATE TABLE identity_session (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    cookie_hash   TEXT    NOT NULL UNIQUE CHECK (length(cookie_hash) = 64),
    public_id     TEXT    NOT NULL UNIQUE CHECK (length(public_id) = 32),
    user_agent    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX identity_session_user ON identity_session (user_id);
CREATE INDEX identity_session_community ON identity_session (community_id);
CREATE INDEX identity_session_expiry ON identity_session (expires_at);

CREATE TABLE identity_group (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    properties    TEXT    NOT NULL DEFAULT '{}' CHECK (json_type(properties) = 'object'),
    scopes        TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(scopes) = 'array'),  -- what membership adds to a user's own
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE identity_group_member (
    group_id  INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_group_member_user ON identity_group_member (user_id);

CREATE TABLE identity_service (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    admin         INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    url           TEXT,
    info          TEXT    NOT NULL DEFAULT '{}' CHECK (json_type(info) = 'object'),
    display       INTEGER NOT NULL DEFAULT 1 CHECK (display IN (0, 1)),
    no_confirm    INTEGER NOT NULL DEFAULT 0 CHECK (no_confirm IN (0, 1)),  -- users are not asked before it learns who they are
    scopes        TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(scopes) = 'array'),
    UNIQUE (community_id, name)
) STRICT;

-- OAuth clients: one per running server, one per service with a page. The identifier is built from
-- names as JupyterHub does, which is not one-to-one (user a-b; server b of user a); the redirect URI
-- or the secret tells such twins apart.
CREATE TABLE identity_client (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id    INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    identifier      TEXT    NOT NULL,
    secret_hash     TEXT    NOT NULL CHECK (length(secret_hash) = 64),
    redirect_uri    TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    allowed_scopes  TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(allowed_scopes) = 'array'),
    user_id         INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,     -- owner of the server
    server_id       INTEGER,                                                     -- row of the servers module
    server_name     TEXT,
    service_id      INTEGER REFERENCES identity_service (id) ON DELETE CASCADE,
    UNIQUE (community_id, identifier, redirect_uri),
    CHECK ((service_id IS NULL) <> (user_id IS NULL)),
    CHECK ((user_id IS NULL) = (server_id IS NULL) AND (server_id IS NULL) = (server_name IS NULL))
) STRICT;

CREATE INDEX identity_client_user ON identity_client (user_id);
CREATE INDEX identity_client_service ON identity_client (service_id);
CREATE UNIQUE INDEX identity_client_server ON identity_client (server_id);

CREATE TABLE identity_token (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,   -- shown as a12
    community_id       INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    kind               TEXT    NOT NULL CHECK (kind IN ('API', 'OAUTH', 'SERVER')),
    user_id            INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,
    service_id         INTEGER REFERENCES identity_service (id) ON DELETE CASCADE,
    client_id          INTEGER REFERENCES identity_client (id) ON DELETE CASCADE,  -- who the token was issued to
    server_id          INTEGER,
    server_name        TEXT,
    hash               TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    scopes             TEXT    NOT NULL CHECK (json_type(scopes) = 'array'),
    note               TEXT    NOT NULL,
    session_public_id  TEXT,                                -- the browser session an OAuth token belongs to
    created_at         INTEGER NOT NULL,
    last_activity_at   INTEGER,
    expires_at         INTEGER,                             -- null: until revoked
    CHECK ((user_id IS NULL) <> (service_id IS NULL)),
    CHECK ((kind = 'OAUTH') = (client_id IS NOT NULL)),
    CHECK ((kind = 'SERVER') = (server_id IS NOT NULL) AND (server_id IS NULL) = (server_name IS NULL))
) STRICT;

CREATE INDEX identity_token_user ON identity_token (user_id, session_public_id);
CREATE INDEX identity_token_service ON identity_token (service_id);
CREATE INDEX identity_token_client ON identity_token (client_id);
CREATE INDEX identity_token_community ON identity_token (community_id);
CREATE INDEX identity_token_server ON identity_token (server_id) WHERE server_id IS NOT NULL;
CREATE INDEX identity_token_expiry ON identity_token (expires_at) WHERE expires_at IS NOT NULL;

-- Authorization codes on their way from the browser to the token endpoint; deleted by the exchange.
CREATE TABLE identity_code (
    hash               TEXT    PRIMARY KEY CHECK (length(hash) = 64),
    client_id          INTEGER NOT NULL REFERENCES identity_client (id) ON DELETE CASCADE,
    user_id            INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    session_public_id  TEXT    NOT NULL,
    redirect_uri       TEXT    NOT NULL,
    scopes             TEXT    NOT NULL CHECK (json_type(scopes) = 'array'),
    challenge          TEXT,                                -- PKCE S256; null when the client sent none
    expires_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_code_client ON identity_code (client_id);
CREATE INDEX identity_code_user ON identity_code (user_id);
CREATE INDEX identity_code_expiry ON identity_code (expires_at);
