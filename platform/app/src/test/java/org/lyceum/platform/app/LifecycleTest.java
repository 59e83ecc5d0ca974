package org.lyceum.platform.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class LifecycleTest {

    private final List<String> seen = new ArrayList<>();

    @Test
    void modules_start_in_order_and_close_in_reverse() {
        try (var lifecycle = new Lifecycle(List.of(new Part("a", "", ""), new Part("b", "", "")))) {
            lifecycle.start();
        }
        assertThat(seen).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void a_module_that_fails_to_start_is_closed_with_those_before_it() {
        var lifecycle =
                new Lifecycle(
                        List.of(
                                new Part("a", "", ""),
                                new Part("b", "start", ""),
                                new Part("c", "", "")));
        assertThatThrownBy(lifecycle::start).hasMessage("start b");
        assertThat(seen).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void one_failure_to_close_keeps_none_of_the_others_open() {
        var lifecycle =
                new Lifecycle(List.of(new Part("a", "", "close"), new Part("b", "", "close")));
        lifecycle.start();
        assertThatThrownBy(lifecycle::close)
                .hasMessage("close b")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(seen).endsWith("close b", "close a");
    }

    private final class Part implements Module {
        private final String name;
        private final String failStart;
        private final String failClose;

        Part(String name, String failStart, String failClose) {
            this.name = name;
            this.failStart = failStart;
            this.failClose = failClose;
        }

        @Override
        public void start() {
            note("start", failStart);
        }

        @Override
        public void close() {
            note("close", failClose);
        }

        private void note(String what, String fail) {
            seen.add(what + " " + name);
            if (fail.equals(what)) {
                throw new IllegalStateException(what + " " + name);
            }
        }
    }
}
