package org.lyceum.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goal: what is registered is routed, whatever happens between; nobody routes who may not. */
class RegistrationsTest {

    private static final Actor PLATFORM = new Actor.Platform();
    private static final CommunityId HERE = Community.DEFAULT;
    private static final String URL = "http://127.0.0.1:9000";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private IdentityModule identity;
    private CommunityModule communities;
    private Routes routes;
    private ServicesModule services;

    @BeforeEach
    void begin() {
        var audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        communities =
                new CommunityModule(
                        HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
        routes = new Routes();
        services = module();
        services.start();
    }

    @AfterEach
    void end() {
        identity.close();
    }

    private ServicesModule module() {
        return new ServicesModule(
                ServicesConfig.defaults(),
                identity,
                communities,
                routes,
                () -> "http://127.0.0.1:8000",
                () -> Set.of(8000, 8081));
    }

    private static Registrations.Wanted wanted(String name, @Nullable String url) {
        return new Registrations.Wanted(
                name, false, url, Map.of(), true, false, null, null, List.of());
    }

    private List<String> targets() {
        return routes.all().stream()
                .map(route -> route.prefix() + " " + route.host() + ":" + route.port())
                .toList();
    }

    private static void refused(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(work)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void a_service_is_routed_moved_and_gone() {
        var desk = services.registrations();
        var made = desk.register(PLATFORM, HERE, wanted("grader", URL), null);
        assertThat(targets()).containsExactly("/services/grader/ 127.0.0.1:9000");
        assertThat(identity.services().client(made).orElseThrow().redirectUri())
                .isEqualTo("/services/grader/oauth_callback");

        desk.change(PLATFORM, HERE, made.version(), wanted("grader", "http://127.0.0.1:9001"));
        assertThat(targets()).containsExactly("/services/grader/ 127.0.0.1:9001");
        desk.remove(PLATFORM, HERE, "grader");
        assertThat(targets()).isEmpty();
    }

    @Test
    void routes_are_made_good_at_the_start_and_again_and_again() {
        services.registrations().register(PLATFORM, HERE, wanted("grader", URL), null);
        routes.remove("/services/grader/");
        var stranger =
                new Route("/services/gone/", "127.0.0.1", 1, Map.of(RouteServices.LABEL, "gone"));
        var server = new Route("/user/ada/", "127.0.0.1", 2, Map.of("server", "7"));
        routes.put(stranger);
        routes.put(server);

        var report = services.jobs().getFirst().run();

        assertThat(targets())
                .containsExactly("/services/grader/ 127.0.0.1:9000", "/user/ada/ 127.0.0.1:2");
        assertThat(report.changed()).isEqualTo(2);
        assertThat(services.jobs().getFirst().run().changed()).isZero();
    }

    @Test
    void a_service_of_another_community_lies_below_its_address_also_the_former_one() {
        var maths = communities.communities().create(PLATFORM, "maths", "Maths");
        services.registrations().register(PLATFORM, maths.id(), wanted("grader", URL), null);
        assertThat(targets()).containsExactly("/maths/services/grader/ 127.0.0.1:9000");

        var renamed =
                communities.communities().rename(PLATFORM, maths.id(), maths.version(), "numbers");
        services.jobs().getFirst().run();
        assertThat(targets())
                .containsExactly(
                        "/maths/services/grader/ 127.0.0.1:9000",
                        "/numbers/services/grader/ 127.0.0.1:9000");

        communities.communities().delete(PLATFORM, maths.id(), renamed.version());
        services.jobs().getFirst().run();
        assertThat(targets()).isEmpty();
    }

    @Test
    @SecurityStatement(43)
    void only_administrators_of_the_platform_say_where_the_proxy_leads() {
        var manager = identity.users().create(PLATFORM, "manager", false).actor();
        var admin = identity.users().create(PLATFORM, "root", true).actor();
        var desk = services.registrations();

        refused(
                "service.url-needs-admin",
                () -> desk.register(manager, HERE, wanted("grader", URL), null));
        refused(
                "service.url-needs-admin",
                () -> desk.register(new Actor.Service(1, "culler"), HERE, wanted("x1", URL), null));
        var made = desk.register(manager, HERE, wanted("grader", null), null);
        refused(
                "service.url-needs-admin",
                () -> desk.change(manager, HERE, made.version(), wanted("grader", URL)));
        var routed = desk.change(admin, HERE, made.version(), wanted("grader", URL));
        // Who leaves the address as it is may change the rest.
        desk.change(manager, HERE, routed.version(), wanted("grader", URL));
        assertThat(targets()).containsExactly("/services/grader/ 127.0.0.1:9000");
        refused(
                "service.target-forbidden",
                () -> desk.register(admin, HERE, wanted("x2", "http://10.0.0.1:1"), null));
    }

    @Test
    void sign_in_needs_an_address_to_come_back_to() {
        var desk = services.registrations();
        var noWayBack =
                new Registrations.Wanted(
                        "grader", false, null, Map.of(), true, true, null, null, List.of());

        refused("service.redirect-missing", () -> desk.register(PLATFORM, HERE, noWayBack, null));
        assertThat(
                        identity.services()
                                .client(desk.register(PLATFORM, HERE, wanted("api", null), null)))
                .isEmpty();
    }

    /** Contract §2.2. */
    @Test
    void the_environment_is_what_hub_oauth_reads() {
        var token = Secret.random();
        var made =
                services.registrations().register(PLATFORM, HERE, wanted("my grader", URL), token);

        var env =
                services.environment()
                        .of(
                                communities.communities().ensureDefault(),
                                made,
                                identity.services().client(made),
                                token);

        assertThat(env)
                .containsEntry("JUPYTERHUB_SERVICE_NAME", "my grader")
                .containsEntry("JUPYTERHUB_API_TOKEN", token.reveal())
                .containsEntry("JUPYTERHUB_API_URL", "http://127.0.0.1:8000/hub/api")
                .containsEntry("JUPYTERHUB_BASE_URL", "/")
                .containsEntry("JUPYTERHUB_HOST", "")
                .containsEntry("JUPYTERHUB_CLIENT_ID", "service-my%20grader")
                .containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/services/my%20grader/")
                .containsEntry("JUPYTERHUB_SERVICE_URL", URL)
                .containsEntry(
                        "JUPYTERHUB_OAUTH_CALLBACK_URL", "/services/my%20grader/oauth_callback")
                .containsEntry(
                        "JUPYTERHUB_OAUTH_ACCESS_SCOPES",
                        "[\"access:services\",\"access:services!service=my grader\"]")
                .containsEntry("JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES", "[]")
                .doesNotContainKey("JUPYTERHUB_ACTIVITY_URL");
    }
}
