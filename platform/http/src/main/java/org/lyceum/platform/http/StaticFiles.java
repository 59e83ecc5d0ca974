package org.lyceum.platform.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files from the class path, below one folder. Names with a content hash in them may be cached for
 * ever; others are asked for each time.
 */
public final class StaticFiles {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "woff2", "font/woff2",
                    "txt", "text/plain; charset=utf-8");

    /** Our own files only, a few dozen; a request for anything else leaves nothing here. */
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    private final ClassLoader loader;
    private final String folder;

    /** {@code folder} without slashes at its ends. */
    public StaticFiles(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /** The file at {@code path} (decoded, below the folder), or empty. */
    public Optional<Response> find(String path, boolean hashed) {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || path.contains("..") || path.startsWith("/")) {
            return Optional.empty();
        }
        return bytes(path)
                .map(
                        bytes ->
                                Response.bytes(200, type, bytes)
                                        .with(
                                                "Cache-Control",
                                                hashed
                                                        ? "public, max-age=31536000, immutable"
                                                        : "no-cache"));
    }

    /** The content of a file, or empty. */
    public Optional<byte[]> bytes(String path) {
        var there = read.get(path);
        if (there != null) {
            return Optional.of(there);
        }
        try (var in = loader.getResourceAsStream(folder + "/" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            read.put(path, bytes);
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("reading our own " + path, e);
        }
    }
}
