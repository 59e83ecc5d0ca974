package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.RosterOutcome.Effect;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes everybody on a list a member: accounts, groups and roles that are missing are made, and
 * nothing is taken away. So a list may come again, longer, and does only what is new. Each line is
 * by itself: one that is refused keeps nobody else out. Blocking.
 */
public final class RosterService {

    /** A large course; each line that does something writes a few rows. */
    public static final int MOST = 2_000;

    private static final int MOST_GROUPS = 20;

    private final IdentityModule identity;
    private final MemberService members;

    RosterService(IdentityModule identity, MemberService members) {
        this.identity = identity;
        this.members = members;
    }

    /**
     * What {@link #apply} would do; nothing is changed.
     *
     * @throws Problem TOO_LARGE {@code roster.too-long}
     */
    public List<RosterOutcome> preview(CommunityId community, List<RosterLine> lines) {
        return each(lines, (line, name) -> plan(community, line, name).outcome());
    }

    /**
     * Does it.
     *
     * @throws Problem TOO_LARGE {@code roster.too-long}
     */
    public List<RosterOutcome> apply(Actor actor, CommunityId community, List<RosterLine> lines) {
        return each(lines, (line, name) -> apply(actor, community, plan(community, line, name)));
    }

    /** What whoever reads a list says too. */
    public static Problem tooLong() {
        return Problem.of(
                Problem.Kind.TOO_LARGE,
                "roster.too-long",
                "A list has at most " + MOST + " people; send it in parts.");
    }

    private interface Work {
        RosterOutcome on(RosterLine line, String name);
    }

    private static List<RosterOutcome> each(List<RosterLine> lines, Work work) {
        if (lines.size() > MOST) {
            throw tooLong();
        }
        Map<String, Integer> seen = new HashMap<>();
        var outcomes = new ArrayList<RosterOutcome>();
        for (var line : lines) {
            var name = Names.normaliseUser(line.name());
            var before = seen.putIfAbsent(name, line.line());
            if (before != null) {
                outcomes.add(refused(line, name, "Stands in line " + before + " already."));
                continue;
            }
            try {
                outcomes.add(work.on(line, name));
            } catch (Problem refused) {
                outcomes.add(refused(line, name, refused.detail()));
            }
        }
        return List.copyOf(outcomes);
    }

    private static RosterOutcome refused(RosterLine line, String name, String problem) {
        return new RosterOutcome(line.line(), name, Effect.REFUSED, List.of(), problem, null);
    }

    private record Plan(
            RosterLine line,
            String name,
            @Nullable User user,
            boolean joins,
            List<String> groups,
            boolean promoted) {

        RosterOutcome outcome() {
            return outcome(user);
        }

        RosterOutcome outcome(@Nullable User now) {
            return new RosterOutcome(line.line(), name, effect(), groups, null, now);
        }

        private Effect effect() {
            if (user == null) {
                return Effect.ACCOUNT;
            }
            if (joins) {
                return Effect.MEMBER;
            }
            return groups.isEmpty() && !promoted ? Effect.NOTHING : Effect.CHANGE;
        }
    }

    private Plan plan(CommunityId community, RosterLine line, String name) {
        if (!Names.valid(name)) {
            throw Problem.invalid(
                    "user.name-invalid",
                    "A user name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
        if (line.groups().size() > MOST_GROUPS) {
            throw Problem.invalid(
                    "roster.groups", "One person is in at most " + MOST_GROUPS + " groups here.");
        }
        for (var group : line.groups()) {
            if (!Names.valid(group)) {
                throw Problem.invalid("group.name-invalid", "No group can be called this.");
            }
        }
        var user = identity.users().findByName(name).orElse(null);
        boolean joins = user == null || !members.isMember(community, user.id());
        Set<String> in = user == null ? Set.of() : identity.groups().groupsOf(user.id(), community);
        var missing = new HashSet<>(line.groups());
        missing.removeAll(in);
        boolean promoted = line.manager() && (user == null || !manages(community, user));
        return new Plan(line, name, user, joins, missing.stream().sorted().toList(), promoted);
    }

    private boolean manages(CommunityId community, User user) {
        return identity.roles()
                .ofUsers(community, List.of(user.id()))
                .getOrDefault(user.id(), List.of())
                .contains(Roles.ADMIN);
    }

    private RosterOutcome apply(Actor actor, CommunityId community, Plan plan) {
        var user = plan.user();
        if (user == null) {
            user = identity.users().create(actor, plan.name(), false);
        }
        if (plan.joins()) {
            members.join(actor, community, user.id());
        }
        for (var group : plan.groups()) {
            if (identity.groups().find(community, group).isEmpty()) {
                identity.groups().create(actor, community, group, List.of());
            }
            identity.groups().addUsers(actor, community, group, List.of(user.name()));
        }
        if (plan.promoted()) {
            identity.roles().give(actor, community, Roles.ADMIN, new RoleHolder.OfUser(user.id()));
        }
        return plan.outcome(user);
    }
}
