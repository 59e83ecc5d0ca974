package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Packs a folder while it is sent. First the whole tree is looked at and written down, so that the
 * length is known and the same tree gives the same bytes: a download that broke off goes on where
 * it was. Then each file is read when its turn comes. Blocking.
 */
public final class ArchiveService {

    /** Archives for one person at once. */
    private static final int EACH = 2;

    /** People for whom folders are packed at once: each walks a tree. */
    private static final int PEOPLE = 8;

    private final OwnerAccess access;
    private final Path lists;
    private final Turns turns = new Turns(EACH, PEOPLE);

    ArchiveService(OwnerAccess access, Path lists) {
        this.access = access;
        this.lists = lists;
    }

    /**
     * All that is below the path, without the trash unless that is asked for.
     *
     * @param name of the one directory that the archive has at its top
     * @throws Problem as {@link FilesProblems}
     */
    public Download archive(Place place, FilePath path, FileName name) {
        return archive(place, null, path, name);
    }

    /**
     * The same as it was.
     *
     * @param time of {@link VersionService#times}; null: now
     */
    public Download archive(Place place, @Nullable Instant time, FilePath path, FileName name) {
        place.requireReadable(time, path);
        return archive(
                place,
                path,
                name,
                access,
                () -> access.in(place.key(), time, opened -> opened.below(".")));
    }

    /**
     * All that is in it, with other rights than the owner's.
     *
     * @param opened makes what the archive is of, which is closed with it
     */
    Download archive(
            Place place, FilePath path, FileName name, Rights rights, Supplier<Directory> opened) {
        var turn = turns.take(place);
        try {
            var top = opened.get();
            try {
                var trash = place.trash().place();
                var walk = new TreeWalk(top, path, each -> hidden(each, path, trash));
                return measured(rights, top, walk, path, name, turn);
            } catch (IOException e) {
                top.close();
                throw FilesProblems.of(e);
            }
        } catch (RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    private Archive measured(
            Rights rights,
            Directory top,
            TreeWalk walk,
            FilePath path,
            FileName name,
            Turns.Turn turn)
            throws IOException {
        var list = new ArchiveList(lists);
        try {
            var report = new ArchiveReport();
            var digest = sha256();
            var plan = new Plan(path, name, list, digest, report);
            for (var steps = rights.call(walk::next);
                    !steps.isEmpty();
                    steps = rights.call(walk::next)) {
                for (var step : steps) {
                    plan.add(step, content(rights, top, step));
                }
            }
            var about =
                    TarHeader.of(
                            TarHeader.FILE,
                            aboutName(name),
                            ArchiveReport.BYTES,
                            0,
                            0644,
                            new byte[0]);
            long length = plan.length + about.length + ArchiveReport.BYTES + END.length;
            var tag = HexFormat.of().formatHex(digest.digest(), 0, 16) + "-" + length;
            return new Archive(rights, top, list, report, about, length, tag, plan.newest, turn);
        } catch (IOException | RuntimeException e) {
            list.close();
            throw e;
        }
    }

    /** Holes are not sent: what takes no room at home takes no time on the way. */
    private static Extents content(Rights rights, Directory top, TreeWalk.Step step)
            throws IOException {
        var stat = step.stat();
        if (stat.kind() != FileStat.Kind.FILE) {
            return Extents.whole(0);
        }
        if (!stat.hollow()) {
            return Extents.whole(stat.size());
        }
        return rights.call(() -> data(top, step.path(), stat.size()));
    }

    private static Extents data(Directory top, FilePath path, long size) {
        try (var parent = Entries.below(top, path.parent().names());
                var file = Entries.open(parent, path.last())) {
            return file.data(Extents.MOST)
                    .map(parts -> new Extents(size, parts))
                    .orElseGet(() -> Extents.whole(size));
        } catch (KernelException unreadable) { // told when its turn comes
            return Extents.whole(size);
        }
    }

    /** Two empty blocks end an archive. */
    static final byte[] END = new byte[2 * TarHeader.BLOCK];

    private static boolean hidden(FilePath each, FilePath base, FilePath trash) {
        return each.equals(trash) && !base.within(trash);
    }

    private static byte[] aboutName(FileName name) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(name.bytes());
        out.writeBytes(".about.txt".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Turns steps into lines. */
    private static final class Plan {

        private final FilePath base;
        private final FileName name;
        private final ArchiveList list;
        private final MessageDigest digest;
        private final ArchiveReport report;
        private long length;
        private Instant newest = Instant.EPOCH;

        Plan(
                FilePath base,
                FileName name,
                ArchiveList list,
                MessageDigest digest,
                ArchiveReport report) {
            this.base = base;
            this.name = name;
            this.list = list;
            this.digest = digest;
            this.report = report;
        }

        void add(TreeWalk.Step step, Extents content) throws IOException {
            if (step.omitted()) {
                report.omitted(step.path());
            }
            var stat = step.stat();
            if (stat.kind() == FileStat.Kind.OTHER) {
                return;
            }
            long seconds = stat.modified().getEpochSecond();
            var header =
                    content.holes()
                            ? TarHeader.sparse(placed(step), content, seconds, stat.mode())
                            : TarHeader.of(
                                    type(stat.kind()),
                                    placed(step),
                                    content.size(),
                                    seconds,
                                    stat.mode(),
                                    step.target());
            var line = new ArchiveList.Line(step.path().toString(), header, content);
            list.add(line);
            digest.update(header);
            digest.update(stat.modified().toString().getBytes(StandardCharsets.US_ASCII));
            length += line.length();
            newest = stat.modified().isAfter(newest) ? stat.modified() : newest;
        }

        private static char type(FileStat.Kind kind) {
            return switch (kind) {
                case FILE, OTHER -> TarHeader.FILE;
                case DIRECTORY -> TarHeader.DIRECTORY;
                case LINK -> TarHeader.LINK;
            };
        }

        /** Where it is in the archive. */
        private byte[] placed(TreeWalk.Step step) {
            var out = new ByteArrayOutputStream();
            out.writeBytes(name.bytes());
            var names = step.path().names();
            for (var each : names.subList(base.names().size(), names.size())) {
                out.write('/');
                out.writeBytes(each.bytes());
            }
            if (step.stat().kind() == FileStat.Kind.DIRECTORY) {
                out.write('/');
            }
            return out.toByteArray();
        }
    }

    private record Archive(
            Rights rights,
            Directory top,
            ArchiveList list,
            ArchiveReport report,
            byte[] about,
            long length,
            String tag,
            Instant modified,
            Turns.Turn turn)
            implements Download {

        @Override
        public InputStream from(long from) throws IOException {
            var input = new ArchiveInput(rights, top, list.read(), report, about, this::close);
            input.skipTo(from);
            return input;
        }

        @Override
        public void close() {
            top.close();
            list.close();
            turn.close();
        }
    }
}
