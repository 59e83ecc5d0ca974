package org.lyceum.slots;

import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many slots of each kind there should be: what is wanted, within what they may use together.
 * Pure.
 */
final class SlotPlan {

    /**
     * Why slots of a kind are wanted.
     *
     * @param each what one uses while it waits
     */
    record Want(SlotKind kind, ContainerSpec.Limits limits, int count, Bytes each) {}

    /** Slots of one kind: how many there should be, and of which size new ones are made. */
    record Share(ContainerSpec.Limits limits, int count) {}

    private SlotPlan() {}

    /**
     * Gives one slot after the other, to the community that has least by then, so that no community
     * is left out because another expects a crowd.
     *
     * @param wants of one kind, the largest counts; its limits are those of the first
     * @param memory all together
     * @param max all together
     */
    static Map<SlotKind, Share> shares(List<Want> wants, Bytes memory, int max) {
        var open = merged(wants);
        var given = new LinkedHashMap<SlotKind, Integer>();
        var perCommunity = new HashMap<CommunityId, Integer>();
        long left = memory.value();
        int made = 0;
        while (made < max && !open.isEmpty()) {
            var next =
                    open.stream()
                            .min(
                                    Comparator.comparingInt(
                                            want ->
                                                    perCommunity.getOrDefault(
                                                            want.kind().community(), 0)))
                            .orElseThrow();
            if (next.each().value() > left) {
                open.remove(next);
                continue;
            }
            made++;
            left -= next.each().value();
            perCommunity.merge(next.kind().community(), 1, Integer::sum);
            if (given.merge(next.kind(), 1, Integer::sum) >= next.count()) {
                open.remove(next);
            }
        }
        var shares = new LinkedHashMap<SlotKind, Share>();
        for (var want : merged(wants)) {
            int count = given.getOrDefault(want.kind(), 0);
            shares.put(want.kind(), new Share(want.limits(), count));
        }
        return shares;
    }

    private static List<Want> merged(List<Want> wants) {
        var byKind = new LinkedHashMap<SlotKind, Want>();
        for (var want : wants) {
            byKind.merge(
                    want.kind(),
                    want,
                    (one, other) ->
                            new Want(
                                    one.kind(),
                                    one.limits(),
                                    Math.max(one.count(), other.count()),
                                    one.each()));
        }
        var all = new ArrayList<>(byKind.values());
        all.removeIf(want -> want.count() == 0);
        return all;
    }
}
