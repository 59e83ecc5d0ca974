package org.lyceum.platform.docker;

/**
 * A network of containers.
 *
 * @param gateway the host's own address on it: where containers reach the hub
 * @param subnet in CIDR notation
 */
public record Network(String id, String name, String gateway, String subnet) {}
