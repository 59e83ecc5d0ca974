package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Goal: threads have the rights they are made for and no others. Method: real files of root's. */
class UserThreadsTest {

    @TempDir Path temp;

    private Path closed() throws IOException {
        var directory = Files.createDirectory(temp.resolve("closed"));
        Files.writeString(directory.resolve("letter"), "dear reader");
        Files.setPosixFilePermissions(
                directory.resolve("letter"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    private static String letter(Path directory) throws IOException {
        try (var top = Directory.open(directory);
                var file = Entries.open(top, FileName.of("letter"))) {
            var bytes = new byte[100];
            return new String(bytes, 0, file.read(0, bytes, 0, bytes.length));
        }
    }

    @Test
    void a_reader_reads_what_is_closed_to_everybody_and_writes_nothing() throws IOException {
        var closed = closed();
        try (var readers = UserThreads.readers("readers", 1)) {
            assertThat(readers.call(() -> letter(closed))).isEqualTo("dear reader");
            for (UserWork write :
                    new UserWork[] {
                        top -> Entries.make(top, FileName.of("new"), 0700),
                        top -> top.mode(0777),
                        top -> top.own(0, 0)
                    }) {
                var refused =
                        catchThrowableOfType(
                                KernelException.class,
                                () ->
                                        readers.call(
                                                () -> {
                                                    try (var top = Directory.open(closed)) {
                                                        write.in(top);
                                                    }
                                                    return true;
                                                }));
                assertThat(refused.errno()).isIn(KernelException.EACCES, KernelException.EPERM);
            }
        }
        assertThat(closed.resolve("new")).doesNotExist();
    }

    @Test
    void an_ordinary_user_s_thread_reads_nothing_that_is_closed_to_that_user() throws IOException {
        var closed = closed();
        try (var threads = new UserThreads("ordinary", 1000, 1000, 1)) {
            var refused =
                    catchThrowableOfType(
                            KernelException.class, () -> threads.call(() -> letter(closed)));
            assertThat(refused.errno()).isEqualTo(KernelException.EACCES);
        }
    }

    @FunctionalInterface
    private interface UserWork {
        void in(Directory top) throws IOException;
    }
}
