package org.lyceum.hub;

import org.lyceum.community.Community;

/**
 * A community as it is now. Its hub stays mounted while title, state, notice or limits change; only
 * its address is the hub's own for life. Any thread.
 */
final class LiveCommunity {

    private volatile Community now;

    LiveCommunity(Community first) {
        this.now = first;
    }

    Community now() {
        return now;
    }

    void become(Community next) {
        now = next;
    }
}
