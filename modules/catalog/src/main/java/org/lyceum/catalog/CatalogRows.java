package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_AUDIENCE;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_ENVIRONMENT;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_PROFILE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the catalog's repositories read alike. */
final class CatalogRows {

    /** More than a person can choose from. */
    static final int MAX_OFFERS = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final String EVERYBODY = "EVERYBODY";

    private CatalogRows() {}

    /** By name. */
    static List<Environment> environments(DSLContext sql, Condition which, int limit) {
        return sql.selectFrom(CATALOG_ENVIRONMENT)
                .where(which)
                .orderBy(CATALOG_ENVIRONMENT.NAME, CATALOG_ENVIRONMENT.ID)
                .limit(limit)
                .fetch(CatalogRows::environment);
    }

    /** In the order people see, at most {@link #MAX_OFFERS}; two questions, however many. */
    static List<Profile> profiles(DSLContext sql, CommunityId community) {
        var audiences = audiences(sql, community);
        return sql.selectFrom(CATALOG_PROFILE)
                .where(CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()))
                .orderBy(CATALOG_PROFILE.POSITION, CATALOG_PROFILE.ID)
                .limit(MAX_OFFERS)
                .fetch(row -> profile(row, audiences));
    }

    static Optional<Profile> profile(DSLContext sql, CommunityId community, long id) {
        return profiles(sql, community).stream().filter(each -> each.id() == id).findFirst();
    }

    private record Some(Set<Long> groups, Set<Long> roles) {}

    private static Map<Long, Some> audiences(DSLContext sql, CommunityId community) {
        var found = new HashMap<Long, Some>();
        sql.select(CATALOG_AUDIENCE.fields())
                .from(CATALOG_AUDIENCE)
                .join(CATALOG_PROFILE)
                .on(CATALOG_PROFILE.ID.eq(CATALOG_AUDIENCE.PROFILE_ID))
                .where(CATALOG_PROFILE.COMMUNITY_ID.eq(community.value()))
                .fetch()
                .forEach(
                        row -> {
                            var some =
                                    found.computeIfAbsent(
                                            row.get(CATALOG_AUDIENCE.PROFILE_ID),
                                            id -> new Some(new HashSet<>(), new HashSet<>()));
                            var group = row.get(CATALOG_AUDIENCE.GROUP_ID);
                            if (group == null) {
                                some.roles().add(row.get(CATALOG_AUDIENCE.ROLE_ID));
                            } else {
                                some.groups().add(group);
                            }
                        });
        return found;
    }

    private static Profile profile(Record row, Map<Long, Some> audiences) {
        long id = row.get(CATALOG_PROFILE.ID);
        var memory = new Bytes(row.get(CATALOG_PROFILE.MEMORY_BYTES));
        var promised = row.get(CATALOG_PROFILE.PROMISED_BYTES);
        var some = audiences.getOrDefault(id, new Some(Set.of(), Set.of()));
        return new Profile(
                id,
                new CommunityId(row.get(CATALOG_PROFILE.COMMUNITY_ID)),
                row.get(CATALOG_PROFILE.NAME),
                row.get(CATALOG_PROFILE.TITLE),
                row.get(CATALOG_PROFILE.DESCRIPTION),
                row.get(CATALOG_PROFILE.ENVIRONMENT_ID),
                new Size(
                        memory,
                        promised == null ? memory : new Bytes(promised),
                        Math.toIntExact(row.get(CATALOG_PROFILE.MILLI_CPUS)),
                        Math.toIntExact(row.get(CATALOG_PROFILE.PIDS)),
                        device(row)),
                NetworkAccess.of(row.get(CATALOG_PROFILE.NETWORK)),
                OptionsJson.read(row.get(CATALOG_PROFILE.OPTIONS)),
                row.get(CATALOG_PROFILE.AUDIENCE).equals(EVERYBODY)
                        ? Audience.EVERYBODY
                        : Audience.some(some.groups(), some.roles()),
                row.get(CATALOG_PROFILE.RUNTIME),
                row.get(CATALOG_PROFILE.VERSION));
    }

    private static @Nullable DeviceWish device(Record row) {
        var kind = row.get(CATALOG_PROFILE.DEVICE_KIND);
        var count = row.get(CATALOG_PROFILE.DEVICE_COUNT);
        return kind == null || count == null ? null : new DeviceWish(kind, Math.toIntExact(count));
    }

    static String audience(Audience audience) {
        return audience.everybody() ? EVERYBODY : "SOME";
    }

    static Environment environment(Record row) {
        return new Environment(
                row.get(CATALOG_ENVIRONMENT.ID),
                new CommunityId(row.get(CATALOG_ENVIRONMENT.COMMUNITY_ID)),
                row.get(CATALOG_ENVIRONMENT.NAME),
                row.get(CATALOG_ENVIRONMENT.TITLE),
                row.get(CATALOG_ENVIRONMENT.IMAGE_REFERENCE),
                row.get(CATALOG_ENVIRONMENT.IMAGE_ID),
                read(row.get(CATALOG_ENVIRONMENT.COMMAND)),
                row.get(CATALOG_ENVIRONMENT.DEFAULT_URL),
                web(row),
                row.get(CATALOG_ENVIRONMENT.PROVEN) == 1,
                row.get(CATALOG_ENVIRONMENT.VERSION));
    }

    private static @Nullable WebApplication web(Record row) {
        var port = row.get(CATALOG_ENVIRONMENT.WEB_PORT);
        return port == null
                ? null
                : new WebApplication(
                        Math.toIntExact(port),
                        row.get(CATALOG_ENVIRONMENT.WEB_READY_PATH),
                        row.get(CATALOG_ENVIRONMENT.WEB_STRIPS_PREFIX) == 1);
    }

    static String write(List<String> texts) {
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
