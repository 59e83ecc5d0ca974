package org.lyceum.storage.keeper;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.OrdinaryUser;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Limits;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Finds out whether limits hold, by breaking one: makes a throwaway folder, writes past its limit
 * as an ordinary user, and looks at what the kernel says.
 */
final class Trial {

    private static final Folder FOLDER =
            new Folder(Folder.MAX_NUMBER - 1, FolderKey.home(new CommunityId(1), new UserId(1)));

    private static final Limits LIMITS = new Limits(4L << 20, 40);

    /** Rounding, and what a directory itself costs. */
    private static final long TOLERANCE = 256L << 10;

    private static final int FILES = 80;

    /** ext4 makes inodes by the block. */
    private static final int INODE_BLOCK = 16;

    private Trial() {}

    /**
     * @param root a directory on the file system to try, which is left as it was
     * @return what happened, for people
     * @throws IOException when limits do not hold; the message says how it showed
     */
    static String run(Path root, Function<Path, QuotaBackend> backends) throws IOException {
        var place = Files.createTempDirectory(root, ".trial-");
        try {
            var backend = backends.apply(place);
            Files.createDirectories(place.resolve(FOLDER.key().parent()));
            try (var top = Directory.open(place);
                    var parent = top.below(FOLDER.key().parent())) {
                try {
                    return breakLimits(backend, parent);
                } finally {
                    backend.remove(parent, FOLDER);
                }
            }
        } finally {
            try (var above = Directory.open(root)) {
                org.lyceum.platform.linux.Trees.remove(above, place.getFileName().toString());
            }
        }
    }

    private static String breakLimits(QuotaBackend backend, Directory parent) throws IOException {
        var made = backend.make(parent, FOLDER, LIMITS);
        var name = FOLDER.key().name() + (made.inside().isEmpty() ? "" : "/" + made.inside());
        try (var folder = parent.below(name)) {
            folder.own(StorageConfig.UID, StorageConfig.GID);
            var said = writeTooMuch(folder);
            if (backend.kind().abilities().inodes()) {
                folder.removeFile("trial");
                said += "; " + makeTooMany(folder);
            }
            return said;
        }
    }

    private static String writeTooMuch(Directory folder) throws IOException {
        var outcome = OrdinaryUser.write(folder, StorageConfig.UID, "trial", 2 * LIMITS.bytes());
        requireRefusal(outcome, outcome.done() <= LIMITS.bytes() + TOLERANCE, "bytes");
        return "writing past a limit of 4 MiB ended after "
                + outcome.done() / 1024
                + " KiB with "
                + word(outcome.errno());
    }

    private static String makeTooMany(Directory folder) throws IOException {
        var outcome = OrdinaryUser.makeFiles(folder, StorageConfig.UID, "file-", FILES);
        requireRefusal(outcome, outcome.done() <= LIMITS.inodes() + INODE_BLOCK, "files");
        return "making files past a limit of 40 ended after "
                + outcome.done()
                + " with "
                + word(outcome.errno());
    }

    private static void requireRefusal(OrdinaryUser.Outcome outcome, boolean inTime, String what)
            throws IOException {
        if (outcome.errno() == 0) {
            throw new IOException("the limit on " + what + " was not enforced");
        }
        if (outcome.errno() != KernelException.EDQUOT
                && outcome.errno() != KernelException.ENOSPC) {
            throw new KernelException("writing past the limit on " + what, outcome.errno());
        }
        if (!inTime) {
            throw new IOException(
                    "the limit on " + what + " held only after " + outcome.done() + " " + what);
        }
    }

    private static String word(int errno) {
        return errno == KernelException.EDQUOT ? "EDQUOT" : "ENOSPC";
    }
}
