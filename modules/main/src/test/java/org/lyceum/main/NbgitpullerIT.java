package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.util.Optional;

/**
 * Goal: a teacher's link brings the materials. Method: the distribution's own nbgitpuller in a real
 * single-user server; the repository lies in the image, so no network is needed.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_HUB")
class NbgitpullerIT {

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_HUB");
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Test
    @ContractRow(92)
    void an_nbgitpuller_link_works_signed_out_and_stopped_with_all_it_carries() {
        hub.user("pupil");
        var wanted =
                "git-pull?repo=file%3A%2F%2F%2Fsrv%2Fcourse&branch=main"
                        + "&urlpath=tree%2Flessons%2Fstart.txt&targetPath=lessons&depth=1";
        var pupil = new Browser(hub.origin());
        var login = pupil.follow("/hub/user-redirect/" + wanted);
        assertThat(login.path()).startsWith("/hub/login?next=");

        var form = "username=pupil&password=" + Browser.encoded(HubUnderTest.password("pupil"));
        var in = pupil.form(login.path(), form + "&_xsrf=" + Browser.encoded(login.xsrf()));
        assertThat(in.status()).isEqualTo(302);
        // A start may be done before the browser asks for the pending page, so neither is required.
        var landed = pupil.follow(in.location());
        assertThat(landed.path())
                .satisfiesAnyOf(
                        path -> assertThat(path).startsWith("/hub/spawn-pending/pupil?next="),
                        path -> assertThat(path).isEqualTo("/user/pupil/" + wanted));
        var page =
                Eventually.value(
                        "the page that reloads itself ends on the server",
                        () ->
                                Optional.of(pupil.follow(landed.path()))
                                        .filter(p -> p.path().startsWith("/user/pupil/git-pull")));

        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.path()).isEqualTo("/user/pupil/" + wanted);
        var pulled =
                pupil.get(
                        page.path()
                                        .replace("/git-pull?", "/git-pull/api?")
                                        .replace("targetPath=", "targetpath=") // as its page does
                                + "&_xsrf="
                                + Browser.encoded(pupil.cookie("_xsrf", "/user/pupil/").orElse("")),
                        "Accept",
                        "text/event-stream");
        assertThat(pulled.status()).as(pulled.body()).isEqualTo(200);
        assertThat(pulled.header("Content-Type")).startsWith("text/event-stream");
        assertThat(pulled.body()).contains("\"phase\": \"finished\"");
        var file =
                pupil.get(
                        "/user/pupil/api/contents/lessons/start.txt",
                        "Authorization",
                        "token " + hub.token("pupil", "inherit"));
        assertThat(SingleUserContract.json(file).path("content").asText())
                .contains("read me first");
    }
}
