package org.lyceum.storage.btrfs;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** btrfs' own commands. Source: Linux, include/uapi/linux/btrfs.h. All need CAP_SYS_ADMIN. */
final class BtrfsCalls {

    private static final long SNAP_CREATE_V2 = 0x50009417L;
    private static final long GET_SUBVOL_INFO = 0x81f8943cL;
    private static final long SUBVOL_CREATE = 0x5000940eL;
    private static final long SNAP_DESTROY = 0x5000940fL;
    private static final long RESIZE = 0x50009403L;
    private static final long INO_LOOKUP = 0xd0009412L;
    private static final long FS_INFO = 0x8400941fL;
    private static final long QUOTA_CTL = 0xc0109428L;
    private static final long QGROUP_CREATE = 0x4010942aL;
    private static final long QGROUP_LIMIT = 0x8030942bL;
    private static final long QUOTA_RESCAN_WAIT = 0x942eL;

    private static final long QUOTA_CTL_ENABLE = 1;
    private static final long LIMIT_MAX_REFERENCED = 1;

    private static final long READ_ONLY = 2;

    /** Takes a limit away. */
    private static final long NO_LIMIT = -1;

    /** struct btrfs_ioctl_vol_args: a descriptor, then a name of at most this. */
    private static final int VOLUME_NAME_AT = 8;

    private static final int VOLUME_ARGS = 4096;

    private BtrfsCalls() {}

    /**
     * @throws KernelException EEXIST
     */
    static void createSubvolume(Directory parent, String name) throws KernelException {
        volume(parent, "make subvolume " + name, SUBVOL_CREATE, name);
    }

    /**
     * As the subvolume is now, for nobody to change.
     *
     * @throws KernelException EEXIST
     */
    static void snapshot(Directory subvolume, Directory into, String name) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(VOLUME_ARGS, 8);
            arguments.set(ValueLayout.JAVA_LONG, 0, subvolume.number());
            arguments.set(ValueLayout.JAVA_LONG, 16, READ_ONLY);
            arguments.setString(56, name, StandardCharsets.US_ASCII);
            into.command("snapshot " + name, SNAP_CREATE_V2, arguments);
        }
    }

    /**
     * The subvolume's last change that the kernel has written down, which it does every 30 seconds;
     * by a number that only grows.
     */
    static long version(Directory subvolume) throws KernelException {
        return about(subvolume, 280);
    }

    /** When the subvolume was made, by the same number. */
    static long madeAt(Directory subvolume) throws KernelException {
        return about(subvolume, 352);
    }

    private static long about(Directory subvolume, long at) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(504, 8);
            subvolume.command("about a subvolume", GET_SUBVOL_INFO, answer);
            return answer.get(ValueLayout.JAVA_LONG, at);
        }
    }

    static void destroySubvolume(Directory parent, String name) throws KernelException {
        volume(parent, "remove subvolume " + name, SNAP_DESTROY, name);
    }

    static void resizeToDevice(Directory root) throws KernelException {
        volume(root, "resize", RESIZE, "max");
    }

    private static void volume(Directory at, String what, long command, String name)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(VOLUME_ARGS, 8);
            arguments.setString(VOLUME_NAME_AT, name, StandardCharsets.US_ASCII);
            at.command(what, command, arguments);
        }
    }

    /** The number of the subvolume that holds this directory. */
    static long subvolumeOf(Directory directory) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(VOLUME_ARGS, 8);
            arguments.set(ValueLayout.JAVA_LONG, 8, 256); // its own top directory
            directory.command("number of a subvolume", INO_LOOKUP, arguments);
            return arguments.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static UUID fileSystemId(Directory directory) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(1024, 8);
            directory.command("file system's id", FS_INFO, answer);
            var bytes = answer.asSlice(16, 16).toArray(ValueLayout.JAVA_BYTE);
            var hex = HexFormat.of().formatHex(bytes);
            return UUID.fromString(
                    hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        }
    }

    static void enableQuota(Directory root) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(16, 8);
            arguments.set(ValueLayout.JAVA_LONG, 0, QUOTA_CTL_ENABLE);
            root.command("turn quotas on", QUOTA_CTL, arguments);
        } catch (KernelException e) {
            if (!e.is(KernelException.EEXIST)) { // newer kernels say so when they are on
                throw e;
            }
        }
        root.command("wait for the count", QUOTA_RESCAN_WAIT, 0);
    }

    /**
     * @param bytes 0: no limit
     */
    static void limit(Directory at, long subvolume, long bytes) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(48, 8);
            arguments.set(ValueLayout.JAVA_LONG, 0, subvolume);
            arguments.set(ValueLayout.JAVA_LONG, 8, LIMIT_MAX_REFERENCED);
            arguments.set(ValueLayout.JAVA_LONG, 16, bytes == 0 ? NO_LIMIT : bytes);
            at.command("limit subvolume " + subvolume, QGROUP_LIMIT, arguments);
        }
    }

    /**
     * Removes the account of a subvolume that is gone. While the kernel still clears up behind the
     * subvolume it refuses; an account left over limits nobody, its number is never used again.
     */
    static void forgetQuota(Directory at, long subvolume) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(16, 8);
            arguments.set(ValueLayout.JAVA_LONG, 8, subvolume);
            at.command("forget subvolume " + subvolume, QGROUP_CREATE, arguments);
        } catch (KernelException e) {
            if (!e.is(KernelException.EBUSY, KernelException.ENOENT)) {
                throw e;
            }
        }
    }
}
