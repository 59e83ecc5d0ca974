package org.lyceum.catalog;

import java.util.Locale;

/** What servers of a profile reach. */
public enum NetworkAccess {
    /** What their community's network reaches. */
    COMMUNITY,
    /** Themselves and their hub; they have the loopback interface only. */
    NONE;

    /** As the database and programs write it: {@code community}, {@code none}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when no such word is written
     */
    public static NetworkAccess of(String word) {
        for (var each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no network access: " + word);
    }
}
