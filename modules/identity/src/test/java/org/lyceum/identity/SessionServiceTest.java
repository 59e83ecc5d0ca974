package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.THERE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;

/** Goal: a cookie proves who signed in, in one community, for 14 days, until it is ended. */
class SessionServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private SessionService sessions() {
        return fixture.identity.sessions();
    }

    @Test
    void the_cookie_finds_the_session_and_the_public_id_does_not() {
        var ada = fixture.user("ada");
        var opened = sessions().open(HERE, ada.id(), "Firefox");

        assertThat(sessions().find(HERE, opened.cookie())).contains(opened.session());
        assertThat(opened.session().publicId()).matches("[0-9a-f]{32}");
        assertThat(sessions().find(HERE, Secret.presented(opened.session().publicId()))).isEmpty();
        assertThat(sessions().find(HERE, Secret.presented(opened.cookie().hash()))).isEmpty();
        assertThat(fixture.identity.users().find(ada.id()).orElseThrow().lastActivityAt())
                .isEqualTo(fixture.clock().instant());
    }

    @Test
    @SecurityStatement(43)
    void a_session_of_one_community_is_unknown_in_another() {
        var ada = fixture.user("ada");
        var opened = sessions().open(HERE, ada.id(), "");

        assertThat(sessions().find(THERE, opened.cookie())).isEmpty();
    }

    @Test
    void a_session_is_over_after_fourteen_days_and_the_job_removes_it() {
        var ada = fixture.user("ada");
        var opened = sessions().open(HERE, ada.id(), "");
        fixture.clock().advance(Duration.ofDays(14).minusMillis(1));
        assertThat(sessions().find(HERE, opened.cookie())).isPresent();
        fixture.clock().advance(Duration.ofMillis(1));
        assertThat(sessions().find(HERE, opened.cookie())).isEmpty();

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

        sessions().end(one.session());
        sessions().end(one.session());

        assertThat(sessions().find(HERE, one.cookie())).isEmpty();
        assertThat(sessions().find(HERE, two.cookie())).isPresent();
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

        assertThat(sessions().find(HERE, first.cookie())).isEmpty();
        assertThat(sessions().list(ada.id())).hasSize(50);
    }
}
