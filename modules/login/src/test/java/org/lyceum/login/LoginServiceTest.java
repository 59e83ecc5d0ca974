package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.login.LoginRule.Who;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Goal: a person is a number that survives new names, new addresses and new providers, and a
 * community lets in whom its rule says. Method: the module over a real database and a provider in
 * memory.
 */
class LoginServiceTest {

    private static final Actor ADMIN = new Actor.Platform();
    private static final CommunityId HOME = Community.DEFAULT;

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeProvider school = new FakeProvider();
    private AuditLog audit;
    private IdentityModule identity;
    private CommunityModule communities;
    private LoginModule login;
    private Provider provider;

    @BeforeEach
    void wire() {
        audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        communities =
                new CommunityModule(
                        HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
        communities.communities().ensureDefault();
        login =
                new LoginModule(
                        temp.database(),
                        audit,
                        identity,
                        communities,
                        new Vault(Secret.random()),
                        temp.clock());
        provider = live("School");
    }

    @AfterEach
    void close() {
        school.close();
    }

    private Provider live(String title) {
        var providers = login.providers();
        var made =
                providers.create(
                        ADMIN, school.version(title), FakeProvider.secret(), FakeProvider.CALLBACK);
        var tried = providers.tried(ADMIN, made, who("1", "ada"));
        var live = providers.activate(ADMIN, made.id(), tried.version());
        return providers.enable(ADMIN, made.id(), live.version(), true);
    }

    private void accepts(Who who, List<String> domains, boolean asks) {
        var rule = new LoginRule(who, domains, List.of(), List.of(), List.of(), asks);
        login.logins().accept(ADMIN, HOME, provider.id(), rule);
    }

    private void acceptsEverybody() {
        accepts(Who.EVERYBODY, List.of(), false);
    }

    private ExternalIdentity who(String subject, String name) {
        return who(subject, name, name + "@school.example", true);
    }

    private ExternalIdentity who(String subject, String name, String email, boolean verified) {
        return new ExternalIdentity(
                school.issuer(), subject, name, email, verified, List.of(), true, List.of());
    }

    private User welcome(ExternalIdentity who) {
        var entry = login.logins().enter(provider, who, HOME);
        assertThat(entry).isInstanceOf(Entry.Welcome.class);
        return ((Entry.Welcome) entry).user();
    }

    private Entry.Refused refused(ExternalIdentity who) {
        var entry = login.logins().enter(provider, who, HOME);
        assertThat(entry).isInstanceOf(Entry.Refused.class);
        return (Entry.Refused) entry;
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call);
    }

