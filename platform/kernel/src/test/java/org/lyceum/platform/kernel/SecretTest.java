package org.lyceum.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void a_secret_does_not_print_itself() {
        var secret = Secret.random();
        assertThat("token: " + secret).doesNotContain(secret.reveal());
    }

    @Test
    void two_secrets_differ_and_are_as_long_as_jupyterhubs_tokens() {
        assertThat(Secret.random().reveal())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(Secret.random().reveal());
    }

    @Test
    void the_hash_of_the_same_text_is_the_same() {
        assertThat(Secret.presented("abc").hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void a_signature_depends_on_key_and_text() {
        var key = Secret.random();
        assertThat(key.sign("a")).isEqualTo(key.sign("a")).isNotEqualTo(key.sign("b"));
        assertThat(Secret.random().sign("a")).isNotEqualTo(key.sign("a"));
    }
}
