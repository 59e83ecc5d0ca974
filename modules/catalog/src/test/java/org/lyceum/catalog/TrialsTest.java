package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goal: people get images that were tried, keep what they have when a new one is no good, and get
 * the one before back. Method: the whole module over a real file; what a trial says is the fake
 * engine's, what it really does is shown with real containers.
 */
class TrialsTest {

    private static final Actor ROOT = new Actor.Job("test");
    private static final CommunityId HERE = Community.DEFAULT;
    private static final UserId ADA = new UserId(7);
    private static final String BAD =
            "LYCEUM-TRIAL {\"steps\":[],\"failure\":\"the server answers: no\",\"words\":\"oh\"}";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private CatalogModule module;
    private long environment;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var audit = new AuditLog(db, temp.clock());
        var identity = new IdentityModule(db, audit, temp.clock());
        var communities =
                new CommunityModule(HostsConfig.defaults(), db, audit, identity, temp.clock());
        communities.communities().ensureDefault();
        engine.addImage("lyceum/first:1", "sha256:f");
        engine.addImage("lab/r:1", "sha256:1");
        engine.addImage("lab/r:2", "sha256:2");
        module =
                new CatalogModule(
                        db,
                        audit,
                        engine,
                        identity,
                        communities,
                        CatalogConfig.of("lyceum/first:1"),
                        new PlatformId("0".repeat(32)),
                        temp.clock());
        module.start();
        var draft =
                new Environment.Draft(
                        "r", "R", "lab/r:1", List.of("jupyterhub-singleuser"), "", null);
        environment = module.environments().create(ROOT, HERE, draft).id();
        module.profileEdits()
                .create(
                        ROOT,
                        HERE,
                        new Profile.Draft(
                                "r",
                                "R",
                                "",
                                environment,
                                new Size(Bytes.gib(1), 1000),
                                List.of(),
                                Audience.EVERYBODY));
        Eventually.holds("the first image is tried", () -> "sha256:1".equals(image()));
    }

    @Test
    @SecurityStatement(20)
    void nobody_gets_an_image_before_it_has_passed_whatever_its_name_means_by_now() {
        engine.addImage("lab/r:1", "sha256:9");
        assertThat(resolve().imageId()).isEqualTo("sha256:1");

        engine.removeImage("sha256:1");
        assertThat(code(this::resolve)).isEqualTo("image.missing");
    }

    @Test
    void a_new_image_is_promoted_when_it_passes_with_what_was_found_out() {
        module.trials().ask(HERE, environment, "lab/r:2");

        Eventually.holds("it has passed", () -> "sha256:2".equals(image()));
        var trial = trials().getFirst();
        assertThat(trial.state()).isEqualTo(Trial.State.PASSED);
        assertThat(trial.promotedAt()).isNotNull();
        var report = Optional.ofNullable(trial.report()).orElseThrow();
        assertThat(report.startMillis()).isEqualTo(900);
        assertThat(report.packages()).containsExactly("numpy 2.0");
        assertThat(engine.list(Map.of())).isEmpty();
        assertThat(now().imageReference()).isEqualTo("lab/r:2");
    }

    @Test
    void one_that_fails_changes_nothing_and_says_why() {
        engine.trialsSay(BAD);
        module.trials().ask(HERE, environment, "lab/r:2");

        Eventually.holds("it has ended", () -> trials().getFirst().endedAt() != null);
        assertThat(trials().getFirst().failure()).isEqualTo("the server answers: no\noh");
        assertThat(resolve().imageId()).isEqualTo("sha256:1");
        var trial = trials().getFirst();
        module.trials().promote(ROOT, HERE, environment, trial.id());
        assertThat(resolve().imageId()).isEqualTo("sha256:2");
    }

    @Test
    void a_container_that_ends_without_a_report_has_failed() {
        engine.trialsSay("python3: not found");
        module.trials().ask(HERE, environment, "lab/r:2");

        Eventually.holds("it has ended", () -> trials().getFirst().endedAt() != null);
        assertThat(trials().getFirst().failure()).contains("no report", "python3: not found");
    }

    @Test
    void one_click_leads_back_and_another_one_forth() {
        assertThat(code(() -> module.trials().back(ROOT, HERE, environment)))
                .isEqualTo("trial.no-previous");
        module.trials().ask(HERE, environment, "lab/r:2");
        Eventually.holds("it has passed", () -> "sha256:2".equals(image()));

        module.trials().back(ROOT, HERE, environment);

        assertThat(resolve().imageId()).isEqualTo("sha256:1");
        module.trials().back(ROOT, HERE, environment);
        assertThat(resolve().imageId()).isEqualTo("sha256:2");
        engine.removeImage("sha256:1");
        assertThat(code(() -> module.trials().back(ROOT, HERE, environment)))
                .isEqualTo("image.missing");
    }

    @Test
    void two_failed_starts_of_a_new_image_lead_back_by_themselves() {
        module.trials().started(resolve());
        module.trials().ask(HERE, environment, "lab/r:2");
        Eventually.holds("it has passed", () -> "sha256:2".equals(image()));

        module.trials().failed(resolve());
        assertThat(resolve().imageId()).isEqualTo("sha256:2");
        module.trials().failed(resolve());

        assertThat(resolve().imageId()).isEqualTo("sha256:1");
        assertThat(trials().getFirst().failure()).contains("first 2 starts of this image failed");
        assertThat(code(() -> module.trials().back(ROOT, HERE, environment)))
                .isEqualTo("trial.no-previous");
    }

    @Test
    void an_image_that_somebody_has_started_is_not_taken_back_for_one_persons_trouble() {
        module.trials().ask(HERE, environment, "lab/r:2");
        Eventually.holds("it has passed", () -> "sha256:2".equals(image()));
        module.trials().failed(resolve());
        module.trials().started(resolve());

        for (int n = 0; n < 5; n++) {
            module.trials().failed(resolve());
        }

        assertThat(resolve().imageId()).isEqualTo("sha256:2");
    }

    @Test
    void what_cannot_be_tried_is_refused_at_once() {
        assertThat(code(() -> module.trials().ask(HERE, environment, "lab/none:1")))
                .isEqualTo("image.missing");
        assertThat(code(() -> module.trials().ask(HERE, environment, "Not an image")))
                .isEqualTo("environment.invalid");
        var first = module.catalog().environments(HERE).getFirst().id();
        assertThat(code(() -> module.trials().ask(HERE, first, "lab/r:2")))
                .isEqualTo("environment.of-platform");
        var moved = new Environment.Draft("r", "R", "lab/r:2", List.of("x"), "", null);
        assertThat(
                        code(
                                () ->
                                        module.environments()
                                                .change(
                                                        ROOT,
                                                        HERE,
                                                        environment,
                                                        now().version(),
                                                        moved)))
                .isEqualTo("environment.image-is-tried");
    }

    private Environment now() {
        return module.catalog().environments(HERE).stream()
                .filter(each -> each.id() == environment)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable String image() {
        return now().imageId();
    }

    private List<Trial> trials() {
        return module.trials().of(HERE).getOrDefault(environment, List.of());
    }

    private LaunchSpec resolve() {
        return module.profiles().resolve(HERE, ADA, Map.of("profile", "r"));
    }

    private static @Nullable String code(Runnable refused) {
        var problem = catchThrowableOfType(Problem.class, refused::run);
        return problem == null ? null : problem.code();
    }
}
