package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogConfig;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Goal: whatever a crash left half-way is found and cleared away, and an image that cannot wait is
 * no harm. Method: containers in memory, so no launcher ever calls; what a process before this one
 * left is written to the database by hand.
 */
class FillSlotsTest {

    private static final ContainerSpec.Limits LIMITS =
            new ContainerSpec.Limits(Bytes.gib(1), 1000, 100, Bytes.mib(1));

    private static final SlotWish WISH =
            new SlotWish(new SlotKind(new CommunityId(1), "sha256:1", List.of("program")), LIMITS);

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private final PlatformId platform = new PlatformId(Secret.random().reveal());
    private final Secret key = Secret.random();
    private SlotRepository slots;
    private SlotLabels labels;
    private SlotsModule module;

    @BeforeEach
    void wire() {
        engine.addImage("image:1", "sha256:1");
        slots = new SlotRepository(temp.database());
        labels = new SlotLabels(platform, key);
        module = module(new SlotsConfig(false, Bytes.gib(1), 0, 1));
    }

    @AfterEach
    void end() {
        module.close();
    }

    private SlotsModule module(SlotsConfig config) {
        var db = temp.database();
        var clock = temp.clock();
        var audit = new AuditLog(db, clock);
        var identity = new IdentityModule(db, audit, clock);
        var communities = new CommunityModule(HostsConfig.defaults(), db, audit, identity, clock);
        var catalog =
                new CatalogModule(
                        db,
                        audit,
                        engine,
                        identity,
                        communities,
                        CatalogConfig.of("image:1"),
                        platform,
                        clock);
        catalog.start();
        return new SlotsModule(
                config,
                new SlotsModule.Parts(
                        db,
                        audit,
                        communities.communities(),
                        catalog.profiles(),
                        engine,
                        Bytes.mib(64),
                        ZoneOffset.UTC),
                new SlotsModule.Inside(
                        List.of("/home/jovyan"), 1000, 1000, Map::of, List::of, () -> true),
                platform,
                key,
                temp.directory(),
                clock);
    }

    @Test
    void what_an_earlier_process_was_filling_is_cleared_away() {
        var slot = slots.add(WISH, temp.clock().instant());
        container(slot);
        files(slot);

        var report = module.jobs().getFirst().run();

        assertThat(report.failed()).isZero();
        assertThat(report.changed()).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void one_that_waited_goes_when_its_container_has_gone_or_its_launcher_does_not_call() {
        var dead = ready();
        engine.die(dead.at().containerId(), 1, false);
        var silent = ready();
        files(silent);

        module.jobs().getFirst().run();

        assertNothingLeft();
    }

    @Test
    void an_end_that_was_broken_off_is_carried_through() {
        var slot = ready();
        slots.end(slot.id(), Slot.State.READY);
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "away"));
        org.assertj.core.api.Assertions.catchThrowable(() -> module.jobs().getFirst().run());
        engine.fail(null);
        assertThat(slots.all()).hasSize(1);

        module.jobs().getFirst().run();

        assertNothingLeft();
    }

    @Test
    void one_that_is_somebodys_is_left_alone() {
        var slot = ready();
        var spawn = "0123456789abcdef0123456789abcdef";
        slots.claim(WISH, List.of(slot.id()), 7, spawn, temp.clock().instant()).orElseThrow();

        module.jobs().getFirst().run();

        assertThat(slots.ofServer(7)).isPresent();
        assertThat(module.slots().container(slots.ofServer(7).orElseThrow())).isPresent();
        assertThat(module.slots().of(7, spawn)).isPresent();
        assertThat(module.slots().of(7, "f".repeat(32))).isEmpty();

        module.slots().endOf(7);
        assertNothingLeft();
    }

    @Test
    @SecurityStatement(24)
    void a_container_without_a_row_goes_and_one_without_our_signature_stays() {
        var slot = slots.add(WISH, temp.clock().instant());
        container(slot);
        slots.end(slot.id(), Slot.State.FILLING);
        slots.remove(slot.id());
        var forged = new SlotLabels(platform, Secret.random());
        var theirs =
                engine.run(spec("lyceum-" + platform.shortId() + "-c1-slot99", forged.of(slot)));

        module.jobs().getFirst().run();

        assertThat(engine.list(labels.ofPlatform()))
                .extracting(Container::id)
                .containsExactly(theirs.id());
    }

    @Test
    void an_image_whose_launcher_never_calls_is_told_of_and_tried_later() {
        module = module(new SlotsConfig(true, Bytes.gib(1), 1, 5));
        engine.beforeRun(
                spec -> {
                    throw Problem.of(Problem.Kind.UNAVAILABLE, "docker.refused", "no such program");
                });

        module.jobs().getFirst().run();

        Eventually.holds(
                "the failure is known",
                () ->
                        module.queries().standings().stream()
                                .anyMatch(s -> "no such program".equals(s.failure())));
        Eventually.holds("nothing is left of it", () -> slots.all().isEmpty());
        module.jobs().getFirst().run();
        assertThat(module.queries().standings().getFirst().filling()).as("not yet").isZero();
        temp.clock().advance(Duration.ofMinutes(1));
        engine.beforeRun(spec -> {});
        module.jobs().getFirst().run();
        assertThat(module.queries().standings().getFirst().filling()).as("again").isEqualTo(1);
    }

    private Slot ready() {
        var slot = slots.add(WISH, temp.clock().instant());
        var container = container(slot);
        slots.place(slot.id(), new Slot.Place(container.id(), "127.0.0.1", "127.0.0.1"));
        assertThat(slots.ready(slot.id(), temp.clock().instant())).isTrue();
        return slots.all().getLast();
    }

    private Container container(Slot slot) {
        return engine.run(spec(labels.containerName(slot), labels.of(slot)));
    }

    private static ContainerSpec spec(String name, Map<String, String> labels) {
        return new ContainerSpec(
                name,
                "sha256:1",
                labels,
                new ContainerSpec.Program(List.of("sleep"), Map.of(), "/", 1000, 1000),
                ContainerSpec.NO_NETWORK,
                LIMITS,
                List.of());
    }

    private void files(Slot slot) {
        new SlotFiles(temp.directory().resolve("run/slots"), 1000).write(slot.id(), List.of());
    }

    private void assertNothingLeft() {
        assertThat(slots.all()).isEmpty();
        assertThat(engine.list(labels.ofPlatform())).isEmpty();
        var directory = temp.directory().resolve("run/slots");
        assertThat(!Files.exists(directory) || directory.toFile().list().length == 0).isTrue();
    }
}
