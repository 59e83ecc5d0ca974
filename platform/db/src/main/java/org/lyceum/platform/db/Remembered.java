package org.lyceum.platform.db;

import org.jooq.Table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What has been read and is still true: each answer is good until the next write to one of the
 * tables that it was read from. So nothing has to be told what has become false, and a write that
 * has returned is seen by every later question, as without this.
 *
 * <p>Exact because this process is the only one that writes, through one lane: {@link Changes} are
 * counted before the read, and counted up before a write returns. What depends on the clock is not
 * for here, or is looked at again by who asks. Any thread.
 */
public final class Remembered<K, V> {

    private record Answer<V>(long changes, V value) {}

    private final Database db;
    private final int most;
    private final List<Table<?>> tables;
    private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();

    /**
     * @param most answers kept; when there are as many, all are forgotten
     * @param tables all that answers are read from, not views; without any, each answer is good
     *     until the next write whatever it is about
     */
    public Remembered(Database db, int most, Table<?>... tables) {
        this.db = db;
        this.most = most;
        this.tables = List.of(tables);
    }

    /** {@code read}'s answer, from now or since the last change; empty ones are not kept. */
    public Optional<V> get(K key, Supplier<Optional<V>> read) {
        long changes = db.changes().of(tables);
        var there = answers.get(key);
        if (there != null && there.changes() == changes) {
            return Optional.of(there.value());
        }
        var found = read.get();
        if (found.isPresent()) {
            keep(key, new Answer<>(changes, found.get()));
        } else if (there != null) {
            answers.remove(key, there);
        }
        return found;
    }

    /** The answer if it is remembered and still true; reads nothing. */
    public Optional<V> peek(K key) {
        long changes = db.changes().of(tables);
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> answer.changes() == changes)
                .map(Answer::value);
    }

    /**
     * The answers for all of {@code keys}; what is not remembered is read at once.
     *
     * @param nothing the answer for a key that {@code read} has none for
     */
    public Map<K, V> all(Collection<K> keys, V nothing, Function<List<K>, Map<K, V>> read) {
        long changes = db.changes().of(tables);
        var found = new HashMap<K, V>();
        var missing = new ArrayList<K>();
        for (var key : keys) {
            var there = answers.get(key);
            if (there != null && there.changes() == changes) {
                found.put(key, there.value());
            } else {
                missing.add(key);
            }
        }
        if (!missing.isEmpty()) {
            var fresh = read.apply(missing);
            for (var key : missing) {
                var value = fresh.getOrDefault(key, nothing);
                found.put(key, value);
                keep(key, new Answer<>(changes, value));
            }
        }
        return found;
    }

    private void keep(K key, Answer<V> answer) {
        if (answers.size() >= most) {
            answers.clear();
        }
        answers.put(key, answer);
    }
}
