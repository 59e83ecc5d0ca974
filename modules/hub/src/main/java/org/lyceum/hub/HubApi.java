package org.lyceum.hub;

import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.openapi.Api;
import org.lyceum.platform.openapi.Api.Chapter;
import org.lyceum.platform.openapi.Api.Name;
import org.lyceum.platform.openapi.Api.Proof;

import java.util.List;
import java.util.Map;

/** What the reference of a hub says besides its operations. */
final class HubApi {

    static final Api API =
            new Api(
                    "JupyterHub REST API",
                    HubHeaders.VERSION,
                    "The API of one community's hub: that of JupyterHub "
                            + HubHeaders.VERSION
                            + ". Scopes are JupyterHub's: of those that an operation names, one is"
                            + " enough. Who holds none of them is answered 403; who holds one for"
                            + " somebody else only, 404.",
                    "hub/api",
                    List.of(
                            new Chapter("hub", "The hub as a whole"),
                            new Chapter("users", "Users"),
                            new Chapter("servers", "Servers of a user"),
                            new Chapter("tokens", "Tokens of a user"),
                            new Chapter("groups", "Groups"),
                            new Chapter("services", "Services"),
                            new Chapter("shares", "Servers that are shared"),
                            new Chapter("oauth", "Signing in at servers and services")),
                    Map.of(
                            "user", new Name("Name of a user.", "ada"),
                            "server", new Name("Name of a server; empty is the default.", "gpu"),
                            "group", new Name("Name of a group.", "physics"),
                            "service", new Name("Name of a service.", "grader"),
                            "owner", new Name("Name of the user whose server it is.", "bob"),
                            "token", new Name("Id of a token.", "a1"),
                            "cookie", new Name("Name of the cookie.", "jupyterhub-hub-login"),
                            "value", new Name("Value of the cookie.", "0123456789abcdef")),
                    Map.of(
                            Credential.TOKEN,
                            new Proof(
                                    "header",
                                    "Authorization",
                                    "The word token or bearer, a space, and the token.",
                                    "-H \"Authorization: token $TOKEN\""),
                            Credential.COOKIE,
                            new Proof(
                                    "cookie",
                                    HubCookies.LOGIN,
                                    "Set when signing in. Whatever changes something, or is sent by"
                                            + " a script, needs _xsrf as well.",
                                    "-b \"" + HubCookies.LOGIN + "=$COOKIE\"")),
                    new Api.Failure(Operation.JSON, HubShapes.FAILURE));

    private HubApi() {}
}
