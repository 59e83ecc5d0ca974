package org.lyceum.platform.db;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.kernel.Problem;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The one SQLite file: one writer, two readers, each a platform thread of its own. Blocking:
 * callers wait in the JVM, never inside SQLite, so a waiting virtual thread gives its carrier back.
 *
 * <p>Both methods run in one transaction: what {@code read} sees is one moment. Neither may be
 * called inside the other or itself.
 */
public final class Database implements Module {

    /** As many as the machine we are made for has cores; more only wait for each other. */
    private static final int READERS = 2;

    /** Of a file that is damaged, so many places are named; one is too many. */
    private static final int MAX_DAMAGE = 5;

    /** Above this many callers in line, waiting longer than the deadline is certain. */
    private static final int MAX_WAITING = 2_000;

    /** A browser gives up about then. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        // jOOQ prints a logo and a tip on first use otherwise.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final Path file;
    private final Changes changes = new Changes();
    private final Lane readers;
    private final Lane writer;

    private Database(Path file, Duration patience) throws SQLException {
        this.file = file;
        // The write lock is taken at the beginning: upgrading to it later can fail half-way.
        this.writer =
                new Lane(
                        "writer",
                        "BEGIN IMMEDIATE",
                        1,
                        MAX_WAITING,
                        patience,
                        changes::committed,
                        () -> Connections.writer(file),
                        changes);
        this.readers =
                new Lane(
                        "reader",
                        "BEGIN DEFERRED",
                        READERS,
                        MAX_WAITING,
                        patience,
                        () -> {},
                        () -> Connections.reader(file));
    }

    /** Loads what the first statement would have to wait for: a thousand classes of jOOQ. */
    public static void wake() {
        var _ = DSL.using(SQLDialect.SQLITE).selectOne().getSQL();
    }

    /**
     * Opens {@code file}, which is made when missing, and brings it to the newest migration.
     *
     * @throws Problem UNAVAILABLE db.newer when a newer program wrote the file,
     *     db.migration-changed when an applied migration is not the one this program knows,
     *     db.unreadable when it is no database or cannot be opened
     */
    public static Database open(Path file, Migrations migrations) {
        return open(file, migrations, PATIENCE);
    }

    static Database open(Path file, Migrations migrations, Duration patience) {
        NativeLibrary.prepare(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try {
            migrations.apply(file);
            return new Database(file, patience);
        } catch (SQLException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "db.unreadable",
                    "The database file cannot be opened ("
                            + e.getMessage()
                            + "); check its owner and the disk, or restore a backup.",
                    e);
        }
    }

    /**
     * Runs {@code query} on a reader; it sees every write that has returned.
     *
     * @throws Problem UNAVAILABLE db.busy after 30 s, or when too many wait already
     */
    public <T> T read(Function<DSLContext, T> query) {
        return readers.run(query);
    }

    /**
     * Runs {@code change} in one transaction, one at a time; an exception rolls it back. No Docker,
     * HTTP or sleep inside.
     *
     * @throws Problem UNAVAILABLE db.busy after 30 s, db.disk-full
     */
    public <T> T write(Function<DSLContext, T> change) {
        return writer.run(change);
    }

    /**
     * What is wrong with the file itself, in SQLite's words; empty when it is sound. Reads all of
     * it, so it takes a second for each GiB or so.
     */
    public List<String> damage() {
        var told =
                readers.run(
                        dsl ->
                                dsl.fetch("PRAGMA quick_check(" + MAX_DAMAGE + ")")
                                        .getValues(0, String.class));
        return told.equals(List.of("ok")) ? List.of() : told;
    }

    /** Of all that has been written, counted before each write returns. */
    Changes changes() {
        return changes;
    }

    /** The file; its directory also holds the copies made before migrations. */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
