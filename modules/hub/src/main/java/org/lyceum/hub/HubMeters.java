package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.observe.HubMetric;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.ServerState;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures what the hub does, under the names JupyterHub's dashboards look for (contract §8). */
final class HubMeters {

    /** Dashboards leave this one handler out of response times: it lasts as long as a start. */
    private static final String PROGRESS = "jupyterhub.apihandlers.users.SpawnProgressAPIHandler";

    private final Metrics metrics;

    private final HubServices services;
    private final Starts starts;
    private final AtomicBoolean prepared = new AtomicBoolean();

    HubMeters(Metrics metrics, HubServices services, Starts starts) {
        this.metrics = metrics;
        this.services = services;
        this.starts = starts;
    }

    /** Every series from the first look on, also those that are zero. */
    String scrape() {
        if (prepared.compareAndSet(false, true)) {
            starts.prepareMetrics();
            prepare(services.servers().queries(), services.identity().users(), services.clock());
        }
        return metrics.scrape();
    }

    /** Numbers that are asked for rather than counted. */
    private void prepare(ServerQueries servers, UserService users, Clock clock) {
        metrics.gauge(HubMetric.RUNNING_SERVERS, () -> servers.count(ServerState.READY));
        metrics.gauge(HubMetric.TOTAL_USERS, users::count);
        showActive("24h", Duration.ofHours(24), users, clock);
        showActive("7d", Duration.ofDays(7), users, clock);
        showActive("30d", Duration.ofDays(30), users, clock);
    }

    /**
     * @param endpoint null when no endpoint has the request's path and method
     */
    void answered(String method, @Nullable Endpoint endpoint, int status, Duration took) {
        metrics.observe(
                HubMetric.REQUEST_DURATION,
                took,
                method(method),
                handler(endpoint),
                Integer.toString(status));
    }

    private void showActive(String title, Duration period, UserService users, Clock clock) {
        metrics.gauge(
                HubMetric.ACTIVE_USERS,
                () -> users.countActiveSince(clock.instant().minus(period)),
                title);
    }

    /** Clients may invent methods; a series for each would fill the memory. */
    private static String method(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "OTHER";
        };
    }

    private static String handler(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            return "none";
        }
        return endpoint.path().endsWith("/progress") ? PROGRESS : endpoint.path();
    }
}
