package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Goal: a group that follows a provider's has the people whom the provider names, and keeps whom a
 * manager has added. Method: the module over a real database and providers in memory.
 */
class FollowServiceTest {

    private static final Actor ADMIN = new Actor.Platform();
    private static final CommunityId HOME = Community.DEFAULT;

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeProvider school = new FakeProvider();
    private final FakeProvider club = new FakeProvider();
    private IdentityModule identity;
    private CommunityModule communities;
    private LoginModule login;
    private Provider atSchool;
    private Provider atClub;
    private long physics;

    @BeforeEach
    void wire() {
        var audit = new AuditLog(temp.database(), temp.clock());
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
        atSchool = live(school, "School");
        atClub = live(club, "Club");
        physics = identity.groups().create(ADMIN, HOME, "physics", List.of()).id();
        follows(new FollowedGroup(atSchool.id(), "Physics-1"));
    }

    @AfterEach
    void close() {
        school.close();
        club.close();
    }

    @Test
    void whoever_is_in_the_providers_group_comes_in_and_others_do_not() {
        var ada = signsIn(atSchool, school, "1", true, "staff", "PHYSICS-1");
        var bob = signsIn(atSchool, school, "2", true, "staff");

        assertThat(groupsOf(ada)).containsExactly("physics");
        assertThat(groupsOf(bob)).isEmpty();
    }

    @Test
    void whoever_has_left_it_there_leaves_it_here_at_the_next_sign_in() {
        var ada = signsIn(atSchool, school, "1", true, "physics-1");

        signsIn(atSchool, school, "1", true, "staff");

        assertThat(groupsOf(ada)).isEmpty();
    }

    @Test
    void whom_a_manager_has_added_stays_whatever_the_provider_says() {
        var ada = signsIn(atSchool, school, "1", true);
        identity.groups().addUsers(ADMIN, HOME, "physics", List.of(ada.name()));

        signsIn(atSchool, school, "1", true, "physics-1");
        signsIn(atSchool, school, "1", true);

        assertThat(groupsOf(ada)).containsExactly("physics");
    }

    @Test
    void a_provider_that_does_not_name_all_groups_takes_nobody_out() {
        var ada = signsIn(atSchool, school, "1", true, "physics-1");

        signsIn(atSchool, school, "1", false);

        assertThat(groupsOf(ada)).containsExactly("physics");
    }

    @Test
    void of_two_providers_one_reason_to_be_in_it_is_enough() {
        follows(
                new FollowedGroup(atSchool.id(), "physics-1"),
                new FollowedGroup(atClub.id(), "friends"));
        var ada = signsIn(atSchool, school, "1", true, "physics-1");
        login.logins().link(ada, atClub, who(club, "9", true));
        signsIn(atClub, club, "9", true, "friends");

        signsIn(atSchool, school, "1", true);
        assertThat(groupsOf(ada)).as("the club still says so").containsExactly("physics");

        signsIn(atClub, club, "9", true);
        assertThat(groupsOf(ada)).isEmpty();
    }

    @Test
    void people_stay_in_a_group_that_follows_no_more() {
        var ada = signsIn(atSchool, school, "1", true, "physics-1");

        follows();
        signsIn(atSchool, school, "1", true);

        assertThat(groupsOf(ada)).containsExactly("physics");
        assertThat(login.following().of(HOME)).isEmpty();
    }

    @Test
    void nobody_comes_into_a_group_of_a_community_that_they_are_no_member_of() {
        var maths = communities.communities().create(ADMIN, "maths", "Maths").id();
        long there = identity.groups().create(ADMIN, maths, "algebra", List.of()).id();
        login.following()
                .decide(
                        ADMIN,
                        maths,
                        there,
                        List.of(new FollowedGroup(atSchool.id(), "physics-1")));

        var ada = signsIn(atSchool, school, "1", true, "physics-1");

        assertThat(identity.groups().groupsOf(ada.id(), maths)).isEmpty();
    }

    @Test
    void a_group_that_is_elsewhere_a_provider_that_is_none_and_too_many_are_refused() {
        var one = new FollowedGroup(atSchool.id(), "x");
        assertThat(refusal(physics + 100, List.of(one))).isEqualTo("group.unknown");
        assertThat(refusal(physics, List.of(new FollowedGroup(99, "x"))))
                .isEqualTo("provider.unknown");
        var many =
                IntStream.range(0, 21)
                        .mapToObj(i -> new FollowedGroup(atSchool.id(), "g" + i))
                        .toList();
        assertThat(refusal(physics, many)).isEqualTo("group.follows-too-many");
        assertThat(
                        catchThrowableOfType(
                                        Problem.class, () -> new FollowedGroup(atSchool.id(), " "))
                                .code())
                .isEqualTo("group.follows-invalid");
    }

    @Test
    void a_group_with_five_thousand_people_elsewhere_costs_a_sign_in_nothing_more() {
        var many = IntStream.range(0, 5_000).mapToObj(i -> "group-" + i).toArray(String[]::new);

        var ada = signsIn(atSchool, school, "1", true, many);

        assertThat(groupsOf(ada)).isEmpty();
    }

    private String refusal(long group, List<FollowedGroup> follows) {
        return catchThrowableOfType(
                        Problem.class, () -> login.following().decide(ADMIN, HOME, group, follows))
                .code();
    }

    private void follows(FollowedGroup... groups) {
        login.following().decide(ADMIN, HOME, physics, List.of(groups));
    }

    private Provider live(FakeProvider fake, String title) {
        var providers = login.providers();
        var made =
                providers.create(
                        ADMIN, fake.version(title), FakeProvider.secret(), FakeProvider.CALLBACK);
        var tried = providers.tried(ADMIN, made, who(fake, "0", true));
        var live = providers.activate(ADMIN, made.id(), tried.version());
        var rule = new LoginRule(Who.EVERYBODY, List.of(), List.of(), List.of(), List.of(), false);
        login.logins().accept(ADMIN, HOME, made.id(), rule);
        return providers.enable(ADMIN, made.id(), live.version(), true);
    }

    private User signsIn(
            Provider provider,
            FakeProvider fake,
            String subject,
            boolean complete,
            String... groups) {
        var entry = login.logins().enter(provider, who(fake, subject, complete, groups), HOME);
        assertThat(entry).isInstanceOf(Entry.Welcome.class);
        return ((Entry.Welcome) entry).user();
    }

    private static ExternalIdentity who(
            FakeProvider fake, String subject, boolean complete, String... groups) {
        return new ExternalIdentity(
                fake.issuer(),
                subject,
                "person" + subject,
                null,
                false,
                List.of(groups),
                complete,
                List.of());
    }

    private Set<String> groupsOf(User user) {
        return identity.groups().groupsOf(user.id(), HOME);
    }
}
