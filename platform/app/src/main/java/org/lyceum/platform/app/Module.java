package org.lyceum.platform.app;

/** A part of the process, and how it begins and ends. */
public interface Module extends AutoCloseable {

    /** Called once, in construction order, after every module exists. May do I/O. */
    default void start() {}

    /** Called once, in reverse order, also when a later module failed to start. */
    @Override
    default void close() {}
}
