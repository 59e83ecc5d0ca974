package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Mounts and unmounts. Needs CAP_SYS_ADMIN. */
public final class Mounts {

    private static final long MS_NOSUID = 2;
    private static final long MS_NODEV = 4;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final int MNT_DETACH = 2;

    private static final int OPEN_TREE_CLONE = 1;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long MOUNT_ATTR_NOSUID = 2;
    private static final long MOUNT_ATTR_NODEV = 4;

    private Mounts() {}

    /**
     * Mounts a device where no program gains rights and no device file works.
     *
     * @param options of the file system, such as {@code prjquota}; may be empty
     */
    public static void mount(Path device, Path place, String fileSystem, String options)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.MOUNT.of(
                    device + " as " + fileSystem,
                    arena.allocateFrom(device.toString()),
                    arena.allocateFrom(place.toString()),
                    arena.allocateFrom(fileSystem),
                    MS_NOSUID | MS_NODEV,
                    arena.allocateFrom(options));
        }
    }

    /**
     * @throws KernelException EBUSY while somebody has a file open, EINVAL when nothing is mounted
     */
    public static void unmount(Path place) throws KernelException {
        unmount(place, 0);
    }

    /** Takes the mount out of sight at once; it ends when the last user of it is gone. */
    public static void detach(Path place) throws KernelException {
        unmount(place, MNT_DETACH);
    }

    private static void unmount(Path place, int flags) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.UMOUNT2.of(
                    place.toString(),
                    arena.allocateFrom(place.toString()),
                    flags | UMOUNT_NOFOLLOW);
        }
    }

    /**
     * A mount of the directory that is nowhere yet, with no set-user-id programs and no devices.
     * Closing it before it was attached undoes it.
     */
    public static Descriptor clone(Directory directory, boolean readOnly) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var empty = arena.allocateFrom("");
            var tree =
                    new Descriptor(
                            Call.OPEN_TREE.of(
                                    directory.path().toString(),
                                    directory.number(),
                                    empty,
                                    OPEN_TREE_CLONE | AT_EMPTY_PATH | Descriptor.O_CLOEXEC));
            try {
                restrict(tree, readOnly, arena);
                return tree;
            } catch (KernelException e) {
                tree.close();
                throw e;
            }
        }
    }

    private static void restrict(Descriptor tree, boolean readOnly, Arena arena)
            throws KernelException {
        var attributes =
                arena.allocate(32, 8); // struct mount_attr: set, clear, propagation, userns
        attributes.set(
                ValueLayout.JAVA_LONG,
                0,
                MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (readOnly ? MOUNT_ATTR_RDONLY : 0));
        Call.MOUNT_SETATTR.of(
                "nosuid, nodev",
                tree.number(),
                arena.allocateFrom(""),
                AT_EMPTY_PATH,
                attributes,
                attributes.byteSize());
    }

    /** Shows a directory at another place too, where nobody can change it, root neither. */
    public static void showReadOnly(Directory directory, Path place) throws KernelException {
        try (var tree = clone(directory, true);
                var arena = Arena.ofConfined()) {
            attach(tree, arena.allocateFrom(""), arena.allocateFrom(place.toString()));
        }
    }

    /** Attaches what {@link #clone} made at a path of the calling thread's own mounts. */
    static void attach(Descriptor tree, MemorySegment emptyPath, MemorySegment place)
            throws KernelException {
        Call.MOVE_MOUNT.of(
                "into place",
                tree.number(),
                emptyPath,
                Descriptor.AT_FDCWD,
                place,
                MOVE_MOUNT_F_EMPTY_PATH);
    }
}
