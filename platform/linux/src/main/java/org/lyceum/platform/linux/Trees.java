package org.lyceum.platform.linux;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * Removes files below an open directory. Names are bytes, links are never followed, and however
 * deep somebody has nested directories, only a bounded number is open: what lies deeper is moved up
 * first.
 */
public final class Trees {

    /** Open at once; each takes two descriptors. */
    static final int MAX_DEPTH = 64;

    private Trees() {}

    /** Removes the directory of this name with all that is in it; none there is fine. */
    public static void remove(Directory parent, String name) throws IOException {
        Directory tree;
        try {
            tree = parent.below(name);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        try (tree) {
            empty(tree);
        }
        parent.removeDirectory(name);
    }

    /** The same by a name that need not be text; a file or a link goes too. */
    public static void remove(Directory parent, FileName name) throws IOException {
        if (Entries.stat(parent, name).kind() == FileStat.Kind.DIRECTORY) {
            try (var tree = Entries.below(parent, List.of(name))) {
                empty(tree);
            }
            Entries.remove(parent, name, true);
        } else {
            Entries.remove(parent, name, false);
        }
    }

    /** Removes all that is in it. */
    public static void empty(Directory directory) throws IOException {
        new Walk(directory, null).untilDone();
    }

    /**
     * Removes files that nobody has read, changed or made since {@code cutoff}, and directories
     * that are empty and as old.
     *
     * @return how many files and directories went
     */
    public static int removeUntouched(Directory directory, Instant cutoff) throws IOException {
        return new Walk(directory, FileTime.from(cutoff)).untilDone();
    }

    /** One pass down and up, repeated while something had to be moved up. */
    private static final class Walk {

        private final Directory top;
        private final @Nullable FileTime cutoff;
        private @Nullable SecureDirectoryStream<Path> root;
        private int removed;
        private int moved;

        Walk(Directory top, @Nullable FileTime cutoff) {
            this.top = top;
            this.cutoff = cutoff;
        }

        int untilDone() throws IOException {
            int before;
            do {
                before = moved;
                try (var stream = open(top)) {
                    root = stream;
                    down(stream, 0);
                }
            } while (moved > before);
            return removed;
        }

        @SuppressWarnings("StreamResourceLeak") // whoever asked for it closes it
        private static SecureDirectoryStream<Path> open(Directory directory) throws IOException {
            var stream = Files.newDirectoryStream(directory.path());
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return secure;
            }
            stream.close();
            throw new IOException("this file system cannot be walked safely");
        }

        private void down(SecureDirectoryStream<Path> directory, int depth) throws IOException {
            for (var entry : directory) {
                visitUnlessGone(directory, entry.getFileName(), depth);
            }
        }

        private void visitUnlessGone(SecureDirectoryStream<Path> directory, Path name, int depth)
                throws IOException {
            try {
                visit(directory, name, depth);
            } catch (NoSuchFileException gone) {
                return; // somebody else was faster
            }
        }

        private void visit(SecureDirectoryStream<Path> directory, Path name, int depth)
                throws IOException {
            var attributes = attributes(directory, name);
            if (!attributes.isDirectory()) {
                if (old(attributes)) {
                    directory.deleteFile(name);
                    removed++;
                }
                return;
            }
            if (depth >= MAX_DEPTH) {
                if (cutoff == null && root != null) {
                    directory.move(name, root, Path.of(".lyceum-deep-" + moved++));
                }
                return; // when only old files go, what is nested this deep stays
            }
            try (var below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                down(below, depth + 1);
            }
            if (unchanged(attributes)) { // looking into it, as we do, counts as reading it
                try {
                    directory.deleteDirectory(name);
                    removed++;
                } catch (DirectoryNotEmptyException used) {
                    return;
                }
            }
        }

        private static BasicFileAttributes attributes(
                SecureDirectoryStream<Path> directory, Path name) throws IOException {
            return directory
                    .getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        }

        private boolean old(BasicFileAttributes attributes) {
            return unchanged(attributes)
                    && (cutoff == null || attributes.lastAccessTime().compareTo(cutoff) < 0);
        }

        private boolean unchanged(BasicFileAttributes attributes) {
            return cutoff == null
                    || (attributes.lastModifiedTime().compareTo(cutoff) < 0
                            && attributes.creationTime().compareTo(cutoff) < 0);
        }
    }
}
