package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One server of alice, its OAuth client, and her browser: what the tests of the provider begin
 * with.
 */
abstract class OAuthScenario {

    static final String ALICE = "jupyterhub-user-alice";
    static final String CALLBACK = "/user/alice/oauth_callback";
    static final String DESCRIPTION = "Server at /user/alice/";

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    final Secret secret = Secret.random();
    User alice;
    Caller browser;

    @BeforeEach
    void register() {
        alice = fixture.user("alice");
        browser = fixture.browser(alice);
        registerServer(alice, 1, "", ALICE, CALLBACK, secret);
    }

    OAuthService oauth() {
        return fixture.identity.oauth();
    }

    void registerServer(
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

    static AuthorizeRequest request(String client, String redirect) {
        return new AuthorizeRequest(client, redirect, "code", "S t&ä", null, null, null);
    }

    static String codeOf(Authorization authorization) {
        var url = ((Authorization.Granted) authorization).url();
        return url.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    String code() {
        return codeOf(oauth().authorize(request(ALICE, CALLBACK), browser));
    }

    Map<String, String> form(String code) {
        return new HashMap<>(
                Map.of(
                        "client_id", ALICE,
                        "client_secret", secret.reveal(),
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK));
    }

    Secret exchanged(String code) {
        return ((Exchange.Tokens) oauth().exchange(HERE, form(code))).accessToken();
    }

    static void assertRefused(Exchange exchange, int status, String error) {
        assertThat(exchange).isInstanceOf(Exchange.Refused.class);
        assertThat(((Exchange.Refused) exchange).status()).isEqualTo(status);
        assertThat(((Exchange.Refused) exchange).error()).isEqualTo(error);
    }
}
