-- The list of a community's members in the order of its key. With the person's own number, which is
-- the same, SQLite sorted all members of a community to show the first page. Whether a member's server
-- runs is no column any more: it was asked of every row; a condition finds it by servers_server_active.
DROP VIEW servers_member;

CREATE VIEW servers_member AS
SELECT member.community_id      AS community_id,
       member.user_id           AS user_id,
       person.name              AS name,
       person.admin             AS admin,
       person.created_at        AS created_at,
       person.last_activity_at  AS last_activity_at
FROM community_member AS member
JOIN identity_user AS person ON person.id = member.user_id;

-- For counting them: without the person's row, which every count would have looked up.
CREATE VIEW servers_member_key AS
SELECT community_id, user_id FROM community_member;
