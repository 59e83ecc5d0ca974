package org.lyceum.builds;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.BuildEngine;
import org.lyceum.platform.docker.BuildStep;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the image of one build, from the fetch to the last part. Blocking; one at a time. */
final class BuildRun {

    /** What images are called that come out of builds, and out of their parts. */
    static final String REPOSITORY = "lyceum/built";

    /** Changes when the scripts mean something else, although they read the same. */
    private static final String VERSION = "1";

    /** Looked at when a part fails, to say what was missing. */
    private static final int LAST_LINES = 200;

    private static final int KEY_DIGITS = 24;
    private static final int MILLI_CPUS = 2000;
    private static final int PIDS = 2000;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ContainerEngine engine;
    private final StepContainers containers;
    private final BuildPlaces places;
    private final BuildRepository builds;
    private final Fetch fetch;
    private final BuildsConfig config;
    private final PulledRepository pulled;

    BuildRun(
            ContainerEngine engine,
            StepContainers containers,
            BuildPlaces places,
            BuildRepository builds,
            Fetch fetch,
            BuildsConfig config,
            PulledRepository pulled) {
        this.pulled = pulled;
        this.engine = engine;
        this.containers = containers;
        this.places = places;
        this.builds = builds;
        this.fetch = fetch;
        this.config = config;
    }

    /** An image that was made. */
    record Made(String reference, String imageId) {}

    /**
     * @throws Problem why there is no image
     */
    Made run(Build build, Watch watch, BuildLogs.Live log)
            throws InterruptedException, IOException {
        var image = build.pulled();
        if (image != null) {
            return pull(build, image, watch, log);
        }
        var base =
                engine.imageId(config.baseImage())
                        .orElseThrow(
                                () ->
                                        Watch.failure(
                                                "build.no-base",
                                                "The image that repositories are built on, "
                                                        + config.baseImage()
                                                        + ", is not on this machine; build it with"
                                                        + " 'installer/lyceum images build'."));
        var work = places.work(build.id());
        var network = containers.network(build.community());
        at(build, log, "Fetching " + build.url() + " " + build.reference());
        var last = new LastLines(log);
        Checkout checkout;
        try {
            checkout = fetch.run(build, work, base, network, watch, last::add);
        } catch (Problem failed) {
            throw explained(failed, new Checkout("", "", "", Map.of()), last);
        }
        builds.ofCommit(build.id(), checkout.commit());
        var plan = BuildPlan.of(checkout);
        if (plan.dockerfile() != null) {
            return dockerfile(build, plan.dockerfile(), checkout, work, network, watch, log);
        }
        for (var file : plan.files().entrySet()) {
            BuildPlaces.put(work.resolve("files").resolve(file.getKey()), file.getValue());
        }
        return parts(new Site(build, work, network, watch, log), plan, checkout, base);
    }

    /** What is the same for all parts of a build. */
    private record Site(Build build, Path work, String network, Watch watch, BuildLogs.Live log) {}

    private Made parts(Site site, BuildPlan plan, Checkout checkout, String base)
            throws InterruptedException {
        var key = base;
        var image = base;
        var reference = "";
        int number = 0;
        for (var part : plan.parts()) {
            number++;
            key = hash(VERSION + "\n" + key + "\n" + part.script() + "\n" + part.basis());
            reference = reference(key);
            var there = engine.imageId(reference);
            var title = part.title() + " (" + number + " of " + plan.parts().size() + ")";
            if (there.isPresent()) {
                at(site.build(), site.log(), title + ": as built before");
                image = there.get();
                continue;
            }
            at(site.build(), site.log(), title);
            image = part(site, part, checkout, image, reference, number);
        }
        return new Made(reference, image);
    }

