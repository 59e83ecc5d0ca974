package org.lyceum.servers;

import org.lyceum.platform.jobs.Job;
import org.lyceum.proxy.Activity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Writes down what the proxy has seen of servers' use; source: jupyterhub's every 300 s. */
final class MergeActivity implements Job {

    private final Activity proxy;
    private final ServerRepository servers;
    private final ActivityService activity;
    private final Map<String, Instant> written = new HashMap<>();

    MergeActivity(Activity proxy, ServerRepository servers, ActivityService activity) {
        this.proxy = proxy;
        this.servers = servers;
        this.activity = activity;
    }

    @Override
    public String name() {
        return "servers.merge-activity";
    }

    /** Finer than JupyterHub's, so that a culler sees a use within a minute. */
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Report run() {
        var seen = proxy.snapshot();
        written.keySet().retainAll(seen.keySet());
        int changed = 0;
        for (var server : servers.active()) {
            var at = seen.get(server.prefix());
            if (at != null && !at.equals(written.put(server.prefix(), at))) {
                activity.record(server.key(), at);
                changed++;
            }
        }
        return new Report(seen.size(), changed, 0);
    }
}
