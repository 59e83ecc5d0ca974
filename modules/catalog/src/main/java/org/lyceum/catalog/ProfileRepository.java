package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_AUDIENCE;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_PROFILE;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.catalog.tables.records.CatalogProfileRecord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Writes {@code catalog_profile} and {@code catalog_audience} for administrators. */
final class ProfileRepository {

    private final Database db;
    private final AuditLog audit;

    ProfileRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** The last in the order people see. */
    Profile create(Actor actor, CommunityId community, Profile.Draft draft) {
        return db.write(tx -> create(tx, actor, community, draft));
    }

    private Profile create(DSLContext tx, Actor actor, CommunityId community, Profile.Draft draft) {
        var there = CatalogRows.profiles(tx, community);
        if (there.size() >= CatalogRows.MAX_OFFERS) {
            throw Problem.conflict(
                    "profile.too-many",
                    "There are " + there.size() + " profiles; remove one first.");
        }
        requireFree(there, draft.name(), 0);
        long id = insert(tx, community, nextPosition(tx, community), draft.environmentId(), draft);
        var made = CatalogRows.profile(tx, community, id).orElseThrow();
        record(tx, actor, null, made);
        return made;
    }

    private static long nextPosition(DSLContext tx, CommunityId community) {
        return tx.select(DSL.coalesce(DSL.max(CATALOG_PROFILE.POSITION), 0L).plus(1))
                .from(CATALOG_PROFILE)
                .where(CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()))
                .fetchSingle()
                .value1();
    }

    static long insert(
            DSLContext tx,
            CommunityId community,
            long position,
            long environmentId,
            Profile.Draft draft) {
        var row = tx.newRecord(CATALOG_PROFILE);
        row.setCommunityId(community.value());
        row.setPosition(position);
        fill(row, environmentId, draft);
        long id =
                tx.insertInto(CATALOG_PROFILE)
                        .set(row)
                        .returning(CATALOG_PROFILE.ID)
                        .fetchSingle()
                        .getId();
        addAudience(tx, id, draft.audience());
        return id;
    }

    private static void fill(CatalogProfileRecord row, long environmentId, Profile.Draft draft) {
        var size = draft.size();
        row.setEnvironmentId(environmentId);
        row.setName(draft.name());
        row.setTitle(draft.title());
        row.setDescription(draft.description());
        row.setMemoryBytes(size.memory().value());
        row.setPromisedBytes(size.overcommitted() ? size.promised().value() : null);
        row.setMilliCpus((long) size.milliCpus());
        row.setPids((long) size.pids());
        row.setNetwork(draft.network().word());
        var device = size.device();
        row.setDeviceKind(device == null ? null : device.kind());
        row.setDeviceCount(device == null ? null : (long) device.count());
        row.setOptions(OptionsJson.write(draft.options()));
        row.setRuntime(draft.runtime());
        row.setAudience(CatalogRows.audience(draft.audience()));
    }

    private static void addAudience(DSLContext tx, long profile, Audience audience) {
        for (var group : audience.groups()) {
            tx.insertInto(CATALOG_AUDIENCE)
                    .set(CATALOG_AUDIENCE.PROFILE_ID, profile)
                    .set(CATALOG_AUDIENCE.GROUP_ID, group)
                    .execute();
        }
        for (var role : audience.roles()) {
            tx.insertInto(CATALOG_AUDIENCE)
                    .set(CATALOG_AUDIENCE.PROFILE_ID, profile)
                    .set(CATALOG_AUDIENCE.ROLE_ID, role)
                    .execute();
        }
    }

    Profile change(Actor actor, Profile before, Profile.Draft draft) {
        return db.write(
                tx -> {
                    var there = CatalogRows.profiles(tx, before.community());
                    requireFree(there, draft.name(), before.id());
                    var row = tx.newRecord(CATALOG_PROFILE);
                    fill(row, draft.environmentId(), draft);
                    row.setVersion(before.version() + 1);
                    int rows =
                            tx.update(CATALOG_PROFILE)
                                    .set(row)
                                    .where(CATALOG_PROFILE.ID.eq(before.id()))
                                    .and(CATALOG_PROFILE.VERSION.eq(before.version()))
                                    .execute();
                    if (rows == 0) {
                        throw ProfileService.stale();
                    }
                    tx.deleteFrom(CATALOG_AUDIENCE)
                            .where(CATALOG_AUDIENCE.PROFILE_ID.eq(before.id()))
                            .execute();
                    addAudience(tx, before.id(), draft.audience());
                    var after =
                            CatalogRows.profile(tx, before.community(), before.id()).orElseThrow();
                    record(tx, actor, before, after);
                    return after;
                });
    }

    /** One is always left, or the platform would make the first one anew at its next start. */
    void delete(Actor actor, Profile profile) {
        db.write(
                tx -> {
                    if (CatalogRows.profiles(tx, profile.community()).size() < 2) {
                        throw Problem.conflict(
                                "profile.last",
                                "This is the community's only profile; add another one first.");
                    }
                    int rows =
                            tx.deleteFrom(CATALOG_PROFILE)
                                    .where(CATALOG_PROFILE.ID.eq(profile.id()))
                                    .and(CATALOG_PROFILE.VERSION.eq(profile.version()))
                                    .execute();
                    if (rows == 0) {
                        throw ProfileService.stale();
                    }
                    record(tx, actor, profile, null);
                    return true;
                });
    }

    /**
     * Puts them into this order.
     *
     * @param ids of all of them
     */
    void order(Actor actor, CommunityId community, List<Long> ids) {
        db.write(
                tx -> {
                    var before = CatalogRows.profiles(tx, community);
                    if (!ids.stream()
                            .sorted()
                            .toList()
                            .equals(before.stream().map(Profile::id).sorted().toList())) {
                        throw ProfileService.stale();
                    }
                    for (int place = 0; place < ids.size(); place++) {
                        tx.update(CATALOG_PROFILE)
                                .set(CATALOG_PROFILE.POSITION, place + 1L)
                                .where(CATALOG_PROFILE.ID.eq(ids.get(place)))
                                .execute();
                    }
                    var after = CatalogRows.profiles(tx, community);
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.PROFILE_CHANGED,
                            "order of profiles",
                            names(before),
                            names(after));
                    return true;
                });
    }

    private static String names(List<Profile> profiles) {
        return String.join(", ", profiles.stream().map(Profile::name).toList());
    }

    /**
     * Adds what an import brings, whole or not at all.
     *
     * @param drafts name new environments by negative numbers: -1 is the first of them
     */
    List<Profile> addAll(
            Actor actor,
            CommunityId community,
            List<Environment.Draft> environments,
            List<Profile.Draft> drafts) {
        return db.write(
                tx -> {
                    var numbers = new HashMap<Long, Long>();
                    for (var draft : environments) {
                        numbers.put(
                                -1L - numbers.size(),
                                EnvironmentRepository.create(tx, community, draft));
                    }
                    var made = new ArrayList<Profile>();
                    for (var draft : drafts) {
                        made.add(create(tx, actor, community, Renumbered.of(draft, numbers)));
                    }
                    return made;
                });
    }

    private static void requireFree(List<Profile> there, String name, long self) {
        if (there.stream().anyMatch(each -> each.name().equals(name) && each.id() != self)) {
            throw Problem.conflict(
                    "profile.exists",
                    "There is a profile of that name already; choose another name.");
        }
    }

    private void record(
            DSLContext tx, Actor actor, @Nullable Profile before, @Nullable Profile after) {
        var one = after == null ? before : after;
        if (one != null) {
            audit.record(
                    tx,
                    one.community(),
                    actor,
                    AuditAction.PROFILE_CHANGED,
                    "profile:" + one.id(),
                    text(before),
                    text(after));
        }
    }

    private static @Nullable String text(@Nullable Profile profile) {
        if (profile == null) {
            return null;
        }
        var size = profile.size();
        var device = size.device();
        return profile.name()
                + " environment="
                + profile.environmentId()
                + " memory="
                + size.memory()
                + " promised="
                + size.promised()
                + " milliCpus="
                + size.milliCpus()
                + (profile.runtime().isEmpty() ? "" : " runtime=" + profile.runtime())
                + " network="
                + profile.network().word()
                + (device == null ? "" : " device=" + device.kind() + "*" + device.count())
                + " audience="
                + profile.audience()
                + " options="
                + profile.options().size();
    }
}
