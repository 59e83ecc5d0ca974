package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the machine says right now: engine, disk, memory. Asked at each look, never remembered. */
final class PlatformState {

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private final String version;
    private final Instant startedAt;
    private final ContainerEngine engine;
    private final Path data;

    PlatformState(String version, Instant startedAt, ContainerEngine engine, Path data) {
        this.version = version;
        this.startedAt = startedAt;
        this.engine = engine;
        this.data = data;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", version);
        json.put("startedAt", startedAt.toString());
        json.put("engine", engine());
        json.put("disk", disk());
        json.put("memory", memory());
        return json;
    }

    private Map<String, @Nullable Object> engine() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        try {
            json.put("version", engine.version());
            json.put("reachable", true);
        } catch (Problem unreachable) {
            json.put("reachable", false);
            json.put("problem", unreachable.detail());
        }
        return json;
    }

    private Map<String, Object> disk() {
        try {
            var store = Files.getFileStore(data);
            return Map.of("totalBytes", store.getTotalSpace(), "freeBytes", store.getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the room in the data directory", e);
        }
    }

    /** Linux's own account, in KiB; source: proc_meminfo(5). */
    private static Map<String, Object> memory() {
        long total = 0;
        long available = 0;
        try {
            for (var line : Files.readAllLines(MEMINFO)) {
                if (line.startsWith("MemTotal:")) {
                    total = kibibytes(line);
                } else if (line.startsWith("MemAvailable:")) {
                    available = kibibytes(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + MEMINFO, e);
        }
        return Map.of("totalBytes", total, "availableBytes", available);
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
