package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.community.Community.State;
import org.lyceum.community.CommunityRepository.Entry;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes, finds and changes communities. Every change names the version it is based on, is in the
 * audit log, and is told to the listeners before the call returns, so that the address works by
 * then. Blocking.
 */
public final class CommunityService {

    private static final Logger log = LoggerFactory.getLogger(CommunityService.class);

    private final CommunityRepository communities;
    private final Clock clock;
    private final Hosts hosts;
    private final List<Predicate<CommunityId>> stays = new CopyOnWriteArrayList<>();
    private final List<Consumer<CommunityChanged>> listeners = new CopyOnWriteArrayList<>();
    private final List<Predicate<FormerAddress>> uses = new CopyOnWriteArrayList<>();

    CommunityService(CommunityRepository communities, Hosts hosts, Clock clock) {
        this.communities = communities;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** The community at {@code /}; the migrations made it. */
    public Community ensureDefault() {
        return find(Community.DEFAULT)
                .orElseThrow(() -> new IllegalStateException("the migrations make community 1"));
    }

    /** All, deleted ones too, in the order they were made; at most 1,000. */
    public List<Community> all() {
        return communities.all();
    }

    /** All but the deleted ones, in the order they were made. */
    public List<Community> present() {
        return all().stream().filter(community -> !community.deleted()).toList();
    }

    public Optional<Community> find(CommunityId id) {
        return communities.find(id);
    }

    /** Where communities were before they were renamed, the oldest first. */
    public List<FormerAddress> formerAddresses() {
        return communities.formerAddresses();
    }

    /**
     * Makes a community at {@code /name/}.
     *
     * @throws Problem INVALID community.name-invalid, community.title-invalid; CONFLICT
     *     community.exists, community.exists-deleted, community.name-was-used, community.too-many
     */
    public Community create(Actor actor, String name, String title) {
        CommunityNames.requireName(name);
        CommunityNames.requireTitle(title);
        return told(communities.create(actor, name, title.strip(), clock.instant()), "created");
    }

    /**
     * Gives the community another name and with it another address. What runs goes on under the old
     * one; links to it lead on. The first community changes its name only.
     *
     * @param version the one the caller has seen
     * @throws Problem as {@link #create}; besides NOT_FOUND community.unknown, STALE
     *     community.stale, CONFLICT community.too-many-names
     */
    public Community rename(Actor actor, CommunityId id, long version, String name) {
        CommunityNames.requireName(name);
        var before = require(id, version);
        return before.name().equals(name)
                ? before
                : told(communities.rename(actor, before, name, clock.instant()), "renamed");
    }

    /**
     * Changes what people read and how much the community may take; null leaves as it is.
     *
     * @throws Problem INVALID community.title-invalid, community.notice-invalid,
     *     community.limit-invalid; NOT_FOUND community.unknown; STALE community.stale
     */
    public Community change(
            Actor actor,
            CommunityId id,
            long version,
            @Nullable String title,
            @Nullable String notice,
            @Nullable Limits limits) {
        var before = require(id, version);
        var newTitle = title == null ? before.title() : title.strip();
        var newNotice = notice == null ? before.notice() : notice.strip();
        var newLimits = limits == null ? before.limits() : limits;
        CommunityNames.requireTitle(newTitle);
        CommunityNames.requireNotice(newNotice);
        newLimits.requireValid();
        return told(communities.change(actor, before, newTitle, newNotice, newLimits), "changed");
    }

    /**
     * Gives the community a host, or takes it away (null). Its hub is at {@code /} there from then
     * on, and links to its path lead there.
     *
     * @param host in any case
     * @throws Problem INVALID community.host-invalid; NOT_FOUND community.unknown; STALE
     *     community.stale; CONFLICT community.first-has-platform-host, community.host-needs-url,
     *     community.host-taken, community.host-in-use
     */
    public Community setHost(Actor actor, CommunityId id, long version, @Nullable String host) {
        var wanted = host == null ? null : host.strip().toLowerCase(Locale.ROOT);
        var before = requirePresent(id, version);
        if (wanted != null) {
            requireHost(id, wanted);
        }
        if (Objects.equals(wanted, before.host())) {
            return before;
        }
        if (stays.stream().anyMatch(use -> use.test(id))) {
            throw Problem.conflict(
                    "community.host-in-use",
                    "Servers of this community run, and people work at its present address; change"
                            + " the host when they have stopped. A pause can stop them.");
        }
        return told(communities.setHost(actor, before, wanted), "host-set");
    }

    private void requireHost(CommunityId id, String host) {
        CommunityNames.requireHost(host);
        if (id.equals(Community.DEFAULT)) {
            throw Problem.conflict(
                    "community.first-has-platform-host",
                    "The community at / is at the platform's own host; set hub.url to change it.");
        }
        var platform =
                hosts.platform()
                        .orElseThrow(
                                () ->
                                        Problem.conflict(
                                                "community.host-needs-url",
                                                "Say first where the platform itself is: hub.url in"
                                                        + " lyceum.toml, then restart."));
        if (Hosts.overlap(host, platform.host())) {
            throw CommunityRepository.hostTaken();
        }
    }

    /**
     * Lets nothing start any more, and tells everybody who comes. Pausing what is paused changes
     * notice and choice.
     *
     * @param notice for people: why, and until when; may be empty
     * @param stopServers whether servers that run are stopped; else they go on
     * @throws Problem INVALID community.notice-invalid; NOT_FOUND community.unknown; STALE
     *     community.stale; CONFLICT community.is-deleted
     */
    public Community pause(
            Actor actor, CommunityId id, long version, String notice, boolean stopServers) {
        CommunityNames.requireNotice(notice.strip());
        var before = requirePresent(id, version);
        var entry = new Entry(AuditAction.COMMUNITY_PAUSED, notice.strip(), stopServers);
        return told(enter(actor, before, State.PAUSED, entry), "paused");
    }

    /**
     * Ends a pause; what ran before is started again by its users.
     *
     * @throws Problem NOT_FOUND community.unknown; STALE community.stale; CONFLICT
     *     community.is-deleted
     */
    public Community resume(Actor actor, CommunityId id, long version) {
        var before = requirePresent(id, version);
        var entry = new Entry(AuditAction.COMMUNITY_RESUMED, "", false);
        return before.active()
                ? before
                : told(enter(actor, before, State.ACTIVE, entry), "resumed");
    }

    /**
     * Takes the community out of sight and stops its servers. Everything in it is kept: {@link
     * #restore} brings it back.
     *
     * @throws Problem NOT_FOUND community.unknown; STALE community.stale; CONFLICT
     *     community.first-stays
     */
    public Community delete(Actor actor, CommunityId id, long version) {
        if (id.equals(Community.DEFAULT)) {
            throw Problem.conflict(
                    "community.first-stays",
                    "The community at / is the platform's front door and cannot be deleted; pause"
                            + " it, or give it another title.");
        }
        var before = require(id, version);
        var entry = new Entry(AuditAction.COMMUNITY_DELETED, before.notice(), true);
        return before.deleted()
                ? before
                : told(enter(actor, before, State.DELETED, entry), "deleted");
    }

    /**
     * Brings a deleted community back, paused: somebody looks at it first, then resumes it.
     *
     * @throws Problem NOT_FOUND community.unknown; STALE community.stale
     */
    public Community restore(Actor actor, CommunityId id, long version) {
        var before = require(id, version);
        var entry = new Entry(AuditAction.COMMUNITY_RESTORED, before.notice(), true);
        return before.deleted()
                ? told(enter(actor, before, State.PAUSED, entry), "restored")
                : before;
    }

    /**
     * Gives a former address up: links to it lead nowhere from now on, and another community may
     * have it.
     *
     * @throws Problem NOT_FOUND community.address-unknown; CONFLICT community.address-in-use while
     *     servers run that were started under it
     */
    public void release(Actor actor, CommunityId id, String baseUrl) {
        var address =
                formerAddresses().stream()
                        .filter(former -> former.baseUrl().equals(baseUrl))
                        .filter(former -> former.community().equals(id))
                        .findFirst()
                        .orElseThrow(CommunityService::unknownAddress);
        if (uses.stream().anyMatch(use -> use.test(address))) {
            throw Problem.conflict(
                    "community.address-in-use",
                    "Servers run that were started under "
                            + baseUrl
                            + "; release it when they have stopped.");
        }
        if (!communities.release(actor, id, baseUrl)) {
            throw unknownAddress();
        }
        tell(id, "address-released");
    }

    /** Calls {@code listener} after each change, on the thread that made it. */
    public void onChanged(Consumer<CommunityChanged> listener) {
        listeners.add(listener);
    }

    /** Keeps a former address from being released while {@code use} says that it is needed. */
    public void keepWhile(Predicate<FormerAddress> use) {
        uses.add(use);
    }

    /** Keeps a community's host as it is while {@code use} says that it is needed. */
    public void keepHostWhile(Predicate<CommunityId> use) {
        stays.add(use);
    }

    private Community enter(Actor actor, Community before, State state, Entry with) {
        return communities.enter(actor, before, state, with, clock.instant());
    }

    private Community require(CommunityId id, long version) {
        var there = find(id).orElseThrow(CommunityService::unknown);
        if (there.version() != version) {
            throw CommunityRepository.stale();
        }
        return there;
    }

    private Community requirePresent(CommunityId id, long version) {
        var there = require(id, version);
        if (there.deleted()) {
            throw Problem.conflict(
                    "community.is-deleted", "This community is deleted; restore it first.");
        }
        return there;
    }

    private Community told(Community community, String what) {
        tell(community.id(), what);
        return community;
    }

    private void tell(CommunityId id, String what) {
        log.info("community.{} community={}", what, id);
        hosts.become(present());
        for (var listener : listeners) {
            try {
                listener.accept(new CommunityChanged(id));
            } catch (RuntimeException e) { // what it has not done is a reconciler's to find
                log.warn("community.listener-failed community={}", id, e);
            }
        }
    }

    static Problem unknown() {
        return Problem.notFound("community.unknown", "There is no such community.");
    }

    private static Problem unknownAddress() {
        return Problem.notFound(
                "community.address-unknown", "This community has no such former address.");
    }
}
