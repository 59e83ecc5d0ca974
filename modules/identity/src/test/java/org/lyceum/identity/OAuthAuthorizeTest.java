package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Map;

/**
 * Goal: an unmodified single-user server, and nobody else, learns who is at its door. Method: the
 * table of the contract's section on the authorize endpoint, row by row.
 */
class OAuthAuthorizeTest extends OAuthScenario {

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
        fixture.giveGroup("tas", "access:servers!group=class");
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
        fixture.giveGroup("g", "access:services");
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
        var draft = new RegisteredService.Draft("quiet", false, null, Map.of(), true, true);
        var request = registerService(fixture.identity.services().create(PLATFORM, HERE, draft));
        letIntoServices(alice);

        assertThat(oauth().authorize(request, fixture.browser(alice)))
                .isInstanceOf(Authorization.Granted.class);
    }
}
