package org.lyceum.platform.observe;

import java.util.List;

/**
 * Every series the process exports. Those of JupyterHub keep its names, labels and buckets
 * (jupyterhub 5.5, metrics.py): existing dashboards query them.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies
public enum Metric {
    REQUEST_DURATION(
            "jupyterhub_request_duration_seconds",
            "Time to answer a request of the hub.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of("method", "handler", "code")),
    SERVER_SPAWN_DURATION(
            "jupyterhub_server_spawn_duration_seconds",
            "Time from the request for a server to its first answer.",
            Shape.HISTOGRAM,
            Buckets.SPAWN,
            List.of("status"),
            "success", "failure", "already-pending", "throttled", "too-many-users"),
    RUNNING_SERVERS(
            "jupyterhub_running_servers", "Servers that are ready.", Shape.GAUGE, Buckets.NONE, List.of()),
    TOTAL_USERS(
            "jupyterhub_total_users", "Users there are.", Shape.GAUGE, Buckets.NONE, List.of()),
    ACTIVE_USERS(
            "jupyterhub_active_users",
            "Users who were active within the period.",
            Shape.GAUGE,
            Buckets.NONE,
            List.of("period"),
            "24h", "7d", "30d"),
    SERVER_STOP_DURATION(
            "jupyterhub_server_stop_seconds",
            "Time to stop a server.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of("status"),
            "success", "failure"),
    SERVER_POLL_DURATION(
            "jupyterhub_server_poll_duration_seconds",
            "Time to find out whether a server still runs.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of("status"),
            "running", "stopped"),
    PROXY_ADD_DURATION(
            "jupyterhub_proxy_add_duration_seconds",
            "Time to add a route.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of("status"),
            "success", "failure"),
    PROXY_DELETE_DURATION(
            "jupyterhub_proxy_delete_duration_seconds",
            "Time to remove a route.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of("status"),
            "success", "failure"),
    PROXY_POLL_DURATION(
            "jupyterhub_proxy_poll_duration_seconds",
            "Time to read the route table.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of()),
    CHECK_ROUTES_DURATION(
            "jupyterhub_check_routes_duration_seconds",
            "Time to make routes and servers agree.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of()),
    HUB_STARTUP_DURATION(
            "jupyterhub_hub_startup_duration_seconds",
            "Time from the start of the process to its first answer.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of()),
    INIT_SPAWNERS_DURATION(
            "jupyterhub_init_spawners_duration_seconds",
            "Time to find the servers that were running before the start.",
            Shape.HISTOGRAM,
            Buckets.USUAL,
            List.of());

    enum Shape {
        HISTOGRAM,
        GAUGE
    }

    private final String series;
    private final String sentence;
    private final Shape shape;
    private final Buckets buckets;
    private final List<String> labels;
    private final List<String> known;

    Metric(
            String series,
            String sentence,
            Shape shape,
            Buckets buckets,
            List<String> labels,
            String... known) {
        this.series = series;
        this.sentence = sentence;
        this.shape = shape;
        this.buckets = buckets;
        this.labels = labels;
        this.known = List.of(known);
    }

    /** The name under which it is exported. */
    public String series() {
        return series;
    }

    public String sentence() {
        return sentence;
    }

    public List<String> labels() {
        return labels;
    }

    Shape shape() {
        return shape;
    }

    Buckets buckets() {
        return buckets;
    }

    /** Values of the one label that are exported from the start, as zeros. */
    List<String> known() {
        return known;
    }
}
