package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** Goal: dashboards made for JupyterHub find their series under the names they know. */
class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void a_prepared_histogram_shows_zeros_and_jupyterhubs_buckets() {
        metrics.prepare(HubMetric.SPAWN_DURATION, "success");

        assertThat(metrics.scrape())
                .contains("jupyterhub_server_spawn_duration_seconds_count{status=\"success\"} 0")
                .contains(
                        "jupyterhub_server_spawn_duration_seconds_bucket{status=\"success\",le=\"0.5\"}"
                            + " 0")
                .contains("le=\"600.0\"");
    }

    @Test
    void an_observation_lands_in_its_bucket() {
        metrics.observe(HubMetric.REQUEST_DURATION, Duration.ofMillis(40), "GET", "h", "200");

        assertThat(metrics.scrape())
                .contains(
                        "jupyterhub_request_duration_seconds_bucket{code=\"200\",handler=\"h\",method=\"GET\",le=\"0.025\"}"
                            + " 0")
                .contains(
                        "jupyterhub_request_duration_seconds_bucket{code=\"200\",handler=\"h\",method=\"GET\",le=\"0.05\"}"
                            + " 1");
    }

    @Test
    void a_gauge_shows_what_is_true_when_it_is_asked() {
        int[] running = {3};
        metrics.gauge(HubMetric.RUNNING_SERVERS, () -> running[0]);
        running[0] = 4;

        assertThat(metrics.scrape()).contains("jupyterhub_running_servers 4");
        assertThat(metrics.scrape(Map.of("community", "maths")))
                .contains("jupyterhub_running_servers{community=\"maths\"} 4");
    }

    @Test
    void counts_sums_and_the_last_bucket_agree() {
        metrics.observe(HubMetric.SPAWN_DURATION, Duration.ofMillis(2_500), "success");
        metrics.observe(HubMetric.SPAWN_DURATION, Duration.ofMinutes(20), "success");

        assertThat(metrics.scrape())
                .contains(
                        "# TYPE jupyterhub_server_spawn_duration_seconds histogram\n",
                        "_seconds_bucket{status=\"success\",le=\"1.0\"} 0\n",
                        "_seconds_bucket{status=\"success\",le=\"2.5\"} 1\n",
                        "_seconds_bucket{status=\"success\",le=\"600.0\"} 1\n",
                        "_seconds_bucket{status=\"success\",le=\"+Inf\"} 2\n",
                        "_seconds_count{status=\"success\"} 2\n",
                        "_seconds_sum{status=\"success\"} 1202.5\n");
    }

    @Test
    void a_value_cannot_break_out_of_its_label() {
        metrics.observe(HubMetric.REQUEST_DURATION, Duration.ZERO, "GET", "a\"b\\\n", "200");

        assertThat(metrics.scrape()).contains("handler=\"a\\\"b\\\\\\n\",");
    }

    @Test
    void a_label_that_takes_endless_values_cannot_fill_the_memory() {
        for (int i = 0; i < 5_000; i++) {
            metrics.observe(HubMetric.REQUEST_DURATION, Duration.ZERO, "GET", "h" + i, "200");
        }

        assertThat(metrics.scrape().lines().filter(line -> line.contains("_count{code")))
                .hasSize(2_000);
    }

    @Test
    void labels_that_do_not_fit_are_a_bug() {
        assertThatThrownBy(() -> metrics.observe(HubMetric.REQUEST_DURATION, Duration.ZERO, "GET"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
