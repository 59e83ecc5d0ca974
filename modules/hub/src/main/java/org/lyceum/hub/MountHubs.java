package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.ErrorPage;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what is mounted agree with the communities there are: a hub for each that is not deleted,
 * and an alias at each address that one has left. A hub whose address stays is kept and only told
 * what is new, so that nobody's request is disturbed.
 */
final class MountHubs implements Job {

    static final String NAME = "hub.mount";

    /** A hub, and what is on its users' hosts. */
    private record Mounted(LiveCommunity community, CommunityHub hub, Optional<Surface> hosts) {}

    /** An error page, at which host (or domain, with a dot before it) and below which base. */
    private record Face(String host, String base, ErrorPage page) {

        boolean fits(String asked, String target) {
            boolean there =
                    host.startsWith(".")
                            ? HostNames.within(asked, host.substring(1))
                            : host.isEmpty() || host.equals(asked);
            return there && target.startsWith(base);
        }
    }

    private static final ErrorPage PLAIN = ErrorPage.plain();

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final HubServices services;
    private final CommunityService communities;
    private final Surfaces surfaces;
    private final HubAssets assets = new HubAssets();

    private final HubSecrets secrets;

    private final Map<CommunityId, Mounted> hubs = new ConcurrentHashMap<>();
    private final Map<String, Surface> mounted = new HashMap<>();
    private volatile List<Face> faces = List.of();

    MountHubs(HubServices services, Surfaces surfaces) {
        this.services = services;
        this.secrets = new HubSecrets(Secret.random(), new Handover(services.clock()));
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
            for (var entry : List.copyOf(mounted.entrySet())) {
                if (!wanted.containsKey(entry.getKey())) {
                    surfaces.unmount(entry.getValue());
                    mounted.remove(entry.getKey());
                    changed++;
                }
            }
            faces = faces();
            return new Report(wanted.size(), changed, 0);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The hub of a community that is not deleted. */
    Optional<CommunityHub> find(CommunityId id) {
        return Optional.ofNullable(hubs.get(id)).map(Mounted::hub);
    }

    void unmountAll() {
        oneAtATime.lock();
        try {
            mounted.values().forEach(surfaces::unmount);
            mounted.clear();
            hubs.clear();
            faces = List.of();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** For the proxy; event loop. */
    ErrorPage.Page errorPage(int status, String host, String target) {
        for (var face : faces) {
            if (face.fits(host, target)) {
                return face.page().page(status, host, target);
            }
        }
        return PLAIN.page(status, host, target);
    }

    /** By host and base: every hub, and after them the aliases that lead to them. */
    private Map<String, Surface> wanted() {
        var present = communities.present();
        hubs.keySet().retainAll(present.stream().map(Community::id).toList());
        var wanted = new LinkedHashMap<String, Surface>();
        for (var community : present) {
            var there = hub(community);
            wanted.put(where(there.hub()), there.hub());
            there.hosts().ifPresent(surface -> wanted.put(where(surface), surface));
            if (there.hub().address().apart()) {
                wanted.put(community.baseUrl(), alias(community.baseUrl(), there.hub()));
            }
        }
        for (var former : communities.formerAddresses()) {
            var there = hubs.get(former.community());
            if (there != null) {
                wanted.putIfAbsent(former.baseUrl(), alias(former.baseUrl(), there.hub()));
            }
        }
        return wanted;
    }

    private static String where(Surface surface) {
        return surface.host() + surface.basePath();
    }

    private Mounted hub(Community community) {
        var there = hubs.get(community.id());
        var address = services.communities().hosts().of(community);
        if (there != null && there.hub().address().equals(address)) {
            there.community().become(community);
            return there;
        }
        var live = new LiveCommunity(community);
        var hub = new CommunityHub(live, services, assets, secrets);
        var made = new Mounted(live, hub, hub.userHosts());
        hubs.put(community.id(), made);
        return made;
    }

    private FormerHub alias(String base, CommunityHub hub) {
        return mounted.get(base) instanceof FormerHub there && there.leadsTo(hub)
                ? there
                : new FormerHub(base, hub);
    }

    private List<Face> faces() {
        return mounted.values().stream()
                .map(each -> new Face(each.host(), each.basePath(), proxyErrors(each)))
                .sorted(
                        Comparator.comparing((Face face) -> face.host().isEmpty())
                                .thenComparingInt(face -> -face.base().length()))
                .toList();
    }

    private static ErrorPage proxyErrors(Surface surface) {
        return switch (surface) {
            case CommunityHub hub -> hub.proxyErrors();
            case FormerHub former -> former.proxyErrors();
            case UserHosts users -> users.proxyErrors();
            default -> PLAIN;
        };
    }
}
