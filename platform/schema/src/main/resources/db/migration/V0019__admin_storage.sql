-- admin: folders with whose they are, and the limits that somebody decided with whom they are for. A
-- name is null where the person or the group is no more: the files outlive them.
CREATE VIEW admin_folder_list AS
SELECT folder.id                AS id,
       folder.community_id      AS community_id,
       folder.kind              AS kind,
       folder.owner_id          AS owner_id,
       person.name              AS user_name,
       team.name                AS group_name,
       folder.used_bytes        AS used_bytes,
       folder.used_inodes       AS used_inodes,
       folder.measured_at       AS measured_at
FROM storage_folder AS folder
LEFT JOIN identity_user AS person
       ON person.id = folder.owner_id AND folder.kind IN ('HOME', 'SCRATCH')
LEFT JOIN identity_group AS team
       ON team.id = folder.owner_id AND folder.kind = 'GROUP';

CREATE VIEW admin_limit_list AS
SELECT rule.community_id        AS community_id,
       rule.kind                AS kind,
       rule.scope               AS scope,
       rule.subject_id          AS subject_id,
       person.name              AS user_name,
       team.name                AS group_name
FROM storage_limit AS rule
LEFT JOIN identity_user AS person ON person.id = rule.subject_id AND rule.scope = 'USER'
LEFT JOIN identity_group AS team ON team.id = rule.subject_id AND rule.scope = 'GROUP';
