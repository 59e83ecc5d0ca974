-- catalog: profiles as administrators edit them: words, options, whom they are offered to, and how
-- much of the memory is promised. Options are read and written whole, with their profile.
ALTER TABLE catalog_profile ADD COLUMN description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 2000);
ALTER TABLE catalog_profile ADD COLUMN promised_bytes INTEGER                    -- null: all of memory_bytes
    CHECK (promised_bytes BETWEEN 16777216 AND memory_bytes);
ALTER TABLE catalog_profile ADD COLUMN options TEXT NOT NULL DEFAULT '[]' CHECK (json_type(options) = 'array');
ALTER TABLE catalog_profile ADD COLUMN audience TEXT NOT NULL DEFAULT 'EVERYBODY' CHECK (audience IN ('EVERYBODY', 'SOME'));

-- Whom a profile for SOME is offered to. Where the last group or role of it is removed, nobody is left.
CREATE TABLE catalog_audience (
    id          INTEGER PRIMARY KEY,
    profile_id  INTEGER NOT NULL REFERENCES catalog_profile (id) ON DELETE CASCADE,
    group_id    INTEGER REFERENCES identity_group (id) ON DELETE CASCADE,
    role_id     INTEGER REFERENCES identity_role (id) ON DELETE CASCADE,
    UNIQUE (profile_id, group_id),
    UNIQUE (profile_id, role_id),
    CHECK ((group_id IS NULL) <> (role_id IS NULL))
) STRICT;

CREATE INDEX catalog_audience_group ON catalog_audience (group_id);
CREATE INDEX catalog_audience_role ON catalog_audience (role_id);
