package org.lyceum.servers;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * First come, first served: at most so many starts work at once. Starting is work for a core, so
 * more at once would not be faster for anybody, and slower for the first.
 */
final class StartLine {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ArrayDeque<Place> waiting = new ArrayDeque<>();
    private int free;

    StartLine(int parallel) {
        this.free = parallel;
    }

    /**
     * Waits for a place. The line is as long as the limit on starts allows.
     *
     * @param ahead told how many are before the caller, once and whenever that changes, while it is
     *     not 0
     */
    Place enter(IntConsumer ahead) throws InterruptedException {
        var place = new Place();
        lock.lock();
        try {
            waiting.addLast(place);
            int told = 0;
            while (free == 0 || waiting.peekFirst() != place) {
                int before = position(place) + 1;
                if (before != told) {
                    told = before;
                    ahead.accept(before);
                }
                moved.await();
            }
            waiting.removeFirst();
            free--;
            place.held = true;
            moved.signalAll();
            return place;
        } catch (InterruptedException e) {
            waiting.remove(place);
            moved.signalAll();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private int position(Place place) {
        int position = 0;
        for (var each : waiting) {
            if (each == place) {
                return position;
            }
            position++;
        }
        return position;
    }

    /** The right to work; giving it back twice is fine. */
    final class Place implements AutoCloseable {

        private boolean held;

        @Override
        public void close() {
            lock.lock();
            try {
                if (held) {
                    held = false;
                    free++;
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
