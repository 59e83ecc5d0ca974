package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Goal: people's files are theirs, whatever they are called and wherever their links lead. Method:
 * real files below a real home, made by shells as the home's owner; the calls under test act with
 * its owner's rights, so the tests are root's.
 */
class FilesTest {

    private static final Place HOME = Place.home(new CommunityId(1), new UserId(7));

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private StorageModule storage;
    private FilesModule module;
    private FileService files;
    private TrashService trash;
    private Path home;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var clock = temp.clock();
        var identity = new IdentityModule(db, new AuditLog(db, clock), clock);
        var config =
                StorageConfig.of(data, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1));
        storage = new StorageModule(config, db, identity, clock);
        module = Wiring.of(temp, identity, storage, data.resolve("lists"));
        files = module.files();
        trash = module.trash();
        home = storage.folders().ensure(HOME.key());
    }

    @AfterEach
    void close() {
        module.close();
    }

    /** Runs in the home, as its owner. */
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

    private static FilePath at(String path) {
        return FilePath.parse(path);
    }

    private List<String> names(String path) {
        return files.list(HOME, at(path), null).entries().stream()
                .map(entry -> FilePath.written(entry.name()))
                .toList();
    }

    private void upload(String path, String content) {
        files.upload(HOME, at(path), body(content), content.length(), false);
    }

    private static InputStream body(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String path) throws IOException {
        try (var download = files.download(HOME, at(path));
                var in = download.from(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    @Test
    void folders_come_first_and_every_name_can_be_told_and_asked_for() throws IOException {
        shell(
                "mkdir b; echo 1 > Zebra; echo 2 > apple; echo 3 > $'new\\n"
                    + "line'; echo 4 > $'\\xff\\xfe'; echo 5 > '100%'; mkdir $'\\xe9t\\xe9'; echo 6"
                    + " > $'\\xe9t\\xe9/x'");

        assertThat(names(""))
                .containsExactlyInAnyOrder(
                        "b", "%E9t%E9", "100%25", "apple", "new%0Aline", "Zebra", "%FF%FE");
        assertThat(names("").subList(0, 2)).containsExactlyInAnyOrder("b", "%E9t%E9");
        for (var name :
                List.of(
                        "Zebra:1",
                        "apple:2",
                        "new%0Aline:3",
                        "%FF%FE:4",
                        "100%25:5",
                        "%E9t%E9/x:6")) {
            var parts = name.split(":");
            assertThat(read(parts[0])).isEqualTo(parts[1] + "\n");
        }
    }

    @Test
    void names_of_255_bytes_and_ways_of_more_than_4_kilobytes_are_walked() throws IOException {
        var name = "d".repeat(255);
        shell(
                "for i in $(seq 1 40); do mkdir "
                        + name
                        + "; cd "
                        + name
                        + "; done; echo deep > end");
        var way = String.join("/", java.util.Collections.nCopies(40, name));

        assertThat(way.length()).isGreaterThan(10_000);
        assertThat(read(way + "/end")).isEqualTo("deep\n");
        trash.put(HOME, at(name));
        assertThat(trash.list(HOME, null)).hasSize(1);
        trash.empty(HOME);
        assertThat(trash.list(HOME, null)).isEmpty();
    }

    @Test
    void a_folder_with_very_many_files_comes_in_pages_each_of_them_once() {
        shell("mkdir many; cd many; seq -f 'file-%.0f' 1 30000 | xargs touch");
        int seen = 0;
        var last = "";
        String after = null;
        do {
            var page = files.list(HOME, at("many"), after);
            assertThat(page.count()).isEqualTo(30_000);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(FileService.PAGE);
            for (var entry : page.entries()) {
                assertThat(entry.name().shown()).isGreaterThan(last);
                last = entry.name().shown();
                seen++;
            }
            after = seen < 2_000 ? page.next() : null; // the first ten pages tell enough
        } while (after != null);
        assertThat(seen).isEqualTo(2_000);
    }

    @Test
    @SecurityStatement({9, 50})
    void no_link_leads_anywhere_neither_at_the_end_nor_on_the_way() throws IOException {
        var outside = Files.createDirectory(data.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "of somebody else");
        shell(
                "mkdir in; ln -s "
                        + outside
                        + " out; ln -s "
                        + outside
                        + "/secret file; ln -s in short; ln -s /etc/shadow shadow; ln -s"
                        + " ../../../../outside up");

        for (var path : List.of("file", "shadow", "out/secret", "short/x", "up/secret")) {
            assertThat(code(() -> files.download(HOME, at(path)).close()))
                    .as(path)
                    .isEqualTo("files.not-plain");
        }
        assertThat(code(() -> upload("out/new", "x"))).isEqualTo("files.not-plain");
        assertThat(code(() -> files.list(HOME, at("out"), null))).isEqualTo("files.not-plain");
        assertThat(code(() -> files.rename(HOME, at("out/secret"), at("mine"))))
                .isEqualTo("files.not-plain");
        assertThat(code(() -> trash.put(HOME, at("out/secret")))).isEqualTo("files.not-plain");
        trash.put(HOME, at("out"));
        trash.empty(HOME);
        assertThat(outside.resolve("secret")).hasContent("of somebody else");
        assertThat(outside.resolve("new")).doesNotExist();
        assertThatThrownBy(() -> at("../x")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> at("a//b")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> at("a%2Fb")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> at("a%00")).isInstanceOf(Problem.class);
    }

    @Test
    @SecurityStatement(50)
    void what_is_no_plain_file_is_refused_and_nobody_waits_for_it() {
        shell(
                "mkfifo pipe; mkdir folder; python3 -c 'import socket;"
                        + " socket.socket(socket.AF_UNIX).bind(\"socket\")'");

        for (var path : List.of("pipe", "folder", "socket")) {
            assertThat(code(() -> files.download(HOME, at(path)).close()))
                    .as(path)
                    .isEqualTo("files.not-plain");
        }
    }

    @Test
    @SecurityStatement(50)
    void everything_is_done_with_the_owners_rights_and_not_with_ours() throws IOException {
        Files.createFile(home.resolve("roots"));
        Files.writeString(home.resolve("roots"), "not for them");
        Files.setPosixFilePermissions(home.resolve("roots"), java.util.Set.of());
        Files.createDirectory(home.resolve("closed"));
        Files.setPosixFilePermissions(home.resolve("closed"), java.util.Set.of());

        assertThat(code(() -> files.download(HOME, at("roots")).close()))
                .isEqualTo("files.no-permission");
        assertThat(code(() -> upload("closed/x", "x"))).isEqualTo("files.no-permission");
        upload("mine", "of uid 1000");
        files.makeFolder(HOME, at("also"));
        assertThat(Files.getAttribute(home.resolve("mine"), "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(home.resolve("also"), "unix:gid")).isEqualTo(1000);
        assertThat(shell("stat -c %a mine also")).isEqualTo("644\n755\n");
    }

    @Test
    void an_upload_is_there_whole_or_not_at_all() throws IOException {
        var broken =
                new InputStream() {
                    private int left = 700_000;

                    @Override
                    public int read() throws IOException {
                        if (left-- <= 0) {
                            throw new IOException("gone");
                        }
                        return 'x';
                    }
                };
        assertThat(code(() -> files.upload(HOME, at("half"), broken, 0, false)))
                .isEqualTo("files.upload-broken-off");
        assertThat(shell("ls -A")).isEmpty();

        upload("whole", "one");
        assertThat(code(() -> upload("whole", "two"))).isEqualTo("files.exists");
        assertThat(read("whole")).isEqualTo("one");
        files.upload(HOME, at("whole"), body("two"), 3, true);
        assertThat(read("whole")).isEqualTo("two");
        assertThat(trash.list(HOME, null))
                .singleElement()
                .satisfies(i -> assertThat(i.from()).isEqualTo(at("whole")));
    }

    @Test
    void what_is_deleted_comes_back_to_where_it_was_and_never_onto_something() throws IOException {
        shell("mkdir -p a/b; echo old > a/b/paper");
        var name = trash.put(HOME, at("a/b/paper"));
        shell("rm -r a");
        assertThat(trash.restore(HOME, name)).isEqualTo(at("a/b/paper"));
        assertThat(read("a/b/paper")).isEqualTo("old\n");

        name = trash.put(HOME, at("a/b/paper"));
        upload("a/b/paper", "new");
        assertThat(trash.restore(HOME, name)).isEqualTo(at("a/b/paper.1"));
        assertThat(read("a/b/paper")).isEqualTo("new");
        assertThat(shell("ls -A .local/share/Trash/files .local/share/Trash/info"))
                .doesNotContain("paper");
        assertThat(code(() -> trash.put(HOME, at(".local")))).isEqualTo("files.is-trash");
    }

    /** As JupyterLab does it: send2trash 1.8 writes this form. */
    @Test
    void what_a_server_put_into_the_trash_is_seen_and_comes_back() throws IOException {
        shell(
                "mkdir -p .local/share/Trash/files .local/share/Trash/info; name=$'My"
                        + " n\\xc3\\xa9.ipynb'; echo n > \".local/share/Trash/files/$name\"; printf"
                        + " '[Trash Info]\\n"
                        + "Path=/home/jovyan/work/My%%20n%%C3%%A9.ipynb\\n"
                        + "DeletionDate=2026-11-20T08:30:00\\n"
                        + "' > \".local/share/Trash/info/$name.trashinfo\"; echo x >"
                        + " .local/share/Trash/files/orphan");

        var items = trash.list(HOME, null);
        assertThat(items)
                .extracting(i -> String.valueOf(i.from()))
                .containsExactly("work/My n\u00e9.ipynb", "null");
        assertThat(trash.restore(HOME, FileName.of("My n\u00e9.ipynb")))
                .isEqualTo(at("work/My n\u00e9.ipynb"));
        assertThat(trash.restore(HOME, FileName.of("orphan"))).isEqualTo(at("orphan"));
    }

    @Test
    void the_trash_forgets_what_is_older_than_the_setting() {
        shell("echo 1 > one; echo 2 > two");
        trash.put(HOME, at("one"));
        temp.clock().advance(Duration.ofDays(20));
        trash.put(HOME, at("two"));
        temp.clock().advance(Duration.ofDays(11));

        assertThat(module.jobs().getFirst().run().changed()).isEqualTo(1);
        assertThat(trash.list(HOME, null)).extracting(i -> i.name().shown()).containsExactly("two");
    }

    @Test
    void an_archive_has_everything_and_the_same_tree_gives_the_same_bytes() throws IOException {
        shell(
                "mkdir -p deep/"
                        + "d".repeat(200)
                        + " empty; echo a > a; echo b > deep/"
                        + "d".repeat(200)
                        + "/b; echo c > $'\\xff'; ln -s /etc/shadow link; mkfifo pipe; truncate -s"
                        + " 3M holes; head -c 70000 /dev/urandom > random; mkdir closed; chmod 0"
                        + " closed");
        shell("mkdir -p .local/share/Trash/files; echo old > .local/share/Trash/files/old");
        var whole = archive(0);

        var unpacked = Files.createDirectory(data.resolve("unpacked"));
        Files.write(data.resolve("home.tar"), whole);
        Shell.run(unpacked, "tar", "-xf", data.resolve("home.tar").toString());
        assertThat(
                        Shell.run(
                                unpacked,
                                "bash",
                                "-c",
                                "chmod 700 "
                                        + home
                                        + "/closed; diff -r --no-dereference --exclude=Trash"
                                        + " --exclude=pipe "
                                        + home
                                        + " top && echo same"))
                .isEqualTo("same\n");
        assertThat(Files.readSymbolicLink(unpacked.resolve("top/link")))
                .isEqualTo(Path.of("/etc/shadow"));
        assertThat(unpacked.resolve("top/.local/share/Trash")).doesNotExist();
        assertThat(unpacked.resolve("top.about.txt"))
                .content()
                .contains("2 things are not in it", "pipe", "closed");
        shell("chmod 0 closed");
        for (long from : new long[] {0, 1, 511, 512, 3000, whole.length / 2, whole.length - 1}) {
            assertThat(archive(from))
                    .isEqualTo(java.util.Arrays.copyOfRange(whole, (int) from, whole.length));
        }
    }

    private byte[] archive(long from) throws IOException {
        try (var download = module.archives().archive(HOME, FilePath.TOP, FileName.of("top"));
                var in = download.from(from)) {
            var bytes = in.readAllBytes();
            assertThat(bytes.length).isEqualTo(download.length() - from);
            return bytes;
        }
    }

    @Test
    void an_archive_keeps_its_promise_when_files_change_while_it_is_made() throws IOException {
        shell("echo 1 > a; head -c 300000 /dev/zero > b; echo 3 > c");
        try (var download = module.archives().archive(HOME, FilePath.TOP, FileName.of("top"))) {
            shell("rm a; truncate -s 10 b; echo new > d");
            try (var in = download.from(0)) {
                var bytes = in.readAllBytes();
                assertThat(bytes.length).isEqualTo(download.length());
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .contains("2 things are gone, closed or shorter")
                        .contains("top/c");
            }
            var tag = download.tag();
            try (var again = module.archives().archive(HOME, FilePath.TOP, FileName.of("top"))) {
                assertThat(again.tag()).isNotEqualTo(tag);
            }
        }
    }

    @Test
    void nobody_takes_all_the_places_there_are() {
        upload("x", "x");
        var open = new java.util.ArrayList<Download>();
        for (int i = 0; i < 6; i++) {
            open.add(files.download(HOME, at("x")));
        }
        assertThat(code(() -> files.download(HOME, at("x")))).isEqualTo("files.busy");
        open.forEach(Download::close);
        files.download(HOME, at("x")).close();
    }

    @Test
    void names_that_are_no_names_are_refused() {
        for (var name : List.of("", ".", "..", "a/b", "x".repeat(256))) {
            assertThatThrownBy(() -> FilePath.typed(name)).as(name).isInstanceOf(Problem.class);
        }
        assertThat(FilePath.typed("..a").shown()).isEqualTo("..a");
        assertThat(Files.exists(home, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void what_takes_the_most_room_counts_what_is_on_the_disk_and_every_file_once() {
        shell(
                "mkdir -p d/e; head -c 300000 /dev/zero > d/e/big; ln d/e/big d/same; ln -s /etc"
                        + " out; head -c 9000 /dev/zero > middle; truncate -s 1T holes; mkfifo p");
        var found = module.largest().of(HOME);
        assertThat(found.whole()).isTrue();
        assertThat(found.files().getFirst().stat().held()).isBetween(300_000L, 310_000L);
        assertThat(found.files()).extracting(each -> each.path().toString()).hasSize(3);
        assertThat(found.parts().getFirst().path()).hasToString("d");
        assertThat(found.bytes()).isLessThan(1_000_000);

        var hasty =
                new LargestService(
                        new OwnerAccess(storage.folders(), storage.snapshots()), Duration.ZERO);
        shell("for i in $(seq 1200); do : > f$i; done");
        assertThat(hasty.of(HOME).whole()).isFalse();
        assertThat(hasty.of(HOME).count()).isBetween(500L, 1_000L);
    }

    @Test
    void holes_are_not_sent_and_are_holes_again_where_the_archive_is_unpacked() throws IOException {
        shell(
                "truncate -s 1T $'h\\xfele'; printf begin | dd of=$'h\\xfele' conv=notrunc 2>&1;"
                    + " printf middle | dd of=$'h\\xfele' bs=1 seek=700000000000 conv=notrunc 2>&1;"
                    + " truncate -s 8M empty; echo after > z");
        var whole = archive(0);
        assertThat(whole.length).isLessThan(60_000);

        var unpacked = Files.createDirectory(data.resolve("sparse"));
        Files.write(data.resolve("sparse.tar"), whole);
        Shell.run(unpacked, "tar", "-xf", data.resolve("sparse.tar").toString());
        assertThat(
                        Shell.run(
                                unpacked.resolve("top"),
                                "bash",
                                "-c",
                                "stat -c %s $'h\\xfele' empty; du -k $'h\\xfele' | cut -f1; head -c"
                                        + " 5 $'h\\xfele'; dd if=$'h\\xfele' bs=1 skip=700000000000"
                                        + " count=6 2>/dev/null; cat z"))
                .matches("1099511627776\n8388608\n\\d{1,2}\nbeginmiddleafter\n");
        for (long from : new long[] {1, 700, 2_000, whole.length / 2, whole.length - 1}) {
            assertThat(archive(from))
                    .isEqualTo(java.util.Arrays.copyOfRange(whole, (int) from, whole.length));
        }
    }
}
