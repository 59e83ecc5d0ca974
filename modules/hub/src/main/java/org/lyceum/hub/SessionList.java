package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Session;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The part of a page that says in which browsers somebody is signed in, and ends that. */
final class SessionList {

    private static final String BODY =
            """
            <section class="card">
            <h2>Where you are signed in</h2>
            <ul class="things">
            {}</ul>
            {}</section>
            """;

    private static final String ITEM =
            """
            <li><div class="about"><strong>{}</strong>{}<br>
            <span class="quiet small">since {}, until {} at the latest</span></div>
            <form method="post" action="{}">{}
            <input type="hidden" name="session" value="{}">
            <button class="button danger" type="submit" aria-label="Sign out {}">Sign out</button>
            </form></li>
            """;

    private static final String ALL =
            """
            <form method="post" action="{}">{}
            <input type="hidden" name="session" value="others">
            <button class="button" type="submit">Sign out everywhere but here</button>
            </form>
            """;

    private static final Html HERE = new Html(" (this browser)");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private SessionList() {}

    /**
     * @param end where the forms lead
     */
    static Html of(List<Session> sessions, @Nullable Session here, String end, Html xsrfField) {
        var items = sessions.stream().map(session -> item(session, here, end, xsrfField)).toList();
        var all = sessions.size() > 1 ? Html.of(ALL, end, xsrfField) : Html.NOTHING;
        return Html.of(BODY, items, all);
    }

    private static Html item(Session session, @Nullable Session here, String end, Html xsrfField) {
        var browser = browser(session.userAgent());
        return Html.of(
                ITEM,
                browser,
                HERE.when(here != null && here.id() == session.id()),
                DAY.format(session.createdAt()),
                DAY.format(session.expiresAt()),
                end,
                xsrfField,
                session.id(),
                browser);
    }

    /** What people call it; browsers say the names of others before their own. */
    static String browser(String userAgent) {
        var what =
                first(
                        userAgent,
                        "A browser",
                        "Firefox/",
                        "Firefox",
                        "FxiOS/",
                        "Firefox",
                        "Edg",
                        "Edge",
                        "OPR/",
                        "Opera",
                        "Chrome/",
                        "Chrome",
                        "CriOS/",
                        "Chrome",
                        "Safari/",
                        "Safari");
        var where =
                first(
                        userAgent,
                        "",
                        "Windows",
                        " on Windows",
                        "Android",
                        " on Android",
                        "iPhone",
                        " on an iPhone",
                        "iPad",
                        " on an iPad",
                        "CrOS",
                        " on ChromeOS",
                        "Mac OS X",
                        " on a Mac",
                        "Linux",
                        " on Linux");
        return what + where;
    }

    private static String first(String text, String otherwise, String... signsAndNames) {
        for (int at = 0; at < signsAndNames.length; at += 2) {
            if (text.contains(signsAndNames[at])) {
                return signsAndNames[at + 1];
            }
        }
        return otherwise;
    }
}
