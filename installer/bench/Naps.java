import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts servers of the user bench, and asks. Over plain sockets, as in Ask.java.
 *
 * <pre>
 * java Naps.java ORIGIN TOKEN start SERVERS
 * java Naps.java ORIGIN TOKEN thaw SERVERS ROUNDS
 * java Naps.java ORIGIN TOKEN hub SECONDS
 * </pre>
 *
 * <b>start</b> returns once all answer. <b>thaw</b> waits in each round until all are frozen, visits one after the
 * other and once more, and prints what that took: median, 95th of a hundred and longest of the first visits, and the
 * median of the second ones, in milliseconds. <b>hub</b> asks the hub one thing after the other and prints how many
 * answers there were, and their median, 99th of a hundred and longest in milliseconds.
 */
class Naps {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final URI origin;
    private final String token;

    private Naps(String origin, String token) {
        this.origin = URI.create(origin);
        this.token = token;
    }

    public static void main(String[] args) throws IOException {
        var naps = new Naps(args[0], args[1]);
        int number = Integer.parseInt(args[3]);
        switch (args[2]) {
            case "start" -> naps.start(number);
            case "thaw" -> naps.thaw(number, Integer.parseInt(args[4]));
            case "hub" -> naps.hub(Duration.ofSeconds(number));
            default -> throw new IllegalArgumentException(args[2]);
        }
    }

    private void start(int servers) throws IOException {
        for (int i = 0; i < servers; i++) {
            var server = "/hub/api/users/bench/servers/nap" + i;
            var path = path(i);
            ask("POST", server);
            await("the server " + i + " answers", () -> ask("GET", path).status() == 200);
        }
    }

    /** Nothing that pages ask by themselves: that would be answered without the server. */
    private static String path(int server) {
        return "/user/bench/nap" + server + "/api";
    }

    private void thaw(int servers, int rounds) throws IOException {
        var first = new ArrayList<Double>();
        var second = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            await("all sleep", () -> asleep() >= servers);
            for (int i = 0; i < servers; i++) {
                first.add(visit(path(i)));
                second.add(visit(path(i)));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%.0f %.0f %.0f %.0f%n",
                at(first, 0.5),
                at(first, 0.95),
                at(first, 1),
                at(second, 0.5));
    }

    private long asleep() throws IOException {
        return ask("GET", "/hub/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("lyceum_servers_asleep{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private double visit(String path) throws IOException {
        long began = System.nanoTime();
        int status = ask("GET", path).status();
        if (status != 200) {
            throw new IllegalStateException(path + " answered " + status);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private void hub(Duration time) throws IOException {
        var took = new ArrayList<Double>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (var path : List.of("/hub/health", "/hub/api/user", "/hub/api/users/bench")) {
                took.add(visit(path));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d %.1f %.1f %.1f%n",
                took.size(),
                at(took, 0.5),
                at(took, 0.99),
                at(took, 1));
    }

    private static double at(List<Double> values, double share) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private record Answer(int status, String body) {}

    /** A connection each time, as a browser that comes back has none either. */
    private Answer ask(String method, String path) throws IOException {
        try (var socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setTcpNoDelay(true);
            var request =
                    """
                    %s %s HTTP/1.1\r
                    Host: %s:%d\r
                    Authorization: token %s\r
                    Content-Length: 0\r
                    Connection: close\r
                    \r
                    """
                            .formatted(
                                    method, path, origin.getHost(), origin.getPort(), token);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = read(new BufferedInputStream(socket.getInputStream()));
            int body = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(Arrays.asList(answer.split(" ", 3)).get(1)),
                    body < 0 ? "" : answer.substring(body + 4));
        }
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
