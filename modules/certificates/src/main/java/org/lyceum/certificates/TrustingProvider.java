package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks to an authority whose own certificate an institution has signed, or the world. */
final class TrustingProvider extends GenericAcmeProvider {

    private final @Nullable Path trusted;

    /**
     * @param trusted PEM file of those who vouch for the authority; null for Java's own
     */
    TrustingProvider(@Nullable Path trusted) {
        this.trusted = trusted;
    }

    /**
     * @throws Problem UNAVAILABLE {@code certificate.authority-file}
     */
    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        var client =
                HttpClient.newBuilder()
                        .connectTimeout(settings.getTimeout())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .proxy(settings.getProxySelector());
        if (trusted != null) {
            client.sslContext(context(trusted));
        }
        return client.build();
    }

    private static SSLContext context(Path trusted) {
        try (var file = Files.newInputStream(trusted)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("trusted-" + number++, each);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "certificate.authority-file",
                    "The file "
                            + trusted
                            + " (https.acme-authority-file) cannot be read; put the certificates"
                            + " there that vouch for the authority, as PEM.",
                    e);
        }
    }
}
