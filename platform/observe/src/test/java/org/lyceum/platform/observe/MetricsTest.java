package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

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
    }
}
