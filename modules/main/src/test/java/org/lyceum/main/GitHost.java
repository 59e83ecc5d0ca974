package org.lyceum.main;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A Git host of a test's own: https, and Git's own program behind it. */
final class GitHost implements AutoCloseable {

    /** Where containers on the engine's own network see this machine. */
    private static final String ADDRESS = "172.17.0.1";

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final Path root;
    private final String address;
    private final HttpsServer server;
    private volatile String token = "";
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private GitHost(Path root, String address) throws IOException, GeneralSecurityException {
        this.root = root;
        this.address = address;
        this.server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certified()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static GitHost start() {
        return start(ADDRESS);
    }

    /** At an address of this machine's that other containers see. */
    static GitHost start(String address) {
        try {
            return new GitHost(Files.createTempDirectory("lyceum-git"), address);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext certified() throws IOException, GeneralSecurityException {
        var store = root.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                root,
                keytool,
                "-genkeypair",
                "-alias",
                "git",
                "-keyalg",
                "EC",
                "-dname",
                "CN=git",
                "-ext",
                "san=ip:" + address,
                "-ext",
                "bc:c",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(STORE_PASSWORD));
        var keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Files.writeString(
                root.resolve("ca.crt"),
                "-----BEGIN CERTIFICATE-----\n"
                        + encoded.encodeToString(keys.getCertificate("git").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return context;
    }

    /** What has to be believed of this host. */
    String certificate() {
        try {
            return Files.readString(root.resolve("ca.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on only who knows this gets anything. */
    void ask(String forToken) {
        token = forToken;
    }

    /** Answers nobody until {@link #goOn}. */
    void pause() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    /** Commits these files, alone, to the branch main of the repository; returns the commit. */
    String commit(String repository, Map<String, String> files) {
        var work = root.resolve(repository);
        try {
            if (!Files.exists(work)) {
                run(root, "git", "init", "-q", "-b", "main", work.toString());
            } else {
                run(work, "git", "rm", "-r", "-q", ".");
            }
            for (var file : files.entrySet()) {
                var path = work.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            run(work, "git", "add", "-A");
            run(
                    work,
                    "git",
                    "-c",
                    "user.name=t",
                    "-c",
                    "user.email=t@t",
                    "commit",
                    "-q",
                    "-m",
                    "test");
            return run(work, "git", "rev-parse", "HEAD").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String repository) {
        return "https://"
                + address
                + ":"
                + server.getAddress().getPort()
                + "/"
                + repository
                + "/.git";
    }

    private void answer(HttpExchange in) throws IOException {
        try (in) {
            gate.await();
            var sent = in.getRequestHeaders().getFirst("Authorization");
            if (!token.isEmpty() && !(sent != null && basic(sent).endsWith(":" + token))) {
                in.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                in.sendResponseHeaders(401, -1);
                return;
            }
            var process = backend(in).start();
            in.getRequestBody().transferTo(process.getOutputStream());
            process.getOutputStream().close();
            var said = process.getInputStream();
            int status = 200;
            for (var line = line(said); !line.isEmpty(); line = line(said)) {
                var name = line.substring(0, line.indexOf(':'));
                var value = line.substring(line.indexOf(':') + 1).strip();
                if (name.equals("Status")) {
                    status = Integer.parseInt(value.substring(0, 3));
                } else {
                    in.getResponseHeaders().set(name, value);
                }
            }
            in.sendResponseHeaders(status, 0);
            said.transferTo(in.getResponseBody());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String basic(String header) {
        var encoded = header.substring(header.indexOf(' ') + 1);
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private ProcessBuilder backend(HttpExchange in) {
        var builder = new ProcessBuilder("git", "http-backend");
        var uri = in.getRequestURI();
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", uri.getPath());
        environment.put("QUERY_STRING", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        environment.put("REQUEST_METHOD", in.getRequestMethod());
        var headers = in.getRequestHeaders();
        put(environment, "CONTENT_TYPE", headers.getFirst("Content-Type"));
        put(environment, "HTTP_CONTENT_ENCODING", headers.getFirst("Content-Encoding"));
        put(environment, "GIT_PROTOCOL", headers.getFirst("Git-Protocol"));
        return builder;
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            bytes.write(each);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static String run(Path directory, String... command) {
        try {
            var process =
                    new ProcessBuilder(List.of(command))
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(List.of(command) + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        HubUnderTest.delete(root);
    }
}
