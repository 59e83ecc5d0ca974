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
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
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
import java.util.Set;

/**
 * Goal: what administrators make of profiles is what people are offered, and what a choice comes
 * to. Method: the whole module over a real file and the fake engine.
 */
class ProfilesTest {

    private static final Actor ROOT = new Actor.Job("test");
    private static final CommunityId HERE = Community.DEFAULT;
    private static final String FIRST = "lyceum/scientific:1";
    private static final Size SMALL = new Size(Bytes.gib(1), 1000);

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private IdentityModule identity;
    private CatalogModule module;
    private UserId ada;
    private long jupyter;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var audit = new AuditLog(db, temp.clock());
        identity = new IdentityModule(db, audit, temp.clock());
        var communities =
                new CommunityModule(HostsConfig.defaults(), db, audit, identity, temp.clock());
        communities.communities().ensureDefault();
        engine.addImage(FIRST, "sha256:111");
        module =
                new CatalogModule(
                        db,
                        audit,
                        engine,
                        identity,
                        communities,
                        new CatalogConfig(
                                FIRST,
                                DeviceKinds.NONE,
                                new RuntimesConfig("", List.of("boxed", "absent"))),
                        new PlatformId("0".repeat(32)),
                        temp.clock());
        module.start();
        ada = identity.users().create(ROOT, "ada", false).id();
        communities.members().join(ROOT, HERE, ada);
        jupyter = module.catalog().environments(HERE).getFirst().id();
    }

    @Test
    void a_profile_is_made_changed_ordered_and_removed_and_each_is_seen_at_once() {
        var made = module.profileEdits().create(ROOT, HERE, draft("small", Audience.EVERYBODY));
        assertThat(offered()).containsExactly("jupyterlab", "small");

        var wanted = draft("tiny", Audience.EVERYBODY);
        var changed = module.profileEdits().change(ROOT, HERE, made.id(), made.version(), wanted);
        assertThat(changed.draft()).isEqualTo(wanted);
        assertThat(code(() -> change(made, wanted))).isEqualTo("profile.stale");

        var ids = module.catalog().profiles(HERE).stream().map(Profile::id).toList();
        module.profileEdits().order(ROOT, HERE, ids.reversed());
        assertThat(offered()).containsExactly("tiny", "jupyterlab");
        assertThat(resolve(Map.of()).memory()).isEqualTo(Bytes.gib(1));

        module.profileEdits().delete(ROOT, HERE, changed.id(), changed.version());
        assertThat(offered()).containsExactly("jupyterlab");
        var last = module.catalog().profiles(HERE).getFirst();
        assertThat(code(() -> module.profileEdits().delete(ROOT, HERE, last.id(), last.version())))
                .isEqualTo("profile.last");
    }

    @Test
    @SecurityStatement(43)
    void a_profile_is_offered_to_those_it_is_for_and_nobody_else_can_start_it() {
        long readers = identity.groups().create(ROOT, HERE, "readers", List.of()).id();
        long admins = identity.roles().find(HERE, Roles.ADMIN).orElseThrow().id();
        add("grouped", Audience.some(Set.of(readers), Set.of()));
        add("ruled", Audience.some(Set.of(), Set.of(admins)));
        add("orphaned", Audience.some(Set.of(), Set.of()));
        assertThat(offered()).containsExactly("jupyterlab");
        for (var name : List.of("grouped", "ruled", "orphaned")) {
            assertThat(code(() -> resolve(Map.of("profile", name)))).isEqualTo("profile.unknown");
        }

        identity.groups().addUsers(ROOT, HERE, "readers", List.of("ada"));
        assertThat(offered()).containsExactly("jupyterlab", "grouped");
        identity.roles().give(ROOT, HERE, Roles.ADMIN, new RoleHolder.OfGroup(readers));
        assertThat(offered()).containsExactly("jupyterlab", "grouped", "ruled");
        assertThat(resolve(Map.of("profile", "ruled")).memory()).isEqualTo(Bytes.gib(1));

        identity.groups().delete(ROOT, HERE, "readers");
        assertThat(offered()).containsExactly("jupyterlab");
    }

    @Test
    @SecurityStatement(28)
    void a_profile_names_only_a_runtime_that_is_offered_and_there() {
        engine.offerRuntimes("runc", "boxed");
        var plain = draft("boxed", Audience.EVERYBODY);

        assertThat(code(() -> create(plain.under("other")))).isEqualTo("profile.runtime-refused");
        assertThat(code(() -> create(plain.under("absent")))).isEqualTo("profile.runtime-missing");
        var made = create(plain.under("boxed"));

        assertThat(made.draft()).isEqualTo(plain.under("boxed"));
        var boxed = resolve(Map.of("profile", "boxed"));
        assertThat(boxed.runtime()).isEqualTo("boxed");
        assertThat(boxed.snapshot()).contains("\"runtime\":\"boxed\"");
        assertThat(resolve(Map.of()).runtime()).as("the engine's own").isEmpty();
    }

    @Test
    @SecurityStatement(28)
    void a_runtime_that_is_gone_is_said_at_the_start_and_its_profile_can_still_be_edited() {
        engine.offerRuntimes("runc", "boxed");
        var made = create(draft("boxed", Audience.EVERYBODY).under("boxed"));
        engine.offerRuntimes("runc");

        assertThat(code(() -> resolve(Map.of("profile", "boxed"))))
                .isEqualTo("server.runtime-missing");
        assertThat(resolve(Map.of()).runtime()).as("others start").isEmpty();
        change(made, draft("renamed", Audience.EVERYBODY).under("boxed"));
        assertThat(offered()).contains("renamed");
    }

    private Profile create(Profile.Draft draft) {
        return module.profileEdits().create(ROOT, HERE, draft);
    }

    @Test
    void choices_change_environment_and_size_and_what_is_typed_must_match() {
        engine.addImage("lab/r:4", "sha256:222");
        engine.addImage("lab/own:1", "sha256:333");
        long r = environment("r", "lab/r:4").id();
        var large = new Change(null, Bytes.gib(4), null, 3000);
        var options =
                List.of(
                        new ProfileOption(
                                "image",
                                "Language",
                                List.of(
                                        new Choice("python", "Python", false, Change.NONE),
                                        new Choice(
                                                "r", "R", true, new Change(r, null, null, null))),
                                new FreeImage("Another", "lab/.*", "Only images of the lab.")),
                        new ProfileOption(
                                "size",
                                "Size",
                                List.of(
                                        new Choice("small", "Small", false, Change.NONE),
                                        new Choice("large", "Large", false, large)),
                                null));
        module.profileEdits().create(ROOT, HERE, draft("lab", Audience.EVERYBODY, options));

        var initial = resolve(Map.of("profile", "lab"));
        assertThat(initial.imageId()).isEqualTo("sha256:222");
        assertThat(initial.size()).isEqualTo(SMALL);
        var chosen = resolve(Map.of("profile", "lab", "image", "python", "size", List.of("large")));
        assertThat(chosen.imageId()).isEqualTo("sha256:111");
        assertThat(chosen.size()).isEqualTo(new Size(Bytes.gib(4), 3000));
        assertThat(chosen.snapshot()).contains("\"choices\":\"Python, Large\"");
        var typed = resolve(Map.of("profile", "lab", "image--unlisted-choice", "lab/own:1"));
        assertThat(typed.imageId()).isEqualTo("sha256:333");
        assertThat(typed.command()).containsExactly("jupyterhub-singleuser");
        for (var image : List.of("evil/x:1", "lab/own:1 --privileged", "xlab/own:1", "lab/")) {
            var options2 =
                    Map.<String, Object>of("profile", "lab", "image--unlisted-choice", image);
            assertThat(code(() -> resolve(options2)))
                    .as(image)
                    .isIn("profile.image-refused", "image.missing");
        }
        assertThat(code(() -> resolve(Map.of("profile", "lab", "size", "huge"))))
                .isEqualTo("profile.choice-unknown");
        assertThat(code(() -> resolve(Map.of("profile", "lab", "size--unlisted-choice", "lab/x"))))
                .isEqualTo("profile.image-refused");
        assertThat(code(() -> resolve(Map.of("profile", "lab", "image--unlisted-choice", "lab/x"))))
                .isEqualTo("image.missing");
    }

    @Test
    void a_limit_is_promised_whole_unless_an_administrator_says_less() {
        var half = new Size(Bytes.gib(2), Bytes.gib(1), 1000, 512);
        var draft =
                new Profile.Draft("half", "H", "", jupyter, half, List.of(), Audience.EVERYBODY);
        module.profileEdits().create(ROOT, HERE, draft);

        assertThat(draft.overcommits()).isTrue();
        assertThat(resolve(Map.of("profile", "half")).promised()).isEqualTo(Bytes.gib(1));
        var usual = resolve(Map.of());
        assertThat(usual.promised()).isEqualTo(usual.memory());
        var more = new Size(Bytes.gib(1), Bytes.gib(2), 1000, 512);
        var wrong = new Profile.Draft("w", "W", "", jupyter, more, List.of(), Audience.EVERYBODY);
        assertThat(code(() -> module.profileEdits().create(ROOT, HERE, wrong)))
                .isEqualTo("profile.invalid");
    }

    @Test
    void a_device_the_machine_does_not_have_is_refused_with_what_to_do() {
        var wish = new Size(Bytes.gib(1), Bytes.gib(1), 1000, 512, new DeviceWish("gpu", 1));
        var draft = new Profile.Draft("gpu", "G", "", jupyter, wish, List.of(), Audience.EVERYBODY);
        assertThat(code(() -> module.profileEdits().create(ROOT, HERE, draft)))
                .isEqualTo("profile.device-unknown");
    }

    @Test
    void what_cannot_work_is_refused_before_it_is_kept() {
        var edits = module.profileEdits();
        for (var name : List.of("", "a--b", "a b", "-a", "x".repeat(64), "a/b")) {
            assertThat(code(() -> edits.create(ROOT, HERE, draft(name, Audience.EVERYBODY))))
                    .as(name)
                    .isEqualTo("profile.invalid");
        }
        assertThat(code(() -> edits.create(ROOT, HERE, draft("jupyterlab", Audience.EVERYBODY))))
                .isEqualTo("profile.exists");
        var elsewhere = new Profile.Draft("e", "E", "", 999, SMALL, List.of(), Audience.EVERYBODY);
        assertThat(code(() -> edits.create(ROOT, HERE, elsewhere)))
                .isEqualTo("profile.environment-unknown");
        var pattern =
                List.of(new ProfileOption("i", "I", List.of(), new FreeImage("A", "lab/(", "")));
        assertThat(code(() -> edits.create(ROOT, HERE, draft("p", Audience.EVERYBODY, pattern))))
                .isEqualTo("profile.pattern-invalid");
        var nothing = List.of(new ProfileOption("i", "I", List.of(), null));
        assertThat(code(() -> edits.create(ROOT, HERE, draft("p", Audience.EVERYBODY, nothing))))
                .isEqualTo("profile.invalid");
    }

    @Test
    void an_environment_is_frozen_when_it_is_made_and_stays_while_a_profile_needs_it() {
        engine.addImage("lab/r:4", "sha256:222");
        var made = environment("r", "lab/r:4");
        assertThat(made.imageId()).isEqualTo("sha256:222");
        var use = new Change(made.id(), null, null, null);
        var options =
                List.of(
                        new ProfileOption(
                                "i", "I", List.of(new Choice("r", "R", true, use)), null));
        module.profileEdits().create(ROOT, HERE, draft("lab", Audience.EVERYBODY, options));

        assertThat(code(() -> module.environments().delete(ROOT, HERE, made.id(), version(made))))
                .isEqualTo("environment.in-use");
        assertThat(code(() -> environment("r", "lab/r:4"))).isEqualTo("environment.exists");
        assertThat(code(() -> environment("s", "Lab/R 4"))).isEqualTo("environment.invalid");
        var first = module.catalog().environments(HERE).getFirst();
        var moved = new Environment.Draft(first.name(), "X", "other:1", first.command(), "", null);
        assertThat(code(() -> change(first, moved))).isEqualTo("environment.of-platform");
    }

    @Test
    void the_platforms_own_start_leaves_what_administrators_made() {
        add("mine", Audience.EVERYBODY);
        module.start();
        assertThat(offered()).containsExactly("jupyterlab", "mine");
    }

    private long version(Environment environment) {
        return now(environment).version();
    }

    private Environment environment(String name, String image) {
        var command = List.of("jupyterhub-singleuser");
        var made =
                module.environments()
                        .create(
                                ROOT,
                                HERE,
                                new Environment.Draft(name, name, image, command, "/lab", null));
        return Eventually.value(
                "it has been tried",
                () -> Optional.of(now(made)).filter(each -> each.imageId() != null));
    }

    private Environment now(Environment environment) {
        return module.catalog().environments(HERE).stream()
                .filter(each -> each.id() == environment.id())
                .findFirst()
                .orElseThrow();
    }

    private void change(Environment before, Environment.Draft draft) {
        module.environments().change(ROOT, HERE, before.id(), before.version(), draft);
    }

    private void change(Profile before, Profile.Draft draft) {
        module.profileEdits().change(ROOT, HERE, before.id(), before.version(), draft);
    }

    private void add(String name, Audience audience) {
        module.profileEdits().create(ROOT, HERE, draft(name, audience));
    }

    private Profile.Draft draft(String name, Audience audience) {
        return draft(name, audience, List.of());
    }

    private Profile.Draft draft(String name, Audience audience, List<ProfileOption> options) {
        return new Profile.Draft(name, "Title", "Words", jupyter, SMALL, options, audience);
    }

    private List<String> offered() {
        return module.profiles().offered(HERE, ada).stream().map(Profile::name).toList();
    }

    private LaunchSpec resolve(Map<String, Object> options) {
        return module.profiles().resolve(HERE, ada, options);
    }

    private static @Nullable String code(Runnable refused) {
        var problem = catchThrowableOfType(Problem.class, refused::run);
        return problem == null ? null : problem.code();
    }
}
