package org.lyceum.hub;

import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.Comparator;
import java.util.List;
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

    /** In the order people see. */
    List<Profile> of(UserId user) {
        return profiles.offered(community, user);
    }

    /** Whether there is anything to choose at all. */
    boolean thereIsOne(UserId user) {
        return of(user).size() > 1;
    }

    /** What the server was last started as; else what any of the user's was; else the first. */
    Optional<Profile> last(User user, ServerKey key) {
        var offered = of(user.id());
        var own = servers.find(key).flatMap(server -> picked(server, offered));
        return own.or(
                        () ->
                                servers.ofUser(community, user.id()).stream()
                                        .sorted(
                                                Comparator.comparing(Server::lastActivityAt)
                                                        .reversed())
                                        .flatMap(server -> picked(server, offered).stream())
                                        .findFirst())
                .or(() -> offered.stream().findFirst());
    }

    /** The title of what the server was last started as; empty where there is but one. */
    String titleOf(Server server) {
        var offered = of(server.key().user());
        return offered.size() < 2 ? "" : picked(server, offered).map(Profile::title).orElse("");
    }

    private static Optional<Profile> picked(Server server, List<Profile> offered) {
        var name = ProfileResolver.name(server.userOptions());
        return offered.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }
}
