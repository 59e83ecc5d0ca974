package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Caller;
import org.lyceum.identity.Owner;
import org.lyceum.identity.Session;
import org.lyceum.identity.Target;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

/**
 * Who calls the hub, as {@link HubAccess} found it.
 *
 * @param browser null when the caller came with a token
 */
record HubCaller(Caller caller, @Nullable Browser browser) {

    /** A browser that is signed in, and the cookie that proves it. */
    record Browser(Session session, Secret cookie) {}

    static HubCaller of(Request request) {
        return request.caller(HubCaller.class);
    }

    Actor actor() {
        return caller.actor();
    }

    /** The cookie's secret, from which the XSRF token is made; null without a browser. */
    @Nullable Secret cookie() {
        return browser == null ? null : browser.cookie();
    }

    /** Whether who calls may open the panel. */
    boolean mayOpenPanel() {
        return caller.scopes().allows("admin-ui", Target.EVERYTHING);
    }

    /** Whether it is this user who calls. */
    boolean is(User user) {
        return caller.owner() instanceof Owner.OfUser(var self) && self.id().equals(user.id());
    }

    /**
     * The user who calls.
     *
     * @throws Problem FORBIDDEN caller.not-a-user
     */
    User user() {
        return switch (caller.owner()) {
            case Owner.OfUser(var user) -> user;
            case Owner.OfService service ->
                    throw Problem.forbidden(
                            "caller.not-a-user", "Only a user can do this; a service cannot.");
        };
    }
}
