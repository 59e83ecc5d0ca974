package org.lyceum.catalog;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

/**
 * What a user picks: an environment and limits.
 *
 * @param name how user options refer to it: {@code {"profile": "jupyterlab"}}
 */
public record Profile(
        long id,
        CommunityId community,
        String name,
        String title,
        long environmentId,
        Bytes memory,
        int milliCpus,
        int pids) {}
