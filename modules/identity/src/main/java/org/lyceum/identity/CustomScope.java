package org.lyceum.identity;

import java.util.List;

/**
 * A scope that a community has declared for its servers and services; the hub itself asks for none.
 *
 * @param name begins with {@code custom:}
 * @param description shown to users who are asked to grant it
 * @param subscopes custom scopes that come with it
 * @param version counts edits
 */
public record CustomScope(String name, String description, List<String> subscopes, long version) {

    public CustomScope {
        subscopes = List.copyOf(subscopes);
    }
}
