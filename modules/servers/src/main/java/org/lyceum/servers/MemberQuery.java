package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.Optional;

/**
 * Which members of a community, in which order, and which part of the list.
 *
 * @param activity null for all
 * @param nameFilter part of the name in any case; null for all
 * @param among only these users, at most {@link #MAX_AMONG}; null for all
 * @param limit 1 to 1000
 */
public record MemberQuery(
        @Nullable Activity activity,
        @Nullable String nameFilter,
        @Nullable Collection<UserId> among,
        Sort sort,
        boolean descending,
        int offset,
        int limit) {

    /** Twice what one machine is made for; their numbers make a statement of less than 1 MB. */
    public static final int MAX_AMONG = 100_000;

    /** What a member's servers do. */
    public enum Activity {
        /** At least one server is starting, ready or stopping. */
        ACTIVE,
        /** No server is. */
        INACTIVE,
        /** At least one server is ready. */
        READY
    }

    public enum Sort {
        ID,
        NAME,
        LAST_ACTIVITY
    }

    public MemberQuery {
        if (offset < 0 || limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
        }
        if (among != null && among.size() > MAX_AMONG) {
            throw new IllegalArgumentException("more than " + MAX_AMONG + " users named");
        }
    }

    /** Whether the list has every member, in whatever order. */
    boolean all() {
        return activity == null && among == null && (nameFilter == null || nameFilter.isEmpty());
    }

    /** The page before this one; empty for the first, and where pages do not meet. */
    Optional<MemberQuery> before() {
        return offset < limit ? Optional.empty() : Optional.of(at(offset - limit));
    }

    /** The same without passing over anybody. */
    MemberQuery fromStart() {
        return at(0);
    }

    private MemberQuery at(int place) {
        return new MemberQuery(activity, nameFilter, among, sort, descending, place, limit);
    }

    /** The first {@code limit} members by number. */
    public static MemberQuery first(int limit) {
        return new MemberQuery(null, null, null, Sort.ID, false, 0, limit);
    }
}
