package org.lyceum.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Goal: what comes into a home keeps nbgitpuller's promise: nothing of its owner's is ever lost.
 * Method: the program as it runs in its container, the machine's own Git and Python, and a
 * repository that goes on; each test is a scenario of nbgitpuller's documentation, or one it leaves
 * out.
 */
class PullScriptTest {

    @TempDir Path root;
    private Path upstream;
    private Path mirror;
    private Path course;

    @BeforeEach
    void make() throws IOException {
        upstream = Files.createDirectory(root.resolve("upstream"));
        mirror = root.resolve("mirror");
        course = root.resolve("home/course");
        run(upstream, "git", "init", "-q", "-b", "main");
        run(root, "git", "init", "-q", "--bare", mirror.toString());
        Files.writeString(root.resolve("pull.py"), Script.PULL);
    }

    @Test
    void what_is_new_comes_and_what_nobody_has_touched_follows() {
        publish(Map.of("task.txt", "one\n", "data/a.csv", "1\n"));
        assertThat(pull()).isEqualTo("DONE changed=2 renamed=0 removed=0 kept=0");

        publish(Map.of("task.txt", "two\n", "data/b.csv", "2\n"));
        assertThat(pull()).isEqualTo("DONE changed=2 renamed=0 removed=1 kept=0");

        assertThat(read("task.txt")).isEqualTo("two\n");
        assertThat(read("data/b.csv")).isEqualTo("2\n");
        assertThat(course.resolve("data/a.csv")).doesNotExist();
        assertThat(pull()).isEqualTo("DONE changed=0 renamed=0 removed=0 kept=0");
        assertThat(run(course, "git", "status", "--short")).isEmpty();
    }

    @Test
    void lines_that_were_changed_on_both_sides_are_the_owners_and_others_come() {
        publish(Map.of("task.txt", "a\nb\nc\nd\ne\nf\ng\n"));
        pull();
        write("task.txt", "a\nb\nmine\nd\ne\nf\ng\n");

        publish(Map.of("task.txt", "a\nb\ntheirs\nd\ne\nf\nnew\n"));
        assertThat(pull()).endsWith("kept=1");

        assertThat(read("task.txt")).isEqualTo("a\nb\nmine\nd\ne\nf\nnew\n");
        write("task.txt", "a\nb\nmine\nd\ne\nf\nand mine\n");
        pull();
        assertThat(read("task.txt")).isEqualTo("a\nb\nmine\nd\ne\nf\nand mine\n");
    }

    @Test
    void a_file_that_its_owner_has_deleted_comes_back() throws IOException {
        publish(Map.of("task.txt", "one\n", "data/a.csv", "1\n"));
        pull();
        Files.delete(course.resolve("task.txt"));
        Files.delete(course.resolve("data/a.csv"));
        Files.delete(course.resolve("data"));

        assertThat(pull()).isEqualTo("DONE changed=2 renamed=0 removed=0 kept=0");

        assertThat(read("task.txt")).isEqualTo("one\n");
        assertThat(read("data/a.csv")).isEqualTo("1\n");
    }

    @Test
    void a_file_of_the_owners_where_a_new_one_is_to_be_gets_the_time_into_its_name() {
        publish(Map.of("task.ipynb", "{}\n"));
        pull();
        write("extra.ipynb", "mine\n");
        write("same.txt", "alike\n");
        write("lab", "a file of mine\n");

        publish(
                Map.of(
                        "task.ipynb", "{}\n",
                        "extra.ipynb", "theirs\n",
                        "same.txt", "alike\n",
                        "lab/one.txt", "1\n"));
        assertThat(pull()).isEqualTo("DONE changed=2 renamed=2 removed=0 kept=0");

        assertThat(read("extra.ipynb")).isEqualTo("theirs\n");
        assertThat(read("lab/one.txt")).isEqualTo("1\n");
        assertThat(read(one("extra_\\d{14}\\.ipynb"))).isEqualTo("mine\n");
        assertThat(read(one("lab_\\d{14}"))).isEqualTo("a file of mine\n");
    }

    @Test
    void a_file_that_its_owner_has_changed_stays_when_it_is_deleted_at_the_repository() {
        publish(Map.of("task.txt", "one\n", "other.txt", "other\n", "keep.txt", "k\n"));
        pull();
        write("task.txt", "one\nmine\n");

        publish(Map.of("keep.txt", "k\n"));
        pull();
        pull();

        assertThat(read("task.txt")).isEqualTo("one\nmine\n");
        assertThat(course.resolve("other.txt")).doesNotExist();
    }

