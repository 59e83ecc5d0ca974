package org.lyceum.files;

import org.lyceum.files.LargestFiles.Found;
import org.lyceum.files.LargestFiles.Part;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.FileStat;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Finds what takes the most room, for somebody who must make some. Blocking. */
public final class LargestService {

    /** Files that are told of; nobody deletes more by hand. */
    private static final int FILES = 30;

    private static final int PARTS = 20;

    /** Things directly in a folder that are counted apart; what is beyond counts for the whole. */
    private static final int MANY = 10_000;

    /** Files with several names that are remembered, so that each counts once. */
    private static final int LINKED = 100_000;

    /** A page that takes longer is not waited for. About 200,000 files. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Walks for one person, and people who wait for one, at once. */
    private static final int EACH = 1;

    private static final int PEOPLE = 4;

    private final OwnerAccess access;
    private final Duration patience;
    private final Turns turns = new Turns(EACH, PEOPLE);

    LargestService(OwnerAccess access) {
        this(access, PATIENCE);
    }

    LargestService(OwnerAccess access, Duration patience) {
        this.access = access;
        this.patience = patience;
    }

    /**
     * Looks through the folder, the trash too, for as long as a page may take.
     *
     * @throws Problem as {@link FilesProblems}; FORBIDDEN {@code files.read-only}, BUSY {@code
     *     files.busy}
     */
    public LargestFiles of(Place place) {
        place.requireWritable();
        try (var _ = turns.take(place);
                var top = access.in(place.key(), opened -> opened.below("."))) {
            return look(top, place.trash().place());
        } catch (IOException e) {
            throw FilesProblems.of(e);
        }
    }

    private LargestFiles look(Directory top, FilePath trash) throws IOException {
        long began = System.nanoTime();
        var sum = new Sum(trash);
        var walk = new TreeWalk(top, FilePath.TOP, each -> false);
        for (var steps = access.call(walk::next);
                !steps.isEmpty();
                steps = access.call(walk::next)) {
            steps.forEach(sum::add);
            if (System.nanoTime() - began > patience.toNanos()) {
                return sum.result(false);
            }
        }
        return sum.result(true);
    }

    private static final class Sum {

        private final PriorityQueue<Found> largest =
                new PriorityQueue<>(Comparator.comparingLong(each -> each.stat().held()));
        private final Map<FilePath, Part> parts = new HashMap<>();
        private final Set<Long> seen = new HashSet<>();
        private final FilePath trash;
        private long bytes;
        private long count;

        Sum(FilePath trash) {
            this.trash = trash;
        }

        void add(TreeWalk.Step step) {
            count++;
            var stat = step.stat();
            boolean file = stat.kind() == FileStat.Kind.FILE;
            if (file && !first(stat)) {
                return;
            }
            bytes += stat.held();
            part(step, stat.held());
            if (file) {
                largest.add(new Found(step.path(), stat));
                if (largest.size() > FILES) {
                    largest.remove();
                }
            }
        }

        /** A file that has two names takes its room once. */
        private boolean first(FileStat stat) {
            return seen.size() >= LINKED || seen.add(stat.inode());
        }

        private void part(TreeWalk.Step step, long held) {
            var names = step.path().names();
            var key = step.path().within(trash) ? trash : new FilePath(names.subList(0, 1));
            if (parts.size() >= MANY && !parts.containsKey(key)) {
                return;
            }
            boolean folder = names.size() > 1 || step.stat().kind() == FileStat.Kind.DIRECTORY;
            parts.merge(
                    key,
                    new Part(key, folder, held, key.equals(trash)),
                    (one, other) ->
                            new Part(
                                    key,
                                    one.folder() || other.folder(),
                                    one.bytes() + other.bytes(),
                                    one.trash()));
        }

        LargestFiles result(boolean whole) {
            var files =
                    largest.stream()
                            .sorted(
                                    Comparator.comparingLong((Found each) -> each.stat().held())
                                            .reversed()
                                            .thenComparing(each -> each.path().toString()))
                            .toList();
            return new LargestFiles(files, shown(), bytes, count, whole);
        }

        private List<Part> shown() {
            return parts.values().stream()
                    .sorted(
                            Comparator.comparingLong(Part::bytes)
                                    .reversed()
                                    .thenComparing(each -> each.path().toString()))
                    .limit(PARTS)
                    .toList();
        }
    }
}
