package org.lyceum.servers;

/** Where a server listens, as seen from this machine. */
public record ServerAddress(String host, int port) {}
