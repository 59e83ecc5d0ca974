package org.lyceum.identity;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user in one community. */
record Belonging(UserId user, CommunityId community) {

    /**
     * Whose facts are remembered between two writes; each costs a few hundred bytes; ten pages of a
     * list.
     */
    static final int MAX_REMEMBERED = 2_000;

    static List<Belonging> of(Collection<UserId> users, CommunityId community) {
        return users.stream().map(user -> new Belonging(user, community)).toList();
    }

    static List<Long> numbers(Collection<Belonging> belongings) {
        return belongings.stream().map(each -> each.user().value()).toList();
    }

    /** Facts of one community by user. */
    static <V> Map<UserId, V> byUser(Map<Belonging, V> facts) {
        var found = new HashMap<UserId, V>();
        facts.forEach((each, fact) -> found.put(each.user(), fact));
        return found;
    }
}
