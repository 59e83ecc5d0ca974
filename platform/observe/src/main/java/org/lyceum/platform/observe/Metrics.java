package org.lyceum.platform.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of one hub. Each hub has its own, because its endpoint shows its own community only
 * and JupyterHub's names carry no label for one. Thread-safe; the registry is made on first use, so
 * that it costs nothing at the start.
 */
public final class Metrics {

    /** What {@link #scrape()} writes. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String UNIT = "_seconds"; // Micrometer appends it to timers itself

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Adds one observation to a histogram; {@code labels} in the order the metric names them. */
    public void observe(HubMetric metric, Duration took, String... labels) {
        timer(metric, labels).record(took);
    }

    /** Makes the series with these labels appear, with zeros, before anything is observed. */
    public void prepare(HubMetric metric, String... labels) {
        timer(metric, labels);
    }

    /** Shows what {@code value} says at each scrape. Must be quick: one indexed read. */
    public void gauge(HubMetric metric, Supplier<Number> value, String... labels) {
        Gauge.builder(metric.title(), value)
                .description(metric.help())
                .tags(tags(metric, labels))
                .register(registry);
    }

    /** All series in Prometheus's text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    private Timer timer(HubMetric metric, String... labels) {
        var name = metric.title();
        return Timer.builder(name.substring(0, name.length() - UNIT.length()))
                .description(metric.help())
                .tags(tags(metric, labels))
                .serviceLevelObjectives(
                        Arrays.stream(metric.buckets())
                                .mapToObj(s -> Duration.ofNanos((long) (s * 1e9)))
                                .toArray(Duration[]::new))
                .register(registry);
    }

    private static Tags tags(HubMetric metric, String... values) {
        List<String> names = metric.labels();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(metric.title() + " has the labels " + names);
        }
        var tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(names.get(i), values[i]);
        }
        return tags;
    }
}
