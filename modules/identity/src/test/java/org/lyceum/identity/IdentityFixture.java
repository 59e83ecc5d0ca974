package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.MovableClock;
import org.lyceum.platform.testing.TempDatabase;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** The whole identity module over a database of its own, with two communities. */
final class IdentityFixture implements BeforeEachCallback, AfterEachCallback {

    static final Actor PLATFORM = new Actor.Platform();
    static final CommunityId HERE = new CommunityId(1);
    static final CommunityId THERE = new CommunityId(2);

    private final TempDatabase temp = new TempDatabase();
    private int roles = 1;
    IdentityModule identity;
    AuditLog audit;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        temp.beforeEach(context);
        database()
                .write(
                        tx ->
                                tx.execute(
                                        "INSERT INTO community_community (id, name, title,"
                                            + " base_url, created_at) VALUES (2, 'maths', 'Maths',"
                                            + " '/maths/', 0)"));
        audit = new AuditLog(database(), clock());
        identity = new IdentityModule(database(), audit, clock());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        identity.close();
        temp.afterEach(context);
    }

    Database database() {
        return temp.database();
    }

    MovableClock clock() {
        return temp.clock();
    }

    User user(String name) {
        return identity.users().create(PLATFORM, name, false);
    }

    User admin(String name) {
        return identity.users().create(PLATFORM, name, true);
    }

    /** With a role of its own for {@code scopes}, when there are any. */
    RegisteredService service(String name, String... scopes) {
        var service = identity.services().create(PLATFORM, HERE, draft(name, false));
        if (scopes.length > 0) {
            give(new RoleHolder.OfService(service.id()), scopes);
        }
        return service;
    }

    static RegisteredService.Draft draft(String name, boolean admin) {
        return new RegisteredService.Draft(name, admin, null, java.util.Map.of(), true, false);
    }

    /** Makes a role of these scopes and gives it; returns its name. */
    String give(RoleHolder holder, String... scopes) {
        var name = "role-" + roles++;
        identity.roles().create(PLATFORM, HERE, name, new Role.Draft("", List.of(scopes)));
        identity.roles().give(PLATFORM, HERE, name, holder);
        return name;
    }

    String giveGroup(String group, String... scopes) {
        var id = identity.groups().find(HERE, group).orElseThrow().id();
        return give(new RoleHolder.OfGroup(id), scopes);
    }

    Secret token(User user, String... scopes) {
        return issue(user, scopes).secret();
    }

    Token.Issued issue(User user, String... scopes) {
        return identity.tokens()
                .issue(
                        user.actor(),
                        new TokenRequest.Api(
                                HERE, new Owner.OfUser(user), List.of(scopes), "test", null));
    }

    Caller caller(Secret token) {
        return identity.tokens().authenticate(HERE, token).orElseThrow();
    }

    /** Signed in with a browser. */
    Caller browser(User user) {
        return identity.tokens()
                .callerOf(identity.sessions().open(HERE, user.id(), "test").session());
    }

    static ThrowableAssertAlternative<Problem> refused(String code, ThrowingCallable work) {
        return Assertions.assertThatExceptionOfType(Problem.class)
                .isThrownBy(work)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    /** Runs {@code work} on {@code count} threads that begin together; null where it threw. */
    static <T> List<T> together(int count, Callable<T> work) throws Exception {
        var ready = new CountDownLatch(count);
        var threads = Threads.virtual("together");
        try {
            var running = new ArrayList<java.util.concurrent.Future<T>>();
            for (int i = 0; i < count; i++) {
                running.add(
                        threads.submit(
                                () -> {
                                    ready.countDown();
                                    ready.await();
                                    try {
                                        return work.call();
                                    } catch (Problem refused) {
                                        return null;
                                    }
                                }));
            }
            var results = new ArrayList<T>();
            for (var each : running) {
                results.add(each.get(60, java.util.concurrent.TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
