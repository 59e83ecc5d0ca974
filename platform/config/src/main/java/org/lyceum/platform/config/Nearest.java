package org.lyceum.platform.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the key that somebody probably meant. */
final class Nearest {

    private Nearest() {}

    /** {@code ; did you mean "port"?}, or a full stop when nothing is near. */
    static String hint(String written, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(key -> distance(written, key)))
                .filter(key -> distance(written, key) <= Math.max(2, written.length() / 3))
                .map(key -> "; did you mean \"" + key + "\"?")
                .orElse(".");
    }

    /** Levenshtein's: how many letters to change, add or remove. */
    static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
