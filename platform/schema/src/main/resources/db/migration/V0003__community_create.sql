-- community: the tenants of the platform and who belongs to which. Each community has a hub of its
-- own below its base URL; the first one sits at "/" and always exists. Times are UTC epoch
-- milliseconds.
CREATE TABLE community_community (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    title       TEXT    NOT NULL,
    base_url    TEXT    NOT NULL UNIQUE CHECK (base_url = '/' OR base_url GLOB '/?*/'),
    created_at  INTEGER NOT NULL,
    CHECK ((id = 1) = (base_url = '/'))
) STRICT;

INSERT INTO community_community (id, name, title, base_url, created_at)
VALUES (1, 'default', 'Lyceum', '/', CAST(unixepoch('subsec') * 1000 AS INTEGER));

CREATE TABLE community_member (
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    joined_at     INTEGER NOT NULL,
    PRIMARY KEY (community_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX community_member_user ON community_member (user_id);
