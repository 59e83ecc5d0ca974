package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.community.Hosts;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.ClaimRepository.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides whether a server may start; {@link SpawnRunner} then starts it. Everything a user can get
 * wrong is refused here, while they still wait for the answer. Blocking.
 */
public final class SpawnService {

    private static final Logger log = LoggerFactory.getLogger(SpawnService.class);

    private final ServerRepository servers;
    private final ClaimRepository claims;
    private final UserService users;
    private final CommunityService communities;
    private final NamedLimitService namedLimits;
    private final AnnouncementService announcements;
    private final Hosts hosts;
    private final ProfileResolver profiles;
    private final SpawnRunner runner;
    private final ServerHealth health;
    private final ProgressFeed feed;
    private final Clock clock;

    SpawnService(
            ServerRepository servers,
            ClaimRepository claims,
            ServersModule.Parts parts,
            NamedLimitService namedLimits,
            AnnouncementService announcements,
            SpawnRunner runner,
            ServerHealth health,
            ProgressFeed feed,
            Clock clock) {
        this.servers = servers;
        this.claims = claims;
        this.users = parts.identity().users();
        this.communities = parts.community().communities();
        this.namedLimits = namedLimits;
        this.announcements = announcements;
        this.hosts = parts.community().hosts();
        this.profiles = parts.catalog().profiles();
        this.runner = runner;
        this.health = health;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * Starts the server unless it runs or is starting.
     *
     * @param userOptions null repeats those of the last start
     * @throws Problem CONFLICT {@code server.stopping}, BUSY {@code server.too-many-spawns}, {@code
     *     server.too-many-active}, INVALID {@code server.too-many-named}, {@code
     *     server.named-disabled}, {@code server.name-invalid}, {@code profile.unknown}, NOT_FOUND
     *     {@code user.unknown}, {@code community.unknown}, INVALID {@code
     *     server.larger-than-machine}, UNAVAILABLE {@code image.missing} and those of the container
     *     engine, {@code community.paused}, {@code server.starts-paused}
     */
    public Spawn spawn(Actor actor, ServerKey key, @Nullable Map<String, Object> userOptions) {
        return spawn(actor, key, userOptions, false);
    }

    /**
     * The same for somebody who is shown a page that waits: where there is no room for another
     * server, the start stands in line instead of being refused.
     *
     * @throws Problem as {@link #spawn}, without {@code server.too-many-active}
     */
    public Spawn spawnInTurn(
            Actor actor, ServerKey key, @Nullable Map<String, Object> userOptions) {
        return spawn(actor, key, userOptions, true);
    }

    private Spawn spawn(
            Actor actor, ServerKey key, @Nullable Map<String, Object> userOptions, boolean waits) {
        var user = user(key);
        var community = community(key);
        var named = namedLimits.limits(community, key.user());
        var limits = waits ? named.inTurn() : named;
        requireName(key, limits);
        var there = servers.find(key);
        if (there.isPresent() && there.get().ready()) {
            // Its death may not have been noticed yet, and then this is the moment to notice.
            health.verify(there.get(), StopReason.LOST);
        }
        if (there.isPresent() && there.get().active()) {
            there = servers.find(key);
        }
        if (there.isPresent() && there.get().active()) {
            return running(there.get());
        }
        announcements.requireStarts(key.community());
        var options = options(userOptions, there.orElse(null));
        var spec = profiles.resolve(key.community(), key.user(), options);
        runner.requirePossible(spec.promised());
        var hub = hosts.of(community);
        var wanted =
                new ClaimRepository.NewSpawn(
                        key,
                        newId(),
                        ServerPaths.decoded(hub, user.name(), key.name()),
                        options,
                        spec.snapshot(),
                        spec.promised());
        if (!waits) {
            runner.requireRoom(
                    new Start(0, key.community(), spec.promised(), spec.device(), List.of()));
        }
        return runner.exclusively(
                () ->
                        switch (claims.claim(actor, wanted, limits, clock.instant())) {
                            case Claim.Won(var server) -> {
                                log.info(
                                        "spawn.claimed server={} image={} actor={}",
                                        key,
                                        spec.imageReference(),
                                        actor);
                                runner.start(
                                        new SpawnSteps.Plan(server, spec, user, community, hub));
                                yield new Spawn.Pending(server);
                            }
                            case Claim.Lost(var server) -> running(server);
                        });
    }

    /**
     * Refuses a server that cannot be made whatever its options, before anybody thinks of them.
     *
     * @throws Problem INVALID {@code server.too-many-named}, {@code server.named-disabled}, {@code
     *     server.name-invalid}, NOT_FOUND {@code community.unknown}, UNAVAILABLE {@code
     *     community.paused}
     */
    public void requireAllowed(ServerKey key) {
        var limits = namedLimits.limits(community(key), key.user());
        requireName(key, limits);
        announcements.requireStarts(key.community());
        claims.requireNamed(key, limits);
    }

    private static Spawn running(Server server) {
        return switch (server.state()) {
            case READY -> new Spawn.Ready(server);
            case SPAWNING -> new Spawn.Pending(server);
            case STOPPING ->
                    throw Problem.conflict(
                            "server.stopping",
                            "The server is stopping; try again when it has stopped.");
            case STOPPED, FAILED ->
                    throw new IllegalStateException("a claim must win over " + server.state());
        };
    }

    private static void requireName(ServerKey key, ServerLimits limits) {
        if (key.unnamed()) {
            return;
        }
        if (limits.namedPerUser() == 0) {
            throw Problem.invalid("server.named-disabled", "Named servers are not enabled.");
        }
        if (!Names.valid(key.name())) {
            throw Problem.invalid(
                    "server.name-invalid",
                    "A server's name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash and no space"
                            + " at either end.");
        }
    }

    private User user(ServerKey key) {
        return users.find(key.user())
                .orElseThrow(
                        () ->
                                Problem.notFound(
                                        "user.unknown", "There is no such user; check the name."));
    }

    private Community community(ServerKey key) {
        var community =
                communities
                        .find(key.community())
                        .filter(there -> !there.deleted())
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "community.unknown",
                                                "There is no such community here."));
        if (!community.active()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "community.paused",
                    community.title()
                            + " is paused; nothing can be started there until it goes on.");
        }
        return community;
    }

    private static Map<String, Object> options(
            @Nullable Map<String, Object> given, @Nullable Server last) {
        if (given != null) {
            return given;
        }
        return last == null ? Map.of() : Rescue.repeated(last.userOptions());
    }

    /** Not a secret: it tells one start from the next. */
    private static String newId() {
        var random = UUID.randomUUID();
        return HexFormat.of().toHexDigits(random.getMostSignificantBits())
                + HexFormat.of().toHexDigits(random.getLeastSignificantBits());
    }

    /**
     * Waits until the server's start has ended, at most {@code patience}.
     *
     * @return the server as it is then; SPAWNING when the start goes on
     * @throws Problem NOT_FOUND {@code server.unknown}
     */
    public Server await(ServerKey key, Duration patience) {
        try {
            feed.awaitEnd(key, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return servers.find(key).orElseThrow(StopService::unknown);
    }
}
