package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.together;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goal: an unmodified single-user server, and nobody else, learns who is at its door. Method: the
 * tables of the contract's §3.2 to §3.4, row by row.
 */
class OAuthServiceTest {

    private static final String ALICE = "jupyterhub-user-alice";
    private static final String CALLBACK = "/user/alice/oauth_callback";
    private static final String DESCRIPTION = "Server at /user/alice/";

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private final Secret secret = Secret.random();
    private User alice;
    private Caller browser;

    @BeforeEach
    void register() {
        alice = fixture.user("alice");
        browser = fixture.browser(alice);
        registerServer(alice, 1, "", ALICE, CALLBACK, secret);
    }

    private OAuthService oauth() {
        return fixture.identity.oauth();
    }

    private void registerServer(
            User owner, long id, String name, String client, String redirect, Secret with) {
        oauth().registerClient(
                        HERE,
                        client,
                        with,
                        redirect,
                        "Server at /user/"
                                + owner.name()
                                + "/"
                                + (name.isEmpty() ? "" : name + "/"),
                        List.of(),
                        new Grantee.OfServer(owner, id, name));
    }

    private static AuthorizeRequest request(String client, String redirect) {
        return new AuthorizeRequest(client, redirect, "code", "S t&ä", null, null, null);
    }

    private static String codeOf(Authorization authorization) {
        var url = ((Authorization.Granted) authorization).url();
        return url.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    private String code() {
        return codeOf(oauth().authorize(request(ALICE, CALLBACK), browser));
    }

    private Map<String, String> form(String code) {
        return new HashMap<>(
                Map.of(
                        "client_id", ALICE,
                        "client_secret", secret.reveal(),
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK));
    }

    private Secret exchanged(String code) {
        return ((Exchange.Tokens) oauth().exchange(HERE, form(code))).accessToken();
    }

    private static void assertRefused(Exchange exchange, int status, String error) {
        assertThat(exchange).isInstanceOf(Exchange.Refused.class);
        assertThat(((Exchange.Refused) exchange).status()).isEqualTo(status);
        assertThat(((Exchange.Refused) exchange).error()).isEqualTo(error);
    }

    @Test
    @ContractRow({14, 21})
    void the_owner_gets_a_code_at_once_and_it_becomes_a_token_that_says_who_they_are() {
        var granted = (Authorization.Granted) oauth().authorize(request(ALICE, CALLBACK), browser);
        assertThat(granted.url())
                .matches("/user/alice/oauth_callback\\?code=[0-9a-f]{32}&state=S\\+t%26%C3%A4");

        var tokens = (Exchange.Tokens) oauth().exchange(HERE, form(codeOf(granted)));

        assertThat(tokens.expiresInSeconds()).isEqualTo(1_209_600);
        assertThat(tokens.scope())
                .isEqualTo(
                        "access:servers!server=alice/ read:users:groups!user read:users:name!user");
        var caller = fixture.caller(tokens.accessToken());
        assertThat(caller.answerScopes())
                .containsExactly(
                        "access:servers!server=alice/",
                        "read:users:groups!user=alice",
                        "read:users:name!user=alice");
        assertThat(caller.sessionId()).isEqualTo(browser.sessionId());
        assertThat(caller.tokenId()).matches("a\\d+");
        var listed = fixture.identity.tokens().list(HERE, caller.owner()).getFirst();
        assertThat(listed.oauthClient()).isEqualTo(DESCRIPTION);
        assertThat(listed.kind()).isEqualTo(Token.Kind.OAUTH);
        assertThat(listed.sessionId()).isEqualTo(browser.sessionId());
    }

    @Test
    void what_names_no_client_is_a_page_and_never_a_redirect() {
        assertThat(oauth().authorize(request(null, CALLBACK), browser))
                .isEqualTo(new Authorization.BadClient("Missing client_id parameter."));
        assertThat(oauth().authorize(request("jupyterhub-user-eve", CALLBACK), browser))
                .isEqualTo(new Authorization.BadClient("Invalid client_id parameter value."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/user/alice/oauth_callbacK",
                "/user/alice/oauth_callback/",
                "/user/alice/oauth_callback?x=1",
                "/user/alice/oauth_callbac",
                "//evil.example/user/alice/oauth_callback",
                "http://evil.example/user/alice/oauth_callback",
                "/user/alice/../eve/oauth_callback"
            })
    @ContractRow(17)
    @SecurityStatement(40)
    void a_redirect_that_differs_by_one_character_is_a_page_and_never_a_redirect(String redirect) {
        assertThat(oauth().authorize(request(ALICE, redirect), browser))
                .isEqualTo(new Authorization.BadClient("Mismatching redirect URI."));
    }

    @Test
    @ContractRow(18)
    void the_redirect_may_be_a_bare_path_or_left_out() {
        for (var redirect : new String[] {CALLBACK, null}) {
            assertThat(oauth().authorize(request(ALICE, redirect), browser))
                    .isInstanceOf(Authorization.Granted.class);
        }
    }

    @Test
    @ContractRow(27)
    void errors_of_the_request_go_back_to_the_client_with_its_state() {
        var none = new AuthorizeRequest(ALICE, CALLBACK, null, "S", null, null, null);
        var token = new AuthorizeRequest(ALICE, CALLBACK, "token", "S", null, null, null);
        var stateless = new AuthorizeRequest(ALICE, null, "token", null, null, null, null);

        assertThat(oauth().authorize(none, browser))
                .isEqualTo(
                        new Authorization.ErrorRedirect(
                                CALLBACK
                                        + "?error=invalid_request&error_description="
                                        + "Missing+response_type+parameter.&state=S"));
        assertThat(oauth().authorize(token, browser))
                .isEqualTo(
                        new Authorization.ErrorRedirect(
                                CALLBACK + "?error=unsupported_response_type&state=S"));
        assertThat(oauth().authorize(stateless, browser))
                .isEqualTo(
                        new Authorization.ErrorRedirect(
                                CALLBACK + "?error=unsupported_response_type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no:such:scope",
                "tokens!user",
                "inherit",
                "access:servers",
                "admin",
                "access:servers!server=alice/ tokens"
            })
    @ContractRow(28)
    void a_scope_that_there_is_not_or_that_the_client_may_not_have_is_an_error(String scope) {
        var request = new AuthorizeRequest(ALICE, CALLBACK, "code", "S", scope, null, null);

        assertThat(oauth().authorize(request, browser))
                .isEqualTo(
                        new Authorization.ErrorRedirect(CALLBACK + "?error=invalid_scope&state=S"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "identify", "read:users:name!user", "access:servers!server=alice/"})
    void who_the_user_is_and_access_to_the_server_itself_may_always_be_asked_for(String scope) {
        var request = new AuthorizeRequest(ALICE, CALLBACK, "code", "S", scope, null, null);

        assertThat(oauth().authorize(request, browser)).isInstanceOf(Authorization.Granted.class);
    }

    @Test
    @ContractRow(22)
    void somebody_who_may_not_go_there_is_told_where_they_may_not_go() {
        assertThat(
                        oauth().authorize(
                                        request(ALICE, CALLBACK),
                                        fixture.browser(fixture.user("bob"))))
                .isEqualTo(
                        new Authorization.Denied(
                                "You do not have permission to access Server at /user/alice/"));
    }

    @Test
    @ContractRow(23)
    void an_administrator_is_asked_the_first_time_and_not_again() {
        var boss = fixture.admin("boss");
        var visitor = fixture.browser(boss);
        var first = oauth().authorize(request(ALICE, CALLBACK), visitor);
        assertThat(first)
                .isEqualTo(
                        new Authorization.Confirm(
                                DESCRIPTION,
                                List.of(
                                        "access:servers!server=alice/",
                                        "read:users:groups!user",
                                        "read:users:name!user")));

        var scopes = ((Authorization.Confirm) first).scopes();
        var granted = oauth().confirm(request(ALICE, CALLBACK), visitor, scopes);
        var caller = fixture.caller(exchanged(codeOf(granted)));

        assertThat(caller.answerScopes())
                .containsExactly(
                        "access:servers!server=alice/",
                        "read:users:groups!user=boss",
                        "read:users:name!user=boss");
        assertThat(oauth().authorize(request(ALICE, CALLBACK), visitor))
                .isInstanceOf(Authorization.Granted.class);
    }

    @Test
    void a_member_of_a_group_that_may_open_servers_is_let_in() {
        fixture.identity.groups().create(PLATFORM, HERE, "class", List.of("alice"));
        fixture.identity.groups().create(PLATFORM, HERE, "tas", List.of());
        fixture.identity
                .groups()
                .setScopes(PLATFORM, HERE, "tas", List.of("access:servers!group=class"));
        var ta = fixture.user("ta");
        fixture.identity.groups().addUsers(PLATFORM, HERE, "tas", List.of("ta"));

        var granted = oauth().confirm(request(ALICE, CALLBACK), fixture.browser(ta), List.of());
        var token = exchanged(codeOf(granted));

        assertThat(fixture.caller(token).answerScopes()).contains("access:servers!server=alice/");
        fixture.identity.groups().removeUsers(PLATFORM, HERE, "tas", List.of("ta"));
        assertThat(fixture.caller(token).answerScopes())
                .containsExactly("read:users:groups!user=ta", "read:users:name!user=ta");
    }

    private AuthorizeRequest registerService(RegisteredService service, String... allowed) {
        oauth().registerClient(
                        HERE,
                        "service-" + service.name(),
                        secret,
                        "/services/" + service.name() + "/oauth_callback",
                        service.name(),
                        List.of(allowed),
                        new Grantee.OfService(service));
        return request("service-" + service.name(), null);
    }

    private void letIntoServices(User user) {
        fixture.identity.groups().create(PLATFORM, HERE, "g", List.of(user.name()));
        fixture.identity.groups().setScopes(PLATFORM, HERE, "g", List.of("access:services"));
    }

    @Test
    @ContractRow(25)
    void a_service_refuses_users_until_access_is_granted() {
        var request = registerService(fixture.service("grades"));

        assertThat(oauth().authorize(request, browser))
                .isEqualTo(new Authorization.Denied("You do not have permission to access grades"));
    }

    @Test
    @ContractRow(24)
    void a_service_asks_on_the_first_visit_and_again_only_when_it_wants_more() {
        var service = fixture.service("grades");
        var request = registerService(service, "read:servers!user", "read:tokens!user");
        letIntoServices(alice);
        var visitor = fixture.browser(alice);
        var asked = (Authorization.Confirm) oauth().authorize(request, visitor);
        assertThat(asked.scopes())
                .containsExactly(
                        "access:services!service=grades",
                        "read:servers!user",
                        "read:tokens!user",
                        "read:users:groups!user",
                        "read:users:name!user");

        // The user agrees to a part of it.
        var code = codeOf(oauth().confirm(request, visitor, List.of("read:servers!user")));
        var form = form(code);
        form.put("client_id", "service-grades");
        form.remove("redirect_uri");
        var tokens = (Exchange.Tokens) oauth().exchange(HERE, form);

        assertThat(tokens.scope())
                .isEqualTo(
                        "access:services!service=grades read:servers!user read:users:groups!user"
                                + " read:users:name!user");
        assertThat(fixture.caller(tokens.accessToken()).answerScopes())
                .containsExactly(
                        "access:services!service=grades",
                        "read:servers!user=alice",
                        "read:users:groups!user=alice",
                        "read:users:name!user=alice");
        var part =
                new AuthorizeRequest(
                        "service-grades", null, "code", null, "read:servers!user", null, null);
        assertThat(oauth().authorize(part, visitor)).isInstanceOf(Authorization.Granted.class);
        assertThat(oauth().authorize(request, visitor)).isInstanceOf(Authorization.Confirm.class);
        assertThat(oauth().confirm(request, visitor, List.of("tokens!user")))
                .isInstanceOf(Authorization.ErrorRedirect.class);
        assertThat(oauth().confirm(request, visitor, List.of("nonsense")))
                .isInstanceOf(Authorization.ErrorRedirect.class);
    }

    @Test
    @ContractRow(26)
    void a_service_listed_without_confirmation_asks_nobody() {
        var draft =
                new RegisteredService.Draft("quiet", false, null, Map.of(), true, true, List.of());
        var request = registerService(fixture.identity.services().create(PLATFORM, HERE, draft));
        letIntoServices(alice);

        assertThat(oauth().authorize(request, fixture.browser(alice)))
                .isInstanceOf(Authorization.Granted.class);
    }

    @Test
    @ContractRow(15)
    @SecurityStatement(40)
    void a_code_works_once() {
        var code = code();
        exchanged(code);

        assertRefused(oauth().exchange(HERE, form(code)), 400, "invalid_grant");
    }

    @Test
    @ContractRow(15)
    @SecurityStatement(40)
    void of_twenty_who_exchange_a_code_at_once_one_gets_a_token() throws Exception {
        var code = code();

        var answers = together(20, () -> oauth().exchange(HERE, form(code)));

        assertThat(answers.stream().filter(Exchange.Tokens.class::isInstance)).hasSize(1);
    }

    @Test
    @ContractRow(29)
    @SecurityStatement(40)
    void a_code_is_too_old_after_sixty_seconds() {
        var early = code();
        fixture.clock().advance(Duration.ofSeconds(59));
        exchanged(early);
        var late = code();
        fixture.clock().advance(Duration.ofSeconds(60));

        assertRefused(oauth().exchange(HERE, form(late)), 400, "invalid_grant");
        assertThat(fixture.identity.jobs().get(1).run().failed()).isZero();
    }

    @Test
    @ContractRow(16)
    @SecurityStatement(40)
    void a_wrong_secret_or_client_is_refused_and_does_not_use_the_code_up() {
        var code = code();
        var wrong = form(code);
        wrong.put("client_secret", Secret.random().reveal());
        var unknown = form(code);
        unknown.put("client_id", "jupyterhub-user-eve");
        var missing = form(code);
        missing.remove("client_secret");
        var nobody = form(code);
        nobody.remove("client_id");

        for (var form : List.of(wrong, unknown, missing, nobody)) {
            assertRefused(oauth().exchange(HERE, form), 401, "invalid_client");
        }
        exchanged(code);
    }

    @Test
    void what_is_missing_or_odd_in_the_form_is_told_as_the_contract_says() {
        var code = code();
        var grant = form(code);
        grant.put("grant_type", "password");
        var without = form(code);
        without.remove("code");

        assertRefused(oauth().exchange(HERE, grant), 400, "unsupported_grant_type");
        assertThat(oauth().exchange(HERE, without))
                .isEqualTo(new Exchange.Refused(400, "invalid_request", "Missing code parameter."));
        assertRefused(oauth().exchange(HERE, Map.of()), 400, "unsupported_grant_type");
        var elsewhere = form(code);
        elsewhere.put("redirect_uri", "/user/eve/oauth_callback");
        assertThat(oauth().exchange(HERE, elsewhere))
                .isEqualTo(
                        new Exchange.Refused(400, "invalid_request", "Mismatching redirect URI."));
        assertRefused(oauth().exchange(HERE, form(code)), 400, "invalid_grant");
    }

    @Test
    @SecurityStatement(40)
    void a_code_of_one_client_is_worth_nothing_to_another() {
        var bob = fixture.user("bob");
        var other = Secret.random();
        registerServer(bob, 2, "", "jupyterhub-user-bob", "/user/bob/oauth_callback", other);
        var code = code();
        var form = form(code);
        form.put("client_id", "jupyterhub-user-bob");
        form.put("client_secret", other.reveal());

        assertRefused(oauth().exchange(HERE, form), 400, "invalid_grant");
        exchanged(code);
    }

    @Test
    @ContractRow(36)
    @SecurityStatement(40)
    void a_challenge_must_be_answered_by_its_verifier() {
        var verifier = "the-verifier-that-only-the-server-knows-0123456789";
        var request =
                new AuthorizeRequest(
                        ALICE, CALLBACK, "code", "S", null, Pkce.challengeOf(verifier), "S256");
        for (var wrong : new String[] {null, "", verifier + "x", Pkce.challengeOf(verifier)}) {
            var form = form(codeOf(oauth().authorize(request, browser)));
            if (wrong != null) {
                form.put("code_verifier", wrong);
            }
            assertRefused(oauth().exchange(HERE, form), 400, "invalid_grant");
        }
        var right = form(codeOf(oauth().authorize(request, browser)));
        right.put("code_verifier", verifier);
        assertThat(oauth().exchange(HERE, right)).isInstanceOf(Exchange.Tokens.class);
        // A verifier nobody asked for does no harm: 5.x servers may send one to any hub.
        var unasked = form(code());
        unasked.put("code_verifier", verifier);
        assertThat(oauth().exchange(HERE, unasked)).isInstanceOf(Exchange.Tokens.class);
    }

    @Test
    void the_challenge_of_the_rfc_is_computed_as_the_rfc_says() {
        assertThat(Pkce.challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void a_challenge_by_another_method_is_refused_rather_than_ignored() {
        for (var method : new String[] {null, "plain", "s256"}) {
            var request =
                    new AuthorizeRequest(
                            ALICE, CALLBACK, "code", "S", null, "x".repeat(43), method);
            assertThat(oauth().authorize(request, browser))
                    .isInstanceOf(Authorization.ErrorRedirect.class);
        }
    }

    @Test
    @ContractRow(33)
    void signing_out_ends_the_tokens_of_that_browser_and_of_no_other() {
        var here = fixture.identity.sessions().open(HERE, alice.id(), "one");
        var other = fixture.identity.sessions().open(HERE, alice.id(), "two");
        var mine = tokenIn(here.session());
        var theirs = tokenIn(other.session());
        var pending =
                codeOf(
                        oauth().authorize(
                                        request(ALICE, CALLBACK),
                                        fixture.identity.tokens().callerOf(here.session())));

        fixture.identity.sessions().end(here.session());

        assertThat(fixture.identity.tokens().authenticate(HERE, mine)).isEmpty();
        assertThat(fixture.identity.tokens().authenticate(HERE, theirs)).isPresent();
        assertRefused(oauth().exchange(HERE, form(pending)), 400, "invalid_grant");
    }

    private Secret tokenIn(Session session) {
        var caller = fixture.identity.tokens().callerOf(session);
        return exchanged(codeOf(oauth().authorize(request(ALICE, CALLBACK), caller)));
    }

    @Test
    @ContractRow(37)
    void a_server_that_starts_again_is_another_client_and_old_tokens_are_refused() {
        var before = exchanged(code());
        var code = code();

        fixture.identity.tokens().revokeOfServer(1);

        assertThat(fixture.identity.tokens().authenticate(HERE, before)).isEmpty();
        assertRefused(oauth().exchange(HERE, form(code)), 401, "invalid_client");
        registerServer(alice, 1, "", ALICE, CALLBACK, secret);
        assertRefused(oauth().exchange(HERE, form(code)), 400, "invalid_grant");
        assertThat(fixture.identity.tokens().authenticate(HERE, exchanged(code()))).isPresent();
    }

    @Test
    void revoking_one_token_of_a_client_revokes_all_that_the_user_has_of_it() {
        var one = exchanged(code());
        var two = exchanged(code());
        var tokens = fixture.identity.tokens();
        var first = tokens.find(HERE, fixture.caller(one).tokenId()).orElseThrow();

        tokens.revoke(alice.actor(), first);

        assertThat(tokens.authenticate(HERE, one)).isEmpty();
        assertThat(tokens.authenticate(HERE, two)).isEmpty();
    }

    @Test
    @SecurityStatement(43)
    void a_client_of_one_community_is_unknown_in_another() {
        var code = code();
        assertRefused(oauth().exchange(THERE, form(code)), 401, "invalid_client");
        var there =
                fixture.identity
                        .tokens()
                        .callerOf(
                                fixture.identity.sessions().open(THERE, alice.id(), "").session());
        assertThat(oauth().authorize(request(ALICE, CALLBACK), there))
                .isInstanceOf(Authorization.BadClient.class);
    }

    @Test
    @ContractRow(35)
    void any_name_makes_the_whole_way() {
        for (var name : List.of("a@b.c", "my name", "pct%41", "é", "o'brien")) {
            var user = fixture.user(name);
            var client = "jupyterhub-user-" + Names.clientId(name);
            var redirect = "/user/" + Names.pathSegment(name) + "/oauth_callback";
            var with = Secret.random();
            registerServer(user, user.id().value() + 100, "", client, redirect, with);

            var granted = oauth().authorize(request(client, redirect), fixture.browser(user));
            var form = form(codeOf(granted));
            form.putAll(
                    Map.of(
                            "client_id", client,
                            "client_secret", with.reveal(),
                            "redirect_uri", redirect));
            var tokens = (Exchange.Tokens) oauth().exchange(HERE, form);

            assertThat(fixture.caller(tokens.accessToken()).answerScopes())
                    .contains("access:servers!server=" + name + "/");
        }
    }

    /** JupyterHub builds the same client id for user a-b and for server b of user a. */
    @Test
    void clients_whose_ids_fall_together_are_told_apart_by_redirect_and_secret() {
        var a = fixture.user("a");
        var ab = fixture.user("a-b");
        var one = Secret.random();
        var two = Secret.random();
        registerServer(a, 11, "b", "jupyterhub-user-a-b", "/user/a/b/oauth_callback", one);
        registerServer(ab, 12, "", "jupyterhub-user-a-b", "/user/a-b/oauth_callback", two);

        var granted =
                oauth().authorize(
                                request("jupyterhub-user-a-b", "/user/a/b/oauth_callback"),
                                fixture.browser(a));
        var form = form(codeOf(granted));
        form.putAll(
                Map.of(
                        "client_id", "jupyterhub-user-a-b",
                        "client_secret", one.reveal(),
                        "redirect_uri", "/user/a/b/oauth_callback"));
        var tokens = (Exchange.Tokens) oauth().exchange(HERE, form);

        assertThat(fixture.caller(tokens.accessToken()).answerScopes())
                .contains("access:servers!server=a/b");
        assertThat(oauth().authorize(request("jupyterhub-user-a-b", null), fixture.browser(a)))
                .isEqualTo(new Authorization.BadClient("Missing redirect URI."));
    }

    @Test
    void secrets_and_codes_are_kept_only_as_hashes() {
        var code = code();
        var token = exchanged(code());
        for (var table :
                List.of("identity_client", "identity_code", "identity_token", "audit_entry")) {
            var rows = fixture.database().read(sql -> sql.fetch("SELECT * FROM " + table));
            assertThat(rows.toString()).doesNotContain(secret.reveal(), code, token.reveal());
        }
    }

    @Test
    void a_browser_that_keeps_asking_does_not_fill_the_table() {
        for (int i = 0; i < 60; i++) {
            exchanged(code());
        }
        assertThat(fixture.identity.tokens().list(HERE, browser.owner())).hasSize(50);
    }
}
