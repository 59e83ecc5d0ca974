-- slots: one row per container that waits, with everything imported, for the one person its server
-- will be for, or has been taken by them. A slot is taken once: the row goes from READY to CLAIMED in
-- one conditional write and never back. What is not wanted any more is ENDING, so that nobody takes it, and
-- the row goes last. Times are UTC epoch
-- milliseconds, sizes are bytes.
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

-- A start asks for the oldest READY one of its kind.
CREATE INDEX slots_slot_ready ON slots_slot (community_id, image_id, ready_at) WHERE state = 'READY';

-- What is known of an image and a program in it: which modules its program loads, what it costs to have one waiting. An
-- image that cannot wait (not Python, or broken) says why and is tried again later.
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

-- How often starts of a kind are asked for: on average per 10 minutes, weighing the past less and
-- less; `counted` are those of the current 10 minutes, number `period` since 1970.
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

-- When many come at once: a weekday (1 is Monday) and minutes since midnight where the platform is.
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
