package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The steps of starts, for those who watch. In memory: after a restart it begins anew. */
public final class ProgressFeed {

    /** Last starts that are remembered; the oldest that have ended go first. */
    private static final int MAX_STARTS = 2000;

    /** A start has about ten steps; the line may add one per place. */
    private static final int MAX_EVENTS = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ServerKey, Start> starts = new LinkedHashMap<>();

    /** One start; its list only grows, and ends with an event that is the last. */
    private static final class Start {
        private final List<SpawnEvent> events = new ArrayList<>();

        boolean ended() {
            return !events.isEmpty() && events.getLast().last();
        }
    }

    ProgressFeed() {}

    /** Forgets the earlier start of the server and begins a new one. */
    void begin(ServerKey key) {
        lock.lock();
        try {
            starts.remove(key);
            if (starts.size() >= MAX_STARTS) {
                starts.values().removeIf(Start::ended);
            }
            starts.put(key, new Start());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event; its progress is never less than that of the one before. */
    void publish(ServerKey key, SpawnEvent event) {
        lock.lock();
        try {
            var start = starts.computeIfAbsent(key, fresh -> new Start());
            boolean room = start.events.size() < MAX_EVENTS || event.last();
            if (!room || start.ended()) {
                return;
            }
            int before = start.events.isEmpty() ? 0 : start.events.getLast().progress();
            start.events.add(
                    event.progress() >= before
                            ? event
                            : new SpawnEvent(
                                    before, event.message(), event.htmlMessage(), event.outcome()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the server's current start has ended; one that is not known has. */
    void awaitEnd(ServerKey key, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            var start = starts.get(key);
            while (start != null && !start.ended() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Follows the current start of the server, or its last one: earlier events first, then live.
     */
    public Subscription events(ServerKey key) {
        return new Following(key);
    }

    /** One who watches. */
    public interface Subscription extends AutoCloseable {

        /** The next event, or null when none came in time. Nothing follows {@code last()}. */
        @Nullable SpawnEvent next(Duration patience) throws InterruptedException;

        @Override
        void close();
    }

    /** Holds a place in a list and nothing else, so there is nothing to give back. */
    private final class Following implements Subscription {

        private final ServerKey key;
        private @Nullable Start start;
        private int seen;

        Following(ServerKey key) {
            this.key = key;
        }

        @Override
        public @Nullable SpawnEvent next(Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            lock.lock();
            try {
                while (true) {
                    if (start == null) {
                        start = starts.get(key);
                    }
                    if (start != null && seen < start.events.size()) {
                        return start.events.get(seen++);
                    }
                    long left = end - System.nanoTime();
                    if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                        return null;
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            start = null;
            seen = Integer.MAX_VALUE;
        }
    }
}
