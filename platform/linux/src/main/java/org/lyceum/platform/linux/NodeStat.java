package org.lyceum.platform.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/**
 * More of what the kernel knows about a file than {@link FileStat} has: all that a copy keeps, and
 * when anything about it changed.
 *
 * @param changed when its contents, owner, permissions or names changed last; nobody can set it
 * @param links names that it has
 */
public record NodeStat(FileStat file, Instant changed, int gid, int links) {

    public FileStat.Kind kind() {
        return file.kind();
    }

    /**
     * @param answer struct statx
     */
    static NodeStat of(MemorySegment answer) {
        return new NodeStat(
                FileStat.of(answer),
                Instant.ofEpochSecond(
                        answer.get(ValueLayout.JAVA_LONG, 96),
                        answer.get(ValueLayout.JAVA_INT, 104)),
                answer.get(ValueLayout.JAVA_INT, 24),
                answer.get(ValueLayout.JAVA_INT, 16));
    }
}
