package org.lyceum.storage;

/** Whom a rule about limits is for, from the widest to the nearest. */
public enum LimitScope {
    /** Built in. */
    PLATFORM,
    COMMUNITY,
    /** Members of the group, and the group's own folder. */
    GROUP,
    USER,
    FOLDER
}
