package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CUSTOM_SCOPE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP_MEMBER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_USER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scopes in columns. A filter names a user, group or service; in a column the number stands
 * instead, so that a grant stays with whom it was given for, and goes when they go.
 */
final class ScopeRepository {

    private final CommunityId community;
    private final DSLContext sql;
    private @Nullable ScopeTree tree;

    /** For use inside one transaction. */
    ScopeRepository(DSLContext sql, CommunityId community) {
        this.sql = sql;
        this.community = community;
    }

    /**
     * The column's text for scopes with today's names.
     *
     * @throws Problem INVALID scope.unknown for a scope there is not, or a filter that names nobody
     */
    String stored(List<String> written) {
        var stored = new ArrayList<String>();
        for (var text : written) {
            stored.add(
                    Grants.isWord(text)
                            ? text
                            : toNumber(grants(List.of(text)).known(text)).written());
        }
        return Json.write(stored);
    }

    /** Scopes with today's names; those about somebody who is gone are left out. */
    List<String> written(String stored) {
        var written = new ArrayList<String>();
        for (var text : Json.texts(stored)) {
            if (text.indexOf('=') < 0) {
                written.add(text);
            } else {
                toName(Scope.parse(text)).ifPresent(scope -> written.add(scope.written()));
            }
        }
        return written;
    }

    /** What {@code texts} stand for in this community. */
    Grants grants(Collection<String> texts) {
        boolean custom = texts.stream().anyMatch(text -> text.startsWith("custom:"));
        return new Grants(custom ? tree() : ScopeTree.BUILT_IN);
    }

    /** Read once in a transaction, and only when it is needed: few communities declare scopes. */
    ScopeTree tree() {
        if (tree == null) {
            tree =
                    ScopeTree.with(
                            sql.selectFrom(IDENTITY_CUSTOM_SCOPE)
                                    .where(IDENTITY_CUSTOM_SCOPE.COMMUNITY_ID.eq(community.value()))
                                    .fetch(CustomScopeRepository::scope));
        }
        return tree;
    }

    /** Scopes of the user's roles in this community: everybody's, their own, and their groups'. */
    List<String> ofUser(User user) {
        var number = user.id().value();
        var own =
                DSL.select(IDENTITY_ROLE_USER.ROLE_ID)
                        .from(IDENTITY_ROLE_USER)
                        .where(IDENTITY_ROLE_USER.USER_ID.eq(number));
        var ofGroups =
                DSL.select(IDENTITY_ROLE_GROUP.ROLE_ID)
                        .from(IDENTITY_GROUP_MEMBER)
                        .join(IDENTITY_ROLE_GROUP)
                        .on(IDENTITY_ROLE_GROUP.GROUP_ID.eq(IDENTITY_GROUP_MEMBER.GROUP_ID))
                        .where(IDENTITY_GROUP_MEMBER.USER_ID.eq(number));
        return ofRoles(
                IDENTITY_ROLE
                        .NAME
                        .in(user.admin() ? List.of(Roles.USER, Roles.ADMIN) : List.of(Roles.USER))
                        .or(IDENTITY_ROLE.ID.in(own))
                        .or(IDENTITY_ROLE.ID.in(ofGroups)));
    }

    /** Scopes of the service's roles. */
    List<String> ofService(RegisteredService service) {
        var own =
                DSL.select(IDENTITY_ROLE_SERVICE.ROLE_ID)
                        .from(IDENTITY_ROLE_SERVICE)
                        .where(IDENTITY_ROLE_SERVICE.SERVICE_ID.eq(service.id()));
        var given = IDENTITY_ROLE.ID.in(own);
        return ofRoles(service.admin() ? given.or(IDENTITY_ROLE.NAME.eq(Roles.ADMIN)) : given);
    }

