package org.lyceum.hub;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.ErrorPage;

import java.util.Comparator;
import java.util.List;

/** Wires the hub module: one {@link CommunityHub} for each community. */
public final class HubModule implements Module {

    private final HubServices services;
    private final Surfaces surfaces;
    private volatile List<CommunityHub> hubs = List.of();

    public HubModule(HubServices services, Surfaces surfaces) {
        this.services = services;
        this.surfaces = surfaces;
    }

    /** Mounts the hub of every community. */
    @Override
    public void start() {
        // Not kept: it outlives no sign-in form, and a form that is too old is shown again.
        var anonymousKey = Secret.random();
        var assets = new HubAssets();
        hubs =
                services.communities().communities().all().stream()
                        .map(
                                community ->
                                        new CommunityHub(community, services, assets, anonymousKey))
                        .sorted(longestBaseFirst())
                        .toList();
        hubs.forEach(surfaces::mount);
    }

    @Override
    public void close() {
        hubs.forEach(hub -> surfaces.unmount(hub.basePath()));
        hubs = List.of();
    }

    /** What people see when the proxy answers for a server, in the look of its community. */
    public ErrorPage errorPage() {
        var plain = ErrorPage.plain();
        return (status, target) ->
                hubs.stream()
                        .filter(hub -> target.startsWith(hub.basePath()))
                        .map(CommunityHub::proxyErrors)
                        .findFirst()
                        .orElse(plain)
                        .page(status, target);
    }

    /** Where the page lies that makes the first administrator, with the secret of its link. */
    public static String setupUrl(Secret link) {
        return SetupEndpoints.url(link);
    }

    private static Comparator<CommunityHub> longestBaseFirst() {
        return Comparator.comparingInt((CommunityHub hub) -> hub.basePath().length()).reversed();
    }
}
