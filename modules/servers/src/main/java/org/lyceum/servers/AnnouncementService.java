package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What administrators tell everybody: on the home page, in JupyterLab, and who starts. Blocking.
 */
public final class AnnouncementService {

    /** Who plans further ahead means something else. */
    private static final Duration FARTHEST = Duration.ofDays(60);

    private final AnnouncementRepository announcements;
    private final Clock clock;

    AnnouncementService(AnnouncementRepository announcements, Clock clock) {
        this.announcements = announcements;
        this.clock = clock;
    }

    /** All that stand, that of the platform first. */
    public List<Announcement> all() {
        return announcements.all();
    }

    /** What people in a community are told; two at most. */
    public List<Announcement> of(CommunityId community) {
        return announcements.of(community);
    }

    /**
     * Tells it from now on, in the place of what was told before.
     *
     * @param community null: everybody
     * @throws Problem INVALID {@code announcement.empty}, {@code announcement.too-long}, {@code
     *     announcement.not-ahead}
     */
    public void put(
            Actor actor,
            @Nullable CommunityId community,
            String text,
            boolean pausesStarts,
            @Nullable Instant stopsAt) {
        var words = text.strip();
        if (words.isEmpty()) {
            throw Problem.invalid(
                    "announcement.empty", "Say what people should know, in a sentence or two.");
        }
        if (words.length() > Announcement.MOST) {
            throw Problem.invalid(
                    "announcement.too-long",
                    "An announcement has " + Announcement.MOST + " characters at most.");
        }
        var now = clock.instant();
        if (stopsAt != null && (!stopsAt.isAfter(now) || stopsAt.isAfter(now.plus(FARTHEST)))) {
            throw Problem.invalid(
                    "announcement.not-ahead",
                    "The time at which servers stop must be ahead, by "
                            + FARTHEST.toDays()
                            + " days at most. To stop them now, use Stop servers.");
        }
        announcements.put(actor, new Announcement(community, words, pausesStarts, stopsAt, now));
    }

    /**
     * Takes it back, with the pause and the stop that came with it.
     *
     * @throws Problem NOT_FOUND {@code announcement.none}
     */
    public void end(Actor actor, @Nullable CommunityId community) {
        if (!announcements.remove(actor, community)) {
            throw Problem.notFound("announcement.none", "There is no announcement to take back.");
        }
    }

    /**
     * @throws Problem UNAVAILABLE {@code server.starts-paused}, with the announcement's words
     */
    void requireStarts(CommunityId community) {
        for (var each : of(community)) {
            if (each.pausesStarts()) {
                throw Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "server.starts-paused",
                        "No server starts just now: " + each.text());
            }
        }
    }
}
