package org.lyceum.login;

import org.lyceum.identity.User;

/** What becomes of somebody whom a provider vouches for. */
public sealed interface Entry {

    /** They belong here, now if not before. */
    record Welcome(User user) implements Entry {}

    /**
     * They do not.
     *
     * @param sentence why, and what they can do
     * @param asked whether a manager has been asked to let them in
     */
    record Refused(String sentence, boolean asked) implements Entry {}
}
