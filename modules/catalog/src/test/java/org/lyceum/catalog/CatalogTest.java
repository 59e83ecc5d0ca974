package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goal: what a choice comes to. Method: the services over a real file and the fake engine. */
class CatalogTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final UserId ADA = new UserId(7);
    private static final String REFERENCE = "lyceum/scientific:latest";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private AuditLog audit;
    private CatalogRepository repository;
    private CatalogService catalog;
    private ProfileResolver profiles;

    @BeforeEach
    void wire() {
        var db = temp.database();
        audit = new AuditLog(db, temp.clock());
        var identity = new IdentityModule(db, audit, temp.clock());
        repository = new CatalogRepository(db);
        catalog = new CatalogService(repository);
        profiles =
                new ProfileResolver(
                        repository,
                        new Belongings(identity.users(), identity.groups(), identity.roles()),
                        engine,
                        DeviceKinds.NONE,
                        new Runtimes(RuntimesConfig.defaults(), engine));
        engine.addImage(REFERENCE, "sha256:aaa");
    }

    @Test
    void a_community_begins_with_one_environment_and_one_profile_however_often_it_starts() {
        start(REFERENCE);
        start(REFERENCE);

        assertThat(catalog.environments(COMMUNITY))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.imageId()).isEqualTo("sha256:aaa");
                            assertThat(each.command()).containsExactly("jupyterhub-singleuser");
                        });
        assertThat(catalog.profiles(COMMUNITY))
                .singleElement()
                .extracting(Profile::name)
                .isEqualTo("jupyterlab");
    }

    @Test
    @SecurityStatement(20)
    void what_runs_is_the_frozen_image_also_when_its_name_moves_on() {
        start(REFERENCE);
        engine.addImage(REFERENCE, "sha256:bbb");
        assertThat(resolve(Map.of()).imageId()).isEqualTo("sha256:aaa");

        start(REFERENCE);
        assertThat(resolve(Map.of()).imageId()).isEqualTo("sha256:bbb");
    }

    @Test
    void an_image_that_comes_later_is_found_by_the_job_but_a_frozen_one_is_not_followed() {
        engine.removeImage(REFERENCE);
        var job = start(REFERENCE);
        engine.addImage(REFERENCE, "sha256:ccc");

        assertThat(job.run().changed()).isOne();
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isEqualTo("sha256:ccc");

        engine.addImage(REFERENCE, "sha256:ddd");
        assertThat(job.run().changed()).isZero();
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isEqualTo("sha256:ccc");
    }

    @Test
    void another_reference_in_the_configuration_is_followed_and_resolved_anew() {
        start(REFERENCE);
        engine.addImage("lyceum/other:1", "sha256:eee");

        catalog.ensureDefaults(List.of(COMMUNITY), "lyceum/other:1");
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isNull();
        assertThat(resolve(Map.of()).imageId()).isEqualTo("sha256:eee");
    }

    @Test
    void an_image_that_comes_later_is_found_at_the_first_start() {
        engine.removeImage(REFERENCE);
        start(REFERENCE);
        var problem = catchThrowableOfType(Problem.class, () -> resolve(Map.of()));
        assertThat(problem.code()).isEqualTo("image.missing");
        assertThat(problem.detail()).contains("installer/lyceum images build scientific");

        engine.addImage(REFERENCE, "sha256:ccc");
        assertThat(resolve(Map.of()).imageId()).isEqualTo("sha256:ccc");
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isEqualTo("sha256:ccc");
    }

    @Test
    void an_engine_that_is_down_keeps_nothing_from_starting() {
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "down"));
        start(REFERENCE);
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isNull();

        engine.fail(null);
        start(REFERENCE);
        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isEqualTo("sha256:aaa");
    }

    @Test
    void an_engine_that_is_down_later_does_not_undo_what_was_frozen() {
        start(REFERENCE);
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "down"));
        start(REFERENCE);

        assertThat(catalog.environments(COMMUNITY).getFirst().imageId()).isEqualTo("sha256:aaa");
    }

    @Test
    void options_name_a_profile_in_the_ways_forms_and_programs_write_it() {
        start(REFERENCE);
        var nothing = new HashMap<String, Object>();
        nothing.put("profile", null);

        for (var options :
                List.<Map<String, Object>>of(
                        Map.of(),
                        nothing,
                        Map.of("profile", "jupyterlab"),
                        Map.of("profile", List.of("jupyterlab")),
                        Map.of("profile", "", "else", 1))) {
            assertThat(resolve(options).defaultUrl()).as(options.toString()).isEqualTo("/lab");
        }
        assertThat(
                        catchThrowableOfType(Problem.class, () -> resolve(Map.of("profile", "gpu")))
                                .code())
                .isEqualTo("profile.unknown");
    }

    @Test
    void the_snapshot_tells_what_was_started() {
        start(REFERENCE);

        assertThat(resolve(Map.of()).snapshot())
                .contains("\"image\":\"" + REFERENCE + "\"", "\"imageId\":\"sha256:aaa\"")
                .contains("\"memoryBytes\":2147483648");
    }

    /** What the platform does at its start, and the first run of the job after it. */
    private FreezeImages start(String reference) {
        catalog.ensureDefaults(List.of(COMMUNITY), reference);
        var trials = new TrialRepository(temp.database(), audit, temp.clock());
        var tried =
                new TryImages(
                        trials,
                        repository,
                        new ContainerTrial(engine, new PlatformId("0".repeat(32))));
        var job = new FreezeImages(repository, engine, reference, trials, tried);
        job.run();
        return job;
    }

    private LaunchSpec resolve(Map<String, Object> options) {
        return profiles.resolve(COMMUNITY, ADA, options);
    }
}
