package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_SERVER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jooq.DSLContext;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.Launched;
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.servers.tables.records.ServersServerRecord;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code servers_server}, and carries its rows from state to state. Blocking. */
final class ServerRepository {

    /** More servers than one machine can run, so that no list is without an end. */
    static final int MAX_ACTIVE = 2000;

    /** Of one user in one community; the limit on named servers is far below. */
    private static final int MAX_PER_USER = 1000;

    static final List<String> ACTIVE =
            Arrays.stream(ServerState.values())
                    .filter(ServerState::active)
                    .map(Enum::name)
                    .toList();

    private static final ObjectMapper JSON = new ObjectMapper();

    /** They have their memory; a start has it from its turn on, and the line knows of that. */
    private static final List<String> HOLDING =
            List.of(ServerState.READY.name(), ServerState.STOPPING.name());

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** A user in one community. */
    private record Owner(CommunityId community, UserId user) {}

    /** Whose servers are remembered between two writes; each costs about a KiB. */
    private static final int MAX_OWNERS = 2_000;

    private final Database db;
    private final Remembered<Owner, List<Server>> ofOwner;
    private final AuditLog audit;

    ServerRepository(Database db, AuditLog audit) {
        this.db = db;
        this.ofOwner = new Remembered<>(db, MAX_OWNERS, SERVERS_SERVER);
        this.audit = audit;
    }

    /** SPAWNING → SPAWNING, with its container. */
    boolean markContainer(Server server, String containerId) {
        return change(
                server,
                List.of(ServerState.SPAWNING),
                row -> row.set(SERVERS_SERVER.CONTAINER_ID, containerId));
    }

    /** Writes down which units of devices a start was given. */
    boolean markUnits(Server server, List<String> units) {
        return change(
                server,
                List.of(ServerState.SPAWNING, ServerState.READY),
                row -> row.set(SERVERS_SERVER.DEVICES, Units.text(units)));
    }

    /** SPAWNING → READY. */
    boolean markReady(Server server, String containerId, ServerAddress address, Instant now) {
        return change(
                server,
                List.of(ServerState.SPAWNING),
                row ->
                        row.set(SERVERS_SERVER.STATE, ServerState.READY.name())
                                .set(SERVERS_SERVER.CONTAINER_ID, containerId)
                                .set(SERVERS_SERVER.HOST, address.host())
                                .set(SERVERS_SERVER.PORT, (long) address.port())
                                .set(SERVERS_SERVER.LAST_ACTIVITY_AT, now.toEpochMilli()));
    }

    /** SPAWNING → FAILED. */
    boolean markFailed(Server server, Problem failure, StopReason reason) {
        return change(
                server,
                List.of(ServerState.SPAWNING),
                row ->
                        row.set(SERVERS_SERVER.STATE, ServerState.FAILED.name())
                                .set(SERVERS_SERVER.CONTAINER_ID, (String) null)
                                .set(SERVERS_SERVER.STARTED_AT, (Long) null)
                                .set(SERVERS_SERVER.FAILURE_CODE, failure.code())
                                .set(SERVERS_SERVER.FAILURE, failure.detail())
                                .set(SERVERS_SERVER.STOP_REASON, reason.name()));
    }

    /** SPAWNING or READY → STOPPING. */
    boolean beginStop(Actor actor, Server server, Ending ending) {
        return db.write(
                sql -> {
                    boolean begun =
                            change(
                                    sql,
                                    server,
                                    List.of(ServerState.SPAWNING, ServerState.READY),
                                    row ->
                                            row.set(
                                                            SERVERS_SERVER.STATE,
                                                            ServerState.STOPPING.name())
                                                    .set(
                                                            SERVERS_SERVER.STOP_REASON,
                                                            ending.reason().name())
                                                    .set(
                                                            SERVERS_SERVER.STOP_DETAIL,
                                                            ending.detail())
                                                    .set(SERVERS_SERVER.STOP_LOG, ending.log()));
                    if (begun) {
                        recordStop(sql, actor, server, ending);
                    }
                    return begun;
                });
    }

    /** STOPPING → STOPPED. */
    boolean finishStop(Server server, Instant now) {
        return change(server, List.of(ServerState.STOPPING), row -> stopped(row, now));
    }

    private static UpdateSetMoreStep<ServersServerRecord> stopped(
            UpdateSetMoreStep<ServersServerRecord> row, Instant now) {
        return row.set(SERVERS_SERVER.STATE, ServerState.STOPPED.name())
                .set(SERVERS_SERVER.CONTAINER_ID, (String) null)
                .set(SERVERS_SERVER.HOST, (String) null)
                .set(SERVERS_SERVER.PORT, (Long) null)
                .set(SERVERS_SERVER.STARTED_AT, (Long) null)
                .set(SERVERS_SERVER.LAST_ACTIVITY_AT, now.toEpochMilli());
    }

