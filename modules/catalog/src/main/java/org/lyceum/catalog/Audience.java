package org.lyceum.catalog;

import java.util.Set;

/**
 * Whom a profile is offered to, within its community.
 *
 * @param groups numbers of groups; empty for everybody
 * @param roles numbers of roles; empty for everybody
 */
public record Audience(boolean everybody, Set<Long> groups, Set<Long> roles) {

    public static final Audience EVERYBODY = new Audience(true, Set.of(), Set.of());

    public Audience {
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
        if (everybody && !(groups.isEmpty() && roles.isEmpty())) {
            throw new IllegalArgumentException("everybody needs no group or role");
        }
    }

    /** Whoever is in one of the groups or holds one of the roles; nobody when there are none. */
    public static Audience some(Set<Long> groups, Set<Long> roles) {
        return new Audience(false, groups, roles);
    }
}
