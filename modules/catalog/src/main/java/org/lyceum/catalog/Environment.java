package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * A curated image and how to run it.
 *
 * @param imageReference what the administrator wrote
 * @param imageId what it resolved to; null while the image is not on this machine
 */
public record Environment(
        long id,
        CommunityId community,
        String name,
        String title,
        String imageReference,
        @Nullable String imageId,
        List<String> command,
        String defaultUrl) {

    public Environment {
        command = List.copyOf(command);
    }
}
