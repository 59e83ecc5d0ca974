package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.observe.HubMetric;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.servers.MachineCalm;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures what the hub does, under the names JupyterHub's dashboards look for (contract §8). */
final class HubMeters {

    /** Dashboards leave this one handler out of response times: it lasts as long as a start. */
    private static final String PROGRESS = "jupyterhub.apihandlers.users.SpawnProgressAPIHandler";

    private static final Map<String, Duration> PERIODS =
            Map.of(
                    "24h", Duration.ofHours(24),
                    "7d", Duration.ofDays(7),
                    "30d", Duration.ofDays(30));

    private final Metrics metrics;
    private final LiveCommunity community;
    private final HubServices services;
    private final Starts starts;
    private final AtomicBoolean prepared = new AtomicBoolean();

    HubMeters(LiveCommunity community, Metrics metrics, HubServices services, Starts starts) {
        this.community = community;
        this.metrics = metrics;
        this.services = services;
        this.starts = starts;
    }

    /** Every series from the first look on, also those that are zero. */
    String scrape() {
        if (prepared.compareAndSet(false, true)) {
            starts.prepareMetrics();
            prepare(community.now().id(), services.servers().queries(), services.clock());
        }
        return metrics.scrape(Map.of("community", community.now().name()));
    }

    /** Numbers that are asked for rather than counted. */
    private void prepare(CommunityId id, ServerQueries servers, Clock clock) {
        metrics.gauge(HubMetric.RUNNING_SERVERS, () -> servers.count(id, ServerState.READY));
        metrics.gauge(HubMetric.ASLEEP, () -> servers.countAsleep(id));
        metrics.gauge(HubMetric.FREEZES, () -> servers.countFreezes(id));
        metrics.gauge(HubMetric.THAWS, () -> servers.countThaws(id));
        metrics.gauge(HubMetric.CALMING, () -> calming(servers.calm()));
        metrics.gauge(HubMetric.TOTAL_USERS, () -> servers.countMembers(id, null));
        for (var reason : StopReason.values()) {
            metrics.gauge(
                    HubMetric.STOPS,
                    () -> servers.countStops(id, reason),
                    reason.name().toLowerCase(Locale.ROOT));
        }
        PERIODS.forEach(
                (title, period) ->
                        metrics.gauge(
                                HubMetric.ACTIVE_USERS,
                                () -> servers.countMembers(id, clock.instant().minus(period)),
                                title));
    }

    private static long calming(MachineCalm calm) {
        return switch (calm.state()) {
            case UNKNOWN, CALM -> 0;
            case FREEZING -> 1;
            case HOLDING -> 2;
        };
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
