package org.lyceum.storage.tree;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.KernelException;

/** How a file that has changed gets into a snapshot. */
public enum Way {
    /** By sharing its blocks: it costs what is written afterwards. */
    SHARE,
    /** By copying it. */
    COPY;

    private static final byte[] PROBE = new byte[4_096];

    /** Finds out by doing it, with two files that have no name. */
    public static Way of(Directory directory) throws KernelException {
        try (var from = Entries.nameless(directory, 0600);
                var to = Entries.nameless(directory, 0600)) {
            from.write(PROBE, 0, PROBE.length);
            Entries.share(from, to);
            return SHARE;
        } catch (KernelException e) {
            if (cannotShare(e)) {
                return COPY;
            }
            throw e;
        }
    }

    static boolean cannotShare(KernelException e) {
        return e.is(
                KernelException.EOPNOTSUPP,
                KernelException.ENOTTY,
                KernelException.EINVAL,
                KernelException.EXDEV);
    }
}
