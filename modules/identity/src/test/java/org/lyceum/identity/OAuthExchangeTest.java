package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.together;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Goal: a code becomes a token once, for whom it was made, and the token ends when it should.
 * Method: the tables of the contract's sections on the token endpoint and on sign-out, row by row.
 */
class OAuthExchangeTest extends OAuthScenario {

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
        var here = fixture.session(alice, HERE);
        var other = fixture.session(alice, HERE);
        var mine = tokenIn(here);
        var theirs = tokenIn(other);
        var pending =
                codeOf(
                        oauth().authorize(
                                        request(ALICE, CALLBACK),
                                        fixture.identity.tokens().callerOf(HERE, here)));

        fixture.identity.sessions().end(here);

        assertThat(fixture.identity.tokens().authenticate(HERE, mine)).isEmpty();
        assertThat(fixture.identity.tokens().authenticate(HERE, theirs)).isPresent();
        assertRefused(oauth().exchange(HERE, form(pending)), 400, "invalid_grant");
    }

    private Secret tokenIn(Session session) {
        var caller = fixture.identity.tokens().callerOf(HERE, session);
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
        var there = fixture.identity.tokens().callerOf(THERE, fixture.session(alice, THERE));
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

            assertThat(fixture.caller(tokens.accessToken()).answerScopes(null))
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

        assertThat(fixture.caller(tokens.accessToken()).answerScopes(null))
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
