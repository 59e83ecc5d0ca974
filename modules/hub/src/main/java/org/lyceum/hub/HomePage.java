package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Server;

import java.util.List;

/**
 * The home page. All states of the server are in it, one is shown; the script changes which,
 * without loading the page again.
 */
final class HomePage {

    private static final String BODY =
            """
            <div data-page="home" data-state="{}" data-user-url="{}" data-xsrf="{}">
            <p class="message" role="status" data-offline hidden>The platform does not answer just
            now. This page tries again by itself.</p>
            {}
            <section class="card" aria-label="Your server" aria-live="polite">
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
            <p class="hint">Stopping ends what runs in your notebooks. Files that are saved stay,
            and you can start again at any time.</p>
            </div>
            <div data-when="stopping"{}>
            <p><span class="state stopping">Stopping</span></p>
            <h1>Your server is stopping</h1>
            <p class="quiet">This takes a few seconds. Then you can start it again.</p>
            </div>
            </section>
            {}{}</div>
            """;

    private static final String BUTTON =
            """
            <form method="post" action="{}">
            <input type="hidden" name="_xsrf" value="{}">
            <input type="hidden" name="server" value="{}">
            <button class="button {}" type="submit">{}</button>
            </form>
            """;

    private static final String NAMED =
            """
            <section class="card">
            <h2>Your other servers</h2>
            <ul class="things">
            {}</ul>
            </section>
            """;

    private static final Html HIDDEN = new Html(" hidden");

    private final HubUrls urls;

    HomePage(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * @param servers all of the user's, the default one first
     * @param storage what their home holds
     */
    Page of(User user, List<Server> servers, Html storage, String xsrf) {
        var own = servers.stream().filter(s -> s.key().unnamed()).findFirst().orElse(null);
        var state = state(own);
        var name = user.name();
        var progress = urls.progress(name, "") + "?_xsrf=" + Names.queryValue(xsrf);
        var body =
                Html.of(
                        BODY,
                        state,
                        urls.hub("api/users/") + Names.pathSegment(name),
                        xsrf,
                        trouble(own),
                        HIDDEN.when(!state.equals("stopped")),
                        name,
                        button("start", "", "primary big", "Start my server", xsrf),
                        HIDDEN.when(!state.equals("starting")),
                        progress,
                        urls.spawnPending(name, ""),
                        button("stop", "", "", "Cancel the start", xsrf),
                        HIDDEN.when(!state.equals("ready")),
                        own == null ? urls.server(name, "") : urls.of(user, own),
                        button("stop", "", "", "Stop my server", xsrf),
                        HIDDEN.when(!state.equals("stopping")),
                        storage,
                        named(user, servers, xsrf));
        return Page.of("Home", "home", body);
    }

    /** The words that the page and its script share. */
    private static String state(@Nullable Server server) {
        if (server == null) {
            return "stopped";
        }
        return switch (server.state()) {
            case SPAWNING -> "starting";
            case READY -> "ready";
            case STOPPING -> "stopping";
            case STOPPED, FAILED -> "stopped";
        };
    }

    /** What the user should know of the last run, if it did not end as they wanted. */
    private static Html trouble(@Nullable Server server) {
        if (server == null || server.active()) {
            return Html.NOTHING;
        }
        var failure = server.failure();
        if (failure != null) {
            return Html.of(
                    "<div class=\"message bad\" role=\"alert\"><p><strong>The last start did not"
                            + " work.</strong> {}</p></div>",
                    failure);
        }
        return EndingWords.unwished(server.ending());
    }

    private Html named(User user, List<Server> servers, String xsrf) {
        var items =
                servers.stream()
                        .filter(server -> !server.key().unnamed())
                        .map(server -> item(user, server, xsrf))
                        .toList();
        return items.isEmpty() ? Html.NOTHING : Html.of(NAMED, items);
    }

    private Html item(User user, Server server, String xsrf) {
        var name = server.key().name();
        var state = state(server);
        var action =
                switch (server.state()) {
                    case READY ->
                            Html.of(
                                    "<a class=\"button primary\" href=\"{}\">Open</a>{}",
                                    urls.of(user, server),
                                    button("stop", name, "", "Stop", xsrf));
                    case SPAWNING ->
                            Html.of(
                                    "<a class=\"button\" href=\"{}\">Follow the start</a>",
                                    urls.spawnPending(user.name(), name));
                    case STOPPING -> Html.NOTHING;
                    case STOPPED, FAILED -> button("start", name, "primary", "Start", xsrf);
                };
        return Html.of(
                """
                <li><span class="about"><strong>{}</strong><br>
                <span class="state {}">{}</span></span>
                <span class="actions">{}</span></li>
                """,
                name,
                state,
                words(state),
                action);
    }

    private static String words(String state) {
        return switch (state) {
            case "ready" -> "Running";
            case "starting" -> "Starting";
            case "stopping" -> "Stopping";
            default -> "Not running";
        };
    }

    private Html button(String verb, String server, String style, String words, String xsrf) {
        return Html.of(BUTTON, urls.hub("home/") + verb, xsrf, server, style, words);
    }
}
