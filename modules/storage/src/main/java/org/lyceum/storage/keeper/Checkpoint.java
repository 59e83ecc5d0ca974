package org.lyceum.storage.keeper;

/** Told between the steps of a command, so that a test can end the process there. */
@FunctionalInterface
interface Checkpoint {

    Checkpoint NONE = step -> {};

    void at(String step);
}
