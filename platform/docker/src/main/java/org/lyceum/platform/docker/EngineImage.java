package org.lyceum.platform.docker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image as the engine lists it.
 *
 * @param id {@code sha256:…}
 * @param references what it is called; may be empty
 * @param parent the image that it was made on, if that is still there; else null
 * @param sizeBytes with all that it stands on
 */
public record EngineImage(
        String id,
        List<String> references,
        @Nullable String parent,
        long sizeBytes,
        Instant createdAt,
        Map<String, String> labels) {

    public EngineImage {
        references = List.copyOf(references);
        labels = Map.copyOf(labels);
    }
}
