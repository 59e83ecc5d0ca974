import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/**
 * Asks a hub's API the same thing again and again over one kept connection, one request after the
 * other, and prints the median time of an answer in microseconds. The first third is for warming up.
 *
 * <pre>java Ask.java URL TOKEN TIMES</pre>
 */
class Ask {

    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[2]);
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request =
                HttpRequest.newBuilder(URI.create(args[0]))
                        .header("Authorization", "token " + args[1])
                        .header("Accept", "application/jupyterhub-pagination+json")
                        .build();
        var took = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            took[i] = System.nanoTime() - began;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(args[0] + " answered " + answer.statusCode());
            }
        }
        var counted = Arrays.copyOfRange(took, times / 3, times);
        Arrays.sort(counted);
        System.out.println(counted[counted.length / 2] / 1000);
    }
}
