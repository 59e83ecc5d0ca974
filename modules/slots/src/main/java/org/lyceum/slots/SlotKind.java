package org.lyceum.slots;

import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * What makes one slot as good as another: the community, whose network it is in, the image and the
 * program. Sizes differ and can be changed while it waits.
 */
public record SlotKind(CommunityId community, String imageId, List<String> command) {

    public SlotKind {
        command = List.copyOf(command);
    }
}
