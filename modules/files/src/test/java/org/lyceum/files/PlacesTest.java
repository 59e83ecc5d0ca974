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
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Goal: on the pages everybody has the folders that their server has, and may change what their
 * server may. Method: real people, groups and roles; real files below real folders.
 */
class PlacesTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final CommunityId ONE = Community.DEFAULT;

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private IdentityModule identity;
    private StorageModule storage;
    private FilesModule module;
    private User ada;
    private User root;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var clock = temp.clock();
        identity = new IdentityModule(db, new AuditLog(db, clock), clock);
        var config =
                StorageConfig.of(data, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1));
        storage = new StorageModule(config, db, identity, clock);
        module = Wiring.of(temp, identity, storage, data.resolve("lists"));
        CommunityModule communities = Wiring.communities(temp, identity);
        communities.communities().ensureDefault();
        ada = identity.users().create(SETUP, "ada", false);
        root = identity.users().create(SETUP, "root", true);
        communities.members().join(SETUP, ONE, ada.id());
        communities.members().join(SETUP, ONE, root.id());
    }

    @AfterEach
    void close() {
        module.close();
    }

    private Place place(User user, String id) {
        return module.places().require(ONE, user, id);
    }

    private static String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private void upload(Place place, String path, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayInputStream(bytes);
        module.files().upload(place, FilePath.parse(path), body, bytes.length, false);
    }

    private List<String> names(Place place) {
        return module.files().list(place, FilePath.TOP, null).entries().stream()
                .map(entry -> entry.name().shown())
                .toList();
    }

    private Path group(String name, User member) {
        var made = identity.groups().create(SETUP, ONE, name, List.of(member.name()));
        return storage.folders().ensure(FolderKey.group(ONE, made.id()));
    }

    @Test
    void a_person_has_the_places_of_their_server_and_each_once() {
        group("lab", ada);
        assertThat(module.places().of(ONE, ada))
                .extracting(place -> place.id() + (place.readOnly() ? " read-only" : ""))
                .containsExactly("home", "scratch", "shared read-only", "group-1");
        assertThat(module.places().of(ONE, root))
                .extracting(place -> place.id() + " " + place.name() + place.readOnly())
                .containsExactly("home jovyanfalse", "scratch scratchfalse", "shared sharedfalse");
        assertThat(code(() -> place(root, "group-1"))).isEqualTo("files.place-unknown");
        assertThat(code(() -> place(ada, "group-2"))).isEqualTo("files.place-unknown");
        assertThat(code(() -> place(ada, "../7"))).isEqualTo("files.place-unknown");
    }

    @Test
    @SecurityStatement(42)
    void who_loses_a_group_or_a_role_loses_its_folder_with_the_next_request() {
        group("lab", ada);
        place(ada, "group-1");
        identity.groups().removeUsers(SETUP, ONE, "lab", List.of("ada"));
        assertThat(code(() -> place(ada, "group-1"))).isEqualTo("files.place-unknown");

        assertThat(place(root, "shared").readOnly()).isFalse();
        identity.users().create(SETUP, "second", true);
        var plain = identity.users().change(SETUP, root.id(), null, false);
        assertThat(place(plain, "shared").readOnly()).isTrue();
    }

    @Test
    void what_is_read_only_is_refused_to_be_changed_whatever_is_asked() throws IOException {
        upload(place(root, "shared"), "lesson", "6*7");
        var shared = place(ada, "shared");
        var lesson = FilePath.parse("lesson");
        var name = FileName.of("lesson");
        var earlier = Instant.ofEpochSecond(1);

        for (Runnable change :
                List.<Runnable>of(
                        () -> upload(shared, "mine", "x"),
                        () -> module.files().makeFolder(shared, FilePath.parse("mine")),
                        () -> module.files().rename(shared, lesson, FilePath.parse("mine")),
                        () -> module.trash().put(shared, lesson),
                        () -> module.trash().remove(shared, lesson),
                        () -> module.trash().list(shared, null),
                        () -> module.trash().restore(shared, name),
                        () -> module.trash().purge(shared, name),
                        () -> module.trash().empty(shared),
                        () -> module.largest().of(shared),
                        () -> module.versions().times(shared),
                        () -> module.versions().restore(shared, earlier, lesson),
                        () -> module.files().list(shared, earlier, FilePath.TOP, null),
                        () -> module.files().download(shared, earlier, lesson),
                        () -> module.archives().archive(shared, earlier, FilePath.TOP, name))) {
            assertThat(code(change)).isEqualTo("files.read-only");
        }
        assertThat(names(shared)).containsExactly("lesson");
        try (var download = module.files().download(shared, lesson);
                var in = download.from(0)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("6*7");
        }
    }

    @Test
    void the_trash_of_a_group_lies_at_its_top_as_other_programs_have_it() throws IOException {
        var folder = group("lab", ada);
        var lab = place(ada, "group-1");
        upload(lab, "a b", "42");
        module.trash().put(lab, FilePath.parse("a b"));

        assertThat(folder.resolve(".Trash-1000/files/a b")).hasContent("42");
        assertThat(Files.readString(folder.resolve(".Trash-1000/info/a b.trashinfo")))
                .contains("\nPath=a%20b\n");
        assertThat(code(() -> module.trash().put(lab, FilePath.parse(".Trash-1000"))))
                .isEqualTo("files.is-trash");
        try (var archive = module.archives().archive(lab, FilePath.TOP, FileName.of("lab"));
                var in = archive.from(0)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(".Trash-1000");
        }
        assertThat(module.largest().of(lab).parts()).anyMatch(part -> part.trash());

        var item = module.trash().list(lab, null).getFirst();
        assertThat(item.from()).isEqualTo(FilePath.parse("a b"));
        module.trash().restore(lab, item.name());
        assertThat(folder.resolve("a b")).hasContent("42");
    }

    @Test
    void what_jupyterlab_deletes_over_the_link_in_the_home_comes_back_to_where_it_lay()
            throws IOException {
        var folder = group("lab", ada);
        var script =
                "mkdir -p -m 700 .Trash-1000/files .Trash-1000/info; echo 42 > .Trash-1000/files/f;"
                    + " printf '[Trash Info]\\n"
                    + "Path=%s\\n"
                    + "' '../../../home/jovyan/groups/lab%20x/d%20e/f' >"
                    + " .Trash-1000/info/f.trashinfo; echo 1 > .Trash-1000/files/g; printf '[Trash"
                    + " Info]\\n"
                    + "Path=%s\\n"
                    + "' ../../etc/cron.d/g > .Trash-1000/info/g.trashinfo; chown -R 1000:1000"
                    + " .Trash-1000";
        Shell.run(folder, "bash", "-c", script);
        var lab = place(ada, "group-1");

        module.trash().restore(lab, FileName.of("f"));
        assertThat(folder.resolve("d e/f")).hasContent("42");
        module.trash().restore(lab, FileName.of("g")); // where it says leads out, so to the top
        assertThat(folder.resolve("g")).hasContent("1");
    }

    @Test
    void what_was_taken_back_is_not_read_from_the_trash() throws IOException {
        var writing = place(root, "shared");
        upload(writing, "solution", "42");
        module.trash().put(writing, FilePath.parse("solution"));
        assertThat(names(writing)).containsExactly(".Trash-1000");

        var reading = place(ada, "shared");
        assertThat(names(reading)).isEmpty();
        for (var path : List.of(".Trash-1000", ".Trash-1000/files", ".Trash-1000/files/solution")) {
            var at = FilePath.parse(path);
            assertThat(code(() -> module.files().list(reading, at, null)))
                    .isEqualTo("files.unknown");
            assertThat(code(() -> module.files().download(reading, at))).isEqualTo("files.unknown");
            assertThat(code(() -> module.archives().archive(reading, at, FileName.of("x"))))
                    .isEqualTo("files.unknown");
        }
        try (var archive = module.archives().archive(reading, FilePath.TOP, FileName.of("x"));
                var in = archive.from(0)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("solution");
        }
    }

    @Test
    void what_is_long_in_the_trash_of_any_folder_goes() throws IOException {
        group("lab", ada);
        for (var place :
                List.of(place(ada, "home"), place(ada, "group-1"), place(root, "shared"))) {
            upload(place, "old", "42");
            module.trash().put(place, FilePath.parse("old"));
        }
        temp.clock().advance(Duration.ofDays(31));
        var job =
                module.jobs().stream()
                        .filter(each -> each.name().equals("files.expire-trash"))
                        .findFirst()
                        .orElseThrow();
        assertThat(job.run().changed()).isEqualTo(3);
        assertThat(module.trash().list(place(root, "shared"), null)).isEmpty();
    }

    @Test
    void a_class_that_reads_one_folder_is_not_one_person() throws IOException {
        upload(place(root, "shared"), "lesson", "6*7");
        var lesson = FilePath.parse("lesson");
        var open = new java.util.ArrayList<Download>();
        try {
            for (int i = 0; i < 6; i++) {
                open.add(module.files().download(place(ada, "shared"), lesson));
            }
            assertThat(code(() -> module.files().download(place(ada, "shared"), lesson)))
                    .isEqualTo("files.busy");
            open.add(module.files().download(place(root, "shared"), lesson));
        } finally {
            open.forEach(Download::close);
        }
    }
}
