-- login: groups of a community that follow groups at a provider, and who is in them because of that.
-- A group may follow several, and one at a provider may be followed by several.
CREATE TABLE login_followed_group (
    group_id      INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 300),  -- as the provider writes it, in lower case
    community_id  INTEGER NOT NULL REFERENCES community_community (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, provider_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_followed_group_provider ON login_followed_group (provider_id);
CREATE INDEX login_followed_group_community ON login_followed_group (community_id);

-- Who is in a group because a provider says so; whoever a manager has added has no row here and stays.
CREATE TABLE login_followed_member (
    group_id      INTEGER NOT NULL REFERENCES identity_group (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
    provider_id   INTEGER NOT NULL REFERENCES login_provider (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id, provider_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_followed_member_user ON login_followed_member (user_id);
CREATE INDEX login_followed_member_provider ON login_followed_member (provider_id);
