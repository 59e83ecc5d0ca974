package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

/** Goal: the codes are those of every authenticator. Method: the RFCs' own examples. */
class TotpTest {

    private static final String KEY =
            Totp.base32("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** RFC 6238, appendix B, SHA-1; of its eight digits the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void a_code_is_that_of_the_standard(long seconds, String code) {
        assertThat(Totp.code(KEY, seconds / Totp.STEP_SECONDS)).isEqualTo(code);
    }

    /** RFC 4648 §10, without padding. */
    @Test
    void a_key_is_written_as_the_standard_writes_it() {
        assertThat(Totp.base32("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
        assertThat(KEY).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.newKey()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newKey());
    }
}
