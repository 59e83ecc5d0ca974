package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.anything;
import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;
import org.lyceum.platform.observe.Metrics;

/** What the reference says of the hub as a whole, its routes and its OAuth provider. */
final class HubOperations {

    private static final String HUB = "hub";
    private static final String OAUTH = "oauth";
    private static final String HTML = "text/html";

    private static final Shape PART =
            object("", field("class", text(), ""), field("version", text(), ""));

    private static final Shape ROUTE =
            object(
                    "Route",
                    field("routespec", text(), "The prefix again."),
                    field("target", text(), "Empty for the hub itself."),
                    field("data", map(anything()), "Whose server it is."));

    static final Operation VERSION =
            Operation.of(HUB, "Show the version")
                    .answers(
                            200,
                            "The JupyterHub whose behaviour this is.",
                            object("", field("version", text(), "")));

    static final Operation ABOUT =
            Operation.of(HUB, "Show what the hub is made of")
                    .answers(
                            200,
                            "Its parts. There is no Python, so these are empty.",
                            object(
                                    "",
                                    field("version", text(), ""),
                                    field("python", text(), ""),
                                    field("sys_executable", text(), ""),
                                    field("spawner", PART, ""),
                                    field("authenticator", PART, "")));

    static final Operation HEALTH =
            Operation.of(HUB, "Ask whether the hub answers").answers(200, "It does.", "text/plain");

    static final Operation METRICS =
            Operation.of(HUB, "Read the metrics")
                    .answers(200, "In Prometheus' text format.", Metrics.CONTENT_TYPE);

    static final Operation DOCUMENT =
            Operation.of(HUB, "Read this reference")
                    .answers(200, "An OpenAPI 3.1 document.", map(anything()));

    static final Operation SHUTDOWN =
            Operation.of(HUB, "Shut this hub down")
                    .detail(
                            "Pauses the community: nothing starts, and everybody who comes reads"
                                    + " so, until a manager ends the pause in the panel. Other"
                                    + " communities notice nothing.")
                    .optionalBody(
                            object(
                                    "",
                                    optional(
                                            "servers",
                                            flag(),
                                            "Stop what runs, too; else it goes on."),
                                    optional("proxy", flag(), "Makes no difference.")),
                            "{\"servers\": true}")
                    .answers(202, "It is shut down.", object("", field("message", text(), "")))
                    .answers(400, "That is neither true nor false.");

    static final Operation ROUTES =
            Operation.of(HUB, "List the proxy's routes")
                    .query(Paging.PARAMETERS)
                    .answers(
                            200,
                            "Those of this hub, by prefix.",
                            HubShapes.paged("RoutePage", map(ROUTE)));

    static final Operation CHECK_ROUTES =
            Operation.of(HUB, "Compare the routes with the servers")
                    .detail("The hub does so all the time; this is for clients that ask.")
                    .answers(200, "They agree.", "text/plain");

    static final Operation MOVE_PROXY =
            Operation.of(HUB, "Tell where the proxy is")
                    .detail("It is in the hub's own process, so nothing happens.")
                    .body(map(anything()), "{\"api_url\": \"http://127.0.0.1:8001\"}")
                    .answers(200, "Nothing changed.", "text/plain");

    private static final Shape.Field[] AUTHORIZE_QUERY = {
        optional("client_id", text(), "Who asks: a server or a service."),
        optional("redirect_uri", text(), "Exactly the registered one; it is used if missing."),
        optional("response_type", text(), "The word code."),
        optional("state", text(), "Comes back as it is."),
        optional("scope", text(), "Scopes, with spaces between; all that it may, if missing."),
        optional("code_challenge", text(), "PKCE; S256 of the verifier."),
        optional("code_challenge_method", text(), "S256.")
    };

    static final Operation AUTHORIZE =
            Operation.of(OAUTH, "Let somebody in at a server or service")
                    .detail(
                            "A page: browsers are sent here. Whoever is not signed in does so"
                                    + " first.")
                    .query(AUTHORIZE_QUERY)
                    .answers(200, "A question to the user.", HTML)
                    .answers(302, "Back to the client, with a code or an error.")
                    .answers(400, "The client or its address is unknown.", HTML)
                    .answers(403, "The user may not enter there.", HTML);

    static final Operation CONFIRM =
            Operation.of(OAUTH, "Answer the question")
                    .query(AUTHORIZE_QUERY)
                    .form(
                            object(
                                    "",
                                    optional("scopes", text(), "What is granted; repeated."),
                                    field("_xsrf", text(), "From the page.")),
                            "scopes=read:users:name&_xsrf=…")
                    .answers(302, "Back to the client, with a code or an error.")
                    .answers(400, "The client or its address is unknown.", HTML)
                    .answers(403, "The user may not enter there.", HTML);

    private static final Shape REFUSED =
            object(
                    "OAuthFailure",
                    field("error", text(), "RFC 6749's word."),
                    optional("error_description", text(), ""));

    static final Operation EXCHANGE =
            Operation.of(OAUTH, "Exchange a code for a token")
                    .form(
                            object(
                                    "",
                                    optional("client_id", text(), ""),
                                    optional("client_secret", text(), "The client's own token."),
                                    optional("grant_type", text(), "authorization_code"),
                                    optional("code", text(), "Works once, for 60 s."),
                                    optional("redirect_uri", text(), "As it was at authorize."),
                                    optional("code_verifier", text(), "PKCE.")),
                            "grant_type=authorization_code&client_id=jupyterhub-user-ada"
                                + "&client_secret=…&code=…&redirect_uri=/user/ada/oauth_callback")
                    .answers(
                            200,
                            "A token.",
                            object(
                                    "",
                                    field("access_token", text(), ""),
                                    field("expires_in", whole(), "Seconds."),
                                    field("token_type", text(), "Bearer"),
                                    field("scope", text(), "With spaces between.")))
                    .answers(400, "The code does not work.", REFUSED)
                    .answers(401, "Not this client, or not its secret.", REFUSED);

    private HubOperations() {}
}
