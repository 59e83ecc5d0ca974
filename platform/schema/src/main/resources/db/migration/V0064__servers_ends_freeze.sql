-- servers: after how long without use servers are frozen is decided like their ends. What was
-- decided stays; the table is made anew because one such decision may stand alone in a row.
CREATE TABLE servers_ends_new (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile_id    INTEGER UNIQUE REFERENCES catalog_profile (id) ON DELETE CASCADE,  -- null: all of the community
    cull_after    INTEGER CHECK (cull_after = 0 OR cull_after BETWEEN 120 AND 31536000),     -- without use; 0: never
    max_age       INTEGER CHECK (max_age = 0 OR max_age BETWEEN 120 AND 31536000),           -- used or not; 0: never
    keep_at_most  INTEGER CHECK (keep_at_most BETWEEN 0 AND 31536000),                       -- on request; 0: not at all
    freeze_after  INTEGER CHECK (freeze_after = 0 OR freeze_after BETWEEN 10 AND 31536000),  -- without use; 0: never
    CHECK (cull_after IS NOT NULL OR max_age IS NOT NULL OR keep_at_most IS NOT NULL OR freeze_after IS NOT NULL)
) STRICT;

INSERT INTO servers_ends_new (id, community_id, profile_id, cull_after, max_age, keep_at_most)
SELECT id, community_id, profile_id, cull_after, max_age, keep_at_most FROM servers_ends;

DROP TABLE servers_ends;
ALTER TABLE servers_ends_new RENAME TO servers_ends;

CREATE INDEX servers_ends_community ON servers_ends (community_id);
CREATE UNIQUE INDEX servers_ends_one ON servers_ends (community_id) WHERE profile_id IS NULL;