    private String part(
            Site site,
            BuildPlan.Part part,
            Checkout checkout,
            String image,
            String reference,
            int number)
            throws InterruptedException {
        var step =
                new BuildStep(
                        containers.name(site.build().id(), number),
                        image,
                        containers.labels(),
                        part.script(),
                        Map.of(),
                        site.network(),
                        limits(),
                        true,
                        List.of(
                                new Bind(places.settings(), "/mnt", true),
                                new Bind(site.work().resolve("files"), "/media/files", true),
                                new Bind(
                                        site.work().resolve("out/source.tar"),
                                        "/media/source.tar",
                                        true)));
        var last = new LastLines(site.log());
        try {
            return containers.run(
                    step,
                    site.watch(),
                    last::add,
                    container ->
                            engine.builds()
                                    .keep(
                                            container,
                                            step,
                                            reference,
                                            part.variables(),
                                            containers.imageLabels()));
        } catch (Problem failed) {
            throw explained(failed, checkout, last);
        }
    }

    private Limits limits() {
        return new Limits(config.memory(), MILLI_CPUS, PIDS, Bytes.mib(64)).inBackground();
    }

    private static Problem explained(Problem failed, Checkout checkout, LastLines last) {
        var blame = failed.code().equals("build.failed") ? Blame.of(checkout, last.lines()) : null;
        return blame == null
                ? failed
                : new Problem(Problem.Kind.INVALID, "build.unmet", blame, failed);
    }

    private Made dockerfile(
            Build build,
            String path,
            Checkout checkout,
            Path work,
            String network,
            Watch watch,
            BuildLogs.Live log)
            throws InterruptedException, IOException {
        if (!build.ofPlatform()) {
            throw Problem.forbidden(
                    "build.dockerfile-refused",
                    path
                            + " would decide alone what runs while it is built; only an"
                            + " administrator of the platform may start that. Use the other files,"
                            + " or ask one of them.");
        }
        at(build, log, path);
        var reference = reference(hash(VERSION + "\n" + path + "\n" + checkout.tree()));
        var last = new LastLines(log);
        try (var context =
                new BufferedInputStream(Files.newInputStream(work.resolve("out/source.tar")))) {
            var wanted =
                    new BuildEngine.Dockerfile(
                            context,
                            path,
                            reference,
                            containers.imageLabels(),
                            network,
                            limits(),
                            Map.of());
            return new Made(
                    reference, watched(() -> engine.builds().build(wanted, last::add), watch));
        } catch (Problem failed) {
            if (!failed.code().equals("build.failed")) {
                throw failed;
            }
            var blame = Blame.of(checkout, path, failed.detail(), last.lines());
            throw new Problem(Problem.Kind.INVALID, "build.unmet", blame, failed);
        }
    }

    private Made pull(Build build, String image, Watch watch, BuildLogs.Live log)
            throws InterruptedException {
        at(build, log, "Fetching the image " + image);
        var before = engine.imageId(image);
        var reference = watched(() -> engine.builds().pull(image, log::line), watch);
        var id =
                engine.imageId(reference)
                        .orElseThrow(() -> Watch.failure("build.failed", "The image is gone."));
        if (before.isEmpty() || !before.get().equals(id)) { // else it was somebody's already
            pulled.put(id, reference);
        }
        return new Made(reference, id);
    }

    /**
     * What the engine does on a thread of its own, which is interrupted when the build must end.
     */
    private interface EngineCall {
        String call() throws InterruptedException;
    }

    private static String watched(EngineCall work, Watch watch) throws InterruptedException {
        var made = new AtomicReference<String>();
        var failed = new AtomicReference<RuntimeException>();
        var working =
                Threads.start(
                        "build-engine",
                        () -> {
                            try {
                                made.set(work.call());
                            } catch (RuntimeException e) {
                                failed.set(e);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            while (!working.join(LOOK)) {
                watch.look(() -> 0);
            }
        } finally {
            working.interrupt();
        }
        if (failed.get() != null) {
            throw failed.get();
        }
        return made.get();
    }

    private void at(Build build, BuildLogs.Live log, String step) {
        builds.at(build.id(), step);
        log.line("== " + step);
    }

    private static String reference(String key) {
        return REPOSITORY + ":" + key.substring(0, KEY_DIGITS);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Passes lines on and remembers the last ones. */
    private static final class LastLines {

        private final BuildLogs.Live log;
        private final Deque<String> lines = new ArrayDeque<>();

        LastLines(BuildLogs.Live log) {
            this.log = log;
        }

        synchronized void add(String line) {
            log.line(line);
            lines.addLast(line);
            if (lines.size() > LAST_LINES) {
                lines.removeFirst();
            }
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
