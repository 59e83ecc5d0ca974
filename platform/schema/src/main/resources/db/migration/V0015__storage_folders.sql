-- storage: folders, the directories that have limits of their own. A home is one; so are what a
-- community shares, a group's folder and scratch. The directory hangs on the numbers of community and
-- owner and on nothing else. There is no foreign key to the owner: the files outlive the account until
-- somebody decides about them, and its number is never given to anybody else. A folder's own number
-- ends up in a 32-bit number of the file system, of which an installation has a share of 2^20.
CREATE TABLE storage_folder (
    id            INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 1048574),
    community_id  INTEGER NOT NULL REFERENCES community_community (id),
    kind          TEXT    NOT NULL CHECK (kind IN ('HOME', 'SHARED', 'GROUP', 'SCRATCH')),
    owner_id      INTEGER NOT NULL,                -- user or group; 0 for what the community shares
    mark          INTEGER,                         -- what the kernel counts it under; null: not made yet
    created_at    INTEGER NOT NULL,                -- UTC epoch milliseconds
    used_bytes    INTEGER NOT NULL DEFAULT 0,      -- as last measured
    used_inodes   INTEGER,                         -- null where nobody counts them
    measured_at   INTEGER,
    UNIQUE (community_id, kind, owner_id),
    CHECK ((kind = 'SHARED') = (owner_id = 0))
) STRICT;

-- The panel lists the largest first.
CREATE INDEX storage_folder_used ON storage_folder (used_bytes DESC);
CREATE INDEX storage_folder_owner ON storage_folder (owner_id);

INSERT INTO storage_folder (community_id, kind, owner_id, created_at)
SELECT community_id, 'HOME', user_id, created_at FROM storage_home ORDER BY created_at;

DROP TABLE storage_home;

-- Limits that somebody decided. For a folder the rule nearest to it counts, for bytes and for files
-- (inodes) each: its own, else its owner's, else that of the owner's groups which allows most, else
-- its community's, else the platform's, which is in the program. Sizes are bytes. Soft is where
-- people are warned; hard is what the kernel enforces, 0 means none.
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
