package org.lyceum.hub;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.ErrorPage;

import java.util.List;

/**
 * Wires the hub module: one {@link CommunityHub} for each community, mounted as they come and go.
 */
public final class HubModule implements Module {

    private final HubServices services;
    private final MountHubs mount;
    private final SsoSurface sso;
    private final Surfaces surfaces;

    public HubModule(HubServices services, Surfaces surfaces) {
        this.services = services;
        this.surfaces = surfaces;
        this.mount = new MountHubs(services, surfaces);
        this.sso = new SsoSurface(mount::find, services.login());
    }

    /** Mounts the hub of every community, and from now on at each change. */
    @Override
    public void start() {
        mount.run();
        surfaces.mount(sso);
        services.routes().leaveToHub(PullEndpoints::wants);
        services.communities().communities().onChanged(change -> mount.run());
    }

    @Override
    public void close() {
        surfaces.unmount(sso);
        mount.unmountAll();
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(mount, new RecheckPasses(services.routes().passes()));
    }

    /** What people see when the proxy answers for a server, in the look of its community. */
    public ErrorPage errorPage() {
        return mount::errorPage;
    }

    /** Where the page lies that makes the first administrator, with the secret of its link. */
    public static String setupUrl(Secret link) {
        return SetupEndpoints.url(link);
    }
}
