package org.lyceum.files;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.OpenFile;
import org.lyceum.platform.linux.Trees;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * One thing on its way into a home. It is made whole in a closed directory beside its place and
 * renamed at last, so what ends in the middle is not there. Every call of the kernel's is made on
 * the owner's threads, a short one at a time.
 */
final class Copying {

    private static final int PIECE_BYTES = 256 * 1024;

    /** Pieces before somebody else has a turn. */
    private static final int PIECES = 16;

    private static final int ASIDE = 0700;

    /** Whatever it was, its new owner can change and remove it. */
    private static final int OWNERS = 0600;

    private final OwnerAccess access;
    private final Directory source;
    private final FilePath path;
    private final Directory target;
    private final FilePath trash;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long copied;
    private int things;
    private int leftOut;

    /**
     * @param trash of the source, which is not copied
     */
    Copying(OwnerAccess access, Directory source, FilePath path, Directory target, FilePath trash) {
        this.access = access;
        this.source = source;
        this.path = path;
        this.target = target;
        this.trash = trash;
    }

    /** Bytes it will take; holes are filled. */
    long measure() throws IOException {
        access.call(
                () -> {
                    requireFree();
                    return true;
                });
        var stat = access.call(this::stat);
        if (stat.kind() == FileStat.Kind.FILE) {
            return limited(stat.size(), 1);
        }
        if (stat.kind() != FileStat.Kind.DIRECTORY) {
            throw new KernelException("copy what is no plain file", KernelException.EINVAL);
        }
        long bytes = 0;
        int count = 0;
        var walk = walk();
        for (var steps = access.call(walk::next);
                !steps.isEmpty();
                steps = access.call(walk::next)) {
            count += steps.size();
            bytes += steps.stream().mapToLong(Copying::size).sum();
            limited(bytes, count);
        }
        return bytes;
    }

    private static long size(TreeWalk.Step step) {
        return step.stat().kind() == FileStat.Kind.FILE ? step.stat().size() : 0;
    }

    private static long limited(long bytes, int count) {
        if (bytes < 0 || bytes > CopyService.MAX_BYTES || count > CopyService.MAX_THINGS) {
            throw CopyService.tooLarge();
        }
        return bytes;
    }

    private void requireFree() throws KernelException {
        try {
            Entries.stat(target, path.last());
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        throw new KernelException("copy", KernelException.EEXIST);
    }

    private FileStat stat() throws KernelException {
        try (var parent = Entries.below(source, path.parent().names())) {
            return Entries.stat(parent, path.last());
        }
    }

    private TreeWalk walk() {
        return new TreeWalk(source, path, each -> each.equals(trash));
    }

    /**
     * @return how much was left out
     */
    int run(Instant now) throws IOException {
        var aside = FileName.of(".copying-" + now.toEpochMilli());
        var whole =
                access.call(
                        () -> {
                            Entries.make(target, aside, ASIDE);
                            return Entries.below(target, List.of(aside));
                        });
        try (whole) {
            all(whole);
            access.call(
                    () -> {
                        Entries.move(whole, path.last(), target, path.last());
                        return true;
                    });
            return leftOut;
        } finally {
            access.call(
                    () -> {
                        Trees.remove(target, aside);
                        return true;
                    });
        }
    }

    private void all(Directory whole) throws IOException {
        var stat = access.call(this::stat);
        bring(new TreeWalk.Step(path, stat, new byte[0], false), whole);
        if (stat.kind() != FileStat.Kind.DIRECTORY) {
            return;
        }
        var walk = walk();
        for (var steps = access.call(walk::next);
                !steps.isEmpty();
                steps = access.call(walk::next)) {
            for (var step : steps) {
                bring(step, whole);
            }
        }
    }

    private void bring(TreeWalk.Step step, Directory whole) throws IOException {
        limited(copied, ++things - 1);
        switch (step.stat().kind()) {
            case FILE -> file(step, whole);
            case DIRECTORY -> {
                leftOut += step.omitted() ? 1 : 0;
                access.call(
                        () -> {
                            try (var into = into(step, whole)) {
                                int mode = (step.stat().mode() & 0777) | ASIDE;
                                Entries.make(into, step.path().last(), mode);
                                return true;
                            }
                        });
            }
            case LINK, OTHER -> leftOut++;
        }
    }

    private Directory into(TreeWalk.Step step, Directory whole) throws KernelException {
        var names = step.path().names();
        return Entries.below(whole, names.subList(path.names().size() - 1, names.size() - 1));
    }

    private void file(TreeWalk.Step step, Directory whole) throws IOException {
        int mode = (step.stat().mode() & 0777) | OWNERS;
        var files = access.call(() -> open(step, whole, mode));
        try (var from = files.from();
                var to = files.to()) {
            long at = 0;
            for (long count = -1; count != 0; at += count) {
                long place = at;
                count = access.call(() -> pieces(from, place, to));
                copied += count;
                limited(copied, things);
            }
            access.call(
                    () -> {
                        to.mode(mode); // whatever our umask is
                        return true;
                    });
        }
    }

    private record Files(OpenFile from, OpenFile to) {}

    private Files open(TreeWalk.Step step, Directory whole, int mode) throws KernelException {
        var name = step.path().last();
        try (var parent = Entries.below(source, step.path().parent().names());
                var into = into(step, whole)) {
            var from = Entries.open(parent, name);
            try {
                return new Files(from, Entries.create(into, name, mode));
            } catch (KernelException e) {
                from.close();
                throw e;
            }
        }
    }

    /**
     * @return bytes; 0 at the end
     */
    private long pieces(OpenFile from, long at, OpenFile to) throws KernelException {
        long all = 0;
        for (int i = 0; i < PIECES; i++) {
            int count = from.read(at + all, piece, 0, piece.length);
            if (count == 0) {
                break;
            }
            to.write(piece, 0, count);
            all += count;
        }
        return all;
    }
}
