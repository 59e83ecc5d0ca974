import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.HexFormat;

/**
 * Makes a platform's database as full as a large institution's: 200 communities, 50,000 people who
 * are all members of the first and each of one other, 100 groups of 500, 5,000 servers that have
 * stopped; and an administrator with an API token. Run from source, with the program on the class
 * path, while the platform is down:
 *
 * <pre>java -cp lyceum.jar Fill.java DATABASE TOKEN</pre>
 */
class Fill {

    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

    private static final String NOW = "unixepoch() * 1000";

    public static void main(String[] args) throws Exception {
        if (!Files.exists(Path.of(args[0]))) {
            throw new IllegalArgumentException("no database at " + args[0]);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
                var sql = connection.createStatement()) {
            sql.execute("PRAGMA foreign_keys = ON");
            sql.execute("BEGIN");
            sql.execute(
                    NUMBERS.formatted(199)
                            + "INSERT INTO community_community (name, title, base_url, created_at)"
                            + " SELECT printf('c%03d', i), 'Community ' || i, printf('/c%03d/', i), "
                            + NOW
                            + " FROM n");
            sql.execute(
                    NUMBERS.formatted(50_000)
                            + "INSERT INTO identity_user (name, created_at, last_activity_at)"
                            + " SELECT printf('user%05d', i), "
                            + NOW
                            + ", "
                            + NOW
                            + " - i * 1000 FROM n");
            sql.execute(
                    "INSERT INTO identity_user (name, admin, created_at) VALUES ('bench', 1, " + NOW + ")");
            sql.execute(
                    "INSERT INTO identity_token (community_id, kind, user_id, hash, scopes, note,"
                            + " created_at) SELECT 1, 'API', id, '"
                            + sha256(args[1])
                            + "', '[\"inherit\"]', 'benchmark', "
                            + NOW
                            + " FROM identity_user WHERE name = 'bench'");
            sql.execute(
                    "INSERT INTO community_member (community_id, user_id, joined_at) SELECT 1, id, "
                            + NOW
                            + " FROM identity_user");
            sql.execute(
                    "INSERT INTO community_member (community_id, user_id, joined_at)"
                            + " SELECT c.id, u.id, "
                            + NOW
                            + " FROM identity_user u JOIN community_community c"
                            + " ON c.name = printf('c%03d', u.id % 199 + 1)"
                            + " WHERE u.name LIKE 'user_____'");
            sql.execute(
                    NUMBERS.formatted(100)
                            + "INSERT INTO identity_group (community_id, name)"
                            + " SELECT 1, printf('group%03d', i) FROM n");
            sql.execute(
                    "INSERT INTO identity_group_member (group_id, user_id)"
                            + " SELECT g.id, u.id FROM identity_user u JOIN identity_group g"
                            + " ON g.name = printf('group%03d', u.id % 100 + 1)"
                            + " WHERE u.name LIKE 'user_____'");
            sql.execute(
                    "INSERT INTO servers_server (community_id, user_id, name, state, spawn_id, prefix,"
                            + " user_options, launch_snapshot, last_activity_at, stop_reason, created_at)"
                            + " SELECT 1, id, '', 'STOPPED', lower(hex(randomblob(16))),"
                            + " '/user/' || name || '/', '{}', '{}', "
                            + NOW
                            + ", 'USER', "
                            + NOW
                            + " FROM identity_user WHERE name LIKE 'user_____' ORDER BY id LIMIT 5000");
            sql.execute("COMMIT");
            sql.execute("ANALYZE");
        }
    }

    private static String sha256(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
