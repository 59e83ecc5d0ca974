package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.util.List;

/**
 * A choice, frozen: everything a start needs to know about what runs.
 *
 * @param imageId {@code sha256:…} of an image on this machine
 * @param imageReference what the administrator wrote; for people only
 * @param command the single-user server's command line
 * @param defaultUrl where the browser lands, for example {@code /lab}; empty for the image's own
 * @param network what it reaches
 * @param web how it is served; null for a Jupyter server
 * @param proven whether somebody's start of this image has worked; else it is watched
 * @param runtime that the engine runs it by; empty for the engine's own
 * @param snapshot the same as JSON, for the server's row
 */
public record LaunchSpec(
        String imageId,
        String imageReference,
        List<String> command,
        String defaultUrl,
        Size size,
        NetworkAccess network,
        @Nullable WebApplication web,
        long environmentId,
        boolean proven,
        String runtime,
        String snapshot) {

    public LaunchSpec {
        command = List.copyOf(command);
    }

    /** Whether a server that waits, already in its community's network, could become this one. */
    public boolean fitsSlot() {
        return web == null
                && network == NetworkAccess.COMMUNITY
                && device() == null
                && runtime.isEmpty();
    }

    /** Its limit. */
    public Bytes memory() {
        return size.memory();
    }

    /** What must be free for it. */
    public Bytes promised() {
        return size.promised();
    }

    /** What it is to have of the machine's devices; null for none. */
    public @Nullable DeviceWish device() {
        return size.device();
    }

    /** Thousandths of a core. */
    public int milliCpus() {
        return size.milliCpus();
    }

    /** Processes and threads together. */
    public int pids() {
        return size.pids();
    }
}
