package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.draft;
import static org.lyceum.identity.IdentityFixture.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goal: groups and services of a community are what their last change made of them. */
class GroupServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private GroupService groups() {
        return fixture.identity.groups();
    }

    @Test
    void members_come_and_go_and_both_sides_see_it() {
        var ada = fixture.user("ada");
        fixture.user("bob");
        groups().create(PLATFORM, HERE, "my class", List.of("bob"));

        var grown = groups().addUsers(PLATFORM, HERE, "my class", List.of("ada", "bob", "ada"));
        assertThat(grown.users()).containsExactly("ada", "bob");
        assertThat(groups().groupsOf(ada.id(), HERE)).containsExactly("my class");

        var shrunk = groups().removeUsers(PLATFORM, HERE, "my class", List.of("bob"));
        assertThat(shrunk.users()).containsExactly("ada");
        assertThat(groups().find(HERE, "my class")).contains(shrunk);
    }

    @Test
    void one_unknown_name_and_nobody_is_added() {
        fixture.user("ada");
        groups().create(PLATFORM, HERE, "g", List.of());

        refused("user.unknown", () -> groups().addUsers(PLATFORM, HERE, "g", List.of("ada", "eve")))
                .withMessage("No such user: eve");
        refused("user.unknown", () -> groups().create(PLATFORM, HERE, "h", List.of("eve")));

        assertThat(groups().find(HERE, "g").orElseThrow().users()).isEmpty();
        assertThat(groups().find(HERE, "h")).isEmpty();
    }

    @Test
    void a_group_that_is_not_there_is_a_problem_and_a_second_of_a_name_too() {
        groups().create(PLATFORM, HERE, "g", List.of());

        refused("group.exists", () -> groups().create(PLATFORM, HERE, "g", List.of()));
        refused("group.unknown", () -> groups().delete(PLATFORM, HERE, "h"));
        refused("group.unknown", () -> groups().addUsers(PLATFORM, HERE, "h", List.of()));
        refused("group.name-invalid", () -> groups().create(PLATFORM, HERE, "a/b", List.of()));
    }

    @Test
    @SecurityStatement(43)
    void a_group_of_one_community_is_unknown_in_another() {
        var ada = fixture.user("ada");
        groups().create(PLATFORM, HERE, "g", List.of("ada"));

        assertThat(groups().find(THERE, "g")).isEmpty();
        assertThat(groups().groupsOf(ada.id(), THERE)).isEmpty();
        refused("group.unknown", () -> groups().delete(PLATFORM, THERE, "g"));
        assertThat(groups().create(PLATFORM, THERE, "g", List.of()).users()).isEmpty();
        assertThat(groups().find(HERE, "g").orElseThrow().users()).containsExactly("ada");
    }

    @Test
    void properties_are_replaced_as_a_whole_and_have_a_bound() {
        groups().create(PLATFORM, HERE, "g", List.of());
        Map<String, Object> properties = Map.of("cpu", 2, "tags", List.of("a", "b"));

        assertThat(groups().setProperties(PLATFORM, HERE, "g", properties).properties())
                .isEqualTo(properties);
        assertThat(groups().setProperties(PLATFORM, HERE, "g", Map.of()).properties()).isEmpty();
        refused(
                "group.properties-too-large",
                () -> groups().setProperties(PLATFORM, HERE, "g", Map.of("x", "y".repeat(70_000))));
    }

    @Test
    void lists_come_in_pages_and_memberships_of_many_in_one_go() {
        var ada = fixture.user("ada");
        var bob = fixture.user("bob");
        fixture.user("eve");
        for (int i = 0; i < 5; i++) {
            groups().create(PLATFORM, HERE, "g" + i, List.of("ada"));
        }
        groups().addUsers(PLATFORM, HERE, "g1", List.of("bob"));

        assertThat(groups().list(HERE, 1, 2)).extracting(Group::name).containsExactly("g1", "g2");
        assertThat(groups().list(HERE, 0, 1_000)).hasSize(5);
        assertThat(groups().count(HERE)).isEqualTo(5);
        assertThat(groups().groupsOf(List.of(ada.id(), bob.id()), HERE))
                .containsEntry(bob.id(), Set.of("g1"))
                .hasSize(2);
        groups().delete(PLATFORM, HERE, "g1");
        assertThat(groups().groupsOf(bob.id(), HERE)).isEmpty();
    }

    @Test
    void services_are_registered_found_and_removed() {
        var services = fixture.identity.services();
        var draft =
                new RegisteredService.Draft(
                        "grades", false, "http://127.0.0.1:9000", Map.of("k", "v"), false, true);
        var grades = services.create(PLATFORM, HERE, draft);

        assertThat(services.find(HERE, "grades")).contains(grades);
        assertThat(grades.info()).containsEntry("k", "v");
        assertThat(grades.display()).isFalse();
        assertThat(grades.noConfirm()).isTrue();
        assertThat(services.find(THERE, "grades")).isEmpty();
        refused("service.exists", () -> services.create(PLATFORM, HERE, draft));
        refused("service.name-invalid", () -> services.create(PLATFORM, HERE, draft("", false)));
        services.delete(PLATFORM, HERE, "grades");
        refused("service.unknown", () -> services.delete(PLATFORM, HERE, "grades"));
    }
}
