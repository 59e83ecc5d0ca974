package org.lyceum.slots;

import java.time.Duration;
import java.time.Instant;

/**
 * How often starts of one kind are asked for. Immutable.
 *
 * @param average starts per period, as of the end of the one before; each period counts 0.7 of the
 *     next one
 * @param period number of the period that {@code counted} is of, since 1970
 */
record Demand(double average, long period, int counted) {

    /** A class that comes together does so within this time. */
    static final Duration PERIOD = Duration.ofMinutes(10);

    private static final double WEIGHT = 0.3;

    /** A kind that was asked for once is kept ready for 40 minutes, and then not. */
    private static final double TOO_RARE = 0.1;

    /** Beyond this nothing is left of an average. */
    private static final int LONG_AGO = 200;

    static Demand none(Instant now) {
        return new Demand(0, number(now), 0);
    }

    private static long number(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), PERIOD.toMillis());
    }

    /** The same at a later time. */
    Demand at(Instant now) {
        long here = number(now);
        if (here <= period) {
            return this;
        }
        double folded = folded();
        long quiet = here - period - 1;
        return new Demand(
                quiet > LONG_AGO ? 0 : folded * Math.pow(1 - WEIGHT, (double) quiet), here, 0);
    }

    /** With one more start, now. */
    Demand plusOne(Instant now) {
        var there = at(now);
        return new Demand(there.average, there.period, there.counted + 1);
    }

    private double folded() {
        return (1 - WEIGHT) * average + WEIGHT * counted;
    }

    /** How many to keep ready: what is likely to be asked for in the next ten minutes. */
    int wanted() {
        double expected = Math.max(average, folded());
        return expected < TOO_RARE ? 0 : (int) Math.ceil(expected);
    }
}
