package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: people recognise their browsers. Method: what real ones say of themselves. */
class SessionListTest {

    private static final String KIT = " AppleWebKit/605.1.15 (KHTML, like Gecko) ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0|Firefox on Linux",
                "(Windows NT 10.0; Win64)"
                        + KIT
                        + "Chrome/140.0 Safari/537 Edg/140|Edge on Windows",
                "(Linux; Android 15; K)" + KIT + "Chrome/140.0 Mobile Safari/537|Chrome on Android",
                "(iPhone; CPU iPhone OS 18_0 like Mac OS X)"
                        + KIT
                        + "Safari/604|Safari on an iPhone",
                "(Macintosh; Intel Mac OS X 10_15_7)"
                        + KIT
                        + "Version/18.0 Safari/605|Safari on a Mac",
                "curl/8.5.0|A browser"
            })
    void a_browser_is_called_what_people_call_it(String userAgent, String name) {
        assertThat(SessionList.browser("Mozilla/5.0 " + userAgent)).isEqualTo(name);
    }
}
