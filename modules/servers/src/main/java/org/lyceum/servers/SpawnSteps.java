package org.lyceum.servers;

import org.lyceum.catalog.DeviceKinds;
import org.lyceum.catalog.LaunchSpec;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.community.Community;
import org.lyceum.community.HubAddress;
import org.lyceum.identity.User;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.FolderMount;
import org.lyceum.storage.MountService;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The single steps of a start, in their order. Blocking, interruptible. */
final class SpawnSteps {

    private static final String HOME = MountService.HOME;

    /** A boot longer than this waits for something else than a core, so others may start. */
    private static final Duration WORKING = Duration.ofSeconds(30);

    /** It needs a twentieth of a second of one core; another start is better than more patience. */
    private static final Duration WARM = Duration.ofSeconds(20);

    /** Between two looks at whether the container still runs. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Enough of a failed server's last words to see what it is about. */
    private static final int LAST_WORDS = 400;

    private final ServerRepository servers;
    private final MountService mounts;
    private final SlotStart slots;
    private final ContainerEngine engine;
    private final Doors doors;
    private final ServerCredentials credentials;
    private final ServerLabels labels;
    private final SecretFiles secrets;
    private final GuestTools guest;
    private final ServerRemains remains;
    private final ProgressFeed feed;
    private final DeviceKinds devices;
    private final ServersConfig config;
    private final List<HomePreparation> preparations = new CopyOnWriteArrayList<>();

    SpawnSteps(
            ServersConfig config,
            ServerRepository servers,
            ServersModule.Parts parts,
            ServerRemains remains,
            ServerTools tools) {
        this.config = config;
        this.servers = servers;
        this.mounts = parts.storage().mounts();
        this.slots = new SlotStart(config, servers, parts, tools);
        this.engine = parts.engine();
        this.doors = tools.doors();
        this.credentials = tools.credentials();
        this.remains = remains;
        this.labels = tools.labels();
        this.secrets = tools.secrets();
        this.guest = tools.guest();
        this.feed = tools.feed();
        this.devices = parts.catalog().profiles().devices();
    }

    /** Has each start from now on do this first. */
    void prepareHomes(HomePreparation preparation) {
        preparations.add(preparation);
    }

    /** All that is decided before a start begins. */
    record Plan(Server server, LaunchSpec spec, User user, Community community, HubAddress hub) {

        SingleUserEnvironment environment() {
            return new SingleUserEnvironment(community, hub, user, server.key().name());
        }
    }

    /**
     * A container that is on its way to answering.
     *
     * @param probe what is asked for until it answers
     * @param warm whether it has imported everything already
     */
    record Booting(String containerId, ServerAddress address, String probe, boolean warm) {}

    /** Home, network, token, container: everything up to the server's own boot. */
    Booting prepare(Plan plan, List<String> units, SpawnTimes times) throws InterruptedException {
        step(plan.server(), 10, "Preparing your home");
        var folders = mounts.of(plan.community().id(), plan.user());
        if (!Rescue.wanted(plan.server())) { // that reads and changes nothing of the home
            for (var preparation : preparations) {
                preparation.prepare(
                        plan.community().id(),
                        plan.user(),
                        plan.server().launched().profileId(),
                        words -> feed.publish(plan.server().key(), SpawnRunner.event(15, words)));
            }
        }
        boolean usual = plan.spec().fitsSlot() && !Rescue.wanted(plan.server());
        if (usual) { // what waits has its surroundings already, and imported Jupyter
            var slot = slots.take(plan, folders);
            if (slot.isPresent()) {
                step(plan.server(), 50, "A server that was waiting is yours");
                return slot.get();
            }
        }
        return prepareAnew(plan, folders, units, times);
    }

    /** The same after a slot has failed its server. */
    Booting prepareWithoutSlot(Plan plan, SpawnTimes times) throws InterruptedException {
        slots.giveUp(plan.server());
        var folders = mounts.of(plan.community().id(), plan.user());
        return prepareAnew(plan, folders, List.of(), times);
    }

    private Booting prepareAnew(
            Plan plan, List<FolderMount> folders, List<String> units, SpawnTimes times)
            throws InterruptedException {
        var server = plan.server();
        // Before the container: units that a container holds are counted, whatever ends us.
        if (!units.isEmpty() && !servers.markUnits(server, units)) {
            throw new InterruptedException("stopped meanwhile");
        }
        var key = server.key();
        step(server, 20, "Connecting the network");
        var network = times.docker(() -> engine.ensureNetwork(labels.network(key.community())));
        var hub = doors.hub(plan.spec().network(), network.gateway());
        step(server, 30, "Creating the container");
        var spec =
                containerSpec(plan, folders, hub, network.name(), labels.of(server, units))
                        .with(devices.devices(units));
        var container = times.docker(() -> run(server, spec));
        if (!servers.markContainer(server, container.id())) {
            throw new InterruptedException("stopped meanwhile");
        }
        step(server, 50, "The container runs");
        return booting(server, container);
    }

    /** What a running container of the server needs to be waited for. */
    Booting booting(Server server, Container container) {
        var address = doors.address(server, container);
        if (address == null) {
            throw endedEarly(container);
        }
        return new Booting(container.id(), address, probe(server), false);
    }

