package org.lyceum.platform.observe;

import java.util.List;

/** Upper bounds of a histogram in seconds, written as Prometheus' Python client writes them. */
@SuppressWarnings("ImmutableEnumChecker") // the list is a copy, and nobody writes the array
enum Buckets {
    NONE(),
    USUAL(
            "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0",
            "7.5", "10.0"),
    SPAWN(
            "0.5", "1.0", "2.5", "5.0", "10.0", "15.0", "30.0", "60.0", "120.0", "180.0", "300.0", "600.0");

    private final List<String> written;
    private final double[] bounds;

    Buckets(String... written) {
        this.written = List.of(written);
        this.bounds = this.written.stream().mapToDouble(Double::parseDouble).toArray();
    }

    List<String> written() {
        return written;
    }

    /** Index of the first bucket that takes {@code seconds}; one past the last for +Inf. */
    int indexOf(double seconds) {
        int i = 0;
        while (i < bounds.length && seconds > bounds[i]) {
            i++;
        }
        return i;
    }
}
