package org.lyceum.platform.db;

import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Some platform threads with a connection each, and the queue before them. */
final class Lane implements AutoCloseable {

    /** Opens the connection a thread of the lane keeps. */
    interface Opener {
        Connection open() throws SQLException;
    }

    private record Seat(Connection connection, DSLContext sql) {

        /**
         * Transactions are begun and ended by statements of our own: with autocommit off the driver
         * begins the next one as soon as the last has ended, so that an idle writer would hold the
         * lock for ever, and after SQLite has rolled back by itself (a full disk) it begins none.
         */
        void execute(String statement) throws SQLException {
            try (var each = connection.createStatement()) {
                each.execute(statement);
            }
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private static final ThreadLocal<@Nullable String> ON_LANE = new ThreadLocal<>();

    private final String name;
    private final String begin;
    private final Duration patience;
    private final Runnable committed;
    private final Semaphore room;
    private final ExecutorService threads;
    private final ArrayBlockingQueue<Seat> seats;

    /**
     * @param begin the statement that begins each transaction
     * @param committed called after each, before whoever waits for it goes on
     * @param listeners told of each statement
     */
    Lane(
            String name,
            String begin,
            int count,
            int waiting,
            Duration patience,
            Runnable committed,
            Opener opener,
            ExecuteListener... listeners)
            throws SQLException {
        this.committed = committed;
        this.name = name;
        this.begin = begin;
        this.patience = patience;
        this.room = new Semaphore(waiting);
        this.seats = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            var connection = opener.open();
            var configuration =
                    new DefaultConfiguration()
                            .set(connection)
                            .set(SQLDialect.SQLITE)
                            .set(listeners);
            seats.add(new Seat(connection, DSL.using(configuration)));
        }
        this.threads = Threads.platform("db-" + name, count);
    }

    /** Runs {@code work} in one transaction on a thread of the lane, and waits for it. */
    <T> T run(Function<DSLContext, T> work) {
        if (ON_LANE.get() != null) {
            throw new IllegalStateException(
                    "nested use of the database: pass the DSLContext down instead");
        }
        if (!room.tryAcquire()) {
            throw busy(null);
        }
        var abandoned = new AtomicBoolean();
        var logging = MDC.getCopyOfContextMap();
        Future<T> result;
        try {
            result = threads.submit(() -> seated(work, abandoned, logging));
        } catch (RuntimeException closed) {
            room.release();
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE, "db.closed", "The platform is shutting down.");
        }
        return await(result, abandoned);
    }

    private <T> T await(Future<T> result, AtomicBoolean abandoned) {
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // One that has begun cannot be interrupted inside SQLite; it rolls back at its end.
            abandoned.set(true);
            throw busy(e);
        } catch (InterruptedException e) {
            abandoned.set(true);
            Thread.currentThread().interrupt();
            throw busy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException sql) {
                throw translate(sql);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("database work", e.getCause());
        }
    }

    private <T> T seated(
            Function<DSLContext, T> work, AtomicBoolean abandoned, Map<String, String> logging) {
        try {
            if (abandoned.get()) {
                throw busy(null);
            }
            var seat = seats.remove();
            ON_LANE.set(name);
            if (logging != null) {
                MDC.setContextMap(logging); // log and audit lines below name the caller's request
            }
            try {
                return inTransaction(seat, work, abandoned);
            } finally {
                MDC.clear();
                ON_LANE.remove();
                seats.add(seat);
            }
        } finally {
            room.release();
        }
    }

    private <T> T inTransaction(Seat seat, Function<DSLContext, T> work, AtomicBoolean abandoned) {
        boolean done = false;
        try {
            seat.execute(begin);
            T result = work.apply(seat.sql());
            if (abandoned.get()) {
                throw busy(null); // the caller was told that it failed, so it must not happen
            }
            seat.execute("COMMIT");
            done = true;
            committed.run();
            return result;
        } catch (SQLException e) {
            throw new DataAccessException("begin or commit", e);
        } finally {
            if (!done) {
                rollback(seat);
            }
        }
    }

    private static void rollback(Seat seat) {
        try {
            seat.execute("ROLLBACK");
        } catch (SQLException e) {
            // After a full disk SQLite has rolled back already; whatever it is, what made us roll
            // back
            // is on its way up and says more.
            log.debug("db.rollback-refused", e);
        }
    }

    private static RuntimeException translate(DataAccessException failure) {
        var cause = failure.getCause(SQLiteException.class);
        if (cause == null) {
            return failure;
        }
        int primary = cause.getResultCode().code & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "db.disk-full",
                    "The disk that holds the platform's data is full; an administrator must free"
                            + " some space.",
                    failure);
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
            return busy(failure);
        }
        return failure;
    }

    private static Problem busy(@Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "db.busy",
                "The platform is too busy to answer right now; try again in a minute.",
                cause);
    }

    @Override
    public void close() {
        Threads.stop(threads, patience);
        for (var seat : seats) {
            try {
                seat.connection().close();
            } catch (SQLException e) {
                log.warn("db.close-failed", e);
            }
        }
    }
}
