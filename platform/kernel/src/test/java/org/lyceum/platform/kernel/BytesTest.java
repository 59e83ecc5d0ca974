package org.lyceum.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void a_written_size_is_read_with_its_unit() {
        assertThat(Bytes.parse("2GiB")).isEqualTo(Bytes.gib(2));
        assertThat(Bytes.parse("512 MiB")).isEqualTo(Bytes.mib(512));
        assertThat(Bytes.parse("17").value()).isEqualTo(17);
    }

    @Test
    void a_unit_that_could_mean_two_things_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bytes.parse("2GB"))
                .withMessageContaining("2GiB");
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.parse("-1"));
    }

    @Test
    void a_size_is_shown_with_its_largest_unit() {
        assertThat(Bytes.mib(1536)).hasToString("1.5 GiB");
        assertThat(new Bytes(1023)).hasToString("1023 B");
    }
}
