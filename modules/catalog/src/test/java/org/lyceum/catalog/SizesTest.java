package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Bytes;

/** Goal: sizes divide the machine that is there, and patterns that never end do end. */
class SizesTest {

    @Test
    void sizes_grow_with_the_machine_and_are_what_people_say() {
        assertThat(SizeTable.of(Bytes.gib(57), 16))
                .extracting(row -> row.size().memory() + " " + row.size().milliCpus())
                .containsExactly(
                        "1.5 GiB 2000", "3 GiB 4000", "6 GiB 8000", "12 GiB 16000", "24 GiB 16000");
        assertThat(SizeTable.of(Bytes.gib(3), 2))
                .extracting(row -> row.size().memory() + " x" + row.fits())
                .containsExactly("768 MiB x4", "1.5 GiB x2");
        assertThat(SizeTable.of(Bytes.mib(600), 1)).singleElement();
        assertThat(SizeTable.of(new Bytes(0), 4)).isEmpty();
    }

    @Test
    void no_size_promises_more_than_there_is() {
        for (int gib = 1; gib < 300; gib++) {
            var capacity = Bytes.gib(gib);
            for (var row : SizeTable.of(capacity, 8)) {
                assertThat(row.fits() * row.size().promised().value())
                        .isLessThanOrEqualTo(capacity.value());
                assertThat(row.size().overcommitted()).isFalse();
            }
        }
    }

    @Test
    void a_pattern_that_takes_forever_matches_nothing() {
        var slow = ImagePattern.of("(a+)+b");

        assertThat(slow.matches("a".repeat(60))).isFalse();
        assertThat(slow.matches("aab")).isTrue();
        assertThat(ImagePattern.of("(.|x)*y").matches("x".repeat(250))).isFalse();
    }
}
