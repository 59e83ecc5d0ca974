package org.lyceum.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Goal: what is good stays in use, whatever goes wrong with the next, and nobody is pestered. */
class CertificateServiceTest {

    private static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");

    private static final CertificatesConfig CONFIG =
            new CertificatesConfig(
                    CertificatesConfig.Origin.ACME, 443, List.of("hub.example.org"), null, null);

    private final Later clock = new Later();
    private @Nullable Certificate next;
    private @Nullable Problem failure;
    private int asked;

    private final CertificateService service =
            new CertificateService(
                    CONFIG,
                    (now, at) -> {
                        asked++;
                        if (failure != null) {
                            throw failure;
                        }
                        return next;
                    },
                    clock);

    private static final class Later extends Clock {

        private Instant now = BEGIN;

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Certificate certificate(String name) {
        return new Certificate(
                name,
                Secret.presented("key"),
                List.of(name),
                "CN=Authority",
                BEGIN,
                BEGIN.plus(Duration.ofDays(90)));
    }

    private String chainInUse() {
        var current = service.current();
        assertThat(current).isNotNull();
        return current.chain();
    }

    private void fails() {
        failure =
                Problem.of(
                        Problem.Kind.UNAVAILABLE, "certificate.authority-refused", "It said no.");
    }

    @Test
    void who_shows_certificates_is_told_of_each() throws Exception {
        var shown = new ArrayList<Certificate>();
        service.onChange(shown::add);
        next = certificate("one");
        assertThat(service.look()).isTrue();
        next = null;
        assertThat(service.look()).isFalse();

        assertThat(shown).extracting(Certificate::chain).containsExactly("one");
        assertThat(chainInUse()).isEqualTo("one");
        assertThat(service.trouble()).isNull();
    }

    @Test
    void after_failures_it_waits_longer_each_time_and_keeps_what_it_has() throws Exception {
        next = certificate("one");
        service.look();
        fails();

        var pauses = new ArrayList<Duration>();
        for (int failures = 1; failures <= 7; failures++) {
            assertThat(service.due()).isTrue();
            service.look();
            var trouble = service.trouble();
            assertThat(trouble).isNotNull();
            assertThat(trouble.failures()).isEqualTo(failures);
            assertThat(trouble.since()).isEqualTo(BEGIN);
            assertThat(service.due()).isFalse();
            var pause = Duration.between(clock.instant(), trouble.next());
            pauses.add(pause);
            clock.passes(pause);
        }

        assertThat(pauses)
                .isSorted()
                .startsWith(Duration.ofMinutes(1))
                .endsWith(Duration.ofHours(6));
        assertThat(pauses.stream().limit(4).reduce(Duration.ZERO, Duration::plus))
                .as("no more than five failures within an hour")
                .isGreaterThan(Duration.ofHours(1));
        assertThat(chainInUse()).isEqualTo("one");
        failure = null;
        next = certificate("two");
        assertThat(service.look()).isTrue();
        assertThat(service.trouble()).isNull();
        assertThat(asked).isEqualTo(9);
    }

    @Test
    void one_that_cannot_be_shown_is_not_in_use_and_is_tried_again() throws Exception {
        service.onChange(
                told -> {
                    throw Problem.of(Problem.Kind.UNAVAILABLE, "http.port-taken", "Taken.");
                });
        next = certificate("one");

        assertThat(service.look()).isFalse();
        assertThat(service.current()).isNull();
        assertThat(service.trouble()).isNotNull();
    }

    @Test
    void a_certificate_covers_its_names_and_what_its_wildcard_stands_for() {
        var both =
                new Certificate(
                        "",
                        Secret.presented(""),
                        List.of("hub.example.org", "*.hub.example.org"),
                        "",
                        BEGIN,
                        BEGIN.plus(Duration.ofDays(90)));

        assertThat(both.covers("HUB.example.org")).isTrue();
        assertThat(both.covers("ada.hub.example.org")).isTrue();
        assertThat(both.covers("x.ada.hub.example.org")).isFalse();
        assertThat(both.covers("example.org")).isFalse();
        assertThat(both.covers("localhost")).isFalse();
        assertThat(both.ageing(BEGIN.plus(Duration.ofDays(59)))).isFalse();
        assertThat(both.ageing(BEGIN.plus(Duration.ofDays(61)))).isTrue();
    }

    @Test
    void what_is_no_certificate_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> Certificate.of("nonsense", Secret.presented("x")))
                .hasMessageContaining("no certificate");
    }
}
