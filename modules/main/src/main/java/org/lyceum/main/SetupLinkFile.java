package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubModule;
import org.lyceum.identity.SetupService;
import org.lyceum.platform.jobs.Job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Keeps a working setup link in a file that only the machine's owner can read, until there is an
 * administrator. The link is in no log: who reads logs need not be who owns the machine.
 */
final class SetupLinkFile implements Job {

    static final String NAME = "main.setup-link";

    /** Links live 30 minutes; whoever reads the file has at least this much of it left. */
    private static final Duration RENEW_AFTER = Duration.ofMinutes(20);

    private final SetupService setup;
    private final Path file;
    private final Supplier<String> origin;
    private final Clock clock;
    private @Nullable Instant written;

    SetupLinkFile(SetupService setup, Path file, Supplier<String> origin, Clock clock) {
        this.setup = setup;
        this.file = file;
        this.origin = origin;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized Report run() {
        try {
            if (!setup.needed()) {
                return new Report(1, Files.deleteIfExists(file) ? 1 : 0, 0);
            }
            var now = clock.instant();
            if (written != null && now.isBefore(written.plus(RENEW_AFTER)) && Files.exists(file)) {
                return new Report(1, 0, 0);
            }
            DataDirectory.writePrivately(
                    file, origin.get() + HubModule.setupUrl(setup.newLink()) + "\n");
            written = now;
            return new Report(1, 1, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the setup link", e);
        }
    }
}
