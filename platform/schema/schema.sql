CREATE VIEW admin_community_list AS
SELECT community.id             AS id,
       (SELECT count(*) FROM community_member AS member WHERE member.community_id = community.id)
                                AS members,
       (SELECT count(*) FROM servers_server AS server
        WHERE server.community_id = community.id AND server.state IN ('SPAWNING', 'READY', 'STOPPING'))
                                AS active_servers
FROM community_community AS community;

CREATE VIEW admin_folder_list AS
SELECT folder.id                AS id,
       folder.community_id      AS community_id,
       folder.kind              AS kind,
       folder.owner_id          AS owner_id,
       person.name              AS user_name,
       team.name                AS group_name,
       folder.used_bytes        AS used_bytes,
       folder.used_inodes       AS used_inodes,
       folder.measured_at       AS measured_at
FROM storage_folder AS folder
LEFT JOIN identity_user AS person
       ON person.id = folder.owner_id AND folder.kind IN ('HOME', 'SCRATCH')
LEFT JOIN identity_group AS team
       ON team.id = folder.owner_id AND folder.kind = 'GROUP';

CREATE VIEW admin_limit_list AS
SELECT rule.community_id        AS community_id,
       rule.kind                AS kind,
       rule.scope               AS scope,
       rule.subject_id          AS subject_id,
       person.name              AS user_name,
       team.name                AS group_name
FROM storage_limit AS rule
LEFT JOIN identity_user AS person ON person.id = rule.subject_id AND rule.scope = 'USER'
LEFT JOIN identity_group AS team ON team.id = rule.subject_id AND rule.scope = 'GROUP';

CREATE VIEW admin_member_list AS
SELECT member.community_id      AS community_id,
       person.id                AS user_id,
       person.name              AS name,
       person.admin             AS administrator,
       EXISTS (SELECT 1 FROM identity_role_user AS given
               JOIN identity_role AS role ON role.id = given.role_id
               WHERE given.user_id = person.id AND role.community_id = member.community_id
                 AND role.name = 'admin')
                                AS manager,
       member.joined_at         AS joined_at,
       person.last_activity_at  AS last_activity_at
FROM community_member AS member
JOIN identity_user AS person ON person.id = member.user_id;

CREATE VIEW admin_person_list AS
SELECT person.id                AS id,
       person.name              AS name,
       person.admin             AS admin,
       person.created_at        AS created_at,
       person.last_activity_at  AS last_activity_at
FROM identity_user AS person;

CREATE VIEW admin_server_list AS
SELECT server.id                AS id,
       community.title          AS community_title,
       community.base_url       AS base_url,
       person.name              AS user_name,
       server.name              AS name,
       server.user_id           AS user_id,
       server.community_id      AS community_id,
       server.state             AS state,
       server.prefix            AS prefix,
       server.started_at        AS started_at,
       server.last_activity_at  AS last_activity_at,
       server.launch_snapshot   AS launch_snapshot,
       server.stop_reason       AS stop_reason,
       server.failure           AS failure
FROM servers_server AS server
JOIN community_community AS community ON community.id = server.community_id
JOIN identity_user AS person ON person.id = server.user_id;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit lines are never removed');
END;

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit lines are never changed');
END;

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

CREATE TABLE builds_build (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    environment_id  INTEGER NOT NULL REFERENCES catalog_environment (id) ON DELETE CASCADE,
    community_id    INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    url             TEXT    NOT NULL,
    reference       TEXT    NOT NULL,
    asked_by        TEXT    NOT NULL,
    of_platform     INTEGER NOT NULL CHECK (of_platform IN (0, 1)),  -- 1: asked for by an administrator of the platform
    state           TEXT    NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'BUILT', 'FAILED', 'CANCELLED', 'INTERRUPTED')),
    step            TEXT    NOT NULL DEFAULT '',            -- what it is at, or was at last
    asked_at        INTEGER NOT NULL,
    began_at        INTEGER,
    ended_at        INTEGER CHECK ((ended_at IS NULL) = (state IN ('WAITING', 'RUNNING'))),
    commit_id       TEXT,
    image_reference TEXT,
    image_id        TEXT    CHECK ((state = 'BUILT') = (image_id IS NOT NULL)),
    failure         TEXT    CHECK (failure IS NULL OR state IN ('FAILED', 'CANCELLED', 'INTERRUPTED'))
) STRICT;

CREATE INDEX builds_build_community ON builds_build (community_id);

CREATE INDEX builds_build_environment ON builds_build (environment_id, id);

