package org.lyceum.hub;

import org.lyceum.catalog.DeviceKinds;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.catalog.UserOptions;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which profiles a person may pick, and which they picked last. Blocking. */
final class Choices {

    private final CommunityId community;
    private final ProfileResolver profiles;
    private final ServerQueries servers;

    Choices(CommunityId community, ProfileResolver profiles, ServerQueries servers) {
        this.community = community;
        this.profiles = profiles;
        this.servers = servers;
    }

    /** A profile and the answers to its options. */
    record Pick(Profile profile, UserOptions options) {}

    /** What servers on this machine can have besides cores and memory. */
    DeviceKinds devices() {
        return profiles.devices();
    }

    /** In the order people see. */
    List<Profile> of(UserId user) {
        return profiles.offered(community, user);
    }

    /** Whether there is anything to choose at all. */
    boolean thereIsOne(UserId user) {
        return thereIsOne(of(user));
    }

    private static boolean thereIsOne(List<Profile> offered) {
        return offered.size() > 1
                || offered.stream().anyMatch(profile -> !profile.options().isEmpty());
    }

    /** What these options pick; empty when they pick nothing that is offered. */
    Optional<Pick> picked(UserId user, Map<String, Object> options) {
        return picked(options, of(user));
    }

    /** What the server was last started as; else what any of the user's was; else the first. */
    Optional<Pick> last(User user, ServerKey key) {
        var offered = of(user.id());
        var own = servers.find(key).flatMap(server -> picked(server.userOptions(), offered));
        return own.or(
                        () ->
                                servers.ofUser(community, user.id()).stream()
                                        .sorted(
                                                Comparator.comparing(Server::lastActivityAt)
                                                        .reversed())
                                        .flatMap(
                                                server ->
                                                        picked(server.userOptions(), offered)
                                                                .stream())
                                        .findFirst())
                .or(
                        () ->
                                offered.stream()
                                        .findFirst()
                                        .map(first -> new Pick(first, new UserOptions(Map.of()))));
    }

    /** The title of what the server was last started as; empty where there is nothing to choose. */
    String titleOf(Server server) {
        var offered = of(server.key().user());
        return thereIsOne(offered)
                ? picked(server.userOptions(), offered)
                        .map(pick -> pick.profile().title())
                        .orElse("")
                : "";
    }

    private static Optional<Pick> picked(Map<String, Object> userOptions, List<Profile> offered) {
        var options = new UserOptions(userOptions);
        var name = options.profile();
        return offered.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .map(profile -> new Pick(profile, options));
    }
}
