package org.lyceum.identity;

import org.lyceum.platform.kernel.UserId;

/** With whom a server is shared. */
public sealed interface ShareRecipient {

    record OfUser(UserId user) implements ShareRecipient {}

    /** By the number of its row. */
    record OfGroup(long group) implements ShareRecipient {}
}