CREATE UNIQUE INDEX builds_build_one ON builds_build (environment_id) WHERE state IN ('WAITING', 'RUNNING');

CREATE INDEX builds_build_open ON builds_build (id) WHERE state IN ('WAITING', 'RUNNING');

CREATE TABLE builds_pulled (
    image_id   TEXT    PRIMARY KEY CHECK (image_id LIKE 'sha256:%'),
    reference  TEXT    NOT NULL,                    -- with the digest
    pulled_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE builds_source (
    environment_id  INTEGER PRIMARY KEY REFERENCES catalog_environment (id) ON DELETE CASCADE,
    url             TEXT    NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    reference       TEXT    NOT NULL,                       -- branch, tag or commit; empty: what the host shows first
    sealed_secret   TEXT,                                   -- private key or token, for nobody without the installation's key
    public_key      TEXT,                                   -- to be entered at the repository's host
    host_keys       TEXT                                    -- of an ssh host, as it showed them the first time
) STRICT;

CREATE TABLE catalog_audience (
    id          INTEGER PRIMARY KEY,
    profile_id  INTEGER NOT NULL REFERENCES catalog_profile (id) ON DELETE CASCADE,
    group_id    INTEGER REFERENCES identity_group (id) ON DELETE CASCADE,
    role_id     INTEGER REFERENCES identity_role (id) ON DELETE CASCADE,
    UNIQUE (profile_id, group_id),
    UNIQUE (profile_id, role_id),
    CHECK ((group_id IS NULL) <> (role_id IS NULL))
) STRICT;

CREATE INDEX catalog_audience_group ON catalog_audience (group_id);

CREATE INDEX catalog_audience_role ON catalog_audience (role_id);

CREATE TABLE catalog_environment (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id     INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name             TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    title            TEXT    NOT NULL,
    image_reference  TEXT    NOT NULL,                                   -- what the administrator wrote
    image_id         TEXT    CHECK (image_id LIKE 'sha256:%'),           -- what it meant then; null: not on this machine
    command          TEXT    NOT NULL CHECK (json_type(command) = 'array'),
    default_url      TEXT    NOT NULL,                                   -- empty: the image's own
    version          INTEGER NOT NULL DEFAULT 0, web_port INTEGER CHECK (web_port BETWEEN 1 AND 65535), web_ready_path TEXT NOT NULL DEFAULT '/' CHECK (web_ready_path LIKE '/%'), web_strips_prefix INTEGER NOT NULL DEFAULT 0 CHECK (web_strips_prefix IN (0, 1)), proven INTEGER NOT NULL DEFAULT 1 CHECK (proven IN (0, 1)), failed_starts INTEGER NOT NULL DEFAULT 0,                         -- +1 per edit
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE catalog_profile (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id    INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    environment_id  INTEGER NOT NULL REFERENCES catalog_environment (id),  -- an environment in use is not removed
    name            TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    title           TEXT    NOT NULL,
    position        INTEGER NOT NULL,                                    -- order on the page; the first is the default
    memory_bytes    INTEGER NOT NULL CHECK (memory_bytes >= 16777216),
    milli_cpus      INTEGER NOT NULL CHECK (milli_cpus >= 10),
    pids            INTEGER NOT NULL CHECK (pids BETWEEN 16 AND 32768),
    version         INTEGER NOT NULL DEFAULT 0, description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 2000), promised_bytes INTEGER                    -- null: all of memory_bytes
    CHECK (promised_bytes BETWEEN 16777216 AND memory_bytes), options TEXT NOT NULL DEFAULT '[]' CHECK (json_type(options) = 'array'), audience TEXT NOT NULL DEFAULT 'EVERYBODY' CHECK (audience IN ('EVERYBODY', 'SOME')), device_kind TEXT, device_count INTEGER CHECK (device_count >= 1), network TEXT NOT NULL DEFAULT 'community' CHECK (network IN ('community', 'none')),
    UNIQUE (community_id, name)
) STRICT;

CREATE INDEX catalog_profile_environment ON catalog_profile (environment_id);

CREATE INDEX catalog_profile_position ON catalog_profile (community_id, position);

CREATE TABLE catalog_trial (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    environment_id   INTEGER NOT NULL REFERENCES catalog_environment (id) ON DELETE CASCADE,
    image_reference  TEXT    NOT NULL,
    image_id         TEXT    NOT NULL CHECK (image_id LIKE 'sha256:%'),
    state            TEXT    NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'PASSED', 'FAILED')),
    asked_at         INTEGER NOT NULL,
    ended_at         INTEGER CHECK ((ended_at IS NULL) = (state IN ('WAITING', 'RUNNING'))),
    promoted_at      INTEGER,                                       -- null: never what people got
    failure          TEXT    CHECK ((failure IS NULL) OR state = 'FAILED' OR promoted_at IS NOT NULL),
    report           TEXT    CHECK (json_type(report) = 'object')
) STRICT;

