package org.lyceum.main;

import org.lyceum.certificates.Certificate;
import org.lyceum.certificates.CertificatesModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Pem;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.ErrorPage;
import org.lyceum.proxy.ProxyConfig;
import org.lyceum.proxy.ProxyHandler;
import org.lyceum.proxy.Routes;

/**
 * What people reach: routes to servers first, then the surfaces. Opens when all else is ready.
 * Where the platform speaks TLS itself, there are two: one that does, open as long as there is a
 * certificate, and the plain one, which leads there.
 */
final class PublicDoor implements Module {

    private final Edge edge;
    private final Routes routes;
    private final Activity activity;
    private final ProxyConfig config;
    private final CertificatesModule certificates;
    private final ErrorPage errorPage;

    PublicDoor(
            Edge edge,
            Routes routes,
            Activity activity,
            ProxyConfig config,
            CertificatesModule certificates,
            ErrorPage errorPage) {
        this.edge = edge;
        this.routes = routes;
        this.activity = activity;
        this.config = config;
        this.certificates = certificates;
        this.errorPage = errorPage;
    }

    @Override
    public void start() {
        var surfaces = edge.dispatch(Listener.PUBLIC);
        var handler = new ProxyHandler(edge.vertx(), routes, activity, config, surfaces, errorPage);
        var service = certificates.certificates();
        if (!service.wanted()) {
            edge.listenForPeople(handler);
            return;
        }
        service.onChange(taken -> edge.listenSecurely(pem(taken), handler));
        edge.listenForPeople(
                new PlainDoor(service, certificates.challenges(), edge::securePort, handler));
    }

    private static Pem pem(Certificate certificate) {
        return new Pem(certificate.chain(), certificate.key());
    }
}
