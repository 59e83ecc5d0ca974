package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.testing.Eventually;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Goal: first come, first served, and never more than so many. */
@Timeout(60)
class StartLineTest {

    private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void never_more_work_at_once_than_there_are_places() throws Exception {
        var line = new StartLine(2);
        var working = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Threads.start(
                            "t",
                            () -> {
                                try (var place = line.enter(ahead -> {})) {
                                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    working.decrementAndGet();
                                    place.close(); // giving back twice must not make a second place
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void those_who_wait_go_in_order_and_hear_how_many_are_ahead() throws Exception {
        var line = new StartLine(1);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var first = line.enter(ahead -> {});
        var threads = new ArrayList<Thread>();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            threads.add(Threads.start("t", () -> work(line, number, order)));
            Eventually.holds("is in line", () -> told.contains(number));
        }
        first.close();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(1, 2, 3);
        assertThat(told).startsWith(1, 2, 3).contains(2, 1);
    }

    @Test
    void who_leaves_the_line_lets_the_others_through() throws Exception {
        var line = new StartLine(1);
        var first = line.enter(ahead -> {});
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var leaving = Threads.start("t", () -> work(line, 1, order));
        Eventually.holds("is in line", () -> told.contains(1));
        var staying = Threads.start("t", () -> work(line, 2, order));
        Eventually.holds("is in line", () -> told.contains(2));

        leaving.interrupt();
        leaving.join();
        first.close();
        staying.join();

        assertThat(order).containsExactly(2);
        line.enter(ahead -> {}).close();
    }

    @Test
    void nobody_waits_while_there_is_room() throws Exception {
        var line = new StartLine(2);
        var done = new CountDownLatch(2);
        try (var one = line.enter(told::add);
                var two = line.enter(told::add)) {
            done.countDown();
            assertThat(one).isNotSameAs(two);
        }
        assertThat(told).isEmpty();
    }

    private void work(StartLine line, int number, List<Integer> order) {
        try (var place = line.enter(told::add)) {
            assertThat(place).isNotNull();
            order.add(number);
        } catch (InterruptedException left) {
            // as the test wanted
        }
    }
}
