package org.lyceum.storage;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Folders whose owners have gone, and when they are removed. An owner who comes back has theirs
 * back, whoever let them in; nobody needs to be told here. Blocking.
 */
public final class LeavingService {

    /** Longer than any school keeps anything. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private final LeavingRepository leaving;
    private final Keeper keeper;
    private final Duration age;
    private final Clock clock;

    LeavingService(LeavingRepository leaving, Keeper keeper, Duration age, Clock clock) {
        this.leaving = leaving;
        this.keeper = keeper;
        this.age = age;
        this.clock = clock;
    }

    /** How long they are kept unless somebody says otherwise. */
    public Duration age() {
        return age;
    }

    /** Of a community, those that go first before all others. */
    public List<Leaving> of(CommunityId community, int offset, int limit) {
        return leaving.of(community, offset, limit);
    }

    /** What is kept of somebody's home; empty when it is theirs, or they have had none. */
    public Optional<Leaving> home(CommunityId community, UserId user) {
        return leaving.of(FolderKey.home(community, user));
    }

    /**
     * @throws Problem NOT_FOUND {@code folder.not-leaving}
     */
    public Leaving require(CommunityId community, long number) {
        return leaving.find(number)
                .filter(found -> found.folder().key().community().equals(community))
                .orElseThrow(LeavingService::notLeaving);
    }

    /**
     * Where its files are: closed to everybody, and to be opened by nobody but who may read all.
     *
     * @throws Problem CONFLICT {@code folder.closing} while servers that use it may still end,
     *     NOT_FOUND {@code folder.not-leaving}, UNAVAILABLE {@code folder.being-removed} and of the
     *     pool
     */
    public Path open(Leaving kept) {
        var folder = kept.folder();
        var state = leaving.state(folder).orElseThrow(LeavingService::notLeaving);
        if (!leaving.ownerless(folder)) {
            throw notLeaving();
        }
        return switch (state) {
            case NOTED ->
                    throw Problem.conflict(
                            "folder.closing",
                            "Servers that use these files may still be ending. Try again in two"
                                    + " minutes.");
            case REMOVING -> throw beingRemoved();
            case SEALED -> sealed(folder);
        };
    }

    /** Writes down that somebody is let fetch it, and why. */
    public void noteFetch(Actor actor, Leaving kept, String reason) {
        leaving.fetched(actor, kept.folder(), reason);
    }

    private Path sealed(Folder folder) {
        try {
            return keeper.seal(folder);
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    private static Problem beingRemoved() {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "folder.being-removed",
                "The files that were kept here are being removed just now. Try again in a minute.");
    }

    /**
     * Removes it at another time; one that has passed is soon.
     *
     * @throws Problem NOT_FOUND {@code folder.not-leaving}, INVALID {@code folder.kept-too-long}
     */
    public void keepUntil(Actor actor, Leaving folder, Instant until) {
        if (until.isAfter(clock.instant().plus(LONGEST))) {
            throw Problem.invalid(
                    "folder.kept-too-long",
                    "Files can be kept for " + LONGEST.toDays() + " days at most from today.");
        }
        if (!leaving.move(actor, folder, until)) {
            throw notLeaving();
        }
    }

    /**
     * Before a folder is used by whoever may use it: gives back at once what was closed.
     *
     * @throws Problem CONFLICT {@code folder.leaving}, UNAVAILABLE {@code folder.being-removed}
     */
    void beforeUse(Folder folder) throws IOException {
        var state = leaving.state(folder);
        if (state.isEmpty()) {
            return;
        }
        if (state.get() == LeavingRepository.State.REMOVING) {
            throw beingRemoved();
        }
        if (leaving.ownerless(folder)) {
            throw Problem.conflict(
                    "folder.leaving",
                    "These files belong to somebody who has left. Bring them back first: the"
                            + " panel's page Storage lists them.");
        }
        giveBack(new Actor.Platform(), folder);
    }

    /** May be done twice. */
    void giveBack(Actor actor, Folder folder) throws IOException {
        keeper.release(folder);
        leaving.back(actor, folder);
    }

    private static Problem notLeaving() {
        return Problem.notFound(
                "folder.not-leaving",
                "This folder is its owner's again, or has been removed; look at the list again.");
    }
}
