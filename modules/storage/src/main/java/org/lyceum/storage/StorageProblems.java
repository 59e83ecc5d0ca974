package org.lyceum.storage;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;

/** What people are told when the disk, the kernel or the keeper is in the way. */
final class StorageProblems {

    private StorageProblems() {}

    static Problem notMounted(IOException cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "storage.not-mountable",
                "Your files could not be put into a server that was waiting; an administrator must"
                        + " look at the platform's log.",
                cause);
    }

    static Problem of(IOException cause) {
        if (cause instanceof UnsafeFolderException) {
            return new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "storage.unsafe",
                    "Your home cannot be used as it is; ask an administrator to look at the"
                            + " platform's log.",
                    cause);
        }
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "storage.unwritable",
                "Your files cannot be reached: the pool that holds them is not there, or the"
                        + " platform may not write to it. An administrator must look at the disk"
                        + " ('installer/lyceum storage status').",
                cause);
    }
}
