package org.lyceum.files;

import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.UserThreads;
import org.lyceum.storage.Leaving;
import org.lyceum.storage.LeavingService;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of those who have left, for administrators who have said why they want them. Nobody owns
 * them meanwhile, so they are read by threads that may read all and write nothing. Blocking.
 */
public final class KeptService implements AutoCloseable {

    /** Calls of the kernel's at once. */
    private static final int THREADS = 2;

    /** For so long a reason stands: a large folder over a slow line is fetched in parts. */
    private static final Duration STANDS = Duration.ofDays(1);

    /** Reasons that stand at once; each is one administrator and one folder. */
    private static final int MOST = 1_000;

    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 200;

    private record Asked(UserId administrator, long folder) {}

    private final ConcurrentHashMap<Asked, Instant> asked = new ConcurrentHashMap<>();
    private final LeavingService leaving;
    private final ArchiveService archives;
    private final Clock clock;
    private final UserThreads readers = UserThreads.readers("kept", THREADS);

    KeptService(LeavingService leaving, ArchiveService archives, Clock clock) {
        this.leaving = leaving;
        this.archives = archives;
        this.clock = clock;
    }

    /**
     * Lets an administrator fetch it for a day, and writes that down with the reason.
     *
     * @throws Problem INVALID {@code folder.reason-missing}, CONFLICT {@code folder.closing}, BUSY
     *     {@code files.busy}
     */
    public void ask(User administrator, Leaving kept, String reason) {
        var words = reason.strip();
        if (words.length() < SHORTEST_REASON
                || words.length() > LONGEST_REASON
                || words.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "folder.reason-missing",
                    "Say in a line of at most "
                            + LONGEST_REASON
                            + " letters why you fetch somebody's files. It is kept in the audit"
                            + " log.");
        }
        leaving.open(kept);
        var now = clock.instant();
        asked.values().removeIf(until -> until.isBefore(now));
        if (asked.size() >= MOST) {
            throw FilesProblems.crowded();
        }
        leaving.noteFetch(administrator.actor(), kept, words);
        asked.put(new Asked(administrator.id(), kept.folder().number()), now.plus(STANDS));
    }

    /**
     * All of it but the trash.
     *
     * @throws Problem FORBIDDEN {@code folder.reason-missing} to whoever has not said why, and as
     *     {@link LeavingService#open}
     */
    public Download archive(User administrator, Leaving kept) {
        var until = asked.get(new Asked(administrator.id(), kept.folder().number()));
        if (until == null || until.isBefore(clock.instant())) {
            throw Problem.forbidden(
                    "folder.reason-missing",
                    "Say first why you fetch these files: press Fetch once more in the panel, on"
                            + " the page Storage.");
        }
        var name = FileName.of(name(kept));
        var place = new Place(kept.folder().key(), administrator.id(), name.shown(), true);
        return archives.archive(
                place, FilePath.TOP, name, readers::call, () -> opened(leaving.open(kept)));
    }

    private Directory opened(Path at) {
        try {
            return readers.call(() -> Directory.open(at));
        } catch (IOException e) {
            throw FilesProblems.of(e);
        }
    }

    /** What its archive is called, without an ending; of plain letters. */
    public static String name(Leaving kept) {
        var owner = kept.ownerName().isEmpty() ? "community" : kept.ownerName();
        var plain = owner.replaceAll("[^A-Za-z0-9@_-]", "_");
        var kind = kept.folder().key().kind().name().toLowerCase(Locale.ROOT);
        return plain.substring(0, Math.min(plain.length(), 100)) + "-" + kind;
    }

    @Override
    public void close() {
        readers.close();
    }
}
