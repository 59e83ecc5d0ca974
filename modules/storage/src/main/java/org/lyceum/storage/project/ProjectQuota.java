package org.lyceum.storage.project;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Program;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.UnsafeFolderException;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A project for each folder, numbered from a base of this installation's own; the mark is that
 * number. Past a limit a write fails with EDQUOT on ext4 and ENOSPC on XFS; making a file likewise.
 *
 * <p>On ext4 whoever has CAP_SYS_RESOURCE passes every limit; no container has it.
 */
public final class ProjectQuota implements QuotaBackend {

    /** Growing a file system in use takes about a second for each terabyte. */
    private static final Duration GROWING = Duration.ofMinutes(5);

    private final PoolKind kind;
    private final Path root;
    private final long base;

    /**
     * @param kind EXT4 or XFS
     * @param root a directory on the file system, trusted
     * @param base added to a folder's number
     */
    public ProjectQuota(PoolKind kind, Path root, long base) {
        this.kind = kind;
        this.root = root;
        this.base = base;
    }

    @Override
    public PoolKind kind() {
        return kind;
    }

    @Override
    public Made make(Directory parent, Folder folder, Limits limits) throws IOException {
        var name = folder.key().name();
        long project = base + folder.number();
        parent.make(name, 0700);
        try (var directory = parent.below(name)) {
            ProjectCalls.setQuota(directory, project, limits);
            long now = ProjectCalls.project(directory);
            if (now != project) {
                requireEmpty(directory, folder, now);
                ProjectCalls.setProject(directory, project);
            }
        }
        return new Made(project, "");
    }

    /** Files that are there already would go on being counted elsewhere. */
    private static void requireEmpty(Directory directory, Folder folder, long now)
            throws IOException {
        try (var entries = Files.newDirectoryStream(directory.path())) {
            if (entries.iterator().hasNext()) {
                throw new UnsafeFolderException(
                        folder.key() + " holds files counted under project " + now);
            }
        }
    }

    @Override
    public Made find(Directory parent, Folder folder) throws IOException {
        try (var directory = parent.below(folder.key().name())) {
            long project = base + folder.number();
            if (ProjectCalls.project(directory) != project) {
                throw new UnsafeFolderException(folder.key() + " is not project " + project);
            }
            return new Made(project, "");
        }
    }

    @Override
    public void limit(Directory parent, Folder folder, long mark, Limits limits)
            throws IOException {
        requireOurs(folder, mark);
        ProjectCalls.setQuota(parent, mark, limits);
    }

    @Override
    public Usage usage(Directory parent, Folder folder, long mark) throws IOException {
        requireOurs(folder, mark);
        return ProjectCalls.quota(parent, mark);
    }

    /**
     * Has what is made in an empty directory of root's counted under a number that is no folder's
     * and has no limit. Done already is fine.
     */
    public void countApart(Directory directory) throws IOException {
        if (ProjectCalls.project(directory) != base) {
            ProjectCalls.setQuota(directory, base, Limits.NONE);
            ProjectCalls.setProject(directory, base);
        }
    }

    /** Bytes of what is counted apart. */
    public long apartBytes() throws IOException {
        try (var directory = Directory.open(root)) {
            return ProjectCalls.quotas(directory, base, base + 1)
                    .getOrDefault(base, new Usage(0, 0, Limits.NONE))
                    .bytes();
        }
    }

    private void requireOurs(Folder folder, long mark) throws IOException {
        if (mark != base + folder.number()) {
            throw new UnsafeFolderException(folder.key() + " is not project " + mark);
        }
    }

    @Override
    public Map<Long, Usage> usages() throws IOException {
        try (var directory = Directory.open(root)) {
            return ProjectCalls.quotas(directory, base + 1, base + Folder.MAX_NUMBER);
        }
    }

    @Override
    public void remove(Directory parent, Folder folder) throws IOException {
        Trees.remove(parent, folder.key().name());
        ProjectCalls.setQuota(parent, base + folder.number(), Limits.NONE);
    }

    @Override
    public void grow(Path place) throws IOException {
        if (kind == PoolKind.XFS) {
            Program.run(GROWING, List.of("xfs_growfs", place.toString()));
        } else {
            var device = MountTable.at(place).orElseThrow().source();
            Program.run(GROWING, List.of("resize2fs", device));
        }
    }
}
