package org.lyceum.platform.testing;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.BuildEngine;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.EngineSettings;
import org.lyceum.platform.docker.Network;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Containers in memory: nothing runs, everything is remembered. Passes the same contract test as
 * the real engine. Safe for any number of threads.
 */
public final class FakeContainerEngine implements ContainerEngine {

    private final Map<String, Container> containers = new LinkedHashMap<>();

    /** In the environment of a container in which an image is tried. */
    private static final String TRIAL = "TRIAL_COMMAND";

    private final Map<String, ContainerSpec> specs = new LinkedHashMap<>();
    private volatile String trialSays =
            "LYCEUM-TRIAL {\"steps\":[{\"name\":\"the server answers\"}],\"failure\":null,"
                    + "\"startMillis\":900,\"memoryBytes\":1000000,\"packages\":[\"numpy 2.0\"]}";
    private final Map<String, List<String>> said = new HashMap<>();
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, String> images = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Problem> down = new AtomicReference<>();
    private volatile Consumer<ContainerSpec> beforeRun = spec -> {};
    private volatile Consumer<Container> beforeStop = container -> {};
    private String address = "127.0.0.1";
    private EngineSettings settings =
            new EngineSettings(
                    "fake",
                    "/",
                    "overlay2",
                    "local",
                    2,
                    true,
                    EnumSet.allOf(EngineSettings.Limit.class),
                    Set.of("seccomp", "apparmor"),
                    Set.of("runc"),
                    false);
    private int made;

    /** Has these runtimes and no other from now on. */
    public synchronized void offerRuntimes(String... runtimes) {
        var was = settings;
        settings =
                new EngineSettings(
                        was.version(),
                        was.rootDirectory(),
                        was.storageDriver(),
                        was.loggingDriver(),
                        was.controlGroups(),
                        was.liveRestore(),
                        was.limits(),
                        was.security(),
                        Set.of(runtimes),
                        was.bridgeTalks());
    }

    /** Has the image from now on. */
    public synchronized void addImage(String reference, String id) {
        images.put(reference, id);
        images.put(id, id);
    }

    /** Loses the image. */
    public synchronized void removeImage(String reference) {
        var id = images.remove(reference);
        if (id != null) {
            images.remove(id);
        }
    }

    /** Gives every container this address; 127.0.0.1 unless set. */
    public synchronized void giveAddress(String everyContainers) {
        address = everyContainers;
    }

    /** Every call fails like this from now on; null ends it. */
    public void fail(@Nullable Problem likeThis) {
        down.set(likeThis);
    }

    /** The container ends by itself. */
    public synchronized void die(String id, long code, boolean outOfMemory) {
        var there = containers.get(id);
        if (there != null) {
            containers.put(id, ended(there, new Container.Exit(code, outOfMemory, null)));
        }
    }

    /** Calls {@code look} at the beginning of every run; it may block, or throw instead of it. */
    public void beforeRun(Consumer<ContainerSpec> look) {
        beforeRun = look;
    }

    /** Calls {@code look} at the beginning of every stop of a container that is there. */
    public void beforeStop(Consumer<Container> look) {
        beforeStop = look;
    }

    /** What the container was made from. */
    public synchronized Optional<ContainerSpec> specOf(String id) {
        return Optional.ofNullable(specs.get(id));
    }

    @Override
    public Container run(ContainerSpec spec) {
        beforeRun.accept(spec);
        return runNow(spec);
    }

