package org.lyceum.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an idle server has answered its open pages. While it is frozen nothing in it changes, so
 * that who asks the same again, with the same credentials, is given the same again and the server
 * sleeps on. Any thread.
 */
final class Echoes {

    /**
     * Milliseconds. After this the server is woken to answer, so a right that was taken back counts
     * then, and a page shows what was written into its server's notices meanwhile.
     */
    static final long LIFE_MILLIS = 5 * 60 * 1000;

    /** Octets of one body; a listing of a large directory wakes the server each time. */
    static final int MOST_EACH = 32 * 1024;

    /** Octets of all bodies of one server; the oldest go. */
    private static final int MOST_TOGETHER = 128 * 1024;

    /** An answer as the browser was given it. */
    record Echo(int status, MultiMap headers, Buffer body, long atMillis) {}

    private final Map<String, Echo> kept = new LinkedHashMap<>();
    private int octets;

    /**
     * Whether an answer is one: what was asked for, or that it has not changed.
     *
     * @param octets of its body; -1 when that is not known
     */
    static boolean worthKeeping(int status, long octets) {
        return status == 304 || (status == 200 && octets >= 0 && octets <= MOST_EACH);
    }

    /** Null when there is none that is young enough. */
    synchronized @Nullable Echo find(String asked, long nowMillis) {
        var echo = kept.get(asked);
        return echo != null && nowMillis - echo.atMillis() < LIFE_MILLIS ? echo : null;
    }

    /** Keeps an answer, unless it sets a cookie, which is for once. */
    synchronized void keep(String asked, HttpServerResponse answer, Buffer body, long nowMillis) {
        if (answer.headers().contains(HttpHeaders.SET_COOKIE)) {
            return;
        }
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
        forget(kept.remove(asked));
        kept.put(asked, new Echo(answer.getStatusCode(), headers, body, nowMillis));
        octets += body.length();
        for (var all = kept.values().iterator(); octets > MOST_TOGETHER && all.hasNext(); ) {
            forget(all.next());
            all.remove();
        }
    }

    private void forget(@Nullable Echo echo) {
        octets -= echo == null ? 0 : echo.body().length();
    }

    /** Gives {@code in} the answer again. */
    static void repeat(Echo echo, HttpServerRequest in) {
        var response = in.response().setStatusCode(echo.status());
        response.headers().addAll(echo.headers());
        response.end(echo.body());
    }

    /**
     * The question and all by which who asks is known, as a digest: what lets people in is not kept
     * in clear. The time that JupyterLab appends to each of its questions is left out.
     */
    static String asked(HttpServerRequest in) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, withoutTime(in.uri()));
            for (var name :
                    new CharSequence[] {
                        HttpHeaders.HOST,
                        HttpHeaders.COOKIE,
                        HttpHeaders.AUTHORIZATION,
                        HttpHeaders.ORIGIN,
                        HttpHeaders.ACCEPT,
                        HttpHeaders.ACCEPT_ENCODING,
                        HttpHeaders.IF_NONE_MATCH,
                        HttpHeaders.IF_MODIFIED_SINCE
                    }) {
                add(digest, String.join("\n", in.headers().getAll(name)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String withoutTime(String uri) {
        int at = Math.max(uri.lastIndexOf('?'), uri.lastIndexOf('&'));
        boolean time = at >= 0 && at + 1 < uri.length();
        for (int i = at + 1; time && i < uri.length(); i++) {
            time = uri.charAt(i) >= '0' && uri.charAt(i) <= '9';
        }
        return time ? uri.substring(0, at) : uri;
    }
}
