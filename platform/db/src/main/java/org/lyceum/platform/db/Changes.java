package org.lyceum.platform.db;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the writer has changed, table by table, so that {@link Remembered} knows what is
 * still true. What it cannot tell counts as a change of everything: statements in plain text, and
 * every DELETE, because foreign keys and triggers carry it on to other tables.
 */
final class Changes implements ExecuteListener {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Map<String, AtomicLong> ofTable = new ConcurrentHashMap<>();
    private final transient AtomicLong ofEverything = new AtomicLong();
    private final transient AtomicLong all = new AtomicLong();

    /**
     * Of the transaction under way, and of ones that were rolled back; the writer's thread only.
     */
    private final transient Set<String> changed = new HashSet<>();

    private boolean everything;

    @Override
    public void executeStart(ExecuteContext context) {
        var batch = context.batchQueries();
        if (batch.length == 0) {
            everything = true;
        }
        for (var query : batch) {
            note(query);
        }
    }

    private void note(@Nullable Query query) {
        switch (query) {
            case QOM.Insert<?> insert -> changed.add(insert.$into().getName());
            case QOM.Update<?> update -> changed.add(update.$table().getName());
            case Select<?> select -> {}
            case null, default -> everything = true;
        }
    }

    /** The transaction is in the file; whoever waits for it has not been told yet. */
    void committed() {
        all.incrementAndGet();
        if (everything) {
            ofEverything.incrementAndGet();
        } else {
            changed.forEach(table -> counter(table).incrementAndGet());
        }
        changed.clear();
        everything = false;
    }

    /**
     * A number that has grown when one of the tables was changed; all tables when none is named.
     */
    long of(Collection<? extends Table<?>> tables) {
        if (tables.isEmpty()) {
            return all.get();
        }
        long count = ofEverything.get();
        for (var table : tables) {
            count += counter(table.getName()).get();
        }
        return count;
    }

    private AtomicLong counter(String table) {
        return ofTable.computeIfAbsent(table, name -> new AtomicLong());
    }
}
