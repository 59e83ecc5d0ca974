package org.lyceum.identity;

import org.lyceum.platform.kernel.Secret;

/** The link that makes the first administrator: random, for 30 minutes, for one use. Blocking. */
public final class SetupService {

    SetupService() {}

    /** Whether there is no user yet. */
    public boolean needed() {
        return Todo.later();
    }

    /** A new link's secret; older links expire. */
    public Secret newLink() {
        return Todo.later();
    }

    /**
     * Does nothing when the link can be used.
     *
     * @throws org.lyceum.platform.kernel.Problem FORBIDDEN setup.link-unknown, setup.link-used,
     *     setup.link-expired
     */
    public void check(Secret link) {
        Todo.later();
    }

    /**
     * Uses the link up and makes an administrator; of several callers with one link exactly one wins.
     *
     * @throws org.lyceum.platform.kernel.Problem as {@link #check}, and as creating a user and setting
     *     a password do; then the link stays usable
     */
    public User redeem(Secret link, String name, String password) {
        return Todo.later();
    }
}
