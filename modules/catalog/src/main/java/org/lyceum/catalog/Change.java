package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

/**
 * What a choice decides of the server; what is null stays as the profile has it.
 *
 * @param environmentId another environment of the same community
 */
public record Change(
        @Nullable Long environmentId,
        @Nullable Bytes memory,
        @Nullable Bytes promised,
        @Nullable Integer milliCpus) {

    public static final Change NONE = new Change(null, null, null, null);
}
