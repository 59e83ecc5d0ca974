package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;

/** Goal: names are escaped as contract §1.4 says, below any base. */
class HubUrlsTest {

    private final HubUrls urls = new HubUrls("/pre/");

    @ContractRow({10, 56})
    @Test
    void names_are_escaped_in_addresses() {
        assertThat(urls.server("a@b.c", "")).isEqualTo("/pre/user/a@b.c/");
        assertThat(urls.server("o'brien", "my srv")).isEqualTo("/pre/user/o%27brien/my%20srv/");
        assertThat(urls.progress("é", "")).isEqualTo("/pre/hub/api/users/%C3%A9/server/progress");
        assertThat(urls.progress("pct%41", "x"))
                .isEqualTo("/pre/hub/api/users/pct%2541/servers/x/progress");
        assertThat(urls.spawn("alice", "")).isEqualTo("/pre/hub/spawn/alice");
    }

    @ContractRow({10, 56})
    @Test
    void what_comes_next_is_one_query_value() {
        assertThat(urls.loginThen("/pre/hub/home?a=b&c=%20"))
                .isEqualTo("/pre/hub/login?next=%2Fpre%2Fhub%2Fhome%3Fa%3Db%26c%3D%2520");
    }
}
