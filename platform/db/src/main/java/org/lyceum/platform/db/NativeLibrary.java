package org.lyceum.platform.db;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Keeps SQLite's native library beside the database. The driver would unpack it into the temporary
 * directory at every start and compare it byte by byte: 75 ms of processor time, measured, of the
 * 600 a start may take. Whoever can write here can write the database as well.
 */
final class NativeLibrary {

    private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

    /** Where the driver looks first; it unpacks the library itself when loading from here fails. */
    private static final String PATH = "org.sqlite.lib.path";

    private static final String NAME = "org.sqlite.lib.name";

    /**
     * The driver's names for the machines we are made for. It could tell itself, but runs a program
     * to find out whether it is on a telephone.
     */
    private static final Map<String, String> MACHINES =
            Map.of("amd64", "x86_64", "aarch64", "aarch64");

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("r-x------");

    private NativeLibrary() {}

    /** Unpacks the library into {@code directory} unless it is there, and tells the driver. */
    static void prepare(Path directory) {
        if (System.getProperty(PATH) != null) {
            return;
        }
        var machine = MACHINES.get(System.getProperty("os.arch"));
        if (machine == null) {
            return;
        }
        var name = "libsqlitejdbc-" + SQLiteJDBCLoader.getVersion() + "-Linux-" + machine;
        var library = directory.resolve(name + ".so");
        try {
            if (!usable(library)) {
                unpack("/org/sqlite/native/Linux/" + machine + "/libsqlitejdbc.so", library);
            }
            System.setProperty(PATH, directory.toString());
            System.setProperty(NAME, library.getFileName().toString());
        } catch (IOException | RuntimeException e) {
            log.info("db.library-not-kept reason=\"{}\"", e.toString());
        }
    }

    /** Ours and nobody else's to write; another one is replaced, not trusted. */
    private static boolean usable(Path library) throws IOException {
        return Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(library).equals(OWNER_ONLY)
                && Files.getOwner(library).equals(Files.getOwner(library.resolveSibling(".")));
    }

    private static void unpack(String resource, Path library) throws IOException {
        try (var stream = NativeLibrary.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("the driver has no library for this machine");
            }
            var part = Files.createTempFile(library.resolveSibling("."), "libsqlitejdbc-", ".part");
            try {
                Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(part, OWNER_ONLY);
                // Whole or not at all: a start that is killed here leaves no half library.
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
