package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_ENVIRONMENT;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_PROFILE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The only class that reads or writes {@code catalog_environment} and {@code catalog_profile}. */
final class CatalogRepository {

    /** More than a person can choose from. */
    static final int MAX_OFFERS = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final Database db;

    CatalogRepository(Database db) {
        this.db = db;
    }

    /** By name, at most {@link #MAX_OFFERS}. */
    List<Environment> environments(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_ENVIRONMENT)
                                .where(CATALOG_ENVIRONMENT.COMMUNITY_ID.eq(community.value()))
                                .orderBy(CATALOG_ENVIRONMENT.NAME)
                                .limit(MAX_OFFERS)
                                .fetch(CatalogRepository::toEnvironment));
    }

    /** Of that name in all communities, each of which has one at most. */
    List<Environment> environmentsNamed(String name) {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_ENVIRONMENT)
                                .where(CATALOG_ENVIRONMENT.NAME.eq(name))
                                .orderBy(CATALOG_ENVIRONMENT.ID)
                                .fetch(CatalogRepository::toEnvironment));
    }

    Set<CommunityId> communitiesWithProfiles() {
        return db.read(
                sql ->
                        sql.selectDistinct(CATALOG_PROFILE.COMMUNITY_ID)
                                .from(CATALOG_PROFILE)
                                .fetchSet(row -> new CommunityId(row.value1())));
    }

    Optional<Environment> environment(long id) {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_ENVIRONMENT)
                                .where(CATALOG_ENVIRONMENT.ID.eq(id))
                                .fetchOptional(CatalogRepository::toEnvironment));
    }

    /** By position, at most {@link #MAX_OFFERS}. */
    List<Profile> profiles(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_PROFILE)
                                .where(CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(CATALOG_PROFILE.POSITION, CATALOG_PROFILE.ID)
                                .limit(MAX_OFFERS)
                                .fetch(CatalogRepository::toProfile));
    }

    /** Adds both unless the community has profiles already; returns whether it did. */
    boolean addFirst(CommunityId community, Environment environment, Profile profile) {
        return db.write(
                sql -> {
                    boolean has =
                            sql.fetchExists(
                                    CATALOG_PROFILE,
                                    CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()));
                    if (has) {
                        return false;
                    }
                    add(sql, profile, add(sql, environment));
                    return true;
                });
    }

    private static long add(DSLContext sql, Environment environment) {
        return sql.insertInto(CATALOG_ENVIRONMENT)
                .set(CATALOG_ENVIRONMENT.COMMUNITY_ID, environment.community().value())
                .set(CATALOG_ENVIRONMENT.NAME, environment.name())
                .set(CATALOG_ENVIRONMENT.TITLE, environment.title())
                .set(CATALOG_ENVIRONMENT.IMAGE_REFERENCE, environment.imageReference())
                .set(CATALOG_ENVIRONMENT.IMAGE_ID, environment.imageId())
                .set(CATALOG_ENVIRONMENT.COMMAND, write(environment.command()))
                .set(CATALOG_ENVIRONMENT.DEFAULT_URL, environment.defaultUrl())
                .returning(CATALOG_ENVIRONMENT.ID)
                .fetchSingle()
                .getId();
    }

    private static void add(DSLContext sql, Profile profile, long environmentId) {
        sql.insertInto(CATALOG_PROFILE)
                .set(CATALOG_PROFILE.COMMUNITY_ID, profile.community().value())
                .set(CATALOG_PROFILE.ENVIRONMENT_ID, environmentId)
                .set(CATALOG_PROFILE.NAME, profile.name())
                .set(CATALOG_PROFILE.TITLE, profile.title())
                .set(CATALOG_PROFILE.POSITION, 1L)
                .set(CATALOG_PROFILE.MEMORY_BYTES, profile.memory().value())
                .set(CATALOG_PROFILE.MILLI_CPUS, (long) profile.milliCpus())
                .set(CATALOG_PROFILE.PIDS, (long) profile.pids())
                .execute();
    }

    /** Points the environment elsewhere; what runs keeps what it started with. */
    void freeze(long environmentId, String imageReference, @Nullable String imageId) {
        db.write(
                sql ->
                        sql.update(CATALOG_ENVIRONMENT)
                                .set(CATALOG_ENVIRONMENT.IMAGE_REFERENCE, imageReference)
                                .set(CATALOG_ENVIRONMENT.IMAGE_ID, imageId)
                                .set(
                                        CATALOG_ENVIRONMENT.VERSION,
                                        CATALOG_ENVIRONMENT.VERSION.plus(1))
                                .where(CATALOG_ENVIRONMENT.ID.eq(environmentId))
                                .execute());
    }

    private static Environment toEnvironment(Record row) {
        return new Environment(
                row.get(CATALOG_ENVIRONMENT.ID),
                new CommunityId(row.get(CATALOG_ENVIRONMENT.COMMUNITY_ID)),
                row.get(CATALOG_ENVIRONMENT.NAME),
                row.get(CATALOG_ENVIRONMENT.TITLE),
                row.get(CATALOG_ENVIRONMENT.IMAGE_REFERENCE),
                row.get(CATALOG_ENVIRONMENT.IMAGE_ID),
                read(row.get(CATALOG_ENVIRONMENT.COMMAND)),
                row.get(CATALOG_ENVIRONMENT.DEFAULT_URL));
    }

    private static Profile toProfile(Record row) {
        return new Profile(
                row.get(CATALOG_PROFILE.ID),
                new CommunityId(row.get(CATALOG_PROFILE.COMMUNITY_ID)),
                row.get(CATALOG_PROFILE.NAME),
                row.get(CATALOG_PROFILE.TITLE),
                row.get(CATALOG_PROFILE.ENVIRONMENT_ID),
                new Bytes(row.get(CATALOG_PROFILE.MEMORY_BYTES)),
                Math.toIntExact(row.get(CATALOG_PROFILE.MILLI_CPUS)),
                Math.toIntExact(row.get(CATALOG_PROFILE.PIDS)));
    }

    private static String write(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts is always JSON", e);
        }
    }

    private static List<String> read(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table only takes JSON lists", e);
        }
    }
}
