package org.lyceum.storage;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;

/** Makes homes. Blocking. */
public final class HomeService {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private final StorageConfig config;
    private final Path data;
    private final HomeRepository homes;
    private final Clock clock;

    HomeService(StorageConfig config, Path data, HomeRepository homes, Clock clock) {
        this.config = config;
        this.data = data;
        this.homes = homes;
        this.clock = clock;
    }

    /**
     * The user's home, made if it is not there: {@code communities/1/homes/7} below the data
     * directory, owned by the containers' user, closed to everybody else. An existing home is left
     * as it is.
     *
     * @throws Problem UNAVAILABLE {@code storage.disk-full} when less than the reserve is free,
     *     {@code storage.unsafe} when something that is no plain directory is in the way, {@code
     *     storage.unwritable}
     */
    public Home ensure(CommunityId community, UserId user) {
        var parent = data.resolve("communities").resolve(community.toString()).resolve("homes");
        var path = parent.resolve(user.toString());
        try {
            makeParents(parent);
            requireRoom(parent);
            makeHome(path);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "storage.unwritable",
                    "Your files cannot be reached: the platform may not write to its data"
                        + " directory. An administrator must look at the disk and its permissions.",
                    e);
        }
        if (!homes.known(community, user)) {
            homes.add(community, user, clock.instant());
        }
        return new Home(community, user, path);
    }

    private void makeParents(Path parent) throws IOException {
        var step = data;
        for (var name : data.relativize(parent)) {
            step = step.resolve(name);
            makeDirectory(step);
        }
    }

    private void makeHome(Path path) throws IOException {
        if (makeDirectory(path)) {
            giveAway(path);
            return;
        }
        var owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (owner == null || owner != StorageConfig.UID) {
            // A crash between making and giving away leaves it ours and empty: finish the work.
            try (var entries = Files.newDirectoryStream(path)) {
                if (entries.iterator().hasNext()) {
                    throw unsafe("the home " + path + " belongs to uid " + owner);
                }
            }
            giveAway(path);
        }
    }

    private static void giveAway(Path path) throws IOException {
        Files.setAttribute(path, "unix:gid", StorageConfig.GID, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", StorageConfig.UID, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it had to be made. A link is refused, wherever it leads. */
    private static boolean makeDirectory(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return true;
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw unsafe(path + " is not a directory");
            }
            return false;
        }
    }

    private void requireRoom(Path parent) throws IOException {
        long free = Files.getFileStore(parent).getUsableSpace();
        if (free < config.reserve().value()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "storage.disk-full",
                    "The disk is nearly full ("
                            + new Bytes(Math.max(0, free))
                            + " left, "
                            + config.reserve()
                            + " are kept free). Delete files you do not need in a"
                            + " server that runs, or ask an administrator for space.");
        }
    }

    private static Problem unsafe(String what) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "storage.unsafe",
                "Your home cannot be used as it is; ask an administrator to look at the platform's"
                        + " log.",
                new IOException(what));
    }
}
