package org.lyceum.login.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.LdapSettings;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Connections to one directory, and searches in it. */
final class Session {

    private static final int CONNECT_MILLIS = 5_000;

    /** For each question; a sign-in asks four. */
    private static final int ANSWER_MILLIS = 5_000;

    private static final Set<ResultCode> NOT_US =
            Set.of(
                    ResultCode.INVALID_CREDENTIALS,
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                    ResultCode.INAPPROPRIATE_AUTHENTICATION,
                    ResultCode.NO_SUCH_OBJECT);

    private final LdapSettings settings;
    private final @Nullable Secret secret;

    Session(LdapSettings settings, @Nullable Secret secret) {
        this.settings = settings;
        this.secret = secret;
    }

    LdapSettings settings() {
        return settings;
    }

    /** A connection on which nobody has bound yet. */
    LDAPConnection connect() {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        try {
            if (settings.secure()) {
                return new LDAPConnection(
                        tls().getSocketFactory(), options, settings.host(), settings.port());
            }
            var plain = new LDAPConnection(options, settings.host(), settings.port());
            if (settings.startTls()) {
                var answer = plain.processExtendedOperation(new StartTLSExtendedRequest(tls()));
                if (!answer.getResultCode().equals(ResultCode.SUCCESS)) {
                    plain.close();
                    throw new LDAPException(answer);
                }
            }
            return plain;
        } catch (LDAPException e) {
            throw Directory.unreachable(settings, e);
        }
    }

    /**
     * The same, with the name bound that searches.
     *
     * @throws Problem UNAVAILABLE provider.credentials
     */
    LDAPConnection bound() {
        var connection = connect();
        try {
            if (!settings.bindDn().isEmpty()) {
                connection.bind(settings.bindDn(), secret == null ? "" : secret.reveal());
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            if (NOT_US.contains(e.getResultCode())) {
                throw new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "provider.credentials",
                        "The directory does not take this platform's own password any more. Tell an"
                                + " administrator, and sign in another way meanwhile.",
                        e);
            }
            throw Directory.unreachable(settings, e);
        }
    }

    /**
     * At most {@code limit} entries, and whether there were more.
     *
     * @param template of the filter, with {@code {name}} and {@code {dn}}
     */
    SearchResult search(
            LDAPConnection connection,
            String base,
            String template,
            String name,
            String dn,
            int limit,
            String... attributes) {
        try {
            var request =
                    new SearchRequest(
                            base, SearchScope.SUB, filter(template, name, dn), attributes);
            request.setSizeLimit(limit);
            request.setTimeLimitSeconds(ANSWER_MILLIS / 1000);
            return connection.search(request);
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return e.getSearchResult();
            }
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw empty(base, e);
            }
            throw Directory.unreachable(settings, e);
        }
    }

    static List<SearchResultEntry> entries(SearchResult found) {
        var entries = found.getSearchEntries();
        return entries == null ? List.of() : entries;
    }

    /** What somebody typed is a value in it, whatever it is. */
    private static Filter filter(String template, String name, String dn) {
        var text =
                template.replace("{name}", Filter.encodeValue(name))
                        .replace("{dn}", Filter.encodeValue(dn));
        try {
            return Filter.create(text);
        } catch (LDAPException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "provider.filter-invalid",
                    "A filter of this directory is malformed; one for people is like (uid={name}).",
                    e);
        }
    }

    List<String> check() {
        try (var connection = bound()) {
            var people =
                    search(
                            connection,
                            settings.userBase(),
                            "(" + settings.idAttribute() + "=*)",
                            "",
                            "",
                            1,
                            settings.idAttribute());
            filter(settings.userFilter(), "x", "cn=x");
            if (people.getEntryCount() == 0) {
                throw empty(settings.userBase(), null);
            }
            if (!settings.groupBase().isEmpty()) {
                search(
                        connection,
                        settings.groupBase(),
                        settings.groupFilter(),
                        "x",
                        "cn=x",
                        1,
                        "1.1");
            }
            return List.of(
                    "The directory answers at " + settings.url() + ".",
                    "It lets us search, and has people below " + settings.userBase() + ".");
        } catch (Problem problem) {
            if (problem.code().equals("provider.credentials")) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "provider.credentials-wrong",
                        "The directory does not take the bind name and its password; check both.",
                        problem);
            }
            throw problem;
        }
    }

    private static Problem empty(String base, @Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.INVALID,
                "provider.base-empty",
                "The directory shows nobody below "
                        + base
                        + ", or not what they are told apart by; check the base, the attribute of"
                        + " identity, and what the bind name may read.",
                cause);
    }

    private SSLContext tls() {
        try {
            var context = SSLContext.getInstance("TLS");
            if (settings.certificate().isBlank()) {
                context.init(null, null, null);
                return context;
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var pem = settings.certificate().getBytes(StandardCharsets.US_ASCII);
            int number = 0;
            for (var each :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("authority-" + number++, each);
            }
            if (number == 0) {
                throw new GeneralSecurityException("no certificate");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "provider.certificate-invalid",
                    "The certificate is no PEM; it begins with -----BEGIN CERTIFICATE-----.",
                    e);
        }
    }
}
