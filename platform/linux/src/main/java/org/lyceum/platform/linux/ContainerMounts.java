package org.lyceum.platform.linux;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Puts a directory of the host into a container that runs already. Needs CAP_SYS_ADMIN. */
public final class ContainerMounts {

    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x2_0000;

    private ContainerMounts() {}

    /** Tells whether a process is still the one that was meant, while it cannot be replaced. */
    @FunctionalInterface
    public interface Check {
        boolean holds() throws IOException;
    }

    /**
     * Mounts the directory at {@code place} as the process sees it; nosuid and nodev. A place below
     * the top that is missing is made in the directory that it would lie in. A link at the place
     * itself is not followed, links on the way lead about in the container's own tree.
     *
     * @param same asked after the process has been pinned, so that its number cannot have gone to
     *     somebody else's process
     * @throws KernelException ENOENT when the place is not there and cannot be made
     */
    public static void mount(
            Directory directory, long pid, String place, boolean readOnly, Check same)
            throws IOException {
        try (var process = Descriptor.process(pid);
                var tree = Mounts.clone(directory, readOnly)) {
            if (!same.holds()) {
                throw new IOException("process " + pid + " is not the one that was meant");
            }
            inMountsOf(process, tree, place);
        }
    }

    /**
     * The kernel changes the mounts of one thread, and only of one that shares its working
     * directory with no other. So a thread of its own unshares, enters, attaches and ends. All it
     * needs is prepared before: it must not load a class while it sees another's files.
     */
    private static void inMountsOf(Descriptor process, Descriptor tree, String place)
            throws IOException {
        try (var arena = Arena.ofShared()) {
            var empty = arena.allocateFrom("");
            var target = arena.allocateFrom(place);
            boolean deep = place.lastIndexOf('/') > 0;
            var work =
                    new FutureTask<Void>(
                            () -> {
                                Call.UNSHARE.of("CLONE_FS", CLONE_FS);
                                Call.SETNS.of("CLONE_NEWNS", process.number(), CLONE_NEWNS);
                                if (deep) {
                                    Directory.makeHere(target);
                                }
                                Mounts.attach(tree, empty, target);
                                return null;
                            });
            rehearse(process);
            Threads.startPlatform("container-mount", work);
            work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KernelException refused) {
                throw new KernelException("mount at " + place, refused.errno());
            }
            throw new IOException("mount at " + place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mounting at " + place, e);
        }
    }

    /** Has every class that the thread needs loaded here, those of a failure among them. */
    private static void rehearse(Descriptor process) {
        try {
            Call.SETNS.of("rehearsal", process.number(), -1);
        } catch (KernelException expected) {
            assert expected.is(KernelException.EINVAL);
        }
        try (var arena = Arena.ofConfined()) {
            Directory.makeHere(arena.allocateFrom("/")); // which is there
        }
    }
}
