package org.lyceum.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a trial: a container as hardened as people's own, with no network at all, in which a script
 * of ours starts the environment's command and plays hub and browser. Blocking.
 */
final class ContainerTrial {

    /** Slow machines and large images; a trial that takes longer has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What the script gives the server to answer. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Bytes SCRATCH = Bytes.mib(256);
    private static final Bytes MEMORY = Bytes.gib(1);
    private static final int MILLI_CPUS = 2000;

    /** As people's servers run. */
    private static final int UID = 1000;

    /** The report is the last line; what a program wrote before it is of no use to anybody. */
    private static final int LINES = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ContainerEngine engine;
    private final PlatformId platform;
    private final String script;

    ContainerTrial(ContainerEngine engine, PlatformId platform) {
        this.engine = engine;
        this.platform = platform;
        this.script = script();
    }

    private static String script() {
        try (var stream = ContainerTrial.class.getResourceAsStream("trial.py")) {
            return new String(
                    Objects.requireNonNull(stream, "trial.py").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read trial.py", e);
        }
    }

    /** What a trial came to: a report, or why there is none. */
    record Outcome(Optional<TrialReport> report, String otherwise) {}

    Outcome run(Trial trial, Environment environment) throws InterruptedException {
        removeLeft();
        try {
            var container = engine.run(spec(trial, environment));
            try {
                var ended = await(container);
                var report = TrialReport.in(engine.logs(container.id(), LINES));
                return new Outcome(report, report.isPresent() ? "" : why(ended, container));
            } finally {
                engine.remove(container.id());
            }
        } catch (Problem problem) {
            return new Outcome(Optional.empty(), problem.detail());
        }
    }

    private Optional<Container> await(Container container) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var now = engine.find(container.id());
            if (now.isEmpty() || !now.get().alive()) {
                return now;
            }
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    private String why(Optional<Container> ended, Container container) {
        var exit = ended.map(Container::exit).orElse(null);
        if (exit == null) {
            return "The trial did not end within " + PATIENCE.toMinutes() + " minutes.";
        }
        if (exit.outOfMemory()) {
            return "The trial needed more than " + MEMORY + " of memory.";
        }
        var words = String.join("\n", engine.logs(container.id(), 5)).strip();
        return "The trial ended with code "
                + exit.code()
                + " and no report; the image needs python3 to be tried."
                + (words.isEmpty() ? "" : " It said last: " + words);
    }

    /** What a platform that was killed left behind; one trial runs at a time. */
    private void removeLeft() {
        engine.list(labels()).forEach(container -> engine.remove(container.id()));
    }

    /** Not those of servers: nobody is to take it for one. */
    private Map<String, String> labels() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform.value() + "-trial");
    }

    private ContainerSpec spec(Trial trial, Environment environment) {
        var variables = new HashMap<String, String>();
        variables.put("HOME", "/tmp");
        variables.put("TRIAL_COMMAND", JSON.valueToTree(environment.command()).toString());
        variables.put("TRIAL_SECONDS", Long.toString(START.toSeconds()));
        var web = environment.web();
        if (web != null) {
            variables.put("TRIAL_PORT", Integer.toString(web.port()));
            variables.put("TRIAL_READY_PATH", web.readyPath());
            variables.put("TRIAL_STRIPS_PREFIX", web.stripsPrefix() ? "1" : "");
        }
        return new ContainerSpec(
                "lyceum-" + platform.value().substring(0, 6) + "-trial-" + trial.id(),
                trial.imageId(),
                labels(),
                new ContainerSpec.Program(
                        List.of("python3", "-c", script), variables, "/tmp", UID, UID),
                ContainerSpec.NO_NETWORK,
                new ContainerSpec.Limits(MEMORY, MILLI_CPUS, Size.USUAL_PIDS, SCRATCH)
                        .inBackground(),
                List.of());
    }
}
