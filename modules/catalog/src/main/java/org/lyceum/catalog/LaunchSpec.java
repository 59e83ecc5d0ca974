package org.lyceum.catalog;

import org.lyceum.platform.kernel.Bytes;

import java.util.List;

/**
 * A choice, frozen: everything a start needs to know about what runs.
 *
 * @param imageId {@code sha256:…} of an image on this machine
 * @param imageReference what the administrator wrote; for people only
 * @param command the single-user server's command line
 * @param defaultUrl where the browser lands, for example {@code /lab}; empty for the image's own
 * @param milliCpus thousandths of a core
 * @param pids processes and threads together
 * @param snapshot the same as JSON, for the server's row
 */
public record LaunchSpec(
        String imageId,
        String imageReference,
        List<String> command,
        String defaultUrl,
        Bytes memory,
        int milliCpus,
        int pids,
        String snapshot) {

    public LaunchSpec {
        command = List.copyOf(command);
    }
}
