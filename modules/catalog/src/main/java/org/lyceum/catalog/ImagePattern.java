package org.lyceum.catalog;

import org.lyceum.platform.kernel.Problem;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of an administrator's that image references must match whole. */
record ImagePattern(Pattern pattern) {

    private static final int MAX_PATTERN = 500;

    /** As long as a reference may be. */
    private static final int MAX_REFERENCE = 255;

    /** Looks at the text that a match may take: enough for any pattern that is not a mistake. */
    private static final int MAX_LOOKS = 200_000;

    /** What engines take as a reference; also keeps out anything that is no name at all. */
    private static final Pattern REFERENCE =
            Pattern.compile("[a-z0-9][a-zA-Z0-9._/:@-]{0," + (MAX_REFERENCE - 1) + "}");

    /**
     * @throws Problem INVALID {@code profile.pattern-invalid}
     */
    static ImagePattern of(String text) {
        if (text.isBlank() || text.length() > MAX_PATTERN) {
            throw Problem.invalid(
                    "profile.pattern-invalid",
                    "A pattern for images has 1 to " + MAX_PATTERN + " characters; .* is any.");
        }
        try {
            return new ImagePattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "profile.pattern-invalid",
                    "The pattern is no regular expression: " + e.getDescription() + ".",
                    e);
        }
    }

    /** Whether it is what a reference looks like. */
    static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** Whether the whole reference matches; a pattern that takes too long to tell does not. */
    boolean matches(String reference) {
        try {
            return isReference(reference)
                    && pattern.matcher(new Looked(reference, new int[1])).matches();
        } catch (TooManyLooks | StackOverflowError e) {
            return false;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** A text that is looked at so many times at most: some patterns never end. */
    private record Looked(String text, int[] looks) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looked(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
