package org.lyceum.hub;

import org.lyceum.platform.jobs.Job;
import org.lyceum.proxy.Passes;

import java.time.Duration;

/** Takes passes to servers from those who have signed out or lost the right to use them. */
final class RecheckPasses implements Job {

    private final Passes passes;

    RecheckPasses(Passes passes) {
        this.passes = passes;
    }

    @Override
    public String name() {
        return "hub.recheck-passes";
    }

    /** A change of rights is to be felt within ten seconds. */
    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Report run() {
        int looked = passes.count();
        return looked == 0 ? Report.NOTHING : new Report(looked, passes.recheck(), 0);
    }
}
