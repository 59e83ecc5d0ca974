package org.lyceum.builds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The shell scripts of this package. */
final class Scripts {

    static final String FETCH = read("fetch.sh");

    private static final String PREPARE = read("prepare.sh");

    private static final String TIDY = read("tidy.sh");

    private Scripts() {}

    /** A part of a build, with what goes before and after it. */
    static String part(String body) {
        return PREPARE + "\n" + body + "\n" + TIDY;
    }

    /** A word that the shell takes as it is. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String read(String name) {
        try (var stream = Scripts.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read " + name, e);
        }
    }
}
