package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;

/**
 * What administrators tell everybody, and what comes with it.
 *
 * @param community whom; null: everybody on the platform
 * @param text at most {@value #MOST} characters
 * @param pausesStarts whether no server starts while it stands
 * @param stopsAt when servers end that were started before; null: they run on
 */
public record Announcement(
        @Nullable CommunityId community,
        String text,
        boolean pausesStarts,
        @Nullable Instant stopsAt,
        Instant since) {

    /** Characters of a text. */
    public static final int MOST = 300;

    /** Whether people in the community are meant. */
    boolean isFor(CommunityId people) {
        return community == null || community.equals(people);
    }

    /** When the server ends; null when none of them ends it. */
    static @Nullable Instant end(Collection<Announcement> all, Server server, Instant started) {
        return all.stream()
                .filter(each -> each.isFor(server.key().community()))
                .map(Announcement::stopsAt)
                .filter(Objects::nonNull)
                .filter(started::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
