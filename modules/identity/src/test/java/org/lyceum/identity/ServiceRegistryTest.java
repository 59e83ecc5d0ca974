package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.draft;
import static org.lyceum.identity.IdentityFixture.refused;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditEntry;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goal: a service, its token and its OAuth client come, change and go together. */
class ServiceRegistryTest {

    private static final ServiceClient CLIENT =
            new ServiceClient("service-grades", "/services/grades/oauth_callback", List.of());

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private ServiceRegistry services() {
        return fixture.identity.services();
    }

    private static RegisteredService.Draft grades(
            @Nullable String url, boolean noConfirm, @Nullable ServiceClient client) {
        return new RegisteredService.Draft(
                "grades", false, url, Map.of("k", "v"), false, noConfirm, client);
    }

    @Test
    void services_are_registered_found_and_removed() {
        var draft = grades("http://127.0.0.1:9000", true, null);
        var made = services().create(PLATFORM, HERE, draft, null);

        assertThat(services().find(HERE, "grades")).contains(made);
        assertThat(made.info()).containsEntry("k", "v");
        assertThat(made.display()).isFalse();
        assertThat(made.noConfirm()).isTrue();
        assertThat(services().client(made)).isEmpty();
        assertThat(services().find(THERE, "grades")).isEmpty();
        refused("service.exists", () -> services().create(PLATFORM, HERE, draft, null));
        refused(
                "service.name-invalid",
                () -> services().create(PLATFORM, HERE, draft("", false), null));
        services().delete(PLATFORM, HERE, "grades");
        refused("service.unknown", () -> services().delete(PLATFORM, HERE, "grades"));
    }

    @Test
    @ContractRow(24)
    void a_client_signs_users_in_with_the_services_own_token() {
        var token = Secret.random();
        services().create(PLATFORM, HERE, grades(null, true, CLIENT), token);
        assertThat(fixture.caller(token).owner().name()).isEqualTo("grades");
        var ada = fixture.user("ada");
        fixture.give(new RoleHolder.OfUser(ada.id()), "access:services!service=grades");

        var code = authorize(ada);
        var answer = exchange(code, token);

        var user = fixture.caller(((Exchange.Tokens) answer).accessToken());
        assertThat(user.owner().name()).isEqualTo("ada");
        assertThat(user.answerScopes(null)).contains("access:services!service=grades");
    }

    private String authorize(User user) {
        var request = new AuthorizeRequest("service-grades", null, "code", null, null, null, null);
        var granted = fixture.identity.oauth().authorize(request, fixture.browser(user));
        return OAuthScenario.codeOf(granted);
    }

    private Exchange exchange(String code, Secret secret) {
        var form = new HashMap<String, String>();
        form.put("client_id", "service-grades");
        form.put("client_secret", secret.reveal());
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        return fixture.identity.oauth().exchange(HERE, form);
    }

    @Test
    @SecurityStatement(42)
    void a_renewed_token_ends_the_old_one_and_is_the_clients_secret() {
        var old = Secret.random();
        var made = services().create(PLATFORM, HERE, grades(null, true, CLIENT), old);
        var ada = fixture.user("ada");
        fixture.give(new RoleHolder.OfUser(ada.id()), "access:services");

        var fresh = services().renewToken(PLATFORM, made);

        assertThat(fixture.identity.tokens().authenticate(HERE, old)).isEmpty();
        assertThat(fixture.caller(fresh).owner().name()).isEqualTo("grades");
        assertThat(exchange(authorize(ada), old)).isInstanceOf(Exchange.Refused.class);
        assertThat(exchange(authorize(ada), fresh)).isInstanceOf(Exchange.Tokens.class);
    }

    @Test
    void an_edit_keeps_what_users_have_granted_and_is_refused_when_stale() {
        var token = Secret.random();
        var made = services().create(PLATFORM, HERE, grades(null, true, CLIENT), token);
        var ada = fixture.user("ada");
        fixture.give(new RoleHolder.OfUser(ada.id()), "access:services");
        var granted = ((Exchange.Tokens) exchange(authorize(ada), token)).accessToken();

        var moved = new ServiceClient("service-grades", "/elsewhere", List.of("read:users!user"));
        var draft = grades("http://127.0.0.1:9001", false, moved);
        var changed = services().change(PLATFORM, HERE, made.version(), draft);

        assertThat(changed.url()).isEqualTo("http://127.0.0.1:9001");
        assertThat(services().client(changed)).contains(moved);
        assertThat(fixture.caller(granted).owner().name()).isEqualTo("ada");
        refused("service.stale", () -> services().change(PLATFORM, HERE, made.version(), draft));
        services().change(PLATFORM, HERE, changed.version(), grades(null, false, null));
        assertThat(services().client(changed)).isEmpty();
        assertThat(fixture.identity.tokens().authenticate(HERE, granted)).isEmpty();
        assertThat(fixture.audit.latest(2))
                .extracting(AuditEntry::action)
                .containsExactly("SERVICE_CHANGED", "SERVICE_CHANGED");
    }

    @Test
    void bad_tokens_and_clients_are_refused() {
        var taken = Secret.random();
        services().create(PLATFORM, HERE, draft("other", false), taken);

        refused(
                "service.token-short",
                () -> services().create(PLATFORM, HERE, grades(null, true, null), secret("short")));
        refused(
                "service.token-taken",
                () -> services().create(PLATFORM, HERE, grades(null, true, null), taken));
        for (var uri : List.of("//evil.example/cb", "javascript:x", "", "/a b", "https://x/#f")) {
            var client = new ServiceClient("service-grades", uri, List.of());
            refused(
                    "service.client-invalid",
                    () -> services().create(PLATFORM, HERE, grades(null, true, client), null));
        }
        var alien = new ServiceClient("jupyterhub-user-ada", "/cb", List.of());
        refused(
                "service.client-invalid",
                () -> services().create(PLATFORM, HERE, grades(null, true, alien), null));
        var greedy = new ServiceClient("service-grades", "/cb", List.of("nonsense"));
        refused(
                "scope.unknown",
                () -> services().create(PLATFORM, HERE, grades(null, true, greedy), null));
        assertThat(services().find(HERE, "grades")).isEmpty();
    }

    private static Secret secret(String text) {
        return Secret.presented(text);
    }
}
