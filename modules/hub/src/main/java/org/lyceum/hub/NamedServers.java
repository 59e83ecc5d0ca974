package org.lyceum.hub;

import org.lyceum.identity.User;
import org.lyceum.servers.Server;

import java.util.List;

/** A person's named servers on the home page: what each does, and a form for another one. */
final class NamedServers {

    private static final String CARD =
            """
            <section class="card" aria-label="Your named servers">
            <h2>Your named servers</h2>
            {}<ul class="things" aria-live="polite">
            {}</ul>
            {}</section>
            """;

    private static final String ITEM =
            """
            <li data-server="{}" data-state="{}">
            <span class="about"><strong>{}</strong>{}<br>
            {}</span>
            <span class="actions" data-when="stopped"{}>{}{}</span>
            <span class="actions" data-when="starting"{}><a class="button" href="{}"
             aria-label="Follow the start of {}">Follow the start</a>{}</span>
            <span class="actions" data-when="ready"{}><a class="button primary" href="{}"
             aria-label="Open {}">Open</a>{}</span>
            </li>
            """;

    private static final Html ASLEEP =
            new Html(" <span class=\"quiet small\" data-when=\"ready\">asleep</span>");

    private static final String NEW =
            """
            <form class="beside" method="post" action="{}">
            <input type="hidden" name="_xsrf" value="{}">
            <div class="field"><label for="new-server">Name of a new server</label>
            <input id="new-server" name="server" value="{}" maxlength="255" autocomplete="off"
             spellcheck="false" required{}></div>
            <button class="button" type="submit">Make and start it</button>
            </form>
            <p class="hint">A server of its own beside the first: both see the same files. {}</p>
            """;

    private static final String FULL =
            """
            <p class="hint">{} Remove one that does not run before you make another.</p>
            """;

    private static final Html INVALID =
            new Html(" aria-invalid=\"true\" aria-describedby=\"new-server-trouble\" autofocus");

    private final HubUrls urls;

    NamedServers(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * Nothing where there are none and none may be made.
     *
     * @param limit how many there may be
     * @param refused a name that was asked for and could not be had
     */
    Html of(User user, List<ServerLine> servers, int limit, Refused refused, String xsrf) {
        if (servers.isEmpty() && limit == 0) {
            return Html.NOTHING;
        }
        var items = servers.stream().map(server -> item(user, server, xsrf)).toList();
        return Html.of(CARD, refused.message(), items, more(items.size(), limit, refused, xsrf));
    }

    private Html item(User user, ServerLine line, String xsrf) {
        var server = line.server();
        var name = server.key().name();
        var state = ServerWords.state(server);
        var profile =
                line.profile().isEmpty()
                        ? Html.NOTHING
                        : Html.of(" <span class=\"quiet small\">{}</span>", line.profile());
        var button = new HomeButton(urls, xsrf, name);
        return Html.of(
                ITEM,
                name,
                state,
                name,
                Html.of("{}{}", profile, ASLEEP.when(line.asleep())),
                ServerWords.badges(state),
                ServerWords.hidden(state, "stopped"),
                button.of("start", "primary", "Start"),
                button.of("remove", "", "Remove"),
                ServerWords.hidden(state, "starting"),
                urls.spawnPending(user.name(), name),
                name,
                button.of("stop", "", "Cancel"),
                ServerWords.hidden(state, "ready"),
                urls.of(user, server),
                name,
                button.of("stop", "", "Stop"));
    }

    private Html more(int count, int limit, Refused refused, String xsrf) {
        if (limit == 0) {
            return Html.NOTHING;
        }
        var used = count + " of " + limit + " named servers.";
        if (count >= limit) {
            return Html.of(FULL, "You have " + used);
        }
        return Html.of(
                NEW,
                urls.hub("home/new"),
                xsrf,
                refused.name(),
                INVALID.when(!refused.name().isEmpty()),
                "You have " + used);
    }

    /**
     * A named server as its line shows it.
     *
     * @param profile what it was last started as; empty where there is nothing to choose
     * @param asleep whether it is frozen until somebody comes
     */
    record ServerLine(Server server, String profile, boolean asleep) {}

    /** Why a new server was not made; {@link #NONE} where nobody asked for one. */
    record Refused(String name, String why) {

        static final Refused NONE = new Refused("", "");

        Html message() {
            return why.isEmpty()
                    ? Html.NOTHING
                    : Html.of(
                            "<p class=\"message bad\" role=\"alert\" id=\"new-server-trouble\">{}"
                                    + "</p>\n",
                            why);
        }
    }
}