    /** Jupyter's API, or what the environment says. */
    static String probe(Server server) {
        var web = server.web();
        if (web == null) {
            return server.path() + "api";
        }
        return web.stripsPrefix() ? web.readyPath() : server.path() + web.readyPath().substring(1);
    }

    private Container run(Server server, ContainerSpec spec) {
        try {
            return engine.run(spec);
        } catch (Problem problem) {
            if (!problem.code().equals("container.name-taken") || !remains.removeEarlier(server)) {
                throw problem;
            }
            return engine.run(spec);
        }
    }

    private ContainerSpec containerSpec(
            Plan plan,
            List<FolderMount> folders,
            String hub,
            String network,
            Map<String, String> written) {
        var server = plan.server();
        var spec = plan.spec();
        var environment = plan.environment();
        var web = spec.web();
        var secret =
                web == null
                        ? SingleUserEnvironment.secret(credentials.issue(plan, environment))
                        : Map.<String, String>of(); // the gateway signs people in
        var files = secrets.write(server.id(), secret);
        var variables =
                new HashMap<>(
                        web == null ? environment.open(hub, spec) : environment.ofWeb(spec, web));
        variables.put(MountService.VARIABLE, MountService.links(folders));
        variables.putAll(Rescue.variables(server));
        var binds = new ArrayList<>(guest.binds());
        folders.forEach(
                mount ->
                        binds.add(
                                new ContainerSpec.Bind(
                                        mount.hostPath(), mount.place(), mount.readOnly())));
        binds.add(new ContainerSpec.Bind(files, SecretFiles.MOUNTED, true));
        var command = new ArrayList<>(SecretFiles.LAUNCHER);
        command.addAll(web == null ? spec.command() : environment.filled(spec.command(), web));
        return new ContainerSpec(
                        labels.containerName(server),
                        spec.imageId(),
                        written,
                        new ContainerSpec.Program(
                                command, variables, HOME, secrets.uid(), secrets.gid()),
                        spec.network() == NetworkAccess.NONE ? ContainerSpec.NO_NETWORK : network,
                        new ContainerSpec.Limits(
                                spec.memory(), spec.milliCpus(), spec.pids(), config.scratch()),
                        binds)
                .under(spec.runtime());
    }

    /**
     * Waits for the first answer.
     *
     * @param deadline on the clock of {@link System#nanoTime}; one that is warm has less time
     * @param place rests when the boot does not look like work
     * @throws Problem UNAVAILABLE {@code server.start-timeout}, {@code server.ended-early}, {@code
     *     server.out-of-memory}
     */
    void awaitAnswer(Booting booting, long deadline, StartLine.Place place)
            throws InterruptedException {
        long began = System.nanoTime();
        long latest = booting.warm() ? Math.min(deadline, began + WARM.toNanos()) : deadline;
        long looked = began;
        while (!BootProbe.answers(booting.address(), booting.probe())) {
            long now = System.nanoTime();
            if (now >= latest) {
                throw Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "server.start-timeout",
                        "The server did not answer within "
                                + config.startTimeout().toSeconds()
                                + " s (timeout). Try again; if it stays so, the environment's image"
                                + " or command is broken, or something in your home keeps it from"
                                + " starting.");
            }
            if (now - looked > LOOK.toNanos()) {
                looked = now;
                requireAlive(booting.containerId());
            }
            if (now - began > WORKING.toNanos()) {
                place.rest();
            }
            Thread.sleep(pause(booting, now - began));
        }
    }

    /**
     * Often at first, when each moment counts; a server that takes long is not late by a moment.
     */
    private static Duration pause(Booting booting, long sinceNanos) {
        long seconds = sinceNanos / 1_000_000_000;
        if (booting.warm() && seconds == 0) {
            return Duration.ofMillis(2);
        }
        return Duration.ofMillis(seconds < 5 ? 10 : seconds < 20 ? 50 : 250);
    }

    private void requireAlive(String containerId) {
        var container = engine.find(containerId);
        if (container.isEmpty()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "server.ended-early",
                    "The server's container was removed during its start; start it again.");
        }
        if (!container.get().alive()) {
            throw endedEarly(container.get());
        }
    }

    private Problem endedEarly(Container container) {
        var exit = container.exit();
        if (exit != null && exit.outOfMemory()) {
            return Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "server.out-of-memory",
                    "The server needed more memory than it may use before it was ready; pick a"
                            + " larger profile or ask an administrator.");
        }
        var words = String.join(" ", engine.logs(container.id(), 5)).strip();
        var last =
                words.length() > LAST_WORDS ? words.substring(words.length() - LAST_WORDS) : words;
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "server.ended-early",
                "The server ended during its start"
                        + (exit == null ? "" : " with code " + exit.code())
                        + "; an administrator should check the environment's image and command."
                        + (last.isEmpty() ? "" : " It said last: " + last));
    }

    /** Takes the secrets out of the file system once the server has them. */
    void forgetSecrets(Server server) {
        secrets.deleteVariables(server.id());
    }

    private void step(Server server, int progress, String message) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before: " + message);
        }
        feed.publish(server.key(), SpawnRunner.event(progress, message));
    }
}
