package org.lyceum.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.config.ConfigException;
import org.lyceum.platform.config.ConfigFile;

import java.util.Map;

/** Goal: what cannot work is said before anything is started. */
class CertificatesConfigTest {

    private static CertificatesConfig read(String... lines) {
        var file = ConfigFile.of(String.join("\n", lines), Map.of());
        var read = file.read("https", CertificatesConfig::from, CertificatesConfig.none());
        file.finish();
        return read;
    }

    @Test
    void without_a_setting_there_is_none() {
        assertThat(read().wanted()).isFalse();
    }

    @Test
    void an_authority_is_asked_for_the_names() {
        var config = read("https.certificate = \"acme\"", "https.names = [\"hub.example.org\"]");

        assertThat(config.wanted()).isTrue();
        assertThat(config.port()).isEqualTo(443);
        assertThat(config.acme()).isNotNull();
        assertThat(config.acme().directory()).hasHost("acme-v02.api.letsencrypt.org");
        assertThat(config.files()).isNull();
    }

    @Test
    void what_is_missing_is_named() {
        refused("https.names is empty", "https.certificate = \"acme\"");
        refused("https.certificate-file", "https.certificate = \"files\"");
        refused("none, files or acme", "https.certificate = \"magic\"");
        refused(
                "no host name",
                "https.certificate = \"acme\"",
                "https.names = [\"*.example.org\"]");
        refused("no host name", "https.certificate = \"acme\"", "https.names = [\"192.0.2.1\"]");
        refused("https.port", "https.port = 70000");
    }

    private static void refused(String words, String... lines) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(words);
    }
}
