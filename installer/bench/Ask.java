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
 * <pre>java Ask.java URL TOKEN TIMES [MEMBERS]</pre>
 *
 * With the number of members each request asks for the 200 behind those of the last, around and around.
 */
class Ask {

    private static final int PAGE = 200;

    private final URI address;
    private final String token;
    private final InputStream in;
    private final Socket socket;

    private Ask(URI address, String token) throws IOException {
        this.address = address;
        this.token = token;
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    public static void main(String[] args) throws IOException {
        var ask = new Ask(URI.create(args[0]), args[1]);
        int times = Integer.parseInt(args[2]);
        int members = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        var took = new long[times];
        for (int i = 0; i < times; i++) {
            var request = ask.request(members == 0 ? "" : "&offset=" + i * PAGE % members);
            long began = System.nanoTime();
            ask.once(request);
            took[i] = System.nanoTime() - began;
        }
        var counted = Arrays.copyOfRange(took, times / 3, times);
        Arrays.sort(counted);
        System.out.println(counted[counted.length / 2] / 1000);
    }

    private byte[] request(String more) {
        var query = address.getQuery() == null ? "" : "?" + address.getQuery() + more;
        return """
               GET %s HTTP/1.1\r
               Host: %s:%d\r
               Authorization: token %s\r
               Accept: application/jupyterhub-pagination+json\r
               \r
               """
                .formatted(
                        address.getPath() + query, address.getHost(), address.getPort(), token)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void once(byte[] request) throws IOException {
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
