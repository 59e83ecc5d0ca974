package org.lyceum.platform.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition with a deadline; what tests use instead of sleeping. */
public final class Eventually {

    /** Short beside anything that is waited for, long beside asking. */
    private static final Duration BETWEEN = Duration.ofMillis(10);

    /** Far above what anything takes on a slow machine. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private Eventually() {}

    /** Returns once {@code condition} holds; fails with {@code what} after {@link #DEADLINE}. */
    public static void holds(String what, BooleanSupplier condition) {
        value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** As the other, for what takes minutes, such as a container that imports everything. */
    public static void holds(String what, Duration deadline, BooleanSupplier condition) {
        value(
                what,
                deadline,
                () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the value once there is one; fails with {@code what} after {@link #DEADLINE}. */
    public static <T> T value(String what, Supplier<Optional<T>> supplier) {
        return value(what, DEADLINE, supplier);
    }

    private static <T> T value(String what, Duration deadline, Supplier<Optional<T>> supplier) {
        long end = System.nanoTime() + deadline.toNanos();
        do {
            var found = supplier.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        } while (System.nanoTime() < end);
        throw new AssertionError("waited " + deadline.toSeconds() + " s in vain: " + what);
    }
}
