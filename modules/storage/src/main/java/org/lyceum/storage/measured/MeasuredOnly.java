package org.lyceum.storage.measured;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Program;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Plain directories. Limits are kept by nobody; what is held can only be found by walking, which is
 * slow, so only the one folder that is asked for is walked.
 */
public final class MeasuredOnly implements QuotaBackend {

    private static final Duration WALKING = Duration.ofMinutes(2);

    private final Path root;

    /**
     * @param root of the pool
     */
    public MeasuredOnly(Path root) {
        this.root = root;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.MEASURED;
    }

    @Override
    public Made make(Directory parent, Folder folder, Limits limits) throws IOException {
        parent.make(folder.key().name(), 0700);
        return new Made(folder.number(), "");
    }

    @Override
    public Made find(Directory parent, Folder folder) {
        return new Made(folder.number(), "");
    }

    @Override
    public void limit(Directory parent, Folder folder, long mark, Limits limits) {
        // Nobody enforces it; the platform compares what it measures with what it decided.
    }

    @Override
    public Usage usage(Directory parent, Folder folder, long mark) throws IOException {
        var place = root.resolve(folder.key().toString()).toString();
        var said = Program.run(WALKING, List.of("du", "-sx", "--block-size=1", "--", place));
        return new Usage(
                Long.parseLong(said.split("\t", 2)[0].strip()), Usage.UNCOUNTED, Limits.NONE);
    }

    /** Nothing is counted by the kernel. */
    @Override
    public Map<Long, Usage> usages() {
        return Map.of();
    }

    @Override
    public void remove(Directory parent, Folder folder) throws IOException {
        Trees.remove(parent, folder.key().name());
    }

    @Override
    public void grow(Path place) {
        // The file system is not ours to grow.
    }
}
