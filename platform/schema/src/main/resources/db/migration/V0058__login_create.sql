-- login: institutions that sign people in, whom they have signed in, and which communities let them in.
-- Times are UTC epoch milliseconds. live, candidate and previous hold a JSON object each: what counts,
-- what was saved and has not been tried, and what counted before; never a secret. Secrets are sealed
-- with a key that is not in this database (ADR 0054).
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

-- Who somebody is elsewhere. Found by issuer and subject, which the issuer never gives to anybody else;
-- never by name or e-mail address, which it may.
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

CREATE INDEX login_identity_user ON login_identity (user_id);
CREATE INDEX login_identity_provider ON login_identity (provider_id);

-- A community accepts a provider that has a row here, and lets in whom the rule admits.
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

-- People who were not admitted and wait for a manager's answer; nobody is made a user before that.
CREATE TABLE login_request (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    issuer        TEXT    NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject       TEXT    NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    name          TEXT    NOT NULL,
    email         TEXT,
    asked_at      INTEGER NOT NULL,
    UNIQUE (community_id, issuer, subject)
) STRICT;

CREATE INDEX login_request_provider ON login_request (provider_id);
