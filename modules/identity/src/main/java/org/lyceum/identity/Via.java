package org.lyceum.identity;

/** What a caller showed at the door. */
public enum Via {
    COOKIE,
    TOKEN
}
