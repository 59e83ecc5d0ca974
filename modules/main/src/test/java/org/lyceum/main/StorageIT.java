package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;

/**
 * Goal: what is decided in the panel about people's files holds in their servers at once. Method:
 * the whole platform, a real pool whose limits the kernel enforces, real containers.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(240)
class StorageIT {

    private static final long MIB = 1L << 20;

    private RealPool pool;
    private HubUnderTest platform;
    private Browser root;
    private long version = -1;

    @BeforeEach
    void start() {
        pool = new RealPool();
        platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3", pool.settings());
        platform.user("root", true);
        platform.user("ada");
        root = platform.browserOf("root");
    }

    @AfterEach
    void end() {
        platform.close();
        pool.close();
    }

    private void limit(long mib) {
        var page =
                root.send(
                        "PUT",
                        "/api/admin/v1/communities/1/limits",
                        "{\"kind\": \"HOME\", \"scope\": \"USER\", \"name\": \"ada\", \"bytes\": "
                                + mib * MIB
                                + ", \"version\": "
                                + version
                                + "}",
                        "X-Lyceum-CSRF",
                        root.panelProof());
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        version++;
    }

    /** What a command in the server of {@code name} prints. */
    private String in(String name, String command) {
        var server = platform.hub().servers().queries().find(platform.server(name)).orElseThrow();
        return DockerCommand.run("exec", server.containerId(), "sh", "-c", command);
    }

    private static String write(String file, int mib) {
        return "dd if=/dev/zero of=$HOME/%s bs=1M count=%d 2>&1 && sync && echo written"
                .formatted(file, mib);
    }

    @Test
    @SecurityStatement(14)
    void a_limit_counts_at_once_in_a_server_that_runs_and_a_lower_one_loses_nothing() {
        limit(48);
        SingleUserContract.start(platform, "ada");
        assertThat(in("ada", write("first", 24))).contains("written");
        assertThat(in("ada", write("second", 64))).contains("Disk quota exceeded");
        in("ada", "rm $HOME/second; sync");

        limit(160);
        assertThat(in("ada", write("second", 64))).contains("written");

        limit(32);
        assertThat(in("ada", write("third", 4))).contains("Disk quota exceeded");
        assertThat(in("ada", "cat $HOME/first $HOME/second | wc -c").strip())
                .isEqualTo(Long.toString(88 * MIB));
        assertThat(in("ada", "rm -f $HOME/second $HOME/third && sync && echo gone"))
                .contains("gone");
        assertThat(in("ada", write("fourth", 2))).contains("written");

        var page = root.get("/api/admin/v1/communities/1/folders").body();
        assertThat(page).contains("\"enforced\":true").contains("\"from\":\"USER\"");
    }
}
