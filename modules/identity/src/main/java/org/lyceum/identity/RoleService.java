package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The roles of a community, and who holds them. Blocking. A change counts from the next request on;
 * single-user servers may believe what they were told for 5 more minutes. Whoever leaves the
 * community holds none any more: the database sees to it.
 */
public final class RoleService {

    private static final Logger log = LoggerFactory.getLogger(RoleService.class);

    /** jupyterhub 5.5, roles.py: {@code _role_name_pattern}. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9\\-_~.]{1,253}[a-z0-9]");

    private static final int MAX_DESCRIPTION = 1_000;

    /** There are fewer scopes than this; each may come with several filters. */
    private static final int MAX_SCOPES = 500;

    private final RoleRepository roles;
    private final RoleHolderRepository holders;

    RoleService(RoleRepository roles, RoleHolderRepository holders) {
        this.roles = roles;
        this.holders = holders;
    }

    /** All, JupyterHub's four first, then by name; a community has at most 200. */
    public List<Role> list(CommunityId community) {
        return roles.list(community);
    }

    public Optional<Role> find(CommunityId community, String name) {
        return roles.find(community, name);
    }

    /** To whom the role was given; those who hold it without that are not named. */
    public Role.Holders holders(Role role) {
        return holders.holders(role);
    }

    /**
     * Makes a role.
     *
     * @throws Problem INVALID role.name-invalid, role.description-too-long, scope.unknown; CONFLICT
     *     role.exists, role.too-many
     */
    public Role create(Actor actor, CommunityId community, String name, Role.Draft draft) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    "role.name-invalid",
                    "A role's name is 3 to 255 lower-case letters, digits and - _ ~ . , begins with"
                            + " a letter, and ends with a letter or digit.");
        }
        requireValid(draft);
        var made = roles.create(actor, community, name, draft);
        log.info("role.created community={} role={}", community, made.id());
        return made;
    }

    /**
     * Replaces description and scopes.
     *
     * @param version of the role that was looked at
     * @throws Problem NOT_FOUND role.unknown; STALE role.stale; CONFLICT role.fixed for {@code
     *     admin}; INVALID role.server-needs when servers could not work, and as {@link #create}
     */
    public Role change(
            Actor actor, CommunityId community, String name, long version, Role.Draft draft) {
        requireValid(draft);
        var role = require(community, name, version);
        if (name.equals(Roles.ADMIN)) {
            throw Problem.conflict(
                    "role.fixed", "The role admin is what it is; make another role instead.");
        }
        if (name.equals(Roles.SERVER) && !draft.scopes().containsAll(Roles.SERVER_NEEDS)) {
            throw Problem.invalid(
                    "role.server-needs",
                    "The role server needs users:activity!user and access:servers!server, or no"
                            + " server could let its user in.");
        }
        var changed = roles.change(actor, community, role, draft);
        log.info("role.changed community={} role={}", community, role.id());
        return changed;
    }

    /**
     * Removes a role; whoever held it holds it no more.
     *
     * @throws Problem NOT_FOUND role.unknown; STALE role.stale; CONFLICT role.built-in
     */
    public void delete(Actor actor, CommunityId community, String name, long version) {
        var role = require(community, name, version);
        if (role.builtIn()) {
            throw Problem.conflict(
                    "role.built-in", "The role " + name + " is JupyterHub's own and stays.");
        }
        roles.delete(actor, community, role);
        log.info("role.deleted community={} role={}", community, role.id());
    }

    /**
     * Gives a role; giving it twice is fine.
     *
     * @param holder of this community: the caller has looked
     * @throws Problem NOT_FOUND role.unknown; CONFLICT role.not-given for roles that stand for
     *     something by themselves
     */
    public void give(Actor actor, CommunityId community, String name, RoleHolder holder) {
        holders.give(actor, community, givable(community, name), holder);
        log.info("role.given community={} role={} holder={}", community, name, holder);
    }

    /** Takes a role; taking what is not there is fine. Errors as {@link #give}. */
    public void take(Actor actor, CommunityId community, String name, RoleHolder holder) {
        holders.take(actor, community, givable(community, name), holder);
        log.info("role.taken community={} role={} holder={}", community, name, holder);
    }

    /**
     * Names of the roles that each user was given, sorted; those of groups and of everybody are not
     * among them.
     *
     * @param users at most 1,000
     */
    public Map<UserId, List<String>> ofUsers(CommunityId community, Collection<UserId> users) {
        return holders.given(community, users);
    }

    /** Names of the roles given to {@code user}, sorted. */
    public List<String> ofUser(CommunityId community, UserId user) {
        return ofUsers(community, List.of(user)).getOrDefault(user, List.of());
    }

    /** The communities that the user was given the role {@code admin} in. */
    public Set<CommunityId> managedBy(UserId user) {
        return holders.communitiesOf(user, Roles.ADMIN);
    }

    /** The same for groups, by the numbers of their rows. */
    public Map<Long, List<String>> ofGroups(CommunityId community, List<Long> groups) {
        return holders.given(community, RoleHolderRepository.Kind.GROUPS, groups);
    }

    /** The same for services, by the numbers of their rows. */
    public Map<Long, List<String>> ofServices(CommunityId community, List<Long> services) {
        return holders.given(community, RoleHolderRepository.Kind.SERVICES, services);
    }

    private Role require(CommunityId community, String name, long version) {
        var role = roles.find(community, name).orElseThrow(() -> unknown(name));
        if (role.version() != version) {
            throw stale();
        }
        return role;
    }

    private Role givable(CommunityId community, String name) {
        if (Roles.NOT_GIVEN.contains(name)) {
            throw Problem.conflict(
                    "role.not-given",
                    "The role " + name + " belongs to whom it is for by itself; it is not given.");
        }
        return roles.find(community, name).orElseThrow(() -> unknown(name));
    }

    private static void requireValid(Role.Draft draft) {
        if (draft.description().length() > MAX_DESCRIPTION) {
            throw Problem.invalid(
                    "role.description-too-long",
                    "A role's description has at most " + MAX_DESCRIPTION + " characters.");
        }
        if (draft.scopes().size() > MAX_SCOPES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "role.too-many-scopes",
                    "A role has at most " + MAX_SCOPES + " scopes.");
        }
    }

    private static Problem unknown(String name) {
        return Problem.notFound("role.unknown", "No such role: " + name);
    }

    static Problem stale() {
        return Problem.of(
                Problem.Kind.STALE,
                "role.stale",
                "Somebody else has changed this role; look at it again, then repeat the change.");
    }
}
