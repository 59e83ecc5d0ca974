package org.lyceum.main;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;
import org.lyceum.certificates.CertificateService;
import org.lyceum.certificates.Challenges;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * The door without TLS of a platform that speaks TLS: leads people to the other one, answers those
 * who make sure that a name is ours, and lets programs of this machine ask whether all is well.
 * Nothing else of the platform is ever served here: not while there is no certificate, either.
 */
final class PlainDoor implements Handler<HttpServerRequest> {

    private static final String HEALTH = "/hub/health";
    private static final int HTTPS = 443;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** A host as browsers write it; what is no such thing is not led back to. */
    private static final Pattern HOST = Pattern.compile("([a-zA-Z0-9.-]{1,253})(:[0-9]{1,5})?");

    private final CertificateService certificates;
    private final Challenges challenges;
    private final IntSupplier securePort;
    private final Handler<HttpServerRequest> people;

    /**
     * @param securePort of the other door; 0 while it is not open
     * @param people what that one serves
     */
    PlainDoor(
            CertificateService certificates,
            Challenges challenges,
            IntSupplier securePort,
            Handler<HttpServerRequest> people) {
        this.certificates = certificates;
        this.challenges = challenges;
        this.securePort = securePort;
        this.people = people;
    }

    @Override
    public void handle(HttpServerRequest in) {
        var path = in.path() == null ? "" : in.path();
        var answer = in.response();
        if (path.startsWith(Challenges.PATH)) {
            challenge(answer, path.substring(Challenges.PATH.length()));
        } else if (path.equals(HEALTH) && ofThisMachine(in)) {
            people.handle(in);
        } else if (securePort.getAsInt() == 0) {
            text(
                    answer.putHeader("Retry-After", "60"),
                    503,
                    "This platform is to be reached by https only, and has no certificate yet."
                            + reason()
                            + " Nothing is served without one. Try again in a minute.\n");
        } else if (READING.contains(in.method())) {
            answer.setStatusCode(308).putHeader("Location", secure(in)).end();
        } else {
            text(
                    answer,
                    403,
                    "Send this by https. What it carried went over the network in the clear:"
                            + " replace the password or token that was in it.\n");
        }
    }

    private void challenge(HttpServerResponse answer, String token) {
        var expected = challenges.answer(token);
        if (expected == null) {
            text(answer, 404, "Nobody asked for this.\n");
        } else {
            text(answer, 200, expected);
        }
    }

    private static void text(HttpServerResponse answer, int status, String words) {
        answer.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(words);
    }

    private static boolean ofThisMachine(HttpServerRequest in) {
        var remote = in.remoteAddress().hostAddress();
        return remote != null && (remote.startsWith("127.") || remote.equals("0:0:0:0:0:0:0:1"));
    }

    /** For who runs the platform; an authority's words name nothing that is not public. */
    private String reason() {
        var trouble = certificates.trouble();
        return trouble == null
                ? ""
                : " "
                        + trouble.problem().detail()
                        + " It is tried again at "
                        + trouble.next()
                        + ".";
    }

    /** The same page at the other door, under the name it was asked for where that is ours. */
    private String secure(HttpServerRequest in) {
        int port = securePort.getAsInt();
        return "https://"
                + host(in.getHeader("Host"))
                + (port == HTTPS ? "" : ":" + port)
                + in.uri();
    }

    private String host(@Nullable String asked) {
        var certificate = certificates.current();
        if (certificate == null) { // one is never taken away
            throw new IllegalStateException("the door for TLS is open without a certificate");
        }
        var match = HOST.matcher(asked == null ? "" : asked);
        if (match.matches()) {
            var host = match.group(1).toLowerCase(Locale.ROOT);
            if (certificate.covers(host)) {
                return host;
            }
        }
        var names = certificates.config().names();
        return names.isEmpty() ? certificate.names().getFirst() : names.getFirst();
    }
}
