package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_ACCEPTANCE;
import static org.lyceum.platform.schema.login.Tables.LOGIN_REQUEST;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.login.tables.records.LoginRequestRecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What communities accept, and who waits for them. Of those who wait with a password of their own
 * it only lists: they are {@link SignUpRepository}'s.
 */
final class AcceptanceRepository {

    /** More people waiting than a manager looks at. */
    private static final int MAX_REQUESTS = 500;

    private final Database db;
    private final AuditLog audit;

    AcceptanceRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** By provider; at most as many as there are providers. */
    List<Acceptance> of(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_ACCEPTANCE)
                                .where(LOGIN_ACCEPTANCE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(LOGIN_ACCEPTANCE.PROVIDER_ID)
                                .limit(ProviderRepository.MAX_PROVIDERS)
                                .fetch(AcceptanceRepository::acceptance));
    }

    Optional<LoginRule> rule(CommunityId community, long provider) {
        return of(community).stream()
                .filter(each -> each.provider() == provider)
                .map(Acceptance::rule)
                .findFirst();
    }

    void put(Actor actor, Acceptance acceptance) {
        db.write(
                tx -> {
                    var rule = acceptance.rule();
                    var row = tx.newRecord(LOGIN_ACCEPTANCE);
                    row.setCommunityId(acceptance.community().value());
                    row.setProviderId(acceptance.provider());
                    row.setWho(rule.who().name());
                    row.setDomains(VersionJson.write(rule.domains()));
                    row.setOrganisations(VersionJson.write(rule.organisations()));
                    row.setGroups(VersionJson.write(rule.groups()));
                    row.setPeople(VersionJson.write(rule.people()));
                    row.setAsks(rule.asks() ? 1L : 0L);
                    tx.insertInto(LOGIN_ACCEPTANCE)
                            .set(row)
                            .onDuplicateKeyUpdate()
                            .set(row)
                            .execute();
                    audit.record(
                            tx,
                            acceptance.community(),
                            actor,
                            AuditAction.SIGN_IN_RULE_CHANGED,
                            "provider:" + acceptance.provider(),
                            null,
                            VersionJson.write(rule));
                    return true;
                });
    }

    /** Taking away what is not there is fine. */
    void remove(Actor actor, CommunityId community, long provider) {
        db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(LOGIN_ACCEPTANCE)
                                    .where(LOGIN_ACCEPTANCE.COMMUNITY_ID.eq(community.value()))
                                    .and(LOGIN_ACCEPTANCE.PROVIDER_ID.eq(provider))
                                    .execute();
                    if (rows > 0) {
                        audit.record(
                                tx,
                                community,
                                actor,
                                AuditAction.SIGN_IN_RULE_CHANGED,
                                "provider:" + provider,
                                "accepted",
                                null);
                    }
                    return true;
                });
    }

    /** Asking twice is asking once. */
    void ask(CommunityId community, long provider, ExternalIdentity who, Instant now) {
        db.write(
                tx -> {
                    requireRoom(tx, community);
                    return tx.insertInto(LOGIN_REQUEST)
                            .set(LOGIN_REQUEST.COMMUNITY_ID, community.value())
                            .set(LOGIN_REQUEST.PROVIDER_ID, provider)
                            .set(LOGIN_REQUEST.ISSUER, who.issuer())
                            .set(LOGIN_REQUEST.SUBJECT, who.subject())
                            .set(LOGIN_REQUEST.NAME, who.name())
                            .set(LOGIN_REQUEST.EMAIL, who.email())
                            .set(LOGIN_REQUEST.ASKED_AT, now.toEpochMilli())
                            .onConflict(
                                    LOGIN_REQUEST.COMMUNITY_ID,
                                    LOGIN_REQUEST.ISSUER,
                                    LOGIN_REQUEST.SUBJECT)
                            .doUpdate()
                            .set(LOGIN_REQUEST.NAME, who.name())
                            .set(LOGIN_REQUEST.EMAIL, who.email())
                            .execute();
                });
    }

    /**
     * @throws Problem BUSY entry.too-many
     */
    static void requireRoom(DSLContext tx, CommunityId community) {
        if (tx.fetchCount(LOGIN_REQUEST, waiting(community)) >= MAX_REQUESTS) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "entry.too-many",
                    "Too many people wait to be let in already; write to a manager.");
        }
    }

    private static Condition waiting(CommunityId community) {
        return LOGIN_REQUEST
                .COMMUNITY_ID
                .eq(community.value())
                .and(LOGIN_REQUEST.ANSWERED_AT.isNull());
    }

    /** Who waits, longest first. */
    List<EntryRequest> requests(CommunityId community) {
        return requests(waiting(community));
    }

    Optional<EntryRequest> request(CommunityId community, long id) {
        return requests(waiting(community).and(LOGIN_REQUEST.ID.eq(id))).stream().findFirst();
    }

    void answered(Actor actor, EntryRequest request, boolean admitted) {
        db.write(
                tx -> {
                    tx.deleteFrom(LOGIN_REQUEST).where(LOGIN_REQUEST.ID.eq(request.id())).execute();
                    record(tx, audit, actor, request, admitted);
                    return true;
                });
    }

    static void record(
            DSLContext tx, AuditLog audit, Actor actor, EntryRequest request, boolean admitted) {
        audit.record(
                tx,
                request.community(),
                actor,
                AuditAction.ENTRY_ANSWERED,
                request.thing(),
                Texts.tame(request.name()),
                admitted ? "admitted" : "refused");
    }

    private List<EntryRequest> requests(Condition which) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_REQUEST)
                                .where(which)
                                .orderBy(LOGIN_REQUEST.ID)
                                .limit(MAX_REQUESTS)
                                .fetch(AcceptanceRepository::request));
    }

    private static EntryRequest request(LoginRequestRecord row) {
        var provider = row.getProviderId();
        var issuer = row.getIssuer();
        var subject = row.getSubject();
        var known =
                provider == null || issuer == null || subject == null
                        ? null
                        : new EntryRequest.Known(provider, issuer, subject);
        return new EntryRequest(
                row.getId(),
                new CommunityId(row.getCommunityId()),
                known,
                row.getName(),
                row.getEmail(),
                row.getNote(),
                Instant.ofEpochMilli(row.getAskedAt()));
    }

    private static Acceptance acceptance(Record row) {
        return new Acceptance(
                new CommunityId(row.get(LOGIN_ACCEPTANCE.COMMUNITY_ID)),
                row.get(LOGIN_ACCEPTANCE.PROVIDER_ID),
                new LoginRule(
                        LoginRule.Who.valueOf(row.get(LOGIN_ACCEPTANCE.WHO)),
                        VersionJson.texts(row.get(LOGIN_ACCEPTANCE.DOMAINS)),
                        VersionJson.texts(row.get(LOGIN_ACCEPTANCE.ORGANISATIONS)),
                        VersionJson.texts(row.get(LOGIN_ACCEPTANCE.GROUPS)),
                        VersionJson.texts(row.get(LOGIN_ACCEPTANCE.PEOPLE)),
                        row.get(LOGIN_ACCEPTANCE.ASKS) == 1));
    }
}
