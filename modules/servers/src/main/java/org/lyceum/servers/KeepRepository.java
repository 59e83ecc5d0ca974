package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_KEEP;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.schema.servers.tables.records.ServersKeepRecord;

import java.time.Instant;
import java.util.Map;

/** Reads and writes {@code servers_keep}. Blocking. */
final class KeepRepository {

    private final Database db;
    private final AuditLog audit;

    /** What somebody has asked for, for one start of a server. */
    record Keep(String spawnId, Instant until) {}

    KeepRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    void put(Actor actor, Server server, Instant until) {
        db.write(
                sql -> {
                    sql.insertInto(SERVERS_KEEP)
                            .set(SERVERS_KEEP.SERVER_ID, server.id())
                            .set(SERVERS_KEEP.SPAWN_ID, server.spawnId())
                            .set(SERVERS_KEEP.UNTIL, until.toEpochMilli())
                            .onConflict(SERVERS_KEEP.SERVER_ID)
                            .doUpdate()
                            .set(SERVERS_KEEP.SPAWN_ID, server.spawnId())
                            .set(SERVERS_KEEP.UNTIL, until.toEpochMilli())
                            .execute();
                    audit.record(
                            sql,
                            server.key().community(),
                            actor,
                            AuditAction.SERVER_KEPT,
                            "server:" + server.id(),
                            null,
                            until.toString());
                    return true;
                });
    }

    void remove(Server server) {
        db.write(
                sql ->
                        sql.deleteFrom(SERVERS_KEEP)
                                .where(SERVERS_KEEP.SERVER_ID.eq(server.id()))
                                .execute());
    }

    /** Keeps the server no longer than until then; one that is kept for less stays so. */
    void shorten(Server server, Instant until) {
        db.write(
                sql ->
                        sql.update(SERVERS_KEEP)
                                .set(SERVERS_KEEP.UNTIL, until.toEpochMilli())
                                .where(SERVERS_KEEP.SERVER_ID.eq(server.id()))
                                .and(SERVERS_KEEP.UNTIL.gt(until.toEpochMilli()))
                                .execute());
    }

    /** By the number of the server; at most one for each that there is. */
    Map<Long, Keep> all() {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_KEEP)
                                .limit(ServerRepository.MAX_ACTIVE)
                                .fetchMap(SERVERS_KEEP.SERVER_ID, KeepRepository::keep));
    }

    /** Until when it is kept; null when it is not. */
    @Nullable Instant until(Server server, Instant now) {
        var keep =
                db.read(
                        sql ->
                                sql.selectFrom(SERVERS_KEEP)
                                        .where(SERVERS_KEEP.SERVER_ID.eq(server.id()))
                                        .fetchOptional(KeepRepository::keep));
        return until(server, keep.orElse(null), now);
    }

    /** The same of those that were read. */
    static @Nullable Instant until(Server server, Map<Long, Keep> keeps, Instant now) {
        return until(server, keeps.get(server.id()), now);
    }

    private static Keep keep(ServersKeepRecord row) {
        return new Keep(row.getSpawnId(), Instant.ofEpochMilli(row.getUntil()));
    }

    private static @Nullable Instant until(Server server, @Nullable Keep keep, Instant now) {
        return keep != null && keep.spawnId().equals(server.spawnId()) && keep.until().isAfter(now)
                ? keep.until()
                : null;
    }

    /** Forgets what is over. */
    void sweep(Instant now) {
        db.write(
                sql ->
                        sql.deleteFrom(SERVERS_KEEP)
                                .where(SERVERS_KEEP.UNTIL.le(now.toEpochMilli()))
                                .execute());
    }
}
