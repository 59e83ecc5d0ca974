package org.lyceum.content;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One repository on its way into one home. Any thread. */
public final class Pull {

    /** How far it is. */
    public enum Phase {
        WAITING("It waits for its turn."),
        FETCHING("The repository is asked for its files."),
        MERGING("The files are put into your home; what you have changed stays."),
        DONE(""),
        FAILED("");

        private final String sentence;

        Phase(String sentence) {
            this.sentence = sentence;
        }

        public boolean over() {
            return this == DONE || this == FAILED;
        }
    }

    private record Now(Phase phase, String sentence) {}

    private final String id;
    private final CommunityId community;
    private final UserId user;
    private final PullLink link;
    private final boolean ofStart;
    private final Instant began;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Now now = new Now(Phase.WAITING, Phase.WAITING.sentence);

    Pull(
            String id,
            CommunityId community,
            UserId user,
            PullLink link,
            boolean ofStart,
            Instant began) {
        this.id = id;
        this.community = community;
        this.user = user;
        this.link = link;
        this.ofStart = ofStart;
        this.began = began;
    }

    /** Nobody guesses it. */
    public String id() {
        return id;
    }

    /** What is pulled, and what is opened afterwards. */
    public PullLink link() {
        return link;
    }

    public Instant began() {
        return began;
    }

    public Phase phase() {
        return now.phase();
    }

    /** What happens, what has come, or why nothing has; for its person. */
    public String sentence() {
        return now.sentence();
    }

    /** Whether a start has asked for it, and no person. */
    boolean ofStart() {
        return ofStart;
    }

    boolean of(CommunityId inCommunity, UserId ofUser) {
        return community.equals(inCommunity) && user.equals(ofUser);
    }

    void is(Phase phase) {
        now = new Now(phase, phase.sentence);
    }

    void end(Phase phase, String sentence) {
        now = new Now(phase, sentence);
        over.countDown();
    }

    boolean await(Duration patience) throws InterruptedException {
        return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
