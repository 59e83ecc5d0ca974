package org.lyceum.hub;

/** What the home page shows besides a person's own servers. */
record HomeCards(
        HomeStorage storage, SharedServers shared, ServiceLinks services, PullWords pulls) {}
