package org.lyceum.identity;

import org.lyceum.platform.kernel.Secret;

import java.time.Instant;

/**
 * A link with which one person chooses a password, once.
 *
 * @param first whether they have none yet: it is an invitation
 */
public record PasswordLink(User user, boolean first, Instant until) {

    /** The link and its secret, which is shown once and kept by nobody. */
    public record Made(PasswordLink link, Secret secret) {}
}
