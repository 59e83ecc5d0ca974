package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Meaning;
import org.lyceum.servers.Announcement;

import java.time.Instant;
import java.util.List;

/** What the panel reads of announcements. */
final class AnnouncementJson {

    record AnnouncementLine(
            @Meaning("Whom; null: everybody on the platform.") @Nullable Long community,
            String text,
            @Meaning("Whether no server starts while it stands.") boolean pausesStarts,
            @Meaning("When servers end that were started before; null: they run on.")
                    @Nullable Instant stopsAt,
            Instant since) {

        static AnnouncementLine of(Announcement announcement) {
            var community = announcement.community();
            return new AnnouncementLine(
                    community == null ? null : community.value(),
                    announcement.text(),
                    announcement.pausesStarts(),
                    announcement.stopsAt(),
                    announcement.since());
        }
    }

    record Announcements(@Meaning("That of the platform first.") List<AnnouncementLine> items) {}

    record StoppingServers(@Meaning("Servers that are being stopped.") int servers) {}

    private AnnouncementJson() {}
}
