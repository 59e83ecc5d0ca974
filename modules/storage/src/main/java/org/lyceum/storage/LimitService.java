package org.lyceum.storage;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.EffectiveLimits.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which limits count for which folder, and changing them. Blocking. */
public final class LimitService {

    /** For each kind and community; whoever needs more should make a group. */
    static final int MAX_RULES = 1_000;

    private static final Logger log = LoggerFactory.getLogger(LimitService.class);

    /** So many files fit on a page of the panel; a class of thirty on a machine of 1 TB. */
    private static final Bounds FILES = new Bounds(1_000_000, 800_000);

    private final LimitRepository rules;
    private final GroupService groups;
    private final Consumer<CommunityId> changed;

    /**
     * @param changed told after a rule was written, so that the kernel hears of it at once
     */
    LimitService(LimitRepository rules, GroupService groups, Consumer<CommunityId> changed) {
        this.rules = rules;
        this.groups = groups;
        this.changed = changed;
    }

    /** What counts where nobody decided anything. */
    static EffectiveLimits builtIn(FolderKind kind) {
        var bytes =
                switch (kind) {
                    case HOME -> Bytes.gib(10);
                    case SHARED -> Bytes.gib(50);
                    case GROUP, SCRATCH -> Bytes.gib(20);
                };
        return new EffectiveLimits(
                Bounds.of(bytes.value()), Origin.PLATFORM, FILES, Origin.PLATFORM);
    }

    /** What counts for the folder now. */
    public EffectiveLimits of(Folder folder) {
        return of(folder.key().community(), folder.key().kind(), List.of(folder)).apply(folder);
    }

    /**
     * What counts for each of these, from one look at the rules.
     *
     * @param folders all of this community and kind
     */
    public Function<Folder, EffectiveLimits> of(
            CommunityId community, FolderKind kind, Collection<Folder> folders) {
        var all = rules.of(community, kind);
        var membership = membership(community, kind, all, folders);
        return folder -> resolve(folder, all, membership);
    }

    /** What counts in the community where no group, user or folder has a rule of its own. */
    public EffectiveLimits standard(CommunityId community, FolderKind kind) {
        return builtIn(kind)
                .decidedBy(
                        rules.of(community, kind).stream()
                                .filter(rule -> rule.scope() == LimitScope.COMMUNITY)
                                .findFirst());
    }

    /**
     * What a manager of the community may decide: about groups, users and folders, and no more than
     * an administrator gave the community. Who could give more would take it from others.
     *
     * @throws Problem FORBIDDEN limit.above-community
     */
    public void requireWithinCommunity(LimitRule rule) {
        var standard = standard(rule.community(), rule.kind());
        if (rule.scope() == LimitScope.COMMUNITY
                || !within(rule.bytes(), standard.bytes())
                || !within(rule.inodes(), standard.inodes())) {
            throw Problem.forbidden(
                    "limit.above-community",
                    "Managers decide up to the community's limit, which is "
                            + words(standard)
                            + ". Ask an administrator of the platform for more.");
        }
    }

    private static boolean within(@Nullable Bounds asked, Bounds most) {
        return asked == null
                || most.hard() == 0
                || (asked.hard() > 0 && asked.hard() <= most.hard());
    }

    private static String words(EffectiveLimits standard) {
        var bytes = standard.bytes().hard();
        var inodes = standard.inodes().hard();
        return (bytes == 0 ? "any number of bytes" : new Bytes(bytes).toString())
                + " and "
                + (inodes == 0 ? "any number of" : String.valueOf(inodes))
                + " files";
    }