    @Test
    void files_that_are_only_the_owners_are_left_alone() {
        publish(Map.of("week1/task.txt", "one\n"));
        pull();
        write("week1/notes.txt", "mine\n");

        publish(Map.of("week2/task.txt", "two\n"));
        pull();

        assertThat(read("week1/notes.txt")).isEqualTo("mine\n");
        assertThat(course.resolve("week1/task.txt")).doesNotExist();
        assertThat(run(course, "git", "status", "--short")).isEqualTo("?? week1/\n");
    }

    @Test
    void a_history_that_was_written_anew_changes_nothing_of_that() {
        publish(Map.of("task.txt", "a\nb\nc\nd\ne\n"));
        pull();
        write("task.txt", "mine\nb\nc\nd\ne\n");
        run(upstream, "git", "checkout", "-q", "--orphan", "again");
        publish(Map.of("task.txt", "a\nb\nc\nd\nnew\n"));
        run(upstream, "git", "branch", "-q", "-M", "main");

        pull();

        assertThat(read("task.txt")).isEqualTo("mine\nb\nc\nd\nnew\n");
    }

    @Test
    void a_folder_that_was_there_before_is_filled_and_nothing_in_it_is_lost() {
        write("task.txt", "mine\n");
        write("notes.txt", "notes\n");
        publish(Map.of("task.txt", "theirs\n"));

        assertThat(pull()).isEqualTo("DONE changed=1 renamed=1 removed=0 kept=0");

        assertThat(read("task.txt")).isEqualTo("theirs\n");
        assertThat(read("notes.txt")).isEqualTo("notes\n");
        assertThat(read(one("task_\\d{14}\\.txt"))).isEqualTo("mine\n");
    }

    @Test
    void what_the_owner_has_committed_or_staged_is_kept_too() {
        publish(Map.of("task.txt", "a\nb\nc\nd\ne\n", "gone.txt", "g\n"));
        pull();
        write("task.txt", "mine\nb\nc\nd\ne\n");
        run(course, "git", "rm", "-q", "gone.txt");
        commit(course);
        write("task.txt", "staged\nb\nc\nd\ne\n");
        run(course, "git", "add", "task.txt");
        write("task.txt", "last\nb\nc\nd\ne\n");

        publish(Map.of("task.txt", "a\nb\nc\nd\nnew\n", "gone.txt", "g\n"));
        pull();

        assertThat(read("task.txt")).isEqualTo("last\nb\nc\nd\nnew\n");
        assertThat(read("gone.txt")).isEqualTo("g\n");
        var kept = run(course, "git", "for-each-ref", "--format=%(refname)", "refs/lyceum/");
        assertThat(kept).contains("refs/lyceum/staged-");
        var staged =
                kept.lines().filter(name -> name.contains("staged-")).findFirst().orElseThrow();
        assertThat(run(course, "git", "show", staged + ":task.txt")).startsWith("staged\n");
        assertThat(run(course, "git", "log", "--format=%s")).contains("Pulled from main", "test");
    }

