package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerQueries;

import java.util.List;
import java.util.stream.Stream;

/** What every page of a paused community's hub is: why, and what goes on all the same. Blocking. */
final class PausedPage {

    private static final String BODY =
            """
            <section class="card">
            <h1>{} is paused</h1>
            <p role="status">{}</p>
            <p>Nothing can be started here just now. Your files are safe; you find them as they are
            when it goes on.</p>
            {}</section>
            """;

    private static final String RUNNING =
            """
            <h2>What runs, runs on</h2>
            <ul class="things">
            {}</ul>
            """;

    private static final String ITEM =
            """
            <li><span class="about"><strong>{}</strong></span>
            <span class="actions"><a class="button primary" href="{}">Open</a></span></li>
            """;

    private final LiveCommunity community;
    private final HubUrls urls;
    private final ServerQueries servers;

    PausedPage(LiveCommunity community, HubUrls urls, ServerQueries servers) {
        this.community = community;
        this.urls = urls;
        this.servers = servers;
    }

    /**
     * @param caller who looks at it; null when nobody is signed in
     */
    Page of(@Nullable HubCaller caller) {
        var now = community.now();
        var notice =
                now.notice().isEmpty()
                        ? "An administrator has paused it. Ask them when it goes on."
                        : now.notice();
        var items = caller == null ? List.<Html>of() : running(caller).map(this::item).toList();
        var running = items.isEmpty() ? Html.NOTHING : Html.of(RUNNING, items);
        return Page.of(now.title() + " is paused", "", Html.of(BODY, now.title(), notice, running));
    }

    private Stream<Server> running(HubCaller caller) {
        return servers.ofUser(community.now().id(), caller.user().id()).stream()
                .filter(Server::ready);
    }

    private Html item(Server server) {
        var name = server.key().unnamed() ? "Your server" : server.key().name();
        return Html.of(ITEM, name, urls.of(server));
    }
}
