import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks a hub's API the same thing again and again over one kept connection, one request after the
 * other, and prints the median time of an answer in microseconds. The first third is for warming
 * up. Over a plain socket: an HTTP client's own threads would add a third of a millisecond to each
 * answer, whoever gives it.
 *
 * <pre>java Ask.java URL TOKEN TIMES</pre>
 */
class Ask {

    private final InputStream in;
    private final Socket socket;
    private final byte[] request;

    private Ask(URI address, String token) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        request =
                """
                GET %s HTTP/1.1\r
                Host: %s:%d\r
                Authorization: token %s\r
                Accept: application/jupyterhub-pagination+json\r
                \r
                """
                        .formatted(
                                address.getPath()
                                        + (address.getQuery() == null
                                                ? ""
                                                : "?" + address.getQuery()),
                                address.getHost(),
                                address.getPort(),
                                token)
                        .getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] args) throws IOException {
        var ask = new Ask(URI.create(args[0]), args[1]);
        int times = Integer.parseInt(args[2]);
        var took = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            ask.once();
            took[i] = System.nanoTime() - began;
        }
        var counted = Arrays.copyOfRange(took, times / 3, times);
        Arrays.sort(counted);
        System.out.println(counted[counted.length / 2] / 1000);
    }

    private void once() throws IOException {
        socket.getOutputStream().write(request);
        var status = line();
        if (!status.startsWith("HTTP/1.1 200 ")) {
            throw new IllegalStateException("answered " + status);
        }
        int length = -1;
        for (var field = line(); !field.isEmpty(); field = line()) {
            if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(field.substring(15).strip());
            }
        }
        if (length < 0 || in.readNBytes(length).length < length) {
            throw new IllegalStateException("not a whole body of a known length");
        }
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IllegalStateException("the connection was closed");
            }
            text.append((char) c);
        }
        return text.toString().strip();
    }
}
