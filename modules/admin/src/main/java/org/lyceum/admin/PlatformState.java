package org.lyceum.admin;

import org.lyceum.community.Hosts;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Origin;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the machine says right now: engine, disk, memory. Asked at each look, never remembered. */
final class PlatformState {

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private final String version;
    private final Instant startedAt;
    private final ContainerEngine engine;
    private final Path data;
    private final Hosts hosts;

    PlatformState(
            String version, Instant startedAt, ContainerEngine engine, Path data, Hosts hosts) {
        this.hosts = hosts;
        this.version = version;
        this.startedAt = startedAt;
        this.engine = engine;
        this.data = data;
    }

    AdminJson.Overview overview(
            AdminJson.Counts counts, AdminJson.Calm calm, List<DeviceJson.Use> devices) {
        var addresses =
                new AdminJson.Addresses(
                        hosts.platform().map(Origin::toString).orElse(null), hosts.userHosts());
        return new AdminJson.Overview(
                version, startedAt, engine(), disk(), memory(), addresses, counts, calm, devices);
    }

    private AdminJson.Engine engine() {
        try {
            return new AdminJson.Engine(true, engine.version(), null);
        } catch (Problem unreachable) {
            return new AdminJson.Engine(false, null, unreachable.detail());
        }
    }

    private AdminJson.Disk disk() {
        try {
            var store = Files.getFileStore(data);
            return new AdminJson.Disk(store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the room in the data directory", e);
        }
    }

    /** Linux's own account, in KiB; source: proc_meminfo(5). */
    private static AdminJson.Memory memory() {
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
        return new AdminJson.Memory(total, available);
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
