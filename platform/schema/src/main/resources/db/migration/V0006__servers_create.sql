-- servers: one row per single-user server that was ever started and not removed. The row decides who
-- may start or stop it: every change names the state and the spawn it expects. Times are UTC epoch
-- milliseconds.
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
    created_at        INTEGER NOT NULL,
    UNIQUE (community_id, user_id, name),
    CHECK ((host IS NULL) = (port IS NULL)),
    CHECK (state <> 'READY' OR (host IS NOT NULL AND container_id IS NOT NULL)),
    CHECK (state NOT IN ('STOPPED', 'FAILED') OR (host IS NULL AND started_at IS NULL)),
    CHECK (state <> 'FAILED' OR failure IS NOT NULL)
) STRICT;

CREATE INDEX servers_server_user ON servers_server (user_id);
-- The reconciler and the limits look at these every time; stopped servers are the many.
CREATE INDEX servers_server_active ON servers_server (state) WHERE state IN ('SPAWNING', 'READY', 'STOPPING');

-- Members of a community with what their servers do: JupyterHub's list of users and the panel's.
CREATE VIEW servers_member AS
SELECT member.community_id                    AS community_id,
       person.id                              AS user_id,
       person.name                            AS name,
       person.admin                           AS admin,
       person.created_at                      AS created_at,
       person.last_activity_at                AS last_activity_at,
       EXISTS (SELECT 1 FROM servers_server AS server
               WHERE server.community_id = member.community_id AND server.user_id = person.id
                 AND server.state IN ('SPAWNING', 'READY', 'STOPPING')) AS active,
       EXISTS (SELECT 1 FROM servers_server AS server
               WHERE server.community_id = member.community_id AND server.user_id = person.id
                 AND server.state = 'READY')  AS ready
FROM community_member AS member
JOIN identity_user AS person ON person.id = member.user_id;