CREATE INDEX catalog_trial_environment ON catalog_trial (environment_id);

CREATE INDEX catalog_trial_open ON catalog_trial (id) WHERE state IN ('WAITING', 'RUNNING');

CREATE TRIGGER identity_role_defaults AFTER INSERT ON community_community
BEGIN
    INSERT INTO identity_role (community_id, name, description, scopes, built_in)
    VALUES (NEW.id, 'user', 'Standard user privileges', '["self"]', 1),
           (NEW.id, 'admin', 'Elevated privileges (can do anything)',
            '["admin-ui","admin:users","admin:servers","admin:services","tokens","admin:groups","list:services","read:services","read:hub","proxy","shutdown","access:services","access:servers","read:roles","read:metrics","shares"]', 1),
           (NEW.id, 'server', 'Post activity only', '["users:activity!user","access:servers!server"]', 1),
           (NEW.id, 'token', 'Token with same permissions as its owner', '["inherit"]', 1);
END;

CREATE TABLE community_community (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    title       TEXT    NOT NULL,
    base_url    TEXT    NOT NULL UNIQUE CHECK (base_url = '/' OR base_url GLOB '/?*/'),
    created_at  INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'ACTIVE'
    CHECK (state IN ('ACTIVE', 'PAUSED', 'DELETED') AND (id <> 1 OR state <> 'DELETED')), notice TEXT NOT NULL DEFAULT '' CHECK (length(notice) <= 500), stops_servers INTEGER NOT NULL DEFAULT 0 CHECK (stops_servers IN (0, 1)), state_since INTEGER NOT NULL DEFAULT 0, max_spawning INTEGER CHECK (max_spawning >= 1), max_active INTEGER CHECK (max_active >= 0), named_per_user INTEGER CHECK (named_per_user >= 0), version INTEGER NOT NULL DEFAULT 0, host TEXT
    CHECK (host IS NULL OR (id <> 1 AND host = lower(host) AND length(host) BETWEEN 4 AND 253)),
    CHECK ((id = 1) = (base_url = '/'))
) STRICT;

CREATE UNIQUE INDEX community_community_host ON community_community (host) WHERE host IS NOT NULL;

