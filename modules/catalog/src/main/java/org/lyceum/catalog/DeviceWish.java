package org.lyceum.catalog;

/**
 * Devices that a server is to have for itself, or shares with others.
 *
 * @param kind as {@code [devices.KIND]} names it
 * @param count how many units; 0 in a choice takes away what the profile asks for
 */
public record DeviceWish(String kind, int count) {}
