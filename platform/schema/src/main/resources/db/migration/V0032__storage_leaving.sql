-- storage: folders whose owner has gone. They are kept, closed, until a day that people see.
ALTER TABLE storage_folder ADD COLUMN owner_name TEXT NOT NULL DEFAULT '';  -- as the owner was last called; known once they are gone

CREATE TRIGGER storage_user_gone BEFORE DELETE ON identity_user
BEGIN
    UPDATE storage_folder SET owner_name = OLD.name
    WHERE owner_id = OLD.id AND kind IN ('HOME', 'SCRATCH');
END;

CREATE TRIGGER storage_group_gone BEFORE DELETE ON identity_group
BEGIN
    UPDATE storage_folder SET owner_name = OLD.name WHERE owner_id = OLD.id AND kind = 'GROUP';
END;

CREATE TABLE storage_leaving (
    folder_id  INTEGER PRIMARY KEY REFERENCES storage_folder (id) ON DELETE CASCADE,
    since      INTEGER NOT NULL,                  -- UTC epoch milliseconds
    until      INTEGER NOT NULL,                  -- removed then
    state      TEXT    NOT NULL DEFAULT 'NOTED' CHECK (state IN ('NOTED', 'SEALED', 'REMOVING'))
) STRICT;

CREATE INDEX storage_leaving_until ON storage_leaving (until);

-- Whether a folder that was made belongs to nobody is never written down: this says so, from what is there now.
-- Administrators of the platform may have a home in every community.
CREATE VIEW storage_ownerless AS
SELECT folder.id  AS folder_id,
       CASE WHEN community.state = 'DELETED' THEN 'COMMUNITY_DELETED'
            WHEN folder.kind = 'GROUP' THEN 'GROUP_DELETED'
            WHEN person.id IS NULL THEN 'USER_DELETED'
            ELSE 'MEMBER_LEFT' END
                  AS reason,
       person.name AS user_name,
       team.name   AS group_name
FROM storage_folder AS folder
JOIN community_community AS community ON community.id = folder.community_id
LEFT JOIN identity_user AS person
       ON person.id = folder.owner_id AND folder.kind IN ('HOME', 'SCRATCH')
LEFT JOIN community_member AS member
       ON member.community_id = folder.community_id AND member.user_id = person.id
LEFT JOIN identity_group AS team ON team.id = folder.owner_id AND folder.kind = 'GROUP'
WHERE folder.mark IS NOT NULL
  AND (community.state = 'DELETED'
       OR (folder.kind IN ('HOME', 'SCRATCH')
           AND (person.id IS NULL OR (person.admin = 0 AND member.user_id IS NULL)))
       OR (folder.kind = 'GROUP' AND team.id IS NULL));
