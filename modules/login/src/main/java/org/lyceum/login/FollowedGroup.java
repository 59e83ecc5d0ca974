package org.lyceum.login;

import org.lyceum.platform.kernel.Problem;

import java.util.Locale;

/**
 * A group at a provider, whose people are to be in a group of a community.
 *
 * @param provider its number
 * @param name as the provider writes it; letters' case does not count
 */
public record FollowedGroup(long provider, String name) {

    private static final int MAX_LENGTH = 300;

    public FollowedGroup {
        name = folded(name);
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw Problem.invalid(
                    "group.follows-invalid",
                    "A provider's group has a name of 1 to " + MAX_LENGTH + " characters.");
        }
    }

    /** As names of groups are compared. */
    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
