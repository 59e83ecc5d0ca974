package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Goal: a secret arrives unharmed, only where it should, and goes away. Method: a real shell. */
class SecretFilesTest {

    @TempDir Path temp;

    private SecretFiles files;

    @BeforeEach
    void wire() {
        files = new SecretFiles(temp.resolve("run/servers"), 1000, 1000);
    }

    @Test
    void any_value_survives_the_shell() throws Exception {
        var nasty = "a'b\"c $(touch pwned) `id` \\ \n second line; é ☃ !#%";
        var directory = files.write(12, Map.of("X", nasty));

        var shell =
                new ProcessBuilder("sh", "-c", ". ./env; printf %s \"$X\"")
                        .directory(directory.toFile())
                        .start();
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(said).isEqualTo(nasty);
        assertThat(directory.resolve("pwned")).doesNotExist();
    }

    @Test
    void only_the_containers_user_reads_the_file_and_only_we_pass_the_directory_above()
            throws IOException {
        var directory = files.write(12, Map.of("X", "1"));

        assertThat(mode(directory.resolve("env"))).isEqualTo("r--------");
        assertThat(Files.getAttribute(directory.resolve("env"), "unix:uid")).isEqualTo(1000);
        assertThat(mode(directory.getParent())).isEqualTo("rwx------");
    }

    @Test
    void the_launcher_is_a_shell_program_that_becomes_the_command() throws IOException {
        var directory = files.write(12, Map.of("X", "1"));

        assertThat(directory.resolve("launch"))
                .content()
                .startsWith("#!/bin/sh\n")
                .contains(". " + SecretFiles.MOUNTED + "/env", "exec \"$@\"");
    }

    @Test
    void a_new_start_replaces_what_an_earlier_one_left() throws IOException {
        files.write(12, Map.of("X", "old"));
        var directory = files.write(12, Map.of("X", "new"));

        assertThat(directory.resolve("env")).content().contains("new").doesNotContain("old");
    }

    @Test
    void secrets_go_first_and_then_all_of_it_however_often() {
        var directory = files.write(12, Map.of("X", "1"));

        files.deleteVariables(12);
        files.deleteVariables(12);
        assertThat(directory.resolve("env")).doesNotExist();
        assertThat(directory.resolve("launch")).exists();
        assertThat(files.present()).containsExactly(12L);

        files.delete(12);
        files.delete(12);
        assertThat(files.present()).isEmpty();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
