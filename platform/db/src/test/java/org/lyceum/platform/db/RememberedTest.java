package org.lyceum.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Goal: no answer outlives the truth of it. Method: a real file, and reads that are counted. */
class RememberedTest {

    @TempDir Path directory;
    private final AtomicInteger reads = new AtomicInteger();
    private Database db;
    private Remembered<String, Integer> remembered;

    @BeforeEach
    void open() {
        db =
                Database.open(
                        directory.resolve("a.db"),
                        Migrations.of(new TreeMap<>(), Clock.systemUTC()));
        db.write(tx -> tx.execute("CREATE TABLE a_thing (name TEXT, n INTEGER)"));
        remembered = new Remembered<>(db, 3);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Optional<Integer> ask(String name) {
        return remembered.get(name, () -> read(name));
    }

    private Optional<Integer> read(String name) {
        reads.incrementAndGet();
        return db.read(
                sql ->
                        sql.fetchOptional("SELECT n FROM a_thing WHERE name = ?", name)
                                .map(row -> row.get(0, Integer.class)));
    }

    private void put(String name, int n) {
        db.write(tx -> tx.execute("INSERT INTO a_thing VALUES (?, ?)", name, n));
    }

    @Test
    void what_was_read_is_read_once_until_something_is_written() {
        put("a", 1);

        assertThat(remembered.peek("a")).isEmpty();
        assertThat(ask("a")).contains(1);
        assertThat(ask("a")).contains(1);
        assertThat(reads).hasValue(1);
        assertThat(remembered.peek("a")).contains(1);
        put("b", 2);
        assertThat(remembered.peek("a")).isEmpty();
    }

    @Test
    void a_write_that_has_returned_is_seen_whatever_it_was_about() {
        put("a", 1);
        ask("a");
        db.write(tx -> tx.execute("UPDATE a_thing SET n = 2"));
        assertThat(ask("a")).contains(2);
        db.write(tx -> tx.execute("DELETE FROM a_thing"));
        assertThat(ask("a")).isEmpty();
        put("a", 3);
        assertThat(ask("a")).contains(3);
    }

    @Test
    void a_read_that_a_write_overtakes_is_not_kept() {
        put("a", 1);
        var old =
                remembered.get(
                        "a",
                        () -> {
                            var before = read("a");
                            db.write(tx -> tx.execute("UPDATE a_thing SET n = 2"));
                            return before;
                        });

        assertThat(old).contains(1);
        assertThat(ask("a")).contains(2);
    }

    private static final Table<?> THING = DSL.table(DSL.name("a_thing"));
    private static final Table<?> OTHER = DSL.table(DSL.name("a_other"));
    private static final Field<String> NAME = DSL.field(DSL.name("name"), String.class);
    private static final Field<Integer> N = DSL.field(DSL.name("n"), Integer.class);

    @Test
    void what_was_read_from_a_table_outlives_writes_to_others_but_none_to_it() {
        db.write(tx -> tx.execute("CREATE TABLE a_other (name TEXT, n INTEGER)"));
        remembered = new Remembered<>(db, 3, THING);
        put("a", 1);
        ask("a");
        db.write(tx -> tx.insertInto(OTHER).set(N, 1).execute());
        db.write(tx -> tx.update(OTHER).set(N, 2).execute());
        assertThat(ask("a")).contains(1);
        assertThat(reads).hasValue(1);

        db.write(tx -> tx.update(THING).set(N, 2).execute());
        assertThat(ask("a")).contains(2);
        db.write(tx -> tx.batch(tx.update(OTHER).set(N, 3), tx.update(THING).set(N, 3)).execute());
        assertThat(ask("a")).contains(3);
        db.write(tx -> tx.insertInto(THING, NAME, N).values("b", 1).execute());
        assertThat(ask("b")).contains(1);
        db.write(tx -> tx.deleteFrom(THING).execute());
        assertThat(ask("a")).isEmpty();
    }

    @Test
    void what_goes_with_a_row_of_another_table_is_gone_here_too() {
        db.write(tx -> tx.execute("CREATE TABLE a_owner (name TEXT PRIMARY KEY)"));
        db.write(
                tx ->
                        tx.execute(
                                "CREATE TABLE a_owned (name TEXT REFERENCES a_owner (name)"
                                        + " ON DELETE CASCADE, n INTEGER)"));
        db.write(tx -> tx.execute("INSERT INTO a_owner VALUES ('a')"));
        db.write(tx -> tx.execute("INSERT INTO a_owned VALUES ('a', 1)"));
        var owned = new Remembered<String, Integer>(db, 3, DSL.table(DSL.name("a_owned")));
        Supplier<Optional<Integer>> read =
                () ->
                        db.read(
                                sql ->
                                        sql.fetchOptional("SELECT n FROM a_owned")
                                                .map(row -> row.get(0, Integer.class)));
        assertThat(owned.get("a", read)).contains(1);
        db.write(tx -> tx.deleteFrom(DSL.table(DSL.name("a_owner"))).execute());
        assertThat(owned.get("a", read)).isEmpty();
    }

    @Test
    void of_several_only_the_unknown_are_read_and_together() {
        put("a", 1);
        put("b", 2);
        ask("a");
        var asked = new ArrayList<List<String>>();
        Function<List<String>, Map<String, Integer>> read =
                names -> {
                    asked.add(names);
                    return names.contains("b") ? Map.of("b", 2) : Map.of();
                };

        var expected = Map.of("a", 1, "b", 2, "c", 0);
        assertThat(remembered.all(List.of("a", "b", "c"), 0, read)).isEqualTo(expected);
        assertThat(remembered.all(List.of("c", "b", "a"), 0, read)).isEqualTo(expected);
        assertThat(asked).containsExactly(List.of("b", "c"));
        put("d", 4);
        remembered.all(List.of("a"), 0, read);
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_is_not_there_is_asked_for_again() {
        assertThat(ask("nobody")).isEmpty();
        assertThat(ask("nobody")).isEmpty();
        assertThat(reads).hasValue(2);
    }

    @Test
    void a_write_that_failed_changes_nothing() {
        put("a", 1);
        ask("a");
        assertThatThrownBy(
                        () ->
                                db.write(
                                        tx -> {
                                            tx.execute("UPDATE a_thing SET n = 2");
                                            throw new IllegalStateException("no");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(ask("a")).contains(1);
    }

    @Test
    void more_than_there_is_room_for_forgets_the_rest() {
        for (int i = 0; i < 10; i++) {
            put("n" + i, i);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(ask("n" + i)).contains(i);
        }
        assertThat(ask("n9")).contains(9);
    }

    @Test
    void who_reads_while_others_write_never_sees_the_past() throws InterruptedException {
        put("a", 0);
        var wrong = new AtomicReference<String>();
        var written = new AtomicInteger();
        var writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 1; i <= 300; i++) {
                                        int n = i;
                                        db.write(tx -> tx.execute("UPDATE a_thing SET n = ?", n));
                                        written.set(n);
                                    }
                                });
        while (writer.isAlive()) {
            int least = written.get();
            int seen = ask("a").orElseThrow();
            if (seen < least) {
                wrong.set("saw " + seen + " after " + least + " was written");
            }
        }
        writer.join();
        assertThat(wrong).hasValue(null);
        assertThat(ask("a")).contains(300);
    }
}
