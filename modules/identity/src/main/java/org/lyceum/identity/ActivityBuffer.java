package org.lyceum.identity;

import org.lyceum.platform.jobs.Job;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who was active since the last write. Every request passes here, so it is a map and not the
 * database; a job writes it every 30 s, which is as precise as JupyterHub is. Safe for any thread.
 */
final class ActivityBuffer implements Job {

    /** More than can be active within 30 s; what is beyond is noted next time. */
    private static final int MAX_NOTED = 100_000;

    /** Updates per transaction: other writers wait a few milliseconds at most. */
    private static final int BATCH = 500;

    private final UserRepository users;
    private final TokenRepository tokens;
    private final Clock clock;
    private final Map<Long, Long> activeUsers = new ConcurrentHashMap<>();
    private final Map<Long, Long> activeTokens = new ConcurrentHashMap<>();

    ActivityBuffer(UserRepository users, TokenRepository tokens, Clock clock) {
        this.users = users;
        this.tokens = tokens;
        this.clock = clock;
    }

    void touchUser(long id) {
        touch(activeUsers, id);
    }

    void touchToken(long id) {
        touch(activeTokens, id);
    }

    private void touch(Map<Long, Long> active, long id) {
        if (active.size() < MAX_NOTED) {
            active.merge(id, clock.millis(), Math::max);
        }
    }

    @Override
    public String name() {
        return "identity.write-activity";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run() {
        int written = write(activeUsers, users::recordActivity);
        written += write(activeTokens, tokens::recordActivity);
        return new Report(written, written, 0);
    }

    /** Writes what is there now; what comes in meanwhile is for the next run. */
    private static int write(Map<Long, Long> active, Consumer<Map<Long, Long>> repository) {
        int written = 0;
        var batch = new HashMap<Long, Long>();
        for (var id : List.copyOf(active.keySet())) {
            var millis = active.remove(id);
            if (millis != null) {
                batch.put(id, millis);
                written++;
            }
            if (batch.size() == BATCH) {
                repository.accept(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            repository.accept(batch);
        }
        return written;
    }
}
