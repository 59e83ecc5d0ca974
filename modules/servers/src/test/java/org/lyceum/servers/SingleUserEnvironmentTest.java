package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.catalog.LaunchSpec;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.catalog.Size;
import org.lyceum.community.Community;
import org.lyceum.community.HubAddress;
import org.lyceum.community.Limits;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Origin;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Goal: the variables of contract §2.1, letter by letter. */
class SingleUserEnvironmentTest {

    private static final Community DEFAULT = community(1, "default", "Lyceum", "/");
    private static final Community OTHER = community(2, "physics", "Physics", "/physics/");
    private static final LaunchSpec SPEC =
            new LaunchSpec(
                    "sha256:1",
                    "img:1",
                    List.of("c"),
                    "/lab",
                    new Size(Bytes.gib(2), 1500),
                    NetworkAccess.COMMUNITY,
                    null,
                    1,
                    true,
                    "",
                    "{}");

    private static Community community(long id, String name, String title, String baseUrl) {
        return new Community(
                new CommunityId(id),
                name,
                title,
                baseUrl,
                null,
                Community.State.ACTIVE,
                "",
                false,
                Limits.NONE,
                0);
    }

    @Test
    @ContractRow(1)
    void the_default_server_finds_every_variable_of_the_contract() {
        var env = of(DEFAULT, "alice", "").open("http://hub:8081", SPEC);

        assertThat(env)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("JUPYTERHUB_CLIENT_ID", "jupyterhub-user-alice"),
                                Map.entry("JUPYTERHUB_HOST", ""),
                                Map.entry(
                                        "JUPYTERHUB_OAUTH_CALLBACK_URL",
                                        "/user/alice/oauth_callback"),
                                Map.entry("JUPYTERHUB_USER", "alice"),
                                Map.entry("JUPYTERHUB_SERVER_NAME", ""),
                                Map.entry("JUPYTERHUB_API_URL", "http://hub:8081/hub/api"),
                                Map.entry(
                                        "JUPYTERHUB_ACTIVITY_URL",
                                        "http://hub:8081/hub/api/users/alice/activity"),
                                Map.entry("JUPYTERHUB_BASE_URL", "/"),
                                Map.entry("JUPYTERHUB_SERVICE_PREFIX", "/user/alice/"),
                                Map.entry(
                                        "JUPYTERHUB_SERVICE_URL",
                                        "http://0.0.0.0:8888/user/alice/"),
                                Map.entry("JUPYTERHUB_OAUTH_SCOPES", access("alice", "")),
                                Map.entry("JUPYTERHUB_OAUTH_ACCESS_SCOPES", access("alice", "")),
                                Map.entry("JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES", "[]"),
                                Map.entry("JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED", "0"),
                                Map.entry("JUPYTERHUB_PUBLIC_URL", ""),
                                Map.entry("JUPYTERHUB_PUBLIC_HUB_URL", ""),
                                Map.entry("JUPYTERHUB_DEFAULT_URL", "/lab"),
                                Map.entry("MEM_LIMIT", "2147483648"),
                                Map.entry("CPU_LIMIT", "1.500"),
                                Map.entry("JUPYTER_IMAGE_SPEC", "img:1")));
    }

    @Test
    @ContractRow(9)
    void a_named_server_is_escaped_in_urls_and_raw_in_its_name() {
        var named = of(DEFAULT, "alice", "my srv");
        var env = named.open("http://hub:8081", SPEC);

        assertThat(named.clientId()).isEqualTo("jupyterhub-user-alice-my%20srv");
        assertThat(env)
                .containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/user/alice/my%20srv/")
                .containsEntry("JUPYTERHUB_SERVER_NAME", "my srv")
                .containsEntry(
                        "JUPYTERHUB_OAUTH_CALLBACK_URL", "/user/alice/my%20srv/oauth_callback")
                .containsEntry("JUPYTERHUB_OAUTH_ACCESS_SCOPES", access("alice", "my srv"));
    }

    @Test
    @ContractRow(10)
    void an_at_sign_is_plain_in_paths_and_escaped_in_the_client_id() {
        var env = of(DEFAULT, "a@b.c", "").open("http://hub:8081", SPEC);

        assertThat(env)
                .containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/user/a@b.c/")
                .containsEntry("JUPYTERHUB_CLIENT_ID", "jupyterhub-user-a%40b.c")
                .containsEntry(
                        "JUPYTERHUB_ACTIVITY_URL", "http://hub:8081/hub/api/users/a@b.c/activity");
    }

    @Test
    void another_community_is_below_its_base_url() {
        var env = of(OTHER, "alice", "").open("http://hub:8081", SPEC);

        assertThat(env)
                .containsEntry("JUPYTERHUB_BASE_URL", "/physics/")
                .containsEntry("JUPYTERHUB_API_URL", "http://hub:8081/physics/hub/api")
                .containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/physics/user/alice/");
    }

    @Test
    @ContractRow(1)
    @SecurityStatement(34)
    void on_a_host_of_its_own_a_server_is_told_where_the_hub_is() {
        var hub =
                new HubAddress(
                        "", "/physics/", Origin.parse("https://jh.test:444"), "jh.test", "c2");
        var env = of(OTHER, hub, "alice", "").open("http://hub:8081", SPEC);

        assertThat(env)
                .containsEntry("JUPYTERHUB_HOST", "https://jh.test:444")
                .containsEntry(
                        "JUPYTERHUB_OAUTH_CALLBACK_URL",
                        "https://alice--c2.jh.test:444/physics/user/alice/oauth_callback")
                .containsEntry("JUPYTERHUB_BASE_URL", "/physics/")
                .containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/physics/user/alice/")
                .containsEntry("JUPYTERHUB_API_URL", "http://hub:8081/physics/hub/api")
                .containsEntry("JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED", "1")
                .containsEntry(
                        "JUPYTERHUB_PUBLIC_URL",
                        "https://alice--c2.jh.test:444/physics/user/alice/")
                .containsEntry("JUPYTERHUB_PUBLIC_HUB_URL", "https://jh.test:444/physics/hub/");
        assertThat(ServerPaths.decoded(hub, "alice", "x y"))
                .isEqualTo("alice--c2.jh.test/physics/user/alice/x y/");
    }

    @Test
    @SecurityStatement(27)
    void the_token_is_not_among_what_anybody_may_see() {
        var token = Secret.random();

        assertThat(of(DEFAULT, "alice", "").open("http://hub:8081", SPEC).toString())
                .doesNotContain(token.reveal());
        assertThat(SingleUserEnvironment.secret(token))
                .containsEntry("JUPYTERHUB_API_TOKEN", token.reveal())
                .containsEntry("JPY_API_TOKEN", token.reveal());
    }

    @Test
    void paths_are_the_same_written_and_decoded() {
        var hub = HubAddress.path("/physics/");
        assertThat(ServerPaths.decoded(hub, "a b", "x%y")).isEqualTo("/physics/user/a b/x%y/");
        assertThat(ServerPaths.encode("/physics/user/a b/x%y/"))
                .isEqualTo(ServerPaths.encoded(hub, "a b", "x%y"))
                .isEqualTo("/physics/user/a%20b/x%25y/");
    }

    private static String access(String user, String server) {
        return "[\"access:servers!server="
                + user
                + "/"
                + server
                + "\",\"access:servers!user="
                + user
                + "\"]";
    }

    private static SingleUserEnvironment of(Community community, String user, String server) {
        return of(community, HubAddress.path(community.baseUrl()), user, server);
    }

    private static SingleUserEnvironment of(
            Community community, HubAddress hub, String user, String server) {
        return new SingleUserEnvironment(
                community, hub, new User(new UserId(7), user, false, Instant.EPOCH, null), server);
    }
}