    private synchronized Container runNow(ContainerSpec spec) {
        check();
        var image = images.get(spec.image());
        if (image == null) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "docker.image-missing",
                    "The image is not here; build it.");
        }
        var there = byName(spec.name());
        if (there.isPresent()) {
            return same(spec, there.get());
        }
        made++;
        var id = String.format("%064x", made);
        var container =
                new Container(
                        id,
                        spec.name(),
                        image,
                        spec.labels(),
                        Container.State.RUNNING,
                        address(spec),
                        null);
        containers.put(id, container);
        specs.put(id, spec);
        if (spec.program().environment().containsKey(TRIAL)) {
            say(id, trialSays);
            die(id, 0, false);
        }
        return container;
    }

    /** What the next containers write in which an image is tried, before they end. */
    public void trialsSay(String line) {
        trialSays = line;
    }

    private @Nullable String address(ContainerSpec spec) {
        return spec.network().equals(ContainerSpec.NO_NETWORK) ? null : address;
    }

    private Container same(ContainerSpec spec, Container there) {
        if (!there.labels().entrySet().containsAll(spec.labels().entrySet())) {
            var key = ContainerSpec.PLATFORM_LABEL;
            boolean ours =
                    there.labels()
                            .getOrDefault(key, "")
                            .equals(spec.labels().getOrDefault(key, "-"));
            throw Problem.conflict(
                    ours ? "container.name-taken" : "container.foreign", "Rename or remove it.");
        }
        var running =
                new Container(
                        there.id(),
                        there.name(),
                        there.imageId(),
                        there.labels(),
                        Container.State.RUNNING,
                        address(spec),
                        null);
        containers.put(there.id(), running);
        return running;
    }

    @Override
    public synchronized List<Container> list(Map<String, String> labels) {
        check();
        var found = new ArrayList<Container>();
        for (var each : containers.values()) {
            if (each.labels().entrySet().containsAll(labels.entrySet())) {
                found.add(withoutExit(each));
            }
        }
        return found.reversed();
    }

    @Override
    public synchronized Optional<Container> find(String idOrName) {
        check();
        var byId = containers.get(idOrName);
        return byId != null ? Optional.of(byId) : byName(idOrName);
    }

    /** This very process stands for every one that runs. */
    @Override
    public OptionalLong process(String id) {
        return find(id).filter(Container::alive).isPresent()
                ? OptionalLong.of(ProcessHandle.current().pid())
                : OptionalLong.empty();
    }

    @Override
    public boolean stop(String id, Duration grace) {
        find(id).ifPresent(beforeStop);
        return stopNow(id);
    }

    private synchronized boolean stopNow(String id) {
        check();
        var there = containers.get(id);
        if (there != null && there.alive()) {
            containers.put(id, ended(there, new Container.Exit(143, false, null)));
        }
        return there != null;
    }

    @Override
    public synchronized boolean resize(String id, ContainerSpec.Limits limits) {
        check();
        var spec = specs.get(id);
        if (spec == null) {
            return false;
        }
        specs.put(
                id,
                new ContainerSpec(
                        spec.name(),
                        spec.image(),
                        spec.labels(),
                        spec.program(),
                        spec.network(),
                        limits,
                        spec.binds(),
                        spec.mountPoints(),
                        spec.devices(),
                        spec.runtime()));
        return true;
    }

    @Override
    public synchronized boolean pause(String id) {
        return turn(id, Container.State.PAUSED);
    }

    @Override
    public synchronized boolean resume(String id) {
        return turn(id, Container.State.RUNNING);
    }

    private boolean turn(String id, Container.State state) {
        check();
        var there = containers.get(id);
        if (there == null || !there.alive()) {
            return false;
        }
        containers.put(
                id,
                new Container(
                        there.id(),
                        there.name(),
                        there.imageId(),
                        there.labels(),
                        state,
                        there.address(),
                        null));
        return true;
    }

    @Override
    public synchronized boolean remove(String id) {
        check();
        specs.remove(id);
        return containers.remove(id) != null;
    }

    @Override
    public synchronized List<String> logs(String id, int lines) {
        check();
        return List.copyOf(said.getOrDefault(id, List.of()));
    }

    /** Has the container write a line. */
    public synchronized void say(String id, String line) {
        said.computeIfAbsent(id, none -> new ArrayList<>()).add(line);
    }

    @Override
    public synchronized Network ensureNetwork(NetworkSpec spec) {
        check();
        return networks.computeIfAbsent(
                spec.name(), name -> new Network("n-" + name, name, "127.0.0.1", "127.0.0.0/8"));
    }

    @Override
    public synchronized boolean removeNetwork(String name) {
        check();
        return networks.remove(name) != null;
    }

    @Override
    public synchronized Optional<String> imageId(String reference) {
        check();
        return Optional.ofNullable(images.get(reference));
    }

    /** Lists images and removes them; what is built or fetched is shown with the real engine. */
    @Override
    public BuildEngine builds() {
        return new FakeBuildEngine(
                () -> {
                    synchronized (this) {
                        return List.copyOf(images.values());
                    }
                },
                this::removeImage);
    }

    @Override
    public synchronized String version() {
        check();
        return "fake";
    }

    /** Is set up like this from now on; as a hardened engine unless set. */
    public synchronized void setUp(EngineSettings likeThis) {
        settings = likeThis;
    }

    @Override
    public synchronized EngineSettings settings() {
        check();
        return settings;
    }

    private void check() {
        var problem = down.get();
        if (problem != null) {
            throw problem;
        }
    }

    private Optional<Container> byName(String name) {
        return containers.values().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Container ended(Container there, Container.Exit exit) {
        return new Container(
                there.id(),
                there.name(),
                there.imageId(),
                there.labels(),
                Container.State.EXITED,
                null,
                exit);
    }

    private static Container withoutExit(Container there) {
        return new Container(
                there.id(),
                there.name(),
                there.imageId(),
                there.labels(),
                there.state(),
                there.address(),
                null);
    }
}
