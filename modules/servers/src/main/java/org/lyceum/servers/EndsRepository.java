package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_ENDS;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.servers.tables.records.ServersEndsRecord;

import java.time.Duration;
import java.util.HashMap;

/** The only class that reads or writes {@code servers_ends}. Blocking. */
final class EndsRepository {

    /** 1,000 communities with 100 profiles each, and one row of their own. */
    private static final int MOST = 101_000;

    private final Database db;
    private final AuditLog audit;

    EndsRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    EndsRules rules(ServersConfig.Ends platform) {
        return rules(platform, DSL.noCondition());
    }

    /** Those of one community: a hundred rows at most. */
    EndsRules rules(ServersConfig.Ends platform, CommunityId community) {
        return rules(platform, SERVERS_ENDS.COMMUNITY_ID.eq(community.value()));
    }

    private EndsRules rules(ServersConfig.Ends platform, Condition which) {
        var communities = new HashMap<CommunityId, EndsRule>();
        var profiles = new HashMap<Long, EndsRule>();
        db.read(sql -> sql.selectFrom(SERVERS_ENDS).where(which).limit(MOST).fetch())
                .forEach(
                        row -> {
                            var profile = row.getProfileId();
                            if (profile == null) {
                                communities.put(new CommunityId(row.getCommunityId()), rule(row));
                            } else {
                                profiles.put(profile, rule(row));
                            }
                        });
        return new EndsRules(platform, communities, profiles);
    }

    /**
     * @param profile null for all of the community
     */
    void put(Actor actor, CommunityId community, @Nullable Long profile, EndsRule rule) {
        db.write(
                sql -> {
                    var there = there(community, profile);
                    var before =
                            sql.selectFrom(SERVERS_ENDS)
                                    .where(there)
                                    .fetchOptional(EndsRepository::rule);
                    sql.deleteFrom(SERVERS_ENDS).where(there).execute();
                    if (!rule.empty()) {
                        sql.insertInto(SERVERS_ENDS)
                                .set(SERVERS_ENDS.COMMUNITY_ID, community.value())
                                .set(SERVERS_ENDS.PROFILE_ID, profile)
                                .set(SERVERS_ENDS.CULL_AFTER, seconds(rule.cullAfter()))
                                .set(SERVERS_ENDS.MAX_AGE, seconds(rule.maxAge()))
                                .set(SERVERS_ENDS.KEEP_AT_MOST, seconds(rule.keepAtMost()))
                                .set(SERVERS_ENDS.FREEZE_AFTER, seconds(rule.freezeAfter()))
                                .execute();
                    }
                    audit.record(
                            sql,
                            community,
                            actor,
                            AuditAction.LIMIT_CHANGED,
                            "ends of "
                                    + (profile == null
                                            ? "community:" + community
                                            : "profile:" + profile),
                            before.map(EndsRule::toString).orElse(null),
                            rule.empty() ? null : rule.toString());
                    return true;
                });
    }

    private static Condition there(CommunityId community, @Nullable Long profile) {
        var own = SERVERS_ENDS.COMMUNITY_ID.eq(community.value());
        return own.and(
                profile == null
                        ? SERVERS_ENDS.PROFILE_ID.isNull()
                        : SERVERS_ENDS.PROFILE_ID.eq(profile));
    }

    private static EndsRule rule(ServersEndsRecord row) {
        return new EndsRule(
                duration(row.getCullAfter()),
                duration(row.getMaxAge()),
                duration(row.getKeepAtMost()),
                duration(row.getFreezeAfter()));
    }

    private static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
