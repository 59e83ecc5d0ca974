package org.lyceum.proxy;

import java.util.ArrayList;
import java.util.List;

/** That a server is frozen, and who waits for it to go on. Any thread, never waits. */
final class Frost {

    /** A request that waits. Called once at most, on any thread. */
    @FunctionalInterface
    interface Waiting {

        /**
         * @param awake whether the server goes on; else it could not be woken
         */
        void over(boolean awake);
    }

    private final Runnable wake;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean asked;
    private boolean over;

    /**
     * @param wake has the server go on; must not wait
     */
    Frost(Runnable wake) {
        this.wake = wake;
    }

    /** Has the server go on, for nobody who waits. */
    void wake() {
        if (ask()) {
            wake.run();
        }
    }

    /**
     * Has the server go on, and {@code one} told of it.
     *
     * @param most how many may wait
     * @return whether it will be told; false when too many wait
     */
    boolean await(Waiting one, int most) {
        boolean awake;
        synchronized (this) {
            awake = over;
            if (!awake) {
                if (waiting.size() >= most) {
                    return false;
                }
                waiting.add(one);
            }
        }
        if (awake) {
            one.over(true);
        } else {
            wake();
        }
        return true;
    }

    /** Takes back that it waits. */
    synchronized void leave(Waiting one) {
        waiting.remove(one);
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean ask() {
        boolean first = !asked && !over;
        asked = true;
        return first;
    }

    /** The server goes on. */
    void thawed() {
        end(true);
    }

    /** It could not be woken; who comes next has it tried again. */
    void failed() {
        end(false);
    }

    private void end(boolean awake) {
        List<Waiting> all;
        synchronized (this) {
            over = awake;
            asked = false;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.over(awake));
    }
}
