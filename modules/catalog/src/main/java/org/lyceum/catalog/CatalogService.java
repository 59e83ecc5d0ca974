package org.lyceum.catalog;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;

/** What a community offers. Blocking. */
public final class CatalogService {

    private static final Logger log = LoggerFactory.getLogger(CatalogService.class);

    /** Name of the first environment and the first profile. */
    static final String FIRST = "jupyterlab";

    /** Enough for a course's notebooks; an administrator changes it per profile. */
    private static final Bytes FIRST_MEMORY = Bytes.gib(2);

    private static final int FIRST_MILLI_CPUS = 2000;

    private final CatalogRepository catalog;

    CatalogService(CatalogRepository catalog) {
        this.catalog = catalog;
    }

    /**
     * Makes the one environment and the one profile every community begins with, and has them
     * follow the image reference. Asks no engine: {@link FreezeImages} finds out what the reference
     * means. The database is asked a fixed number of times, however many communities there are.
     */
    public void ensureDefaults(Collection<CommunityId> communities, String imageReference) {
        var equipped = catalog.communitiesWithProfiles();
        for (var community : communities) {
            if (!equipped.contains(community)) {
                addFirst(community, imageReference);
            }
        }
        for (var there : catalog.environmentsNamed(FIRST)) {
            if (communities.contains(there.community())
                    && !there.imageReference().equals(imageReference)) {
                catalog.freeze(there.id(), imageReference, null);
            }
        }
    }

    private void addFirst(CommunityId community, String imageReference) {
        var environment =
                new Environment.Draft(
                        FIRST,
                        "JupyterLab",
                        imageReference,
                        List.of("jupyterhub-singleuser"),
                        "/lab",
                        null);
        var profile =
                new Profile.Draft(
                        FIRST,
                        "JupyterLab",
                        "",
                        0,
                        new Size(FIRST_MEMORY, FIRST_MILLI_CPUS),
                        List.of(),
                        Audience.EVERYBODY);
        if (catalog.addFirst(community, environment, profile)) {
            log.info("catalog.defaults-made community={} image={}", community, imageReference);
        }
    }

    /** In the order people see; at most 100. */
    public List<Profile> profiles(CommunityId community) {
        return catalog.profiles(community);
    }

    /** In the order of their names; at most 100. */
    public List<Environment> environments(CommunityId community) {
        return catalog.environments(community);
    }
}
