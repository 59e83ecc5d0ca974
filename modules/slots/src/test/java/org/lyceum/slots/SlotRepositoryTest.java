package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Goal: a slot is taken once, by one. Method: many take at once, on a real database file. */
class SlotRepositoryTest {

    private static final ContainerSpec.Limits LIMITS =
            new ContainerSpec.Limits(Bytes.gib(1), 1000, 100, Bytes.mib(1));

    private static final ContainerSpec.Limits OTHERS =
            new ContainerSpec.Limits(Bytes.gib(2), 1000, 100, Bytes.mib(1));

    private static final String SPAWN = "0123456789abcdef0123456789abcdef";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private SlotRepository slots;

    @BeforeEach
    void open() {
        slots = new SlotRepository(temp.database());
    }

    @Test
    @SecurityStatement(25)
    void of_two_hundred_starts_that_want_fifty_slots_fifty_get_one_each() throws Exception {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 50; i++) {
            ids.add(ready(1, LIMITS).id());
        }
        var got = Collections.synchronizedList(new ArrayList<Slot>());
        var threads = new ArrayList<Thread>();
        for (long server = 1; server <= 200; server++) {
            long number = server;
            threads.add(
                    Threads.start(
                            "start",
                            () ->
                                    slots.claim(wish(1, LIMITS), ids, number, SPAWN, now())
                                            .ifPresent(got::add)));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(got).hasSize(50);
        assertThat(new HashSet<>(got.stream().map(Slot::id).toList())).hasSize(50);
        assertThat(new HashSet<>(got.stream().map(Slot::serverId).toList())).hasSize(50);
        assertThat(slots.claim(wish(1, LIMITS), ids, 999, SPAWN, now())).isEmpty();
    }

    @Test
    void a_server_can_not_have_two() {
        var first = ready(1, LIMITS);
        var second = ready(1, LIMITS);
        var both = List.of(first.id(), second.id());
        assertThat(slots.claim(wish(1, LIMITS), both, 7, SPAWN, now())).isPresent();

        assertThatThrownBy(() -> slots.claim(wish(1, LIMITS), both, 7, SPAWN, now()))
                .hasMessageContaining("UNIQUE");
        assertThat(slots.all())
                .extracting(Slot::state)
                .containsExactly(Slot.State.CLAIMED, Slot.State.READY);
    }

    @Test
    void only_its_own_kind_is_taken_and_only_what_is_known_to_wait() {
        var theirs = ready(2, LIMITS);
        var deaf = ready(1, LIMITS);

        assertThat(slots.claim(wish(1, LIMITS), List.of(theirs.id()), 7, SPAWN, now())).isEmpty();
        assertThat(slots.claim(wish(1, LIMITS), List.of(), 7, SPAWN, now())).isEmpty();
        assertThat(slots.claim(wish(1, LIMITS), List.of(deaf.id()), 7, SPAWN, now()))
                .map(Slot::id)
                .contains(deaf.id());
    }

    @Test
    void one_of_the_right_size_is_preferred_to_an_older_one() {
        var older = ready(1, OTHERS);
        var fits = ready(1, LIMITS);
        var ids = List.of(older.id(), fits.id());

        assertThat(slots.claim(wish(1, LIMITS), ids, 7, SPAWN, now()).orElseThrow().id())
                .isEqualTo(fits.id());
        assertThat(slots.claim(wish(1, LIMITS), ids, 8, SPAWN, now()).orElseThrow().id())
                .isEqualTo(older.id());
    }

    @Test
    void what_ends_can_not_be_taken_and_what_is_taken_does_not_go_back() {
        var slot = ready(1, LIMITS);
        assertThat(slots.end(slot.id(), Slot.State.READY)).isTrue();
        assertThat(slots.claim(wish(1, LIMITS), List.of(slot.id()), 7, SPAWN, now())).isEmpty();
        slots.remove(slot.id());
        assertThat(slots.all()).isEmpty();

        var other = ready(1, LIMITS);
        slots.claim(wish(1, LIMITS), List.of(other.id()), 7, SPAWN, now()).orElseThrow();
        assertThat(slots.end(other.id(), Slot.State.READY, Slot.State.FILLING)).isFalse();
        assertThat(slots.ready(other.id(), now())).isFalse();
        slots.remove(other.id());
        assertThat(slots.ofServer(7)).map(Slot::state).contains(Slot.State.CLAIMED);
        assertThat(slots.end(other.id(), Slot.State.CLAIMED)).isTrue();
        assertThat(slots.ofServer(7)).isEmpty();
    }

    private Slot ready(long community, ContainerSpec.Limits limits) {
        var slot = slots.add(wish(community, limits), now());
        slots.place(slot.id(), new Slot.Place("c" + slot.id(), "172.20.0.2", "172.20.0.1"));
        assertThat(slots.ready(slot.id(), now())).isTrue();
        return slot;
    }

    private java.time.Instant now() {
        return temp.clock().instant();
    }

    private static SlotWish wish(long community, ContainerSpec.Limits limits) {
        return new SlotWish(
                new SlotKind(new CommunityId(community), "sha256:1", List.of("program")), limits);
    }
}
