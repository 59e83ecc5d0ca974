-- catalog: what a community offers. An environment is an image and how to run it; a profile is what
-- people pick: an environment with limits. Times are UTC epoch milliseconds, sizes bytes.
CREATE TABLE catalog_environment (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id     INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    name             TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    title            TEXT    NOT NULL,
    image_reference  TEXT    NOT NULL,                                   -- what the administrator wrote
    image_id         TEXT    CHECK (image_id LIKE 'sha256:%'),           -- what it meant then; null: not on this machine
    command          TEXT    NOT NULL CHECK (json_type(command) = 'array'),
    default_url      TEXT    NOT NULL,                                   -- empty: the image's own
    version          INTEGER NOT NULL DEFAULT 0,                         -- +1 per edit
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
    version         INTEGER NOT NULL DEFAULT 0,
    UNIQUE (community_id, name)
) STRICT;

CREATE INDEX catalog_profile_environment ON catalog_profile (environment_id);
CREATE INDEX catalog_profile_position ON catalog_profile (community_id, position);
