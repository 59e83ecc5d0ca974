package org.lyceum.hub;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.kernel.Secret;

/** Wires the hub module: one {@code CommunityHub} for each community. */
public final class HubModule implements Module {

    private final HubServices services;
    private final Surfaces surfaces;

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
        for (var community : services.communities().communities().all()) {
            surfaces.mount(new CommunityHub(community, services, assets, anonymousKey));
        }
    }

    @Override
    public void close() {
        for (var surface : surfaces.all()) {
            if (surface instanceof CommunityHub hub) {
                surfaces.unmount(hub.basePath());
            }
        }
    }

    /** Where the page lies that makes the first administrator, with the secret of its link. */
    public static String setupUrl(Secret link) {
        return SetupEndpoints.url(link);
    }
}
