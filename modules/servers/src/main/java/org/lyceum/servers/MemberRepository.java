package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_MEMBER;
import static org.lyceum.platform.schema.servers.Tables.SERVERS_MEMBER_KEY;
import static org.lyceum.platform.schema.servers.Tables.SERVERS_SERVER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the view {@code servers_member}. */
final class MemberRepository {

    private static final List<ServerState> ACTIVE =
            List.of(ServerState.SPAWNING, ServerState.READY, ServerState.STOPPING);

    private final Database db;

    MemberRepository(Database db) {
        this.db = db;
    }

    MemberPage members(CommunityId community, MemberQuery query) {
        var wanted = condition(community, query);
        return db.read(
                sql -> {
                    var users =
                            sql.selectFrom(SERVERS_MEMBER)
                                    .where(wanted)
                                    .orderBy(order(query), SERVERS_MEMBER.USER_ID.asc())
                                    .offset(query.offset())
                                    .limit(query.limit())
                                    .fetch(MemberRepository::toUser);
                    return new MemberPage(users, total(sql, community, query, wanted));
                });
    }

    private static int total(
            DSLContext sql, CommunityId community, MemberQuery query, Condition wanted) {
        return query.all()
                ? sql.fetchCount(
                        SERVERS_MEMBER_KEY, SERVERS_MEMBER_KEY.COMMUNITY_ID.eq(community.value()))
                : sql.fetchCount(SERVERS_MEMBER, wanted);
    }

    long count(CommunityId community, @Nullable Instant activeSince) {
        var wanted = SERVERS_MEMBER.COMMUNITY_ID.eq(community.value());
        return db.read(
                sql ->
                        (long)
                                sql.fetchCount(
                                        SERVERS_MEMBER,
                                        activeSince == null
                                                ? wanted
                                                : wanted.and(
                                                        SERVERS_MEMBER.LAST_ACTIVITY_AT.ge(
                                                                activeSince.toEpochMilli()))));
    }

    private static Condition condition(CommunityId community, MemberQuery query) {
        var all = new ArrayList<Condition>();
        all.add(SERVERS_MEMBER.COMMUNITY_ID.eq(community.value()));
        var activity = query.activity();
        if (activity != null) {
            all.add(
                    switch (activity) {
                        case ACTIVE -> withServer(community, ACTIVE);
                        case INACTIVE -> withServer(community, ACTIVE).not();
                        case READY -> withServer(community, List.of(ServerState.READY));
                    });
        }
        var name = query.nameFilter();
        if (name != null && !name.isEmpty()) {
            all.add(SERVERS_MEMBER.NAME.containsIgnoreCase(name));
        }
        var among = query.among();
        if (among != null) {
            all.add(SERVERS_MEMBER.USER_ID.in(among.stream().map(UserId::value).toList()));
        }
        return DSL.and(all);
    }

    /** Found by the index of what runs, for which SQLite must read the states in the statement. */
    private static Condition withServer(CommunityId community, List<ServerState> states) {
        var names = states.stream().map(state -> DSL.inline(state.name())).toList();
        return SERVERS_MEMBER.USER_ID.in(
                DSL.select(SERVERS_SERVER.USER_ID)
                        .from(SERVERS_SERVER)
                        .where(SERVERS_SERVER.COMMUNITY_ID.eq(community.value()))
                        .and(SERVERS_SERVER.STATE.in(names)));
    }

    /** Members who were never seen come first when the longest unseen come first. */
    private static SortField<?> order(MemberQuery query) {
        var field =
                switch (query.sort()) {
                    case ID -> SERVERS_MEMBER.USER_ID;
                    case NAME -> SERVERS_MEMBER.NAME;
                    case LAST_ACTIVITY -> SERVERS_MEMBER.LAST_ACTIVITY_AT;
                };
        return query.descending() ? field.desc() : field.asc();
    }

    private static User toUser(Record row) {
        var seen = row.get(SERVERS_MEMBER.LAST_ACTIVITY_AT);
        return new User(
                new UserId(row.get(SERVERS_MEMBER.USER_ID)),
                row.get(SERVERS_MEMBER.NAME),
                row.get(SERVERS_MEMBER.ADMIN) == 1,
                Instant.ofEpochMilli(row.get(SERVERS_MEMBER.CREATED_AT)),
                seen == null ? null : Instant.ofEpochMilli(seen));
    }
}
