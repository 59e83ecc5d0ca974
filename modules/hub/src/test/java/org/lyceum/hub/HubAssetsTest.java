package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.http.Response;

import java.nio.charset.StandardCharsets;

/** Goal: what may be cached for ever has its hash in its name. */
class HubAssetsTest {

    private final HubAssets assets = new HubAssets();

    @Test
    void a_hashed_name_is_cached_for_ever_and_a_plain_one_is_not() {
        var hashed = assets.find(assets.hashedName(HubAssets.STYLE)).orElseThrow();
        var plain = assets.find(HubAssets.STYLE).orElseThrow();

        assertThat(assets.hashedName(HubAssets.STYLE)).matches("hub\\.[0-9a-f]{8}\\.css");
        assertThat(hashed.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(plain.header("Cache-Control")).contains("no-cache");
    }

    @Test
    void nothing_else_is_found() {
        assertThat(assets.find("../HubAssets.class")).isEmpty();
        assertThat(assets.find("hub.00000000.css")).isEmpty();
        assertThat(assets.find("")).isEmpty();
    }

    @Test
    void the_script_never_writes_markup_from_texts() {
        var script = assets.find(HubAssets.SCRIPT).orElseThrow();
        var text =
                new String(((Response.Body.Whole) script.body()).bytes(), StandardCharsets.UTF_8);

        assertThat(text).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
    }
}
