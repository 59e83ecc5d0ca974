package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.DiskPurpose;
import org.lyceum.storage.DiskUse;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Where people's files, images and the platform's own records lie. */
final class StorageChecks {

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private final StorageModule storage;
    private final Database db;
    private final Path keys;

    /**
     * @param keys directory with what seals secrets
     */
    StorageChecks(StorageModule storage, Database db, Path keys) {
        this.storage = storage;
        this.db = db;
        this.keys = keys;
    }

    List<Check> all() {
        return List.of(
                check("quotas", "Are people's limits enforced?", this::quotas),
                disk("files", "Is there room for people's files?", DiskPurpose.FILES),
                disk("images", "Is there room for environments?", DiskPurpose.IMAGES),
                disk("records", "Is there room for the platform's records?", DiskPurpose.RECORDS),
                check("database", "Is the database sound?", this::database),
                check("keys", "Are the platform's keys its own?", this::keysPrivate));
    }

    private static Check check(String id, String asks, Callable<Finding> look) {
        return new Check("storage." + id, Area.STORAGE, asks, look);
    }

    private Check disk(String id, String asks, DiskPurpose purpose) {
        return check(id, asks, () -> disk(purpose));
    }

    private Finding quotas() {
        var pool = storage.poolService().report();
        if (pool.kind() == PoolKind.MEASURED) {
            return fault(
                    "Nothing enforces people's limits: one person can fill the disk for all.",
                    "Make a pool that enforces them; the page about storage in the documentation"
                            + " says which file systems can.",
                    null);
        }
        return well("The kernel enforces them in " + pool.place() + ".");
    }

    private Finding disk(DiskPurpose purpose) {
        return storage.disks().look().stream()
                .filter(use -> use.purpose() == purpose)
                .findFirst()
                .map(StorageChecks::judge)
                .orElseGet(
                        () ->
                                fault(
                                        "The directory is not there.",
                                        "Look at the log of the platform, and whether a disk is"
                                                + " missing.",
                                        "findmnt"));
    }

    private static Finding judge(DiskUse use) {
        var words =
                new Bytes(use.availableBytes())
                        + " of "
                        + new Bytes(use.totalBytes())
                        + " are free on the disk of "
                        + use.place()
                        + ".";
        var fix = use.purpose() == DiskPurpose.FILES ? ROOM_FOR_FILES : ROOM;
        return switch (use.level()) {
            case FINE -> well(words);
            case HIGH -> warning(words, fix, null);
            case NEARLY_FULL, FULL -> fault(words, fix, null);
        };
    }

    private static final String ROOM =
            "Make room, or add a disk; the panel's page Storage says what takes how much.";

    private static final String ROOM_FOR_FILES =
            "Make the pool larger on the panel's page Storage, or ask people to tidy up.";

    private Finding database() {
        var damage = db.damage();
        return damage.isEmpty()
                ? well("All of its pages were read and fit together.")
                : fault(
                        "The file is damaged: " + String.join("; ", damage),
                        "Stop the platform, keep the file, and put the latest copy in its place;"
                                + " copies lie beside it. Then look for a failing disk.",
                        "ls -l " + db.file().toAbsolutePath().getParent());
    }

    private Finding keysPrivate() throws IOException {
        try (var all = Files.newDirectoryStream(keys)) {
            for (var key : all) {
                var mode = Files.getPosixFilePermissions(key, LinkOption.NOFOLLOW_LINKS);
                if (mode.stream().anyMatch(OTHERS::contains)) {
                    return fault(
                            "Others on this machine can read "
                                    + key
                                    + ", and with it what is sealed in the database.",
                            "Take their right away. If somebody untrusted was on this machine,"
                                    + " renew the secrets of sign-in providers too.",
                            "chmod 600 " + key);
                }
            }
        }
        return well("Nobody else on this machine can read them.");
    }
}
