package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Goal: existing dashboards find JupyterHub's series, labels and buckets, from the first scrape. */
class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void every_status_of_a_spawn_is_there_at_zero_from_the_start() {
        for (var status :
                new String[] {
                    "success", "failure", "already-pending", "throttled", "too-many-users"
                }) {
            assertThat(metrics.scrape())
                    .contains(
                            "jupyterhub_server_spawn_duration_seconds_bucket{status=\"" + status
                                    + "\",le=\"0.5\"} 0.0\n",
                            "jupyterhub_server_spawn_duration_seconds_bucket{status=\"" + status
                                    + "\",le=\"600.0\"} 0.0\n",
                            "jupyterhub_server_spawn_duration_seconds_count{status=\"" + status
                                    + "\"} 0.0\n");
        }
        assertThat(metrics.scrape())
                .contains(
                        "# TYPE jupyterhub_running_servers gauge\njupyterhub_running_servers 0.0\n",
                        "jupyterhub_active_users{period=\"24h\"} 0.0\n",
                        "# TYPE jupyterhub_check_routes_duration_seconds histogram\n",
                        "jupyterhub_check_routes_duration_seconds_bucket{le=\"+Inf\"} 0.0\n");
    }

    @Test
    void a_time_counts_in_its_bucket_and_all_above() {
        metrics.observe(Metric.SERVER_SPAWN_DURATION, Duration.ofMillis(2_500), "success");
        metrics.observe(Metric.SERVER_SPAWN_DURATION, Duration.ofMinutes(20), "success");

        var text = metrics.scrape();

        assertThat(text)
                .contains(
                        "_seconds_bucket{status=\"success\",le=\"1.0\"} 0.0\n",
                        "_seconds_bucket{status=\"success\",le=\"2.5\"} 1.0\n",
                        "_seconds_bucket{status=\"success\",le=\"600.0\"} 1.0\n",
                        "_seconds_bucket{status=\"success\",le=\"+Inf\"} 2.0\n",
                        "_seconds_count{status=\"success\"} 2.0\n",
                        "_seconds_sum{status=\"success\"} 1202.5\n");
    }

    @Test
    void labels_are_written_in_order_and_escaped() {
        metrics.observe(Metric.REQUEST_DURATION, Duration.ofMillis(3), "GET", "a\"b", "200");

        assertThat(metrics.scrape())
                .contains(
                        "jupyterhub_request_duration_seconds_count"
                                + "{method=\"GET\",handler=\"a\\\"b\",code=\"200\"} 1.0\n");
    }

    @Test
    void a_gauge_is_asked_at_each_scrape() {
        double[] ready = {3};
        metrics.gauge(Metric.RUNNING_SERVERS, () -> ready[0]);

        assertThat(metrics.scrape()).contains("\njupyterhub_running_servers 3.0\n");
        ready[0] = 4;
        assertThat(metrics.scrape()).contains("\njupyterhub_running_servers 4.0\n");
    }

    @Test
    void labels_that_do_not_fit_are_a_bug() {
        assertThatThrownBy(() -> metrics.observe(Metric.REQUEST_DURATION, Duration.ZERO, "GET"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_label_that_takes_endless_values_cannot_fill_the_memory() {
        for (int i = 0; i < 5_000; i++) {
            metrics.observe(Metric.REQUEST_DURATION, Duration.ZERO, "GET", "h" + i, "200");
        }

        assertThat(metrics.scrape().lines().filter(line -> line.contains("_count{method"))).hasSize(2_000);
    }
}
