package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.KeptImage;

import java.time.Instant;
import java.util.List;

/**
 * An image that the platform has built or fetched.
 *
 * @param reference what it is called
 * @param parent the image that it was made on, if that is still there; else null
 * @param ownBytes what it takes beyond the image that it was made on
 * @param pulled whether it came from a registry
 * @param uses which environments need it
 * @param stoodOn whether an image that is needed was made on it
 */
public record StockImage(
        String id,
        String reference,
        @Nullable String parent,
        long ownBytes,
        Instant createdAt,
        boolean pulled,
        List<KeptImage> uses,
        boolean stoodOn) {

    public StockImage {
        uses = List.copyOf(uses);
    }

    /** Whether nothing needs it, so that it goes when room is wanted. */
    public boolean spare() {
        return uses.isEmpty() && !stoodOn;
    }
}
