package org.lyceum.platform.linux;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Writes as somebody without any privilege, to see what the kernel really refuses. Root would prove
 * nothing: ext4 lets it pass every limit. A thread of its own becomes that user and ends.
 */
public final class OrdinaryUser {

    private static final int O_CREAT_WRONLY = 0x40 | 1;

    private OrdinaryUser() {}

    /**
     * What came of a try.
     *
     * @param done bytes written, or files made, before the kernel refused
     * @param errno with which it refused; 0 when it never did
     */
    public record Outcome(long done, int errno) {}

    /** Writes this many bytes into a new file of the directory, which must be the user's. */
    public static Outcome write(Directory directory, int uid, String file, long bytes)
            throws IOException {
        return as(uid, () -> writing(directory, file, bytes));
    }

    /** Makes this many empty files in the directory, which must be the user's. */
    public static Outcome makeFiles(Directory directory, int uid, String prefix, int count)
            throws IOException {
        return as(uid, () -> making(directory, prefix, count));
    }

    private static Outcome writing(Directory directory, String name, long bytes)
            throws KernelException {
        long done = 0;
        try (var arena = Arena.ofConfined()) {
            var piece = arena.allocate(64 * 1024);
            piece.fill((byte) 'x');
            try (var file = make(directory, name, arena)) {
                while (done < bytes) {
                    long now = Math.min(piece.byteSize(), bytes - done);
                    done += Call.WRITE.of(name, file.number(), piece, now);
                }
                Call.FSYNC.of(name, file.number());
            }
            return new Outcome(done, 0);
        } catch (KernelException e) {
            return new Outcome(done, e.errno());
        }
    }

    private static Outcome making(Directory directory, String prefix, int count) {
        int done = 0;
        try (var arena = Arena.ofConfined()) {
            for (; done < count; done++) {
                make(directory, prefix + done, arena).close();
            }
            return new Outcome(done, 0);
        } catch (KernelException e) {
            return new Outcome(done, e.errno());
        }
    }

    private static Descriptor make(Directory directory, String name, Arena arena)
            throws KernelException {
        return new Descriptor(
                Call.OPENAT.of(
                        name,
                        directory.number(),
                        arena.allocateFrom(name),
                        O_CREAT_WRONLY | Descriptor.O_NOFOLLOW | Descriptor.O_CLOEXEC,
                        0600));
    }

    /** The kernel's own call changes one thread; the C library's would change all of them. */
    private static Outcome as(int uid, java.util.concurrent.Callable<Outcome> work)
            throws IOException {
        var task =
                new FutureTask<>(
                        () -> {
                            Call.SETGROUPS.of("none", 0, 0);
                            Call.SETRESGID.of("to " + uid, uid, uid, uid);
                            Call.SETRESUID.of("to " + uid, uid, uid, uid);
                            return work.call();
                        });
        Threads.startPlatform("ordinary-user", task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("trying as user " + uid, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while trying as user " + uid, e);
        }
    }
}
