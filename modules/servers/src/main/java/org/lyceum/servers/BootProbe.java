package org.lyceum.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a booting server whether it is up; source: jupyterhub 5, contract §2.5: any answer below 500
 * to {@code GET {prefix}api} (or the path that an environment names) counts, redirects are not
 * followed. A plain socket, because an HTTP client would start threads and load a hundred classes
 * for one line.
 */
final class BootProbe {

    /** The server is on this machine: it accepts at once or not at all. */
    private static final int CONNECT_MILLIS = 1_000;

    /** A server that is busy importing may be slow to answer its first request. */
    private static final int ANSWER_MILLIS = 5_000;

    /** {@code HTTP/1.1 200}. */
    private static final int STATUS_LINE = 12;

    private BootProbe() {}

    /**
     * Whether it answers.
     *
     * @param probe path and query, escaped
     */
    static boolean answers(ServerAddress address, String probe) {
        var request =
                "GET "
                        + probe
                        + " HTTP/1.1\r\nHost: "
                        + address.host()
                        + ":"
                        + address.port()
                        + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var begin = socket.getInputStream().readNBytes(STATUS_LINE);
            return up(new String(begin, StandardCharsets.US_ASCII));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean up(String begin) {
        if (begin.length() < STATUS_LINE || !begin.startsWith("HTTP/1.")) {
            return false;
        }
        char hundreds = begin.charAt(9);
        return hundreds >= '1' && hundreds <= '4';
    }
}
