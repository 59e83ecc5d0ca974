package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.util.Locale;

/** What an operator does with the pool, from the installer; works while the platform runs. */
final class StorageCommand {

    enum Verb {
        SET_UP,
        STATUS,
        GROW,
        CLOSE;

        static @Nullable Verb of(String word) {
            for (var verb : values()) {
                if (verb.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                    return verb;
                }
            }
            return null;
        }
    }

    private StorageCommand() {}

    /**
     * @throws Problem UNAVAILABLE pool.failed, INVALID pool.size-invalid
     */
    static void run(Arguments.Storage asked, StorageConfig config) {
        try (var pool = StorageModule.pool(config)) {
            switch (asked.verb()) {
                case SET_UP -> print(pool.setUp());
                case STATUS -> print(pool.open());
                case GROW -> print(pool.grow(size(asked.size())));
                case CLOSE -> pool.unmount();
            }
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "pool.failed",
                    "The pool that holds people's files: " + e.getMessage(),
                    e);
        }
    }

    private static long size(String text) {
        try {
            return Bytes.parse(text).value();
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "pool.size-invalid", String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(PoolReport report) {
        System.out.println("pool: " + words(report));
        System.out.printf(
                "room: %s, %s free%n",
                new Bytes(report.totalBytes()), new Bytes(report.availableBytes()));
        for (var tried : report.tried()) {
            System.out.printf(
                    "tried: %s: %s, %s%n",
                    tried.what(), tried.worked() ? "works" : "does not work", tried.words());
        }
        if (!report.kind().abilities().bytes()) {
            System.out.println(
                    "WARNING: limits are shown to people and NOT ENFORCED; one person can fill the"
                            + " disk");
        }
    }

    private static String words(PoolReport report) {
        return switch (report.kind()) {
                    case XFS, EXT4 -> "project quotas of " + name(report);
                    case BTRFS -> "quota groups of btrfs";
                    case IMAGES -> "an image for each folder";
                    case MEASURED -> "measured only";
                }
                + (report.image() ? " in a pool image" : "")
                + " at "
                + report.place();
    }

    private static String name(PoolReport report) {
        return report.kind().name().toLowerCase(Locale.ROOT);
    }
}
