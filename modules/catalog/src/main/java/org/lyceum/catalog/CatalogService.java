package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;

/** What a community offers. Blocking. */
public final class CatalogService {

    private static final Logger log = LoggerFactory.getLogger(CatalogService.class);

    /** Name of the first environment and the first profile. */
    private static final String FIRST = "jupyterlab";

    /** Enough for a course's notebooks; an administrator changes it per profile. */
    private static final Bytes FIRST_MEMORY = Bytes.gib(2);

    private static final int FIRST_MILLI_CPUS = 2000;

    /** As the security checklist has it. */
    private static final int FIRST_PIDS = 512;

    private final CatalogRepository catalog;
    private final ContainerEngine engine;

    CatalogService(CatalogRepository catalog, ContainerEngine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /**
     * Makes the one environment and the one profile every community begins with, and freezes the
     * image reference to what it means today. An image or an engine that is not there yet is no
     * failure: the reference is resolved at the first start instead. The engine and the database
     * are asked a fixed number of times, however many communities there are.
     */
    public void ensureDefaults(Collection<CommunityId> communities, String imageReference) {
        var imageId = resolved(imageReference);
        var equipped = catalog.communitiesWithProfiles();
        for (var community : communities) {
            if (!equipped.contains(community)) {
                addFirst(community, imageReference, imageId);
            }
        }
        for (var there : catalog.environmentsNamed(FIRST)) {
            if (communities.contains(there.community())) {
                follow(there, imageReference, imageId);
            }
        }
    }

    private void addFirst(CommunityId community, String imageReference, @Nullable String imageId) {
        var environment =
                new Environment(
                        0,
                        community,
                        FIRST,
                        "JupyterLab",
                        imageReference,
                        imageId,
                        List.of("jupyterhub-singleuser"),
                        "/lab");
        var profile =
                new Profile(
                        0,
                        community,
                        FIRST,
                        "JupyterLab",
                        0,
                        FIRST_MEMORY,
                        FIRST_MILLI_CPUS,
                        FIRST_PIDS);
        if (catalog.addFirst(community, environment, profile)) {
            log.info("catalog.defaults-made community={} image={}", community, imageReference);
        }
    }

    private void follow(Environment there, String imageReference, @Nullable String imageId) {
        boolean same =
                there.imageReference().equals(imageReference)
                        && (imageId == null || imageId.equals(there.imageId()));
        if (!same) {
            catalog.freeze(there.id(), imageReference, imageId);
            log.info("catalog.image-changed environment={} image={}", there.id(), imageReference);
        }
    }

    private @Nullable String resolved(String imageReference) {
        try {
            return engine.imageId(imageReference).orElse(null);
        } catch (Problem engineIsDown) {
            log.warn("catalog.image-unresolved image={}", imageReference, engineIsDown);
            return null;
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
