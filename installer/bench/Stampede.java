import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Many people start their servers, one after the other or all at the same moment. Prints how long
 * each waits, from asking the hub's API to the first answer of their own server through the proxy:
 * smallest, median, 95th of a hundred, largest, in milliseconds. Speaks JupyterHub's API, so any
 * hub will do.
 *
 * <pre>java Stampede.java ORIGIN TOKEN alone|together PEOPLE</pre>
 */
class Stampede {

    private static final int GIVE_UP_MILLIS = 180_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private final String token;

    Stampede(String origin, String token) {
        this.origin = origin;
        this.token = token;
    }

    public static void main(String[] args) throws Exception {
        boolean together = args[2].equals("together");
        int people = Integer.parseInt(args[3]);
        var stampede = new Stampede(args[0], args[1]);
        for (int i = 1; i <= people; i++) {
            stampede.api("POST", "/hub/api/users/crowd" + i);
        }
        var took = together ? stampede.rush(people) : stampede.line(people);
        for (int i = 1; i <= people; i++) {
            stampede.api("DELETE", "/hub/api/users/crowd" + i + "/server");
        }
        Arrays.sort(took);
        System.out.printf(
                "%d %d %d %d%n",
                took[0],
                took[(people - 1) / 2],
                took[Math.max(0, (int) Math.ceil(people * 0.95) - 1)],
                took[people - 1]);
    }

    private long[] line(int people) throws Exception {
        var took = new long[people];
        for (int i = 0; i < people; i++) {
            took[i] = one("crowd" + (i + 1));
        }
        return took;
    }

    private long[] rush(int people) throws InterruptedException {
        var took = new long[people];
        var go = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < people; i++) {
            int person = i;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            go.await();
                                            took[person] = one("crowd" + (person + 1));
                                        } catch (Exception e) {
                                            took[person] = GIVE_UP_MILLIS;
                                            System.err.println("crowd" + (person + 1) + ": " + e);
                                        }
                                    }));
        }
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        return took;
    }

    /**
     * The answer to the start comes when the server is there, or after ten seconds without; then
     * the server itself is asked, seldom: twenty who ask without a pause would be what is measured.
     */
    private long one(String name) throws Exception {
        long began = System.nanoTime();
        api("POST", "/hub/api/users/" + name + "/server");
        var own = HttpRequest.newBuilder(URI.create(origin + "/user/" + name + "/api")).build();
        while (client.send(own, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            if ((System.nanoTime() - began) / 1_000_000 > GIVE_UP_MILLIS) {
                throw new IllegalStateException("gave up");
            }
            LockSupport.parkNanos(100_000_000);
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    private void api(String method, String path) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .header("Authorization", "token " + token)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status >= 400 && status != 409) {
            throw new IllegalStateException(method + " " + path + " answered " + status);
        }
    }
}
