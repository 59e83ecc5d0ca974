package org.lyceum.platform.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/**
 * What the kernel knows about a file; statx(2). A link is described itself, not what it leads to.
 *
 * @param size in bytes, holes included
 * @param held bytes on the disk
 * @param mode permissions, without the kind
 */
public record FileStat(
        Kind kind, long inode, long size, long held, Instant modified, int mode, int uid) {

    static final int BYTES = 256;

    /** Whether most of it is holes, so that its size says little of what it holds. */
    public boolean hollow() {
        return held < size / 2 && size > 1 << 20;
    }

    /** What it is. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /** A pipe, a socket, a device: never opened by us. */
        OTHER;

        /** From the upper bits of a mode. */
        private static Kind of(int mode) {
            return switch (mode >> 12 & 0xf) {
                case 8 -> FILE;
                case 4 -> DIRECTORY;
                case 10 -> LINK;
                default -> OTHER;
            };
        }
    }

    /**
     * @param answer struct statx; source: Linux, include/uapi/linux/stat.h
     */
    static FileStat of(MemorySegment answer) {
        int mode = answer.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
        return new FileStat(
                Kind.of(mode),
                answer.get(ValueLayout.JAVA_LONG, 32),
                answer.get(ValueLayout.JAVA_LONG, 40),
                answer.get(ValueLayout.JAVA_LONG, 48) * 512,
                Instant.ofEpochSecond(
                        answer.get(ValueLayout.JAVA_LONG, 112),
                        answer.get(ValueLayout.JAVA_INT, 120)),
                mode & 07777,
                answer.get(ValueLayout.JAVA_INT, 20));
    }
}
