package org.lyceum.platform.observe;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The values of all metrics, and how they are written for Prometheus (text format 0.0.4). Safe for
 * any thread, the event loop included: recording takes no lock.
 */
public final class Metrics {

    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Methods, handlers and codes make a few hundred; more means that a label holds a name. */
    private static final int MAX_SERIES = 2_000;

    /** One set of label values of a histogram. */
    private static final class Histogram {
        private final LongAdder[] counts;
        private final LongAdder nanos = new LongAdder();

        Histogram(int buckets) {
            counts = new LongAdder[buckets];
            for (int i = 0; i < buckets; i++) {
                counts[i] = new LongAdder();
            }
        }
    }

    private final Map<Metric, Map<String, Histogram>> histograms = new EnumMap<>(Metric.class);
    private final Map<Metric, Map<String, DoubleSupplier>> gauges = new EnumMap<>(Metric.class);

    /** All metrics there are, at zero: a dashboard must not find holes before the first event. */
    public Metrics() {
        for (var metric : Metric.values()) {
            histograms.put(metric, new ConcurrentSkipListMap<>());
            gauges.put(metric, new ConcurrentSkipListMap<>());
            if (metric.labels().isEmpty()) {
                prepare(metric, "");
            }
            for (var value : metric.known()) {
                prepare(metric, written(metric, value));
            }
        }
    }

    /**
     * Notes that something took a time.
     *
     * @param labels values in the order of {@link Metric#labels}; from a small, fixed set
     */
    public void observe(Metric metric, Duration took, String... labels) {
        var series = histograms.getOrDefault(metric, Map.of());
        var key = written(metric, labels);
        var histogram = series.get(key);
        if (histogram == null) {
            if (series.size() >= MAX_SERIES) {
                return;
            }
            histogram = series.computeIfAbsent(key, missing -> histogram(metric));
        }
        histogram.counts[metric.buckets().indexOf(took.toNanos() / 1e9)].increment();
        histogram.nanos.add(took.toNanos());
    }

    /** Says where the value of a gauge comes from; {@code value} is called at each scrape. */
    public void gauge(Metric metric, DoubleSupplier value, String... labels) {
        gauges.getOrDefault(metric, Map.of()).put(written(metric, labels), value);
    }

    /** All series as text. */
    public String scrape() {
        var out = new StringBuilder(16 * 1024);
        for (var metric : Metric.values()) {
            boolean histogram = metric.shape() == Metric.Shape.HISTOGRAM;
            out.append("# HELP ").append(metric.series()).append(' ').append(metric.sentence());
            out.append("\n# TYPE ").append(metric.series());
            out.append(histogram ? " histogram\n" : " gauge\n");
            histograms
                    .getOrDefault(metric, Map.of())
                    .forEach((labels, values) -> write(metric, labels, values, out));
            gauges.getOrDefault(metric, Map.of())
                    .forEach((labels, value) -> write(metric, labels, value, out));
        }
        return out.toString();
    }

    private void prepare(Metric metric, String labels) {
        switch (metric.shape()) {
            case HISTOGRAM ->
                    histograms.getOrDefault(metric, Map.of()).put(labels, histogram(metric));
            case GAUGE -> gauges.getOrDefault(metric, Map.of()).put(labels, () -> 0);
        }
    }

    private static Histogram histogram(Metric metric) {
        return new Histogram(metric.buckets().written().size() + 1);
    }

    private static void write(
            Metric metric, String labels, Histogram histogram, StringBuilder out) {
        long sum = 0;
        var comma = labels.isEmpty() ? "" : labels + ",";
        var bounds = metric.buckets().written();
        for (int i = 0; i < histogram.counts.length; i++) {
            sum += histogram.counts[i].sum();
            out.append(metric.series()).append("_bucket{").append(comma).append("le=\"");
            out.append(i < bounds.size() ? bounds.get(i) : "+Inf").append("\"} ");
            out.append((double) sum).append('\n');
        }
        var braces = labels.isEmpty() ? " " : "{" + labels + "} ";
        out.append(metric.series()).append("_count").append(braces).append((double) sum);
        out.append('\n').append(metric.series()).append("_sum").append(braces);
        out.append(histogram.nanos.sum() / 1e9).append('\n');
    }

    private static void write(
            Metric metric, String labels, DoubleSupplier value, StringBuilder out) {
        out.append(metric.series()).append(labels.isEmpty() ? " " : "{" + labels + "} ");
        out.append(value.getAsDouble()).append('\n');
    }

    private static String written(Metric metric, String... values) {
        List<String> labels = metric.labels();
        if (labels.size() != values.length) {
            throw new IllegalArgumentException(metric + " has the labels " + labels);
        }
        var out = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
            out.append(escape(values[i])).append('"');
        }
        return out.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
