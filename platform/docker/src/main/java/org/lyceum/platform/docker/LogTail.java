package org.lyceum.platform.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps the end of what a container wrote, in a bounded space. Safe for a writer and a reader. */
final class LogTail {

    private final int maxBytes;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    LogTail(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(byte[] bytes) {
        text.writeBytes(bytes);
        if (text.size() > 2 * maxBytes) {
            keepEnd();
        }
    }

    synchronized List<String> lines() {
        keepEnd();
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void keepEnd() {
        byte[] all = text.toByteArray();
        if (all.length > maxBytes) {
            text.reset();
            text.write(all, all.length - maxBytes, maxBytes);
        }
    }
}
