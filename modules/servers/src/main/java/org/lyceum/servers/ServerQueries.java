package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about servers. Blocking. */
public final class ServerQueries {

    private final ServerRepository servers;
    private final MemberRepository members;
    private final StopCounts stops;
    private final Freezer freezer;
    private final Calming calming;
    private final DeviceRoom devices;

    ServerQueries(
            ServerRepository servers,
            MemberRepository members,
            StopCounts stops,
            Freezer freezer,
            Calming calming,
            DeviceRoom devices) {
        this.devices = devices;
        this.freezer = freezer;
        this.calming = calming;
        this.servers = servers;
        this.members = members;
        this.stops = stops;
    }

    public Optional<Server> find(ServerKey key) {
        return servers.find(key);
    }

    /** The ready server of the community whose container has this address. */
    public Optional<Server> readyAt(CommunityId community, String host) {
        return servers.readyAt(community, host);
    }

    /** All of a user's servers, stopped ones too, the default one first, then by name. */
    public List<Server> ofUser(CommunityId community, UserId user) {
        return servers.ofUsers(community, List.of(user)).getOrDefault(user, List.of());
    }

    /** As {@link #ofUser}, for several at once (at most 1000). */
    public Map<UserId, List<Server>> ofUsers(CommunityId community, Collection<UserId> users) {
        return servers.ofUsers(community, users);
    }

    /** Whether any server of the user, in any community, holds a container. */
    public boolean anyActive(UserId user) {
        return servers.anyActive(user);
    }

    /** How many servers of all communities are in one of {@code states}. */
    public long count(ServerState... states) {
        return servers.count(List.of(states));
    }

    /** How many servers of the community are in one of {@code states}. */
    public long count(CommunityId community, ServerState... states) {
        return servers.count(community, List.of(states));
    }

    /** How many servers of the community have ended for this reason since the process began. */
    public long countStops(CommunityId community, StopReason reason) {
        return stops.of(community, reason);
    }

    /** Whether the server is frozen until somebody comes. */
    public boolean asleep(Server server) {
        return server.ready() && freezer.frozen(server.prefix());
    }

    /** Whether what is served at the prefix is frozen until somebody comes. */
    public boolean asleepAt(String prefix) {
        return freezer.frozen(prefix);
    }

    /** How many servers of the community are frozen just now. */
    public long countAsleep(CommunityId community) {
        return servers.active().stream()
                .filter(each -> each.key().community().equals(community))
                .filter(this::asleep)
                .count();
    }

    /** How often servers of the community were frozen since the process began. */
    public long countFreezes(CommunityId community) {
        return freezer.freezes(community);
    }

    /** How often they went on since then. */
    public long countThaws(CommunityId community) {
        return freezer.thaws(community);
    }

    /** How many servers hold each unit of the machine's devices. */
    public List<DeviceUse> devices() {
        return devices.use();
    }

    /** Whether the machine is short of something, and what is done about it. */
    public MachineCalm calm() {
        return calming.calm();
    }

    /**
     * How many members the community has.
     *
     * @param activeSince only those who were active then or later; null for all
     */
    public long countMembers(CommunityId community, @Nullable Instant activeSince) {
        return members.count(community, activeSince);
    }

    /** All servers that hold a container, of all communities, oldest first; at most 2000. */
    public List<Server> active() {
        return servers.active();
    }

    /** Members of a community, filtered by what their servers do. */
    public MemberPage members(CommunityId community, MemberQuery query) {
        return members.members(community, query);
    }
}
