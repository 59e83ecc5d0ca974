package org.lyceum.servers;

import org.lyceum.community.Limits;
import org.lyceum.platform.kernel.Problem;

/**
 * How many servers there may be: as many as the machine bears, and of those as many as the
 * community may have. Pure.
 *
 * @param namedPerUser named servers of this user; 0 turns them off
 * @param waits whether the start stands in line until there is room for its server
 */
record ServerLimits(ServersConfig platform, Limits community, int namedPerUser, boolean waits) {

    /** For whoever does not wait for room. */
    ServerLimits(ServersConfig platform, Limits community, int namedPerUser) {
        this(platform, community, namedPerUser, false);
    }

    /** The same for somebody who waits. */
    ServerLimits inTurn() {
        return new ServerLimits(platform, community, namedPerUser, true);
    }

    /** What there is, asked for only where a limit needs it. */
    interface Counts {

        long spawning();

        long active();

        long spawningInCommunity();

        long activeInCommunity();

        /** Whether this start adds a named server to those of the user. */
        boolean addsNamed();

        /** Named servers of the user. */
        long named();
    }

    /**
     * @throws Problem BUSY server.too-many-spawns, server.too-many-active, INVALID
     *     server.too-many-named
     */
    void requireRoom(Counts now) {
        var ownSpawning = community.maxSpawning();
        if (now.spawning() >= platform.maxSpawning()
                || (ownSpawning != null && now.spawningInCommunity() >= ownSpawning)) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "server.too-many-spawns",
                    "Too many servers are starting right now; try again in a minute.");
        }
        if (!waits) {
            requireFewer(now);
        }
        requireNamed(now);
    }

    /**
     * @throws Problem INVALID server.too-many-named
     */
    void requireNamed(Counts now) {
        if (now.addsNamed() && now.named() >= namedPerUser) {
            throw Problem.invalid(
                    "server.too-many-named",
                    "You already have the maximum of "
                            + namedPerUser
                            + " named servers."
                            + " Remove one before you make another.");
        }
    }

    private void requireFewer(Counts now) {
        if (platform.maxActive() > 0 && now.active() >= platform.maxActive()) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "server.too-many-active",
                    "As many servers are running as this machine allows; try again in a few"
                            + " minutes.");
        }
        var ownActive = community.maxActive();
        if (ownActive != null && ownActive > 0 && now.activeInCommunity() >= ownActive) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "server.too-many-active",
                    "As many servers are running as this community may have; try again in a few"
                            + " minutes.");
        }
    }
}
