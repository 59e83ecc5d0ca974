package org.lyceum.storage;

import java.nio.file.Path;

/**
 * A folder as a server has it.
 *
 * @param hostPath on this machine
 * @param place as the container sees it
 */
public record FolderMount(FolderKey key, Path hostPath, String place, boolean readOnly) {}
