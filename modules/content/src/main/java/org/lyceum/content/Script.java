package org.lyceum.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The programs of this package. */
final class Script {

    static final String FETCH = read("fetch.sh");

    static final String PULL = read("pull.py");

    private Script() {}

    private static String read(String name) {
        try (var stream = Script.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read " + name, e);
        }
    }
}
