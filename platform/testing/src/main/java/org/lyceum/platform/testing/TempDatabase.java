package org.lyceum.platform.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A real, migrated database file for each test, with a clock to move. Register it as a field:
 * {@code @RegisterExtension final TempDatabase temp = new TempDatabase();}
 */
public final class TempDatabase implements BeforeEachCallback, AfterEachCallback {

    private final MovableClock clock = new MovableClock();
    private @Nullable Path directory;
    private @Nullable Database database;

    /** The database of this test; community 1 is there, nothing else is. */
    public Database database() {
        return present(database);
    }

    public MovableClock clock() {
        return clock;
    }

    /** A directory of this test's own; the database file is in it. */
    public Path directory() {
        return present(directory);
    }

    /** Closes the database and opens it again, as a restart of the program does. */
    public Database reopen() {
        database().close();
        return open();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("lyceum-test-");
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        database().close();
        try (var files = Files.walk(directory())) {
            files.sorted(Comparator.reverseOrder()).forEach(TempDatabase::delete);
        }
    }

    private Database open() {
        var loader = TempDatabase.class.getClassLoader();
        database = Database.open(directory().resolve("lyceum.db"), Migrations.from(loader, clock));
        return database;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("remove " + file, e);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("only while a test runs");
        }
        return value;
    }
}
