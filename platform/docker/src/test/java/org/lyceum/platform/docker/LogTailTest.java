package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class LogTailTest {

    @Test
    void only_the_end_is_kept_however_much_comes() {
        var tail = new LogTail(10);
        for (int i = 0; i < 1000; i++) {
            tail.add((i + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(tail.lines()).containsExactly("7", "998", "999");
    }
}
