package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** An open file or directory, by the kernel's number for it. Not thread-safe. */
public class Descriptor implements AutoCloseable {

    static final int AT_FDCWD = -100;

    static final int O_RDWR = 2;
    static final int O_DIRECTORY = onArm(0x4000, 0x1_0000);
    static final int O_NOFOLLOW = onArm(0x8000, 0x2_0000);
    static final int O_CLOEXEC = 0x8_0000;

    private final int number;
    private boolean closed;

    Descriptor(long number) {
        this.number = (int) number;
    }

    /** A file or device, for reading and writing; a symbolic link is refused. */
    public static Descriptor openFile(Path file) throws KernelException {
        return new Descriptor(number(file, O_RDWR));
    }

    /** A file or device, for reading; a symbolic link is refused. */
    public static Descriptor openForReading(Path file) throws KernelException {
        return new Descriptor(number(file, 0));
    }

    static long number(Path file, int flags) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return Call.OPENAT.of(
                    file.toString(),
                    AT_FDCWD,
                    arena.allocateFrom(file.toString()),
                    flags | O_NOFOLLOW | O_CLOEXEC,
                    0);
        }
    }

    /** A pid that cannot become another process's while this is open. */
    static Descriptor process(long pid) throws KernelException {
        return new Descriptor(Call.PIDFD_OPEN.of(Long.toString(pid), pid, 0));
    }

    /** As this process knows it: for commands that name another open file. */
    public int number() {
        if (closed) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    /** Where Java's own file classes find what is open here, whatever its path leads to by now. */
    public Path path() {
        return Path.of("/proc/self/fd", Integer.toString(number()));
    }

    /**
     * Gives a command of the device's or file system's own.
     *
     * @return what the kernel answered, 0 or more
     */
    public int command(String what, long command, MemorySegment argument) throws KernelException {
        return (int) Call.IOCTL.of(what, number(), command, argument);
    }

    /** As the other, for commands whose argument is a number. */
    public int command(String what, long command, long argument) throws KernelException {
        return (int) Call.IOCTL.of(what, number(), command, argument);
    }

    /**
     * Asks or tells the file system that this lies on about quotas; quotactl_fd(2).
     *
     * @param command already combined with the kind of quota
     */
    public void quota(String what, int command, long id, MemorySegment argument)
            throws KernelException {
        // The kernel's id is a signed int, as the number of a project is to us an unsigned one.
        Call.QUOTACTL_FD.of(what, number(), command, (int) id, argument);
    }

    /** The file system this lies on. */
    public Space space() throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(120); // struct statfs of a 64-bit kernel
            Call.FSTATFS.of("descriptor " + number(), number(), answer);
            long block = answer.get(ValueLayout.JAVA_LONG, 8);
            return new Space(
                    answer.get(ValueLayout.JAVA_LONG, 0),
                    block * answer.get(ValueLayout.JAVA_LONG, 16),
                    block * answer.get(ValueLayout.JAVA_LONG, 24),
                    block * answer.get(ValueLayout.JAVA_LONG, 32),
                    answer.get(ValueLayout.JAVA_LONG, 40),
                    answer.get(ValueLayout.JAVA_LONG, 48));
        }
    }

    public void own(int uid, int gid) throws KernelException {
        Call.FCHOWN.of("to " + uid, number(), uid, gid);
    }

    /**
     * @param mode such as {@code 0700}, without the kind of file
     */
    public void mode(int mode) throws KernelException {
        Call.FCHMOD.of("to " + Integer.toOctalString(mode), number(), mode);
    }

    /** Has everything on this file system written to the disk; may take seconds. */
    public void flushFileSystem() throws KernelException {
        Call.SYNCFS.of("descriptor " + number(), number());
    }

    /**
     * Makes the file this long, every byte backed by the disk; never shorter than it is.
     *
     * @throws KernelException ENOSPC when the disk has no room; the length is unchanged then
     */
    public void allocate(long length) throws KernelException {
        Call.FALLOCATE.of(length + " bytes", number(), 0, 0, length);
    }

    private static int onArm(int arm, int otherwise) {
        return System.getProperty("os.arch").equals("aarch64") ? arm : otherwise;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Call.CLOSE.of("descriptor " + number, number);
        } catch (KernelException e) {
            throw new IllegalStateException("a descriptor of ours was closed by somebody else", e);
        }
    }
}
