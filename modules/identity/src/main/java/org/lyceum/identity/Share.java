package org.lyceum.identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What somebody may do with a server that is not theirs.
 *
 * @param scopes with the server as their filter, sorted; never empty
 * @param user today's name of the user it is shared with, null for a group
 * @param group name of the group it is shared with, null for a user
 */
public record Share(
        long id,
        SharedServer server,
        List<String> scopes,
        @Nullable String user,
        @Nullable String group,
        Instant createdAt) {

    public Share {
        scopes = List.copyOf(scopes);
    }

    /**
     * Part of a list, in the order the shares were made.
     *
     * @param total how many there are in all parts together
     */
    public record Page(List<Share> shares, long total) {}
}
