package org.lyceum.platform.db;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The migrations, in order, and how they are applied: each in one transaction, forward only, after
 * a copy of a database that has anything in it. What was applied is checked against what is known.
 */
public final class Migrations {

    /**
     * One script: {@code V0002__identity_create.sql} is version 2. Numbers rise, and may leave some
     * out: work that goes on side by side has numbers of its own. The checksum changes with every
     * character, so that an edited migration is noticed; it is known without reading the script,
     * which a start that has nothing to apply never does.
     */
    record Migration(int version, String name, String checksum, Supplier<String> script) {

        static Migration of(String name, String checksum, Supplier<String> script) {
            var match = NAME.matcher(name);
            if (!match.matches()) {
                throw new IllegalArgumentException("not the name of a migration: " + name);
            }
            return new Migration(Integer.parseInt(match.group(1)), name, checksum, script);
        }

        static String checksum(String script) {
            return Secret.presented(script).hash();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "db/migration/";
    private static final Pattern NAME = Pattern.compile("V(\\d{4})__[a-z0-9_]+\\.sql");

    private final List<Migration> all;
    private final Clock clock;

    private Migrations(List<Migration> all, Clock clock) {
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).version() <= all.get(i - 1).version()) {
                throw new IllegalArgumentException(
                        all.get(i).name() + " does not come after " + all.get(i - 1).name());
            }
        }
        this.all = List.copyOf(all);
        this.clock = clock;
    }

    /** The scripts that the schema module put on the class path of {@code loader}. */
    public static Migrations from(ClassLoader loader, Clock clock) {
        var all = new ArrayList<Migration>();
        for (var line : resource(loader, FOLDER + "index").lines().toList()) {
            int space = line.indexOf(' ');
            var name = line.substring(0, space);
            all.add(
                    Migration.of(
                            name,
                            line.substring(space + 1),
                            () -> resource(loader, FOLDER + name)));
        }
        return new Migrations(all, clock);
    }

    /** {@code scripts} by file name. */
    static Migrations of(SortedMap<String, String> scripts, Clock clock) {
        var all = new ArrayList<Migration>();
        scripts.forEach(
                (name, script) ->
                        all.add(Migration.of(name, Migration.checksum(script), () -> script)));
        return new Migrations(all, clock);
    }

    /** Brings {@code file} up to date, or throws and leaves it as it was. */
    void apply(Path file) throws SQLException {
        try (var connection = Connections.writer(file)) {
            int done = check(connection);
            var missing = all.subList(done, all.size());
            if (missing.isEmpty()) {
                return;
            }
            if (done > 0) {
                new DatabaseCopies(file, clock).make(connection, all.get(done - 1).version());
            }
            run(
                    connection,
                    "PRAGMA foreign_keys = OFF"); // rebuilding a table drops it for a moment
            for (var migration : missing) {
                apply(connection, migration);
            }
        }
    }

    /** Compares what was applied with what we know, and returns how many that are. */
    private int check(Connection connection) throws SQLException {
        run(
                connection,
                "CREATE TABLE IF NOT EXISTS db_migration (version INTEGER PRIMARY KEY, name TEXT"
                        + " NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
        int count = 0;
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT version, name, checksum FROM db_migration ORDER BY"
                                        + " version")) {
            while (rows.next()) {
                if (count == all.size() || rows.getInt(1) > all.getLast().version()) {
                    throw newer(rows.getInt(1));
                }
                var known = all.get(count++);
                if (rows.getInt(1) != known.version()
                        || !known.checksum().equals(rows.getString(3))) {
                    throw changed(rows.getString(2));
                }
            }
        }
        return count;
    }

    private void apply(Connection connection, Migration migration) throws SQLException {
        var script = migration.script().get();
        if (!Migration.checksum(script).equals(migration.checksum())) {
            throw new IllegalStateException(migration.name() + " is not what the index says");
        }
        connection.setAutoCommit(false);
        try {
            run(connection, script);
            requireWhole(connection, migration);
            try (var insert =
                    connection.prepareStatement("INSERT INTO db_migration VALUES (?, ?, ?, ?)")) {
                insert.setInt(1, migration.version());
                insert.setString(2, migration.name());
                insert.setString(3, migration.checksum());
                insert.setLong(4, clock.millis());
                insert.executeUpdate();
            }
            connection.commit();
            log.info("db.migrated migration={}", migration.name());
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void requireWhole(Connection connection, Migration migration)
            throws SQLException {
        try (var statement = connection.createStatement();
                var broken = statement.executeQuery("PRAGMA foreign_key_check")) {
            if (broken.next()) {
                throw new IllegalStateException(
                        migration.name() + " leaves a broken reference in " + broken.getString(1));
            }
        }
    }

    private Problem newer(int version) {
        int newest = all.isEmpty() ? 0 : all.getLast().version();
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "db.newer",
                "The database was written by a newer version of the program (it is at migration "
                        + version
                        + ", this program knows "
                        + newest
                        + "). Install that version again, or restore the copy that was made before"
                        + " the upgrade.");
    }

    private static Problem changed(String name) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "db.migration-changed",
                "Migration "
                        + name
                        + " was applied to this database in another form than this"
                        + " program knows. Install the version that made the database.");
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    private static String resource(ClassLoader loader, String name) {
        try (var stream = loader.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read " + name, e);
        }
    }
}
