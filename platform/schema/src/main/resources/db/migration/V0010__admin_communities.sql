-- admin: communities with how many people and servers are in them, and who is in one. A manager is
-- who was given JupyterHub's role "admin" there.
CREATE VIEW admin_community_list AS
SELECT community.id             AS id,
       (SELECT count(*) FROM community_member AS member WHERE member.community_id = community.id)
                                AS members,
       (SELECT count(*) FROM servers_server AS server
        WHERE server.community_id = community.id AND server.state IN ('SPAWNING', 'READY', 'STOPPING'))
                                AS active_servers
FROM community_community AS community;

CREATE VIEW admin_member_list AS
SELECT member.community_id      AS community_id,
       person.id                AS user_id,
       person.name              AS name,
       person.admin             AS administrator,
       EXISTS (SELECT 1 FROM identity_role_user AS given
               JOIN identity_role AS role ON role.id = given.role_id
               WHERE given.user_id = person.id AND role.community_id = member.community_id
                 AND role.name = 'admin')
                                AS manager,
       member.joined_at         AS joined_at,
       person.last_activity_at  AS last_activity_at
FROM community_member AS member
JOIN identity_user AS person ON person.id = member.user_id;

-- What runs is found where it was started, whatever its community is called now.
DROP VIEW admin_server_list;

CREATE VIEW admin_server_list AS
SELECT server.id                AS id,
       community.title          AS community_title,
       community.base_url       AS base_url,
       person.name              AS user_name,
       server.name              AS name,
       server.user_id           AS user_id,
       server.community_id      AS community_id,
       server.state             AS state,
       server.prefix            AS prefix,
       server.started_at        AS started_at,
       server.last_activity_at  AS last_activity_at,
       server.launch_snapshot   AS launch_snapshot,
       server.stop_reason       AS stop_reason,
       server.failure           AS failure
FROM servers_server AS server
JOIN community_community AS community ON community.id = server.community_id
JOIN identity_user AS person ON person.id = server.user_id;
