package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.ErrorPage;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what is mounted agree with the communities there are: a hub for each that is not deleted,
 * and an alias at each address that one has left. A hub whose address stays is kept and only told
 * what is new, so that nobody's request is disturbed.
 */
final class MountHubs implements Job {

    static final String NAME = "hub.mount";

    private record Mounted(LiveCommunity community, CommunityHub hub) {}

    /** An error page, and below which base. */
    private record Face(String base, ErrorPage page) {}

    private static final ErrorPage PLAIN = ErrorPage.plain();

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final HubServices services;
    private final CommunityService communities;
    private final Surfaces surfaces;
    private final HubAssets assets = new HubAssets();

    /** Not kept: it outlives no sign-in form, and a form that is too old is shown again. */
    private final Secret anonymousKey = Secret.random();

    private final Map<CommunityId, Mounted> hubs = new HashMap<>();
    private final Map<String, Surface> mounted = new HashMap<>();
    private volatile List<Face> faces = List.of();

    MountHubs(HubServices services, Surfaces surfaces) {
        this.services = services;
        this.communities = services.communities().communities();
        this.surfaces = surfaces;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Every change mounts at once; this is for one whose listener was lost. */
    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run() {
        oneAtATime.lock();
        try {
            var wanted = wanted();
            int changed = 0;
            for (var entry : wanted.entrySet()) {
                if (!entry.getValue().equals(mounted.put(entry.getKey(), entry.getValue()))) {
                    surfaces.mount(entry.getValue());
                    changed++;
                }
            }
            for (var base : List.copyOf(mounted.keySet())) {
                if (!wanted.containsKey(base)) {
                    surfaces.unmount(base);
                    mounted.remove(base);
                    changed++;
                }
            }
            faces = faces();
            return new Report(wanted.size(), changed, 0);
        } finally {
            oneAtATime.unlock();
        }
    }

    void unmountAll() {
        oneAtATime.lock();
        try {
            mounted.keySet().forEach(surfaces::unmount);
            mounted.clear();
            hubs.clear();
            faces = List.of();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** For the proxy; event loop. */
    ErrorPage.Page errorPage(int status, String target) {
        for (var face : faces) {
            if (target.startsWith(face.base())) {
                return face.page().page(status, target);
            }
        }
        return PLAIN.page(status, target);
    }

    /** By base: every hub, and after them the aliases that lead to them. */
    private Map<String, Surface> wanted() {
        var present = communities.present();
        hubs.keySet().retainAll(present.stream().map(Community::id).toList());
        var wanted = new LinkedHashMap<String, Surface>();
        for (var community : present) {
            wanted.put(community.baseUrl(), hub(community));
        }
        for (var former : communities.formerAddresses()) {
            var there = hubs.get(former.community());
            if (there != null) {
                wanted.putIfAbsent(former.baseUrl(), alias(former.baseUrl(), there.hub()));
            }
        }
        return wanted;
    }

    private CommunityHub hub(Community community) {
        var there = hubs.get(community.id());
        if (there != null && there.hub().basePath().equals(community.baseUrl())) {
            there.community().become(community);
            return there.hub();
        }
        var live = new LiveCommunity(community);
        var hub = new CommunityHub(live, services, assets, anonymousKey);
        hubs.put(community.id(), new Mounted(live, hub));
        return hub;
    }

    private FormerHub alias(String base, CommunityHub hub) {
        return mounted.get(base) instanceof FormerHub there && there.leadsTo(hub)
                ? there
                : new FormerHub(base, hub);
    }

    private List<Face> faces() {
        return mounted.entrySet().stream()
                .map(entry -> new Face(entry.getKey(), proxyErrors(entry.getValue())))
                .sorted(Comparator.comparingInt((Face face) -> face.base().length()).reversed())
                .toList();
    }

    private static ErrorPage proxyErrors(Surface surface) {
        return switch (surface) {
            case CommunityHub hub -> hub.proxyErrors();
            case FormerHub former -> former.proxyErrors();
            default -> PLAIN;
        };
    }
}
