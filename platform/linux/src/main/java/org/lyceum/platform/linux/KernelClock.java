package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** The machine's clock, as its kernel sees it. */
public final class KernelClock {

    /** {@code struct timex}, on both processors; source: adjtimex(2). */
    private static final long SIZE = 208;

    /** Where its {@code status} is. */
    private static final long STATUS = 40;

    /** Nobody keeps the clock right. */
    private static final int UNSYNCHRONIZED = 0x40;

    private KernelClock() {}

    /** Whether a program keeps it right by comparing it with others. */
    public static boolean synchronised() throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var told = arena.allocate(SIZE); // all zero: change nothing
            Call.ADJTIMEX.of("the clock", told);
            return (told.get(ValueLayout.JAVA_INT, STATUS) & UNSYNCHRONIZED) == 0;
        }
    }
}
