-- builds: images that the platform makes from Git repositories. Times are UTC epoch milliseconds.
-- Where an environment's image is built from; one that has no row is of an image somebody else made.
CREATE TABLE builds_source (
    environment_id  INTEGER PRIMARY KEY REFERENCES catalog_environment (id) ON DELETE CASCADE,
    url             TEXT    NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    reference       TEXT    NOT NULL,                       -- branch, tag or commit; empty: what the host shows first
    sealed_secret   TEXT,                                   -- private key or token, for nobody without the installation's key
    public_key      TEXT,                                   -- to be entered at the repository's host
    host_keys       TEXT                                    -- of an ssh host, as it showed them the first time
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

CREATE INDEX builds_build_environment ON builds_build (environment_id, id);
CREATE INDEX builds_build_open ON builds_build (id) WHERE state IN ('WAITING', 'RUNNING');
-- One build of an environment at a time: a second would only wait to do the same.
CREATE UNIQUE INDEX builds_build_one ON builds_build (environment_id) WHERE state IN ('WAITING', 'RUNNING');
CREATE INDEX builds_build_community ON builds_build (community_id);
