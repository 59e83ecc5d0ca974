package org.lyceum.identity;

import java.util.Set;

/** Who is in which group, asked only when a scope with a group filter meets one for users. */
interface Membership {

    /** Nobody is in any group. */
    Membership NONE =
            new Membership() {
                @Override
                public Set<String> groupsOf(String user) {
                    return Set.of();
                }

                @Override
                public Set<String> membersOf(String group) {
                    return Set.of();
                }
            };

    Set<String> groupsOf(String user);

    Set<String> membersOf(String group);
}
