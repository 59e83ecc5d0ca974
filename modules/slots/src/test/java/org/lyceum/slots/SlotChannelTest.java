package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Goal: only the slot's own container is spoken to. Method: this very process calls, which root may
 * do and which runs in no container; the real launcher is believed in {@code SlotServerIT}.
 */
@Timeout(20)
class SlotChannelTest {

    private static final int UID = 1000;
    private static final String CONTAINER = "ab".repeat(32);

    @TempDir Path data;

    private SlotFiles files;

    @BeforeEach
    void write() {
        files = new SlotFiles(data.resolve("slots"), UID);
    }

    @Test
    @SecurityStatement(26)
    void a_caller_from_outside_the_container_is_hung_up_on_and_told_nothing() throws Exception {
        var directory = files.write(1, List.of());
        try (var channel = new SlotChannel(files.listen(1), CONTAINER);
                var stranger = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            stranger.connect(UnixDomainSocketAddress.of(directory.resolve("s")));

            assertThatThrownBy(() -> channel.awaitCall(Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class);

            assertThat(stranger.read(ByteBuffer.allocate(10))).as("the end").isEqualTo(-1);
            assertThat(channel.waits()).isFalse();
            assertThatThrownBy(() -> channel.say("secret")).isInstanceOf(IOException.class);
        }
    }

    @Test
    @SecurityStatement(26)
    void a_link_or_a_file_in_the_sockets_place_is_refused_and_left_as_it_is() throws Exception {
        var directory = files.write(1, List.of());
        var engine = Files.writeString(data.resolve("engine"), "not ours");
        Files.createSymbolicLink(directory.resolve("s"), engine);

        assertThatThrownBy(() -> files.listen(1)).hasMessageContaining("not ours");

        assertThat(directory.resolve("s")).isSymbolicLink();
        assertThat(engine).hasContent("not ours");
    }

    @Test
    @SecurityStatement(26)
    void the_directory_is_writable_for_nobody_but_the_platform() throws Exception {
        var directory = files.write(1, List.of("json"));
        try (var listener = files.listen(1)) {
            assertThat(listener.accept()).isEmpty();
            assertThat(permissions(data.resolve("slots"))).isEqualTo("rwx------");
            assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
            assertThat(permissions(directory.resolve("slot.py"))).isEqualTo("r--r--r--");
            assertThat(permissions(directory.resolve("s"))).isEqualTo("rw-------");
            assertThat(Files.getAttribute(directory.resolve("s"), "unix:uid")).isEqualTo(UID);
        }
        files.delete(1);
        assertThat(directory).doesNotExist();
        assertThat(files.present()).isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
