package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority that gives a certificate to whoever answers at a name; RFC 8555 with its challenge
 * {@code http-01}. A new one is asked for when a third of the life of the last is left, and when
 * the names have changed.
 */
final class AcmeSource implements Source {

    private static final Logger log = LoggerFactory.getLogger(AcmeSource.class);

    /** For each name; authorities look from several places, and again when one does not answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CertificatesConfig.Acme authority;
    private final List<String> names;
    private final Challenges challenges;
    private final KeyFiles files;

    AcmeSource(
            CertificatesConfig.Acme authority,
            List<String> names,
            Challenges challenges,
            KeyFiles files) {
        this.authority = authority;
        this.names = names;
        this.challenges = challenges;
        this.files = files;
    }

    @Override
    public @Nullable Certificate better(@Nullable Certificate now, Instant at)
            throws InterruptedException {
        try {
            var known = now == null ? files.certificate() : now;
            if (known != null && names.stream().allMatch(known::covers)) {
                if (!known.ageing(at)) {
                    return now == null ? known : null;
                }
                if (now == null && !known.expired(at)) {
                    return known; // people get in at once; the next look asks for a new one
                }
            }
            var ordered = order();
            files.keep(ordered);
            return ordered;
        } catch (AcmeException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "certificate.not-kept",
                    "The certificate's files cannot be read or written: "
                            + e.getMessage()
                            + ". Look at the disk and at who owns the directory.",
                    e);
        }
    }

    private Certificate order() throws AcmeException, IOException, InterruptedException {
        var session = new Session(authority.directory(), new TrustingProvider(authority.trusted()));
        var account = new AccountBuilder().agreeToTermsOfService().useKeyPair(files.account());
        if (!authority.mail().isEmpty()) {
            account.addEmail(authority.mail());
        }
        log.info("certificate.asked authority={} names={}", authority.directory(), names);
        var order = account.createLogin(session).newOrder().domains(names).create();
        prove(order);
        var pair = KeyFiles.pair();
        order.execute(pair);
        if (order.waitForCompletion(PATIENCE) != Status.VALID) {
            throw refused(words(order), null);
        }
        var chain = new StringWriter();
        order.getCertificate().writeCertificate(chain);
        try {
            return Certificate.of(chain.toString(), KeyFiles.pem(pair));
        } catch (IllegalArgumentException e) {
            throw refused("what it sent cannot be used: " + e.getMessage(), e);
        }
    }

    private void prove(Order order) throws AcmeException, InterruptedException {
        var told = new ArrayList<String>();
        try {
            for (var authorization : order.getAuthorizations()) {
                if (authorization.getStatus() != Status.VALID) {
                    told.add(prove(authorization));
                }
            }
        } finally {
            told.forEach(challenges::forget);
        }
    }

    /** The token that was answered. */
    private String prove(Authorization authorization) throws AcmeException, InterruptedException {
        var name = authorization.getIdentifier().getDomain();
        var challenge =
                authorization
                        .findChallenge(Http01Challenge.class)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "it does not prove "
                                                        + name
                                                        + " over HTTP (http-01)",
                                                null));
        challenges.expect(challenge.getToken(), challenge.getAuthorization());
        try {
            challenge.trigger();
            if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
                var why =
                        authorization
                                .findChallenge(Http01Challenge.class)
                                .flatMap(done -> done.getError())
                                .flatMap(org.shredzone.acme4j.Problem::getDetail)
                                .orElse("it did not say why");
                throw refused(
                        "it did not find "
                                + name
                                + " here ("
                                + why
                                + "). The name must lead to this machine, and port 80 of it to"
                                + " http.port",
                        null);
            }
            return challenge.getToken();
        } catch (AcmeException | InterruptedException | Problem e) {
            challenges.forget(challenge.getToken());
            throw e;
        }
    }

    private static String words(Order order) {
        return order.getError()
                .flatMap(org.shredzone.acme4j.Problem::getDetail)
                .orElse("it did not say why");
    }

    private Problem refused(String why, @Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "certificate.authority-refused",
                "The authority at "
                        + authority.directory().getHost()
                        + " gave no certificate for "
                        + String.join(", ", names)
                        + ": "
                        + why
                        + ".",
                cause);
    }
}
