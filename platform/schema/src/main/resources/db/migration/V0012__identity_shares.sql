-- identity: servers that others than their owners may use. A server is meant by its owner and its
-- name, because the default one (named "") can be shared before it has ever run. Scopes are names
-- only: each holds for this one server. Times are UTC epoch milliseconds.
CREATE TABLE identity_share (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    owner_id      INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    server_name   TEXT    NOT NULL CHECK (length(server_name) <= 255),
    user_id       INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,
    group_id      INTEGER REFERENCES identity_group (id) ON DELETE CASCADE,
    scopes        TEXT    NOT NULL CHECK (json_type(scopes) = 'array' AND json_array_length(scopes) > 0),
    created_at    INTEGER NOT NULL,
    CHECK ((user_id IS NULL) <> (group_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX identity_share_with_user ON identity_share (user_id, community_id, owner_id, server_name) WHERE user_id IS NOT NULL;

CREATE UNIQUE INDEX identity_share_with_group ON identity_share (group_id, community_id, owner_id, server_name) WHERE group_id IS NOT NULL;

CREATE INDEX identity_share_owner ON identity_share (owner_id, community_id, server_name);

CREATE INDEX identity_share_community ON identity_share (community_id);

-- What somebody can exchange for a share, once or often, until it expires.
CREATE TABLE identity_share_code (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,   -- shown as sc_12
    community_id       INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    owner_id           INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    server_name        TEXT    NOT NULL CHECK (length(server_name) <= 255),
    hash               TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    scopes             TEXT    NOT NULL CHECK (json_type(scopes) = 'array' AND json_array_length(scopes) > 0),
    created_at         INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    exchange_count     INTEGER NOT NULL DEFAULT 0,
    last_exchanged_at  INTEGER
) STRICT;

CREATE INDEX identity_share_code_owner ON identity_share_code (owner_id, community_id, server_name);

CREATE INDEX identity_share_code_community ON identity_share_code (community_id);

CREATE INDEX identity_share_code_expiry ON identity_share_code (expires_at);

-- With a named server goes what was shared of it; a later server of that name begins unshared.
CREATE TRIGGER identity_share_server_gone AFTER DELETE ON servers_server WHEN OLD.name <> ''
BEGIN
    DELETE FROM identity_share
    WHERE community_id = OLD.community_id AND owner_id = OLD.user_id AND server_name = OLD.name;
    DELETE FROM identity_share_code
    WHERE community_id = OLD.community_id AND owner_id = OLD.user_id AND server_name = OLD.name;
END;

-- Whoever leaves a community has no roles and no shares there any more, given or taken.
CREATE TRIGGER identity_member_gone AFTER DELETE ON community_member
BEGIN
    DELETE FROM identity_share
    WHERE community_id = OLD.community_id AND (owner_id = OLD.user_id OR user_id = OLD.user_id);
    DELETE FROM identity_share_code WHERE community_id = OLD.community_id AND owner_id = OLD.user_id;
    DELETE FROM identity_role_user
    WHERE user_id = OLD.user_id
      AND role_id IN (SELECT id FROM identity_role WHERE community_id = OLD.community_id);
END;
