package org.lyceum.health;

/** What a check is about; a heading of the panel's page. */
public enum Area {
    MACHINE,
    ENGINE,
    STORAGE,
    SIGN_IN,
    WORK
}