    private void recordStop(DSLContext sql, Actor actor, Server server, Ending ending) {
        audit.record(
                sql,
                server.key().community(),
                actor,
                AuditAction.SERVER_STOPPED,
                "server:" + server.id(),
                null,
                ending.line());
    }

    /** READY, at another address: the engine was restarted and gave it a new one. */
    boolean moveAddress(Server server, ServerAddress address) {
        return change(
                server,
                List.of(ServerState.READY),
                row ->
                        row.set(SERVERS_SERVER.HOST, address.host())
                                .set(SERVERS_SERVER.PORT, (long) address.port()));
    }

    /** What to set; starts from a row that is being updated. */
    private interface Change {
        UpdateSetMoreStep<ServersServerRecord> on(UpdateSetMoreStep<ServersServerRecord> row);
    }

    private boolean change(Server server, List<ServerState> from, Change change) {
        return db.write(sql -> change(sql, server, from, change));
    }

    /** Changes the row only if it is still in one of these states and in this very start. */
    private static boolean change(
            DSLContext sql, Server server, List<ServerState> from, Change change) {
        // The first assignment changes nothing; it makes every change a list to add to.
        var row = sql.update(SERVERS_SERVER).set(SERVERS_SERVER.SPAWN_ID, server.spawnId());
        return change.on(row)
                        .where(SERVERS_SERVER.ID.eq(server.id()))
                        .and(SERVERS_SERVER.SPAWN_ID.eq(server.spawnId()))
                        .and(SERVERS_SERVER.STATE.in(from.stream().map(Enum::name).toList()))
                        .execute()
                == 1;
    }

    /** Forward only. */
    boolean touch(ServerKey key, Instant at) {
        return db.write(
                sql -> {
                    var there = find(sql, key);
                    there.ifPresent(
                            server ->
                                    sql.update(SERVERS_SERVER)
                                            .set(SERVERS_SERVER.LAST_ACTIVITY_AT, at.toEpochMilli())
                                            .where(SERVERS_SERVER.ID.eq(server.id()))
                                            .and(
                                                    SERVERS_SERVER.LAST_ACTIVITY_AT.lt(
                                                            at.toEpochMilli()))
                                            .execute());
                    return there.isPresent();
                });
    }

    /** Deletes the row of a server that does not run; returns whether it did. */
    boolean forget(Actor actor, Server server) {
        return db.write(
                sql -> {
                    boolean gone =
                            sql.deleteFrom(SERVERS_SERVER)
                                            .where(SERVERS_SERVER.ID.eq(server.id()))
                                            .and(SERVERS_SERVER.STATE.notIn(ACTIVE))
                                            .execute()
                                    == 1;
                    if (gone) {
                        audit.record(
                                sql,
                                server.key().community(),
                                actor,
                                AuditAction.SERVER_REMOVED,
                                "server:" + server.id(),
                                server.key().name(),
                                null);
                    }
                    return gone;
                });
    }

    Optional<Server> find(ServerKey key) {
        return db.read(sql -> find(sql, key));
    }

    static Optional<Server> find(DSLContext sql, ServerKey key) {
        return sql.selectFrom(SERVERS_SERVER)
                .where(SERVERS_SERVER.COMMUNITY_ID.eq(key.community().value()))
                .and(SERVERS_SERVER.USER_ID.eq(key.user().value()))
                .and(SERVERS_SERVER.NAME.eq(key.name()))
                .fetchOptional(ServerRepository::toServer);
    }

