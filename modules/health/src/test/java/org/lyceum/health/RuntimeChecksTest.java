package org.lyceum.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.health.Finding.Level;
import org.lyceum.platform.docker.ContainerRuntime;
import org.lyceum.platform.docker.Guarantee;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.MovableClock;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.List;

/** Goal: the panel says what does not hold under a runtime, and names one that is not there. */
class RuntimeChecksTest {

    private final FakeContainerEngine engine = new FakeContainerEngine();

    @Test
    void without_another_runtime_all_is_well() {
        assertThat(look().level()).isEqualTo(Level.WELL);
    }

    @Test
    @SecurityStatement(28)
    void each_guarantee_that_does_not_hold_is_named_and_no_other() {
        engine.offerRuntimes("runc", "runsc");

        var finding = look("runsc");

        assertThat(finding.level()).isEqualTo(Level.WELL);
        assertThat(finding.words()).startsWith("Servers run by runsc: ");
        var gaps = ContainerRuntime.gaps("runsc").orElseThrow();
        for (var each : Guarantee.values()) {
            assertThat(finding.words().contains("“" + each.words() + "”"))
                    .as(each.name())
                    .isEqualTo(gaps.contains(each));
        }
    }

    @Test
    @SecurityStatement(28)
    void one_that_nobody_has_tried_is_not_praised() {
        engine.offerRuntimes("runc", "kata");

        assertThat(look("kata").level()).isEqualTo(Level.WARNING);
        assertThat(look("kata").words()).contains("Servers run by kata: not tried");
    }

    @Test
    @SecurityStatement(28)
    void one_that_the_engine_lacks_is_a_fault() {
        var finding = look("runsc");

        assertThat(finding.level()).isEqualTo(Level.FAULT);
        assertThat(finding.words()).contains("no runtime runsc");
        assertThat(finding.fix()).contains("daemon.json");
    }

    private Finding look(String... runtimes) {
        var checks = new RuntimeChecks(engine, () -> List.of(runtimes)).all();
        try (var service = new HealthService(checks, Duration.ofSeconds(30), new MovableClock())) {
            return service.look().results().getFirst().finding();
        }
    }
}
