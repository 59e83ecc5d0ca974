package org.lyceum.servers;

import org.lyceum.identity.Grantee;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.OAuthService;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/**
 * What a server proves itself with: its token, which is also its OAuth client's secret. Blocking.
 */
final class ServerCredentials {

    private static final Actor SELF = new Actor.Job("servers.spawn");

    private final TokenService tokens;
    private final OAuthService oauth;

    ServerCredentials(IdentityModule identity) {
        this.tokens = identity.tokens();
        this.oauth = identity.oauth();
    }

    /** New ones for this start; those of an earlier start, and all they let in, end. */
    Secret issue(SpawnSteps.Plan plan, SingleUserEnvironment environment) {
        var server = plan.server();
        var key = server.key();
        var note = "Server at " + environment.prefix();
        tokens.revokeOfServer(server.id());
        var token = another(server, plan.user(), note);
        oauth.registerClient(
                key.community(),
                environment.clientId(),
                token,
                environment.redirectUri(),
                note,
                List.of(),
                new Grantee.OfServer(plan.user(), server.id(), key.name()));
        return token;
    }

    /** A further token of this start, for whoever speaks to the server in its owner's name. */
    Secret another(Server server, User owner, String note) {
        var key = server.key();
        var request =
                new TokenRequest.Server(key.community(), owner, server.id(), key.name(), note);
        return tokens.issue(SELF, request).secret();
    }

    /** Ends them; none there is fine. */
    void revoke(Server server) {
        tokens.revokeOfServer(server.id());
    }
}
