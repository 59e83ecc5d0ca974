package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Ending;

/** The pages about a server that starts, stops, failed to start or does not run. */
final class SpawnPages {

    /** How often a browser without scripts looks again. */
    private static final int REFRESH_SECONDS = 3;

    private static final String STARTING =
            """
            <section class="card" data-page="starting" data-progress-url="{}"
             data-failed-title="The server did not start">
            <div data-waiting>
            <h1>{} is starting</h1>
            <p class="quiet">It opens here by itself as soon as it is ready.</p>
            </div>
            <div data-failed hidden>
            <h1>The server did not start</h1>
            <div class="message bad" role="alert"><p data-failure></p></div>
            <p>Your files are safe. Try again; if it fails again, show this page to an
            administrator.</p>
            {}<p class="actions"><a class="button primary" href="{}">Start again</a>
            <a class="button" href="{}">Go to the home page</a></p>
            </div>
            <progress max="100" value="0" aria-label="Progress of the start"></progress>
            <ol class="steps" aria-live="polite" aria-label="Steps so far"></ol>
            <noscript><p class="quiet">This page looks again every few seconds.</p></noscript>
            </section>
            """;

    private static final String FAILED =
            """
            <section class="card">
            <h1>The server did not start</h1>
            <div class="message bad" role="alert"><p>{}</p></div>
            <p>Your files are safe. Try again; if it fails again, show this page to an
            administrator.</p>
            {}<p class="actions"><a class="button primary" href="{}">Start again</a>
            <a class="button" href="{}">Go to the home page</a></p>
            </section>
            """;

    private static final String STOPPING =
            """
            <section class="card">
            <h1>Stopping {}</h1>
            <p class="quiet" role="status">This takes a few seconds. The page goes on by itself.</p>
            </section>
            """;

    private static final String STOPPED =
            """
            <section class="card">
            <h1>{} is not running</h1>
            {}<p class="actions"><a class="button primary big" href="{}">Start the server</a>
            <a class="button" href="{}">Go to the home page</a></p>
            </section>
            """;

    private final HubUrls urls;

    SpawnPages(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * @param xsrf lets the page's script follow the progress; it cannot set headers
     */
    Page starting(Request request, User user, String server, String xsrf) {
        var progress = urls.progress(user.name(), server) + "?_xsrf=" + Names.queryValue(xsrf);
        var title = capital(which(HubCaller.of(request), user, server));
        var again = again(request, user, server);
        var body = Html.of(STARTING, progress, title, offer(request, user), again, urls.home());
        return Page.of(title + " is starting", "home", body).refreshing(REFRESH_SECONDS);
    }

    Page failed(Request request, User user, String server, String failure) {
        var offer = offer(request, user);
        var body = Html.of(FAILED, failure, offer, again(request, user, server), urls.home());
        return Page.of("The server did not start", "home", body);
    }

    Page stopping(String server) {
        var body = Html.of(STOPPING, title(server));
        return Page.of("Stopping " + title(server), "home", body).refreshing(REFRESH_SECONDS);
    }

    /**
     * @param ending why it is not running; null when it never ran
     */
    Page stopped(Request request, User user, String server, @Nullable Ending ending) {
        var why = EndingWords.of(ending, HubCaller.of(request).is(user));
        var body =
                Html.of(
                        STOPPED,
                        capital(title(server)),
                        why,
                        again(request, user, server),
                        urls.home());
        return Page.of(capital(title(server)) + " is not running", "home", body);
    }

    /** Somebody else's home is not for us to mend. */
    private Html offer(Request request, User user) {
        return RescuePage.offer(urls).when(HubCaller.of(request).is(user));
    }

    /** Starts it and then goes where this page was to go. */
    private String again(Request request, User user, String server) {
        return urls.next(request)
                .map(next -> urls.spawnThen(user.name(), server, next))
                .orElseGet(() -> urls.spawn(user.name(), server));
    }

    /** The server in the middle of a sentence. */
    static String which(HubCaller caller, User user, String server) {
        if (!server.isEmpty()) {
            return title(server) + (caller.is(user) ? "" : " of " + user.name());
        }
        return caller.is(user) ? "your server" : "the server of " + user.name();
    }

    private static String title(String server) {
        return server.isEmpty() ? "the server" : "the server “" + server + "”";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
