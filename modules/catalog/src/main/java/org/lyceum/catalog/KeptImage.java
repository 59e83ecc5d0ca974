package org.lyceum.catalog;

/**
 * An image that an environment needs.
 *
 * @param environment title of the environment
 */
public record KeptImage(String imageId, String environment, Use use) {

    /** What for. */
    public enum Use {
        /** People get it. */
        CURRENT,
        /** People get it when the current one is no good. */
        FALL_BACK,
        /** It is to be tried. */
        CANDIDATE
    }
}
