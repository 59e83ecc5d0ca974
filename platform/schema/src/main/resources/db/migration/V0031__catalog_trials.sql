-- catalog: images that were tried for an environment before people meet them. An environment of an
-- administrator's runs an image only after a trial of it has passed, or somebody has answered for it.
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

-- How the image that people get has done since it was promoted.
ALTER TABLE catalog_environment ADD COLUMN proven INTEGER NOT NULL DEFAULT 1 CHECK (proven IN (0, 1));
ALTER TABLE catalog_environment ADD COLUMN failed_starts INTEGER NOT NULL DEFAULT 0;
