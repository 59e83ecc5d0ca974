package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.THERE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;

/**
 * Goal: one sign-in is good for 14 days in all communities, and what a hub's cookie proves it
 * proves to that hub only.
 */
class SessionServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private SessionService sessions() {
        return fixture.identity.sessions();
    }

    @Test
    void the_cookie_finds_the_session_and_the_public_id_does_not() {
        var ada = fixture.user("ada");
        var opened = sessions().open(HERE, ada.id(), "Firefox");

        assertThat(sessions().find(opened.cookie())).contains(opened.session());
        assertThat(opened.session().publicId()).matches("[0-9a-f]{32}");
        assertThat(sessions().find(Secret.presented(opened.session().publicId()))).isEmpty();
        assertThat(sessions().find(Secret.presented(opened.cookie().hash()))).isEmpty();
        assertThat(fixture.identity.users().find(ada.id()).orElseThrow().lastActivityAt())
                .isEqualTo(fixture.clock().instant());
    }

    @Test
    @SecurityStatement(43)
    void the_cookie_of_a_hub_is_good_for_that_hub_and_nothing_else() {
        var opened = sessions().open(HERE, fixture.user("ada").id(), "");
        var here = sessions().enter(opened.session(), HERE);
        var there = sessions().enter(opened.session(), THERE);

        assertThat(sessions().find(HERE, here)).contains(opened.session());
        assertThat(sessions().find(THERE, there)).contains(opened.session());
        assertThat(sessions().find(THERE, here)).isEmpty();
        assertThat(sessions().find(here)).isEmpty();
        assertThat(sessions().find(HERE, opened.cookie())).isEmpty();
    }

    @Test
    void who_enters_again_gets_another_cookie_and_the_first_is_void() {
        var opened = sessions().open(HERE, fixture.user("ada").id(), "");
        var first = sessions().enter(opened.session(), HERE);
        var second = sessions().enter(opened.session(), HERE);

        assertThat(sessions().find(HERE, first)).isEmpty();
        assertThat(sessions().find(HERE, second)).isPresent();
    }

    @Test
    void who_leaves_a_community_is_signed_out_there_and_nowhere_else() {
        var ada = fixture.user("ada");
        var opened = sessions().open(HERE, ada.id(), "");
        var here = sessions().enter(opened.session(), HERE);
        var there = sessions().enter(opened.session(), THERE);

        sessions().leave(ada.id(), HERE);

        assertThat(sessions().find(HERE, here)).isEmpty();
        assertThat(sessions().find(THERE, there)).isPresent();
        assertThat(sessions().find(opened.cookie())).isPresent();
    }

    @Test
    void a_session_is_over_after_fourteen_days_and_the_job_removes_it() {
        var opened = sessions().open(HERE, fixture.user("ada").id(), "");
        var here = sessions().enter(opened.session(), HERE);
        fixture.clock().advance(Duration.ofDays(14).minusMillis(1));
        assertThat(sessions().find(opened.cookie())).isPresent();
        fixture.clock().advance(Duration.ofMillis(1));
        assertThat(sessions().find(opened.cookie())).isEmpty();
        assertThat(sessions().find(HERE, here)).isEmpty();

        var report = fixture.identity.jobs().get(1).run();

        assertThat(report.changed()).isEqualTo(1);
        assertThat(fixture.identity.jobs().get(1).run().changed()).isZero();
    }

    @Test
    void ending_one_session_leaves_the_others_and_ending_all_leaves_none() {
        var ada = fixture.user("ada");
        var one = sessions().open(HERE, ada.id(), "");
        var two = sessions().open(HERE, ada.id(), "");
        var three = sessions().open(THERE, ada.id(), "");
        var entry = sessions().enter(one.session(), THERE);

        sessions().end(one.session());
        sessions().end(one.session());

        assertThat(sessions().find(one.cookie())).isEmpty();
        assertThat(sessions().find(THERE, entry)).isEmpty();
        IdentityFixture.refused("session.ended", () -> sessions().enter(one.session(), HERE));
        assertThat(sessions().find(two.cookie())).isPresent();
        assertThat(sessions().list(ada.id())).containsExactly(three.session(), two.session());
        sessions().endAll(ada.id());
        assertThat(sessions().list(ada.id())).isEmpty();
    }

    @Test
    void the_oldest_of_too_many_sessions_gives_way() {
        var ada = fixture.user("ada");
        var first = sessions().open(HERE, ada.id(), "x".repeat(10_000));
        for (int i = 0; i < 50; i++) {
            sessions().open(HERE, ada.id(), "");
        }

        assertThat(sessions().find(first.cookie())).isEmpty();
        assertThat(sessions().list(ada.id())).hasSize(50);
    }
}
