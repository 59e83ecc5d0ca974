package org.lyceum.platform.db;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;

/** The copies made before migrations, beside the file: the way back when an upgrade goes wrong. */
final class DatabaseCopies {

    /** Enough to go back over two upgrades; each is as large as the database. */
    static final int KEPT = 3;

    private static final Logger log = LoggerFactory.getLogger(DatabaseCopies.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;

    DatabaseCopies(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    /** Writes a whole, consistent copy, and removes all but the newest {@value #KEPT}. */
    void make(Connection connection, int version) throws SQLException {
        try {
            var copy =
                    file.resolveSibling(prefix() + STAMP.format(clock.instant()) + "-v" + version);
            Files.deleteIfExists(copy); // a start that failed within this second
            try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, copy.toString());
                statement.execute();
            }
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            log.info("db.copied file={}", copy.getFileName());
            removeOld();
        } catch (IOException e) {
            throw new UncheckedIOException("copy the database before migrating it", e);
        }
    }

    private void removeOld() throws IOException {
        try (var files = Files.list(file.resolveSibling("."))) {
            var copies =
                    files.filter(path -> path.getFileName().toString().startsWith(prefix()))
                            .sorted(Comparator.comparing(Path::toString).reversed())
                            .toList();
            for (var old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
                Files.delete(old);
            }
        }
    }

    private String prefix() {
        return file.getFileName() + ".before-";
    }
}
