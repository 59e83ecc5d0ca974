package org.lyceum.platform.linux;

import java.io.IOException;

/** The kernel refused a call. */
public final class KernelException extends IOException {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOTTY = 25;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EMLINK = 31;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int EDQUOT = 122;

    private final int errno;

    /**
     * @param what was being done, such as {@code "mount /dev/loop1"}
     */
    public KernelException(String what, int errno) {
        super(what + ": " + word(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    /** Whether the kernel said one of these. */
    public boolean is(int... errnos) {
        for (int each : errnos) {
            if (each == errno) {
                return true;
            }
        }
        return false;
    }

    private static String word(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, not permitted";
            case ENOENT -> "ENOENT, not there";
            case EIO -> "EIO, the device failed";
            case ENXIO -> "ENXIO, no such device";
            case EAGAIN -> "EAGAIN, not yet";
            case EACCES -> "EACCES, permission denied";
            case EBUSY -> "EBUSY, in use";
            case EEXIST -> "EEXIST, already there";
            case EXDEV -> "EXDEV, on another file system";
            case ENODEV -> "ENODEV, the kernel has no such file system";
            case ENOTDIR -> "ENOTDIR, not a directory";
            case EISDIR -> "EISDIR, a directory";
            case EINVAL -> "EINVAL, invalid argument";
            case ENOTTY -> "ENOTTY, the file system does not know this";
            case ENOSPC -> "ENOSPC, no space left";
            case EROFS -> "EROFS, read-only";
            case EMLINK -> "EMLINK, too many names for one file";
            case ENAMETOOLONG -> "ENAMETOOLONG, name too long";
            case ENOSYS -> "ENOSYS, the kernel is too old for this";
            case ENOTEMPTY -> "ENOTEMPTY, not empty";
            case ELOOP -> "ELOOP, a symbolic link is in the way";
            case ENODATA -> "ENODATA, nothing is noted there";
            case EOPNOTSUPP -> "EOPNOTSUPP, not supported";
            case EADDRINUSE -> "EADDRINUSE, something is there already";
            case EDQUOT -> "EDQUOT, quota exceeded";
            default -> "errno " + errno;
        };
    }
}
