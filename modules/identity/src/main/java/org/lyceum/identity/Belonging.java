package org.lyceum.identity;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** A user in one community. */
record Belonging(UserId user, CommunityId community) {

    /** Whose facts are remembered between two writes; each costs a few hundred bytes. */
    static final int MAX_REMEMBERED = 10_000;
}
