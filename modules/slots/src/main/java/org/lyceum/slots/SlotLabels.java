package org.lyceum.slots;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.docker.SignedLabels;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Map;

/** What is written on a slot's container: which slot it is. Never whose. */
final class SlotLabels {

    private static final String COMMUNITY = "org.lyceum.community";
    private static final String SLOT = "org.lyceum.slot";

    private final PlatformId platform;
    private final SignedLabels signed;

    SlotLabels(PlatformId platform, Secret key) {
        this.platform = platform;
        this.signed = new SignedLabels(platform, key, List.of(COMMUNITY, SLOT));
    }

    /** {@code lyceum-ab12cd-c1-slot7}. */
    String containerName(Slot slot) {
        return "lyceum-"
                + platform.shortId()
                + "-c"
                + slot.kind().community()
                + "-slot"
                + slot.id();
    }

    Map<String, String> of(Slot slot) {
        return signed.of(
                containerName(slot),
                Map.of(
                        COMMUNITY, slot.kind().community().toString(),
                        SLOT, Long.toString(slot.id())));
    }

    /** What finds all containers of this installation. */
    Map<String, String> ofPlatform() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform.value());
    }

    NetworkSpec network(CommunityId community) {
        return NetworkSpec.ofCommunity(platform, community);
    }

    /** Whether it says that it is a slot's; not yet whether that is true. */
    boolean isSlot(Container container) {
        return container.labels().containsKey(SLOT);
    }

    /** Whether we made it. */
    boolean genuine(Container container) {
        return isSlot(container) && signed.genuine(container);
    }

    /** The slot a genuine container was made for. */
    long slotOf(Container container) {
        return Long.parseLong(container.labels().getOrDefault(SLOT, "0"));
    }
}
