package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.util.Map;

/**
 * A program that speaks to a community's hub with a token of its own.
 *
 * @param url where it listens, null when it has no page
 * @param info any JSON object, shown to clients
 * @param display whether the home page lists it
 * @param admin whether it holds the role {@code admin}
 * @param noConfirm whether users are spared the question before it learns who they are
 */
public record RegisteredService(
        long id,
        CommunityId community,
        String name,
        boolean admin,
        @Nullable String url,
        Map<String, Object> info,
        boolean display,
        boolean noConfirm) {

    /** This service as the one who performs a change. */
    public Actor actor() {
        return new Actor.Service(id, name);
    }

    /** What a new service is made of; the fields mean what they mean there. */
    public record Draft(
            String name,
            boolean admin,
            @Nullable String url,
            Map<String, Object> info,
            boolean display,
            boolean noConfirm) {}
}
