package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

/**
 * What a choice decides of the server; what is null stays as the profile has it.
 *
 * @param environmentId another environment of the same community
 * @param device a count of 0 takes it away
 */
public record Change(
        @Nullable Long environmentId,
        @Nullable Bytes memory,
        @Nullable Bytes promised,
        @Nullable Integer milliCpus,
        @Nullable DeviceWish device) {

    /** One that leaves devices as they are. */
    public Change(
            @Nullable Long environmentId,
            @Nullable Bytes memory,
            @Nullable Bytes promised,
            @Nullable Integer milliCpus) {
        this(environmentId, memory, promised, milliCpus, null);
    }

    public static final Change NONE = new Change(null, null, null, null);
}
