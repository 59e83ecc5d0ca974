package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_ENVIRONMENT;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_PROFILE;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads environments and profiles, makes the first ones, and freezes what images mean. */
final class CatalogRepository {

    /** Every community has one of a name at most, and there are fewer communities than this. */
    private static final int MAX_NAMESAKES = 10_000;

    private final Database db;

    CatalogRepository(Database db) {
        this.db = db;
    }

    /** By name, at most {@link CatalogRows#MAX_OFFERS}. */
    List<Environment> environments(CommunityId community) {
        return db.read(
                sql ->
                        CatalogRows.environments(
                                sql,
                                CATALOG_ENVIRONMENT.COMMUNITY_ID.eq(community.value()),
                                CatalogRows.MAX_OFFERS));
    }

    /** Of that name in all communities, each of which has one at most. */
    List<Environment> environmentsNamed(String name) {
        return db.read(
                sql ->
                        CatalogRows.environments(
                                sql, CATALOG_ENVIRONMENT.NAME.eq(name), MAX_NAMESAKES));
    }

    /** Of all communities, those whose image was not on this machine when it was looked for. */
    List<Environment> environmentsWithoutImage(int limit) {
        return db.read(
                sql -> CatalogRows.environments(sql, CATALOG_ENVIRONMENT.IMAGE_ID.isNull(), limit));
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
                        CatalogRows.environments(sql, CATALOG_ENVIRONMENT.ID.eq(id), 1).stream()
                                .findFirst());
    }

    /** By position, at most {@link CatalogRows#MAX_OFFERS}. */
    List<Profile> profiles(CommunityId community) {
        return db.read(sql -> CatalogRows.profiles(sql, community));
    }

    /** Adds both unless the community has profiles already; returns whether it did. */
    boolean addFirst(CommunityId community, Environment.Draft environment, Profile.Draft profile) {
        return db.write(
                sql -> {
                    boolean has =
                            sql.fetchExists(
                                    CATALOG_PROFILE,
                                    CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()));
                    if (has) {
                        return false;
                    }
                    long made = EnvironmentRepository.insert(sql, community, environment);
                    ProfileRepository.insert(sql, community, 1, made, profile);
                    return true;
                });
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
}
