package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.NamedServers.Refused;
import org.lyceum.hub.NamedServers.ServerLine;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page people land on after signing in: their servers, and what each of them does. */
final class HomeEndpoints {

    private static final String ANNOUNCED =
            "<p class=\"message\" role=\"status\"><strong>From your administrators:</strong>"
                    + " {}</p>\n";

    private static final String ASLEEP =
            "<p class=\"message\" role=\"status\">It sleeps, because nobody has used it for a"
                    + " while. Open it, and it goes on where it was.</p>\n";

    private final LiveCommunity community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final HubServices.Servers servers;
    private final Starts starts;
    private final Choices choices;
    private final HomePage page;
    private final NamedServers named;
    private final HomeCards cards;

    HomeEndpoints(
            LiveCommunity community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            HubServices.Servers servers,
            Starts starts,
            Choices choices,
            HomeCards cards) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.servers = servers;
        this.starts = starts;
        this.choices = choices;
        this.page = new HomePage(urls);
        this.named = new NamedServers(urls);
        this.cards = cards;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/home", access.page(), this::home),
                Endpoint.post("hub/home/start", access.page(), this::start),
                Endpoint.post("hub/home/again", access.page(), this::again),
                Endpoint.post("hub/home/stop", access.page(), this::stop),
                Endpoint.post("hub/home/keep", access.page(), this::keep),
                Endpoint.post("hub/home/let-go", access.page(), this::letGo),
                Endpoint.post("hub/home/new", access.page(), this::begin),
                Endpoint.post("hub/home/remove", access.page(), this::remove));
    }

    private Response home(Request request) {
        return page(request, 200, Refused.NONE);
    }

    private Response page(Request request, int status, Refused refused) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var token = frame.xsrfToken(request, caller);
        var all = servers.queries().ofUser(community.now().id(), user.id());
        var own = all.stream().filter(server -> server.key().unnamed()).findFirst().orElse(null);
        var others =
                all.stream().filter(server -> !server.key().unnamed()).map(this::line).toList();
        int limit = servers.namedLimits().of(community.now(), user.id());
        var below =
                List.of(
                        cards.storage().of(user),
                        named.of(user, others, limit, refused, token),
                        cards.shared().of(caller),
                        cards.services().of(caller));
        var start =
                new HomePage.Start(
                        choices.thereIsOne(user.id()), own == null ? "" : choices.titleOf(own));
        return frame.answer(
                request,
                status,
                page.of(user, own, start, words(user, own, token), below, token),
                caller);
    }

    private HomePage.Words words(User user, @Nullable Server own, String token) {
        var announced = new ArrayList<Html>();
        servers.announcements().of(community.now().id()).stream()
                .map(each -> Html.of(ANNOUNCED, each.text()))
                .forEach(announced::add);
        announced.addAll(cards.pulls().of(user));
        return new HomePage.Words(announced, outlook(own, token));
    }

    private Html outlook(@Nullable Server server, String token) {
        if (server == null || !server.ready()) {
            return Html.NOTHING;
        }
        var asleep = servers.queries().asleep(server) ? Html.of(ASLEEP) : Html.NOTHING;
        var outlook =
                new ServerOutlook(servers.keeping()).of(server, new HomeButton(urls, token, ""));
        return Html.of("{}{}", asleep, outlook);
    }

    private ServerLine line(Server server) {
        return new ServerLine(server, choices.titleOf(server), servers.queries().asleep(server));
    }

    /** Like a visit of {@code spawn}, but pressing a button twice is no mistake. */
    private Response start(Request request) {
        var caller = HubCaller.of(request);
        return start(caller, key(request, caller.user()));
    }

    private Response start(HubCaller caller, ServerKey key) {
        var user = caller.user();
        boolean active = active(key);
        if (!active && choices.thereIsOne(user.id())) {
            return Response.redirect(303, urls.spawn(user.name(), key.name()));
        }
        if (!active) {
            starts.startInTurn(caller.actor(), key, null);
        }
        return Response.redirect(303, urls.spawnPending(user.name(), key.name()));
    }

    /** What was chosen last, in one click; what is not offered any more is chosen anew. */
    private Response again(Request request) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var key = key(request, user);
        if (!active(key)) {
            var there = server(key);
            if (there.map(choices::titleOf).filter(title -> !title.isEmpty()).isEmpty()) {
                return Response.redirect(303, urls.spawn(user.name(), key.name()));
            }
            starts.startInTurn(caller.actor(), key, null);
        }
        return Response.redirect(303, urls.spawnPending(user.name(), key.name()));
    }

    /** A named server more; one that is there already is started. */
    private Response begin(Request request) {
        var caller = HubCaller.of(request);
        var key = key(request, caller.user());
        if (key.unnamed()) {
            return page(request, 400, new Refused(key.name(), "Give the new server a name."));
        }
        try {
            servers.spawns().requireAllowed(key);
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.INVALID) {
                throw refused;
            }
            return page(request, 400, new Refused(key.name(), refused.detail()));
        }
        return start(caller, key);
    }

    private Response stop(Request request) {
        var caller = HubCaller.of(request);
        var key = key(request, caller.user());
        boolean running =
                server(key)
                        .filter(Server::active)
                        .filter(server -> server.state() != ServerState.STOPPING)
                        .isPresent();
        if (running) {
            servers.stops().stop(caller.actor(), key, StopReason.USER);
        }
        return Response.redirect(303, urls.home());
    }

    private Response keep(Request request) {
        var caller = HubCaller.of(request);
        servers.keeping().keep(caller.actor(), key(request, caller.user()));
        return Response.redirect(303, urls.home());
    }

    private Response letGo(Request request) {
        servers.keeping().letGo(key(request, HubCaller.of(request).user()));
        return Response.redirect(303, urls.home());
    }

    /** Forgets a named server that does not run; one that does, or is gone, is left as it is. */
    private Response remove(Request request) {
        var caller = HubCaller.of(request);
        var key = key(request, caller.user());
        if (!key.unnamed() && server(key).isPresent() && !active(key)) {
            servers.stops().forget(caller.actor(), key);
        }
        return Response.redirect(303, urls.home());
    }

    private boolean active(ServerKey key) {
        return server(key).map(Server::active).orElse(false);
    }

    private Optional<Server> server(ServerKey key) {
        return servers.queries().find(key);
    }

    private ServerKey key(Request request, User user) {
        var name = request.form().first("server").orElse("").strip();
        return new ServerKey(community.now().id(), user.id(), name);
    }
}
