package org.lyceum.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Goal: the library is unpacked once, whole, and what somebody else may have put there is replaced.
 */
class NativeLibraryTest {

    @TempDir Path directory;

    private String path;
    private String name;

    @BeforeEach
    void forget() {
        path = System.clearProperty("org.sqlite.lib.path");
        name = System.clearProperty("org.sqlite.lib.name");
    }

    @AfterEach
    void restore() {
        set("org.sqlite.lib.path", path);
        set("org.sqlite.lib.name", name);
    }

    private static void set(String key, String value) {
        if (value == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, value);
        }
    }

    private Path prepared() throws IOException {
        System.clearProperty("org.sqlite.lib.path");
        NativeLibrary.prepare(directory);
        assertThat(System.getProperty("org.sqlite.lib.path")).isEqualTo(directory.toString());
        try (var files = Files.list(directory)) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(System.getProperty("org.sqlite.lib.name"))
                    .isEqualTo(all.getFirst().getFileName().toString());
            return all.getFirst();
        }
    }

    @Test
    void it_is_unpacked_once_for_its_owner_only() throws IOException {
        var library = prepared();
        var when = Files.getLastModifiedTime(library);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("r-x------");
        assertThat(Files.size(library)).isGreaterThan(500_000);
        assertThat(Files.getLastModifiedTime(prepared())).isEqualTo(when);
    }

    @Test
    void what_others_could_have_written_is_replaced() throws IOException {
        var library = prepared();
        long size = Files.size(library);
        for (var planted : List.of("file", "link")) {
            Files.delete(library);
            if (planted.equals("file")) {
                Files.writeString(library, "evil");
            } else {
                var elsewhere = Files.createTempFile("elsewhere", ".so");
                Files.createSymbolicLink(library, elsewhere);
                elsewhere.toFile().deleteOnExit();
            }
            assertThat(Files.size(prepared())).isEqualTo(size);
            assertThat(Files.isSymbolicLink(library)).isFalse();
        }
    }

    @Test
    void a_directory_that_cannot_be_written_leaves_it_to_the_driver() {
        NativeLibrary.prepare(directory.resolve("missing"));

        assertThat(System.getProperty("org.sqlite.lib.path")).isNull();
    }

    @Test
    void a_place_that_the_operator_has_set_is_kept() {
        System.setProperty("org.sqlite.lib.path", "/elsewhere");
        NativeLibrary.prepare(directory);

        assertThat(System.getProperty("org.sqlite.lib.path")).isEqualTo("/elsewhere");
        assertThat(directory).isEmptyDirectory();
    }
}
