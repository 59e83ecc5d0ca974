package org.lyceum.platform.http;

/** Which door a request came in by. */
public enum Listener {
    /** The address people and API clients use. */
    PUBLIC,
    /** The address that only containers on a community's network reach, for the hub API. */
    CONTAINERS
}
