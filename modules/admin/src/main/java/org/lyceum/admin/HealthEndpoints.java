package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.lyceum.health.HealthService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Response;

import java.util.List;

/** Is all well, and what puts right what is not. */
final class HealthEndpoints {

    private final HealthService health;

    HealthEndpoints(HealthService health) {
        this.health = health;
    }

    List<Endpoint> endpoints(Access access) {
        return List.of(
                get("v1/health", access, request -> answer(false)).as(AdminOperations.HEALTH),
                post("v1/health/check", access, request -> answer(true))
                        .as(AdminOperations.CHECK_HEALTH));
    }

    private Response answer(boolean now) {
        return Response.json(200, HealthJson.Health.of(now ? health.look() : health.report()));
    }
}
