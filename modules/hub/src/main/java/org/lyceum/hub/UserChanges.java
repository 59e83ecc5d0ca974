package org.lyceum.hub;

import static org.lyceum.identity.Roles.ADMIN;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.MemberService;
import org.lyceum.identity.Owner;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;
import org.lyceum.servers.StopService.Stopping;

import java.time.Duration;
import java.util.List;

/**
 * What a hub may do to people who are the platform's: let them in, make them managers of this
 * community, rename those who belong nowhere else, and let them go. {@code admin} in JupyterHub's
 * API is the right to administer this community and no other. Blocking.
 */
final class UserChanges {

    /** How long a user's servers may take to stop before the user goes. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final CommunityId community;
    private final UserService users;
    private final RoleService roles;
    private final MemberService memberships;
    private final HubServices.Servers servers;

    UserChanges(
            CommunityId community,
            UserService users,
            RoleService roles,
            MemberService memberships,
            HubServices.Servers servers) {
        this.community = community;
        this.users = users;
        this.roles = roles;
        this.memberships = memberships;
        this.servers = servers;
    }

    /** Whether who calls administers this community. */
    boolean administers(HubCaller caller) {
        return switch (caller.caller().owner()) {
            case Owner.OfUser(var user) -> user.admin() || manages(user);
            case Owner.OfService(var service) -> service.admin();
        };
    }

    /**
     * Lets somebody in; who has an account already, from another community, keeps it.
     *
     * @throws Problem as {@link UserService#create} does
     */
    User add(HubCaller caller, String name, boolean admin) {
        var there = users.findByName(name);
        var user = there.isPresent() ? there.get() : users.create(caller.actor(), name, false);
        memberships.join(caller.actor(), community, user.id());
        if (admin) {
            setManager(caller, user, true);
        }
        return user;
    }

    /**
     * Renames, sets the right to administer, or both; null leaves as it is.
     *
     * @throws Problem FORBIDDEN user.belongs-elsewhere, user.administers-platform; INVALID
     *     user.name-taken, user.server-running; and as {@link UserService#change} does
     */
    User change(HubCaller caller, User user, @Nullable String name, @Nullable Boolean admin) {
        if (name != null) {
            requireRenamable(caller, user, name);
        }
        if (admin != null && !admin && user.admin()) {
            throw Problem.forbidden(
                    "user.administers-platform",
                    user.name()
                            + " administers the whole platform; that is given and taken in the"
                            + " panel.");
        }
        if (admin != null) {
            setManager(caller, user, admin);
        }
        return name == null ? user : users.change(caller.actor(), user.id(), name, null);
    }

    /**
     * Ends the membership with all that hung on it. The account goes with the last membership;
     * homes stay in any case.
     *
     * @throws Problem INVALID server.stopping when a server takes long to stop; then nothing has
     *     ended but servers
     */
    void remove(HubCaller caller, User user) {
        for (var server : active(user)) {
            if (!stopped(caller, server)) {
                throw Problem.invalid(
                        "server.stopping",
                        user.name() + "'s server is in the process of stopping, please wait");
            }
        }
        memberships.leave(caller.actor(), community, user.id());
        boolean last = memberships.of(user.id()).isEmpty();
        if (last && !user.admin()) {
            users.delete(caller.actor(), user.id());
        }
    }

    private boolean manages(User user) {
        return roles.ofUser(community, user.id()).contains(ADMIN);
    }

    private void setManager(HubCaller caller, User user, boolean manager) {
        var holder = new RoleHolder.OfUser(user.id());
        if (manager) {
            roles.give(caller.actor(), community, ADMIN, holder);
        } else {
            roles.take(caller.actor(), community, ADMIN, holder);
        }
    }

    private void requireRenamable(HubCaller caller, User user, String name) {
        boolean ofPlatform =
                caller.caller().owner() instanceof Owner.OfUser(var self) && self.admin();
        boolean onlyHere = memberships.of(user.id()).equals(List.of(community));
        if (!ofPlatform && (!onlyHere || user.admin())) {
            throw Problem.forbidden(
                    "user.belongs-elsewhere",
                    user.name()
                            + " is known by this name in other communities, too; an administrator"
                            + " of the platform can rename them.");
        }
        if (users.findByName(name).isPresent()) {
            throw Problem.invalid(
                    "user.name-taken", "User " + name + " already exists, username must be unique");
        }
        if (servers.queries().anyActive(user.id())) {
            throw Problem.invalid(
                    "user.server-running",
                    "Stop the servers of "
                            + user.name()
                            + " before renaming: their addresses carry the name.");
        }
    }

    private boolean stopped(HubCaller caller, Server server) {
        if (server.state() == ServerState.STOPPING) {
            return false;
        }
        var outcome = servers.stops().stop(caller.actor(), server.key(), StopReason.USER_DELETED);
        return outcome == Stopping.STOPPED || servers.stops().await(server.key(), STOP_PATIENCE);
    }

    private List<Server> active(User user) {
        return servers.queries().ofUser(community, user.id()).stream()
                .filter(Server::active)
                .toList();
    }
}