    /** Groups of users, asked for only when there is a rule for a group. */
    private Map<Long, Set<Long>> membership(
            CommunityId community,
            FolderKind kind,
            List<LimitRule> all,
            Collection<Folder> folders) {
        boolean ofUsers = kind == FolderKind.HOME || kind == FolderKind.SCRATCH;
        boolean ask = ofUsers && all.stream().anyMatch(rule -> rule.scope() == LimitScope.GROUP);
        if (!ask) {
            return Map.of();
        }
        var numbers = groups.numbers(community);
        var users = folders.stream().map(each -> new UserId(each.key().owner())).toList();
        var membership = new HashMap<Long, Set<Long>>();
        for (int from = 0; from < users.size(); from += MAX_RULES) {
            var some = users.subList(from, Math.min(users.size(), from + MAX_RULES));
            groups.groupsOf(some, community)
                    .forEach(
                            (user, names) ->
                                    membership.put(
                                            user.value(),
                                            Set.copyOf(
                                                    names.stream()
                                                            .map(numbers::get)
                                                            .filter(number -> number != null)
                                                            .toList())));
        }
        return membership;
    }

    private static EffectiveLimits resolve(
            Folder folder, List<LimitRule> all, Map<Long, Set<Long>> membership) {
        var builtIn = builtIn(folder.key().kind());
        var bytes = nearest(folder, all, membership, LimitRule::bytes);
        var inodes = nearest(folder, all, membership, LimitRule::inodes);
        return new EffectiveLimits(
                bytes == null ? builtIn.bytes() : bytes.bounds(),
                bytes == null ? Origin.PLATFORM : bytes.from(),
                inodes == null ? builtIn.inodes() : inodes.bounds(),
                inodes == null ? Origin.PLATFORM : inodes.from());
    }

    private record Found(Bounds bounds, Origin from) {

        /** Among groups the one that allows most; no limit allows more than any. */
        long allows() {
            return bounds.hard() == 0 ? Long.MAX_VALUE : bounds.hard();
        }
    }

    private static @Nullable Found nearest(
            Folder folder,
            List<LimitRule> all,
            Map<Long, Set<Long>> membership,
            Function<LimitRule, @Nullable Bounds> what) {
        return all.stream()
                .filter(rule -> what.apply(rule) != null && appliesTo(rule, folder, membership))
                .map(rule -> found(rule, what.apply(rule)))
                .max(
                        Comparator.comparing((Found found) -> found.from().scope())
                                .thenComparingLong(Found::allows)
                                .thenComparingLong(found -> -found.from().subject()))
                .orElse(null);
    }

    private static Found found(LimitRule rule, @Nullable Bounds bounds) {
        if (bounds == null) {
            throw new IllegalStateException("asked for what was filtered out");
        }
        return new Found(bounds, new Origin(rule.scope(), rule.subject()));
    }

    private static boolean appliesTo(
            LimitRule rule, Folder folder, Map<Long, Set<Long>> membership) {
        long owner = folder.key().owner();
        return switch (rule.scope()) {
            case PLATFORM -> false; // built in, no rule
            case COMMUNITY -> true;
            case GROUP ->
                    folder.key().kind() == FolderKind.GROUP
                            ? rule.subject() == owner
                            : membership.getOrDefault(owner, Set.of()).contains(rule.subject());
            case USER -> folder.key().kind() != FolderKind.GROUP && rule.subject() == owner;
            case FOLDER -> rule.subject() == folder.number();
        };
    }

    /** The rules of a community about one kind of folder. */
    public List<LimitRule> rules(CommunityId community, FolderKind kind) {
        return rules.of(community, kind);
    }

    /**
     * Decides, at once also for what is in use. A rule that says nothing is taken away.
     *
     * @param rule its version is the one that was looked at; -1 when there was none
     * @return the version now; -1 when there is no rule any more
     * @throws Problem STALE limit.stale, CONFLICT limit.too-many
     */
    public long put(Actor actor, LimitRule rule) {
        if (rule.version() < 0 && rules.of(rule.community(), rule.kind()).size() >= MAX_RULES) {
            throw Problem.conflict(
                    "limit.too-many",
                    "There are " + MAX_RULES + " limits of their own; make a group instead.");
        }
        long version = rules.put(actor, rule);
        log.info(
                "limit.changed community={} kind={} scope={} subject={} bytes={} inodes={}"
                        + " actor={}",
                rule.community(),
                rule.kind(),
                rule.scope(),
                rule.subject(),
                rule.bytes(),
                rule.inodes(),
                actor);
        changed.accept(rule.community());
        return version;
    }
}
