package org.lyceum.identity;

import org.lyceum.platform.kernel.UserId;

/** To whom a role is given. */
public sealed interface RoleHolder {

    record OfUser(UserId user) implements RoleHolder {}

    /** By the number of its row. */
    record OfGroup(long group) implements RoleHolder {}

    /** By the number of its row. */
    record OfService(long service) implements RoleHolder {}
}
