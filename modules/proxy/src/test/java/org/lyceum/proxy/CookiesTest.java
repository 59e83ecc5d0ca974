package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.Map;

/** Goal: which cookies pass, by spelling. That they really cross is shown in ProxyHandlerTest. */
class CookiesTest {

    private final Cookies cookies = new Cookies(ProxyConfig.defaults());
    private final Target target =
            new Target(new Route("/user/a@b.é/", "127.0.0.1", 8888, Map.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1|a=1",
                "a=1;b=2|a=1;b=2",
                "jupyterhub-hub-login=x|",
                "a=1; jupyterhub-hub-login=x|a=1",
                "jupyterhub-hub-login=\"x\"; a=1|a=1",
                "a=1;lyceum-session=x;b=2|a=1; b=2",
                "__Host-lyceum-session=x;a=1|a=1",
                "__Host-jupyterhub-hub-login=x; __Host-jupyterhub-hub-login-c7=y; a=1|a=1",
                " lyceum-session = x ; a=1|a=1",
                "lyceum-session|",
                "a=lyceum-session|a=lyceum-session",
                "lyceum-sessions=1; xlyceum-session=2|lyceum-sessions=1; xlyceum-session=2",
                "jupyterhub-session-id=1; _xsrf=2; jupyterhub-user-a%40b=3|jupyterhub-session-id=1;"
                        + " _xsrf=2; jupyterhub-user-a%40b=3",
            })
    @SecurityStatement(33)
    void the_hubs_cookies_are_taken_out_and_nothing_else(String sent, String seen) {
        assertThat(cookies.forServer(sent)).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1",
                "a=1; Path=/",
                "a=1; Path=/user",
                "a=1; path=/user/",
                "_xsrf=2|x; Path=/",
                "jupyterhub-user-a%40b=1; Path=/user/a@b.%C3%A9/; HttpOnly",
                "a=1; Path=/user/a%40b.%c3%a9/deep; Max-Age=600",
                "a=1; Path=",
                "a=1; Path=relative",
                "a=domain; Path=/user/a@b.%C3%A9",
                "a; Secure",
                "a=1;",
            })
    void other_cookies_pass(String header) {
        assertThat(cookies.mayPass(header, target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1; Domain=example.org",
                "a=1; domain = .example.org; Path=/",
                "a=1;DOMAIN=",
                "jupyterhub-hub-login=1; Path=/",
                " jupyterhub-session-id = 1",
                "lyceum-session=1",
                "__Host-lyceum-session=1; Secure; Path=/",
                "__Host-jupyterhub-hub-login-c7=1; Secure; Path=/",
                "_xsrf=1; Path=/hub/",
                "a=1; Path=/hub",
                "a=1; path=/user/bob/",
                "a=1; Path=/user/a@b.%C3%A9x/",
                "a=1; Path=/%68ub/",
                "a=1; Path=/user/a@b.%C3%A9/../../hub/",
                "a=1; Path=/%zz",
                "a=1; Path=/user/a",
            })
    @SecurityStatement(33)
    void no_cookie_for_the_hub_another_server_or_the_domain_passes(String header) {
        assertThat(cookies.mayPass(header, target)).isFalse();
    }
}
