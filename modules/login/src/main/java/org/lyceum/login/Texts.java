package org.lyceum.login;

import org.lyceum.platform.kernel.Problem;

/** What settings may say. */
final class Texts {

    private static final int MAX_LENGTH = 500;

    private Texts() {}

    /**
     * @throws Problem INVALID provider.field-invalid
     */
    static void require(String what, String text) {
        if (text.isBlank()) {
            throw Problem.invalid("provider.field-invalid", what + " is missing; fill it in.");
        }
        optional(what, text);
    }

    /**
     * @throws Problem INVALID provider.field-invalid
     */
    static void optional(String what, String text) {
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "provider.field-invalid",
                    what + " has at most " + MAX_LENGTH + " characters, on one line.");
        }
    }

    static boolean notOneWord(String text) {
        return text.isEmpty()
                || text.length() > 100
                || text.chars().anyMatch(c -> c <= ' ' || c > '~');
    }

    /** Of what somebody else has written: without what could forge a line of a log, and short. */
    static String tame(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.substring(0, Math.min(plain.length(), 200));
    }
}
