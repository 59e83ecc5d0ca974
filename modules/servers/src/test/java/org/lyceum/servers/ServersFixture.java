package org.lyceum.servers;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogConfig;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.linux.Machine;
import org.lyceum.platform.testing.MovableClock;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.slots.SlotsConfig;
import org.lyceum.slots.SlotsModule;
import org.lyceum.storage.MountService;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One process: all modules below and the servers module, over a given file and engine. */
final class ServersFixture implements AutoCloseable {

    static final Actor ACTOR = new Actor.Job("test");

    /** More than any test promises unless it wants to. */
    private static final Bytes MACHINE = Bytes.gib(1024);

    final Routes routes = new Routes();
    final List<String> hubApiOpened = Collections.synchronizedList(new ArrayList<>());
    final IdentityModule identity;
    final StorageModule storage;
    final SlotsModule slots;
    final ServersModule module;
    final CommunityModule community;
    final CatalogModule catalog;

    ServersFixture(
            ServersConfig config,
            Database db,
            MovableClock clock,
            ContainerEngine engine,
            Installation installation) {
        var audit = new AuditLog(db, clock);
        identity = new IdentityModule(db, audit, clock);
        community = new CommunityModule(HostsConfig.defaults(), db, audit, identity, clock);
        catalog =
                new CatalogModule(
                        db,
                        audit,
                        engine,
                        identity,
                        community,
                        CatalogConfig.of(installation.image()),
                        installation.platform(),
                        clock);
        storage =
                new StorageModule(StorageConfig.defaults(installation.data()), db, identity, clock);
        slots =
                new SlotsModule(
                        installation.slots(),
                        new SlotsModule.Parts(
                                db,
                                audit,
                                community.communities(),
                                catalog.profiles(),
                                engine,
                                config.scratch(),
                                ZoneOffset.UTC),
                        new SlotsModule.Inside(
                                MountService.POINTS,
                                StorageConfig.UID,
                                StorageConfig.GID,
                                ServersModule::rehearsal,
                                ServersModule.guestTools(installation.data()),
                                () -> true),
                        installation.platform(),
                        installation.labelKey(),
                        installation.data(),
                        clock);
        module =
                new ServersModule(
                        config,
                        new ServersModule.Parts(
                                db,
                                identity,
                                community,
                                catalog,
                                storage,
                                slots,
                                engine,
                                installation.machine(),
                                routes,
                                new Activity(routes, clock),
                                gateway -> {
                                    hubApiOpened.add(gateway);
                                    return "http://" + gateway + ":8081";
                                }),
                        installation.platform(),
                        installation.labelKey(),
                        installation.data(),
                        clock);
        catalog.start();
        module.start();
    }

    /** What outlives the process. */
    record Installation(
            Path data,
            String image,
            PlatformId platform,
            Secret labelKey,
            SlotsConfig slots,
            Machine machine) {

        /** One that has no slots. */
        static Installation fresh(Path data, String image) {
            return fresh(data, image, new SlotsConfig(false, Bytes.gib(1), 0, 1));
        }

        /** The same on a machine that was booted then, with so much memory. */
        Installation on(Bytes memory, Instant bootedAt) {
            return new Installation(
                    data, image, platform, labelKey, slots, new Machine(memory.value(), bootedAt));
        }

        static Installation fresh(Path data, String image, SlotsConfig slots) {
            return new Installation(
                    data,
                    image,
                    new PlatformId(Secret.random().reveal()),
                    Secret.random(),
                    slots,
                    new Machine(MACHINE.value(), Instant.EPOCH));
        }
    }

    static ServersConfig config(Duration startTimeout, int parallel) {
        return new ServersConfig(
                startTimeout,
                Duration.ofSeconds(2),
                100,
                0,
                5,
                parallel,
                Bytes.mib(64),
                ServersConfig.Room.defaults(),
                ServersConfig.Ends.defaults(),
                ServersConfig.Freezing.defaults());
    }

    User user(String name) {
        var user = identity.users().create(ACTOR, name, false);
        community.members().join(ACTOR, Community.DEFAULT, user.id());
        return user;
    }

    static ServerKey key(User user) {
        return ServerKey.ofDefault(Community.DEFAULT, user.id());
    }

    /** Starts and waits until it is over, whatever comes of it. */
    Server spawned(ServerKey key) {
        module.spawns().spawn(ACTOR, key, Map.of());
        return module.spawns().await(key, Duration.ofSeconds(60));
    }

    Server found(ServerKey key) {
        return module.queries().find(key).orElseThrow();
    }

    Job.Report reconcile() {
        return module.jobs().getFirst().run();
    }

    /** All events of the last start. */
    List<SpawnEvent> events(ServerKey key) throws InterruptedException {
        var all = new ArrayList<SpawnEvent>();
        try (var following = module.progress().events(key)) {
            SpawnEvent event;
            while ((event = following.next(Duration.ofSeconds(10))) != null) {
                all.add(event);
                if (event.last()) {
                    break;
                }
            }
        }
        return all;
    }

    /** Ends the process. */
    @Override
    public void close() {
        module.close();
        slots.close();
    }
}
