package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.Decision;
import org.lyceum.identity.Owner;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.Token;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.FactorService.Step;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A user's tokens (contract §4.8). Source: jupyterhub 5, apihandlers/users.py. */
final class TokenEndpoints {

    private static final String ALL = "hub/api/users/:user/tokens";
    private static final String ONE = "hub/api/users/:user/tokens/:token";

    /** JupyterHub's word for a token that tells who its owner is and may do nothing. */
    private static final String NO_SCOPE = "(no_scope)";

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final HubMembers members;
    private final Targets targets;
    private final TokenService tokens;
    private final RoleService roles;
    private final PasswordService passwords;
    private final FactorService factors;

    TokenEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            HubMembers members,
            Targets targets,
            TokenService tokens,
            RoleService roles,
            PasswordService passwords,
            FactorService factors) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.members = members;
        this.targets = targets;
        this.tokens = tokens;
        this.roles = roles;
        this.passwords = passwords;
        this.factors = factors;
    }

    List<Endpoint> endpoints() {
        var read = access.api(Aim.USER, "read:tokens");
        var write = access.api(Aim.USER, "tokens");
        return List.of(
                Endpoint.get(ALL, read, this::list).as(TokenOperations.LIST),
                // Open, because the body may hold the password of somebody who has no token yet.
                Endpoint.post(ALL, access.open(), this::create).as(TokenOperations.CREATE),
                Endpoint.get(ONE, read, this::one).as(TokenOperations.ONE),
                Endpoint.delete(ONE, write, this::revoke).as(TokenOperations.REVOKE));
    }

    private Response list(Request request) {
        var owner = new Owner.OfUser(members.require(request.param("user")));
        var json = Json.object();
        var array = json.putArray("api_tokens");
        tokens.list(community, owner).stream()
                .sorted(Comparator.comparing(TokenEndpoints::lastUse))
                .forEach(token -> array.add(models.token(token)));
        return Response.json(200, json);
    }

    /** JupyterHub's order: the longest unused first, and never used counts from the making. */
    private static Instant lastUse(Token token) {
        var used = token.lastActivityAt();
        return used == null ? token.createdAt() : used;
    }

    private Response one(Request request) {
        return Response.json(200, models.token(find(request)));
    }

    private Response revoke(Request request) {
        tokens.revoke(HubCaller.of(request).actor(), find(request));
        return Response.noContent();
    }

    private Response create(Request request) {
        var name = request.param("user");
        var caller = access.identify(request).map(HubCaller::of);
        var body = Bodies.object(request);
        var requester =
                caller.map(c -> c.caller().owner()).orElseGet(() -> byPassword(request, body));
        var owner = members.find(name).filter(user -> mayIssue(caller, requester, user));
        if (owner.isEmpty()) {
            throw Problem.forbidden(
                    "token.not-permitted",
                    "User " + name + " not found or no permissions to generate tokens");
        }
        var wanted =
                new TokenRequest.Api(
                        community,
                        new Owner.OfUser(owner.get()),
                        scopes(body),
                        note(body, requester, owner.get()),
                        expiry(body));
        var issued = tokens.issue(requester.actor(), wanted);
        var json = models.token(issued.token()).put("token", issued.secret().reveal());
        return Response.json(201, json).with("Cache-Control", "no-store");
    }

    /** Who has only a password may make a token for themselves, nothing else. */
    private boolean mayIssue(Optional<HubCaller> caller, Owner requester, User owner) {
        if (caller.isEmpty()) {
            return requester instanceof Owner.OfUser(var user) && user.id().equals(owner.id());
        }
        var decision = caller.get().caller().check(Set.of("tokens"), targets.ofUser(owner.name()));
        return decision == Decision.ALLOWED;
    }

    private Owner byPassword(Request request, ObjectNode body) {
        if (body.get("auth") instanceof ObjectNode auth) {
            var name = Bodies.text(auth, "username").orElse("");
            var password = Bodies.text(auth, "password").orElse("");
            var user = passwords.verify(name, password, request.peer());
            if (user.isPresent()) {
                requireNothingMore(user.get());
                return new Owner.OfUser(user.get());
            }
        }
        throw Problem.forbidden("credentials.invalid", "Missing or invalid credentials.");
    }

    /** A token for a password alone would be a way round the second factor. */
    private void requireNothingMore(User user) {
        if (factors.after(user, First.PASSWORD) != Step.NONE) {
            throw Problem.forbidden(
                    "credentials.second-factor",
                    "This account has a second factor, which cannot be shown here. Make the token"
                            + " on the token page.");
        }
    }

    private List<String> scopes(ObjectNode body) {
        var scopes = Bodies.texts(body, "scopes");
        var roles = Bodies.texts(body, "roles");
        if (scopes.isPresent() && roles.isPresent()) {
            throw Problem.invalid(
                    "token.roles-and-scopes", "Specify either roles or scopes, not both");
        }
        if (scopes.isEmpty() && roles.isEmpty()) {
            return List.of(); // those of the role token: all that the owner holds
        }
        var wanted =
                roles.map(names -> names.stream().flatMap(this::scopesOf).toList())
                        .or(() -> scopes)
                        .orElseThrow();
        // Who asks for nothing gets nothing, which is not the same as asking for no limit.
        return wanted.isEmpty() ? List.of(NO_SCOPE) : wanted;
    }

    private Stream<String> scopesOf(String role) {
        return roles.find(community, role)
                .map(found -> found.scopes().stream())
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "role.unknown",
                                        "Requested roles do not exist: "
                                                + role
                                                + "; ask for scopes instead."));
    }

    private static Optional<Duration> positive(long seconds) {
        if (seconds < 0) {
            throw badExpiry();
        }
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    private static @Nullable Duration expiry(ObjectNode body) {
        var node = body.get("expires_in");
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw badExpiry();
        }
        return positive(node.longValue()).orElse(null);
    }

    private static Problem badExpiry() {
        return Problem.invalid(
                "token.expiry-invalid", "expires_in must be a positive integer or null");
    }

    /** Their own words, or who asked. */
    private static String note(ObjectNode body, Owner requester, User owner) {
        var note = Bodies.text(body, "note").filter(text -> !text.isEmpty());
        return note.orElseGet(() -> "Requested via api" + by(requester, owner));
    }

    private static String by(Owner requester, User owner) {
        return switch (requester) {
            case Owner.OfUser(var user) ->
                    user.id().equals(owner.id()) ? "" : " by user " + user.name();
            case Owner.OfService(var service) -> " by service " + service.name();
        };
    }

    private Token find(Request request) {
        var user = members.require(request.param("user"));
        return tokens.find(community, request.param("token"))
                .filter(
                        token ->
                                token.owner() instanceof Owner.OfUser(var owner)
                                        && owner.id().equals(user.id()))
                .orElseThrow(
                        () ->
                                Problem.notFound(
                                        "token.unknown",
                                        "No such token "
                                                + request.param("token")
                                                + " for user "
                                                + user.name()));
    }
}
