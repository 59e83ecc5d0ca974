package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.linux.Directory;
import org.lyceum.storage.FolderKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Goal: whoever kills the platform while it brings an earlier version back loses nothing: what was
 * there is in its place or in the trash, whole. Method: a process of its own that halts between two
 * steps, or is killed by the kernel wherever it happens to be; then the same is asked for again.
 */
class ComebackKilledTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final int FILES = 300;

    @TempDir private Path directory;
    private Path then;
    private Path top;

    @BeforeEach
    void make() throws IOException {
        then = Files.createDirectory(directory.resolve("then"));
        top = Files.createDirectory(directory.resolve("top"));
        fill(then, "earlier");
        fill(top, "present");
    }

    private static void fill(Path where, String words) throws IOException {
        var work = Files.createDirectories(where.resolve("work/deep"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(work.resolve("paper-" + i), words + " " + i);
        }
    }

    private static boolean whole(Path work, String words) throws IOException {
        for (int i = 0; i < FILES; i++) {
            var file = work.resolve("deep/paper-" + i);
            if (!Files.exists(file) || !Files.readString(file).equals(words + " " + i)) {
                return false;
            }
        }
        return true;
    }

    private Path inTrash() {
        return top.resolve(".local/share/Trash/files/work");
    }

    private Process start(String step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ComebackThatDies.class.getName(),
                        then.toString(),
                        top.toString(),
                        "work",
                        Long.toString(NOW.getEpochSecond()),
                        step)
                .redirectErrorStream(true)
                .start();
    }

    private void again() throws IOException {
        try (var was = Directory.open(then);
                var is = Directory.open(top)) {
            var later = NOW.plus(Duration.ofDays(2));
            new Comeback(was, is, Trash.of(FolderKind.HOME), FilePath.parse("work"), later).run();
        }
    }

    private void requireFinished() throws IOException {
        assertThat(whole(top.resolve("work"), "earlier")).isTrue();
        assertThat(whole(inTrash(), "present")).isTrue();
        assertThat(whole(then.resolve("work"), "earlier")).isTrue();
    }

    private void requireNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(top)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("work", ".local");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"brought", "whole", "away"})
    void between_any_two_steps_the_present_is_whole_and_asking_again_finishes(String step)
            throws Exception {
        var process = start(step);
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(137);

        boolean away = step.equals("away");
        assertThat(whole(away ? inTrash() : top.resolve("work"), "present")).isTrue();
        assertThat(Files.exists(top.resolve("work"))).isEqualTo(!away);
        again();
        requireFinished();
        requireNothingLeft();
    }

    @RepeatedTest(6)
    void wherever_it_is_killed_the_present_is_whole_and_asking_again_finishes(RepetitionInfo turn)
            throws Exception {
        var process = start("none");
        var lines = process.inputReader();
        for (int i = 0; i < turn.getCurrentRepetition() * FILES / 6; i++) {
            assertThat(lines.readLine()).isEqualTo("brought");
        }
        process.destroyForcibly(); // kill -9
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        boolean done = whole(top.resolve("work"), "earlier");
        for (var place : List.of(top.resolve("work"), inTrash())) {
            assertThat(!Files.exists(place) || whole(place, "present") || done).isTrue();
        }
        assertThat(whole(top.resolve("work"), "present") || whole(inTrash(), "present")).isTrue();
        if (!done) {
            again();
            requireNothingLeft();
        }
        requireFinished();
    }
}
