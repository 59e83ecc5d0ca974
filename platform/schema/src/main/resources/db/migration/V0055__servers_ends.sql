-- servers: when servers end by themselves, where somebody decided it for a community or one of its
-- profiles. Seconds. What is null is left to the community, and that to the platform.
CREATE TABLE servers_ends (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile_id    INTEGER UNIQUE REFERENCES catalog_profile (id) ON DELETE CASCADE,  -- null: all of the community
    cull_after    INTEGER CHECK (cull_after = 0 OR cull_after BETWEEN 120 AND 31536000),  -- without use; 0: never
    max_age       INTEGER CHECK (max_age = 0 OR max_age BETWEEN 120 AND 31536000),        -- used or not; 0: never
    keep_at_most  INTEGER CHECK (keep_at_most BETWEEN 0 AND 31536000),                    -- on request; 0: not at all
    CHECK (cull_after IS NOT NULL OR max_age IS NOT NULL OR keep_at_most IS NOT NULL)
) STRICT;

CREATE INDEX servers_ends_community ON servers_ends (community_id);
CREATE UNIQUE INDEX servers_ends_one ON servers_ends (community_id) WHERE profile_id IS NULL;
