package org.lyceum.platform.observe;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The metrics of one hub. Each hub has its own, because its endpoint shows its own community only.
 * Thread-safe; recording takes no lock.
 *
 * <p>Ours and not a library's: the names, labels and buckets are a contract that is easier to read
 * here than to bend a library to, and Micrometer with its Prometheus registry cost 25 ms of
 * processor time at every start (1.17.2, measured with the AOT cache) and 4 MB of jars.
 */
public final class Metrics {

    /** What {@link #scrape()} writes. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Methods, handlers and codes make a few hundred; more means that a label holds a name. */
    private static final int MAX_SERIES = 2_000;

    /** One histogram with one set of labels. */
    private static final class Histogram {
        private final double[] bounds;
        private final LongAdder[] counts; // one for each bound, and one for what is above all
        private final LongAdder nanos = new LongAdder();

        Histogram(double[] bounds) {
            this.bounds = bounds;
            this.counts =
                    IntStream.rangeClosed(0, bounds.length)
                            .mapToObj(i -> new LongAdder())
                            .toArray(LongAdder[]::new);
        }

        void add(Duration took) {
            int bucket = 0;
            while (bucket < bounds.length && took.toNanos() / 1e9 > bounds[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            nanos.add(took.toNanos());
        }
    }

    private final Map<HubMetric, Map<String, Histogram>> histograms =
            new EnumMap<>(HubMetric.class);
    private final Map<HubMetric, Map<String, Supplier<Number>>> gauges =
            new EnumMap<>(HubMetric.class);

    public Metrics() {
        for (var metric : HubMetric.values()) {
            histograms.put(metric, new ConcurrentSkipListMap<>());
            gauges.put(metric, new ConcurrentSkipListMap<>());
        }
    }

    /** Adds one observation to a histogram; {@code labels} in the order the metric names them. */
    public void observe(HubMetric metric, Duration took, String... labels) {
        var histogram = histogram(metric, labels);
        if (histogram != null) {
            histogram.add(took);
        }
    }

    /** Makes the series with these labels appear, with zeros, before anything is observed. */
    public void prepare(HubMetric metric, String... labels) {
        var _ = histogram(metric, labels);
    }

    /**
     * Shows what {@code value} says at each scrape, of a gauge or a counter. Must be quick: one
     * indexed read.
     */
    public void gauge(HubMetric metric, Supplier<Number> value, String... labels) {
        gauges.getOrDefault(metric, Map.of()).put(written(metric, labels), value);
    }

    /** All series in Prometheus's text format 0.0.4. */
    public String scrape() {
        return scrape(Map.of());
    }

    /** The same, each series with these labels besides its own. */
    public String scrape(Map<String, String> labels) {
        var common = new TreeMap<>(labels);
        var written =
                common.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining(","));
        return written(written);
    }

    private String written(String common) {
        var out = new StringBuilder(16 * 1024);
        for (var metric : HubMetric.values()) {
            var kind = metric.kind().name().toLowerCase(Locale.ROOT);
            out.append("# HELP ").append(metric.title()).append(' ').append(metric.help());
            out.append("\n# TYPE ").append(metric.title()).append(' ').append(kind).append('\n');
            histograms
                    .getOrDefault(metric, Map.of())
                    .forEach(
                            (labels, histogram) ->
                                    write(metric, both(labels, common), histogram, out));
            gauges.getOrDefault(metric, Map.of())
                    .forEach(
                            (labels, value) ->
                                    out.append(metric.title())
                                            .append(braces(both(labels, common)))
                                            .append(value.get().doubleValue())
                                            .append('\n'));
        }
        return out.toString();
    }

    private @Nullable Histogram histogram(HubMetric metric, String... labels) {
        var series = histograms.getOrDefault(metric, Map.of());
        var key = written(metric, labels);
        var histogram = series.get(key);
        return histogram != null || series.size() >= MAX_SERIES
                ? histogram
                : series.computeIfAbsent(key, missing -> new Histogram(metric.buckets()));
    }

    private static void write(
            HubMetric metric, String labels, Histogram histogram, StringBuilder out) {
        var comma = labels.isEmpty() ? "" : labels + ",";
        long sum = 0;
        for (int i = 0; i < histogram.counts.length; i++) {
            sum += histogram.counts[i].sum();
            out.append(metric.title()).append("_bucket{").append(comma).append("le=\"");
            out.append(i < histogram.bounds.length ? histogram.bounds[i] : "+Inf");
            out.append("\"} ").append(sum).append('\n');
        }
        out.append(metric.title()).append("_count").append(braces(labels)).append(sum);
        out.append('\n').append(metric.title()).append("_sum").append(braces(labels));
        out.append(histogram.nanos.sum() / 1e9).append('\n');
    }

    private static String both(String own, String common) {
        return own.isEmpty() || common.isEmpty() ? own + common : own + "," + common;
    }

    private static String braces(String labels) {
        return labels.isEmpty() ? " " : "{" + labels + "} ";
    }

    /** {@code name="value"} for each label, sorted by name, with what would end a value escaped. */
    private static String written(HubMetric metric, String... values) {
        var names = metric.labels();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(metric.title() + " has the labels " + names);
        }
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparing(names::get))
                .map(i -> names.get(i) + "=\"" + escaped(values[i]) + "\"")
                .collect(Collectors.joining(","));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