    /** Scopes of the role of this name, as the column has them. */
    String storedOfRole(String name) {
        return sql.selectFrom(IDENTITY_ROLE)
                .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_ROLE.NAME.eq(name))
                .fetchSingle()
                .getScopes();
    }

    /** The same with today's names; empty when there is no such role. */
    Optional<List<String>> ofRole(String name) {
        return sql.select(IDENTITY_ROLE.SCOPES)
                .from(IDENTITY_ROLE)
                .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_ROLE.NAME.eq(name))
                .fetchOptional(IDENTITY_ROLE.SCOPES)
                .map(this::written);
    }

    private List<String> ofRoles(Condition which) {
        var written = new ArrayList<String>();
        sql.select(IDENTITY_ROLE.SCOPES)
                .from(IDENTITY_ROLE)
                .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                .and(which)
                .fetch(IDENTITY_ROLE.SCOPES)
                .forEach(stored -> written.addAll(written(stored)));
        return written;
    }

    /** Who is in which group of this community, read when asked. */
    Membership membership() {
        return new Membership() {
            @Override
            public Set<String> groupsOf(String user) {
                return new HashSet<>(groupNames(IDENTITY_USER.NAME.eq(user)));
            }

            @Override
            public Set<String> membersOf(String group) {
                return new HashSet<>(
                        sql.select(IDENTITY_USER.NAME)
                                .from(IDENTITY_GROUP)
                                .join(IDENTITY_GROUP_MEMBER)
                                .on(IDENTITY_GROUP.ID.eq(IDENTITY_GROUP_MEMBER.GROUP_ID))
                                .join(IDENTITY_USER)
                                .on(IDENTITY_USER.ID.eq(IDENTITY_GROUP_MEMBER.USER_ID))
                                .where(IDENTITY_GROUP.NAME.eq(group))
                                .and(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()))
                                .fetch(IDENTITY_USER.NAME));
            }
        };
    }

    /** Names of the groups a user is in. */
    Set<String> groupsOf(long userId) {
        return new HashSet<>(groupNames(IDENTITY_USER.ID.eq(userId)));
    }

    private List<String> groupNames(Condition user) {
        return sql.select(IDENTITY_GROUP.NAME)
                .from(IDENTITY_USER)
                .join(IDENTITY_GROUP_MEMBER)
                .on(IDENTITY_GROUP_MEMBER.USER_ID.eq(IDENTITY_USER.ID))
                .join(IDENTITY_GROUP)
                .on(IDENTITY_GROUP.ID.eq(IDENTITY_GROUP_MEMBER.GROUP_ID))
                .where(user)
                .and(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()))
                .fetch(IDENTITY_GROUP.NAME);
    }

    private Scope toNumber(Scope scope) {
        if (!(scope.filter() instanceof Scope.Filter.Is(var kind, var value))) {
            return scope;
        }
        var name = kind == Scope.Kind.SERVER ? value.substring(0, value.indexOf('/')) : value;
        var number =
                switch (kind) {
                    case USER, SERVER -> number(IDENTITY_USER, IDENTITY_USER.ID, name);
                    case GROUP -> number(IDENTITY_GROUP, IDENTITY_GROUP.ID, name);
                    case SERVICE -> number(IDENTITY_SERVICE, IDENTITY_SERVICE.ID, name);
                };
        if (number.isEmpty()) {
            throw Problem.invalid(
                    "scope.unknown",
                    "The scope '" + scope.written() + "' is about somebody who does not exist.");
        }
        return new Scope(
                scope.name(),
                new Scope.Filter.Is(kind, number.get() + value.substring(name.length())));
    }

    private Optional<Scope> toName(Scope scope) {
        if (!(scope.filter() instanceof Scope.Filter.Is(var kind, var value))) {
            return Optional.of(scope);
        }
        var digits = kind == Scope.Kind.SERVER ? value.substring(0, value.indexOf('/')) : value;
        long id = Long.parseLong(digits);
        var name =
                switch (kind) {
                    case USER, SERVER -> name(IDENTITY_USER, IDENTITY_USER.ID, id);
                    case GROUP -> name(IDENTITY_GROUP, IDENTITY_GROUP.ID, id);
                    case SERVICE -> name(IDENTITY_SERVICE, IDENTITY_SERVICE.ID, id);
                };
        return name.map(
                found ->
                        new Scope(
                                scope.name(),
                                new Scope.Filter.Is(
                                        kind, found + value.substring(digits.length()))));
    }

    private Optional<Long> number(Table<?> table, Field<Long> id, String name) {
        var found = sql.select(id).from(table).where(nameOf(table).eq(name));
        return (table.equals(IDENTITY_USER)
                        ? found
                        : found.and(communityOf(table).eq(community.value())))
                .fetchOptional(id);
    }

    private <R extends Record> Optional<String> name(Table<R> table, Field<Long> id, long value) {
        return sql.select(nameOf(table))
                .from(table)
                .where(id.eq(value))
                .fetchOptional(nameOf(table));
    }

    static Field<String> nameOf(Table<?> table) {
        return DSL.field(table.getQualifiedName().append("name"), String.class);
    }

    private static Field<Long> communityOf(Table<?> table) {
        return DSL.field(table.getQualifiedName().append("community_id"), Long.class);
    }
}
