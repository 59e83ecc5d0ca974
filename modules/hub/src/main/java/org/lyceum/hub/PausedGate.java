package org.lyceum.hub;

import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Set;

/**
 * Turns everybody away while the community is paused, before it is asked who they are. Open stay
 * what servers that run on need of the hub, and signing in and out.
 */
final class PausedGate {

    static final String CODE = "community.paused";

    /** Patterns of the endpoints that know no pause. */
    private static final Set<String> OPEN =
            Set.of(
                    "hub",
                    "hub/login",
                    "hub/logout",
                    "hub/sso",
                    "hub/logo",
                    "hub/static/*",
                    "hub/error/:code",
                    "hub/security/csp-report",
                    "hub/health",
                    "hub/metrics",
                    "hub/api",
                    "hub/api/",
                    "hub/api/health",
                    "hub/api/metrics",
                    "hub/api/user",
                    "hub/api/users/:user/activity",
                    "hub/api/oauth2/authorize",
                    "hub/api/oauth2/token",
                    "setup");

    private final LiveCommunity community;

    PausedGate(LiveCommunity community) {
        this.community = community;
    }

    List<Endpoint> before(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(
                        endpoint ->
                                OPEN.contains(endpoint.path())
                                        ? endpoint
                                        : endpoint.with(new Guarded(endpoint.access())))
                .toList();
    }

    private final class Guarded implements Access {

        private final Access access;

        Guarded(Access access) {
            this.access = access;
        }

        @Override
        public Request admit(Request request) {
            var now = community.now();
            if (!now.active()) {
                var notice = now.notice().isEmpty() ? "" : " " + now.notice();
                throw Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        CODE,
                        now.title()
                                + " is paused just now: nothing can be started or changed. What"
                                + " runs, runs on."
                                + notice);
            }
            return access.admit(request);
        }

        @Override
        public Rule rule() {
            return access.rule();
        }
    }
}
