package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.identity.GroupService;
import org.lyceum.identity.Scopes;
import org.lyceum.identity.ShareRecipient;
import org.lyceum.identity.SharedServer;
import org.lyceum.identity.Target;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.List;
import java.util.Optional;

/** Finds the servers, users and groups that requests about shares name. Blocking. */
final class ShareTargets {

    private final CommunityId community;
    private final HubMembers members;
    private final Targets targets;
    private final GroupService groups;
    private final ServerQueries servers;

    ShareTargets(
            CommunityId community,
            HubMembers members,
            Targets targets,
            GroupService groups,
            ServerQueries servers) {
        this.community = community;
        this.members = members;
        this.targets = targets;
        this.groups = groups;
        this.servers = servers;
    }

    /** The server that the path names: a default one exists as soon as its user does. */
    Optional<SharedServer> find(String owner, String name) {
        return members.find(owner)
                .filter(
                        user ->
                                name.isEmpty()
                                        || servers.find(new ServerKey(community, user.id(), name))
                                                .isPresent())
                .map(user -> new SharedServer(community, user, name));
    }

    /**
     * @throws Problem NOT_FOUND server.unknown
     */
    SharedServer require(Request request) {
        var owner = request.param("user");
        var name = request.param("server");
        return find(owner, name)
                .orElseThrow(
                        () ->
                                Problem.notFound(
                                        "server.unknown", "No such server: " + owner + "/" + name));
    }

    /**
     * Whoever passes a scope on must hold it.
     *
     * @throws Problem FORBIDDEN share.scope-not-held
     */
    void requireHeld(Scopes held, SharedServer server, List<String> names) {
        var target = targets.ofServer(server.owner().name(), server.name());
        for (var name : names) {
            if (!held.allows(name, target)) {
                throw Problem.forbidden(
                        "share.scope-not-held",
                        "Do not have permission to grant share with scope " + server.scope(name));
            }
        }
    }

    /**
     * Whom a body names, for whoever may know them.
     *
     * @throws Problem FORBIDDEN share.recipient-hidden; INVALID user.unknown, group.unknown
     */
    ShareRecipient visible(Scopes scopes, Recipient recipient) {
        requireVisible(scopes, recipient);
        return find(recipient)
                .orElseThrow(
                        () ->
                                recipient.group()
                                        ? Problem.invalid(
                                                "group.unknown",
                                                "No such group: " + recipient.name())
                                        : Problem.invalid(
                                                "user.unknown",
                                                "No such user: " + recipient.name()));
    }

    private void requireVisible(Scopes scopes, Recipient recipient) {
        boolean visible =
                recipient.group()
                        ? scopes.allows("read:groups:name", new Target.OfGroup(recipient.name()))
                        : scopes.allows("read:users:name", targets.ofUser(recipient.name()));
        if (!visible) {
            throw Problem.forbidden(
                    "share.recipient-hidden",
                    recipient.group()
                            ? "Need scope 'read:groups:name' to share with groups by name"
                            : "Need scope 'read:users:name' to share with users by name");
        }
    }

    Optional<ShareRecipient> find(Recipient recipient) {
        return recipient.group()
                ? groups.find(community, recipient.name())
                        .map(group -> new ShareRecipient.OfGroup(group.id()))
                : members.find(recipient.name()).map(user -> new ShareRecipient.OfUser(user.id()));
    }

    /** A user or group by name, as a body or path has it. */
    record Recipient(String name, boolean group) {

        /**
         * @throws Problem INVALID share.recipient-count
         */
        static Recipient of(ObjectNode body) {
            var user = Bodies.text(body, "user").filter(name -> !name.isEmpty());
            var group = Bodies.text(body, "group").filter(name -> !name.isEmpty());
            if (user.isPresent() == group.isPresent()) {
                throw Problem.invalid(
                        "share.recipient-count", "Specify exactly one of `user` or `group`");
            }
            return user.map(name -> new Recipient(name, false))
                    .orElseGet(() -> new Recipient(group.orElseThrow(), true));
        }
    }
}
