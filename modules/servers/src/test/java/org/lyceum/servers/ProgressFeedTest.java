package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.SpawnEvent.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Goal: everybody who watches sees every step once, in order, up to the end. */
@Timeout(30)
class ProgressFeedTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ServerKey KEY = ServerKey.ofDefault(new CommunityId(1), new UserId(7));

    private final ProgressFeed feed = new ProgressFeed();

    @Test
    void who_comes_late_sees_all_steps_and_then_what_is_live() throws Exception {
        feed.begin(KEY);
        feed.publish(KEY, SpawnRunner.event(0, "a"));
        feed.publish(KEY, SpawnRunner.event(10, "b"));
        try (var watching = feed.events(KEY)) {
            var writer = Threads.start("w", () -> feed.publish(KEY, end()));
            var seen = new ArrayList<String>();
            SpawnEvent event;
            do {
                event = watching.next(LONG);
                seen.add(event.message());
            } while (!event.last());
            writer.join();

            assertThat(seen).isEqualTo(List.of("a", "b", "end"));
            assertThat(watching.next(NOW)).isNull();
        }
    }

    @Test
    void progress_never_goes_back() throws Exception {
        feed.begin(KEY);
        feed.publish(KEY, SpawnRunner.event(30, "a"));
        feed.publish(KEY, SpawnRunner.event(10, "b"));
        try (var watching = feed.events(KEY)) {
            watching.next(NOW);
            assertThat(watching.next(NOW).progress()).isEqualTo(30);
        }
    }

    @Test
    void nothing_follows_the_end_and_a_new_start_begins_anew() throws Exception {
        feed.begin(KEY);
        feed.publish(KEY, end());
        feed.publish(KEY, SpawnRunner.event(10, "too late"));
        try (var old = feed.events(KEY)) {
            assertThat(old.next(NOW).last()).isTrue();
            assertThat(old.next(NOW)).isNull();
        }
        feed.begin(KEY);
        feed.publish(KEY, SpawnRunner.event(0, "again"));
        try (var fresh = feed.events(KEY)) {
            assertThat(fresh.next(NOW).message()).isEqualTo("again");
        }
    }

    @Test
    void a_start_with_endless_steps_keeps_the_first_and_the_end() throws Exception {
        feed.begin(KEY);
        for (int i = 0; i < 1000; i++) {
            feed.publish(KEY, SpawnRunner.event(1, "step " + i));
        }
        feed.publish(KEY, end());
        try (var watching = feed.events(KEY)) {
            int count = 0;
            SpawnEvent event;
            do {
                event = watching.next(NOW);
                count++;
            } while (!event.last());
            assertThat(count).isEqualTo(301);
        }
    }

    @Test
    void waiting_for_the_end_ends_with_it_and_not_for_what_is_unknown() throws Exception {
        feed.awaitEnd(KEY, LONG);
        feed.begin(KEY);
        var waiting =
                Threads.start(
                        "w",
                        () -> {
                            try {
                                feed.awaitEnd(KEY, LONG);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        feed.publish(KEY, end());
        assertThat(waiting.join(LONG)).isTrue();
    }

    private static SpawnEvent end() {
        return new SpawnEvent(100, "end", null, Outcome.READY);
    }
}
