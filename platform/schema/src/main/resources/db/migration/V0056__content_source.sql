-- content: repositories whose files are brought into homes when servers start.
CREATE TABLE content_source (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id   INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    profile_id     INTEGER REFERENCES catalog_profile (id) ON DELETE CASCADE,  -- null: for every profile
    url            TEXT    NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    reference      TEXT    NOT NULL,                       -- branch, tag or commit; empty: what the host shows first
    folder         TEXT    NOT NULL CHECK (length(folder) BETWEEN 1 AND 200),  -- below the home
    sealed_secret  TEXT,                                   -- private key, for nobody without the installation's key
    public_key     TEXT,                                   -- to be entered at the repository's host
    host_keys      TEXT,                                   -- of an ssh host, as it showed them the first time
    CHECK ((sealed_secret IS NULL) = (public_key IS NULL))
) STRICT;

CREATE INDEX content_source_community ON content_source (community_id);
CREATE INDEX content_source_profile ON content_source (profile_id);
