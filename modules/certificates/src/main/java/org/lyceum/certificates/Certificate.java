package org.lyceum.certificates;

import org.lyceum.platform.kernel.Secret;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A certificate with its key, of which each fits the other.
 *
 * @param chain PEM: ours first, then those that lead to an authority
 * @param key PEM, PKCS 8
 * @param names that it is for, in lower case; may begin with {@code *.}
 */
public record Certificate(
        String chain, Secret key, List<String> names, String issuer, Instant from, Instant until) {

    /** Of the kinds that a subject may be named by, a host name; RFC 5280. */
    private static final int HOST_NAME = 2;

    /** What both are tried on. */
    private static final byte[] PROBE = "lyceum".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    public Certificate {
        names = List.copyOf(names);
    }

    /**
     * @throws IllegalArgumentException when one of them cannot be read, or is not the other's; says
     *     what to do
     */
    public static Certificate of(String chain, Secret key) {
        var own = leaf(chain);
        var names = names(own);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "it names no host (subjectAltName), so browsers refuse it");
        }
        requirePair(own.getPublicKey(), privateKey(key, own.getPublicKey().getAlgorithm()));
        return new Certificate(
                chain,
                key,
                names,
                own.getIssuerX500Principal().getName(),
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant());
    }

    private static X509Certificate leaf(String chain) {
        try {
            var bytes = new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII));
            var all = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (!all.isEmpty() && all.iterator().next() instanceof X509Certificate own) {
                return own;
            }
            throw new IllegalArgumentException("there is no certificate in it");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "it is no certificate in PEM form (-----BEGIN CERTIFICATE-----)", e);
        }
    }

    private static PrivateKey privateKey(Secret key, String algorithm) {
        var found = KEY.matcher(key.reveal());
        if (!found.find()) {
            throw new IllegalArgumentException(
                    "there is no key in PKCS 8 form (-----BEGIN PRIVATE KEY-----); convert another"
                            + " with 'openssl pkcs8 -topk8 -nocrypt'");
        }
        try {
            var bytes = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is not one for this certificate", e);
        }
    }

    private static void requirePair(PublicKey open, PrivateKey secret) {
        try {
            var algorithm = "SHA256with" + (open.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
            var signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(PROBE);
            var signed = signing.sign();
            signing.initVerify(open);
            signing.update(PROBE);
            if (!signing.verify(signed)) {
                throw new IllegalArgumentException("the key is another certificate's");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is another certificate's", e);
        }
    }

    private static List<String> names(X509Certificate own) {
        try {
            var all = own.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(each -> Integer.valueOf(HOST_NAME).equals(each.getFirst()))
                            .map(each -> String.valueOf(each.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its names cannot be read", e);
        }
    }

    /** Whether browsers take it for this host. */
    public boolean covers(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        var wildcard = dot < 0 ? name : "*" + name.substring(dot);
        return names.contains(name) || names.contains(wildcard);
    }

    /** Whether a third of its life, or less, is left: when a new one is to be had. */
    boolean ageing(Instant now) {
        var life = Duration.between(from, until);
        return now.isAfter(until.minus(life.dividedBy(3)));
    }

    boolean expired(Instant now) {
        return !now.isBefore(until);
    }
}
