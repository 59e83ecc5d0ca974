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
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the view {@code servers_member}. */
final class MemberRepository {

    private static final List<ServerState> ACTIVE =
            List.of(ServerState.SPAWNING, ServerState.READY, ServerState.STOPPING);

    /** Communities whose members are counted between two writes. */
    private static final int MAX_COUNTS = 1_000;

    /** Asked for again between two writes; each costs 30 KiB, and 150 KiB at most. */
    private static final int MAX_PAGES = 20;

    private record Asked(CommunityId community, MemberQuery query) {}

    private final Database db;
    private final Remembered<CommunityId, Integer> counts;
    private final Remembered<Asked, MemberPage> pages;

    MemberRepository(Database db) {
        this.db = db;
        this.counts = new Remembered<>(db, MAX_COUNTS);
        this.pages = new Remembered<>(db, MAX_PAGES);
    }

    MemberPage members(CommunityId community, MemberQuery query) {
        var wanted = condition(community, query);
        if (!query.all()) {
            return db.read(
                    sql ->
                            new MemberPage(
                                    page(sql, query, wanted),
                                    sql.fetchCount(SERVERS_MEMBER, wanted)));
        }
        // Everybody is counted once and not for each page: it means walking over all of them.
        int total = counts.get(community, () -> Optional.of(countAll(community))).orElseThrow();
        var asked = new Asked(community, query);
        return pages.get(
                        asked,
                        () -> {
                            var users = db.read(sql -> part(sql, asked, wanted));
                            return Optional.of(new MemberPage(users, total));
                        })
                .orElseThrow();
    }

    /**
     * Who walks through all members must not cost more with each page, as passing over those before
     * it would: a page by number begins behind the one before, if that is remembered. Otherwise the
     * keys alone are passed over, and no person is looked up for it.
     */
    private List<User> part(DSLContext sql, Asked asked, Condition wanted) {
        var query = asked.query();
        if (query.sort() != MemberQuery.Sort.ID || query.offset() == 0) {
            return page(sql, query, wanted);
        }
        var number = SERVERS_MEMBER.USER_ID;
        var last =
                query.before()
                        .flatMap(before -> pages.peek(new Asked(asked.community(), before)))
                        .filter(before -> before.users().size() == query.limit())
                        .map(before -> before.users().getLast().id().value());
        if (last.isPresent()) {
            var behind = query.descending() ? number.lt(last.get()) : number.gt(last.get());
            return page(sql, query.fromStart(), wanted.and(behind));
        }
        var key = SERVERS_MEMBER_KEY.USER_ID;
        var first =
                DSL.select(key)
                        .from(SERVERS_MEMBER_KEY)
                        .where(SERVERS_MEMBER_KEY.COMMUNITY_ID.eq(asked.community().value()))
                        .orderBy(query.descending() ? key.desc() : key.asc())
                        .limit(1)
                        .offset(query.offset());
        var from = query.descending() ? number.le(first) : number.ge(first);
        return page(sql, query.fromStart(), wanted.and(from));
    }

    private static List<User> page(DSLContext sql, MemberQuery query, Condition wanted) {
        return sql.selectFrom(SERVERS_MEMBER)
                .where(wanted)
                .orderBy(order(query), SERVERS_MEMBER.USER_ID.asc())
                .offset(query.offset())
                .limit(query.limit())
                .fetch(MemberRepository::toUser);
    }

    private int countAll(CommunityId community) {
        return db.read(
                sql ->
                        sql.fetchCount(
                                SERVERS_MEMBER_KEY,
                                SERVERS_MEMBER_KEY.COMMUNITY_ID.eq(community.value())));
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
            all.add(
                    Among.numbers(
                            SERVERS_MEMBER.USER_ID, among.stream().map(UserId::value).toList()));
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