    @Test
    @SecurityStatement(46)
    void somebody_who_got_another_name_and_address_is_still_the_same_person() {
        acceptsEverybody();
        var before = welcome(who("1", "ada"));
        identity.users().change(ADMIN, before.id(), "ada.lovelace", null);

        var after = welcome(who("1", "countess", "countess@other.example", false));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.name()).isEqualTo("ada.lovelace");
    }

    @Test
    @SecurityStatement(46)
    void two_people_with_one_name_and_address_stay_two() {
        acceptsEverybody();

        var one = welcome(who("1", "ada"));
        var other = welcome(who("2", "ada"));

        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(List.of(one.name(), other.name())).containsExactly("ada", "ada-2");
    }

    @Test
    @SecurityStatement(46)
    void nobody_gets_a_local_account_by_bearing_its_name() {
        acceptsEverybody();
        var admin = identity.users().create(ADMIN, "root", true);

        var stranger = welcome(who("1", "root", "root@school.example", true));

        assertThat(stranger.id()).isNotEqualTo(admin.id());
        assertThat(stranger.admin()).isFalse();
        assertThat(stranger.name()).isEqualTo("root-2");
    }

    @Test
    void a_second_provider_that_is_linked_leads_to_the_same_person() {
        acceptsEverybody();
        var ada = welcome(who("1", "ada"));
        var google =
                new ExternalIdentity(
                        "https://accounts.google.com",
                        "77",
                        "a",
                        null,
                        false,
                        List.of(),
                        true,
                        List.of());

        login.logins().link(ada, provider, google);

        assertThat(welcome(google).id()).isEqualTo(ada.id());
        assertThat(login.logins().ways(ada.id())).hasSize(2);
        var bob = welcome(who("2", "bob"));
        assertThat(problem(() -> login.logins().link(bob, provider, google)).code())
                .isEqualTo("identity.taken");
    }

    @Test
    void the_only_way_in_cannot_be_removed() {
        acceptsEverybody();
        var ada = welcome(who("1", "ada"));
        var way = login.logins().ways(ada.id()).getFirst();

        assertThat(problem(() -> login.logins().unlink(ada, way.id())).code())
                .isEqualTo("identity.last");
        identity.passwords().set(ADMIN, ada.id(), "seven green kettles");
        login.logins().unlink(ada, way.id());

        assertThat(login.logins().ways(ada.id())).isEmpty();
    }

    @Test
    @SecurityStatement(55)
    void a_name_of_no_use_becomes_one_that_can_be_used() {
        acceptsEverybody();
        assertThat(welcome(who("1", " Ada / Byron ")).name()).isEqualTo("ada-byron");
        assertThat(welcome(who("2", "..")).name()).isEqualTo("user");
        assertThat(welcome(who("3", "eve@school.example")).name()).isEqualTo("eve");
        assertThat(welcome(who("4", "\u001b[31m\r\nx")).name()).isEqualTo("31m-x");
    }

    @Test
    void twenty_first_sign_ins_at_once_make_one_person() throws Exception {
        acceptsEverybody();
        var tasks =
                java.util.Collections.nCopies(20, (Callable<User>) () -> welcome(who("1", "ada")));

        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var users =
                    threads.invokeAll(tasks).stream().map(each -> each.resultNow().id()).distinct();
            assertThat(users).hasSize(1);
        }
        assertThat(identity.users().count()).isEqualTo(1);
    }

    @Test
    void a_domain_lets_in_confirmed_addresses_of_it_and_nobody_else() {
        accepts(Who.MATCHING, List.of("@School.example"), false);

        welcome(who("1", "ada"));
        assertThat(refused(who("2", "eve", "eve@evil-school.example", true)).sentence())
                .contains("in no group or list");
        assertThat(refused(who("3", "eve", "eve@school.example", false)).sentence())
                .contains("has not confirmed");
        assertThat(refused(who("4", "eve", null, false)).sentence())
                .contains("does not say your e-mail address");
        assertThat(identity.users().count()).isEqualTo(1);
        assertThat(audit.latest(20))
                .extracting(each -> each.action())
                .contains(AuditAction.LOGIN_REFUSED.name());
    }

    @Test
    void groups_organisations_and_a_list_let_in_too() {
        var rule =
                new LoginRule(
                        Who.MATCHING,
                        List.of(),
                        List.of("tenant-7"),
                        List.of("Maths"),
                        List.of("kim", "lee@x.example"),
                        false);
        login.logins().accept(ADMIN, HOME, provider.id(), rule);
        var issuer = school.issuer();

        welcome(
                new ExternalIdentity(
                        issuer, "1", "a", null, false, List.of("maths"), true, List.of()));
        welcome(
                new ExternalIdentity(
                        issuer, "2", "b", null, false, List.of(), true, List.of("tenant-7")));
        welcome(who("3", "Kim"));
        welcome(who("4", "l", "lee@x.example", true));
        refused(who("5", "lee@x.example", "other@x.example", true));
        var many = new ExternalIdentity(issuer, "6", "m", null, false, List.of(), false, List.of());
        assertThat(refused(many).sentence()).contains("in very many");
    }

    @Test
    void who_is_not_admitted_asks_and_a_manager_answers() {
        accepts(Who.MEMBERS, List.of(), true);
        assertThat(refused(who("1", "ada")).asked()).isTrue();
        refused(who("1", "ada"));
        var request = login.logins().requests(HOME);
        assertThat(request).singleElement().satisfies(r -> assertThat(r.name()).isEqualTo("ada"));

        login.logins().answer(ADMIN, HOME, request.getFirst().id(), true);

        assertThat(welcome(who("1", "ada")).name()).isEqualTo("ada");
        assertThat(login.logins().requests(HOME)).isEmpty();
        assertThat(problem(() -> login.logins().answer(ADMIN, HOME, 99, true)).code())
                .isEqualTo("entry.unknown");
    }

    @Test
    void a_community_that_does_not_accept_a_provider_takes_nobody_from_it() {
        acceptsEverybody();
        welcome(who("1", "ada"));
        login.logins().acceptNoMore(ADMIN, HOME, provider.id());

        assertThat(refused(who("1", "ada")).sentence()).contains("School");
        assertThat(login.signIn().offers(HOME)).isEmpty();
    }

    @Test
    @SecurityStatement(51)
    void no_secret_is_in_the_database() throws IOException {
        for (var file : Files.list(temp.directory()).toList()) {
            if (Files.isRegularFile(file)) {
                var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain(FakeProvider.SECRET);
            }
        }
        assertThat(provider.toString()).doesNotContain(FakeProvider.SECRET);
    }

    @Test
    void a_change_counts_when_it_was_tried_and_can_be_undone() {
        var providers = login.providers();
        var renamed = school.version("Our school");
        var proposed =
                providers.propose(
                        ADMIN,
                        provider.id(),
                        provider.version(),
                        renamed,
                        null,
                        FakeProvider.CALLBACK);
        assertThat(proposed.live().title()).isEqualTo("School");
        assertThat(
                        problem(() -> providers.activate(ADMIN, provider.id(), proposed.version()))
                                .code())
                .isEqualTo("provider.not-tried");

        var tried = providers.tried(ADMIN, proposed, who("1", "ada"));
        var live = providers.activate(ADMIN, provider.id(), tried.version());
        assertThat(live.live().title()).isEqualTo("Our school");
        var undone = providers.undo(ADMIN, provider.id(), live.version());

        assertThat(undone.live().title()).isEqualTo("School");
        assertThat(problem(() -> providers.undo(ADMIN, provider.id(), live.version())).code())
                .isEqualTo("provider.stale");
        assertThat(depart()).startsWith(school.issuer()); // the secret went along
    }

    @Test
    void a_change_that_does_not_work_is_not_saved() {
        var providers = login.providers();
        var wrong = Secret.presented("wrong");

        var refused =
                problem(
                        () ->
                                providers.propose(
                                        ADMIN,
                                        provider.id(),
                                        provider.version(),
                                        school.version("School"),
                                        wrong,
                                        FakeProvider.CALLBACK));

        assertThat(refused.code()).isEqualTo("provider.credentials-wrong");
        assertThat(providers.require(provider.id())).isEqualTo(provider);
    }

    @Test
    void another_issuer_would_make_strangers_of_people_and_is_refused() {
        acceptsEverybody();
        welcome(who("1", "ada"));
        try (var other = new FakeProvider()) {
            var refused =
                    problem(
                            () ->
                                    login.providers()
                                            .propose(
                                                    ADMIN,
                                                    provider.id(),
                                                    provider.version(),
                                                    other.version("School"),
                                                    null,
                                                    FakeProvider.CALLBACK));
            assertThat(refused.code()).isEqualTo("provider.issuer-fixed");
        }
    }

    private final Secret browser = Secret.random();

    private String depart() {
        return login.signIn()
                .depart(
                        provider.id(),
                        Errand.signIn(HOME, "/hub/x"),
                        FakeProvider.CALLBACK,
                        browser);
    }

    private SignInService.Arrival arrive(Map<String, String> brought, Secret by) {
        return login.signIn().arrive(brought, FakeProvider.CALLBACK, by);
    }

    @Test
    @SecurityStatement(46)
    void a_browser_comes_back_once_itself_and_in_time() {
        var stolen = school.agree(depart());
        assertThat(problem(() -> arrive(stolen, Secret.random())).code()).isEqualTo("login.lost");

        var brought = school.agree(depart());
        assertThat(arrive(brought, browser).errand().next()).isEqualTo("/hub/x");
        assertThat(problem(() -> arrive(brought, browser)).code()).isEqualTo("login.lost");

        var late = school.agree(depart());
        temp.clock().advance(Duration.ofMinutes(11));
        assertThat(problem(() -> arrive(late, browser)).code()).isEqualTo("login.lost");
        assertThat(problem(() -> arrive(Map.of("code", "x"), browser)).code())
                .isEqualTo("login.lost");
    }

    @Test
    void a_person_who_declines_is_told_what_they_can_do() {
        var state = school.agree(depart()).get("state");
        var declined =
                problem(() -> arrive(Map.of("state", state, "error", "access_denied"), browser));
        assertThat(declined.detail()).contains("School", "another way");
    }

    @Test
    void a_provider_that_is_down_is_named_with_the_time_and_others_stay() {
        acceptsEverybody();
        try (var other = new FakeProvider()) {
            var second =
                    login.providers()
                            .create(
                                    ADMIN,
                                    other.version("Other"),
                                    FakeProvider.secret(),
                                    FakeProvider.CALLBACK);
            var tried = login.providers().tried(ADMIN, second, who("1", "x"));
            var live = login.providers().activate(ADMIN, second.id(), tried.version());
            login.providers().enable(ADMIN, second.id(), live.version(), true);
            login.logins()
                    .accept(
                            ADMIN,
                            HOME,
                            second.id(),
                            new LoginRule(
                                    Who.EVERYBODY,
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    false));
            var since = temp.clock().instant();
            school.close();
            assertThat(problem(this::depart).code()).isEqualTo("provider.unreachable");
            temp.clock().advance(Duration.ofMinutes(5));
            var watch = login.jobs().getFirst();
            watch.run(); // at start it asks nobody
            watch.run();

            assertThat(login.signIn().offers(HOME))
                    .satisfiesExactly(
                            one -> assertThat(one.down().since()).isEqualTo(since),
                            two -> assertThat(two.down()).isNull());
        }
    }
}
