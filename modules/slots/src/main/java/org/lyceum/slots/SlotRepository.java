package org.lyceum.slots;

import static org.lyceum.platform.schema.slots.Tables.SLOTS_SLOT;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.slots.tables.records.SlotsSlotRecord;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code slots_slot}. */
final class SlotRepository {

    /** As many containers as one machine can hold. */
    private static final int MAX = 2000;

    private final Database db;

    SlotRepository(Database db) {
        this.db = db;
    }

    /** A new row, FILLING. */
    Slot add(SlotWish wish, Instant now) {
        var kind = wish.kind();
        var limits = wish.limits();
        return db.write(
                sql ->
                        sql.insertInto(SLOTS_SLOT)
                                .set(SLOTS_SLOT.COMMUNITY_ID, kind.community().value())
                                .set(SLOTS_SLOT.IMAGE_ID, kind.imageId())
                                .set(SLOTS_SLOT.COMMAND, Commands.json(kind.command()))
                                .set(SLOTS_SLOT.MEMORY_BYTES, limits.memory().value())
                                .set(SLOTS_SLOT.MILLI_CPUS, (long) limits.milliCpus())
                                .set(SLOTS_SLOT.PIDS, (long) limits.pids())
                                .set(SLOTS_SLOT.STATE, Slot.State.FILLING.name())
                                .set(SLOTS_SLOT.CREATED_AT, now.toEpochMilli())
                                .returning()
                                .fetchSingle(SlotRepository::toSlot));
    }

    /** FILLING → FILLING, with its container. */
    boolean place(long id, Slot.Place place) {
        return db.write(
                sql ->
                        sql.update(SLOTS_SLOT)
                                        .set(SLOTS_SLOT.CONTAINER_ID, place.containerId())
                                        .set(SLOTS_SLOT.HOST, place.host())
                                        .set(SLOTS_SLOT.GATEWAY, place.gateway())
                                        .where(is(id, Slot.State.FILLING))
                                        .execute()
                                == 1);
    }

    /** FILLING → READY. */
    boolean ready(long id, Instant now) {
        return db.write(
                sql ->
                        sql.update(SLOTS_SLOT)
                                        .set(SLOTS_SLOT.STATE, Slot.State.READY.name())
                                        .set(SLOTS_SLOT.READY_AT, now.toEpochMilli())
                                        .where(is(id, Slot.State.FILLING))
                                        .execute()
                                == 1);
    }

    /**
     * READY → CLAIMED. One statement decides, so of two starts that want one slot exactly one gets
     * it; of the slots that fit, one with the limits that are wanted before the oldest.
     *
     * @param among the slots whose launchers are known to wait
     */
    Optional<Slot> claim(
            SlotWish wish, Collection<Long> among, long serverId, String spawnId, Instant now) {
        var same =
                SLOTS_SLOT
                        .MEMORY_BYTES
                        .eq(wish.limits().memory().value())
                        .and(SLOTS_SLOT.MILLI_CPUS.eq((long) wish.limits().milliCpus()))
                        .and(SLOTS_SLOT.PIDS.eq((long) wish.limits().pids()));
        var best =
                DSL.select(SLOTS_SLOT.ID)
                        .from(SLOTS_SLOT)
                        .where(SLOTS_SLOT.STATE.eq(Slot.State.READY.name()))
                        .and(of(wish.kind()))
                        .and(SLOTS_SLOT.ID.in(among))
                        .orderBy(DSL.field(same).desc(), SLOTS_SLOT.READY_AT, SLOTS_SLOT.ID)
                        .limit(1);
        return db.write(
                sql ->
                        sql.update(SLOTS_SLOT)
                                .set(SLOTS_SLOT.STATE, Slot.State.CLAIMED.name())
                                .set(SLOTS_SLOT.SERVER_ID, serverId)
                                .set(SLOTS_SLOT.SPAWN_ID, spawnId)
                                .set(SLOTS_SLOT.CLAIMED_AT, now.toEpochMilli())
                                .where(SLOTS_SLOT.ID.eq(best))
                                .and(SLOTS_SLOT.STATE.eq(Slot.State.READY.name()))
                                .returning()
                                .fetchOptional(SlotRepository::toSlot));
    }

    /**
     * Any of these → ENDING.
     *
     * @return false when it is in another state by now, or gone
     */
    boolean end(long id, Slot.State... from) {
        return db.write(
                sql ->
                        sql.update(SLOTS_SLOT)
                                        .set(SLOTS_SLOT.STATE, Slot.State.ENDING.name())
                                        .set(SLOTS_SLOT.SERVER_ID, (Long) null)
                                        .set(SLOTS_SLOT.SPAWN_ID, (String) null)
                                        .where(is(id, from))
                                        .execute()
                                == 1);
    }

    /** Forgets a slot that is ENDING. */
    void remove(long id) {
        db.write(sql -> sql.deleteFrom(SLOTS_SLOT).where(is(id, Slot.State.ENDING)).execute());
    }

    /** The slot that a start of this server took, whichever start it was. */
    Optional<Slot> ofServer(long serverId) {
        return db.read(
                sql ->
                        sql.selectFrom(SLOTS_SLOT)
                                .where(SLOTS_SLOT.SERVER_ID.eq(serverId))
                                .fetchOptional(SlotRepository::toSlot));
    }

    Optional<Slot> find(long id) {
        return db.read(
                sql ->
                        sql.selectFrom(SLOTS_SLOT)
                                .where(SLOTS_SLOT.ID.eq(id))
                                .fetchOptional(SlotRepository::toSlot));
    }

    /** All, oldest first, at most 2000. */
    List<Slot> all() {
        return db.read(
                sql ->
                        sql.selectFrom(SLOTS_SLOT)
                                .orderBy(SLOTS_SLOT.ID)
                                .limit(MAX)
                                .fetch(SlotRepository::toSlot));
    }

    private static Condition is(long id, Slot.State... states) {
        var names = Arrays.stream(states).map(Enum::name).toList();
        return SLOTS_SLOT.ID.eq(id).and(SLOTS_SLOT.STATE.in(names));
    }

    private static Condition of(SlotKind kind) {
        return SLOTS_SLOT
                .COMMUNITY_ID
                .eq(kind.community().value())
                .and(SLOTS_SLOT.IMAGE_ID.eq(kind.imageId()))
                .and(SLOTS_SLOT.COMMAND.eq(Commands.json(kind.command())));
    }

    private static Slot toSlot(SlotsSlotRecord row) {
        var ready = row.getReadyAt();
        return new Slot(
                row.getId(),
                new SlotKind(
                        new CommunityId(row.getCommunityId()),
                        row.getImageId(),
                        Commands.list(row.getCommand())),
                // A tmpfs is made once: its size is of no use to anybody who reads this.
                new ContainerSpec.Limits(
                        new Bytes(row.getMemoryBytes()),
                        Math.toIntExact(row.getMilliCpus()),
                        Math.toIntExact(row.getPids()),
                        Bytes.mib(1)),
                Slot.State.valueOf(row.getState()),
                place(row.getContainerId(), row.getHost(), row.getGateway()),
                row.getServerId(),
                row.getSpawnId(),
                ready == null ? null : Instant.ofEpochMilli(ready));
    }

    private static Slot.@Nullable Place place(
            @Nullable String containerId, @Nullable String host, @Nullable String gateway) {
        return containerId == null || host == null || gateway == null
                ? null
                : new Slot.Place(containerId, host, gateway);
    }
}
