package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.config.ConfigSection;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code https.*} of the configuration: the door for people, where their browsers speak TLS.
 *
 * @param origin where the certificate comes from
 * @param port of the door; the address is that of {@code http.address}
 * @param names under which people reach the platform; the first is the usual one
 * @param files with a certificate that somebody else renews; null unless it comes from there
 * @param acme the authority that is asked; null unless one is
 */
public record CertificatesConfig(
        Origin origin, int port, List<String> names, @Nullable Files files, @Nullable Acme acme) {

    private static final int HTTPS = 443;
    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

    /** More in one certificate are refused by most authorities. */
    private static final int MAX_NAMES = 100;

    /** RFC 1123, without a wildcard: those are not proved over HTTP. */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Where a certificate comes from. */
    public enum Origin {
        /** There is none: something before us speaks TLS, or nobody does. */
        NONE,
        /** Two files of the operator's. */
        FILES,
        /** An authority that is asked by itself (RFC 8555). */
        ACME
    }

    /**
     * PEM files.
     *
     * @param chain ours first, then those that lead to an authority
     */
    public record Files(Path chain, Path key) {}

    /**
     * An authority.
     *
     * @param mail where it writes before something expires; empty for nowhere
     * @param trusted PEM file with whom to believe that it is the authority; null for those whom
     *     Java believes
     */
    public record Acme(URI directory, String mail, @Nullable Path trusted) {}

    public CertificatesConfig {
        names = List.copyOf(names);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("https.port must be between 0 and 65535");
        }
        if (names.size() > MAX_NAMES) {
            throw new IllegalArgumentException("https.names has at most " + MAX_NAMES + " names");
        }
        for (var name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "https.names: \""
                                + name
                                + "\" is no host name; write it in lower case, without a port and"
                                + " without *");
            }
        }
        if (origin == Origin.ACME && names.isEmpty()) {
            throw new IllegalArgumentException(
                    "https.names is empty; name the host for which a certificate is to be asked,"
                            + " such as [\"hub.example.org\"]");
        }
        if (origin == Origin.FILES && files == null) {
            throw new IllegalArgumentException(
                    "https.certificate-file and https.key-file are missing; name both, or set"
                            + " https.certificate to \"acme\" or \"none\"");
        }
    }

    public static CertificatesConfig none() {
        return new CertificatesConfig(Origin.NONE, HTTPS, List.of(), null, null);
    }

    public static CertificatesConfig from(ConfigSection https) {
        var origin = https.choice("certificate", Origin.NONE, CertificatesConfig::origin);
        var chain = file(https, "certificate-file");
        var key = file(https, "key-file");
        var directory = https.choice("acme-directory", URI.create(LETS_ENCRYPT), URI::create);
        var mail = https.text("acme-mail", "");
        var trusted = file(https, "acme-authority-file");
        return new CertificatesConfig(
                origin,
                https.integer("port", HTTPS),
                https.textList("names", List.of()),
                origin != Origin.FILES || chain == null || key == null
                        ? null
                        : new Files(chain, key),
                origin == Origin.ACME ? new Acme(directory, mail, trusted) : null);
    }

    /** Whether there is a door at all. */
    public boolean wanted() {
        return origin != Origin.NONE;
    }

    private static @Nullable Path file(ConfigSection https, String key) {
        var none = Path.of("/");
        var path = https.path(key, none);
        return path.equals(none) ? null : path;
    }

    private static Origin origin(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none" -> Origin.NONE;
            case "files" -> Origin.FILES;
            case "acme" -> Origin.ACME;
            default -> throw new IllegalArgumentException("write none, files or acme");
        };
    }
}
