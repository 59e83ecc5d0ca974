package org.lyceum.login;

import org.lyceum.platform.jobs.Job;

import java.time.Duration;

/**
 * Asks the providers in use whether they still answer, so that the sign-in page and the panel know
 * before people do. Without providers it asks nobody.
 */
final class WatchProviders implements Job {

    private final ProviderService providers;

    /** The first run comes with the start of the platform, which asks the network for nothing. */
    private boolean started;

    WatchProviders(ProviderService providers) {
        this.providers = providers;
    }

    @Override
    public String name() {
        return "login.watch-providers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Report run() {
        if (!started) {
            started = true;
            return Report.NOTHING;
        }
        var used = providers.list().stream().filter(Provider::enabled).toList();
        int silent = 0;
        for (var provider : used) {
            silent += providers.look(provider) ? 0 : 1;
        }
        return new Report(used.size(), silent, 0); // that one is silent is no failure of the job
    }
}
