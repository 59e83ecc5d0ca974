package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Server;

import java.util.List;

/**
 * The home page. All states of the servers are in it, one is shown of each; the script changes
 * which, without loading the page again.
 */
final class HomePage {

    private static final String BODY =
            """
            <div data-page="home" data-user-url="{}" data-xsrf="{}">
            <p class="message" role="status" data-offline hidden>The platform does not answer just
            now. This page tries again by itself.</p>
            {}
            <section class="card" aria-label="Your server" aria-live="polite" data-server=""
             data-state="{}">
            <div data-when="stopped"{}>
            <p><span class="state stopped">Not running</span></p>
            <h1>Hello {}</h1>
            <p>Your server is your own place to work in notebooks. Starting it takes a few
            seconds; your files are there when it is up.</p>
            {}
            </div>
            <div data-when="starting"{}>
            <p><span class="state starting">Starting</span></p>
            <h1>Your server is starting</h1>
            <div data-progress-url="{}">
            <progress max="100" value="0" aria-label="Progress of the start"></progress>
            <ol class="steps" aria-label="Steps so far"></ol>
            </div>
            <div class="actions"><a class="button primary" href="{}">Open when it is ready</a>
            {}</div>
            </div>
            <div data-when="ready"{}>
            <p><span class="state ready">Running</span></p>
            <h1>Your server is running</h1>
            <div class="actions"><a class="button primary big" href="{}">Open my server</a>
            {}</div>
            {}<p class="hint">Stopping ends what runs in your notebooks. Files that are saved stay,
            and you can start again at any time.</p>
            </div>
            <div data-when="stopping"{}>
            <p><span class="state stopping">Stopping</span></p>
            <h1>Your server is stopping</h1>
            <p class="quiet">This takes a few seconds. Then you can start it again.</p>
            </div>
            </section>
            {}</div>
            """;

    private final HubUrls urls;

    HomePage(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * How the default server is started.
     *
     * @param asks whether there is something to choose first
     * @param last what it was started as last; empty when that is not offered (any more)
     */
    record Start(boolean asks, String last) {

        private Html buttons(HomeButton button, String choosing) {
            if (!asks || last.isEmpty()) {
                return button.of("start", "primary big", "Start my server");
            }
            return Html.of(
                    "<div class=\"actions\">{}<a class=\"button\" href=\"{}\">Choose something"
                            + " else</a></div>",
                    button.of("again", "primary big", "Start " + last),
                    choosing);
        }
    }

    /**
     * @param own the default server, if it ever ran
     * @param outlook how long it runs on by itself
     * @param cards what comes below it
     */
    Page of(
            User user,
            @Nullable Server own,
            Start start,
            Html outlook,
            List<Html> cards,
            String xsrf) {
        var state = ServerWords.state(own);
        var name = user.name();
        var progress = urls.progress(name, "") + "?_xsrf=" + Names.queryValue(xsrf);
        var button = new HomeButton(urls, xsrf, "");
        var body =
                Html.of(
                        BODY,
                        urls.hub("api/users/") + Names.pathSegment(name),
                        xsrf,
                        ServerWords.trouble(own, RescuePage.offer(urls)),
                        state,
                        ServerWords.hidden(state, "stopped"),
                        name,
                        start.buttons(button, urls.spawn(name, "")),
                        ServerWords.hidden(state, "starting"),
                        progress,
                        urls.spawnPending(name, ""),
                        button.of("stop", "", "Cancel the start"),
                        ServerWords.hidden(state, "ready"),
                        own == null ? urls.server(name, "") : urls.of(user, own),
                        button.of("stop", "", "Stop my server"),
                        outlook,
                        ServerWords.hidden(state, "stopping"),
                        cards);
        return Page.of("Home", "home", body);
    }
}
