package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets starts through: at most so many work at once, because starting is work for a core and more
 * would only make everybody wait for the last; and each only when there is room for its server.
 * Communities take turns, and within one it is first come, first served. Nobody overtakes the one
 * whose turn it is, so who needs much is not left standing by those who need little.
 */
final class StartLine {

    /** Nobody tells the line that a server has ended; a second later it has seen it. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What the newest start weighs in what is expected of the next. */
    private static final double NEWEST = 0.2;

    /** Whether there is room; blocking, quick. */
    @FunctionalInterface
    interface Room {

        /**
         * @param inside starts that were let through and are no servers yet
         */
        Optional<Shortage> shortage(Start start, Collection<Start> inside);

        /** A start goes in; quick. */
        default void entered() {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Place> waiting = new ArrayList<>();
    private final Set<Place> inside = new LinkedHashSet<>();
    private final Map<CommunityId, Long> served = new HashMap<>();
    private final int parallel;
    private final Room room;
    private int working;
    private long turns;
    private double usualNanos;
    private @Nullable Shortage shortage;

    StartLine(int parallel, Room room) {
        this.parallel = parallel;
        this.room = room;
    }

    /**
     * Waits for a place. The line is as long as the limit on starts allows.
     *
     * @param told where the start stands, once and whenever that changes; nothing when it need not
     *     wait
     * @throws Problem UNAVAILABLE {@code server.waited-too-long}
     */
    Place enter(Start start, Duration patience, Consumer<Standing> told)
            throws InterruptedException {
        var place = new Place(start);
        long end = System.nanoTime() + patience.toNanos();
        Standing last = null;
        lock.lock();
        try {
            waiting.add(place);
            while (!turn(place)) {
                var now = standing(place);
                if (!now.equals(last)) {
                    last = now;
                    told.accept(now);
                }
                if (System.nanoTime() >= end) {
                    throw tooLong();
                }
                long _ = moved.awaitNanos(LOOK.toNanos());
            }
            place.begin(true);
            room.entered();
            served.put(start.community(), ++turns);
            return place;
        } finally {
            waiting.remove(place);
            moved.signalAll();
            lock.unlock();
        }
    }

    /** For a start whose container runs already: it has what others wait for. */
    Place enterAtOnce(Start start) {
        lock.lock();
        try {
            var place = new Place(start);
            place.begin(false);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What there is too little of for one more, behind all who are in line. That starts go one at a
     * time is no such thing: it ends by itself, and nobody is sent away for it.
     */
    Optional<Shortage> shortage(Start start) {
        lock.lock();
        try {
            var all = new ArrayList<Start>();
            inside.forEach(place -> all.add(place.start));
            waiting.forEach(place -> all.add(place.start));
            return room.shortage(start, all).filter(each -> each != Shortage.CALM);
        } finally {
            lock.unlock();
        }
    }

    private boolean turn(Place place) {
        if (working >= parallel || order().getFirst() != place) {
            return false;
        }
        var starts = inside.stream().map(each -> each.start).toList();
        shortage = room.shortage(place.start, starts).orElse(null);
        return shortage == null;
    }

    /** As they would go in from now on. */
    private List<Place> order() {
        var left = new ArrayList<>(waiting);
        var last = new HashMap<>(served);
        var order = new ArrayList<Place>();
        long turn = turns;
        while (!left.isEmpty()) {
            // Of those whose community was served longest ago, the first that came.
            var next =
                    left.stream()
                            .min(
                                    Comparator.comparingLong(
                                            each -> last.getOrDefault(each.start.community(), 0L)))
                            .orElseThrow();
            left.remove(next);
            order.add(next);
            last.put(next.start.community(), ++turn);
        }
        return order;
    }

    private Standing standing(Place place) {
        int number = order().indexOf(place) + 1;
        boolean known = shortage == null && usualNanos > 0;
        return new Standing(
                number,
                shortage,
                known ? Duration.ofNanos((long) (usualNanos * number / parallel)) : null);
    }

    private static Problem tooLong() {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "server.waited-too-long",
                "No other server has ended for long, so there was no room for yours. Try again"
                        + " later, or ask an administrator to make room.");
    }

    /** The right to work, and to the memory that is promised; giving either back twice is fine. */
    final class Place implements AutoCloseable {

        private final Start start;
        private boolean works;
        private long began;

        private Place(Start start) {
            this.start = start;
        }

        private void begin(boolean work) {
            inside.add(this);
            works = work;
            began = System.nanoTime();
            working += work ? 1 : 0;
        }

        /** Lets the next one work; the memory stays promised. */
        void rest() {
            lock.lock();
            try {
                if (works) {
                    works = false;
                    working--;
                    long took = System.nanoTime() - began;
                    usualNanos += (usualNanos == 0 ? 1 : NEWEST) * (took - usualNanos);
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                rest();
                inside.remove(this);
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
