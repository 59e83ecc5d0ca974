package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Goal: who has a link reads what it is about as long as they and its owner may, and nothing beside
 * it. Method: real people and files; the files are made by a shell with their owner's rights.
 */
class SharingLinksTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final CommunityId ONE = Community.DEFAULT;
    private static final LinkAudience ALL = new LinkAudience.Everybody();

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private AuditLog audit;
    private IdentityModule identity;
    private CommunityModule communities;
    private StorageModule storage;
    private FilesModule module;
    private SharingLinkService links;
    private User ada;
    private User eve;
    private Path home;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var clock = temp.clock();
        audit = new AuditLog(db, clock);
        identity = new IdentityModule(db, audit, clock);
        var config =
                StorageConfig.of(data, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1));
        storage = new StorageModule(config, db, identity, clock);
        module = Wiring.of(temp, identity, storage, data.resolve("lists"));
        links = module.links();
        communities = Wiring.communities(temp, identity);
        communities.communities().ensureDefault();
        ada = member("ada");
        eve = member("eve");
        home = storage.folders().ensure(FolderKey.home(ONE, ada.id()));
        shell("mkdir -p work/deep; echo 42 > work/paper; echo 7 > work/deep/data; echo x > secret");
    }

    @AfterEach
    void close() {
        module.close();
    }

    private User member(String name) {
        var user = identity.users().create(SETUP, name, false);
        communities.members().join(SETUP, ONE, user.id());
        return user;
    }

    private String shell(String script) {
        return Shell.run(
                home,
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                "bash",
                "-c",
                script);
    }

    private SharingLink.Made share(String path, LinkAudience audience) {
        var place = module.places().require(ONE, ada, "home");
        return links.make(ONE, ada, place, FilePath.parse(path), audience, 30);
    }

    private String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private String read(SharedView view, String below) throws IOException {
        var path = view.at(FilePath.parse(below));
        try (var download = module.files().download(view.place(), path);
                var in = download.from(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> names(SharedView view, String below) {
        var path = view.at(FilePath.parse(below));
        return module.files().list(view.place(), path, null).entries().stream()
                .map(entry -> FilePath.written(entry.name()))
                .toList();
    }

    private long lines(String action) {
        return audit.latest(1_000).stream().filter(line -> line.action().equals(action)).count();
    }

    @Test
    void who_has_the_link_browses_downloads_and_packs_and_changes_nothing() throws IOException {
        var made = share("work", ALL);
        var view = links.open(ONE, eve, made.key());

        assertThat(names(view, "")).containsExactly("deep", "paper");
        assertThat(read(view, "paper")).isEqualTo("42\n");
        assertThat(read(view, "deep/data")).isEqualTo("7\n");
        var at = view.at(FilePath.TOP);
        try (var archive = module.archives().archive(view.place(), at, FileName.of("work"));
                var in = archive.from(0)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("work/deep/data")
                    .doesNotContain("secret");
        }
        assertThat(code(() -> module.trash().put(view.place(), view.at(FilePath.parse("paper")))))
                .isEqualTo("files.read-only");
        assertThat(read(links.open(ONE, eve, share("work/paper", ALL).key()), ""))
                .isEqualTo("42\n");
    }

    @Test
    @SecurityStatement(50)
    void no_way_leads_out_of_what_is_shared() throws IOException {
        shell(
                "cd work; ln -s ../secret out; ln -s / root; ln -s .. up; ln -s deep inside;"
                        + " mkfifo pipe");
        var view = links.open(ONE, eve, share("work", ALL).key());

        for (var path : List.of("out", "root/etc/passwd", "up/secret", "inside/data", "pipe")) {
            assertThat(
                            code(
                                    () ->
                                            module.files()
                                                    .download(
                                                            view.place(),
                                                            view.at(FilePath.parse(path)))))
                    .as(path)
                    .isEqualTo("files.not-plain");
        }
        for (var path : List.of("root", "up", "up/work", "inside")) {
            assertThat(code(() -> names(view, path))).as(path).isEqualTo("files.not-plain");
        }
        for (var path : List.of("..", "../secret", "deep/../../secret", ".", "a//b", "/etc")) {
            assertThat(code(() -> FilePath.parse(path))).as(path).isEqualTo("files.name-invalid");
        }
        assertThat(code(() -> FilePath.parse("%2E%2E/secret"))).isEqualTo("files.name-invalid");
        assertThat(code(() -> FilePath.parse("deep%2F..%2F..%2Fsecret")))
                .isEqualTo("files.name-invalid");

        shell("mv work aside; ln -s . work"); // the shared folder itself becomes a link
        assertThat(code(() -> links.view(ONE, eve, view.link().id()))).isEqualTo("files.link-gone");
        assertThat(code(() -> names(view, ""))).isEqualTo("files.not-plain");
        assertThat(code(() -> read2(view, "secret"))).isEqualTo("files.not-plain");
    }

    private void read2(SharedView view, String below) {
        module.files().download(view.place(), view.at(FilePath.parse(below))).close();
    }

    @Test
    void names_that_are_no_text_are_shared_and_read() throws IOException {
        shell("mkdir $'\\xff\\xfe'; echo 1 > $'\\xff\\xfe/new\\nline'");
        var view = links.open(ONE, eve, share("%FF%FE", ALL).key());

        assertThat(names(view, "")).containsExactly("new%0Aline");
        assertThat(read(view, "new%0Aline")).isEqualTo("1\n");
        assertThat(links.madeBy(ONE, ada).getFirst().path()).isEqualTo(FilePath.parse("%FF%FE"));
    }

    @Test
    @SecurityStatement(43)
    void a_link_for_a_group_or_a_member_is_for_nobody_else() {
        identity.groups().create(SETUP, ONE, "lab", List.of("ada"));
        var toLab = share("work", links.group(ONE, ada, "lab"));
        var toEve = share("work", links.member(ONE, "eve"));
        var bob = member("bob");

        assertThat(code(() -> links.open(ONE, eve, toLab.key())))
                .isEqualTo("files.link-for-others");
        assertThat(code(() -> links.open(ONE, bob, toEve.key())))
                .isEqualTo("files.link-for-others");
        assertThat(code(() -> links.view(ONE, bob, toEve.link().id())))
                .isEqualTo("files.link-unknown");
        links.open(ONE, eve, toEve.key());

        identity.groups().addUsers(SETUP, ONE, "lab", List.of("eve"));
        links.open(ONE, eve, toLab.key());
        assertThat(links.openedBy(ONE, eve)).hasSize(2);
        identity.groups().removeUsers(SETUP, ONE, "lab", List.of("eve"));
        assertThat(code(() -> links.view(ONE, eve, toLab.link().id())))
                .isEqualTo("files.link-unknown");
        assertThat(links.openedBy(ONE, eve)).hasSize(1);

        assertThat(code(() -> links.group(ONE, eve, "lab"))).isEqualTo("files.link-group-unknown");
        assertThat(code(() -> links.member(ONE, "nobody"))).isEqualTo("user.unknown");
    }

    @Test
    @SecurityStatement(43)
    void a_number_is_worth_nothing_to_who_never_had_the_key() {
        var made = share("work", ALL);
        assertThat(code(() -> links.view(ONE, eve, made.link().id())))
                .isEqualTo("files.link-unknown");
        assertThat(code(() -> links.open(ONE, eve, Secret.presented("0".repeat(32)))))
                .isEqualTo("files.link-unknown");
        assertThat(code(() -> links.open(new CommunityId(2), eve, made.key())))
                .isEqualTo("files.link-unknown");
        links.open(ONE, eve, made.key());
        links.view(ONE, eve, made.link().id());
    }

    @Test
    @SecurityStatement(42)
    void who_leaves_the_community_neither_shares_nor_reads_any_more() {
        var made = share("work", ALL);
        links.open(ONE, eve, made.key());
        communities.members().leave(SETUP, ONE, eve.id());
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-for-others");
        communities.members().join(SETUP, ONE, eve.id());
        assertThat(code(() -> links.view(ONE, eve, made.link().id())))
                .isEqualTo("files.link-unknown");
        links.open(ONE, eve, made.key());

        communities.members().leave(SETUP, ONE, ada.id());
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-unknown");
        communities.members().join(SETUP, ONE, ada.id());
        assertThat(links.madeBy(ONE, ada)).isEmpty();
    }

    @Test
    @SecurityStatement(42)
    void who_loses_the_group_shares_nothing_of_its_folder_any_more() throws IOException {
        var lab = identity.groups().create(SETUP, ONE, "lab", List.of("ada"));
        var folder = storage.folders().ensure(FolderKey.group(ONE, lab.id()));
        Files.createDirectory(folder.resolve("data"));
        var place = module.places().require(ONE, ada, "group-" + lab.id());
        var made = links.make(ONE, ada, place, FilePath.parse("data"), ALL, 1);
        links.open(ONE, eve, made.key());

        identity.groups().removeUsers(SETUP, ONE, "lab", List.of("ada"));
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-lost");
        assertThat(code(() -> links.view(ONE, eve, made.link().id()))).isEqualTo("files.link-lost");
        identity.groups().delete(SETUP, ONE, "lab");
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-lost");
    }

    @Test
    void a_link_ends_on_its_day_or_before_and_is_forgotten_a_month_later() {
        var short1 = share("work", ALL);
        var ended = share("work/paper", ALL);
        links.end(ONE, ada, ended.link().id());
        assertThat(code(() -> links.open(ONE, eve, ended.key()))).isEqualTo("files.link-unknown");
        assertThat(code(() -> links.end(ONE, eve, short1.link().id())))
                .isEqualTo("files.link-unknown");

        temp.clock().advance(Duration.ofDays(30).minusSeconds(1));
        links.open(ONE, eve, short1.key());
        temp.clock().advance(Duration.ofSeconds(1));
        assertThat(code(() -> links.open(ONE, eve, short1.key()))).isEqualTo("files.link-over");
        assertThat(links.openedBy(ONE, eve)).isEmpty();
        assertThat(sweep()).isZero();
        temp.clock().advance(Duration.ofDays(30).plusSeconds(1));
        assertThat(sweep()).isEqualTo(1);
        assertThat(code(() -> links.open(ONE, eve, short1.key()))).isEqualTo("files.link-unknown");
    }

    private int sweep() {
        return module.jobs().stream()
                .filter(job -> job.name().equals("files.remove-sharing-links"))
                .findFirst()
                .orElseThrow()
                .run()
                .changed();
    }

    @Test
    void what_was_renamed_or_removed_is_said_to_be_gone() {
        var made = share("work/paper", ALL);
        shell("mv work/paper work/final");
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-gone");
        shell("mkfifo work/paper");
        assertThat(code(() -> links.open(ONE, eve, made.key()))).isEqualTo("files.link-gone");
    }

    @Test
    void the_whole_home_the_trash_and_what_is_no_plain_file_are_not_shared() {
        shell("mkdir -p .local/share/Trash/files; ln -s secret link");
        assertThat(code(() -> share("", ALL))).isEqualTo("files.name-invalid");
        for (var path : List.of(".local", ".local/share/Trash", ".local/share/Trash/files")) {
            assertThat(code(() -> share(path, ALL))).as(path).isEqualTo("files.trash-not-shared");
        }
        assertThat(code(() -> share("link", ALL))).isEqualTo("files.not-plain");
        assertThat(code(() -> share("nothing", ALL))).isEqualTo("files.unknown");
        var place = module.places().require(ONE, ada, "home");
        for (int days : new int[] {0, -1, 366}) {
            assertThat(code(() -> links.make(ONE, ada, place, FilePath.parse("work"), ALL, days)))
                    .isEqualTo("files.link-days");
        }
    }

    @Test
    void there_is_a_bound_on_links_and_those_that_are_over_do_not_count() {
        for (int i = 0; i < 200; i++) {
            share("work", ALL);
        }
        assertThat(code(() -> share("work", ALL))).isEqualTo("files.too-many-links");
        temp.clock().advance(Duration.ofDays(30));
        share("work", ALL);
    }

    @Test
    @SecurityStatement({52, 54})
    void the_audit_log_tells_who_made_opened_and_ended_a_link_and_no_name_of_a_file() {
        var made = share("work/paper", ALL);
        for (int i = 0; i < 5; i++) {
            links.open(ONE, eve, made.key());
            links.view(ONE, eve, made.link().id());
            links.view(ONE, ada, made.link().id());
        }
        assertThat(lines("SHARING_LINK_OPENED")).isEqualTo(1);
        temp.clock().advance(Duration.ofDays(1));
        links.view(ONE, eve, made.link().id());
        assertThat(lines("SHARING_LINK_OPENED")).isEqualTo(2);
        links.end(ONE, ada, made.link().id());
        assertThat(lines("SHARING_LINK_MADE")).isEqualTo(1);
        assertThat(lines("SHARING_LINK_ENDED")).isEqualTo(1);
        assertThat(audit.latest(1_000).toString())
                .doesNotContain("paper")
                .doesNotContain(made.key().reveal())
                .contains("owner=user:" + ada.id() + " place=home for=everybody");
    }
}
