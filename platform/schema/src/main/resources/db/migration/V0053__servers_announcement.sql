-- servers: what administrators tell everybody, or everybody in a community; at most one of each.
CREATE TABLE servers_announcement (
    id            INTEGER PRIMARY KEY,
    community_id  INTEGER REFERENCES community_community (id) ON DELETE CASCADE, -- null: everybody
    text          TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 300),
    pauses_starts INTEGER NOT NULL CHECK (pauses_starts IN (0, 1)),
    stops_at      INTEGER,                                                       -- of servers started before
    since         INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX servers_announcement_community ON servers_announcement (community_id);

CREATE UNIQUE INDEX servers_announcement_all ON servers_announcement (community_id IS NULL) WHERE community_id IS NULL;
