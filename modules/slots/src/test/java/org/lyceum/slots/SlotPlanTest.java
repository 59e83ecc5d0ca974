package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/** Goal: what waits stays within its memory, and no community takes all of it. */
class SlotPlanTest {

    private static final ContainerSpec.Limits SMALL =
            new ContainerSpec.Limits(Bytes.gib(1), 1000, 100, Bytes.mib(64));

    private static final ContainerSpec.Limits LARGE =
            new ContainerSpec.Limits(Bytes.gib(4), 2000, 100, Bytes.mib(64));

    @Test
    void what_is_wanted_is_given_while_there_is_room() {
        var shares = SlotPlan.shares(List.of(want(1, 3), want(2, 1)), Bytes.gib(1), 100);

        assertThat(shares.get(kind(1)).count()).isEqualTo(3);
        assertThat(shares.get(kind(2)).count()).isEqualTo(1);
    }

    @Test
    void memory_bounds_all_together_and_is_shared_evenly() {
        var shares = SlotPlan.shares(List.of(want(1, 50), want(2, 2)), Bytes.mib(500), 100);

        assertThat(shares.get(kind(2)).count()).isEqualTo(2);
        assertThat(shares.get(kind(1)).count()).isEqualTo(3);
    }

    @Test
    void the_number_is_bounded_too() {
        assertThat(SlotPlan.shares(List.of(want(1, 50)), Bytes.gib(100), 7).get(kind(1)).count())
                .isEqualTo(7);
    }

    @Test
    void nothing_is_given_that_does_not_fit_at_all() {
        assertThat(SlotPlan.shares(List.of(want(1, 1)), Bytes.mib(99), 7).get(kind(1)).count())
                .isZero();
    }

    @Test
    void of_two_reasons_for_one_kind_the_larger_counts_and_the_first_decides_the_size() {
        var large = new SlotPlan.Want(kind(1), LARGE, 1, Bytes.mib(100));
        var shares = SlotPlan.shares(List.of(large, want(1, 4)), Bytes.gib(1), 100);

        assertThat(shares.get(kind(1))).isEqualTo(new SlotPlan.Share(LARGE, 4));
    }

    @Test
    void a_kind_nobody_wants_is_not_in_it() {
        assertThat(SlotPlan.shares(List.of(want(1, 0)), Bytes.gib(1), 100)).isEmpty();
    }

    private static SlotKind kind(long community) {
        return new SlotKind(new CommunityId(community), "sha256:1", List.of("program"));
    }

    private static SlotPlan.Want want(long community, int count) {
        return new SlotPlan.Want(kind(community), SMALL, count, Bytes.mib(100));
    }
}
