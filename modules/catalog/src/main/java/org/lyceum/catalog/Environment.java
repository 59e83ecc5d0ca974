package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * A curated image and how to run it.
 *
 * @param imageReference what the administrator wrote
 * @param imageId what it resolved to; null while the image is not on this machine
 * @param web how it is served; null for a Jupyter server
 * @param proven whether somebody's start of the image has worked
 * @param version counts edits
 */
public record Environment(
        long id,
        CommunityId community,
        String name,
        String title,
        String imageReference,
        @Nullable String imageId,
        List<String> command,
        String defaultUrl,
        @Nullable WebApplication web,
        boolean proven,
        long version) {

    public Environment {
        command = List.copyOf(command);
    }

    /** Whether it is the one that follows the platform's own setting. */
    public boolean ofPlatform() {
        return name.equals(CatalogService.FIRST);
    }

    /** What an administrator decides about it. */
    public Draft draft() {
        return new Draft(name, title, imageReference, command, defaultUrl, web);
    }

    /** An environment that is to be, or that one is to become. */
    public record Draft(
            String name,
            String title,
            String imageReference,
            List<String> command,
            String defaultUrl,
            @Nullable WebApplication web) {

        public Draft {
            command = List.copyOf(command);
        }
    }
}
