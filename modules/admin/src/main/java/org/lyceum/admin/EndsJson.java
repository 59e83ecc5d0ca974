package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Meaning;
import org.lyceum.servers.EndsRule;
import org.lyceum.servers.EndsRules;
import org.lyceum.servers.ServersConfig;

import java.time.Duration;
import java.util.List;

/** What the panel's API answers about the ends of servers. */
final class EndsJson {

    private EndsJson() {}

    /** What was decided in a community, and what counts. */
    record EndsView(
            @Meaning("The community's.") EndsLine community,
            @Meaning("Of each of its profiles, in the order people see.") List<EndsLine> profiles,
            @Meaning("What nobody may go beyond here.") EndsBounds bounds) {}

    record EndsBounds(
            @Meaning("0: any, and never.") long cullAfterSeconds,
            @Meaning("0: any, and never.") long maxAgeSeconds,
            @Meaning("0: not at all.") long keepAtMostSeconds,
            @Meaning("0: any, and never.") long freezeAfterSeconds) {

        static EndsBounds of(ServersConfig.Bounds bounds) {
            return new EndsBounds(
                    bounds.cullAfter().toSeconds(),
                    bounds.maxAge().toSeconds(),
                    bounds.keepAtMost().toSeconds(),
                    bounds.freezeAfter().toSeconds());
        }
    }

    record EndsLine(
            @Meaning("Number of the profile; null for the community.") @Nullable Long profile,
            String title,
            @Meaning("Without use; 0: never.") EndsTime cullAfter,
            @Meaning("Used or not; 0: never.") EndsTime maxAge,
            @Meaning("How long people can keep one that is not used; 0: not at all.")
                    EndsTime keepAtMost,
            @Meaning("Asleep when without use for this long; 0: never.") EndsTime freezeAfter) {

        static EndsLine of(
                @Nullable Long profile, String title, EndsRule own, EndsRules.Ends counts) {
            return new EndsLine(
                    profile,
                    title,
                    EndsTime.of(own.cullAfter(), counts.cullAfter()),
                    EndsTime.of(own.maxAge(), counts.maxAge()),
                    EndsTime.of(own.keepAtMost(), counts.keepAtMost()),
                    EndsTime.of(own.freezeAfter(), counts.freezeAfter()));
        }
    }

    record EndsTime(
            @Meaning("As decided here; null: it is left to the next above.")
                    @Nullable Long ownSeconds,
            @Meaning("As it counts.") long seconds,
            @Meaning("Whose decision that is.") EndsRules.Origin origin) {

        static EndsTime of(@Nullable Duration own, EndsRules.Effective counts) {
            return new EndsTime(
                    own == null ? null : own.toSeconds(),
                    counts.time().toSeconds(),
                    counts.origin());
        }
    }
}
