package org.lyceum.identity;

import java.util.List;

/**
 * A named set of scopes of a community, which users, groups and services hold.
 *
 * @param scopes with today's names, sorted; may hold the words {@code self} and {@code inherit}
 * @param builtIn whether it is one of JupyterHub's four, which cannot be removed
 * @param version counts edits
 */
public record Role(
        long id,
        String name,
        String description,
        List<String> scopes,
        boolean builtIn,
        long version) {

    public Role {
        scopes = List.copyOf(scopes);
    }

    /** What a role is made of, or changed to. */
    public record Draft(String description, List<String> scopes) {
        public Draft {
            scopes = List.copyOf(scopes);
        }
    }

    /** Names of those to whom a role was given, sorted; at most 1,000 of each. */
    public record Holders(List<String> users, List<String> groups, List<String> services) {}
}
