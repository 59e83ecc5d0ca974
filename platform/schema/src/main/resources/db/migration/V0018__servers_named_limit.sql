-- servers: how many named servers a person may have, where somebody decided it for a group or a user.
-- The user's own counts; else the highest among their groups; else what the community or the
-- platform says.
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
