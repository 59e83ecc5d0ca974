package org.lyceum.hub;

import org.lyceum.identity.Share;
import org.lyceum.identity.ShareService;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

/** Other people's servers that they share with somebody, on that somebody's home page. */
final class SharedServers {

    /** The most that is shown; whoever has more keeps the addresses of those that matter. */
    private static final int MAX_SHOWN = 200;

    private static final String CARD =
            """
            <section class="card" aria-label="Shared with you">
            <h2>Shared with you</h2>
            <ul class="things">
            {}</ul>
            </section>
            """;

    private static final String ITEM =
            """
            <li><span class="about"><strong>{}</strong><br>
            <span class="state {}">{}</span></span>
            <span class="actions">{}</span></li>
            """;

    private static final String LINK =
            """
            <a class="button {}" href="{}" aria-label="{} {}">{}</a>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final Targets targets;
    private final ShareService shares;
    private final ServerQueries servers;

    SharedServers(
            CommunityId community,
            HubUrls urls,
            Targets targets,
            ShareService shares,
            ServerQueries servers) {
        this.community = community;
        this.urls = urls;
        this.targets = targets;
        this.shares = shares;
        this.servers = servers;
    }

    /** One line for each server, however many ways it is shared in. */
    Html of(HubCaller caller) {
        var items =
                shares.withUser(community, caller.user().id(), 0, MAX_SHOWN).shares().stream()
                        .map(Share::server)
                        .distinct()
                        .filter(server -> may(caller, "access:servers", server))
                        .map(server -> item(caller, server))
                        .toList();
        return items.isEmpty() ? Html.NOTHING : Html.of(CARD, items);
    }

    private Html item(HubCaller caller, SharedServer shared) {
        var server =
                servers.find(new ServerKey(community, shared.owner().id(), shared.name()))
                        .orElse(null);
        var state = ServerWords.state(server);
        var title = title(shared);
        var action =
                server != null && server.ready()
                        ? link("primary", urls.of(shared.owner(), server), "Open", title)
                        : start(caller, shared, state, title);
        return Html.of(ITEM, title, state, ServerWords.of(state), action);
    }

    /** Some shares let people start what does not run; the others leave that to the owner. */
    private Html start(HubCaller caller, SharedServer shared, String state, String title) {
        var owner = shared.owner().name();
        if (!may(caller, "servers", shared)) {
            return Html.of("<span class=\"quiet small\">{} can start it.</span>", owner);
        }
        return state.equals("stopped")
                ? link("", urls.spawn(owner, shared.name()), "Start", title)
                : link("", urls.spawnPending(owner, shared.name()), "Follow", title);
    }

    private static Html link(String style, String href, String verb, String title) {
        return Html.of(LINK, style, href, verb, title, verb);
    }

    private static String title(SharedServer shared) {
        var owner = shared.owner().name();
        return shared.name().isEmpty()
                ? "Server of " + owner
                : "Server “" + shared.name() + "” of " + owner;
    }

    private boolean may(HubCaller caller, String scope, SharedServer server) {
        var target = targets.ofServer(server.owner().name(), server.name());
        return caller.caller().scopes().allows(scope, target);
    }
}
