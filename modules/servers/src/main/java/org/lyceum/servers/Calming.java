package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.linux.Pressure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Watches what the machine is short of, and has it calmed in two steps: idle servers are frozen
 * early, then starts go one at a time with a pause between (ADR 0050). Any thread.
 */
final class Calming implements Job {

    private static final Logger log = LoggerFactory.getLogger(Calming.class);

    /** Shorter bursts are a class that opens its notebooks. */
    static final Duration SUSTAINED = Duration.ofSeconds(20);

    /** What freezing has brought shows by then. */
    static final Duration THEN_HOLD = Duration.ofSeconds(30);

    /** Nothing flaps: over when it was well below for as long as this. */
    static final Duration RELIEVED = Duration.ofSeconds(30);

    /** Of the threshold. */
    private static final double WELL_BELOW = 0.7;

    /** While memory or disk is short. However long that lasts, everybody has their turn. */
    static final Duration BETWEEN_STARTS = Duration.ofSeconds(20);

    private final ServersConfig.Freezing config;
    private final Supplier<Optional<Pressure>> kernel;
    private final Clock clock;
    private @Nullable Pressure now;
    private @Nullable Instant highSince;
    private @Nullable Instant lowSince;
    private @Nullable Instant calmingSince;
    private @Nullable Instant lastStart;
    private MachineCalm.@Nullable Lack lack;

    Calming(ServersConfig.Freezing config, Supplier<Optional<Pressure>> kernel, Clock clock) {
        this.config = config;
        this.kernel = kernel;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "servers.calm";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public synchronized Report run() {
        var told = kernel.get().orElse(null);
        now = told;
        var before = state();
        if (told != null) {
            look(told, clock.instant());
        }
        var after = state();
        if (before != after) {
            log.info("machine.calming state={} lack={} pressure={}", after, lack, told);
        }
        return new Report(1, before == after ? 0 : 1, 0);
    }

    private void look(Pressure pressure, Instant at) {
        var worst = config.lack(pressure, 1);
        if (worst != null) {
            lowSince = null;
            highSince = highSince == null ? at : highSince;
            lack = worst;
            if (calmingSince == null && !at.isBefore(highSince.plus(SUSTAINED))) {
                calmingSince = at;
            }
            return;
        }
        highSince = null;
        if (calmingSince == null) {
            return;
        }
        if (config.lack(pressure, WELL_BELOW) != null) {
            lowSince = null;
            return;
        }
        lowSince = lowSince == null ? at : lowSince;
        if (!at.isBefore(lowSince.plus(RELIEVED))) {
            calmingSince = null;
            lowSince = null;
            lack = null;
        }
    }

    /** Where the machine stands. */
    synchronized MachineCalm calm() {
        var since = calmingSince;
        return new MachineCalm(state(), since, since == null ? null : lack, now);
    }

    private MachineCalm.State state() {
        if (calmingSince == null) {
            return now == null ? MachineCalm.State.UNKNOWN : MachineCalm.State.CALM;
        }
        return clock.instant().isBefore(calmingSince.plus(THEN_HOLD))
                ? MachineCalm.State.FREEZING
                : MachineCalm.State.HOLDING;
    }

    /**
     * After how long without use servers sleep now.
     *
     * @param usual what was decided; 0, which is never, stays so however short the machine is
     */
    Duration freezeAfter(Duration usual) {
        var sooner = config.afterUnderPressure();
        return freezesEarly() && usual.compareTo(sooner) > 0 ? sooner : usual;
    }

    synchronized boolean freezesEarly() {
        return calmingSince != null;
    }

    /**
     * Whether a start has to wait. Short of cores, for another that is under way only: starts take
     * cores themselves, and a class that begins is no reason to make it wait for nothing.
     *
     * @param others whether another start is under way
     */
    synchronized boolean holdsStarts(boolean others) {
        if (state() != MachineCalm.State.HOLDING) {
            return false;
        }
        boolean lately =
                lastStart != null && clock.instant().isBefore(lastStart.plus(BETWEEN_STARTS));
        return others || (lack != MachineCalm.Lack.CORES && lately);
    }

    /** A start goes in. */
    synchronized void started() {
        lastStart = clock.instant();
    }
}
