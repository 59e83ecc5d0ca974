package org.lyceum.health;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Check}.
 *
 * @param words what is so, and what follows from it, in plain sentences
 * @param fix what to do about it; null when nothing need be done
 * @param command that does it, to be run on the machine as root; null when there is none
 */
public record Finding(Level level, String words, @Nullable String fix, @Nullable String command) {

    /** How bad it is, from best to worst. */
    public enum Level {
        WELL,
        /** It could not be found out. */
        UNKNOWN,
        /** It works, but less well or less safely than it could. */
        WARNING,
        /** Something does not work or is not safe. */
        FAULT
    }

    static Finding well(String words) {
        return new Finding(Level.WELL, words, null, null);
    }

    static Finding unknown(String words) {
        return new Finding(Level.UNKNOWN, words, null, null);
    }

    static Finding warning(String words, String fix, @Nullable String command) {
        return new Finding(Level.WARNING, words, fix, command);
    }

    static Finding fault(String words, String fix, @Nullable String command) {
        return new Finding(Level.FAULT, words, fix, command);
    }
}