    Optional<Server> find(long id) {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_SERVER)
                                .where(SERVERS_SERVER.ID.eq(id))
                                .fetchOptional(ServerRepository::toServer));
    }

    Optional<Server> readyAt(CommunityId community, String host) {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_SERVER)
                                .where(SERVERS_SERVER.STATE.eq(ServerState.READY.name()))
                                .and(SERVERS_SERVER.HOST.eq(host))
                                .and(SERVERS_SERVER.COMMUNITY_ID.eq(community.value()))
                                .limit(1)
                                .fetchOptional(ServerRepository::toServer));
    }

    /** All active servers, oldest first, at most {@link #MAX_ACTIVE}. */
    List<Server> active() {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_SERVER)
                                .where(SERVERS_SERVER.STATE.in(ACTIVE))
                                .orderBy(SERVERS_SERVER.ID)
                                .limit(MAX_ACTIVE)
                                .fetch(ServerRepository::toServer));
    }

    /**
     * What servers of one community hold.
     *
     * @param bytes of memory, by their limits
     */
    record Promise(CommunityId community, long servers, long bytes) {}

    /** Of all that run or are ending, by community. */
    List<Promise> promises(Collection<Long> without) {
        var servers = DSL.count();
        var bytes = DSL.sum(SERVERS_SERVER.MEMORY_BYTES);
        return db.read(
                sql ->
                        sql.select(SERVERS_SERVER.COMMUNITY_ID, servers, bytes)
                                .from(SERVERS_SERVER)
                                .where(SERVERS_SERVER.STATE.in(HOLDING))
                                .and(SERVERS_SERVER.ID.notIn(without))
                                .groupBy(SERVERS_SERVER.COMMUNITY_ID)
                                .fetch(
                                        row ->
                                                new Promise(
                                                        new CommunityId(row.value1()),
                                                        row.value2(),
                                                        row.value3().longValue())));
    }

    /**
     * The units that active servers hold, each as often as it is held. A start is among them from
     * the moment its units are written down, until its row says that it has ended.
     */
    List<String> heldUnits(Collection<Long> without) {
        return db.read(
                sql ->
                        sql
                                .select(SERVERS_SERVER.DEVICES)
                                .from(SERVERS_SERVER)
                                .where(SERVERS_SERVER.STATE.in(ACTIVE))
                                .and(SERVERS_SERVER.DEVICES.isNotNull())
                                .and(SERVERS_SERVER.ID.notIn(without))
                                .fetch(SERVERS_SERVER.DEVICES)
                                .stream()
                                .flatMap(text -> Units.of(text).stream())
                                .toList());
    }

    /** Each user's servers by name, the default one first; users without servers have none. */
    Map<UserId, List<Server>> ofUsers(CommunityId community, Collection<UserId> users) {
        var keys = users.stream().map(user -> new Owner(community, user)).toList();
        var found = new HashMap<UserId, List<Server>>();
        ofOwner.all(keys, List.of(), unknown -> readOf(community, unknown))
                .forEach((owner, servers) -> found.put(owner.user(), servers));
        return found;
    }

    private Map<Owner, List<Server>> readOf(CommunityId community, List<Owner> owners) {
        var numbers = owners.stream().map(owner -> owner.user().value()).toList();
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_SERVER)
                                .where(SERVERS_SERVER.COMMUNITY_ID.eq(community.value()))
                                .and(Among.numbers(SERVERS_SERVER.USER_ID, numbers))
                                .orderBy(SERVERS_SERVER.USER_ID, SERVERS_SERVER.NAME)
                                .limit(MAX_PER_USER * owners.size())
                                .collect(
                                        Collectors.groupingBy(
                                                row ->
                                                        new Owner(
                                                                community,
                                                                new UserId(row.getUserId())),
                                                Collectors.mapping(
                                                        ServerRepository::toServer,
                                                        Collectors.toUnmodifiableList()))));
    }

    boolean anyActive(UserId user) {
        return db.read(
                sql ->
                        sql.fetchExists(
                                SERVERS_SERVER,
                                SERVERS_SERVER
                                        .USER_ID
                                        .eq(user.value())
                                        .and(SERVERS_SERVER.STATE.in(ACTIVE))));
    }

    long count(Collection<ServerState> states) {
        return db.read(sql -> count(sql, states.stream().map(Enum::name).toList()));
    }

    static long count(DSLContext sql, List<String> states) {
        return sql.fetchCount(SERVERS_SERVER, SERVERS_SERVER.STATE.in(states));
    }

    long count(CommunityId community, Collection<ServerState> states) {
        return db.read(sql -> count(sql, community, states.stream().map(Enum::name).toList()));
    }

    static long count(DSLContext sql, CommunityId community, List<String> states) {
        return sql.fetchCount(
                SERVERS_SERVER,
                SERVERS_SERVER
                        .STATE
                        .in(states)
                        .and(SERVERS_SERVER.COMMUNITY_ID.eq(community.value())));
    }

    private static Server toServer(ServersServerRecord row) {
        var host = row.getHost();
        var port = row.getPort();
        var started = row.getStartedAt();
        var reason = row.getStopReason();
        return new Server(
                row.getId(),
                new ServerKey(
                        new CommunityId(row.getCommunityId()),
                        new UserId(row.getUserId()),
                        row.getName()),
                ServerState.valueOf(row.getState()),
                row.getSpawnId(),
                row.getPrefix(),
                started == null ? null : Instant.ofEpochMilli(started),
                Instant.ofEpochMilli(row.getLastActivityAt()),
                options(row.getUserOptions()),
                row.getContainerId(),
                host == null || port == null
                        ? null
                        : new ServerAddress(host, Math.toIntExact(port)),
                new Bytes(row.getMemoryBytes()),
                row.getFailure(),
                reason == null
                        ? null
                        : new Ending(
                                StopReason.valueOf(reason), row.getStopDetail(), row.getStopLog()),
                Launched.of(row.getLaunchSnapshot()),
                Units.of(row.getDevices()));
    }

    private static Map<String, Object> options(@Nullable String json) {
        try {
            return JSON.readValue(json == null ? "{}" : json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table only takes JSON objects", e);
        }
    }
}
