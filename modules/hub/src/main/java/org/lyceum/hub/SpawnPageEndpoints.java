package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.UserOptions;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Fields;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.Spawn;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starting a server from a link or a page, and waiting for it (contract §1.6). */
final class SpawnPageEndpoints {

    /** A start that fails at once is told at once; a slower one on the page that waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Failures that another choice can mend. */
    private static final Set<String> ANOTHER_CHOICE =
            Set.of(
                    "profile.unknown",
                    "profile.choice-unknown",
                    "profile.image-refused",
                    "image.missing",
                    "server.larger-than-machine");

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final HubMembers members;
    private final HubServices.Servers servers;
    private final Starts starts;
    private final Choices choices;
    private final SpawnPages pages;
    private final SpawnForm form;

    SpawnPageEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            HubMembers members,
            HubServices.Servers servers,
            Starts starts,
            Choices choices) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.members = members;
        this.servers = servers;
        this.starts = starts;
        this.choices = choices;
        this.pages = new SpawnPages(urls);
        this.form = new SpawnForm(urls, choices.devices());
    }

    List<Endpoint> endpoints() {
        var own = access.page();
        var other = access.page(Aim.SERVER, "servers");
        return List.of(
                Endpoint.get("hub/spawn", own, this::spawn),
                Endpoint.get("hub/spawn/:user", other, this::spawn),
                Endpoint.get("hub/spawn/:user/:server", other, this::spawn),
                Endpoint.post("hub/spawn", own, this::spawnByForm),
                Endpoint.post("hub/spawn/:user", other, this::spawnByForm),
                Endpoint.post("hub/spawn/:user/:server", other, this::spawnByForm),
                Endpoint.get("hub/spawn-pending/:user", other, this::pending),
                Endpoint.get("hub/spawn-pending/:user/:server", other, this::pending));
    }

    private Response spawn(Request request) {
        var user = user(request);
        var key = key(user, request);
        var server = servers.queries().find(key);
        boolean changing =
                server.filter(Server::active)
                        .filter(s -> s.state() != ServerState.READY)
                        .isPresent();
        if (changing) {
            return toPending(request, user, key);
        }
        var options = options(request.query());
        boolean asks =
                options == null
                        && !server.map(Server::ready).orElse(false)
                        && choices.thereIsOne(user.id());
        if (asks) {
            servers.spawns().requireAllowed(key);
            return form(request, user, choices.last(user, key), key, "", 200);
        }
        // Also when it is ready: whether it really lives is looked at then.
        return startOrAsk(request, user, key, options);
    }

    private Response spawnByForm(Request request) {
        var user = user(request);
        var key = key(user, request);
        if (servers.queries().find(key).map(Server::active).orElse(false)) {
            throw Problem.invalid(
                    "server.running", user.name() + "'s server is already running or starting.");
        }
        var options = options(request.form());
        return startOrAsk(request, user, key, options == null ? null : UserOptions.ofForm(options));
    }

    /** Where there is something to choose, a choice that cannot be had leads to choosing again. */
    private Response startOrAsk(
            Request request, User user, ServerKey key, @Nullable Map<String, Object> options) {
        try {
            return start(request, user, key, options);
        } catch (Problem refused) {
            if (!ANOTHER_CHOICE.contains(refused.code()) || !choices.thereIsOne(user.id())) {
                throw refused;
            }
            var picked =
                    (options == null
                                    ? Optional.<Choices.Pick>empty()
                                    : choices.picked(user.id(), options))
                            .or(() -> choices.last(user, key));
            return form(request, user, picked, key, refused.detail(), HubFailures.status(refused));
        }
    }

    private Response form(
            Request request,
            User user,
            Optional<Choices.Pick> picked,
            ServerKey key,
            String trouble,
            int status) {
        var caller = HubCaller.of(request);
        var page =
                form.of(
                        SpawnPages.which(caller, user, key.name()),
                        request.rawTarget(),
                        frame.xsrfField(request, caller),
                        choices.of(user.id()),
                        picked.orElse(null),
                        trouble);
        return page(request, status, page);
    }

    private Response start(
            Request request, User user, ServerKey key, @Nullable Map<String, Object> options) {
        return switch (starts.startInTurn(HubCaller.of(request).actor(), key, options)) {
            case Spawn.Ready(var server) -> toServer(request, user, server);
            case Spawn.Pending pending -> {
                servers.spawns().await(key, PATIENCE);
                yield toPending(request, user, key);
            }
        };
    }

    private Response pending(Request request) {
        var user = user(request);
        var key = key(user, request);
        var found = servers.queries().find(key);
        if (found.isEmpty() && !key.unnamed()) {
            throw Problem.notFound(
                    "server.unknown", user.name() + " has no server named '" + key.name() + "'");
        }
        return state(found)
                .map(state -> pending(request, user, found.orElseThrow(), state))
                .orElseGet(
                        () -> page(request, 200, pages.stopped(request, user, key.name(), null)));
    }

    private static Optional<ServerState> state(Optional<Server> server) {
        return server.map(Server::state);
    }

    private Response pending(Request request, User user, Server server, ServerState state) {
        var name = server.key().name();
        var caller = HubCaller.of(request);
        return switch (state) {
            case READY -> toServer(request, user, server);
            case SPAWNING -> {
                var token = frame.xsrfToken(request, caller);
                yield page(request, 200, pages.starting(request, user, name, token));
            }
            case STOPPING -> page(request, 200, pages.stopping(name));
            case STOPPED -> page(request, 200, pages.stopped(request, user, name, server.ending()));
            case FAILED -> {
                var failure = server.failure();
                yield failure == null
                        ? page(request, 200, pages.stopped(request, user, name, server.ending()))
                        : page(request, 500, pages.failed(request, user, name, failure));
            }
        };
    }

    private Response page(Request request, int status, Page page) {
        return frame.answer(request, status, page, HubCaller.of(request));
    }

    private Response toServer(Request request, User user, Server server) {
        return Response.redirect(302, urls.next(request).orElse(urls.of(user, server)));
    }

    private Response toPending(Request request, User user, ServerKey key) {
        var query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
        return Response.redirect(302, urls.spawnPending(user.name(), key.name()) + query);
    }

    private User user(Request request) {
        var name = request.params().get("user");
        return name == null ? HubCaller.of(request).user() : members.require(name);
    }

    private ServerKey key(User user, Request request) {
        return new ServerKey(community, user.id(), request.params().getOrDefault("server", ""));
    }

    /** Lists of texts, as JupyterHub has them from a query or form; null when there are none. */
    private static @Nullable Map<String, Object> options(Fields fields) {
        var options = new LinkedHashMap<String, Object>();
        for (var name : fields.names()) {
            if (!name.equals(NextUrl.PARAMETER) && !name.equals(Xsrf.NAME)) {
                options.put(name, fields.all(name));
            }
        }
        return options.isEmpty() ? null : options;
    }
}
