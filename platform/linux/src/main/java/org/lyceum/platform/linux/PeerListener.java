package org.lyceum.platform.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A Unix socket that listens at a path of ours and knows which process calls. Nothing here waits;
 * any thread, one at a time.
 */
public final class PeerListener implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    /** {@code sun_path} of the kernel's address, with its NUL. */
    private static final int MAX_PATH = 108;

    /** One program calls; a second one in line is already suspicious. */
    private static final int WAITING = 4;

    private final Descriptor socket;

    private PeerListener(Descriptor socket) {
        this.socket = socket;
    }

    /**
     * Listens. The directory must be ours alone to write to: nothing that is there already is
     * followed, opened or taken away.
     *
     * @param path 107 bytes at most
     * @param owner numeric user who may call besides root
     * @throws FileAlreadyExistsException when anything is there, also a dangling link
     */
    public static PeerListener at(Path path, int owner) throws IOException {
        var name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= MAX_PATH) {
            throw new IOException("a socket's path has at most " + (MAX_PATH - 1) + " bytes");
        }
        int kind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        var socket = new Descriptor(Call.SOCKET.of(path.toString(), AF_UNIX, kind, 0));
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(2 + MAX_PATH);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
            Call.BIND.of(path.toString(), socket.number(), address, 2 + name.length + 1);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            Call.LISTEN.of(path.toString(), socket.number(), WAITING);
            return new PeerListener(socket);
        } catch (KernelException e) {
            socket.close();
            throw e.is(KernelException.EADDRINUSE)
                    ? new FileAlreadyExistsException(path.toString())
                    : e;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Who has called by now, if anybody. */
    public Optional<Peer> accept() throws IOException {
        try {
            int flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
            long caller = Call.ACCEPT4.of("a caller", socket.number(), 0, 0, flags);
            return Optional.of(new Peer(new Descriptor(caller)));
        } catch (KernelException e) {
            if (e.is(KernelException.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Nobody can call any more; those who have stay connected. The file remains. */
    @Override
    public void close() {
        socket.close();
    }
}
