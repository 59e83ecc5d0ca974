package org.lyceum.platform.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The other end of a Unix socket: the process that called, as the kernel knows it. Speaks in lines.
 * Nothing here waits; any thread, one at a time.
 */
public final class Peer implements AutoCloseable {

    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int MSG_PEEK = 0x2;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** A list of every module of a large program has about 60 KiB. */
    private static final int MAX_LINE = 512 * 1024;

    private static final int PIECE = 16 * 1024;

    private final Descriptor socket;
    private final int pid;
    private final int uid;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Peer(Descriptor socket) throws IOException {
        this.socket = socket;
        try (var arena = Arena.ofConfined()) {
            var credentials = arena.allocate(JAVA_INT, 3);
            var size = arena.allocateFrom(JAVA_INT, 12);
            Call.GETSOCKOPT.of(
                    "of a caller", socket.number(), SOL_SOCKET, SO_PEERCRED, credentials, size);
            this.pid = credentials.getAtIndex(JAVA_INT, 0);
            this.uid = credentials.getAtIndex(JAVA_INT, 1);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** As this machine numbers processes, whatever it is called inside its container. */
    public int pid() {
        return pid;
    }

    public int uid() {
        return uid;
    }

    /**
     * The next line that has arrived whole, without its end.
     *
     * @throws EOFException when the other end has gone
     * @throws IOException when the line has more than 512 KiB
     */
    public Optional<String> line() throws IOException {
        try (var arena = Arena.ofConfined()) {
            var piece = arena.allocate(PIECE);
            while (true) {
                long peeked = received(piece, MSG_PEEK);
                if (peeked < 0) {
                    return Optional.empty();
                }
                int wanted = upToLineEnd(piece, peeked);
                received(piece.asSlice(0, wanted), 0);
                begun.writeBytes(piece.asSlice(0, wanted).toArray(JAVA_BYTE));
                if (piece.get(JAVA_BYTE, wanted - 1L) == '\n') {
                    return Optional.of(take());
                }
                if (begun.size() > MAX_LINE) {
                    throw new IOException("a line of more than " + MAX_LINE + " bytes");
                }
            }
        }
    }

    private static int upToLineEnd(MemorySegment piece, long length) {
        for (int i = 0; i < length; i++) {
            if (piece.get(JAVA_BYTE, i) == '\n') {
                return i + 1;
            }
        }
        return (int) length;
    }

    private String take() {
        var line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        return line.substring(0, line.length() - 1);
    }

    /** Bytes, or -1 when there are none yet. */
    private long received(MemorySegment into, int flags) throws IOException {
        try {
            long got =
                    Call.RECVFROM.of(
                            "from a caller", socket.number(), into, into.byteSize(), flags);
            if (got == 0) {
                throw new EOFException("the other end has gone");
            }
            return got;
        } catch (KernelException e) {
            if (e.is(KernelException.EAGAIN)) {
                return -1;
            }
            throw e;
        }
    }

    /** Whether the other end has gone; what it said before may still be waiting. */
    public boolean gone() {
        try (var arena = Arena.ofConfined()) {
            received(arena.allocate(1), MSG_PEEK);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Sends one line.
     *
     * @throws IOException also when the other end does not read and its buffer, 200 KiB, is full
     */
    public void send(String line) throws IOException {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (var arena = Arena.ofConfined()) {
            var all = arena.allocateFrom(JAVA_BYTE, bytes);
            long sent = 0;
            while (sent < bytes.length) {
                var rest = all.asSlice(sent);
                sent +=
                        Call.SENDTO.of(
                                "to a caller",
                                socket.number(),
                                rest,
                                rest.byteSize(),
                                MSG_NOSIGNAL);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
