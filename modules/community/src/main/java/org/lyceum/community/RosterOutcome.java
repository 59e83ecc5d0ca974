package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;

import java.util.List;

/**
 * What a line of a roster does, or did.
 *
 * @param name as it is stored
 * @param groups that they come into by it
 * @param problem why nothing is done; null when something is, or nothing needs to be
 * @param user null in a preview of somebody new, and with a problem
 */
public record RosterOutcome(
        int line,
        String name,
        Effect effect,
        List<String> groups,
        @Nullable String problem,
        @Nullable User user) {

    /** The largest thing that happens. */
    public enum Effect {
        /** Somebody new gets an account and is a member. */
        ACCOUNT,
        /** Somebody with an account becomes a member. */
        MEMBER,
        /** A member comes into groups or manages from now on. */
        CHANGE,
        NOTHING,
        REFUSED
    }

    public RosterOutcome {
        groups = List.copyOf(groups);
    }
}
