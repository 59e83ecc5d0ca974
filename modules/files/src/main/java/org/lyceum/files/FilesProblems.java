package org.lyceum.files;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.KernelException;

import java.io.IOException;

/** What people are told when the kernel refuses something in their folder. */
final class FilesProblems {

    private FilesProblems() {}

    static Problem of(IOException cause) {
        return cause instanceof KernelException refused ? of(refused) : unreachable(cause);
    }

    private static Problem of(KernelException cause) {
        return switch (cause.errno()) {
            case KernelException.ENOENT, KernelException.ENOTDIR -> unknown(cause);
            case KernelException.EEXIST, KernelException.ENOTEMPTY -> exists(cause);
            case KernelException.EDQUOT, KernelException.ENOSPC -> full(cause);
            case KernelException.ELOOP,
                    KernelException.EISDIR,
                    KernelException.EINVAL,
                    KernelException.ENXIO ->
                    new Problem(
                            Problem.Kind.INVALID,
                            "files.not-plain",
                            "This is a link, a pipe or something else that is no plain file or"
                                    + " folder. It can be renamed and deleted here, and used in a"
                                    + " server.",
                            cause);
            case KernelException.EACCES, KernelException.EPERM, KernelException.EROFS ->
                    new Problem(
                            Problem.Kind.FORBIDDEN,
                            "files.no-permission",
                            "The permissions of this file or folder do not allow that. Change them"
                                    + " in a server ('chmod u+rwX'), then try again.",
                            cause);
            case KernelException.ENAMETOOLONG ->
                    new Problem(
                            Problem.Kind.INVALID,
                            "files.name-invalid",
                            "The name is too long; choose a shorter one.",
                            cause);
            default -> unreachable(cause);
        };
    }

    static Problem unknown(@org.jspecify.annotations.Nullable IOException cause) {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "files.unknown",
                "There is no such file or folder any more. It was moved or deleted; look in the"
                        + " folder above, or in the trash.",
                cause);
    }

    static Problem exists(IOException cause) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "files.exists",
                "There is something of this name already. Choose another name, or move the other"
                        + " away first.",
                cause);
    }

    static Problem full(@org.jspecify.annotations.Nullable IOException cause) {
        return new Problem(
                Problem.Kind.OVER_QUOTA,
                "files.full",
                "There is not enough room left here for this. Delete what is no longer needed and"
                        + " empty the trash, or ask for more.",
                cause);
    }

    static Problem busy() {
        return Problem.of(
                Problem.Kind.BUSY,
                "files.busy",
                "Too many of your files are on their way already. Wait until one has arrived.");
    }

    static Problem crowded() {
        return Problem.of(
                Problem.Kind.BUSY,
                "files.busy",
                "Many people send and fetch files just now. Try again in a minute.");
    }

    static Problem brokenOff(IOException cause) {
        return new Problem(
                Problem.Kind.INVALID,
                "files.upload-broken-off",
                "The upload ended before the file was whole. Nothing of it was kept; send it"
                        + " again.",
                cause);
    }

    private static Problem unreachable(IOException cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "files.unreachable",
                "Your files cannot be reached just now. Try again in a minute; if it stays so, an"
                        + " administrator must look at the platform's log.",
                cause);
    }
}
