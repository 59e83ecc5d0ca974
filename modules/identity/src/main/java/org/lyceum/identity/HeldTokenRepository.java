package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CLIENT;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.identity.tables.IdentityService;
import org.lyceum.platform.schema.identity.tables.IdentityUser;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads tokens of one community with their owners and clients, in one query, inside a transaction.
 */
final class HeldTokenRepository {

    private static final IdentityUser CLIENT_USER = IDENTITY_USER.as("client_user");
    private static final IdentityService CLIENT_SERVICE = IDENTITY_SERVICE.as("client_service");

    private final DSLContext sql;
    private final CommunityId community;
    private final ScopeRepository scopes;

    /** For use inside one transaction. */
    HeldTokenRepository(DSLContext sql, CommunityId community) {
        this.sql = sql;
        this.community = community;
        this.scopes = new ScopeRepository(sql, community);
    }

    Optional<HeldToken> one(Condition condition) {
        return select(condition)
                .fetchOptional(
                        row -> {
                            var owner = owner(row);
                            return held(row, owner, ownerScopes(owner));
                        });
    }

    /** Last used first; {@code owner} is theirs. */
    List<HeldToken> list(Owner owner, Condition condition, int limit) {
        var all = ownerScopes(owner);
        return select(condition)
                .orderBy(
                        IDENTITY_TOKEN.LAST_ACTIVITY_AT.desc().nullsLast(),
                        IDENTITY_TOKEN.ID.desc())
                .limit(limit)
                .fetch(row -> held(row, owner, all));
    }

    Scopes ownerScopes(Owner owner) {
        return switch (owner) {
            case Owner.OfUser(var user) -> {
                var ofRoles = scopes.ofUser(user);
                yield scopes.grants(ofRoles).ofUser(user.name(), ofRoles);
            }
            case Owner.OfService(var service) -> {
                var ofRoles = scopes.ofService(service);
                yield scopes.grants(ofRoles).ofService(service.name(), ofRoles);
            }
        };
    }

    /** What {@code written} stands for when it is the owner's. */
    Scopes expand(List<String> written, Scopes.Self self, Scopes all) {
        return scopes.grants(written).expand(written, self, all);
    }

    Membership membership() {
        return scopes.membership();
    }

    static Scopes.Self self(Owner owner, @Nullable String server) {
        return switch (owner) {
            case Owner.OfUser(var user) -> new Scopes.Self(user.name(), server, null);
            case Owner.OfService(var service) -> new Scopes.Self(null, server, service.name());
        };
    }

    private SelectConditionStep<Record> select(Condition condition) {
        return sql.select(IDENTITY_TOKEN.fields())
                .select(IDENTITY_USER.fields())
                .select(IDENTITY_SERVICE.fields())
                .select(IDENTITY_CLIENT.DESCRIPTION, IDENTITY_CLIENT.SERVER_NAME)
                .select(CLIENT_USER.NAME, CLIENT_SERVICE.NAME)
                .from(IDENTITY_TOKEN)
                .leftJoin(IDENTITY_USER)
                .on(IDENTITY_USER.ID.eq(IDENTITY_TOKEN.USER_ID))
                .leftJoin(IDENTITY_SERVICE)
                .on(IDENTITY_SERVICE.ID.eq(IDENTITY_TOKEN.SERVICE_ID))
                .leftJoin(IDENTITY_CLIENT)
                .on(IDENTITY_CLIENT.ID.eq(IDENTITY_TOKEN.CLIENT_ID))
                .leftJoin(CLIENT_USER)
                .on(CLIENT_USER.ID.eq(IDENTITY_CLIENT.USER_ID))
                .leftJoin(CLIENT_SERVICE)
                .on(CLIENT_SERVICE.ID.eq(IDENTITY_CLIENT.SERVICE_ID))
                .where(IDENTITY_TOKEN.COMMUNITY_ID.eq(community.value()))
                .and(condition);
    }

    private Owner owner(Record row) {
        return row.get(IDENTITY_TOKEN.USER_ID) != null
                ? new Owner.OfUser(UserRepository.user(row))
                : new Owner.OfService(ServiceRepository.service(row));
    }

    private HeldToken held(Record row, Owner owner, Scopes all) {
        var server = ownServer(row, owner);
        var effective = effective(row, owner, all, server);
        long number = row.get(IDENTITY_TOKEN.ID);
        var client = row.get(IDENTITY_CLIENT.DESCRIPTION);
        var token =
                new Token(
                        "a" + number,
                        community,
                        owner,
                        Token.Kind.valueOf(row.get(IDENTITY_TOKEN.KIND)),
                        effective.writtenFor(server),
                        row.get(IDENTITY_TOKEN.NOTE),
                        Instant.ofEpochMilli(row.get(IDENTITY_TOKEN.CREATED_AT)),
                        Rows.instant(row.get(IDENTITY_TOKEN.LAST_ACTIVITY_AT)),
                        Rows.instant(row.get(IDENTITY_TOKEN.EXPIRES_AT)),
                        row.get(IDENTITY_TOKEN.SESSION_PUBLIC_ID),
                        client == null ? "JupyterHub" : client);
        return new HeldToken(number, token, effective, server);
    }

    /** {@code user/server} the token was issued for (its own) or to (its client's). */
    private static @Nullable String ownServer(Record row, Owner owner) {
        var own = row.get(IDENTITY_TOKEN.SERVER_NAME);
        if (own != null) {
            return owner.name() + "/" + own;
        }
        var client = row.get(IDENTITY_CLIENT.SERVER_NAME);
        return client == null ? null : row.get(CLIENT_USER.NAME) + "/" + client;
    }

    /**
     * Contract §5.3: what was granted, as far as the owner still holds it, with who the owner is,
     * and with access to the client's own server or service if the owner may go there.
     */
    private Scopes effective(Record row, Owner owner, Scopes all, @Nullable String server) {
        var self = self(owner, server);
        var granted = expand(scopes.written(row.get(IDENTITY_TOKEN.SCOPES)), self, all);
        var effective =
                granted.intersect(all, membership()).union(Grants.identify(self(owner, null)));
        if (row.get(IDENTITY_TOKEN.CLIENT_ID) != null) {
            var access = Grants.access(server, row.get(CLIENT_SERVICE.NAME));
            if (access.within(all, membership())) {
                effective = effective.union(access);
            }
        }
        return effective.withMembersOfAccess(membership());
    }
}
