package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The certificate in use. It is never replaced by nothing, and by none that is worse. Blocking;
 * safe for any number of threads.
 */
public final class CertificateService {

    private static final Logger log = LoggerFactory.getLogger(CertificateService.class);

    /**
     * After the first failure, the second, and so on; then always the last. Authorities count
     * failures: Let's Encrypt turns a name away for an hour after five within one.
     */
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(20),
                    Duration.ofHours(1),
                    Duration.ofHours(6));

    private final CertificatesConfig config;
    private final @Nullable Source source;
    private final Clock clock;
    private final List<Consumer<Certificate>> onChange = new CopyOnWriteArrayList<>();
    private volatile @Nullable Certificate current;
    private volatile @Nullable Trouble trouble;

    /**
     * The last try has failed.
     *
     * @param failures in a row
     * @param next when it is tried again
     */
    public record Trouble(Problem problem, int failures, Instant since, Instant next) {}

    CertificateService(CertificatesConfig config, @Nullable Source source, Clock clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
    }

    /** Whether people are to reach the platform by https, which it speaks itself. */
    public boolean wanted() {
        return config.wanted();
    }

    public CertificatesConfig config() {
        return config;
    }

    /** Null until there is one. */
    public @Nullable Certificate current() {
        return current;
    }

    /** Null after a success, and before the first try. */
    public @Nullable Trouble trouble() {
        return trouble;
    }

    /** Tells each certificate that is used from now on, also the first. */
    public void onChange(Consumer<Certificate> told) {
        onChange.add(told);
    }

    /** Whether it is time to look. */
    boolean due() {
        var failed = trouble;
        return source != null && (failed == null || !clock.instant().isBefore(failed.next()));
    }

    /**
     * Has the source look for a better one, and takes it.
     *
     * @return whether one was taken
     */
    synchronized boolean look() throws InterruptedException {
        if (source == null) {
            return false;
        }
        try {
            var better = source.better(current, clock.instant());
            trouble = null;
            if (better == null) {
                return false;
            }
            use(better);
            return true;
        } catch (Problem problem) {
            remember(problem);
            return false;
        }
    }

    private void use(Certificate better) {
        var before = current;
        current = better;
        try {
            onChange.forEach(told -> told.accept(better));
        } catch (RuntimeException notShown) { // or the next look would find nothing to do
            current = before;
            throw notShown;
        }
        log.info("certificate.taken names={} until={}", better.names(), better.until());
    }

    private void remember(Problem problem) {
        var now = clock.instant();
        var before = trouble;
        int failures = before == null ? 1 : before.failures() + 1;
        var pause = PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
        trouble =
                new Trouble(
                        problem, failures, before == null ? now : before.since(), now.plus(pause));
        log.warn(
                "certificate.not-had code={} failures={} next={}",
                problem.code(),
                failures,
                now.plus(pause),
                problem);
    }
}
