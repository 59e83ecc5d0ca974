package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.List;
import java.util.Set;

/**
 * A registered client, from its row.
 *
 * @param allowed what it may ask for, with today's names
 * @param serverOwner whose server it is, null for a service
 * @param server name of the server, null for a service
 * @param ownerGroups names of the groups the server's owner is in
 * @param service the service, null for a server
 */
record OAuthClient(
        long id,
        CommunityId community,
        String secretHash,
        String redirectUri,
        String description,
        List<String> allowed,
        @Nullable User serverOwner,
        @Nullable String server,
        Set<String> ownerGroups,
        @Nullable RegisteredService service) {

    boolean ownServerOf(UserId user) {
        return serverOwner != null && serverOwner.id().equals(user);
    }

    boolean noConfirm() {
        return service != null && service.noConfirm();
    }

    /** {@code user/server}, null for a service. */
    @Nullable String ownServer() {
        return serverOwner == null ? null : serverOwner.name() + "/" + server;
    }

    /** The one scope that lets somebody in here. */
    String access() {
        return service != null
                ? "access:services!service=" + service.name()
                : "access:servers!server=" + ownServer();
    }

    /** Whether somebody who holds {@code scopes} may come in. */
    boolean admits(Scopes scopes) {
        if (service != null) {
            return scopes.allows("access:services", new Target.OfService(service.name()));
        }
        return serverOwner != null
                && server != null
                && scopes.allows(
                        "access:servers",
                        new Target.OfServer(serverOwner.name(), server, ownerGroups));
    }
}
