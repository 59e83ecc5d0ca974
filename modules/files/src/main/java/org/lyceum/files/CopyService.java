package org.lyceum.files;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.io.IOException;
import java.time.Clock;

/**
 * Copies what somebody can read into their home: whole or not at all. Links and pipes are left out,
 * because what they lead to there is something else here. Blocking.
 */
public final class CopyService {

    /** What a browser waits for without a sign of life; more is downloaded. */
    static final long MAX_BYTES = Bytes.gib(2).value();

    static final int MAX_THINGS = 20_000;

    /** Of one person at once, and people who copy at once. */
    private static final int EACH = 1;

    private static final int PEOPLE = 4;

    private final OwnerAccess access;
    private final FileService files;
    private final Clock clock;
    private final Turns turns = new Turns(EACH, PEOPLE);

    CopyService(OwnerAccess access, FileService files, Clock clock) {
        this.access = access;
        this.files = files;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param name in the home
     * @param leftOut how many links, pipes and closed folders were not copied
     */
    public record Copied(FileName name, int leftOut) {}

    /**
     * Copies a folder or a file to the top of a home, under its own name.
     *
     * @param home the reader's own
     * @throws Problem as {@link FilesProblems}; CONFLICT {@code files.exists}, TOO_LARGE {@code
     *     files.copy-too-large}, BUSY {@code files.busy}
     */
    public Copied copy(Place from, FilePath path, Place home) {
        from.requireReadable(null, path);
        home.requireWritable();
        FileService.requireName(path);
        try (var _ = turns.take(home);
                var source = access.in(from.key(), opened -> opened.below("."));
                var target = access.in(home.key(), opened -> opened.below("."))) {
            var copying = new Copying(access, source, path, target, from.trash().place());
            files.requireRoom(home.key(), copying.measure());
            return new Copied(path.last(), copying.run(clock.instant()));
        } catch (IOException e) {
            throw FilesProblems.of(e);
        }
    }

    static Problem tooLarge() {
        return Problem.of(
                Problem.Kind.TOO_LARGE,
                "files.copy-too-large",
                "This is more than can be copied here: "
                        + new Bytes(MAX_BYTES)
                        + " or "
                        + MAX_THINGS
                        + " files. Copy a part of it, or download it as an archive.");
    }
}
