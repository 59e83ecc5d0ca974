package org.lyceum.platform.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of pieces of text; one that never ends is cut into several. One thread at a time. */
final class TextLines {

    /** More on one line is nothing that anybody reads. */
    private static final int MAX_LINE_BYTES = 2000;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    TextLines(Consumer<String> lines) {
        this.lines = lines;
    }

    /** A carriage return ends a line as well: programs draw progress with it. */
    synchronized void add(byte[] piece) {
        for (byte each : piece) {
            if (each == '\n' || each == '\r' || begun.size() >= MAX_LINE_BYTES) {
                end();
            }
            if (each != '\n' && each != '\r') {
                begun.write(each);
            }
        }
    }

    /** Hands over what has no end yet. */
    synchronized void end() {
        if (begun.size() > 0) {
            lines.accept(begun.toString(StandardCharsets.UTF_8));
            begun.reset();
        }
    }
}
