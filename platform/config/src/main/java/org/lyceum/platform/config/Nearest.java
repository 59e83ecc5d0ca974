package org.lyceum.platform.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody probably meant. */
final class Nearest {

    /** Further apart than this, it is another word. */
    private static final int MAX_DISTANCE = 4;

    private Nearest() {}

    /** {@code ". Did you mean 'x'?"}, or a full stop when no known name is near. */
    static String hint(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= Math.min(MAX_DISTANCE, name.length() / 2))
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .map(name -> ". Did you mean '" + name + "'?")
                .orElse(".");
    }

    /** How many characters to add, drop or change. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
