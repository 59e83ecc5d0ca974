-- admin: what the panel lists across modules. Views, so that no table is read by anybody but its
-- owner, and a change of a table breaks here, where it is seen, and not in a page.
CREATE VIEW admin_server_list AS
SELECT server.id                AS id,
       community.title          AS community_title,
       community.base_url       AS base_url,
       person.name              AS user_name,
       server.name              AS name,
       server.user_id           AS user_id,
       server.community_id      AS community_id,
       server.state             AS state,
       server.started_at        AS started_at,
       server.last_activity_at  AS last_activity_at,
       server.launch_snapshot   AS launch_snapshot,
       server.stop_reason       AS stop_reason,
       server.failure           AS failure
FROM servers_server AS server
JOIN community_community AS community ON community.id = server.community_id
JOIN identity_user AS person ON person.id = server.user_id;

CREATE VIEW admin_person_list AS
SELECT person.id                AS id,
       person.name              AS name,
       person.admin             AS admin,
       person.created_at        AS created_at,
       person.last_activity_at  AS last_activity_at
FROM identity_user AS person;
