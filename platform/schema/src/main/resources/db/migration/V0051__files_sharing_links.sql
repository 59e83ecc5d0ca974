-- files: links with which somebody lets others of their community read a folder or a file of theirs. What the owner
-- must have and what the reader must be is looked up at each request; here is only what was said. Times are UTC epoch
-- milliseconds.
CREATE TABLE files_sharing_link (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    owner_id      INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    place         TEXT    NOT NULL CHECK (length(place) BETWEEN 4 AND 30),      -- home, shared, scratch, group-7
    path          TEXT    NOT NULL CHECK (length(path) BETWEEN 1 AND 4096),     -- below it, escaped
    hash          TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),            -- SHA-256 of the link's key
    everybody     INTEGER NOT NULL CHECK (everybody IN (0, 1)),
    user_id       INTEGER REFERENCES identity_user (id) ON DELETE CASCADE,
    group_id      INTEGER REFERENCES identity_group (id) ON DELETE CASCADE,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL CHECK (expires_at > created_at),
    CHECK (everybody + (user_id IS NOT NULL) + (group_id IS NOT NULL) = 1)
) STRICT;

CREATE INDEX files_sharing_link_owner ON files_sharing_link (owner_id, community_id);

CREATE INDEX files_sharing_link_community ON files_sharing_link (community_id);

CREATE INDEX files_sharing_link_user ON files_sharing_link (user_id) WHERE user_id IS NOT NULL;

CREATE INDEX files_sharing_link_group ON files_sharing_link (group_id) WHERE group_id IS NOT NULL;

CREATE INDEX files_sharing_link_expiry ON files_sharing_link (expires_at);

-- Who has opened a link with its key. From then on its number is enough for them.
CREATE TABLE files_sharing_visit (
    link_id  INTEGER NOT NULL REFERENCES files_sharing_link (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    day      INTEGER NOT NULL,                                                  -- the last, in days since 1970, UTC
    PRIMARY KEY (link_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_sharing_visit_user ON files_sharing_visit (user_id);

-- Whoever leaves a community shares nothing there any more, and has opened nothing.
CREATE TRIGGER files_member_gone AFTER DELETE ON community_member
BEGIN
    DELETE FROM files_sharing_link
    WHERE community_id = OLD.community_id AND (owner_id = OLD.user_id OR user_id = OLD.user_id);
    DELETE FROM files_sharing_visit
    WHERE user_id = OLD.user_id
      AND link_id IN (SELECT id FROM files_sharing_link WHERE community_id = OLD.community_id);
END;
