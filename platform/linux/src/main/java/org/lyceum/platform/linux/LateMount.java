package org.lyceum.platform.linux;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Mounts a directory of this machine into the mount name space of a process that runs already, such
 * as a container's. Needs CAP_SYS_ADMIN and CAP_SYS_CHROOT. Blocking; measured: 1 to 2 ms.
 *
 * <p>Both ends are opened beforehand, from outside, without following a link, and are named by
 * descriptors from then on. The name space is entered by a thread of its own that shares its
 * directories with nobody (setns(2) wants that), looks nothing up while it is inside, comes back
 * and ends.
 */
public final class LateMount {

    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;
    private static final int OPEN_TREE_CLONE = 1;

    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final long STRICT =
            RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;

    private static final long MOUNT_ATTR_NOSUID = 0x2;
    private static final long MOUNT_ATTR_NODEV = 0x4;

    /** It does three calls that do not wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LateMount() {}

    /**
     * Mounts {@code below}, without what is mounted further down in it, at {@code target}; without
     * setuid programs and devices. Whatever was at the target is hidden from then on.
     *
     * @param root a directory of ours, believed
     * @param below relative to it; no step may be a link
     * @param target absolute, a directory inside the container; no step may be a link
     * @throws KernelException when a step is missing or a link, or rights are missing
     */
    public static void into(HeldProcess process, Path root, Path below, String target)
            throws IOException {
        try (var open = new Descriptors()) {
            int trusted = open.add(Kernel.open(Kernel.AT_FDCWD, root.toString(), path(), 0));
            int source = open.add(Kernel.open(trusted, below.toString(), path(), STRICT));
            int tree = open.add(Kernel.openTree(source, OPEN_TREE_CLONE));
            Kernel.mountSetattr(tree, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
            var proc = "/proc/" + process.pid();
            int inside = open.add(Kernel.open(Kernel.AT_FDCWD, proc + "/root", path(), 0));
            int there = open.add(Kernel.open(inside, target.substring(1), path(), STRICT));
            int home = open.add(Kernel.open(Kernel.AT_FDCWD, "/proc/self/ns/mnt", 0, 0));
            if (!process.alive()) {
                throw new IOException("the process has ended");
            }
            visit(() -> move(process.fd(), home, tree, there));
        }
    }

    private static long path() {
        return (long) Kernel.O_PATH | Kernel.O_DIRECTORY;
    }

    private interface Visit {
        void made() throws IOException;
    }

    private static void visit(Visit visit) throws IOException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var thread =
                Threads.startPlatform(
                        "late-mount",
                        () -> {
                            try {
                                visit.made();
                            } catch (IOException | RuntimeException e) {
                                failure.set(e);
                            }
                        });
        try {
            if (!thread.join(PATIENCE)) {
                throw new IOException("the mount did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during a mount", e);
        }
        var failed = failure.get();
        if (failed != null) {
            throw new IOException("mounting into a container", failed);
        }
    }

    private static void move(int process, int home, int tree, int target) throws IOException {
        try (var arena = Arena.ofConfined()) {
            long empty = arena.allocateFrom("").address();
            Kernel.unshare(CLONE_FS);
            Kernel.setns(process, CLONE_NEWNS);
            try {
                Kernel.moveMount(tree, target, empty);
            } finally {
                Kernel.setns(home, CLONE_NEWNS);
            }
        }
    }

    /** Closes what was opened, in any case. */
    private static final class Descriptors implements AutoCloseable {

        private final List<Integer> all = new ArrayList<>();

        int add(int fd) {
            all.add(fd);
            return fd;
        }

        @Override
        public void close() {
            all.reversed().forEach(Kernel::close);
        }
    }
}
