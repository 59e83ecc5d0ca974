package org.lyceum.platform.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The C library's functions, one method each: returns what it returns, throws where it says -1. */
@SuppressWarnings("restricted") // calling C is what this class is for
final class Kernel {

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EADDRINUSE = 98;

    static final int AT_FDCWD = -100;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    /** The one flag here whose value differs: 0x10000 on x86-64, 0x4000 on aarch64. */
    static final int O_DIRECTORY =
            System.getProperty("os.arch").equals("aarch64") ? 0x4000 : 0x10000;

    private static final int OPENAT2 = 437;
    private static final int OPEN_TREE = 428;
    private static final int MOVE_MOUNT = 429;
    private static final int PIDFD_OPEN = 434;
    private static final int PIDFD_SEND_SIGNAL = 424;
    private static final int MOUNT_SETATTR = 442;

    /** The longest call below, mount_setattr, has five. */
    private static final int SYSCALL_ARGUMENTS = 5;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL = syscallHandle();
    private static final MethodHandle CLOSE = ints("close", 1);
    private static final MethodHandle SOCKET = ints("socket", 3);
    private static final MethodHandle LISTEN = ints("listen", 2);
    private static final MethodHandle UNSHARE = ints("unshare", 1);
    private static final MethodHandle SETNS = ints("setns", 2);
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle ACCEPT4 =
            handle(
                    "accept4",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            handle(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECV =
            handle(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND =
            handle(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private Kernel() {}

    private static MethodHandle ints(String name, int arguments) {
        var types = new MemoryLayout[arguments];
        Arrays.fill(types, JAVA_INT);
        return handle(name, FunctionDescriptor.of(JAVA_INT, types));
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                type,
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle syscallHandle() {
        var types = new MemoryLayout[SYSCALL_ARGUMENTS + 1];
        Arrays.fill(types, JAVA_LONG);
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, types),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }

    /** One call: gets the place for errno and answers with what the function returned. */
    private interface Call {
        long made(MemorySegment state) throws Throwable;
    }

    private static long call(String name, Call call) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            long answer;
            do {
                answer = call.made(state);
            } while (answer == -1 && errno(state) == EINTR);
            if (answer == -1) {
                throw new KernelException(name, errno(state));
            }
            return answer;
        } catch (KernelException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of C throws nothing", e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static long syscall(String name, long number, long... given) throws KernelException {
        var a = Arrays.copyOf(given, SYSCALL_ARGUMENTS);
        return call(
                name,
                state -> (long) SYSCALL.invokeExact(state, number, a[0], a[1], a[2], a[3], a[4]));
    }

    static void close(int fd) {
        try {
            call("close", state -> (int) CLOSE.invokeExact(state, fd));
        } catch (KernelException done) {
            // The descriptor is gone in any case, and there is nothing to write back.
        }
    }

    static int socket(int domain, int type) throws KernelException {
        return (int) call("socket", s -> (int) SOCKET.invokeExact(s, domain, type, 0));
    }

    static void bind(int fd, MemorySegment address, int length) throws KernelException {
        call("bind", s -> (int) BIND.invokeExact(s, fd, address, length));
    }

    static void listen(int fd, int waiting) throws KernelException {
        call("listen", s -> (int) LISTEN.invokeExact(s, fd, waiting));
    }

    static int accept(int fd, int flags) throws KernelException {
        var none = MemorySegment.NULL;
        return (int) call("accept4", s -> (int) ACCEPT4.invokeExact(s, fd, none, none, flags));
    }

    static void getsockopt(int fd, int level, int option, MemorySegment into, MemorySegment size)
            throws KernelException {
        call("getsockopt", s -> (int) GETSOCKOPT.invokeExact(s, fd, level, option, into, size));
    }

    static long recv(int fd, MemorySegment into, int flags) throws KernelException {
        return call("recv", s -> (long) RECV.invokeExact(s, fd, into, into.byteSize(), flags));
    }

    static long send(int fd, MemorySegment from, int flags) throws KernelException {
        return call("send", s -> (long) SEND.invokeExact(s, fd, from, from.byteSize(), flags));
    }

    static void unshare(int flags) throws KernelException {
        call("unshare", s -> (int) UNSHARE.invokeExact(s, flags));
    }

    static void setns(int fd, int kind) throws KernelException {
        call("setns", s -> (int) SETNS.invokeExact(s, fd, kind));
    }

    /**
     * Opens without creating.
     *
     * @param resolve what a path may not do on its way ({@code RESOLVE_…})
     */
    static int open(int directory, String path, long flags, long resolve) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(path);
            var how = arena.allocate(JAVA_LONG, 3);
            how.setAtIndex(JAVA_LONG, 0, flags | O_CLOEXEC);
            how.setAtIndex(JAVA_LONG, 2, resolve);
            return (int)
                    syscall(
                            "openat2 " + path,
                            OPENAT2,
                            directory,
                            name.address(),
                            how.address(),
                            how.byteSize());
        }
    }

    static int pidfdOpen(int pid) throws KernelException {
        return (int) syscall("pidfd_open", PIDFD_OPEN, pid, 0);
    }

    static void pidfdSendSignal(int pidfd, int signal) throws KernelException {
        syscall("pidfd_send_signal", PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
    }

    static int openTree(int fd, int flags) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            long empty = arena.allocateFrom("").address();
            return (int)
                    syscall("open_tree", OPEN_TREE, fd, empty, flags | AT_EMPTY_PATH | O_CLOEXEC);
        }
    }

    /** Sets these attributes of a mount and takes none away. */
    static void mountSetattr(int tree, long attributes) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var wanted = arena.allocate(JAVA_LONG, 4);
            wanted.setAtIndex(JAVA_LONG, 0, attributes);
            syscall(
                    "mount_setattr",
                    MOUNT_SETATTR,
                    tree,
                    arena.allocateFrom("").address(),
                    AT_EMPTY_PATH,
                    wanted.address(),
                    wanted.byteSize());
        }
    }

    /**
     * Names both ends by descriptors, so nothing is looked up in whatever name space this is in.
     *
     * @param empty the address of an empty text, made beforehand
     */
    static void moveMount(int tree, int target, long empty) throws KernelException {
        syscall("move_mount", MOVE_MOUNT, tree, empty, target, empty, 0x4 | 0x40);
    }
}
