package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;

/** The services of a community. Blocking. */
public final class ServiceRegistry {

    private final ServiceRepository services;

    ServiceRegistry(ServiceRepository services) {
        this.services = services;
    }

    /** All, by name; a community has at most 200. */
    public List<RegisteredService> list(CommunityId community) {
        return services.list(community);
    }

    public Optional<RegisteredService> find(CommunityId community, String name) {
        return services.find(community, name);
    }

    /**
     * Registers a service.
     *
     * @throws Problem INVALID service.name-invalid, INVALID scope.unknown, CONFLICT service.exists,
     *     CONFLICT service.too-many
     */
    public RegisteredService create(
            Actor actor, CommunityId community, RegisteredService.Draft draft) {
        if (!Names.valid(draft.name())) {
            throw Problem.invalid(
                    "service.name-invalid",
                    "A service name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
        return services.create(actor, community, draft);
    }

    /**
     * Removes the service with its tokens and its OAuth client.
     *
     * @throws Problem NOT_FOUND service.unknown
     */
    public void delete(Actor actor, CommunityId community, String name) {
        services.delete(actor, community, name);
    }
}
