-- Second factors: what somebody proves at sign-in besides a password. Times are UTC epoch milliseconds.
-- The key of an authenticator is sealed with a key that is not in this database (ADR 0054).
CREATE TABLE login_totp (
    user_id    INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    sealed     TEXT    NOT NULL,
    last_step  INTEGER NOT NULL,                            -- 30 s since the epoch; no code of it or before counts
    since      INTEGER NOT NULL
) STRICT;

-- For who has lost the authenticator; each once. Only hashes: the codes are random and long.
CREATE TABLE login_recovery_code (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  INTEGER NOT NULL REFERENCES login_totp (user_id) ON DELETE CASCADE,
    hash     TEXT    NOT NULL CHECK (length(hash) = 64),
    used_at  INTEGER,
    UNIQUE (user_id, hash)
) STRICT;

-- Who must have a second factor; one row.
CREATE TABLE login_factor_rule (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    administrators  INTEGER NOT NULL DEFAULT 0 CHECK (administrators IN (0, 1)),
    managers        INTEGER NOT NULL DEFAULT 0 CHECK (managers IN (0, 1)),
    version         INTEGER NOT NULL DEFAULT 0               -- +1 per edit
) STRICT;

INSERT INTO login_factor_rule (id) VALUES (1);

-- That an administrator took somebody's second factor away; told at their next sign-in, then gone.
CREATE TABLE login_factor_notice (
    user_id  INTEGER PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
    reason   TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    at       INTEGER NOT NULL
) STRICT;
