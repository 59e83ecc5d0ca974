-- community: how one lives. ACTIVE; PAUSED: nothing starts and everybody is told; DELETED: out of
-- sight, but whole, until somebody restores it. The first one is the platform's front door and stays.
-- Limits that are null are the platform's own. Times are UTC epoch milliseconds.
ALTER TABLE community_community ADD COLUMN state TEXT NOT NULL DEFAULT 'ACTIVE'
    CHECK (state IN ('ACTIVE', 'PAUSED', 'DELETED') AND (id <> 1 OR state <> 'DELETED'));
ALTER TABLE community_community ADD COLUMN notice TEXT NOT NULL DEFAULT '' CHECK (length(notice) <= 500);            -- what people read while it is paused
ALTER TABLE community_community ADD COLUMN stops_servers INTEGER NOT NULL DEFAULT 0 CHECK (stops_servers IN (0, 1)); -- this pause ends what runs
ALTER TABLE community_community ADD COLUMN state_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE community_community ADD COLUMN max_spawning INTEGER CHECK (max_spawning >= 1);       -- starts at once
ALTER TABLE community_community ADD COLUMN max_active INTEGER CHECK (max_active >= 0);           -- servers at once; 0: no limit of its own
ALTER TABLE community_community ADD COLUMN named_per_user INTEGER CHECK (named_per_user >= 0);   -- 0: no named servers
ALTER TABLE community_community ADD COLUMN version INTEGER NOT NULL DEFAULT 0;                   -- +1 per edit

UPDATE community_community SET state_since = created_at;

-- Where a community was. Links lead on from there, and servers that were started there still call it;
-- so nobody else gets the address until it is released.
CREATE TABLE community_former_address (
    base_url      TEXT    PRIMARY KEY CHECK (base_url GLOB '/?*/'),
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    left_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX community_former_address_community ON community_former_address (community_id);
