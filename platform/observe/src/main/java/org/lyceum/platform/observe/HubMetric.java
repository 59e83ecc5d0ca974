package org.lyceum.platform.observe;

import java.util.List;

/**
 * Every metric we publish. The names of the first group are JupyterHub's, so that dashboards made
 * for it work; source: jupyterhub 5, metrics.py.
 */
public enum HubMetric {
    REQUEST_DURATION(
            "jupyterhub_request_duration_seconds",
            "How long requests to the hub took, by method, handler and status code.",
            Kind.HISTOGRAM,
            List.of("method", "handler", "code"),
            Buckets.DEFAULT),
    SPAWN_DURATION(
            "jupyterhub_server_spawn_duration_seconds",
            "How long starts of servers took, by how they ended.",
            Kind.HISTOGRAM,
            List.of("status"),
            Buckets.SPAWN),
    STOP_DURATION(
            "jupyterhub_server_stop_seconds",
            "How long stops of servers took, by how they ended.",
            Kind.HISTOGRAM,
            List.of("status"),
            Buckets.DEFAULT),
    RUNNING_SERVERS(
            "jupyterhub_running_servers",
            "Servers that are ready now.",
            Kind.GAUGE,
            List.of(),
            Buckets.NONE),
    TOTAL_USERS(
            "jupyterhub_total_users",
            "Members of the community.",
            Kind.GAUGE,
            List.of(),
            Buckets.NONE),
    ACTIVE_USERS(
            "jupyterhub_active_users",
            "Members who were active within the period.",
            Kind.GAUGE,
            List.of("period"),
            Buckets.NONE),
    STOPS(
            "lyceum_server_stops_total",
            "Servers that have ended since the platform started, by the one reason of each.",
            Kind.COUNTER,
            List.of("reason"),
            Buckets.NONE),
    ASLEEP(
            "lyceum_servers_asleep",
            "Running servers that are frozen until somebody comes.",
            Kind.GAUGE,
            List.of(),
            Buckets.NONE),
    FREEZES(
            "lyceum_server_freezes_total",
            "How often a server was frozen since the platform started.",
            Kind.COUNTER,
            List.of(),
            Buckets.NONE),
    THAWS(
            "lyceum_server_thaws_total",
            "How often a frozen server went on since the platform started.",
            Kind.COUNTER,
            List.of(),
            Buckets.NONE),
    CALMING(
            "lyceum_machine_calming",
            "What is done because the machine is short of something: 0 nothing, 1 idle servers are"
                    + " frozen early, 2 starts go one at a time as well.",
            Kind.GAUGE,
            List.of(),
            Buckets.NONE),
    STARTUP_DURATION(
            "jupyterhub_hub_startup_duration_seconds",
            "How long the process took from its start to its first listening socket.",
            Kind.HISTOGRAM,
            List.of(),
            Buckets.DEFAULT);

    /** What the metric is to Prometheus. */
    public enum Kind {
        HISTOGRAM,
        GAUGE,
        COUNTER
    }

    /** Upper bounds in seconds, as JupyterHub's dashboards expect them. */
    private static final class Buckets {
        static final double[] NONE = {};
        static final double[] DEFAULT = {
            .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
        };
        static final double[] SPAWN = {.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600};
    }

    private final String title;
    private final String help;
    private final Kind kind;
    private final List<String> labels;
    private final double[] buckets;

    HubMetric(String title, String help, Kind kind, List<String> labels, double[] buckets) {
        this.title = title;
        this.help = help;
        this.kind = kind;
        this.labels = labels;
        this.buckets = buckets;
    }

    /** The name as it is scraped. */
    public String title() {
        return title;
    }

    /** A sentence for the reference page and the {@code # HELP} line. */
    public String help() {
        return help;
    }

    public Kind kind() {
        return kind;
    }

    /** Label names, in the order their values are given. */
    public List<String> labels() {
        return labels;
    }

    double[] buckets() {
        return buckets.clone();
    }
}
