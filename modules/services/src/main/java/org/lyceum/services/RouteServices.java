package org.lyceum.services;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.CommunityService;
import org.lyceum.community.FormerAddress;
import org.lyceum.community.Hosts;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.ServiceRegistry;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Makes the proxy's routes to services agree with what is registered: at the start, after each
 * change, and every half minute, when a name may have got another address.
 */
final class RouteServices implements Job {

    private static final Logger log = LoggerFactory.getLogger(RouteServices.class);

    /** On a route: the name of its service. */
    static final String LABEL = "service";

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final CommunityService communities;
    private final Hosts hosts;
    private final ServiceRegistry services;
    private final ServiceTargets targets;
    private final Routes routes;

    RouteServices(
            CommunityModule communities,
            ServiceRegistry services,
            ServiceTargets targets,
            Routes routes) {
        this.communities = communities.communities();
        this.hosts = communities.hosts();
        this.services = services;
        this.targets = targets;
        this.routes = routes;
    }

    @Override
    public String name() {
        return "services.route";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run() {
        oneAtATime.lock();
        try {
            var there = new HashMap<String, Route>();
            routes.all().stream()
                    .filter(route -> route.labels().containsKey(LABEL))
                    .forEach(route -> there.put(route.prefix(), route));
            int looked = 0;
            int changed = 0;
            int failed = 0;
            var present =
                    communities.present().stream()
                            .collect(Collectors.toMap(Community::id, each -> each));
            var former = communities.formerAddresses();
            for (var service : services.behindProxy()) {
                var community = present.get(service.community());
                if (community == null) {
                    continue; // deleted, and perhaps restored one day
                }
                for (var route : routes(community, former, service, there)) {
                    looked++;
                    var old = there.remove(route.prefix());
                    changed += route.equals(old) ? 0 : 1;
                    failed += put(route) ? 0 : 1;
                }
            }
            there.keySet().forEach(routes::remove);
            return new Report(looked, changed + there.size(), failed);
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean put(Route route) {
        try {
            routes.put(route);
            return true;
        } catch (Problem full) {
            log.warn("service.not-routed prefix={} code={}", route.prefix(), full.code());
            return false;
        }
    }

    /** Also where the community was before: a service goes on below the prefix it was told. */
    private List<Route> routes(
            Community community,
            List<FormerAddress> formerOnes,
            RegisteredService service,
            Map<String, Route> there) {
        var url = service.url();
        if (url == null) {
            return List.of();
        }
        var hub = hosts.of(community);
        var host = hub.serviceHost(service.name());
        var before = hub.apart() ? "" : host;
        var bases = new ArrayList<String>();
        bases.add(host + hub.base());
        if (hub.apart()) {
            bases.add(community.baseUrl());
        }
        formerOnes.stream()
                .filter(former -> former.community().equals(community.id()))
                .forEach(former -> bases.add(before + former.baseUrl()));
        var labels = Map.of(LABEL, service.name(), "community", service.community().toString());
        try {
            var target = targets.resolve(ServiceUrl.parse(url));
            return bases.stream()
                    .map(base -> base + "services/" + service.name() + "/")
                    .map(prefix -> new Route(prefix, target.address(), target.port(), labels))
                    .toList();
        } catch (Problem problem) {
            log.warn("service.not-routed service={} code={}", service.id(), problem.code());
            // A name server that is away says nothing about where the service is.
            boolean away = problem.code().equals("service.target-unknown");
            return away
                    ? bases.stream()
                            .map(base -> there.get(base + "services/" + service.name() + "/"))
                            .filter(route -> route != null)
                            .toList()
                    : List.of();
        }
    }
}
