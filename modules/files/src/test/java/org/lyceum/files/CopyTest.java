package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Goal: what is copied into a home is there whole, or not at all. Method: real files that a shell
 * made with their owner's rights, compared by a shell.
 */
class CopyTest {

    private static final CommunityId ONE = new CommunityId(1);
    private static final Place HOME = Place.home(ONE, new UserId(7));
    private static final Place SHARED =
            new Place(FolderKey.shared(ONE), new UserId(7), "shared", true);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private FilesModule module;
    private Path home;
    private Path shared;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var clock = temp.clock();
        var identity = new IdentityModule(db, new AuditLog(db, clock), clock);
        var config =
                StorageConfig.of(data, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1));
        var storage = new StorageModule(config, db, identity, clock);
        module = Wiring.of(temp, identity, storage, data.resolve("lists"));
        home = storage.folders().ensure(HOME.key());
        shared = storage.folders().ensure(SHARED.key());
    }

    @AfterEach
    void close() {
        module.close();
    }

    private String shell(String script) {
        return Shell.run(
                shared,
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                "bash",
                "-c",
                script);
    }

    private CopyService.Copied copy(String path) {
        return module.copies().copy(SHARED, FilePath.parse(path), HOME);
    }

    private String code(String path) {
        try {
            copy(path);
            return "";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private long inHome() throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            return all.count();
        }
    }

    @Test
    void a_tree_comes_byte_by_byte_with_names_that_are_no_text() {
        shell(
                "mkdir -p course/a/$'\\xff' course/empty; head -c 9000000 /dev/urandom >"
                        + " course/a/$'\\xff'/$'new\\n"
                        + "line'; echo 1 > course/run.sh; chmod 700 course/run.sh; chmod 400"
                        + " course/a/$'\\xff'/*; truncate -s 1M course/hole");

        assertThat(copy("course").leftOut()).isZero();

        var made = home.resolve("course").toString();
        assertThat(Shell.run(shared, "diff", "-r", "course", made)).isEmpty();
        assertThat(home.resolve("course/run.sh")).isExecutable();
        assertThat(Shell.run(shared, "find", made, "!", "-user", "1000")).isEmpty();
        assertThat(copy("course/run.sh").name().shown()).isEqualTo("run.sh");
        assertThat(home.resolve("run.sh")).hasContent("1\n");
    }

    @Test
    @SecurityStatement(50)
    void links_and_pipes_are_left_out_and_nothing_is_read_through_them() {
        shell(
                "mkdir course; cd course; echo 1 > f; ln -s /etc/passwd out; ln -s ../.. up; mkfifo"
                        + " pipe; ln -s f inside");

        assertThat(copy("course").leftOut()).isEqualTo(4);

        assertThat(home.resolve("course")).isDirectoryContaining("glob:**/f");
        for (var name : new String[] {"out", "up", "pipe", "inside"}) {
            assertThat(Files.exists(home.resolve("course/" + name), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
        }
        assertThat(code("course/up")).isEqualTo("files.not-plain");
        assertThat(code("course/up/course/f")).isEqualTo("files.not-plain");
    }

    @Test
    void what_is_there_already_stays_and_nothing_half_made_is_left() throws IOException {
        shell("echo new > paper; mkdir big; truncate -s 3G big/hole");
        Files.writeString(home.resolve("paper"), "mine");

        assertThat(code("paper")).isEqualTo("files.exists");
        assertThat(code("big")).isEqualTo("files.copy-too-large");
        assertThat(code("big/hole")).isEqualTo("files.copy-too-large");
        assertThat(code("nothing")).isEqualTo("files.unknown");
        assertThat(code("")).isEqualTo("files.name-invalid");

        assertThat(home.resolve("paper")).hasContent("mine");
        assertThat(inHome()).isEqualTo(1);
    }
}
