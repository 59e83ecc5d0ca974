package org.lyceum.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.MDC;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Goal: a write is whole or not there, nobody waits for ever, and waiting costs no carrier. */
class DatabaseTest {

    @TempDir Path directory;

    private Database db;

    @BeforeEach
    void open() {
        db = open(Duration.ofSeconds(30));
    }

    private Database open(Duration patience) {
        var scripts = new TreeMap<String, String>();
        scripts.put(
                "V0001__thing.sql",
                "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
                        + "CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id INTEGER NOT NULL"
                        + " REFERENCES thing (id)) STRICT;");
        return Database.open(
                directory.resolve("test.db"), Migrations.of(scripts, Clock.systemUTC()), patience);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static int insert(DSLContext sql, String name) {
        return sql.execute("INSERT INTO thing (name) VALUES (?)", name);
    }

    private long count() {
        return db.read(sql -> sql.fetchOne("SELECT count(*) FROM thing").get(0, Long.class));
    }

    private static String codeOf(Throwable failure) {
        return failure instanceof Problem problem ? problem.code() : failure.toString();
    }

    @Test
    void what_a_write_did_is_read_as_soon_as_it_returns() {
        for (int i = 0; i < 100; i++) {
            var name = "n" + i;
            db.write(sql -> insert(sql, name));
            assertThat(count()).isEqualTo(i + 1);
        }
    }

    @Test
    void a_write_that_throws_leaves_nothing_behind_and_throws_to_its_caller() {
        assertThatThrownBy(
                        () ->
                                db.write(
                                        sql -> {
                                            insert(sql, "a");
                                            throw Problem.invalid("test.refused", "no");
                                        }))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("test.refused"));

        assertThat(count()).isZero();
        db.write(sql -> insert(sql, "a"));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_read_sees_one_moment_however_many_statements_it_has() throws Exception {
        var first = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        try (var threads = Threads.virtual("test")) {
            var counts =
                    threads.submit(
                            () ->
                                    db.read(
                                            sql -> {
                                                var before = countIn(sql);
                                                first.countDown();
                                                await(written);
                                                return before + countIn(sql);
                                            }));
            await(first);
            db.write(sql -> insert(sql, "a"));
            written.countDown();
            assertThat(counts.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    private static long countIn(DSLContext sql) {
        return sql.fetchOne("SELECT count(*) FROM thing").get(0, Long.class);
    }

    @Test
    void a_reader_cannot_write() {
        assertThatThrownBy(() -> db.read(sql -> insert(sql, "a")))
                .hasStackTraceContaining("readonly");
    }

    @Test
    void foreign_keys_are_enforced() {
        assertThatThrownBy(
                        () ->
                                db.write(
                                        sql ->
                                                sql.execute(
                                                        "INSERT INTO part (thing_id) VALUES (9)")))
                .hasStackTraceContaining("FOREIGN KEY");
    }

    @Test
    void using_the_database_inside_itself_is_a_bug_that_shows_at_once() {
        assertThatThrownBy(() -> db.write(sql -> db.write(tx -> insert(tx, "a"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> db.read(sql -> count())).isInstanceOf(IllegalStateException.class);
        assertThat(count()).isZero();
    }

    @Test
    void many_writers_at_once_each_get_their_turn() throws Exception {
        try (var threads = Threads.virtual("test")) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 500; i++) {
                var name = "n" + i;
                results.add(threads.submit(() -> db.write(sql -> insert(sql, name))));
            }
            for (var result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
        assertThat(count()).isEqualTo(500);
    }

    /** docs/adr/0006: with SQLite on virtual threads this took seconds. */
    @Test
    void waiting_writers_do_not_keep_other_virtual_threads_from_running() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var threads = Threads.virtual("test")) {
            threads.submit(
                    () ->
                            db.write(
                                    sql -> {
                                        begun.countDown();
                                        await(release);
                                        return insert(sql, "slow");
                                    }));
            await(begun);
            for (int i = 0; i < 50; i++) {
                var name = "n" + i;
                threads.submit(() -> db.write(sql -> insert(sql, name)));
            }
            var other = threads.submit(() -> "ran");
            assertThat(other.get(2, TimeUnit.SECONDS)).isEqualTo("ran");
            assertThat(count()).isZero(); // readers go on as well
            release.countDown();
        }
        assertThat(count()).isEqualTo(51);
    }

    @Test
    void who_waits_too_long_is_told_so_and_their_write_does_not_happen_later() throws Exception {
        db.close();
        db = open(Duration.ofMillis(200));
        var release = new CountDownLatch(1);
        assertThatThrownBy(
                        () ->
                                db.write(
                                        sql -> {
                                            insert(sql, "late");
                                            await(release);
                                            return 1;
                                        }))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("db.busy"));
        assertThatThrownBy(() -> db.write(sql -> insert(sql, "queued")))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("db.busy"));

        release.countDown();

        eventually(() -> db.write(sql -> (long) insert(sql, "next")), 1);
        String names = db.read(sql -> sql.fetchValues("SELECT name FROM thing").toString());
        assertThat(names).isEqualTo("[next]");
    }

    private static void eventually(LongSupplier value, long expected) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                assertThat(value.getAsLong()).isEqualTo(expected);
                return;
            } catch (RuntimeException | AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    @Test
    void a_full_disk_is_a_problem_with_a_name_and_reading_goes_on() {
        db.write(sql -> insert(sql, "before"));
        assertThatThrownBy(
                        () ->
                                db.write(
                                        sql -> {
                                            // What a full disk looks like from inside SQLite.
                                            sql.fetch("PRAGMA max_page_count = 1");
                                            return sql.execute(
                                                    "INSERT INTO thing (name) VALUES"
                                                            + " (hex(zeroblob(1000000)))");
                                        }))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("db.disk-full"));

        assertThat(count()).isEqualTo(1);
        db.write(sql -> sql.fetch("PRAGMA max_page_count = 4294967294"));
        assertThatThrownBy(
                        () ->
                                db.write(
                                        sql -> {
                                            insert(sql, "half");
                                            throw Problem.invalid("test.refused", "no");
                                        }))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("test.refused"));
        db.write(sql -> insert(sql, "after"));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_closed_database_refuses() {
        db.close();
        assertThatThrownBy(this::count)
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("db.closed"));
    }

    @Test
    void the_callers_request_is_on_the_log_lines_of_its_work() {
        MDC.put("request", "r-7");
        try {
            String writing = db.write(sql -> MDC.get("request"));
            String reading = db.read(sql -> MDC.get("request"));
            assertThat(List.of(writing, reading)).containsOnly("r-7");
        } finally {
            MDC.clear();
        }
        String later = db.write(sql -> String.valueOf(MDC.get("request")));
        assertThat(later).isEqualTo("null");
    }

    @Test
    void an_idle_writer_holds_no_lock() throws Exception {
        db.write(sql -> insert(sql, "a"));
        var url = "jdbc:sqlite:" + db.file();
        try (var other = java.sql.DriverManager.getConnection(url);
                var statement = other.createStatement()) {
            statement.executeUpdate("PRAGMA busy_timeout = 0");
            statement.executeUpdate("INSERT INTO thing (name) VALUES ('b')");
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void all_is_still_there_after_a_restart() {
        db.write(sql -> insert(sql, "a"));
        db.close();
        db = open(Duration.ofSeconds(30));

        assertThat(count()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
