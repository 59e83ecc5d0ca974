-- community: a host of its own, in lower case, or null. Its hub is at / there; below the platform's address it is
-- answered as at an address that it has left. The first one has the platform's.
ALTER TABLE community_community ADD COLUMN host TEXT
    CHECK (host IS NULL OR (id <> 1 AND host = lower(host) AND length(host) BETWEEN 4 AND 253));
CREATE UNIQUE INDEX community_community_host ON community_community (host) WHERE host IS NOT NULL;
