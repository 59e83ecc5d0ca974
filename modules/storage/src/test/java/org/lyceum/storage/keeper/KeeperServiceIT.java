package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.UnsafeFolderException;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal: a platform without any right can have its folders kept, and nobody else can have anything.
 * Method: the real keeper on a real pool, asked over its socket by processes of other users, and by
 * callers that misbehave.
 */
@Timeout(120)
class KeeperServiceIT {

    private static final int PLATFORM = 4711;
    private static final int STRANGER = 4712;

    /** Of the service under test; long for a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir Path classes;

    private PoolUnderTest pool;
    private StorageConfig config;
    private KeeperService service;

    @BeforeEach
    void start() throws IOException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.mib(600));
        config = pool.config().kept(StorageConfig.Keeping.APART, Integer.toString(PLATFORM));
        service = KeeperService.listen(config, new LocalKeeper(config), PATIENCE);
        Threads.startPlatform("keeper-under-test", this::serve);
    }

    private void serve() {
        try {
            service.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        if (pool != null) {
            service.close();
            pool.close();
        }
    }

    private List<String> asked(int uid) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ArrayList<>(
                new Outsider(classes).run(uid, KeeperCaller.class, List.of(config.keeperSocket())));
    }

    @Test
    @SecurityStatement(58)
    void a_platform_that_is_an_ordinary_user_has_everything_done() throws Exception {
        var place = pool.root().resolve("communities/1/homes/5");

        var said = asked(PLATFORM);
        assertThat(said.removeLast())
                .matches("not mounted: process \\d+ is not the one that was meant");
        assertThat(said)
                .containsExactly(
                        "user " + PLATFORM,
                        "open BTRFS",
                        "make " + place,
                        "limit 32",
                        "all true",
                        "sweep 0",
                        "sealed where it was made true",
                        "sealed 0",
                        "released 1000",
                        "grow 700",
                        "removed true");
    }

    @Test
    @SecurityStatement({53, 58})
    void another_user_is_refused_even_when_the_socket_lets_them_in() throws Exception {
        assertThat(Files.getAttribute(config.keeperSocket(), "unix:uid")).isEqualTo(PLATFORM);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(config.keeperSocket())))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(
                config.keeperSocket(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(asked(STRANGER))
                .containsExactly("user " + STRANGER, "refused: user 4712 may not ask the keeper");
        assertThat(pool.root()).isDirectoryNotContaining("glob:**/communities");
    }

    @Test
    @SecurityStatement(58)
    void what_is_no_command_is_said_so_and_harms_nobody() throws IOException {
        for (var frame :
                List.of(new byte[0], new byte[] {99}, new byte[] {2, 0, 0}, new byte[99])) {
            try (var wire = wire()) {
                wire.send(frame, PATIENCE);
                assertThat(AnswerSchema.answer(wire.receive(AnswerSchema.MOST, PATIENCE)))
                        .isInstanceOfSatisfying(
                                Answer.Failed.class,
                                said -> assertThat(said.reason()).isEqualTo(Answer.Reason.REFUSED));
            }
        }
        assertThat(keeper().open().image()).isTrue();
    }

    @Test
    @SecurityStatement(58)
    void a_frame_longer_than_any_command_is_not_even_read() throws IOException {
        for (int length : new int[] {CommandSchema.MOST + 1, Integer.MAX_VALUE, -1}) {
            try (var channel = connected();
                    var wire = new Wire(channel)) {
                channel.write(ByteBuffer.allocate(4).putInt(length).flip());
                assertThat(AnswerSchema.answer(wire.receive(AnswerSchema.MOST, PATIENCE)))
                        .isInstanceOfSatisfying(
                                Answer.Failed.class,
                                said -> assertThat(said.words()).contains("2048 at most"));
            }
        }
    }

    @Test
    @SecurityStatement(58)
    void callers_who_say_nothing_are_let_go_and_keep_nobody_out() throws IOException {
        var silent = new ArrayList<Wire>();
        for (int i = 0; i < 40; i++) { // more than have a thread
            silent.add(wire());
        }
        assertThat(keeper().open().image()).isTrue();
        for (var wire : silent) {
            assertThatThrownBy(() -> wire.receive(1, Duration.ofSeconds(30)))
                    .isInstanceOf(EOFException.class);
            wire.close();
        }
    }

    @Test
    void a_folder_that_is_not_ours_is_refused_as_it_is_without_a_socket() throws IOException {
        var foreign = Files.createDirectories(pool.root().resolve("communities/1/homes/5"));
        Files.createFile(foreign.resolve("file"));

        assertThatThrownBy(() -> keeper().make(KeeperCrashIT.FOLDER, new Limits(1 << 24, 0)))
                .isInstanceOf(UnsafeFolderException.class);
        var link = pool.root().resolve("communities/1/scratch");
        Files.createSymbolicLink(link, Path.of("/etc"));
        assertThatThrownBy(() -> keeper().sweep(KeeperCrashIT.SCRATCH, KeeperCrashIT.NEVER))
                .isInstanceOf(IOException.class);
    }

    @Test
    @SecurityStatement(53)
    void a_socket_left_by_a_dead_keeper_is_replaced_and_a_live_one_is_not() throws IOException {
        assertThatThrownBy(() -> KeeperService.listen(config, new LocalKeeper(config)))
                .hasMessageContaining("another keeper answers");
        service.close();
        assertThat(config.keeperSocket()).exists();
        assertThatThrownBy(() -> keeper().open()).hasMessageContaining("no keeper answers at");

        service = KeeperService.listen(config, new LocalKeeper(config), PATIENCE);
        Threads.startPlatform("keeper-under-test", this::serve);
        assertThat(keeper().open().image()).isTrue();
    }

    @Test
    @SecurityStatement(53)
    void whatever_stands_at_the_sockets_place_is_not_trusted() throws IOException {
        service.close();
        var socket = config.keeperSocket();
        Files.delete(socket);
        Files.createSymbolicLink(socket, classes.resolve("elsewhere"));
        assertThatThrownBy(() -> KeeperService.listen(config, pool.keeper()))
                .hasMessageContaining("no socket of a keeper");
        Files.delete(socket);
        Files.createFile(socket);
        assertThatThrownBy(() -> KeeperService.listen(config, pool.keeper()))
                .hasMessageContaining("no socket of a keeper");
        Files.delete(socket);
    }

    @Test
    @SecurityStatement(53)
    void a_directory_that_others_can_change_is_no_place_for_a_keeper() throws IOException {
        var theirs = Files.createDirectory(classes.resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", STRANGER);
        var below =
                StorageConfig.of(
                        theirs.resolve("storage"),
                        StorageConfig.Kind.MEASURED,
                        Bytes.mib(0),
                        Bytes.mib(0));
        assertThatThrownBy(() -> KeeperService.listen(below, pool.keeper()))
                .hasMessageContaining("can be changed by others than root");

        Files.setAttribute(theirs, "unix:uid", 0);
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> KeeperService.listen(below, pool.keeper()))
                .hasMessageContaining("can be changed by others than root");
    }

    private RemoteKeeper keeper() {
        return new RemoteKeeper(config.keeperSocket());
    }

    private SocketChannel connected() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(config.keeperSocket()));
    }

    private Wire wire() throws IOException {
        return new Wire(connected());
    }
}
