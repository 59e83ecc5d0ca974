package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A registry with one image, over plain HTTP as engines allow on the loopback: the parts of the OCI
 * distribution protocol that a pull asks for.
 */
final class RegistryHost implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final HttpServer server;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final byte[] manifest;

    private RegistryHost() throws IOException {
        this.manifest = manifest();
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static RegistryHost start() throws IOException {
        return new RegistryHost();
    }

    /** An image of one file that nothing can be run in. */
    private byte[] manifest() throws IOException {
        var layer = tar("word", "from the registry");
        var config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        config.putObject("config").putArray("Cmd").add("/word");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(digest(layer));
        var whole = JSON.createObjectNode();
        whole.put("schemaVersion", 2).put("mediaType", MANIFEST);
        whole.set(
                "config",
                blob(
                        "application/vnd.docker.container.image.v1+json",
                        JSON.writeValueAsBytes(config)));
        whole.putArray("layers").add(blob("application/vnd.docker.image.rootfs.diff.tar", layer));
        return JSON.writeValueAsBytes(whole);
    }

    private JsonNode blob(String type, byte[] bytes) {
        blobs.put(digest(bytes), bytes);
        return JSON.createObjectNode()
                .put("mediaType", type)
                .put("size", bytes.length)
                .put("digest", digest(bytes));
    }

    private static byte[] tar(String name, String text) throws IOException {
        var head = new byte[512];
        put(head, 0, name);
        put(head, 100, "0000644\0");
        put(head, 108, "0000000\0");
        put(head, 116, "0000000\0");
        put(head, 124, String.format("%011o\0", text.length()));
        put(head, 136, "00000000000\0");
        put(head, 148, "        ");
        head[156] = '0';
        put(head, 257, "ustar\00000");
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        put(head, 148, String.format("%06o\0 ", sum));
        var out = new ByteArrayOutputStream();
        out.write(head);
        out.write(java.util.Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 512));
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static void put(byte[] head, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    private static String digest(byte[] bytes) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange in) throws IOException {
        try (in) {
            var path = in.getRequestURI().getPath();
            var last = path.substring(path.lastIndexOf('/') + 1);
            if (path.equals("/v2/")) {
                send(in, "application/json", "{}".getBytes(StandardCharsets.US_ASCII));
            } else if (path.contains("/manifests/")
                    && (last.equals("1") || last.equals(digest(manifest)))) {
                in.getResponseHeaders().set("Docker-Content-Digest", digest(manifest));
                send(in, MANIFEST, manifest);
            } else if (path.contains("/blobs/") && blobs.containsKey(last)) {
                send(in, "application/octet-stream", blobs.get(last));
            } else {
                in.getResponseHeaders().set("Content-Type", "application/json");
                var unknown =
                        "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest"
                                + " unknown\"}]}";
                in.sendResponseHeaders(404, unknown.length());
                in.getResponseBody().write(unknown.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void send(HttpExchange in, String type, byte[] bytes) throws IOException {
        in.getResponseHeaders().set("Content-Type", type);
        boolean head = in.getRequestMethod().equals("HEAD");
        if (head) {
            in.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        }
        in.sendResponseHeaders(200, head ? -1 : bytes.length);
        if (!head) {
            in.getResponseBody().write(bytes);
        }
    }

    /** What its image is called, with this tag; there is only the tag 1. */
    String reference(String tag) {
        return "127.0.0.1:" + server.getAddress().getPort() + "/lab/word:" + tag;
    }

    String digest() {
        return digest(manifest);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
