package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;

/**
 * Goal: people see how full their home is before it is, and why saving fails once it is. Method:
 * the home page, over a pool that only measures, so that what is held can be written down.
 */
class HomeStorageApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        browser = scenario.signedIn(ada);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void before_the_first_start_there_is_nothing_to_show() {
        assertThat(home()).doesNotContain("Your files</h2>", "<meter");
    }

    @Test
    void a_bar_shows_what_is_used_and_that_nobody_enforces_it_here() {
        holds(Bytes.gib(3));

        assertThat(home())
                .contains("3 GiB of 10 GiB used", "value=\"" + Bytes.gib(3).value() + "\"")
                .contains("cannot enforce the limit")
                .doesNotContain("getting full", "nearly full");
    }

    @Test
    void warnings_come_at_80_at_95_and_at_100_percent() {
        holds(Bytes.mib(8 * 1024 - 1));
        assertThat(home()).doesNotContain("role=\"alert\"");
        holds(Bytes.gib(8));
        assertThat(home()).contains("getting full");
        holds(Bytes.mib(9_730));
        assertThat(home()).contains("nearly full", "/hub/files\"").doesNotContain("/hub/rescue");
        holds(Bytes.gib(10));
        assertThat(home()).contains("Your home is full", "Nothing of yours is lost", "/hub/rescue");
    }

    @Test
    void a_limit_of_ones_own_counts_at_once() {
        var rule =
                new LimitRule(
                        scenario.community.id(),
                        FolderKind.HOME,
                        LimitScope.USER,
                        ada.id().value(),
                        Bounds.of(Bytes.gib(3).value()),
                        null,
                        -1);

        scenario.storage.limits().put(HubScenario.ACTOR, rule);
        holds(Bytes.gib(3)); // a change of limits measures

        assertThat(home()).contains("3 GiB of 3 GiB used", "Your home is full");
    }

    private void holds(Bytes bytes) {
        scenario.storage.folders().ensure(FolderKey.home(scenario.community.id(), ada.id()));
        temp.database()
                .write(
                        sql ->
                                sql.execute(
                                        "UPDATE storage_folder SET used_bytes = ?", bytes.value()));
    }

    private String home() {
        return HubScenario.text(browser.get("/hub/home"));
    }
}
