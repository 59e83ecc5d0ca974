package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lyceum.login.oidc.OpenIdConnect;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goal: nobody is taken for somebody by a word that is not the provider's, for us, and of this
 * moment. Method: a provider in memory whose tokens are bent one way at a time.
 */
class OpenIdConnectTest {

    private static final String CALLBACK = FakeProvider.CALLBACK;

    private final FakeProvider provider = new FakeProvider();
    private final OpenIdConnect openId = new OpenIdConnect(Clock.systemUTC());

    @AfterEach
    void close() {
        provider.close();
    }

    private OpenIdConnect.Departure depart() {
        return openId.depart(provider.settings(), FakeProvider.secret(), CALLBACK);
    }

    private ExternalIdentity arrive(
            OpenIdConnect.Departure departure, Map<String, String> brought) {
        return openId.arrive(
                provider.settings(), FakeProvider.secret(), CALLBACK, departure.kept(), brought);
    }

    private ExternalIdentity signIn() {
        var departure = depart();
        return arrive(departure, provider.agree(departure.url()));
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call);
    }

    @Test
    @SecurityStatement(46)
    void who_comes_back_is_the_issuers_subject() {
        provider.says(
                c -> c.claim("groups", List.of("maths", "physics")).claim("hd", "school.example"));

        var who = signIn();

        assertThat(who.issuer()).isEqualTo(provider.issuer());
        assertThat(who.subject()).isEqualTo("248289761001");
        assertThat(who.name()).isEqualTo("ada");
        assertThat(who.email()).isEqualTo("ada@school.example");
        assertThat(who.emailVerified()).isTrue();
        assertThat(who.groups()).containsExactly("maths", "physics");
        assertThat(who.organisations()).containsExactly("school.example");
    }

    @Test
    @SecurityStatement(46)
    void a_browser_leaves_with_a_long_state_a_nonce_and_a_challenge() {
        var one = FakeProvider.query(depart().url().split("\\?", 2)[1]);
        var other = FakeProvider.query(depart().url().split("\\?", 2)[1]);

        assertThat(one.get("state"))
                .hasSizeGreaterThanOrEqualTo(43)
                .isNotEqualTo(other.get("state"));
        assertThat(one.get("nonce"))
                .hasSizeGreaterThanOrEqualTo(22)
                .isNotEqualTo(other.get("nonce"));
        assertThat(one)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", CALLBACK);
        assertThat(one.get("code_challenge")).hasSize(43).isNotEqualTo(other.get("code_challenge"));
        assertThat(one.get("scope").split(" ")).contains("openid", "email");
        assertThat(one.toString()).doesNotContain(FakeProvider.SECRET);
    }

    @Test
    @SecurityStatement(46)
    void a_token_of_another_sign_in_is_refused() {
        provider.says(claims -> claims.claim("nonce", "of-somebody-else"));
        assertThat(problem(this::signIn).code()).isEqualTo("login.token-invalid");
    }

    @Test
    @SecurityStatement(46)
    void a_token_for_another_client_is_refused() {
        provider.says(claims -> claims.audience("another-client"));
        assertThat(problem(this::signIn).code()).isEqualTo("login.token-invalid");
    }

    @Test
    @SecurityStatement(46)
    void a_token_of_another_issuer_is_refused() {
        provider.says(claims -> claims.issuer("https://evil.example"));
        assertThat(problem(this::signIn).code()).isEqualTo("provider.issuer-changed");
    }

    @Test
    @SecurityStatement(46)
    void a_token_that_somebody_else_signed_is_refused() {
        depart(); // the keys are read
        provider.signsWithAnotherKey();
        assertThat(problem(this::signIn).code()).isEqualTo("login.token-invalid");
    }

    @Test
    @SecurityStatement(46)
    void a_code_is_good_once() {
        var departure = depart();
        var brought = provider.agree(departure.url());
        arrive(departure, brought);

        var again = problem(() -> arrive(departure, brought));

        assertThat(again.code()).isEqualTo("login.lost");
        assertThat(again.detail()).contains("Sign in again");
    }

    @Test
    @SecurityStatement(46)
    void a_code_that_somebody_else_was_given_is_of_no_use() {
        var theirs = depart();
        var stolen = new HashMap<>(provider.agree(theirs.url()));
        var ours = depart();
        stolen.put("state", ours.state());

        assertThat(problem(() -> arrive(ours, stolen)).code()).isEqualTo("login.lost");
    }

    @Test
    void clocks_may_differ_by_half_a_minute_and_not_by_five() {
        provider.says(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(30))));
        assertThat(signIn().name()).isEqualTo("ada");

        provider.says(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(300))));
        var early = problem(this::signIn);
        provider.says(
                claims ->
                        claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(300))));
        var late = problem(this::signIn);

        assertThat(List.of(early.code(), late.code())).containsOnly("login.clock");
        assertThat(late.detail()).contains("timedatectl");
    }

    @Test
    void a_provider_that_calls_itself_something_else_is_asked_no_further() {
        provider.callsItself("https://id.example.org/new");

        var refused = problem(this::depart);

        assertThat(refused.code()).isEqualTo("provider.issuer-changed");
        assertThat(refused.detail()).contains("https://id.example.org/new", provider.issuer());
        assertThat(problem(() -> openId.look(provider.settings())).code())
                .isEqualTo("provider.issuer-changed");
    }

    @Test
    void an_answer_in_another_issuers_name_is_refused() {
        var departure = depart();
        var brought = new HashMap<>(provider.agree(departure.url()));
        brought.put("iss", "https://evil.example");

        assertThat(problem(() -> arrive(departure, brought)).code())
                .isEqualTo("provider.issuer-changed");
    }

    @Test
    void an_address_counts_as_confirmed_only_by_the_providers_word() {
        provider.says(claims -> claims.claim("email_verified", false));
        assertThat(signIn().emailVerified()).isFalse();
        provider.says(claims -> claims.claim("email_verified", null));
        assertThat(signIn().emailVerified()).isFalse();
        provider.says(claims -> claims.claim("email", null).claim("email_verified", null));
        assertThat(signIn().email()).isNull();
    }

    @Test
    void more_groups_than_a_provider_says_are_known_to_be_more() {
        provider.says(claims -> claims.claim("_claim_names", Map.of("groups", "src1")));
        assertThat(signIn().groupsComplete()).isFalse();
    }

    @Test
    void a_secret_that_is_taken_no_more_is_said_so() {
        var departure = depart();
        var brought = provider.agree(departure.url());
        var wrong = Secret.presented("expired");

        var refused =
                problem(
                        () ->
                                openId.arrive(
                                        provider.settings(),
                                        wrong,
                                        CALLBACK,
                                        departure.kept(),
                                        brought));

        assertThat(refused.code()).isEqualTo("provider.credentials");
        assertThat(refused.detail()).doesNotContain("expired\"");
    }

    @Test
    void settings_are_checked_before_anybody_signs_in() {
        assertThat(openId.check(provider.settings(), FakeProvider.secret(), CALLBACK)).hasSize(3);
        var wrong = Secret.presented("wrong");
        assertThat(problem(() -> openId.check(provider.settings(), wrong, CALLBACK)).code())
                .isEqualTo("provider.credentials-wrong");
        assertThat(problem(() -> openId.check(provider.settings(), null, CALLBACK)).code())
                .isEqualTo("provider.secret-missing");
    }

    @Test
    void a_provider_that_is_not_there_or_says_nothing_ends_in_words() throws IOException {
        var settings = provider.settings();
        provider.close();
        assertThat(problem(() -> openId.look(settings)).code()).isEqualTo("provider.unreachable");
        assertThat(problem(this::depart).code()).isEqualTo("provider.unreachable");

        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var stalls =
                    new OpenIdSettings(
                            "http://127.0.0.1:" + silent.getLocalPort(),
                            "x",
                            List.of(),
                            "n",
                            "g",
                            false);
            long began = System.nanoTime();
            assertThat(problem(() -> openId.depart(stalls, FakeProvider.secret(), CALLBACK)).code())
                    .isEqualTo("provider.unreachable");
            assertThat((System.nanoTime() - began) / 1_000_000_000).isLessThan(20);
        }
    }
}