CREATE TABLE community_former_address (
    base_url      TEXT    PRIMARY KEY CHECK (base_url GLOB '/?*/'),
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    left_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX community_former_address_community ON community_former_address (community_id);

CREATE TRIGGER files_member_gone AFTER DELETE ON community_member
BEGIN
    DELETE FROM files_sharing_link
    WHERE community_id = OLD.community_id AND (owner_id = OLD.user_id OR user_id = OLD.user_id);
    DELETE FROM files_sharing_visit
    WHERE user_id = OLD.user_id
      AND link_id IN (SELECT id FROM files_sharing_link WHERE community_id = OLD.community_id);
END;

CREATE TRIGGER identity_member_gone AFTER DELETE ON community_member
BEGIN
    DELETE FROM identity_share
    WHERE community_id = OLD.community_id AND (owner_id = OLD.user_id OR user_id = OLD.user_id);
    DELETE FROM identity_share_code WHERE community_id = OLD.community_id AND owner_id = OLD.user_id;
    DELETE FROM identity_role_user
    WHERE user_id = OLD.user_id
      AND role_id IN (SELECT id FROM identity_role WHERE community_id = OLD.community_id);
END;

CREATE TABLE community_member (
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    joined_at     INTEGER NOT NULL,
    PRIMARY KEY (community_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX community_member_user ON community_member (user_id);

CREATE TABLE content_source (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id   INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile_id     INTEGER REFERENCES catalog_profile (id) ON DELETE CASCADE,  -- null: for every profile
    url            TEXT    NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    reference      TEXT    NOT NULL,                       -- branch, tag or commit; empty: what the host shows first
    folder         TEXT    NOT NULL CHECK (length(folder) BETWEEN 1 AND 200),  -- below the home
    sealed_secret  TEXT,                                   -- private key, for nobody without the installation's key
    public_key     TEXT,                                   -- to be entered at the repository's host
    host_keys      TEXT,                                   -- of an ssh host, as it showed them the first time
    CHECK ((sealed_secret IS NULL) = (public_key IS NULL))
) STRICT;

CREATE INDEX content_source_community ON content_source (community_id);

CREATE INDEX content_source_profile ON content_source (profile_id);

CREATE TABLE db_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE files_sharing_link (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    owner_id      INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    place         TEXT    NOT NULL CHECK (length(place) BETWEEN 4 AND 30),      -- home, shared, scratch, group-7
    path          TEXT    NOT NULL CHECK (length(path) BETWEEN 1 AND 4096),     -- below it, escaped
    hash          TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),            -- SHA-256 of the link's key
    everybody     INTEGER NOT NULL CHECK (everybody IN (0, 1)),
    user_id       INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,
    group_id      INTEGER REFERENCES identity_group (id) ON DELETE CASCADE,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL CHECK (expires_at > created_at),
    CHECK (everybody + (user_id IS NOT NULL) + (group_id IS NOT NULL) = 1)
) STRICT;

CREATE INDEX files_sharing_link_community ON files_sharing_link (community_id);

CREATE INDEX files_sharing_link_expiry ON files_sharing_link (expires_at);

CREATE INDEX files_sharing_link_group ON files_sharing_link (group_id) WHERE group_id IS NOT NULL;

CREATE INDEX files_sharing_link_owner ON files_sharing_link (owner_id, community_id);

CREATE INDEX files_sharing_link_user ON files_sharing_link (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE files_sharing_visit (
    link_id  INTEGER NOT NULL REFERENCES files_sharing_link (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    day      INTEGER NOT NULL,                                                  -- the last, in days since 1970, UTC
    PRIMARY KEY (link_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_sharing_visit_user ON files_sharing_visit (user_id);

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

CREATE UNIQUE INDEX identity_client_server ON identity_client (server_id);

CREATE INDEX identity_client_service ON identity_client (service_id);

CREATE INDEX identity_client_user ON identity_client (user_id);

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

CREATE INDEX identity_code_expiry ON identity_code (expires_at);

CREATE INDEX identity_code_user ON identity_code (user_id);

CREATE TABLE identity_custom_scope (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (name LIKE 'custom:%' AND length(name) <= 255),
    description   TEXT    NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
    subscopes     TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(subscopes) = 'array'),  -- custom ones
    version       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE identity_entry (
    session_id    INTEGER NOT NULL REFERENCES identity_session (id) ON DELETE CASCADE,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    cookie_hash   TEXT    NOT NULL UNIQUE CHECK (length(cookie_hash) = 64),
    PRIMARY KEY (session_id, community_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_entry_community ON identity_entry (community_id);

CREATE TRIGGER storage_group_gone BEFORE DELETE ON identity_group
BEGIN
    UPDATE storage_folder SET owner_name = OLD.name WHERE owner_id = OLD.id AND kind = 'GROUP';
END;

CREATE TABLE identity_group (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    properties    TEXT    NOT NULL DEFAULT '{}' CHECK (json_type(properties) = 'object'),  -- what membership adds to a user's own
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE identity_group_member (
    group_id  INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_group_member_user ON identity_group_member (user_id);

CREATE TABLE identity_password (
    user_id     INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    hash        TEXT    NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE identity_password_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    hash        TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    user_id     INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;

CREATE INDEX identity_password_link_expiry ON identity_password_link (expires_at);

CREATE INDEX identity_password_link_user ON identity_password_link (user_id);

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

CREATE TABLE identity_role_user (
    role_id  INTEGER NOT NULL REFERENCES identity_role (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_role_user_role ON identity_role_user (role_id);

CREATE TABLE identity_service (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    admin         INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    url           TEXT,
    info          TEXT    NOT NULL DEFAULT '{}' CHECK (json_type(info) = 'object'),
    display       INTEGER NOT NULL DEFAULT 1 CHECK (display IN (0, 1)),
    no_confirm    INTEGER NOT NULL DEFAULT 0 CHECK (no_confirm IN (0, 1)), version INTEGER NOT NULL DEFAULT 0,
    UNIQUE (community_id, name)
) STRICT;

CREATE TABLE "identity_session" (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    cookie_hash   TEXT    NOT NULL UNIQUE CHECK (length(cookie_hash) = 64),
    public_id     TEXT    NOT NULL UNIQUE CHECK (length(public_id) = 32),
    user_agent    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX identity_session_expiry ON identity_session (expires_at);

CREATE INDEX identity_session_user ON identity_session (user_id);

CREATE TABLE identity_setup_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    hash        TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;

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

CREATE INDEX identity_share_community ON identity_share (community_id);

CREATE INDEX identity_share_owner ON identity_share (owner_id, community_id, server_name);

CREATE UNIQUE INDEX identity_share_with_group ON identity_share (group_id, community_id, owner_id, server_name) WHERE group_id IS NOT NULL;

CREATE UNIQUE INDEX identity_share_with_user ON identity_share (user_id, community_id, owner_id, server_name) WHERE user_id IS NOT NULL;

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

CREATE INDEX identity_share_code_community ON identity_share_code (community_id);

CREATE INDEX identity_share_code_expiry ON identity_share_code (expires_at);

CREATE INDEX identity_share_code_owner ON identity_share_code (owner_id, community_id, server_name);

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

CREATE INDEX identity_token_client ON identity_token (client_id);

CREATE INDEX identity_token_community ON identity_token (community_id);

CREATE INDEX identity_token_expiry ON identity_token (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX identity_token_server ON identity_token (server_id) WHERE server_id IS NOT NULL;

CREATE INDEX identity_token_service ON identity_token (service_id);

CREATE INDEX identity_token_user ON identity_token (user_id, session_public_id);

CREATE TRIGGER storage_user_gone BEFORE DELETE ON identity_user
BEGIN
    UPDATE storage_folder SET owner_name = OLD.name
    WHERE owner_id = OLD.id AND kind IN ('HOME', 'SCRATCH');
END;

CREATE TABLE identity_user (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    name              TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    admin             INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    created_at        INTEGER NOT NULL,
    last_activity_at  INTEGER,
    version           INTEGER NOT NULL DEFAULT 0   -- +1 per change of name or admin
) STRICT;

CREATE INDEX identity_user_activity ON identity_user (last_activity_at);

CREATE INDEX identity_user_admin ON identity_user (id) WHERE admin = 1;

CREATE TABLE login_acceptance (
    community_id   INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    provider_id    INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    who            TEXT    NOT NULL CHECK (who IN ('EVERYBODY', 'MATCHING', 'MEMBERS')),
    domains        TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(domains) = 'array'),
    organisations  TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(organisations) = 'array'),
    groups         TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(groups) = 'array'),
    people         TEXT    NOT NULL DEFAULT '[]' CHECK (json_type(people) = 'array'),
    asks           INTEGER NOT NULL DEFAULT 0 CHECK (asks IN (0, 1)),  -- who is not admitted may ask a manager
    PRIMARY KEY (community_id, provider_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_acceptance_provider ON login_acceptance (provider_id);

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

CREATE TABLE login_event_person (
    user_id   INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    event_id  INTEGER NOT NULL REFERENCES login_event (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX login_event_person_event ON login_event_person (event_id);

CREATE TABLE login_factor_notice (
    user_id  INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    reason   TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    at       INTEGER NOT NULL
) STRICT;

CREATE TABLE login_factor_rule (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    administrators  INTEGER NOT NULL DEFAULT 0 CHECK (administrators IN (0, 1)),
    managers        INTEGER NOT NULL DEFAULT 0 CHECK (managers IN (0, 1)),
    version         INTEGER NOT NULL DEFAULT 0               -- +1 per edit
) STRICT;

CREATE TABLE login_followed_group (
    group_id      INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 300),  -- as the provider writes it, in lower case
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, provider_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_followed_group_community ON login_followed_group (community_id);

CREATE INDEX login_followed_group_provider ON login_followed_group (provider_id);

CREATE TABLE login_followed_member (
    group_id      INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id, provider_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_followed_member_provider ON login_followed_member (provider_id);

CREATE INDEX login_followed_member_user ON login_followed_member (user_id);

CREATE TABLE login_identity (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE RESTRICT,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    issuer        TEXT    NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject       TEXT    NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    name          TEXT    NOT NULL,                         -- as the issuer wrote it last; for people to read
    email         TEXT,
    linked_at     INTEGER NOT NULL,
    last_used_at  INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;

CREATE INDEX login_identity_provider ON login_identity (provider_id);

CREATE INDEX login_identity_user ON login_identity (user_id);

CREATE TABLE login_provider (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    enabled           INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
    live              TEXT    CHECK (live IS NULL OR json_type(live) = 'object'),
    live_secret       TEXT,
    candidate         TEXT    CHECK (candidate IS NULL OR json_type(candidate) = 'object'),
    candidate_secret  TEXT,
    candidate_tried   TEXT,                                 -- whom the trial signed in; null until one has
    previous          TEXT    CHECK (previous IS NULL OR json_type(previous) = 'object'),
    previous_secret   TEXT,
    created_at        INTEGER NOT NULL,
    version           INTEGER NOT NULL DEFAULT 0,           -- +1 per edit
    CHECK (live IS NOT NULL OR candidate IS NOT NULL),
    CHECK (live IS NOT NULL OR enabled = 0),
    CHECK (candidate IS NOT NULL OR candidate_tried IS NULL)
) STRICT;

CREATE TABLE login_recovery_code (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  INTEGER NOT NULL REFERENCES login_totp (user_id) ON DELETE CASCADE,
    hash     TEXT    NOT NULL CHECK (length(hash) = 64),
    used_at  INTEGER,
    UNIQUE (user_id, hash)
) STRICT;

CREATE TABLE "login_request" (
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

CREATE INDEX login_request_community ON login_request (community_id);

CREATE INDEX login_request_provider ON login_request (provider_id);

CREATE TABLE login_signup (
    community_id  INTEGER PRIMARY KEY REFERENCES community_community (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE login_totp (
    user_id    INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    sealed     TEXT    NOT NULL,
    last_step  INTEGER NOT NULL,                            -- 30 s since the epoch; no code of it or before counts
    since      INTEGER NOT NULL
) STRICT;

CREATE TABLE servers_announcement (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER REFERENCES community_community (id) ON DELETE CASCADE, -- null: everybody
    text          TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 300),
    pauses_starts INTEGER NOT NULL CHECK (pauses_starts IN (0, 1)),
    stops_at      INTEGER,                                                       -- of servers started before
    since         INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX servers_announcement_all ON servers_announcement (community_id IS NULL) WHERE community_id IS NULL;

CREATE UNIQUE INDEX servers_announcement_community ON servers_announcement (community_id);

CREATE TABLE "servers_ends" (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile_id    INTEGER UNIQUE REFERENCES catalog_profile (id) ON DELETE CASCADE,  -- null: all of the community
    cull_after    INTEGER CHECK (cull_after = 0 OR cull_after BETWEEN 120 AND 31536000),     -- without use; 0: never
    max_age       INTEGER CHECK (max_age = 0 OR max_age BETWEEN 120 AND 31536000),           -- used or not; 0: never
    keep_at_most  INTEGER CHECK (keep_at_most BETWEEN 0 AND 31536000),                       -- on request; 0: not at all
    freeze_after  INTEGER CHECK (freeze_after = 0 OR freeze_after BETWEEN 10 AND 31536000),  -- without use; 0: never
    CHECK (cull_after IS NOT NULL OR max_age IS NOT NULL OR keep_at_most IS NOT NULL OR freeze_after IS NOT NULL)
) STRICT;

CREATE INDEX servers_ends_community ON servers_ends (community_id);

CREATE UNIQUE INDEX servers_ends_one ON servers_ends (community_id) WHERE profile_id IS NULL;

CREATE TABLE servers_keep (
  server_id INTEGER NOT NULL PRIMARY KEY REFERENCES servers_server (id) ON DELETE CASCADE,
  spawn_id  TEXT    NOT NULL,
  until     INTEGER NOT NULL
) STRICT;

CREATE VIEW servers_member AS
SELECT member.community_id      AS community_id,
       member.user_id           AS user_id,
       person.name              AS name,
       person.admin             AS admin,
       person.created_at        AS created_at,
       person.last_activity_at  AS last_activity_at
FROM community_member AS member
JOIN identity_user AS person ON person.id = member.user_id;

CREATE VIEW servers_member_key AS
SELECT community_id, user_id FROM community_member;

CREATE TABLE servers_named_limit (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    group_id      INTEGER UNIQUE REFERENCES identity_group (id) ON DELETE CASCADE,
    user_id       INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,
    named         INTEGER NOT NULL CHECK (named BETWEEN 0 AND 1000),      -- 0: none
    UNIQUE (community_id, user_id),
    CHECK ((group_id IS NULL) <> (user_id IS NULL))
) STRICT;

CREATE INDEX servers_named_limit_user ON servers_named_limit (user_id);

CREATE TRIGGER identity_share_server_gone AFTER DELETE ON servers_server WHEN OLD.name <> ''
BEGIN
    DELETE FROM identity_share
    WHERE community_id = OLD.community_id AND owner_id = OLD.user_id AND server_name = OLD.name;
    DELETE FROM identity_share_code
    WHERE community_id = OLD.community_id AND owner_id = OLD.user_id AND server_name = OLD.name;
END;

CREATE TABLE servers_server (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,   -- in labels and container names; never used twice
    community_id      INTEGER NOT NULL REFERENCES community_community (id),
    user_id           INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE, -- the reconciler removes what is left running
    name              TEXT    NOT NULL CHECK (length(name) <= 255),                     -- empty: the default server
    state             TEXT    NOT NULL CHECK (state IN ('SPAWNING', 'READY', 'STOPPING', 'STOPPED', 'FAILED')),
    spawn_id          TEXT    NOT NULL CHECK (length(spawn_id) = 32),                   -- of the current or last start
    prefix            TEXT    NOT NULL,            -- decoded path of that start: what runs keeps it when its user is renamed
    user_options      TEXT    NOT NULL CHECK (json_type(user_options) = 'object'),
    launch_snapshot   TEXT    NOT NULL CHECK (json_type(launch_snapshot) = 'object'),   -- what was started, whatever is edited later
    container_id      TEXT,
    host              TEXT,
    port              INTEGER CHECK (port BETWEEN 1 AND 65535),
    started_at        INTEGER,
    last_activity_at  INTEGER NOT NULL,
    failure_code      TEXT,
    failure           TEXT,                        -- a sentence for the user
    stop_reason       TEXT,                        -- set when a stop begins
    created_at        INTEGER NOT NULL, stop_detail TEXT, stop_log TEXT, memory_bytes INTEGER NOT NULL DEFAULT 0 CHECK (memory_bytes >= 0), devices TEXT,
    UNIQUE (community_id, user_id, name),
    CHECK ((host IS NULL) = (port IS NULL)),
    CHECK (state <> 'READY' OR (host IS NOT NULL AND container_id IS NOT NULL)),
    CHECK (state NOT IN ('STOPPED', 'FAILED') OR (host IS NULL AND started_at IS NULL)),
    CHECK (state <> 'FAILED' OR failure IS NOT NULL)
) STRICT;

CREATE INDEX servers_server_active ON servers_server (state) WHERE state IN ('SPAWNING', 'READY', 'STOPPING');

CREATE INDEX servers_server_user ON servers_server (user_id);

CREATE TABLE slots_appointment (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile       TEXT    NOT NULL,                    -- by name; one that is not offered is passed over
    weekday       INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute   INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    until_minute  INTEGER NOT NULL CHECK (until_minute BETWEEN 1 AND 1440 AND until_minute > from_minute),
    seats         INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 1000)
) STRICT;

CREATE INDEX slots_appointment_community ON slots_appointment (community_id);

CREATE TABLE slots_demand (
    community_id  INTEGER NOT NULL,
    image_id      TEXT    NOT NULL,
    command       TEXT    NOT NULL CHECK (json_type(command) = 'array'),
    memory_bytes  INTEGER NOT NULL,
    milli_cpus    INTEGER NOT NULL,
    pids          INTEGER NOT NULL,
    average_milli INTEGER NOT NULL CHECK (average_milli >= 0), -- in thousandths
    period        INTEGER NOT NULL,
    counted       INTEGER NOT NULL CHECK (counted >= 0),
    PRIMARY KEY (community_id, image_id, command)
) STRICT;

CREATE TABLE slots_image (
    image_id      TEXT    NOT NULL,
    command       TEXT    NOT NULL CHECK (json_type(command) = 'array'),
    modules       TEXT    CHECK (json_type(modules) = 'array'),
    fill_millis   INTEGER,
    memory_bytes  INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    failure       TEXT,
    retry_at      INTEGER,
    learned_at    INTEGER NOT NULL,
    PRIMARY KEY (image_id, command),
    CHECK ((failure IS NULL) = (retry_at IS NULL))
) STRICT;

CREATE TABLE slots_slot (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,   -- in labels, container and directory names; never used twice
    community_id  INTEGER NOT NULL,
    image_id      TEXT    NOT NULL,
    command       TEXT    NOT NULL CHECK (json_type(command) = 'array'),
    memory_bytes  INTEGER NOT NULL CHECK (memory_bytes > 0),   -- limits it was made with
    milli_cpus    INTEGER NOT NULL CHECK (milli_cpus > 0),
    pids          INTEGER NOT NULL CHECK (pids > 0),
    state         TEXT    NOT NULL CHECK (state IN ('FILLING', 'READY', 'CLAIMED', 'ENDING')),
    container_id  TEXT,
    host          TEXT,
    gateway       TEXT,                                -- this machine's address in its network
    server_id     INTEGER UNIQUE,                      -- whose it is: of two starts that want one slot, one gets it
    spawn_id      TEXT    CHECK (length(spawn_id) = 32),
    created_at    INTEGER NOT NULL,
    ready_at      INTEGER,
    claimed_at    INTEGER,
    CHECK ((state = 'CLAIMED') = (server_id IS NOT NULL)),
    CHECK ((server_id IS NULL) = (spawn_id IS NULL)),
    CHECK (state IN ('FILLING', 'ENDING') OR (container_id IS NOT NULL AND host IS NOT NULL AND gateway IS NOT NULL))
) STRICT;

CREATE INDEX slots_slot_ready ON slots_slot (community_id, image_id, ready_at) WHERE state = 'READY';

CREATE TABLE storage_folder (
    id            INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 1048574),
    community_id  INTEGER NOT NULL REFERENCES community_community (id),
    kind          TEXT    NOT NULL CHECK (kind IN ('HOME', 'SHARED', 'GROUP', 'SCRATCH')),
    owner_id      INTEGER NOT NULL,                -- user or group; 0 for what the community shares
    mark          INTEGER,                         -- what the kernel counts it under; null: not made yet
    created_at    INTEGER NOT NULL,                -- UTC epoch milliseconds
    used_bytes    INTEGER NOT NULL DEFAULT 0,      -- as last measured
    used_inodes   INTEGER,                         -- null where nobody counts them
    measured_at   INTEGER, owner_name TEXT NOT NULL DEFAULT '',
    UNIQUE (community_id, kind, owner_id),
    CHECK ((kind = 'SHARED') = (owner_id = 0))
) STRICT;

CREATE INDEX storage_folder_owner ON storage_folder (owner_id);

CREATE INDEX storage_folder_used ON storage_folder (used_bytes DESC);

CREATE TABLE storage_leaving (
    folder_id  INTEGER PRIMARY KEY REFERENCES storage_folder (id) ON DELETE CASCADE,
    since      INTEGER NOT NULL,                  -- UTC epoch milliseconds
    until      INTEGER NOT NULL,                  -- removed then
    state      TEXT    NOT NULL DEFAULT 'NOTED' CHECK (state IN ('NOTED', 'SEALED', 'REMOVING'))
) STRICT;

CREATE INDEX storage_leaving_until ON storage_leaving (until);

CREATE TABLE storage_limit (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    kind          TEXT    NOT NULL CHECK (kind IN ('HOME', 'SHARED', 'GROUP', 'SCRATCH')),
    scope         TEXT    NOT NULL CHECK (scope IN ('COMMUNITY', 'GROUP', 'USER', 'FOLDER')),
    subject_id    INTEGER NOT NULL,                -- group, user or folder; 0 for the community
    hard_bytes    INTEGER CHECK (hard_bytes >= 0),
    soft_bytes    INTEGER CHECK (soft_bytes >= 0),
    hard_inodes   INTEGER CHECK (hard_inodes >= 0),
    soft_inodes   INTEGER CHECK (soft_inodes >= 0),
    version       INTEGER NOT NULL DEFAULT 0,      -- +1 per edit
    UNIQUE (community_id, kind, scope, subject_id),
    CHECK ((scope = 'COMMUNITY') = (subject_id = 0)),
    CHECK ((hard_bytes IS NULL) = (soft_bytes IS NULL)),
    CHECK ((hard_inodes IS NULL) = (soft_inodes IS NULL)),
    CHECK (hard_bytes IS NOT NULL OR hard_inodes IS NOT NULL)
) STRICT;

CREATE VIEW storage_ownerless AS
SELECT folder.id  AS folder_id,
       CASE WHEN community.state = 'DELETED' THEN 'COMMUNITY_DELETED'
            WHEN folder.kind = 'GROUP' THEN 'GROUP_DELETED'
            WHEN person.id IS NULL THEN 'USER_DELETED'
            ELSE 'MEMBER_LEFT' END
                  AS reason,
       person.name AS user_name,
       team.name   AS group_name
FROM storage_folder AS folder
JOIN community_community AS community ON community.id = folder.community_id
LEFT JOIN identity_user AS person
       ON person.id = folder.owner_id AND folder.kind IN ('HOME', 'SCRATCH')
LEFT JOIN community_member AS member
       ON member.community_id = folder.community_id AND member.user_id = person.id
LEFT JOIN identity_group AS team ON team.id = folder.owner_id AND folder.kind = 'GROUP'
WHERE folder.mark IS NOT NULL
  AND (community.state = 'DELETED'
       OR (folder.kind IN ('HOME', 'SCRATCH')
           AND (person.id IS NULL OR (person.admin = 0 AND member.user_id IS NULL)))
       OR (folder.kind = 'GROUP' AND team.id IS NULL));
