package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.linux.Pressure;

import java.time.Duration;

/**
 * {@code servers.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param startTimeout from its place at the head of the line to the first answer of the server
 * @param stopGrace how long a server may take to end by itself
 * @param maxSpawning starts under way and in line, over all communities
 * @param maxActive servers that may hold a container at once; 0 is no limit
 * @param namedPerUser named servers one user may have in a community, stopped ones too; 0 turns
 *     named servers off
 * @param parallelStarts starts that work at the same time; more make everybody wait for the last
 * @param scratch size of /tmp in every server; counts as its memory
 * @param room for servers on this machine
 * @param ends when servers sleep and end by themselves
 * @param freezing when a machine that is short of something has them sleep sooner
 */
public record ServersConfig(
        Duration startTimeout,
        Duration stopGrace,
        int maxSpawning,
        int maxActive,
        int namedPerUser,
        int parallelStarts,
        Bytes scratch,
        Room room,
        Ends ends,
        Freezing freezing) {

    /**
     * What of the machine's memory servers may be promised.
     *
     * @param reserve never promised: for the platform, the engine and the system
     * @param percent of the rest; above 100, servers are promised memory that is not there, and the
     *     kernel ends some when all use theirs
     * @param patience how long a start waits for room before it is given up
     */
    public record Room(Bytes reserve, int percent, Duration patience) {

        public Room {
            require(percent >= 10 && percent <= 1000, "servers.memory-percent must be 10 to 1000");
            require(patience.isPositive(), "servers.wait-for-room must be longer than 0");
        }

        public static Room defaults() {
            return new Room(Bytes.gib(1), 100, Duration.ofMinutes(30));
        }
    }

    /**
     * When servers sleep, and when those end that nobody has stopped.
     *
     * @param cullAfter without use; 0: never
     * @param maxAge used or not; 0: never
     * @param keepAtMost how long people can have a server kept that is not used; 0: not at all
     * @param freezeAfter without use; 0: never
     * @param bounds how far communities and profiles may go beyond that
     */
    public record Ends(
            Duration cullAfter,
            Duration maxAge,
            Duration keepAtMost,
            Duration freezeAfter,
            Bounds bounds) {

        /** Shorter, and somebody who reads what they have computed would lose it. */
        static final Duration LEAST = Duration.ofMinutes(2);

        /** Asleep after 20 minutes, and with the bounds that follow from these. */
        public Ends(Duration cullAfter, Duration maxAge, Duration keepAtMost) {
            this(
                    cullAfter,
                    maxAge,
                    keepAtMost,
                    Duration.ofMinutes(20),
                    Bounds.of(cullAfter, maxAge, keepAtMost));
        }

        public Ends {
            require(
                    !Bounds.longer(cullAfter, bounds.cullAfter())
                            && !Bounds.longer(maxAge, bounds.maxAge())
                            && keepAtMost.compareTo(bounds.keepAtMost()) <= 0
                            && !Bounds.longer(freezeAfter, bounds.freezeAfter()),
                    "servers.cull-after, max-age, keep-at-most and freeze-after must not be longer"
                            + " than their bounds, servers.cull-after-bound and so on");
            require(zeroOrMore(cullAfter), "servers.cull-after must be 0, or 2 minutes at least");
            require(zeroOrMore(maxAge), "servers.max-age must be 0, or 2 minutes at least");
            require(!keepAtMost.isNegative(), "servers.keep-at-most must not be negative");
            require(
                    freezeAfter.isZero() || freezeAfter.compareTo(Freezing.LEAST) >= 0,
                    "servers.freeze-after must be 0, or 10 seconds at least");
        }

        private static boolean zeroOrMore(Duration duration) {
            return duration.isZero() || duration.compareTo(LEAST) >= 0;
        }

        public static Ends defaults() {
            return new Ends(Duration.ofHours(2), Duration.ZERO, Duration.ofHours(12));
        }
    }

    /**
     * When servers that nobody uses are frozen sooner than they are usually.
     *
     * @param afterUnderPressure without use, while the machine is short of something
     * @param cores percent of the time in which something waits for a core, from which on the
     *     machine is short of them; 0: never
     * @param memory percent of the time in which nothing goes on for want of memory; 0: never
     * @param disk percent of the time in which nothing goes on because of disks; 0: never
     */
    public record Freezing(Duration afterUnderPressure, int cores, int memory, int disk) {

        /** Shorter, and servers would be frozen and woken all the time. */
        static final Duration LEAST = Duration.ofSeconds(10);

        public Freezing {
            require(
                    afterUnderPressure.compareTo(LEAST) >= 0,
                    "servers.freeze-after-under-pressure must be 10 seconds at least");
            for (int percent : new int[] {cores, memory, disk}) {
                require(
                        percent >= 0 && percent <= 100,
                        "servers.pressure-cores, -memory and -disk must be 0 to 100");
            }
        }

        public static Freezing defaults() {
            return new Freezing(Duration.ofMinutes(3), 90, 15, 50);
        }

        /** What there is too little of, at {@code share} of the thresholds; null for nothing. */
        MachineCalm.@Nullable Lack lack(Pressure now, double share) {
            if (memory > 0 && now.memory() >= memory * share) {
                return MachineCalm.Lack.MEMORY;
            }
            if (disk > 0 && now.disk() >= disk * share) {
                return MachineCalm.Lack.DISK;
            }
            return cores > 0 && now.cores() >= cores * share ? MachineCalm.Lack.CORES : null;
        }
    }

    /**
     * The longest that managers may set for a community or a profile; its memory is everybody's.
     *
     * @param cullAfter 0: any, and never
     * @param maxAge 0: any, and never
     * @param keepAtMost at most, 0: not at all
     * @param freezeAfter 0: any, and never
     */
    public record Bounds(
            Duration cullAfter, Duration maxAge, Duration keepAtMost, Duration freezeAfter) {

        public Bounds {
            require(
                    !cullAfter.isNegative() && !maxAge.isNegative() && !keepAtMost.isNegative(),
                    "servers.cull-after-bound, max-age-bound and keep-at-most-bound must not be"
                            + " negative");
            require(
                    freezeAfter.isZero() || freezeAfter.compareTo(Freezing.LEAST) >= 0,
                    "servers.freeze-after-bound must be 0, or 10 seconds at least");
        }

        /**
         * A day without use and three on request, or what the platform allows everybody if that is
         * more; any age, unless the platform has one; and awake for as long as they run.
         */
        static Bounds of(Duration cullAfter, Duration maxAge, Duration keepAtMost) {
            var day = Duration.ofDays(1);
            var days = Duration.ofDays(3);
            return new Bounds(
                    longer(cullAfter, day) ? cullAfter : day,
                    maxAge,
                    keepAtMost.compareTo(days) > 0 ? keepAtMost : days,
                    Duration.ZERO);
        }

        /** Of times of which 0 is the longest. */
        static boolean longer(Duration one, Duration other) {
            return !other.isZero() && (one.isZero() || one.compareTo(other) > 0);
        }
    }

    /** What a single-user server listens on inside its container; nothing is published. */
    static final int PORT = 8888;

    public ServersConfig {
        require(startTimeout.isPositive(), "servers.start-timeout must be longer than 0");
        require(!stopGrace.isNegative(), "servers.stop-grace must not be negative");
        require(maxSpawning >= 1, "servers.max-spawning must be at least 1");
        require(maxActive >= 0, "servers.max-active must not be negative");
        require(namedPerUser >= 0, "servers.named-per-user must not be negative");
        require(parallelStarts >= 1, "servers.parallel-starts must be at least 1");
    }

    /**
     * The defaults for this machine: as many starts at once as it has cores, and no limit on
     * servers beyond what their memory limits and the kernel set.
     */
    public static ServersConfig defaults() {
        return new ServersConfig(
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                100,
                0,
                5,
                Runtime.getRuntime().availableProcessors(),
                Bytes.gib(1),
                Room.defaults(),
                Ends.defaults(),
                Freezing.defaults());
    }

    public static ServersConfig from(ConfigSection servers) {
        var otherwise = defaults();
        return new ServersConfig(
                servers.duration("start-timeout", otherwise.startTimeout()),
                servers.duration("stop-grace", otherwise.stopGrace()),
                servers.integer("max-spawning", otherwise.maxSpawning()),
                servers.integer("max-active", otherwise.maxActive()),
                servers.integer("named-per-user", otherwise.namedPerUser()),
                servers.integer("parallel-starts", otherwise.parallelStarts()),
                servers.bytes("scratch", otherwise.scratch()),
                new Room(
                        servers.bytes("memory-reserve", otherwise.room().reserve()),
                        servers.integer("memory-percent", otherwise.room().percent()),
                        servers.duration("wait-for-room", otherwise.room().patience())),
                ends(servers, otherwise.ends()),
                new Freezing(
                        servers.duration(
                                "freeze-after-under-pressure",
                                otherwise.freezing().afterUnderPressure()),
                        servers.integer("pressure-cores", otherwise.freezing().cores()),
                        servers.integer("pressure-memory", otherwise.freezing().memory()),
                        servers.integer("pressure-disk", otherwise.freezing().disk())));
    }

    private static Ends ends(ConfigSection servers, Ends otherwise) {
        var cullAfter = servers.duration("cull-after", otherwise.cullAfter());
        var maxAge = servers.duration("max-age", otherwise.maxAge());
        var keepAtMost = servers.duration("keep-at-most", otherwise.keepAtMost());
        var bounds = Bounds.of(cullAfter, maxAge, keepAtMost);
        return new Ends(
                cullAfter,
                maxAge,
                keepAtMost,
                servers.duration("freeze-after", otherwise.freezeAfter()),
                new Bounds(
                        servers.duration("cull-after-bound", bounds.cullAfter()),
                        servers.duration("max-age-bound", bounds.maxAge()),
                        servers.duration("keep-at-most-bound", bounds.keepAtMost()),
                        servers.duration("freeze-after-bound", bounds.freezeAfter())));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
