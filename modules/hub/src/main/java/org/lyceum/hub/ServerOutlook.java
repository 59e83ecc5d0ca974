package org.lyceum.hub;

import org.lyceum.servers.KeepService;
import org.lyceum.servers.Server;

import java.time.Duration;

/** How long a server runs on by itself, in words for its person, and what they can do about it. */
final class ServerOutlook {

    private static final String WARNED =
            """
            <p class="message" role="alert">This server stops by itself at {}. Files that are saved
            stay.</p>
            """;

    private static final String KEPT =
            """
            <p>It runs on until <strong>{}</strong>, used or not.</p>
            <div class="actions">{}</div>
            """;

    private static final String USED =
            """
            <p>It stops by itself after {} without use. What computes counts as use.</p>
            {}\
            """;

    private static final String AGE =
            """
            <p>It stops when it has run for {}, used or not.</p>
            """;

    private static final String KEEP = "<div class=\"actions\">{}</div>\n";

    private final KeepService keeping;

    ServerOutlook(KeepService keeping) {
        this.keeping = keeping;
    }

    /**
     * @param server one that runs
     */
    Html of(Server server, HomeButton button) {
        var outlook = keeping.of(server);
        var ends = outlook.endsAt();
        var kept = outlook.keptUntil();
        var warned = ends == null ? Html.NOTHING : Html.of(WARNED, FilesPage.MINUTE.format(ends));
        var age = outlook.maxAge();
        var aged = age.isZero() ? Html.NOTHING : Html.of(AGE, words(age));
        if (kept != null) {
            var back = button.of("let-go", "", "Let it stop when it is not used");
            return Html.of(
                    "{}{}{}", warned, aged, Html.of(KEPT, FilesPage.MINUTE.format(kept), back));
        }
        if (outlook.cullAfter().isZero()) {
            return Html.of("{}{}", warned, aged);
        }
        var most = outlook.keepAtMost();
        var keep = most.isZero() ? Html.NOTHING : Html.of(KEEP, keep(button, most));
        return Html.of("{}{}{}", warned, aged, Html.of(USED, words(outlook.cullAfter()), keep));
    }

    private static Html keep(HomeButton button, Duration most) {
        return button.of("keep", "", "Keep it running for " + words(most));
    }

    /** In the largest unit that divides it. */
    static String words(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes % 1440 == 0) {
            return count(minutes / 1440, "day");
        }
        return minutes % 60 == 0 ? count(minutes / 60, "hour") : count(minutes, "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
