package org.lyceum.platform.observe;

/** From which line on the log is written. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
