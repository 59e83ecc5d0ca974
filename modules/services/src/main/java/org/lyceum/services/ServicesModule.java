package org.lyceum.services;

import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.jobs.Job;
import org.lyceum.proxy.Routes;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Wires the services module. */
public final class ServicesModule implements Module {

    private final CommunityModule communities;
    private final RouteServices routes;
    private final Registrations registrations;
    private final ServiceEnvironment environment;

    /**
     * @param origin how programs on this machine reach the platform, without a slash at the end
     * @param ownPorts where this process listens; no route leads there
     */
    public ServicesModule(
            ServicesConfig config,
            IdentityModule identity,
            CommunityModule communities,
            Routes table,
            Supplier<String> origin,
            Supplier<Set<Integer>> ownPorts) {
        var targets = new ServiceTargets(config.targets(), ownPorts);
        this.communities = communities;
        this.routes = new RouteServices(communities, identity.services(), targets, table);
        this.registrations = new Registrations(communities, identity, targets, routes);
        this.environment = new ServiceEnvironment(origin, communities.hosts());
    }

    @Override
    public void start() {
        routes.run();
        communities.communities().onChanged(change -> routes.run());
    }

    public Registrations registrations() {
        return registrations;
    }

    public ServiceEnvironment environment() {
        return environment;
    }

    public List<Job> jobs() {
        return List.of(routes);
    }
}
