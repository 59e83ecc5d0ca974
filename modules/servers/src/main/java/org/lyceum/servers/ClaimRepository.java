package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_SERVER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jooq.DSLContext;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.servers.tables.records.ServersServerRecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Decides in {@code servers_server} who may start a server. Blocking. */
final class ClaimRepository {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database db;
    private final AuditLog audit;

    ClaimRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** The outcome of {@link #claim}. */
    sealed interface Claim {
        record Won(Server server) implements Claim {}

        record Lost(Server server) implements Claim {}
    }

    /** What a start writes down. */
    record NewSpawn(
            ServerKey key,
            String spawnId,
            String prefix,
            Map<String, Object> userOptions,
            String launchSnapshot,
            Bytes memory) {}

    /**
     * Takes the right to start a server. All writes go through one writer, so of two callers
     * exactly one wins, and the limits hold exactly.
     */
    Claim claim(Actor actor, NewSpawn spawn, ServerLimits limits, Instant now) {
        return db.write(
                sql -> {
                    var there = ServerRepository.find(sql, spawn.key());
                    if (there.isPresent() && there.get().active()) {
                        return new Claim.Lost(there.get());
                    }
                    limits.requireRoom(new Counts(sql, spawn.key(), there.isPresent()));
                    upsert(sql, spawn, now);
                    var server = ServerRepository.find(sql, spawn.key()).orElseThrow();
                    audit.record(
                            sql,
                            spawn.key().community(),
                            actor,
                            AuditAction.SERVER_SPAWNED,
                            "server:" + server.id(),
                            null,
                            spawn.launchSnapshot());
                    return new Claim.Won(server);
                });
    }

    /**
     * @throws Problem INVALID server.too-many-named, if a claim would add one too many now
     */
    void requireNamed(ServerKey key, ServerLimits limits) {
        db.read(
                sql -> {
                    boolean known = ServerRepository.find(sql, key).isPresent();
                    limits.requireNamed(new Counts(sql, key, known));
                    return true;
                });
    }

    /** What there is at the moment of a claim. */
    private record Counts(DSLContext sql, ServerKey key, boolean known)
            implements ServerLimits.Counts {

        @Override
        public long spawning() {
            return ServerRepository.count(sql, List.of(ServerState.SPAWNING.name()));
        }

        @Override
        public long active() {
            return ServerRepository.count(sql, ServerRepository.ACTIVE);
        }

        @Override
        public long spawningInCommunity() {
            return ServerRepository.count(
                    sql, key.community(), List.of(ServerState.SPAWNING.name()));
        }

        @Override
        public long activeInCommunity() {
            return ServerRepository.count(sql, key.community(), ServerRepository.ACTIVE);
        }

        @Override
        public boolean addsNamed() {
            return !key.unnamed() && !known;
        }

        @Override
        public long named() {
            return sql.fetchCount(
                    SERVERS_SERVER,
                    SERVERS_SERVER
                            .COMMUNITY_ID
                            .eq(key.community().value())
                            .and(SERVERS_SERVER.USER_ID.eq(key.user().value()))
                            .and(SERVERS_SERVER.NAME.ne("")));
        }
    }

    private static void upsert(DSLContext sql, NewSpawn spawn, Instant now) {
        var fresh = new ServersServerRecord();
        fresh.setState(ServerState.SPAWNING.name());
        fresh.setSpawnId(spawn.spawnId());
        fresh.setPrefix(spawn.prefix());
        fresh.setUserOptions(json(spawn.userOptions()));
        fresh.setLaunchSnapshot(spawn.launchSnapshot());
        fresh.setMemoryBytes(spawn.memory().value());
        fresh.setContainerId(null);
        fresh.setDevices(null);
        fresh.setStartedAt(now.toEpochMilli());
        fresh.setLastActivityAt(now.toEpochMilli());
        fresh.setFailureCode(null);
        fresh.setFailure(null);
        fresh.setStopReason(null);
        fresh.setStopDetail(null);
        fresh.setStopLog(null);
        sql.insertInto(SERVERS_SERVER)
                .set(SERVERS_SERVER.COMMUNITY_ID, spawn.key().community().value())
                .set(SERVERS_SERVER.USER_ID, spawn.key().user().value())
                .set(SERVERS_SERVER.NAME, spawn.key().name())
                .set(SERVERS_SERVER.CREATED_AT, now.toEpochMilli())
                .set(fresh)
                .onConflict(
                        SERVERS_SERVER.COMMUNITY_ID, SERVERS_SERVER.USER_ID, SERVERS_SERVER.NAME)
                .doUpdate()
                .set(fresh)
                .execute();
    }

    private static String json(Map<String, Object> options) {
        try {
            return JSON.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "server.options-invalid",
                    "The options of a server must be plain JSON.",
                    e);
        }
    }
}
