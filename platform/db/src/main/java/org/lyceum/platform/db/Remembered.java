package org.lyceum.platform.db;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What has been read and is still true: each answer is good until the next write to the database,
 * whatever it is about. So nothing has to be told what has become false, and a write that has
 * returned is seen by every later question, as without this.
 *
 * <p>Exact because this process is the only one that writes, through one lane: the number of writes
 * is taken before the read and counted up before a write returns. What depends on the clock is not
 * for here, or is looked at again by who asks. Any thread.
 */
public final class Remembered<K, V> {

    private record Answer<V>(long writes, V value) {}

    private final Database db;
    private final int most;
    private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();

    /**
     * @param most answers kept; when there are as many, all are forgotten
     */
    public Remembered(Database db, int most) {
        this.db = db;
        this.most = most;
    }

    /** {@code read}'s answer, from now or since the last write; empty ones are not kept. */
    public Optional<V> get(K key, Supplier<Optional<V>> read) {
        long writes = db.writes();
        var there = answers.get(key);
        if (there != null && there.writes() == writes) {
            return Optional.of(there.value());
        }
        var found = read.get();
        if (found.isPresent()) {
            if (answers.size() >= most) {
                answers.clear();
            }
            answers.put(key, new Answer<>(writes, found.get()));
        } else if (there != null) {
            answers.remove(key, there);
        }
        return found;
    }
}
