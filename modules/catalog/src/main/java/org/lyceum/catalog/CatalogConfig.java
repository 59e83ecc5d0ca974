package org.lyceum.catalog;

/**
 * What the operator decides of all that can be picked.
 *
 * @param defaultImage reference of what the first environment of every community runs
 */
public record CatalogConfig(String defaultImage, DeviceKinds devices, RuntimesConfig runtimes) {

    /** For a machine without devices. */
    public static CatalogConfig of(String defaultImage) {
        return new CatalogConfig(defaultImage, DeviceKinds.NONE, RuntimesConfig.defaults());
    }
}
