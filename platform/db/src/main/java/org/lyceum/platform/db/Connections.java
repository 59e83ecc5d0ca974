package org.lyceum.platform.db;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections; the only place that sets pragmas. */
final class Connections {

    /** Only for another process on the same file, such as a backup: inside ours, writers queue. */
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** Pages are 4 KiB: 8 MiB a connection holds the hot rows of ten thousand users. */
    private static final int CACHE_KIB = 8 * 1024;

    private Connections() {}

    static Connection writer(Path file) throws SQLException {
        var config = common();
        // Readers go on while somebody writes, and a commit is one append.
        config.setJournalMode(JournalMode.WAL);
        return config.createConnection(url(file));
    }

    static Connection reader(Path file) throws SQLException {
        var config = common();
        var connection = config.createConnection(url(file));
        try (var statement = connection.createStatement()) {
            // A write that slipped into read() fails at once instead of fighting the writer.
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    private static SQLiteConfig common() {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true); // SQLite's default is off
        // In WAL mode a crash of the process loses nothing; a power cut may lose the last commits,
        // never the file. FULL would cost an fsync per commit.
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.setTempStore(TempStore.MEMORY); // no sort spills into a directory we do not watch
        return config;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }
}
