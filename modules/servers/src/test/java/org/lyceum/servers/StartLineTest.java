package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.catalog.DeviceWish;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.Eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Goal: first come, first served, and never more than so many. */
@Timeout(60)
class StartLineTest {

    private static final StartLine.Room ROOM = (start, inside) -> Optional.empty();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void never_more_work_at_once_than_there_are_places() throws Exception {
        var line = new StartLine(2, ROOM);
        var working = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Threads.start(
                            "t",
                            () -> {
                                try (var place = line.enter(start(1), PATIENCE, told -> {})) {
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
    void while_starts_go_one_at_a_time_they_wait_for_each_other_and_nobody_is_sent_away()
            throws Exception {
        var entered = new AtomicInteger();
        var line =
                new StartLine(
                        2,
                        new StartLine.Room() {
                            @Override
                            public Optional<Shortage> shortage(
                                    Start start, Collection<Start> inside) {
                                return inside.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(Shortage.CALM);
                            }

                            @Override
                            public void entered() {
                                entered.incrementAndGet();
                            }
                        });
        var first = line.enter(start(1), PATIENCE, standing -> {});
        assertThat(line.shortage(start(2))).isEmpty();
        var second =
                Threads.start(
                        "second",
                        () -> {
                            try (var place = line.enter(start(2), PATIENCE, at -> told.add(2))) {
                                place.rest();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Eventually.holds("it is told why it waits", () -> !told.isEmpty());
        assertThat(entered).hasValue(1);

        first.close();
        second.join();
        assertThat(entered).hasValue(2);
    }

    @Test
    void those_who_wait_go_in_order_and_hear_how_many_are_ahead() throws Exception {
        var line = new StartLine(1, ROOM);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var first = line.enter(start(1), PATIENCE, told -> {});
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
        var line = new StartLine(1, ROOM);
        var first = line.enter(start(1), PATIENCE, told -> {});
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
        line.enter(start(1), PATIENCE, told -> {}).close();
    }

    @Test
    void nobody_waits_while_there_is_room() throws Exception {
        var line = new StartLine(2, ROOM);
        var done = new CountDownLatch(2);
        try (var one = line.enter(start(1), PATIENCE, now -> told.add(now.number()));
                var two = line.enter(start(1), PATIENCE, now -> told.add(now.number()))) {
            done.countDown();
            assertThat(one).isNotSameAs(two);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void communities_take_turns_however_many_one_of_them_brings() throws Exception {
        var line = new StartLine(1, ROOM);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var first = line.enter(start(1), PATIENCE, told -> {});
        var threads = new ArrayList<Thread>();
        for (int community : new int[] {1, 1, 1, 2, 3}) {
            var waits = new CountDownLatch(1);
            threads.add(
                    Threads.start(
                            "t",
                            () -> {
                                try (var place =
                                        line.enter(
                                                start(community),
                                                PATIENCE,
                                                told -> waits.countDown())) {
                                    assertThat(place).isNotNull();
                                    order.add(community);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
            waits.await();
        }
        first.close();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(2, 3, 1, 1, 1);
    }

    @Test
    void who_needs_more_than_there_is_waits_and_nobody_overtakes() throws Exception {
        var free = new AtomicInteger(1);
        StartLine.Room room =
                (start, inside) ->
                        inside.size() < free.get()
                                ? Optional.empty()
                                : Optional.of(Shortage.MEMORY);
        var line = new StartLine(4, room);
        var standings = Collections.synchronizedList(new ArrayList<Standing>());
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var inside = line.enter(start(1), PATIENCE, told -> {});
        inside.rest();
        var waiting =
                Threads.start(
                        "t",
                        () -> {
                            try (var place = line.enter(start(1), PATIENCE, standings::add)) {
                                assertThat(place).isNotNull();
                                order.add(1);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Eventually.holds(
                "hears why",
                () ->
                        standings.stream()
                                .anyMatch(
                                        now ->
                                                now.sentence()
                                                        .equals(
                                                                "You are number 1 in line: all"
                                                                    + " memory for servers is"
                                                                    + " promised. Yours starts as"
                                                                    + " soon as others end.")));
        assertThat(line.shortage(start(2))).contains(Shortage.MEMORY);
        assertThat(order).isEmpty();

        inside.close();
        waiting.join();

        assertThat(order).containsExactly(1);
    }

    @Test
    void a_wait_has_an_end() throws Exception {
        var line = new StartLine(1, (start, inside) -> Optional.of(Shortage.SERVERS));

        var problem =
                catchThrowableOfType(
                        Problem.class,
                        () -> line.enter(start(1), Duration.ofMillis(20), told -> {}));

        assertThat(problem.code()).isEqualTo("server.waited-too-long");
    }

    @Test
    void who_waits_for_a_device_lets_others_pass_but_none_of_its_own_kind() throws Exception {
        var free = new AtomicInteger(1);
        var line =
                new StartLine(
                        3,
                        new StartLine.Room() {
                            @Override
                            public Optional<Shortage> shortage(
                                    Start start, Collection<Start> inside) {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<List<String>> units(
                                    Start start, Collection<Start> inside) {
                                int wanted = start.device() == null ? 0 : start.device().count();
                                return wanted <= free.get()
                                        ? Optional.of(Collections.nCopies(wanted, "u"))
                                        : Optional.empty();
                            }
                        });
        var order = Collections.synchronizedList(new ArrayList<String>());
        var two = entering(line, "two", 2, order);
        Eventually.holds("the first waits", () -> order.contains("two waits as 1"));
        var one = entering(line, "one", 1, order);
        Eventually.holds("the second does too", () -> order.contains("one waits as 2"));
        entering(line, "none", 0, order).join();
        assertThat(order).containsExactly("two waits as 1", "one waits as 2", "none is in with 0");

        free.set(2);
        two.join();
        one.join();
        assertThat(order).contains("two is in with 2", "one is in with 1");
    }

    private static Thread entering(StartLine line, String name, int count, List<String> order) {
        var wish = count == 0 ? null : new DeviceWish("gpu", count);
        var start = new Start(7, new CommunityId(1), Bytes.gib(1), wish, List.of());
        return Threads.start(
                name,
                () -> {
                    try (var place =
                            line.enter(
                                    start,
                                    PATIENCE,
                                    now -> order.add(name + " waits as " + now.number()))) {
                        order.add(name + " is in with " + place.units().size());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void what_is_expected_is_learned_from_those_before() throws Exception {
        var line = new StartLine(1, ROOM);
        line.enter(start(1), PATIENCE, told -> {}).close();
        var first = line.enter(start(1), PATIENCE, told -> {});
        var standings = Collections.synchronizedList(new ArrayList<Standing>());
        var waiting =
                Threads.start(
                        "t",
                        () -> {
                            try {
                                line.enter(start(1), PATIENCE, standings::add).close();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Eventually.holds("is told", () -> !standings.isEmpty());
        first.close();
        waiting.join();

        assertThat(standings.getFirst().sentence())
                .matches("You are number 1 in line; your turn comes in about \\d+ s\\.");
    }

    private static Start start(int community) {
        return new Start(7, new CommunityId(community), Bytes.gib(1));
    }

    private void work(StartLine line, int number, List<Integer> order) {
        try (var place = line.enter(start(1), PATIENCE, now -> told.add(now.number()))) {
            assertThat(place).isNotNull();
            order.add(number);
        } catch (InterruptedException left) {
            // as the test wanted
        }
    }
}
