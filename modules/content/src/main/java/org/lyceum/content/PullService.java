package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.identity.User;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.MountService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Brings files of repositories into homes, at starts and on request. Blocking. */
public final class PullService {

    private static final Logger log = LoggerFactory.getLogger(PullService.class);

    /** Under way at once, of one person: what a start asks for is more, and the platform's. */
    private static final int MAX_OF_ONE = 3;

    /** Under way at once, of all; each waits for a container. */
    private static final int MAX_OF_ALL = 500;

    /** Remembered, the oldest forgotten first: for pages that ask how it went. */
    private static final int MAX_KNOWN = 2_000;

    /** One home at a time; two that share a lock wait for no reason, and not for long. */
    private static final int LOCKS = 64;

    /** For the engine to remove a container. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    private final ContentRepository sources;
    private final ProfileResolver profiles;
    private final MountService mounts;
    private final PullRun run;
    private final ContentConfig config;
    private final Clock clock;
    private final Map<String, Pull> known = new LinkedHashMap<>();
    private final Map<Person, List<Pull>> ofStarts = new LinkedHashMap<>();
    private final List<ReentrantLock> homes = new ArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private record Person(CommunityId community, UserId user) {}

    PullService(
            ContentRepository sources,
            ProfileResolver profiles,
            MountService mounts,
            PullRun run,
            ContentConfig config,
            Clock clock) {
        this.sources = sources;
        this.profiles = profiles;
        this.mounts = mounts;
        this.run = run;
        this.config = config;
        this.clock = clock;
        for (int n = 0; n < LOCKS; n++) {
            homes.add(new ReentrantLock());
        }
    }

    /**
     * Brings what managers have attached, before a server starts. Waits for a bounded time only,
     * and fails never: what goes wrong is said, and the rest comes while the server starts.
     *
     * @param profile number of what is started; null when it is not known
     * @param said for the page that shows the start
     */
    public void atStart(
            CommunityId community, User user, @Nullable Long profile, Consumer<String> said)
            throws InterruptedException {
        var wanted = sources.of(community).stream().filter(each -> each.isFor(profile)).toList();
        var pulls = new ArrayList<Pull>();
        for (var source : wanted) {
            var link = new PullLink(source.address(), source.reference(), source.folder(), 1, "");
            pulls.add(begin(community, user, link, source, true));
        }
        remember(new Person(community, user.id()), pulls);
        long deadline = System.nanoTime() + config.patience().toNanos();
        for (var pull : pulls) {
            said.accept("Bringing the files of " + pull.link().folder());
            if (!pull.await(Duration.ofNanos(deadline - System.nanoTime()))) {
                said.accept("The files of " + pull.link().folder() + " come while it starts");
            } else if (pull.phase() == Pull.Phase.FAILED) {
                said.accept(
                        "The files of "
                                + pull.link().folder()
                                + " have not come: "
                                + pull.sentence());
            }
        }
    }

    /** What the last start of the person's brought, or tried to. */
    public List<Pull> ofLastStart(CommunityId community, UserId user) {
        synchronized (known) {
            return ofStarts.getOrDefault(new Person(community, user), List.of());
        }
    }

    /**
     * Brings what a link names.
     *
     * @throws Problem BUSY {@code content.too-many}
     */
    public Pull ask(Actor actor, CommunityId community, User user, PullLink link) {
        synchronized (known) {
            var open = known.values().stream().filter(pull -> !pull.phase().over()).toList();
            var own = open.stream().filter(pull -> pull.of(community, user.id())).toList();
            var same = own.stream().filter(pull -> pull.link().equals(link)).findFirst();
            if (same.isPresent()) {
                return same.get();
            }
            if (own.size() >= MAX_OF_ONE || open.size() >= MAX_OF_ALL) {
                throw Problem.of(
                        Problem.Kind.BUSY,
                        "content.too-many",
                        "Other files are on their way already; wait until they are there, then try"
                                + " again.");
            }
            sources.recordPull(actor, community, link);
            var source = attached(community, user, link).orElse(null);
            return begin(community, user, link, source, false);
        }
    }

    /** Whether managers have attached what the link names, for this person to have. */
    public boolean trusted(CommunityId community, User user, PullLink link) {
        return attached(community, user, link).isPresent();
    }

    private Optional<ContentSource> attached(CommunityId community, User user, PullLink link) {
        var all =
                sources.of(community).stream()
                        .filter(each -> each.is(link.address(), link.branch()))
                        .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> offered =
                profiles.offered(community, user.id()).stream()
                        .map(Profile::id)
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(each -> each.profile() == null || offered.contains(each.profile()))
                .findFirst();
    }

    /** One of the person's own, as long as it is remembered. */
    public Optional<Pull> find(CommunityId community, UserId user, String id) {
        synchronized (known) {
            return Optional.ofNullable(known.get(id)).filter(pull -> pull.of(community, user));
        }
    }

    private Pull begin(
            CommunityId community,
            User user,
            PullLink link,
            @Nullable ContentSource source,
            boolean ofStart) {
        var bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        var pull =
                new Pull(
                        HexFormat.of().formatHex(bytes),
                        community,
                        user.id(),
                        link,
                        ofStart,
                        clock.instant());
        synchronized (known) {
            known.put(pull.id(), pull);
            forgetOldest(known);
        }
        threads.add(
                Threads.start(
                        "content-pull",
                        () -> {
                            carryOut(pull, community, user, source);
                            threads.remove(Thread.currentThread());
                        }));
        return pull;
    }

    /** Ends what is under way, with its containers. */
    void end() {
        var left = List.copyOf(threads);
        left.forEach(Thread::interrupt);
        try {
            for (var thread : left) {
                if (!thread.join(LAST)) {
                    log.warn("content.not-ended thread={}", thread.threadId());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(Person person, List<Pull> pulls) {
        synchronized (known) {
            ofStarts.remove(person);
            if (!pulls.isEmpty()) {
                ofStarts.put(person, List.copyOf(pulls));
                forgetOldest(ofStarts);
            }
        }
    }

    private static <K> void forgetOldest(Map<K, ?> all) {
        var oldest = all.keySet().iterator();
        while (all.size() > MAX_KNOWN) {
            oldest.next();
            oldest.remove();
        }
    }

    private void carryOut(
            Pull pull, CommunityId community, User user, @Nullable ContentSource source) {
        try {
            var home = mounts.of(community, user).getFirst().hostPath();
            var lock = homes.get(Math.floorMod(home.hashCode(), LOCKS));
            lock.lockInterruptibly();
            try {
                var words = run.run(pull, community, source, home);
                log.info("content.pulled user={} folder={}", user.id(), pull.link().folder());
                pull.end(Pull.Phase.DONE, words);
            } finally {
                lock.unlock();
            }
        } catch (Problem problem) {
            log.warn(
                    "content.not-pulled user={} folder={} code={}",
                    user.id(),
                    pull.link().folder(),
                    problem.code());
            pull.end(Pull.Phase.FAILED, problem.detail());
        } catch (IOException | RuntimeException e) {
            log.error("content.broken user={} folder={}", user.id(), pull.link().folder(), e);
            pull.end(Pull.Phase.FAILED, "Something went wrong here; tell an administrator.");
        } catch (InterruptedException platformEnds) {
            Thread.currentThread().interrupt();
            pull.end(Pull.Phase.FAILED, "The platform was stopped meanwhile; try again.");
        }
    }
}
