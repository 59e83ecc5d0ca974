package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * whose turn it is, so who needs much is not left standing by those who need little. Only who waits
 * for a device lets others pass who want none of its kind: what they take is nothing to it.
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

        /**
         * The units that the start would be given; empty when it has to wait for them.
         *
         * @param inside as above, and those who are to go in before it
         */
        default Optional<List<String>> units(Start start, Collection<Start> inside) {
            return Optional.of(List.of());
        }

        /** What is about the device that it waits for; the middle of a sentence. */
        default String deviceSentence(Start start) {
            return Shortage.DEVICE.sentence();
        }

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
            for (var queue = queue(); !turn(place, queue); queue = queue()) {
                var now = standing(place, queue);
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
            if (room.units(start, all).isEmpty()) {
                return Optional.of(Shortage.DEVICE);
            }
            return room.shortage(start, all).filter(each -> each != Shortage.CALM);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who waits for what.
     *
     * @param going as they go in, with the units they are to have
     * @param standing those who wait for devices, by kind, in their order
     */
    private record Queue(Map<Place, List<String>> going, Map<String, List<Place>> standing) {

        boolean first(Place place) {
            return !going.isEmpty() && going.keySet().iterator().next() == place;
        }
    }

    private Queue queue() {
        var going = new LinkedHashMap<Place, List<String>>();
        var standing = new HashMap<String, List<Place>>();
        var before = new ArrayList<>(inside.stream().map(each -> each.start).toList());
        for (var place : order()) {
            var wish = place.start.device();
            if (wish == null) {
                going.put(place, List.of());
                continue;
            }
            // Nobody overtakes within a kind, so that who wants two is not left standing either.
            var units =
                    standing.containsKey(wish.kind())
                            ? Optional.<List<String>>empty()
                            : room.units(place.start, before);
            if (units.isEmpty()) {
                standing.computeIfAbsent(wish.kind(), kind -> new ArrayList<>()).add(place);
            } else {
                going.put(place, units.get());
                before.add(place.start.holding(units.get()));
            }
        }
        return new Queue(going, standing);
    }

    private boolean turn(Place place, Queue queue) {
        if (working >= parallel || !queue.first(place)) {
            return false;
        }
        var starts = inside.stream().map(each -> each.start).toList();
        shortage = room.shortage(place.start, starts).orElse(null);
        if (shortage != null) {
            return false;
        }
        place.start = place.start.holding(queue.going().getOrDefault(place, List.of()));
        return true;
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

    private Standing standing(Place place, Queue queue) {
        var wish = place.start.device();
        if (wish != null && !queue.going().containsKey(place)) {
            return new Standing(
                    queue.standing().getOrDefault(wish.kind(), List.of()).indexOf(place) + 1,
                    Shortage.DEVICE,
                    null,
                    room.deviceSentence(place.start));
        }
        int number = List.copyOf(queue.going().keySet()).indexOf(place) + 1;
        boolean known = shortage == null && usualNanos > 0;
        return new Standing(
                number,
                shortage,
                known ? Duration.ofNanos((long) (usualNanos * number / parallel)) : null,
                null);
    }

    private static Problem tooLong() {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "server.waited-too-long",
                "No other server has ended for long, so there was no room for yours. Try again"
                        + " later, or ask an administrator to make room.");
    }

    /**
     * The right to work, and to the memory and units that are promised; giving either back twice is
     * fine.
     */
    final class Place implements AutoCloseable {

        private Start start;
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

        /** The units of devices that it was given, by name. */
        List<String> units() {
            lock.lock();
            try {
                return start.units();
            } finally {
                lock.unlock();
            }
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
