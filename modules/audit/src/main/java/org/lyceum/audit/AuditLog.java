package org.lyceum.audit;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Writes and reads the audit log. Blocking. */
public final class AuditLog {

    /** More than a page of the panel shows. */
    public static final int MAX_LATEST = 1_000;

    private final AuditRepository entries;

    public AuditLog(Database db, Clock clock) {
        this.entries = new AuditRepository(db, clock);
    }

    /** As the long form, for an act on the whole platform. */
    public void record(
            DSLContext tx,
            Actor actor,
            AuditAction action,
            String thing,
            @Nullable String before,
            @Nullable String after) {
        entries.append(tx, null, actor, action, thing, before, after);
    }

    /**
     * Adds a line inside the caller's transaction: it is there exactly if the change is.
     *
     * @param thing such as {@code user:7}; never a secret, and no name alone
     * @param before what was, for an edit
     * @param after what is now, for an edit or a new thing
     */
    public void record(
            DSLContext tx,
            CommunityId community,
            Actor actor,
            AuditAction action,
            String thing,
            @Nullable String before,
            @Nullable String after) {
        entries.append(tx, community, actor, action, thing, before, after);
    }

    /** Adds a line of its own, for what changes no row: a failed sign-in, a refusal. */
    public void record(
            @Nullable CommunityId community, Actor actor, AuditAction action, String thing) {
        entries.append(community, actor, action, thing);
    }

    /** The newest lines, newest first, at most {@value #MAX_LATEST}. */
    public List<AuditEntry> latest(int limit) {
        return entries.latest(Math.min(limit, MAX_LATEST));
    }

    /**
     * Follows the chain of hashes over the whole log.
     *
     * @return the number of the first line that was changed or follows a missing one; empty when
     *     the log is as it was written
     */
    public Optional<Long> firstBroken() {
        return entries.firstBroken();
    }
}
