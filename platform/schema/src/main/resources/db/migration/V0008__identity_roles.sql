-- identity: roles. A role is a named set of scopes; users, groups and services hold roles, and a
-- change counts from the next request on. Each community has its own. Four are there from the
-- beginning, under JupyterHub's names: every member holds "user", administrators hold "admin",
-- servers' own tokens get "server", API tokens without scopes of their own get "token".
-- In scopes, a filter names a user, group or service by number, as everywhere.
CREATE TABLE identity_role (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 3 AND 255),
    description   TEXT    NOT NULL CHECK (length(description) <= 1000),
    scopes        TEXT    NOT NULL CHECK (json_type(scopes) = 'array'),
    built_in      INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1)),  -- cannot be removed
    version       INTEGER NOT NULL DEFAULT 0,                             -- +1 per edit
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE identity_role_user (
    role_id  INTEGER NOT NULL REFERENCES identity_role (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_role_user_role ON identity_role_user (role_id);

CREATE TABLE identity_role_group (
    role_id   INTEGER NOT NULL REFERENCES identity_role (id) ON DELETE CASCADE,
    group_id  INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_role_group_role ON identity_role_group (role_id);

CREATE TABLE identity_role_service (
    role_id     INTEGER NOT NULL REFERENCES identity_role (id) ON DELETE CASCADE,
    service_id  INTEGER NOT NULL REFERENCES identity_service (id) ON DELETE CASCADE,
    PRIMARY KEY (service_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_role_service_role ON identity_role_service (role_id);

-- Scopes that a community declares for its services and servers: custom:…
CREATE TABLE identity_custom_scope (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (name LIKE 'custom:%' AND length(name) <= 255),
    description   TEXT    NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
    subscopes     TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(subscopes) = 'array'),  -- custom ones
    version       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (community_id, name)
) STRICT;

-- However a community comes about, its members can work at once.
CREATE TRIGGER identity_role_defaults AFTER INSERT ON community_community
BEGIN
    INSERT INTO identity_role (community_id, name, description, scopes, built_in)
    VALUES (NEW.id, 'user', 'Standard user privileges', '["self"]', 1),
           (NEW.id, 'admin', 'Elevated privileges (can do anything)',
            '["admin-ui","admin:users","admin:servers","admin:services","tokens","admin:groups","list:services","read:services","read:hub","proxy","shutdown","access:services","access:servers","read:roles","read:metrics","shares"]', 1),
           (NEW.id, 'server', 'Post activity only', '["users:activity!user","access:servers!server"]', 1),
           (NEW.id, 'token', 'Token with same permissions as its owner', '["inherit"]', 1);
END;

INSERT INTO identity_role (community_id, name, description, scopes, built_in)
SELECT id, 'user', 'Standard user privileges', '["self"]', 1 FROM community_community
UNION ALL
SELECT id, 'admin', 'Elevated privileges (can do anything)',
       '["admin-ui","admin:users","admin:servers","admin:services","tokens","admin:groups","list:services","read:services","read:hub","proxy","shutdown","access:services","access:servers","read:roles","read:metrics","shares"]', 1
FROM community_community
UNION ALL
SELECT id, 'server', 'Post activity only', '["users:activity!user","access:servers!server"]', 1 FROM community_community
UNION ALL
SELECT id, 'token', 'Token with same permissions as its owner', '["inherit"]', 1 FROM community_community;

-- Groups and services had scopes of their own; what was given becomes a role.
INSERT INTO identity_role (community_id, name, description, scopes)
SELECT community_id, 'group-' || id, 'What group ' || name || ' was given', scopes
FROM identity_group WHERE scopes <> '[]';

INSERT INTO identity_role_group (role_id, group_id)
SELECT role.id, member.id
FROM identity_group AS member
JOIN identity_role AS role ON role.community_id = member.community_id AND role.name = 'group-' || member.id
WHERE member.scopes <> '[]';

INSERT INTO identity_role (community_id, name, description, scopes)
SELECT community_id, 'service-' || id, 'What service ' || name || ' was given', scopes
FROM identity_service WHERE scopes <> '[]';

INSERT INTO identity_role_service (role_id, service_id)
SELECT role.id, service.id
FROM identity_service AS service
JOIN identity_role AS role ON role.community_id = service.community_id AND role.name = 'service-' || service.id
WHERE service.scopes <> '[]';

ALTER TABLE identity_group DROP COLUMN scopes;
ALTER TABLE identity_service DROP COLUMN scopes;
