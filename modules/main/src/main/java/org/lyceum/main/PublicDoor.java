package org.lyceum.main;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.http.Listener;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.ErrorPage;
import org.lyceum.proxy.ProxyConfig;
import org.lyceum.proxy.ProxyHandler;
import org.lyceum.proxy.Routes;

/** What people reach: routes to servers first, then the surfaces. Opens when all else is ready. */
final class PublicDoor implements Module {

    private final Edge edge;
    private final Routes routes;
    private final Activity activity;
    private final ProxyConfig config;
    private final ErrorPage errorPage;

    PublicDoor(
            Edge edge, Routes routes, Activity activity, ProxyConfig config, ErrorPage errorPage) {
        this.edge = edge;
        this.routes = routes;
        this.activity = activity;
        this.config = config;
        this.errorPage = errorPage;
    }

    @Override
    public void start() {
        var surfaces = edge.dispatch(Listener.PUBLIC);
        edge.listenForPeople(
                new ProxyHandler(edge.vertx(), routes, activity, config, surfaces, errorPage));
    }
}