    @Test
    void a_link_in_the_way_is_renamed_and_nothing_is_written_through_it() throws IOException {
        publish(Map.of("data/a.csv", "1\n"));
        pull();
        var elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a.csv"), "not yours\n");
        Files.delete(course.resolve("data/a.csv"));
        Files.delete(course.resolve("data"));
        Files.createSymbolicLink(course.resolve("data"), elsewhere);

        publish(Map.of("data/a.csv", "2\n", "data/b.csv", "3\n"));
        pull();

        assertThat(elsewhere).isDirectoryContaining("glob:**/a.csv");
        assertThat(Files.readString(elsewhere.resolve("a.csv"))).isEqualTo("not yours\n");
        assertThat(elsewhere.resolve("b.csv")).doesNotExist();
        assertThat(Files.isDirectory(course.resolve("data"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(read("data/a.csv")).isEqualTo("2\n");
        assertThat(Files.isSymbolicLink(course.resolve(one("data_\\d{14}")))).isTrue();
    }

    @Test
    void names_that_are_no_words_and_files_that_are_no_text_come_whole() throws IOException {
        publish(Map.of("-rf *", "a\n", "two\nlines é.txt", "b\n", "\"quoted\"\t,x", "c\n"));
        Files.write(upstream.resolve("picture"), new byte[] {0, 1, 2, (byte) 0xff, 10, 13, 10});
        publishAsIs();

        pull();
        Files.write(course.resolve("picture"), new byte[] {0, 9});
        Files.write(upstream.resolve("picture"), new byte[] {0, 7});
        publishAsIs();
        pull();

        assertThat(read("-rf *") + read("two\nlines é.txt") + read("\"quoted\"\t,x"))
                .isEqualTo("a\nb\nc\n");
        assertThat(Files.readAllBytes(course.resolve("picture")))
                .as("what cannot be merged is its owner's")
                .containsExactly(0, 9);
    }

    @Test
    void settings_and_hooks_in_the_home_do_not_run_and_a_lock_of_a_dead_program_does_not_stay()
            throws IOException {
        publish(Map.of("task.txt", "one\n"));
        pull();
        var trap = root.resolve("trap");
        var program = course.resolve(".git/hooks/post-checkout");
        Files.createDirectories(program.getParent());
        for (var name : List.of("post-checkout", "reference-transaction", "post-index-change")) {
            var hook = program.resolveSibling(name);
            Files.writeString(hook, "#!/bin/sh\ntouch " + trap + "\n");
            run(root, "chmod", "+x", hook.toString());
        }
        run(course, "git", "config", "core.fsmonitor", program.toString());
        run(course, "git", "config", "gpg.program", program.toString());
        run(course, "git", "config", "commit.gpgSign", "true");
        Files.deleteIfExists(trap);
        var lock = Files.createFile(course.resolve(".git/index.lock"));
        run(root, "touch", "-d", "-1 hour", lock.toString());

        write("task.txt", "mine\n");
        publish(Map.of("task.txt", "two\n", "new.txt", "n\n"));
        assertThat(pull()).startsWith("DONE");

        assertThat(trap).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(read("new.txt")).isEqualTo("n\n");
    }

    @Test
    void what_cannot_be_done_is_said_and_leaves_everything_as_it_was() throws IOException {
        publish(Map.of("task.txt", "one\n"));
        pull();
        write("task.txt", "mine\n");
        Files.move(course.resolve(".git"), course.resolve("moved"));
        Files.writeString(course.resolve(".git"), "gitdir: /etc\n");

        assertThat(pull()).isEqualTo("FAILED its .git is no folder; move it away");
        assertThat(read("task.txt")).isEqualTo("mine\n");
    }

    private void publish(Map<String, String> files) {
        if (Files.exists(upstream.resolve(".git/index"))) {
            run(upstream, "git", "rm", "-r", "-q", "-f", "--ignore-unmatch", ".");
        }
        files.forEach(
                (name, text) -> {
                    try {
                        var file = upstream.resolve(name);
                        Files.createDirectories(file.getParent());
                        Files.writeString(file, text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        publishAsIs();
    }

    private void publishAsIs() {
        run(upstream, "git", "add", "-A");
        commit(upstream);
        run(
                mirror,
                "git",
                "-c",
                "fetch.unpackLimit=1",
                "fetch",
                "-q",
                "--depth",
                "1",
                "--force",
                "--no-tags",
                "--update-shallow",
                "file://" + upstream,
                "+HEAD:refs/heads/wanted");
    }

    private static void commit(Path repository) {
        run(
                repository,
                "git",
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@t",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "test");
    }

    private String pull() {
        var said =
                run(
                        root,
                        "env",
                        "SOURCE=" + mirror,
                        "FOLDER=" + course,
                        "BRANCH=main",
                        "REPOSITORY=https://example.org/course",
                        "WORK=" + root.resolve("work"),
                        "sh",
                        "-c",
                        "python3 -I pull.py || true");
        return said.strip();
    }

    /** The one name in the folder that looks so. */
    private String one(String pattern) {
        try (var names = Files.list(course)) {
            var found =
                    names.map(path -> path.getFileName().toString())
                            .filter(name -> name.matches(pattern))
                            .toList();
            assertThat(found).as(pattern).hasSize(1);
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(course.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(course.resolve(name).getParent());
            Files.writeString(course.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(Path directory, String... command) {
        try {
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            var process = builder.redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(List.of(command) + ": " + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
