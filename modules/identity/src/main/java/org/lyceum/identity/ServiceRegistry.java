package org.lyceum.identity;

import java.util.List;
import java.util.Optional;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

/** The services of a community. Blocking. */
public final class ServiceRegistry {

    ServiceRegistry() {}

    /** All, by name; a community has at most 200. */
    public List<RegisteredService> list(CommunityId community) {
        return Todo.later();
    }

    public Optional<RegisteredService> find(CommunityId community, String name) {
        return Todo.later();
    }

    /**
     * Registers a service.
     *
     * @throws org.lyceum.platform.kernel.Problem INVALID service.name-invalid, INVALID scope.unknown,
     *     CONFLICT service.exists, CONFLICT service.too-many
     */
    public RegisteredService create(
            Actor actor, CommunityId community, RegisteredService.Draft draft) {
        return Todo.later();
    }

    /**
     * Removes the service with its tokens and its OAuth client.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND service.unknown
     */
    public void delete(Actor actor, CommunityId community, String name) {
        Todo.later();
    }
}
