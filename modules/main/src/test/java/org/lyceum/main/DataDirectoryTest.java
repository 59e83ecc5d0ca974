package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Goal: what everything else is sealed with is a secret, or the platform does not start. */
class DataDirectoryTest {

    @TempDir Path root;

    private Problem refused(DataDirectory data) {
        return catchThrowableOfType(Problem.class, () -> data.key("vault.key"));
    }

    private Path key() {
        return root.resolve("keys/vault.key");
    }

    private void write(String text, String mode) throws IOException {
        Files.deleteIfExists(key());
        Files.createFile(
                key(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key(), text);
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString(mode));
    }

    @Test
    @SecurityStatement(51)
    void a_key_is_made_once_random_and_for_its_owner_alone() throws IOException {
        try (var data = DataDirectory.open(root)) {
            var made = data.key("vault.key");
            assertThat(made.reveal()).hasSize(64).isNotEqualTo(data.key("labels.key").reveal());
            assertThat(data.key("vault.key").reveal()).isEqualTo(made.reveal());
            assertThat(Files.getPosixFilePermissions(key()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    @SecurityStatement({51, 53})
    void a_key_that_is_empty_plain_readable_or_elsewhere_is_refused() throws IOException {
        try (var data = DataDirectory.open(root)) {
            for (var plain : new String[] {"", "changeme", "0".repeat(64), "secret".repeat(20)}) {
                write(plain, "rw-------");
                assertThat(refused(data).code()).as(plain).isEqualTo("data.key-unsafe");
            }
            var good = "0123456789abcdef".repeat(4);
            write(good, "rw-r-----");
            assertThat(refused(data).detail()).contains("chmod 600");
            write(good, "rw-------");
            assertThat(data.key("vault.key").reveal()).isEqualTo(good);
            Files.move(key(), root.resolve("elsewhere"));
            Files.createSymbolicLink(key(), root.resolve("elsewhere"));
            assertThat(refused(data).detail()).contains("no file of its own");
        }
    }
}
