package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.login.FactorRule;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Goal: a password alone opens nothing of whoever has a second factor, or must have one. Method:
 * through the pages, with an authenticator written for the test from RFC 6238.
 */
class SecondFactorApiTest {

    private static final String STEP = "/hub/second-step";
    private static final String OWN = "/hub/second-factor";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private String key = "";

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private String code() {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decoded(key), "HmacSHA1"));
            long step = temp.clock().instant().getEpochSecond() / 30;
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] decoded(String base32) {
        var bits = new StringBuilder();
        for (int at = 0; at < base32.length(); at++) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(at));
            bits.append(Integer.toBinaryString(32 + value).substring(1));
        }
        var bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    private static String found(Response page, String pattern) {
        var text = HubScenario.text(page);
        var match = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(match.find()).as(text).isTrue();
        return match.group(1);
    }

    private void readKey(Response page) {
        key = found(page, "id=\"factor-key\">([A-Z2-7 ]+)<").replace(" ", "");
    }

    private Client withPassword(User user) {
        var browser = scenario.client();
        browser.get("/hub/login");
        browser.form(
                "/hub/login?next=%2Fhub%2Ftoken",
                "username", user.name(), "password", HubScenario.PASSWORD, "_xsrf", browser.xsrf());
        return browser;
    }

    private static Response type(Client browser, String code) {
        browser.get(STEP);
        return browser.form(STEP, "code", code, "_xsrf", browser.xsrf());
    }

    private Response confirm(Client browser, String password) {
        return browser.form(
                OWN + "/set-up", "current", password, "code", code(), "_xsrf", browser.xsrf());
    }

    /** The user has an authenticator from now on; the answer are its recovery codes. */
    private List<String> setUp(User user) {
        var browser = scenario.signedIn(user);
        readKey(browser.get(OWN));
        var page = confirm(browser, HubScenario.PASSWORD);
        assertThat(page.status()).isEqualTo(200);
        temp.clock().advance(Duration.ofSeconds(30));
        return found(page, "id=\"recovery-codes\">([^<]+)<").lines().toList();
    }

    private static boolean in(Client browser) {
        return browser.get("/hub/home").status() == 200;
    }

    @Test
    @SecurityStatement(44)
    void after_the_password_there_is_no_session_before_the_code() {
        setUp(ada);

        var browser = withPassword(ada);

        assertThat(browser.cookie("jupyterhub-hub-login")).isEmpty();
        assertThat(browser.cookie("lyceum-session")).isEmpty();
        assertThat(in(browser)).isFalse();
        assertThat(type(browser, "000000").status()).isEqualTo(403);
        assertThat(in(browser)).isFalse();
        var done = type(browser, code());
        assertThat(done.status()).isEqualTo(302);
        assertThat(done.header("Location")).contains("/hub/token");
        assertThat(in(browser)).isTrue();
        assertThat(browser.cookie("lyceum-half")).isEmpty();
        assertThat(type(withPassword(ada), code()).status())
                .as("a code seen before")
                .isEqualTo(403);
    }

    @Test
    void the_page_of_the_second_step_is_bound_to_the_browser_and_the_form() {
        setUp(ada);
        var browser = withPassword(ada);
        browser.get(STEP);

        assertThat(browser.form(STEP, "code", code(), "_xsrf", "0").status()).isEqualTo(403);
        var stranger = scenario.client();
        assertThat(stranger.get(STEP).header("Location")).contains("/hub/login");
        assertThat(type(stranger, code()).header("Location")).contains("/hub/login");
        stranger.set("lyceum-half", browser.cookie("lyceum-half"), "/user/");
        assertThat(in(stranger)).isFalse();
        temp.clock().advance(Duration.ofMinutes(10));
        assertThat(browser.get(STEP).header("Location")).contains("/hub/login");
    }

    @Test
    void five_wrong_codes_lead_back_to_the_password() {
        setUp(ada);
        var browser = withPassword(ada);
        for (int i = 0; i < 4; i++) {
            assertThat(HubScenario.text(type(browser, "12345" + i))).contains("role=\"alert\"");
        }

        assertThat(HubScenario.text(type(browser, "123459"))).contains("Begin again");
        assertThat(type(browser, code()).header("Location")).contains("/hub/login");
    }

    @Test
    void a_recovery_code_lets_in_once() {
        var codes = setUp(ada);

        assertThat(codes).hasSize(10);
        assertThat(type(withPassword(ada), codes.get(2)).status()).isEqualTo(302);
        assertThat(type(withPassword(ada), codes.get(2)).status()).isEqualTo(403);
        var browser = withPassword(ada);
        type(browser, codes.get(3));
        assertThat(HubScenario.text(browser.get("/hub/password"))).contains("8 recovery codes");
    }

    @Test
    void setting_it_up_wants_the_password_and_shows_the_key_as_a_picture_too() {
        var browser = scenario.signedIn(ada);
        var page = browser.get(OWN);
        readKey(page);

        var without = confirm(browser, "not it");

        assertThat(HubScenario.text(page)).contains("<svg class=\"qr\" role=\"img\"");
        assertThat(page.header("Content-Security-Policy").orElse("")).doesNotContain("unsafe");
        assertThat(without.status()).isEqualTo(400);
        assertThat(HubScenario.text(without)).contains("The password is not right");
        assertThat(in(withPassword(ada))).isTrue();
        assertThat(confirm(browser, HubScenario.PASSWORD).status()).isEqualTo(200);
        assertThat(in(withPassword(ada))).isFalse();
    }

    @Test
    void new_codes_and_removing_it_want_a_code() {
        var codes = setUp(ada);
        var browser = withPassword(ada);
        type(browser, code());

        var wrong = change(browser, "remove", "000000");
        var renewed = change(browser, "codes", codes.get(0));
        var removed = change(browser, "remove", codes.get(1));
        temp.clock().advance(Duration.ofSeconds(30));
        var gone = change(browser, "remove", code());

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(found(renewed, "id=\"recovery-codes\">([^<]+)<")).doesNotContain(codes.get(1));
        assertThat(removed.status()).as("a code of before").isEqualTo(400);
        assertThat(gone.status()).isEqualTo(303);
        assertThat(in(withPassword(ada))).isTrue();
    }

    private static Response change(Client browser, String what, String code) {
        browser.get(OWN);
        return browser.form(OWN, "do", what, "code", code, "_xsrf", browser.xsrf());
    }

    @Test
    void a_password_alone_gets_no_token_either() {
        setUp(ada);
        var body =
                "{\"auth\": {\"username\": \"ada\", \"password\": \"%s\"}}"
                        .formatted(HubScenario.PASSWORD);

        var answer = scenario.client().post("/hub/api/users/ada/tokens", body);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(HubScenario.text(answer)).contains("second factor");
    }

    @Test
    void a_link_for_a_new_password_is_no_way_round_it_and_ends_what_waits() {
        setUp(ada);
        var waiting = withPassword(ada);
        var link = scenario.identity.passwordLinks().make(HubScenario.ACTOR, ada.id());
        var browser = scenario.client();
        var word = "eight blue kettles";

        var chosen =
                browser.form(
                        "/hub/password-link",
                        "key",
                        link.secret().reveal(),
                        "password",
                        word,
                        "again",
                        word);

        assertThat(chosen.header("Location")).contains(STEP);
        assertThat(in(browser)).isFalse();
        assertThat(waiting.get(STEP).header("Location")).contains("/hub/login");
        assertThat(type(browser, code()).status()).isEqualTo(302);
        assertThat(in(browser)).isTrue();
    }

    @Test
    @SecurityStatement(44)
    void who_must_have_one_sets_it_up_before_there_is_a_session() {
        var root = scenario.admin("root");
        setUp(root);
        scenario.login.factors().change(root, new FactorRule(true, false, 0));
        var eve = scenario.admin("eve");

        var browser = withPassword(eve);
        var page = browser.get(STEP);
        readKey(page);

        assertThat(HubScenario.text(page)).contains("Your role wants a second factor");
        assertThat(in(browser)).isFalse();
        assertThat(type(browser, "000000").status()).isEqualTo(400);
        assertThat(in(browser)).isFalse();
        var codes = type(browser, code());
        assertThat(HubScenario.text(codes)).contains("Keep your recovery codes", "/hub/token");
        assertThat(in(browser)).isTrue();
        assertThat(in(withPassword(eve))).isFalse();
        assertThat(in(withPassword(ada))).isTrue();
    }

    @Test
    void the_set_up_link_is_a_way_in_when_every_administrator_has_lost_theirs() {
        var root = scenario.admin("root");
        setUp(root);
        scenario.login.factors().change(root, new FactorRule(true, false, 0));
        var link = HubModule.setupUrl(scenario.identity.setup().newLink());
        var browser = scenario.client();
        var word = HubScenario.PASSWORD;

        browser.form(
                "/setup",
                "token",
                link.substring(link.indexOf('=') + 1),
                "username",
                "rescue",
                "password",
                word,
                "again",
                word);
        readKey(browser.get(STEP));
        type(browser, code());

        assertThat(in(browser)).isTrue();
        var rescue = scenario.identity.users().findByName("rescue").orElseThrow();
        scenario.login.factors().takeAway(rescue, root.id(), "telephone lost");
        var helped = withPassword(root);
        readKey(helped.get(STEP));
        assertThat(HubScenario.text(type(helped, code())))
                .contains("Keep your recovery codes", "telephone lost");
        assertThat(in(helped)).isTrue();
    }

    @Test
    void who_was_helped_is_told_at_the_next_sign_in() {
        setUp(ada);
        var root = scenario.admin("root");
        scenario.login.factors().takeAway(root, ada.id(), "lost <in the> lake");

        var browser = scenario.client();
        browser.get("/hub/login");
        var told =
                browser.form(
                        "/hub/login",
                        "username",
                        "ada",
                        "password",
                        HubScenario.PASSWORD,
                        "_xsrf",
                        browser.xsrf());

        assertThat(HubScenario.text(told))
                .contains("second factor was removed", "lost &lt;in the&gt; lake", "/hub/home");
        assertThat(in(browser)).isTrue();
        assertThat(in(scenario.signedIn(ada))).isTrue();
    }
}
