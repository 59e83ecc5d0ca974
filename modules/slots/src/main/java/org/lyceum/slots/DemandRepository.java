package org.lyceum.slots;

import static org.lyceum.platform.schema.slots.Tables.SLOTS_DEMAND;

import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.slots.tables.records.SlotsDemandRecord;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The only class that reads or writes {@code slots_demand}. */
final class DemandRepository {

    /** Kinds nobody has asked for lately go; this is only a bound. */
    private static final int MAX = 1000;

    private final Database db;

    DemandRepository(Database db) {
        this.db = db;
    }

    /** One start of this kind was asked for; the limits of the last one are remembered. */
    void count(SlotWish wish, Instant now) {
        var kind = wish.kind();
        var command = Commands.json(kind.command());
        db.write(
                sql -> {
                    var row =
                            sql.selectFrom(SLOTS_DEMAND)
                                    .where(SLOTS_DEMAND.COMMUNITY_ID.eq(kind.community().value()))
                                    .and(SLOTS_DEMAND.IMAGE_ID.eq(kind.imageId()))
                                    .and(SLOTS_DEMAND.COMMAND.eq(command))
                                    .fetchOptional();
                    var before = row.map(DemandRepository::toDemand).orElse(Demand.none(now));
                    var demand = before.plusOne(now);
                    var fresh = new SlotsDemandRecord();
                    fresh.setMemoryBytes(wish.limits().memory().value());
                    fresh.setMilliCpus((long) wish.limits().milliCpus());
                    fresh.setPids((long) wish.limits().pids());
                    fresh.setAverageMilli(Math.round(demand.average() * 1000));
                    fresh.setPeriod(demand.period());
                    fresh.setCounted((long) demand.counted());
                    return sql.insertInto(SLOTS_DEMAND)
                            .set(SLOTS_DEMAND.COMMUNITY_ID, kind.community().value())
                            .set(SLOTS_DEMAND.IMAGE_ID, kind.imageId())
                            .set(SLOTS_DEMAND.COMMAND, command)
                            .set(fresh)
                            .onConflict(
                                    SLOTS_DEMAND.COMMUNITY_ID,
                                    SLOTS_DEMAND.IMAGE_ID,
                                    SLOTS_DEMAND.COMMAND)
                            .doUpdate()
                            .set(fresh)
                            .execute();
                });
    }

    /** Every kind that was ever asked for and the demand as of now, at most 1000. */
    Map<SlotWish, Demand> all(Instant now) {
        var found = new LinkedHashMap<SlotWish, Demand>();
        var rows =
                db.read(
                        sql ->
                                sql.selectFrom(SLOTS_DEMAND)
                                        .orderBy(
                                                SLOTS_DEMAND.COMMUNITY_ID,
                                                SLOTS_DEMAND.IMAGE_ID,
                                                SLOTS_DEMAND.COMMAND)
                                        .limit(MAX)
                                        .fetch());
        for (var row : rows) {
            found.put(toWish(row), toDemand(row).at(now));
        }
        return found;
    }

    /** Forgets a kind: its image has gone, or nobody has come for long. */
    void forget(SlotKind kind) {
        db.write(
                sql ->
                        sql.deleteFrom(SLOTS_DEMAND)
                                .where(SLOTS_DEMAND.COMMUNITY_ID.eq(kind.community().value()))
                                .and(SLOTS_DEMAND.IMAGE_ID.eq(kind.imageId()))
                                .and(SLOTS_DEMAND.COMMAND.eq(Commands.json(kind.command())))
                                .execute());
    }

    private static SlotWish toWish(SlotsDemandRecord row) {
        return new SlotWish(
                new SlotKind(
                        new CommunityId(row.getCommunityId()),
                        row.getImageId(),
                        Commands.list(row.getCommand())),
                new ContainerSpec.Limits(
                        new Bytes(row.getMemoryBytes()),
                        Math.toIntExact(row.getMilliCpus()),
                        Math.toIntExact(row.getPids()),
                        Bytes.mib(1)));
    }

    private static Demand toDemand(SlotsDemandRecord row) {
        return new Demand(
                row.getAverageMilli() / 1000.0, row.getPeriod(), Math.toIntExact(row.getCounted()));
    }
}
