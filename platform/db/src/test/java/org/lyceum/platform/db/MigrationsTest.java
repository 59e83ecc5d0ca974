package org.lyceum.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;

/** Goal: an upgrade is done in order, once, after a copy, or not at all. */
class MigrationsTest {

    private static final String ONE =
            "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; INSERT INTO a VALUES (1);";
    private static final String TWO = "CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT;";

    @TempDir Path directory;

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    private Database open(String... scripts) {
        var files = new TreeMap<String, String>();
        for (int i = 0; i < scripts.length; i++) {
            files.put(String.format("V%04d__step.sql", i + 1), scripts[i]);
        }
        return Database.open(file(), Migrations.of(files, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private Path file() {
        return directory.resolve("test.db");
    }

    private List<String> copies() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains(".before-"))
                    .sorted()
                    .toList();
        }
    }

    private static long rows(Database db, String table) {
        return db.read(sql -> sql.fetchOne("SELECT count(*) FROM " + table).get(0, Long.class));
    }

    @Test
    void an_empty_file_gets_all_of_them_without_a_copy() throws IOException {
        try (var db = open(ONE, TWO)) {
            assertThat(rows(db, "a")).isEqualTo(1);
            assertThat(rows(db, "db_migration")).isEqualTo(2);
        }
        assertThat(copies()).isEmpty();
    }

    @Test
    void a_second_start_changes_nothing() throws IOException {
        open(ONE, TWO).close();
        try (var db = open(ONE, TWO)) {
            assertThat(rows(db, "a")).isEqualTo(1);
        }
        assertThat(copies()).isEmpty();
    }

    @Test
    void an_upgrade_copies_the_database_first_for_its_owner_only() throws IOException {
        open(ONE).close();
        try (var db = open(ONE, TWO)) {
            assertThat(rows(db, "b")).isZero();
        }

        assertThat(copies()).containsExactly("test.db.before-20260301-080000-v1");
        var copy = directory.resolve(copies().getFirst());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        Files.move(copy, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var old = open(ONE)) {
            assertThat(rows(old, "a")).isEqualTo(1);
        }
    }

    @Test
    void three_copies_are_kept() throws IOException {
        var scripts = new java.util.ArrayList<String>(List.of(ONE));
        open(ONE).close();
        for (int i = 0; i < 5; i++) {
            now = now.plus(Duration.ofDays(1));
            scripts.add("CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY) STRICT;");
            open(scripts.toArray(String[]::new)).close();
        }

        assertThat(copies())
                .containsExactly(
                        "test.db.before-20260304-080000-v3",
                        "test.db.before-20260305-080000-v4",
                        "test.db.before-20260306-080000-v5");
    }

    @Test
    void a_migration_that_fails_leaves_the_database_as_it_was() {
        open(ONE).close();

        assertThatThrownBy(
                        () -> open(ONE, "CREATE TABLE b (id INTEGER) STRICT; SELECT nonsense();"))
                .isInstanceOf(RuntimeException.class);

        try (var db = open(ONE)) {
            assertThat(rows(db, "a")).isEqualTo(1);
            assertThatThrownBy(() -> rows(db, "b")).hasStackTraceContaining("no such table");
        }
    }

    @Test
    void a_migration_that_breaks_a_reference_is_not_committed() {
        open(ONE, TWO, "INSERT INTO b VALUES (1);").close();

        assertThatThrownBy(() -> open(ONE, TWO, "INSERT INTO b VALUES (1);", "DELETE FROM a;"))
                .hasMessageContaining("broken reference in b");
        try (var db = open(ONE, TWO, "INSERT INTO b VALUES (1);")) {
            assertThat(rows(db, "a")).isEqualTo(1);
        }
    }

    @Test
    void a_database_of_a_newer_program_is_not_touched_and_the_message_says_what_to_do() {
        open(ONE, TWO).close();

        assertThatThrownBy(() -> open(ONE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo("db.newer");
                            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
                            assertThat(problem.detail())
                                    .contains("newer version", "restore the copy");
                        });
        open(ONE, TWO).close();
    }

    @Test
    void a_migration_that_was_edited_after_it_ran_is_noticed() {
        open(ONE, TWO).close();

        assertThatThrownBy(() -> open(ONE + " ", TWO))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("db.migration-changed"));
    }

    @Test
    void what_is_no_database_is_a_problem_and_stays_as_it_is() throws IOException {
        Files.writeString(
                file(), "this is not a database, it is a letter to a friend. ".repeat(40));

        assertThatThrownBy(() -> open(ONE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("db.unreadable"));
        assertThat(Files.readString(file())).startsWith("this is not a database");
    }

    @Test
    void numbers_may_be_left_out_but_what_was_applied_is_the_beginning_of_what_is_known() {
        var file = directory.resolve("gaps.db");
        var some = new TreeMap<String, String>();
        some.put("V0001__a.sql", ONE);
        some.put("V0004__b.sql", TWO);
        Database.open(file, Migrations.of(some, Clock.systemUTC())).close();
        Database.open(file, Migrations.of(some, Clock.systemUTC())).close();

        some.put("V0003__c.sql", "CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT;");

        assertThatThrownBy(() -> Database.open(file, Migrations.of(some, Clock.systemUTC())))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("db.migration-changed"));
    }

    @Test
    void names_that_are_no_migrations_are_a_bug() {
        var odd = new TreeMap<String, String>();
        odd.put("1_a.sql", ONE);
        assertThatThrownBy(() -> Migrations.of(odd, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
        var twice = new TreeMap<String, String>();
        twice.put("V0001__a.sql", ONE);
        twice.put("V0001__b.sql", TWO);
        assertThatThrownBy(() -> Migrations.of(twice, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
