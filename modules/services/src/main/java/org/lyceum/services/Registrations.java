package org.lyceum.services;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.CommunityService;
import org.lyceum.community.Hosts;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.ServiceClient;
import org.lyceum.identity.ServiceRegistry;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Map;

/** Registers, changes and removes services, and has the proxy follow at once. Blocking. */
public final class Registrations {

    private final CommunityService communities;
    private final Hosts hosts;
    private final ServiceRegistry services;
    private final UserService users;
    private final ServiceTargets targets;
    private final RouteServices routes;

    /**
     * What somebody wants a service to be.
     *
     * @param url where it listens; null when people do not reach it through the proxy
     * @param clientId its OAuth client id; null for {@code service-NAME}
     * @param redirectUri null for {@code /services/NAME/oauth_callback} of a service with a URL
     * @param allowedScopes what it may ask its users for
     */
    public record Wanted(
            String name,
            boolean admin,
            @Nullable String url,
            Map<String, Object> info,
            boolean display,
            boolean noConfirm,
            @Nullable String clientId,
            @Nullable String redirectUri,
            List<String> allowedScopes) {

        public Wanted {
            allowedScopes = List.copyOf(allowedScopes);
        }
    }

    Registrations(
            CommunityModule communities,
            IdentityModule identity,
            ServiceTargets targets,
            RouteServices routes) {
        this.communities = communities.communities();
        this.hosts = communities.hosts();
        this.services = identity.services();
        this.users = identity.users();
        this.targets = targets;
        this.routes = routes;
    }

    /**
     * Registers a service.
     *
     * @param token what it shows to the hub; null for none yet
     * @throws Problem FORBIDDEN service.url-needs-admin when somebody else than an administrator of
     *     the platform names a URL; INVALID service.url-invalid, service.url-https,
     *     service.target-unknown, service.target-forbidden, service.redirect-missing; and as {@link
     *     ServiceRegistry#create}
     */
    public RegisteredService register(
            Actor actor, CommunityId community, Wanted wanted, @Nullable Secret token) {
        var draft = draft(actor, community, wanted, null);
        var made = services.create(actor, community, draft, token);
        routes.run();
        return made;
    }

    /**
     * Replaces what a service is; name and token stay. Errors as {@link #register} and {@link
     * ServiceRegistry#change}.
     */
    public RegisteredService change(
            Actor actor, CommunityId community, long version, Wanted wanted) {
        var before =
                services.find(community, wanted.name()).orElseThrow(() -> unknown(wanted.name()));
        var draft = draft(actor, community, wanted, before.url());
        var changed = services.change(actor, community, version, draft);
        routes.run();
        return changed;
    }

    /**
     * Removes a service, its tokens, its client and its route.
     *
     * @throws Problem NOT_FOUND service.unknown
     */
    public void remove(Actor actor, CommunityId community, String name) {
        services.delete(actor, community, name);
        routes.run();
    }

    private RegisteredService.Draft draft(
            Actor actor, CommunityId community, Wanted wanted, @Nullable String urlBefore) {
        var url = wanted.url();
        if (url != null && !url.equals(urlBefore)) {
            requireAdministrator(actor);
            targets.resolve(ServiceUrl.parse(url));
        }
        return new RegisteredService.Draft(
                wanted.name(),
                wanted.admin(),
                url,
                wanted.info(),
                wanted.display(),
                wanted.noConfirm(),
                client(community, wanted));
    }

    private @Nullable ServiceClient client(CommunityId community, Wanted wanted) {
        var redirect = wanted.redirectUri();
        if (redirect == null && wanted.url() == null) {
            if (wanted.clientId() == null
                    && !wanted.noConfirm()
                    && wanted.allowedScopes().isEmpty()) {
                return null;
            }
            throw Problem.invalid(
                    "service.redirect-missing",
                    "Service "
                            + wanted.name()
                            + " has oauth configured, but is missing required"
                            + " oauth_redirect_uri.");
        }
        var id = wanted.clientId();
        return new ServiceClient(
                id == null ? ServiceClient.PREFIX + Names.clientId(wanted.name()) : id,
                redirect == null ? address(community, wanted.name()) + "oauth_callback" : redirect,
                wanted.allowedScopes());
    }

    private String address(CommunityId community, String name) {
        var there =
                communities
                        .find(community)
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "community.unknown",
                                                "There is no such community."));
        return ServiceEnvironment.url(hosts.of(there), name);
    }

    /** A manager of one community would otherwise see into what is the platform's or others'. */
    private void requireAdministrator(Actor actor) {
        boolean administrator =
                switch (actor) {
                    case Actor.User(var id, var name) ->
                            users.find(id).map(user -> user.admin()).orElse(false);
                    case Actor.Platform platform -> true;
                    case Actor.Job job -> true;
                    case Actor.Service service -> false;
                    case Actor.Visitor visitor -> false;
                };
        if (!administrator) {
            throw Problem.forbidden(
                    "service.url-needs-admin",
                    "Only an administrator of the platform says at which address the proxy finds a"
                            + " service; ask one to register it.");
        }
    }

    private static Problem unknown(String name) {
        return Problem.notFound("service.unknown", "No such service: " + name);
    }
}
