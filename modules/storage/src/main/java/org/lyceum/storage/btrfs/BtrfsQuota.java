package org.lyceum.storage.btrfs;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.UnsafeFolderException;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * A subvolume for each folder; its mark is the subvolume's number, which btrfs never gives twice.
 * The limit is on what the folder refers to, so a snapshot does not make its owner pay twice.
 *
 * <p>Past a limit a write fails with EDQUOT. What the kernel has written down, which {@link
 * #usages()} reads, is up to 30 seconds old; {@link #usage} asks the memory it enforces by.
 */
public final class BtrfsQuota implements QuotaBackend {

    /** The inode number of every subvolume's top directory, and of nothing else. */
    private static final long SUBVOLUME_INODE = 256;

    private final Path root;

    /**
     * @param root a directory on the file system, trusted
     */
    public BtrfsQuota(Path root) {
        this.root = root;
    }

    /** Turns quotas on and waits until the kernel has counted what is there; on already is fine. */
    public void enable() throws IOException {
        try (var directory = Directory.open(root)) {
            BtrfsCalls.enableQuota(directory);
        }
    }

    @Override
    public PoolKind kind() {
        return PoolKind.BTRFS;
    }

    @Override
    public Made make(Directory parent, Folder folder, Limits limits) throws IOException {
        var name = folder.key().name();
        try {
            BtrfsCalls.createSubvolume(parent, name);
        } catch (KernelException e) {
            if (!e.is(KernelException.EEXIST)) {
                throw e;
            }
        }
        try (var directory = open(parent, folder)) {
            long mark = BtrfsCalls.subvolumeOf(directory);
            BtrfsCalls.limit(directory, mark, limits.bytes());
            return new Made(mark, "");
        }
    }

    @Override
    public Made find(Directory parent, Folder folder) throws IOException {
        try (var directory = open(parent, folder)) {
            return new Made(BtrfsCalls.subvolumeOf(directory), "");
        }
    }

    @Override
    public void limit(Directory parent, Folder folder, long mark, Limits limits)
            throws IOException {
        try (var directory = open(parent, folder)) {
            requireMark(directory, folder, mark);
            BtrfsCalls.limit(directory, mark, limits.bytes());
        }
    }

    @Override
    public Usage usage(Directory parent, Folder folder, long mark) throws IOException {
        try (var directory = open(parent, folder)) {
            requireMark(directory, folder, mark);
            return LiveQuota.read(BtrfsCalls.fileSystemId(directory), mark);
        }
    }

    @Override
    public Map<Long, Usage> usages() throws IOException {
        try (var directory = Directory.open(root)) {
            return QuotaTree.read(directory);
        }
    }

    @Override
    public void remove(Directory parent, Folder folder) throws IOException {
        long mark;
        try (var directory = open(parent, folder)) {
            mark = BtrfsCalls.subvolumeOf(directory);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        BtrfsCalls.destroySubvolume(parent, folder.key().name());
        BtrfsCalls.forgetQuota(parent, mark);
    }

    @Override
    public void grow(Path place) throws IOException {
        try (var directory = Directory.open(place)) {
            BtrfsCalls.resizeToDevice(directory);
        }
    }

    private static Directory open(Directory parent, Folder folder) throws IOException {
        var directory = parent.below(folder.key().name());
        try {
            var inode = (Long) Files.getAttribute(directory.path(), "unix:ino");
            if (inode == null || inode != SUBVOLUME_INODE) {
                throw new UnsafeFolderException(folder.key() + " is not a subvolume");
            }
            return directory;
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private static void requireMark(Directory directory, Folder folder, long mark)
            throws IOException {
        if (BtrfsCalls.subvolumeOf(directory) != mark) {
            throw new UnsafeFolderException(folder.key() + " is another subvolume than it was");
        }
    }

    /** Whether a directory lies on btrfs. */
    public static boolean at(Path place) {
        try {
            return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    && Files.getFileStore(place).type().equals("btrfs");
        } catch (IOException e) {
            return false;
        }
    }
}
