package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_FACTOR_NOTICE;
import static org.lyceum.platform.schema.login.Tables.LOGIN_FACTOR_RULE;
import static org.lyceum.platform.schema.login.Tables.LOGIN_RECOVERY_CODE;
import static org.lyceum.platform.schema.login.Tables.LOGIN_TOTP;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The only class that reads or writes second factors and who must have one. */
final class FactorRepository {

    private final Database db;
    private final AuditLog audit;

    FactorRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Optional<Factors> find(UserId user) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_TOTP)
                                .where(LOGIN_TOTP.USER_ID.eq(user.value()))
                                .fetchOptional(
                                        row ->
                                                new Factors(
                                                        Instant.ofEpochMilli(row.getSince()),
                                                        codesLeft(sql, user))));
    }

    private static int codesLeft(DSLContext sql, UserId user) {
        return sql.fetchCount(
                LOGIN_RECOVERY_CODE,
                LOGIN_RECOVERY_CODE
                        .USER_ID
                        .eq(user.value())
                        .and(LOGIN_RECOVERY_CODE.USED_AT.isNull()));
    }

    boolean has(UserId user) {
        return db.read(sql -> sql.fetchExists(LOGIN_TOTP, LOGIN_TOTP.USER_ID.eq(user.value())));
    }

    /** Of these, those who have one. */
    Set<UserId> having(Collection<UserId> users) {
        var ids = users.stream().map(UserId::value).toList();
        return Set.copyOf(
                db.read(
                        sql ->
                                sql.select(LOGIN_TOTP.USER_ID)
                                        .from(LOGIN_TOTP)
                                        .where(LOGIN_TOTP.USER_ID.in(ids))
                                        .fetch(row -> new UserId(row.value1()))));
    }

    Optional<String> sealedKey(UserId user) {
        return db.read(
                sql ->
                        sql.select(LOGIN_TOTP.SEALED)
                                .from(LOGIN_TOTP)
                                .where(LOGIN_TOTP.USER_ID.eq(user.value()))
                                .fetchOptional(LOGIN_TOTP.SEALED));
    }

    /** One update decides, so that of two callers with one code exactly one is let in. */
    boolean useStep(UserId user, long step) {
        return db.write(
                        tx ->
                                tx.update(LOGIN_TOTP)
                                        .set(LOGIN_TOTP.LAST_STEP, step)
                                        .where(LOGIN_TOTP.USER_ID.eq(user.value()))
                                        .and(LOGIN_TOTP.LAST_STEP.lt(step))
                                        .execute())
                == 1;
    }

    boolean useCode(Actor actor, UserId user, String hash, Instant now) {
        return db.write(
                tx -> {
                    int rows =
                            tx.update(LOGIN_RECOVERY_CODE)
                                    .set(LOGIN_RECOVERY_CODE.USED_AT, now.toEpochMilli())
                                    .where(LOGIN_RECOVERY_CODE.USER_ID.eq(user.value()))
                                    .and(LOGIN_RECOVERY_CODE.HASH.eq(hash))
                                    .and(LOGIN_RECOVERY_CODE.USED_AT.isNull())
                                    .execute();
                    if (rows == 1) {
                        audit.record(
                                tx,
                                actor,
                                AuditAction.RECOVERY_CODE_USED,
                                "user:" + user,
                                null,
                                codesLeft(tx, user) + " left");
                    }
                    return rows == 1;
                });
    }

    /**
     * @param step of the code that confirmed it; it does not count again
     * @throws Problem CONFLICT factor.exists
     */
    void add(Actor actor, UserId user, String sealed, long step, List<String> codes, Instant now) {
        db.write(
                tx -> {
                    if (tx.fetchExists(LOGIN_TOTP, LOGIN_TOTP.USER_ID.eq(user.value()))) {
                        throw Problem.conflict(
                                "factor.exists",
                                "You have an authenticator already; remove it before you set up"
                                        + " another one.");
                    }
                    tx.insertInto(LOGIN_TOTP)
                            .set(LOGIN_TOTP.USER_ID, user.value())
                            .set(LOGIN_TOTP.SEALED, sealed)
                            .set(LOGIN_TOTP.LAST_STEP, step)
                            .set(LOGIN_TOTP.SINCE, now.toEpochMilli())
                            .execute();
                    insert(tx, user, codes);
                    audit.record(tx, actor, AuditAction.FACTOR_SET_UP, "user:" + user, null, null);
                    return true;
                });
    }

    void replaceCodes(Actor actor, UserId user, List<String> codes) {
        db.write(
                tx -> {
                    if (!tx.fetchExists(LOGIN_TOTP, LOGIN_TOTP.USER_ID.eq(user.value()))) {
                        throw none();
                    }
                    tx.deleteFrom(LOGIN_RECOVERY_CODE)
                            .where(LOGIN_RECOVERY_CODE.USER_ID.eq(user.value()))
                            .execute();
                    insert(tx, user, codes);
                    audit.record(
                            tx, actor, AuditAction.RECOVERY_CODES_MADE, "user:" + user, null, null);
                    return true;
                });
    }

    private static void insert(DSLContext tx, UserId user, List<String> codes) {
        for (var hash : codes) {
            tx.insertInto(LOGIN_RECOVERY_CODE)
                    .set(LOGIN_RECOVERY_CODE.USER_ID, user.value())
                    .set(LOGIN_RECOVERY_CODE.HASH, hash)
                    .execute();
        }
    }

    /**
     * @param notice why, for its owner to be told; null when they did it themselves
     */
    void remove(Actor actor, UserId user, @Nullable String notice, Instant now) {
        db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(LOGIN_TOTP)
                                    .where(LOGIN_TOTP.USER_ID.eq(user.value()))
                                    .execute();
                    if (rows == 0) {
                        throw none();
                    }
                    if (notice != null) {
                        forgetNotice(tx, user);
                        tx.insertInto(LOGIN_FACTOR_NOTICE)
                                .set(LOGIN_FACTOR_NOTICE.USER_ID, user.value())
                                .set(LOGIN_FACTOR_NOTICE.REASON, notice)
                                .set(LOGIN_FACTOR_NOTICE.AT, now.toEpochMilli())
                                .execute();
                    }
                    audit.record(
                            tx, actor, AuditAction.FACTOR_REMOVED, "user:" + user, null, notice);
                    return true;
                });
    }

    Optional<FactorNotice> takeNotice(UserId user) {
        var there =
                db.read(
                        sql ->
                                sql.selectFrom(LOGIN_FACTOR_NOTICE)
                                        .where(LOGIN_FACTOR_NOTICE.USER_ID.eq(user.value()))
                                        .fetchOptional(
                                                row ->
                                                        new FactorNotice(
                                                                row.getReason(),
                                                                Instant.ofEpochMilli(
                                                                        row.getAt()))));
        if (there.isPresent()) {
            db.write(tx -> forgetNotice(tx, user));
        }
        return there;
    }

    private static int forgetNotice(DSLContext tx, UserId user) {
        return tx.deleteFrom(LOGIN_FACTOR_NOTICE)
                .where(LOGIN_FACTOR_NOTICE.USER_ID.eq(user.value()))
                .execute();
    }

    FactorRule rule() {
        return db.read(FactorRepository::rule);
    }

    private static FactorRule rule(DSLContext sql) {
        return sql.selectFrom(LOGIN_FACTOR_RULE)
                .fetchSingle(
                        row ->
                                new FactorRule(
                                        row.getAdministrators() == 1,
                                        row.getManagers() == 1,
                                        row.getVersion()));
    }

    /**
     * @param next with the version that was looked at
     */
    FactorRule change(Actor actor, FactorRule next) {
        return db.write(
                tx -> {
                    var before = rule(tx);
                    int rows =
                            tx.update(LOGIN_FACTOR_RULE)
                                    .set(
                                            LOGIN_FACTOR_RULE.ADMINISTRATORS,
                                            next.administrators() ? 1L : 0L)
                                    .set(LOGIN_FACTOR_RULE.MANAGERS, next.managers() ? 1L : 0L)
                                    .set(LOGIN_FACTOR_RULE.VERSION, next.version() + 1)
                                    .where(LOGIN_FACTOR_RULE.VERSION.eq(next.version()))
                                    .execute();
                    if (rows == 0) {
                        throw Problem.of(
                                Problem.Kind.STALE,
                                "factor-rule.stale",
                                "Somebody else has changed it meanwhile; look again.");
                    }
                    audit.record(
                            tx,
                            actor,
                            AuditAction.FACTOR_RULE_CHANGED,
                            "platform",
                            words(before),
                            words(next));
                    return rule(tx);
                });
    }

    private static String words(FactorRule rule) {
        return "administrators=" + rule.administrators() + " managers=" + rule.managers();
    }

    private static Problem none() {
        return Problem.notFound("factor.none", "There is no second factor to be changed.");
    }
}
