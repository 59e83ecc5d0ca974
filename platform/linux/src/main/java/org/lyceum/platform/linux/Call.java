package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * System calls by name. Those from 424 on have one number on all processors; source: Linux,
 * arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
 */
enum Call {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    LSEEK(8, 62),
    IOCTL(16, 29),
    PREAD64(17, 67),
    SOCKET(41, 198),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKOPT(55, 209),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    CAPSET(126, 91),
    FSTATFS(138, 44),
    SETPRIORITY(141, 140),
    PRCTL(157, 167),
    ADJTIMEX(159, 171),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    FSETXATTR(190, 7),
    LGETXATTR(192, 9),
    GETDENTS64(217, 61),
    IOPRIO_SET(251, 30),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    FCHOWNAT(260, 54),
    UNLINKAT(263, 35),
    LINKAT(265, 37),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    UNSHARE(272, 97),
    SYNC_FILE_RANGE(277, 84),
    UTIMENSAT(280, 88),
    FALLOCATE(285, 47),
    ACCEPT4(288, 242),
    SYNCFS(306, 267),
    SETNS(308, 268),
    RENAMEAT2(316, 276),
    COPY_FILE_RANGE(326, 285),
    STATX(332, 291),
    PIDFD_SEND_SIGNAL(424, 424),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    PIDFD_OPEN(434, 434),
    OPENAT2(437, 437),
    MOUNT_SETATTR(442, 442),
    QUOTACTL_FD(443, 443);

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = bind();

    private final long number;

    Call(int onX86, int onArm) {
        this.number = System.getProperty("os.arch").equals("aarch64") ? onArm : onX86;
    }

    /**
     * Makes the call.
     *
     * @param what for the message of a failure
     * @param arguments at most six; addresses as {@link MemorySegment}, numbers as {@link Number}
     * @return what the kernel answered, 0 or more
     */
    long of(String what, Object... arguments) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            long answer =
                    (long)
                            SYSCALL.invokeExact(
                                    state,
                                    number,
                                    argument(arguments, 0),
                                    argument(arguments, 1),
                                    argument(arguments, 2),
                                    argument(arguments, 3),
                                    argument(arguments, 4),
                                    argument(arguments, 5));
            if (answer < 0) {
                throw new KernelException(
                        name().toLowerCase(Locale.ROOT) + " " + what, (int) ERRNO.get(state, 0L));
            }
            return answer;
        } catch (RuntimeException | Error | KernelException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native call throws nothing", impossible);
        }
    }

    private static long argument(Object[] arguments, int index) {
        if (index >= arguments.length) {
            return 0;
        }
        return switch (arguments[index]) {
            case MemorySegment segment -> segment.address();
            case Number value -> value.longValue();
            default -> throw new IllegalArgumentException("neither a number nor an address");
        };
    }

    /** Variadic in C; on both processors its arguments travel like those of a plain function. */
    @SuppressWarnings("restricted") // jvm.args allows it
    private static MethodHandle bind() {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().findOrThrow("syscall");
        var argument = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                symbol,
                FunctionDescriptor.of(
                        argument, argument, argument, argument, argument, argument, argument,
                        argument),
                Linker.Option.captureCallState("errno"));
    }
}
