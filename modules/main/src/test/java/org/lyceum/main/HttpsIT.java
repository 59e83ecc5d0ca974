package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Goal: people reach the platform over TLS that it speaks itself, with a certificate that it has
 * got by itself or was given, and never without. Method: the whole platform; Let's Encrypt's
 * authority for tests (pebble), with its random refusals on; Java's own TLS as the browser.
 */
@Timeout(180)
class HttpsIT {

    private final int plain = HubUnderTest.freePort();
    private final int secure = HubUnderTest.freePort();
    @TempDir Path temp;
    private HubUnderTest hub;
    private PebbleServer authority;

    @AfterEach
    void close() {
        if (hub != null) {
            hub.close();
        }
        if (authority != null) {
            authority.close();
        }
    }

    private void open(String... https) {
        var settings = new ArrayList<String>();
        settings.add("http.port = " + plain);
        settings.add("https.port = " + secure);
        settings.addAll(List.of(https));
        hub = HubUnderTest.withFake(new FakeContainerEngine(), settings.toArray(String[]::new));
    }

    private void openWithAuthority() throws IOException {
        authority = new PebbleServer(plain);
        openAt(authority);
    }

    private void openAt(PebbleServer asked) {
        open(
                "https.certificate = \"acme\"",
                "https.names = [\"localhost\"]",
                "https.acme-directory = \"" + asked.url() + "\"",
                "https.acme-authority-file = \"" + asked.authority() + "\"");
    }

    private void keep() {
        hub.hub().jobs().runNow("certificates.keep");
    }

    @Test
    void a_certificate_is_had_by_itself_and_people_are_led_to_it() throws Exception {
        openWithAuthority();
        Eventually.holds("the door is open", this::opened);

        var browser = browser(root());
        var page = get(browser, "https://localhost:" + secure + "/hub/login");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty();
        assertThat(page.headers().allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));

        var led = get(browser, "http://localhost:" + plain + "/hub/login?next=%2Fx");
        assertThat(led.statusCode()).isEqualTo(308);
        assertThat(led.headers().firstValue("Location"))
                .hasValue("https://localhost:" + secure + "/hub/login?next=%2Fx");
        assertThat(get(browser, "http://127.0.0.1:" + plain + "/").headers().firstValue("Location"))
                .as("a name that the certificate has not")
                .hasValue("https://localhost:" + secure + "/");
        var sent =
                browser.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + plain + "/hub/login"))
                                .POST(HttpRequest.BodyPublishers.ofString("password=x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(sent.statusCode()).isEqualTo(403);
        assertThat(sent.body()).contains("https", "replace the password");
        assertThat(get(browser, "http://127.0.0.1:" + plain + "/hub/health").statusCode())
                .isEqualTo(200);
        assertThat(
                        get(browser, "http://localhost:" + plain + "/.well-known/acme-challenge/x")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_new_one_is_had_before_the_last_ends_and_who_is_connected_stays() throws Exception {
        openWithAuthority();
        Eventually.holds("the door is open", this::opened);
        var root = root();
        try (var connected = connect(root)) {
            var first = serial(connected);
            assertThat(serial(root)).isEqualTo(first);

            hub.restart();
            Eventually.holds("kept over a restart", () -> serial(root).equals(first));
        }
        try (var connected = connect(root)) {
            var first = serial(connected);
            hub.passes(Duration.ofDays(4 * 365));
            keep();

            Eventually.holds("another is shown", () -> !serial(root).equals(first));
            connected
                    .getOutputStream()
                    .write(
                            "GET /hub/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(
                            connected.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void without_a_certificate_nothing_is_served_and_the_page_says_why_until_there_is_one()
            throws Exception {
        authority = new PebbleServer(plain);
        authority.end();
        openAt(authority);
        Eventually.holds("it has tried", () -> page("/").contains("gave no certificate"));

        for (var path : List.of("/", "/hub/login", "/panel/", "/hub/api/", "/user/ada/")) {
            var answer = get(HttpClient.newHttpClient(), "http://localhost:" + plain + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).contains("has no certificate yet", "Nothing is served");
        }
        assertThat(opened()).isFalse();

        authority.begin();
        hub.passes(Duration.ofMinutes(2));
        keep();
        Eventually.holds("the door is open", this::opened);
    }

    @Test
    void files_that_somebody_else_renews_are_taken_and_bad_ones_are_not() throws Exception {
        var chain = temp.resolve("chain.pem");
        var key = temp.resolve("key.pem");
        make("one", chain, key);
        open(
                "https.certificate = \"files\"",
                "https.certificate-file = \"" + chain + "\"",
                "https.key-file = \"" + key + "\"");
        Eventually.holds("the door is open", this::opened);
        var first = Files.readString(chain);
        assertThat(serial(first)).isPositive();

        make("other", temp.resolve("other.pem"), key); // not the certificate's
        keep();
        assertThat(serial(first)).as("the one before stays").isPositive();
        assertThat(hub.hub().certificates().certificates().trouble()).isNotNull();

        Files.move(temp.resolve("other.pem"), chain, StandardCopyOption.REPLACE_EXISTING);
        hub.passes(Duration.ofMinutes(2));
        keep();
        var second = Files.readString(chain);
        Eventually.holds("the other is shown", () -> serial(second).signum() > 0);
        assertThatThrownBy(() -> connect(first)).isInstanceOf(SSLHandshakeException.class);
    }

    private static void make(String subject, Path chain, Path key) throws Exception {
        var made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-days",
                                "90",
                                "-subj",
                                "/CN=" + subject,
                                "-addext",
                                "subjectAltName=DNS:localhost",
                                "-keyout",
                                key.toString(),
                                "-out",
                                chain.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(made.waitFor()).isZero();
    }

    private boolean opened() {
        try (var socket = new Socket("localhost", secure)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String page(String path) {
        try {
            return get(HttpClient.newHttpClient(), "http://localhost:" + plain + path).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** The certificate that vouches for what the authority gives. */
    private String root() throws IOException {
        return get(browser(Files.readString(authority.authority())), authority.root()).body();
    }

    private static HttpResponse<String> get(HttpClient browser, String url) throws IOException {
        try {
            return browser.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static HttpClient browser(String trusted) {
        return HttpClient.newBuilder().sslContext(trusting(trusted)).build();
    }

    private static SSLContext trusting(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "root",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII))));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(pem, e);
        }
    }

    private SSLSocket connect(String trusted) throws IOException {
        var socket =
                (SSLSocket) trusting(trusted).getSocketFactory().createSocket("localhost", secure);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private BigInteger serial(String trusted) {
        try (var socket = connect(trusted)) {
            return serial(socket);
        } catch (IOException notTrusted) {
            return BigInteger.ZERO;
        }
    }

    private static BigInteger serial(SSLSocket socket) throws IOException {
        var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSerialNumber();
    }
}
