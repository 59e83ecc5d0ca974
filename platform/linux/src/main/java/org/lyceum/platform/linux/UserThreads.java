package org.lyceum.platform.linux;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/**
 * A few threads that act with an ordinary user's rights and never get others back: what the kernel
 * would refuse that user it refuses them, limits on space included, also in a process of root's.
 * Safe for any number of threads, which wait here for their turn.
 *
 * <p>Real and saved user are another number. Threads of one process can have different users; who
 * has the user's number elsewhere on the machine must not be able to signal this process for that.
 */
public final class UserThreads implements AutoCloseable {

    /** As "nobody" is called everywhere. */
    private static final int NOBODY = 65534;

    /** prctl(2): what may be had is not lost with root's number. */
    private static final int PR_SET_KEEPCAPS = 8;

    /** capabilities(7): every file is read, every directory entered, and nothing is written. */
    private static final int READ_EVERYTHING = 1 << 2;

    /** linux/capability.h: the version with two words for each set. */
    private static final int CAPABILITY_VERSION = 0x2008_0522;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int uid;
    private final int gid;
    private final boolean reader;
    private final ExecutorService threads;
    private final ThreadLocal<Boolean> became = ThreadLocal.withInitial(() -> false);

    /**
     * @param count calls at work at once; as many as disks serve, not as people wait
     */
    public UserThreads(String name, int uid, int gid, int count) {
        this(name, uid, gid, false, count);
    }

    private UserThreads(String name, int uid, int gid, boolean reader, int count) {
        this.uid = uid;
        this.gid = gid;
        this.reader = reader;
        this.threads = Threads.platform(name, count);
    }

    /**
     * Threads that are nobody, own nothing, and may read everything: for what is looked at in place
     * of an owner who has gone. What they would write the kernel refuses.
     *
     * @param count as above
     */
    public static UserThreads readers(String name, int count) {
        return new UserThreads(name, NOBODY, NOBODY, true, count);
    }

    /**
     * Does it as the user. Should be short, or others wait.
     *
     * @throws IOException what the work throws, and when this process may not become the user
     */
    public <T> T call(Callable<T> work) throws IOException {
        try {
            return threads.submit(
                            () -> {
                                become();
                                return work.call();
                            })
                    .get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while acting as user " + uid, e);
        }
    }

    /** With the caller's own stack, which says what was being done. */
    private static IOException thrown(ExecutionException failure) {
        return switch (failure.getCause()) {
            case null -> new IOException(failure);
            case KernelException refused -> refused;
            case IOException failed -> failed;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case Throwable other -> new IOException(other);
        };
    }

    /** The kernel's own calls change one thread; the C library's would change all of them. */
    private void become() throws KernelException {
        if (!became.get()) {
            if (reader) {
                Call.PRCTL.of("to keep a right", PR_SET_KEEPCAPS, 1);
            }
            Call.SETGROUPS.of("none", 0, 0);
            Call.SETRESGID.of("to " + gid, NOBODY, gid, NOBODY);
            Call.SETRESUID.of("to " + uid, NOBODY, uid, NOBODY);
            if (reader) {
                keepReading();
            }
            became.set(true);
        }
    }

    private static void keepReading() throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var header = arena.allocate(ValueLayout.JAVA_INT, 2);
            header.setAtIndex(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION); // then: this thread
            var sets = arena.allocate(ValueLayout.JAVA_INT, 6); // effective, permitted, inheritable
            sets.setAtIndex(ValueLayout.JAVA_INT, 0, READ_EVERYTHING);
            sets.setAtIndex(ValueLayout.JAVA_INT, 1, READ_EVERYTHING);
            Call.CAPSET.of("to reading", header, sets);
        }
    }

    @Override
    public void close() {
        Threads.stop(threads, PATIENCE);
    }
}
